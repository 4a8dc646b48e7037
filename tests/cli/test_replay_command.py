import jsonschema
import pytest
from tests.cli.command_line import EXAMPLES, ankunft

from ankunft_model.sources.case_schemas import replay_schema

DUEREN = EXAMPLES / "dueren"


def test_json_is_what_the_schema_says_and_names_no_case() -> None:
    answer = ankunft("replay", DUEREN / "as_is.yaml", DUEREN / "case.yaml", "--format", "json")

    result = answer.json()
    jsonschema.validate(result, replay_schema())
    assert (answer.status, answer.err, result["left_at"]) == (0, "", 4)
    assert "fall_17" not in answer.out
    assert {timeline: [gap["days"] for gap in gaps] for timeline, gaps in result["gaps"].items()} == {
        "entitlement": [30],
        "payment": [59],
        "proof": [35],
    }


def test_text_speaks_both_languages() -> None:
    german = ankunft("replay", DUEREN / "as_is.yaml", DUEREN / "case.yaml").out
    english = ankunft("replay", DUEREN / "as_is.yaml", DUEREN / "case.yaml", "--language", "en").out

    assert "59 Tage ohne Auszahlung (1.4.2025 bis 29.5.2025)" in german
    assert "59 days without payment (2025-04-01 to 2025-05-29)" in english
    assert "fall_17" not in german + english


def test_an_unusable_case_ends_with_two(tmp_path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("format: ankunft-case/1\n", encoding="utf-8")

    answer = ankunft("replay", DUEREN / "as_is.yaml", case)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("\n") == 2


@pytest.mark.parametrize("view", ["model", "bpmn"])
def test_a_file_that_is_no_case_is_called_what_it_is(tmp_path, view: str) -> None:
    file = DUEREN / "as_is.yaml"
    if view == "bpmn":
        file = tmp_path / "case.bpmn"
        ankunft("export", DUEREN / "as_is.yaml", "-o", file)

    german = ankunft("replay", DUEREN / "as_is.yaml", file)
    english = ankunft("replay", DUEREN / "as_is.yaml", file, "--language", "en")

    assert (german.status, german.out, german.err.count("\n")) == (2, "", 1)
    assert {"model": "ist ein Modell und kein", "bpmn": "ist XML, etwa eine BPMN-Datei, und kein"}[view] in german.err
    assert {"model": "is a model and no", "bpmn": "is XML, such as a BPMN file, and no"}[view] in english.err
