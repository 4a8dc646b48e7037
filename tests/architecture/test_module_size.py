"""Modules stay small: one subject each."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "ankunft_model"
MOST_LINES = 400
REASON_BY_LONG_MODULE = {
    "bpmn_xml/elements.py": "the elements of one standard, a plain list of small classes",
    "doors.py": "one plain function for each method of the model that reaches another room",
    "model/arrival_model.py": "one short method for each question that a model answers",
}


def long_modules() -> set[str]:
    """Return the modules with more lines than `MOST_LINES`, as paths inside the package."""
    return {
        module.relative_to(PACKAGE).as_posix()
        for module in PACKAGE.rglob("*.py")
        if len(module.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    }


def test_a_long_module_has_a_reason() -> None:
    assert long_modules() - REASON_BY_LONG_MODULE.keys() == set()


def test_no_reason_outlives_its_long_module() -> None:
    assert REASON_BY_LONG_MODULE.keys() - long_modules() == set()
