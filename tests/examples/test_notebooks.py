"""The notebooks: percent scripts without output that run from top to bottom and show what they promise."""

import contextlib
import io
import runpy
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import ankunft_model

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "examples/notebooks").glob("*.py"))


def cells_of(notebook: Path) -> list[tuple[str, str]]:
    """Return kind (`code` or `markdown`) and text of each cell."""
    cells = notebook.read_text(encoding="utf-8").split("# %%")[1:]
    return [
        ("markdown", cell.removeprefix(" [markdown]\n"))
        if cell.startswith(" [markdown]")
        else ("code", cell.lstrip("\n"))
        for cell in cells
    ]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_as_a_script(notebook: Path, tmp_path: Path) -> None:
    printed = io.StringIO()

    with contextlib.chdir(tmp_path), contextlib.redirect_stdout(printed):
        runpy.run_path(str(notebook))

    assert printed.getvalue()
    assert {path.name for path in (tmp_path / "results").iterdir()} == {
        "dueren.bpmn",
        "jobcenter.svg",
        "dueren.html",
    }


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_explains_each_step_and_uses_the_front_door_only(notebook: Path) -> None:
    cells = cells_of(notebook)

    code = "\n".join(text for kind, text in cells if kind == "code")
    assert cells[0][0] == "markdown"
    assert sum(kind == "markdown" for kind, _ in cells) * 3 >= len(cells)
    assert "from ankunft_model" not in code
    assert "import ankunft_model." not in code


@pytest.mark.skipif(find_spec("IPython") is None, reason="IPython is not installed")
@pytest.mark.parametrize("name", ["model", "findings"])
def test_a_notebook_shows_models_as_pictures_and_findings_as_tables(name: str) -> None:
    from IPython.core.formatters import DisplayFormatter  # type: ignore[import-not-found,unused-ignore]

    model = ankunft_model.read(NOTEBOOKS[0].parents[1] / "qualification/model.yaml")
    shown: Any = {"model": model, "findings": model.check()}[name]

    bundle, _ = DisplayFormatter().format(shown)

    assert {"model": "image/svg+xml", "findings": "text/html"}[name] in bundle
    assert "text/plain" in bundle
