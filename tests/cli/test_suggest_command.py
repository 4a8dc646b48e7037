from pathlib import Path

import jsonschema
import pytest
from tests.cli.command_line import EXAMPLES, ankunft

import ankunft_model as am
from ankunft_model.sources.result_schemas import suggest_schema

QUALIFICATION = EXAMPLES / "qualification" / "model.yaml"


def test_json_is_what_the_schema_says() -> None:
    answer = ankunft("suggest", QUALIFICATION, "--format", "json")

    result = answer.json()
    jsonschema.validate(result, suggest_schema())
    assert (answer.status, answer.err, result["format"]) == (0, "", "ankunft-suggest/1")
    assert [one["id"] for one in result["suggestions"]] == [
        "retrieval:erstgespraech:azr",
        "retrieval:potenzial:azr",
    ]
    assert {one["reason"] for one in result["unsolved"]} == {"nobody_knows", "not_on_every_run"}


def test_text_is_sorted_by_what_it_rests_on_and_speaks_both_languages() -> None:
    german, english = (ankunft("suggest", QUALIFICATION, "--language", language).out for language in ("de", "en"))

    assert "4 Befunde lassen sich mit 2 Ergänzungen" in german
    assert "Auf einer Rechtsgrundlage, die genannt ist:" in german
    assert "Rechtsgrundlage: AZRG § 18b Abs. 1 Nr. 10 (Quelle: LAW:AZRG § 18b)" in german
    assert "4 findings can be cured with 2 additions" in english
    assert "This stays:" in english


def test_one_finding_is_spoken_of_as_one(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    ankunft("init", "-o", path)

    assert "1 Befund lässt sich mit 3 Ergänzungen" in ankunft("suggest", path).out
    assert "1 stays." in ankunft("suggest", path, "--language", "en").out


def test_the_changed_model_is_written_to_another_file(tmp_path: Path) -> None:
    output = tmp_path / "soll.yaml"

    answer = ankunft("suggest", QUALIFICATION, "-o", output)

    changed = am.read(output)
    assert (answer.status, "Geschrieben: " in answer.err) == (0, True)
    assert changed == am.read(QUALIFICATION).suggest().model
    assert len(changed.check(select=["avoidable-collection"])) == 0


def test_suggestions_are_entered_into_the_file_and_its_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    text = QUALIFICATION.read_text(encoding="utf-8")
    path.write_text(text + "# am Ende\n", encoding="utf-8")
    expected = am.read(path).suggest().model

    answer = ankunft("suggest", path, "--write")

    assert answer.status == 0
    assert "ganz neu geschrieben" not in answer.err
    assert am.read(path) == expected
    written = path.read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in comments if line not in written] == []
    assert written.endswith("# am Ende\n")


@pytest.mark.parametrize("output", ["soll.bpmn", "soll"])
def test_a_changed_model_in_another_form_is_refused(tmp_path: Path, output: str) -> None:
    answer = ankunft("suggest", QUALIFICATION, "-o", tmp_path / output)

    assert (answer.status, answer.out) == (2, "")
    assert ".yaml, .yml oder .json" in answer.err
    assert not (tmp_path / output).exists()


def test_the_model_itself_is_no_output(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(QUALIFICATION.read_text(encoding="utf-8"), encoding="utf-8")

    assert ankunft("suggest", path, "-o", path).status == 2


def test_a_model_without_data_is_not_said_to_miss_nothing(tmp_path: Path) -> None:
    model = tmp_path / "m.yaml"
    model.write_text(
        "format: ankunft/1\nid: m\ntitle: M\nstate: as_is\n"
        "processes:\n  p:\n    name: P\n    nodes:\n"
        "      s: {type: start, next: e}\n      e: {type: end}\n",
        encoding="utf-8",
    )

    ended = ankunft("suggest", model)

    assert ended.status == 0
    assert "steht nicht, welche Angaben" in ended.out
    assert "Nichts fehlt" not in ended.out
