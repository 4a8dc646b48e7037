"""The front door, as the first page of the documents uses it."""

import subprocess
import sys
from importlib.metadata import version

import pytest

import ankunft_model

THIRD_PARTY = {"pydantic", "pydantic_core", "lxml", "networkx", "jinja2", "graphviz", "yaml", "rich", "pandas", "numpy"}


def loaded_after(code: str) -> set[str]:
    """Return the top names of all modules that a fresh interpreter has loaded after `code`."""
    program = f"{code}\nimport sys\nprint('\\x1e', *sorted({{name.partition('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return set(result.stdout.rpartition("\x1e")[2].split())


def test_the_version_is_that_of_the_distribution() -> None:
    assert ankunft_model.__version__ == version("ankunft-model")


def test_importing_it_loads_no_third_party_module() -> None:
    assert loaded_after("import ankunft_model").isdisjoint(THIRD_PARTY)


@pytest.mark.parametrize(
    ("name", "needs", "never"),
    [
        ("ArrivalModel", {"pydantic"}, {"lxml", "networkx", "jinja2", "graphviz", "yaml"}),
        ("Builder", {"pydantic"}, {"lxml", "networkx", "jinja2", "graphviz"}),
        ("Finding", set[str](), THIRD_PARTY),
        ("SourceError", set[str](), THIRD_PARTY),
        ("Wording", set[str](), THIRD_PARTY),
        ("read_yaml", {"yaml"}, {"lxml", "networkx", "jinja2", "graphviz"}),
    ],
)
def test_a_name_loads_its_room_only(name: str, needs: set[str], never: set[str]) -> None:
    loaded = loaded_after(f"import ankunft_model\nankunft_model.{name}")

    assert needs <= loaded
    assert loaded.isdisjoint(never)


def test_the_documented_example_finds_the_gap() -> None:
    assert ankunft_model.__doc__ is not None
    names: dict[str, object] = {}
    lines = [line.strip()[4:] for line in ankunft_model.__doc__.splitlines() if line.strip().startswith((">>>", "..."))]

    exec("\n".join(lines[:-1]), names)  # the example is ours

    builder = names["b"]
    assert isinstance(builder, ankunft_model.Builder)
    assert [finding.rule for finding in builder.build().check()] == ["needed-but-unavailable", "not-shareable"]
