"""What starting costs: nothing is imported that is not used."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THIRD_PARTY = ("pydantic", "lxml", "networkx", "jinja2", "graphviz", "yaml")


def modules_loaded_by(code: str) -> set[str]:
    """Return the top names of the modules that a fresh interpreter has loaded after `code`."""
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        f"try:\n    {code}\nexcept SystemExit as stop:\n    assert stop.code in (0, None), stop.code\n"
        "print('\\x1e', *sorted({name.partition('.')[0] for name in set(sys.modules) - before}))\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return set(result.stdout.rpartition("\x1e")[2].split())


def test_importing_the_package_loads_no_third_party_module() -> None:
    loaded = modules_loaded_by("import ankunft_model")

    assert loaded - set(sys.stdlib_module_names) == {"ankunft_model"}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_asking_the_command_line_about_itself_loads_no_third_party_module(option: str) -> None:
    loaded = modules_loaded_by(f"from ankunft_model.cli.main import main; raise SystemExit(main([{option!r}]))")

    assert loaded.isdisjoint(THIRD_PARTY)


def test_listing_the_rules_loads_neither_networkx_nor_a_writer() -> None:
    loaded = modules_loaded_by("from ankunft_model.cli.main import main; raise SystemExit(main(['rules']))")

    assert loaded.isdisjoint({"networkx", "lxml", "jinja2", "graphviz", "yaml"})


def test_checking_a_file_loads_neither_networkx_nor_a_writer() -> None:
    loaded = modules_loaded_by(
        "from ankunft_model.cli.main import main; "
        "raise SystemExit(0 if main(['check', 'examples/dueren/to_be.yaml', '--format', 'json']) in (0, 1) else 2)"
    )

    assert loaded.isdisjoint({"networkx", "lxml", "jinja2", "graphviz"})
