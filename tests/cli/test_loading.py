"""Each command loads what it uses and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.exports.svg.zoo import zoo

LIBRARIES = {"pydantic", "yaml", "lxml", "networkx", "jinja2", "graphviz"}


def loaded_by(*arguments: str | Path) -> set[str]:
    """Return which of the libraries a command has loaded when it ends."""
    program = (
        "import sys\nfrom ankunft_model.cli.main import main\n"
        "status = main(sys.argv[1:])\n"
        "assert status in (0, 1), status\n"
        "print('\\x1e', *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return set(result.stdout.rpartition("\x1e")[2].split()) & LIBRARIES


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_what_it_says_about_itself_needs_no_library(arguments: list[str]) -> None:
    assert loaded_by(*arguments) == set()


def test_checking_needs_neither_writers_nor_networkx(model_file: Path) -> None:
    assert loaded_by("check", model_file) == {"pydantic", "yaml"}
    assert loaded_by("data", model_file) == {"pydantic", "yaml"}


@pytest.mark.parametrize(
    ("name", "libraries"),
    [
        ("o.bpmn", {"pydantic", "yaml", "lxml"}),
        ("o.svg", {"pydantic", "yaml", "lxml"}),
        ("o.dot", {"pydantic", "yaml", "graphviz"}),
        ("o.json", {"pydantic", "yaml"}),
    ],
)
def test_an_export_needs_its_own_library_only(model_file: Path, tmp_path: Path, name: str, libraries: set[str]) -> None:
    assert loaded_by("export", model_file, "-o", tmp_path / name) <= libraries


def test_the_page_needs_neither_graphviz_nor_networkx(model_file: Path, tmp_path: Path) -> None:
    assert loaded_by("report", model_file, "-o", tmp_path / "o.html").isdisjoint({"graphviz", "networkx"})


def test_drawing_any_bpmn_file_needs_no_model(tmp_path: Path) -> None:
    (tmp_path / "x.bpmn").write_text(zoo().text(), encoding="utf-8")

    assert loaded_by("render", tmp_path / "x.bpmn", "-o", tmp_path / "o.svg") == {"lxml"}
