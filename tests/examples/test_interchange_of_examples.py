"""The examples as other people's software sees them: schema, moddle, lint, Camunda Modeler's library, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.interchange.interchange import Interchange, interchange

import ankunft_model as am
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.exports.bpmn import to_definitions
from ankunft_model.exports.bpmn.diagram import to_layout_graph
from ankunft_model.layout.check import check_layout
from ankunft_model.layout.pipeline import lay_out

__all__ = ["interchange"]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MODELS = (
    "dueren/as_is.yaml",
    "dueren/to_be.yaml",
    "qualification/model.yaml",
    "minors/model.yaml",
    "municipality/model.yaml",
    "welcome_center/skilled_worker.yaml",
)
VIEWS = ("collaboration", "journey")
CASES = [(model, view) for model in MODELS for view in VIEWS]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Every example in every view as a BPMN file."""
    folder = tmp_path_factory.mktemp("exported")
    files: dict[tuple[str, str], Path] = {}
    for name, view in CASES:
        file = folder / f"{name.replace('/', '_')}_{view}.bpmn"
        am.read(EXAMPLES / name).to_bpmn(file, view=view)  # type: ignore[arg-type]  # one of VIEWS
        files[name, view] = file
    return files


@pytest.mark.parametrize(("name", "view"), CASES)
def test_an_example_has_no_defect_of_layout(name: str, view: str) -> None:
    graph = to_layout_graph(to_definitions(am.read(EXAMPLES / name), view=view))  # type: ignore[arg-type]

    assert check_layout(graph, lay_out(graph)) == ()


@pytest.mark.parametrize(("name", "view"), CASES)
def test_an_exported_example_comes_back_as_the_equal_model(
    name: str, view: str, exported: dict[tuple[str, str], Path]
) -> None:
    assert am.read(exported[name, view]) == am.read(EXAMPLES / name)


@pytest.mark.parametrize(("name", "view"), CASES)
def test_equal_models_give_equal_bytes(name: str, view: str, exported: dict[tuple[str, str], Path]) -> None:
    again = am.read(exported[name, view]).to_bpmn(view=view)  # type: ignore[arg-type]

    assert again == exported[name, view].read_bytes()


@pytest.mark.node
def test_schema_moddle_and_lint_find_nothing_wrong(
    interchange: Interchange, exported: dict[tuple[str, str], Path]
) -> None:
    files = list(exported.values())

    moddle, lint = interchange.moddle(*files), interchange.lint(*files)

    assert [interchange.validate_xsd(file.read_bytes()) for file in files] == [()] * len(files)
    assert [(found.errors, found.warnings) for found in moddle] == [((), ())] * len(files)
    assert [found.errors for found in lint] == [()] * len(files)


@pytest.mark.node
def test_camundas_own_rules_find_nothing_but_that_a_documentation_is_not_executed(
    interchange: Interchange, exported: dict[tuple[str, str], Path]
) -> None:
    files = list(exported.values())

    for rules in ("camunda-platform-7-19", "camunda-platform-7-24", "camunda-cloud-8-10"):
        judged = interchange.lint(*files, rules=f"plugin:camunda-compat/{rules}")
        errors = [error for found in judged for error in found.errors]
        assert [error for error in errors if not error.startswith("camunda-compat/executable-process ")] == [], rules
        assert bool(errors) == rules.startswith("camunda-cloud"), rules  # the plug-in has looked at the files


@pytest.mark.browser
def test_the_library_of_camunda_modeler_opens_them_and_saving_loses_nothing(
    interchange: Interchange, exported: dict[tuple[str, str], Path], tmp_path: Path
) -> None:
    opened = interchange.bpmn_js_import(*exported.values(), save=True)

    for (name, view), found in zip(exported, opened, strict=True):
        assert (found.error, found.warnings) == (None, ()), (name, view)
        assert found.saved is not None
        saved = tmp_path / f"{name.replace('/', '_')}_{view}.bpmn"
        saved.write_bytes(found.saved)
        assert am.read(saved) == am.read(EXAMPLES / name)
        shapes = read_definitions(exported[name, view].read_bytes()).diagrams[0].plane.plane_elements
        assert found.shapes + found.connections == len(shapes)
        assert found.spilled == (), (name, view)  # no text needs more lines than the drawing has room for
