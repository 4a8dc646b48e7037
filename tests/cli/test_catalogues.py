import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.command_line import ankunft

from ankunft_model.analysis import ALL_RULES
from ankunft_model.exports.bpmn.modeler_files import modeler_file_names

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"


def test_the_catalogue_has_a_line_per_rule() -> None:
    lines = ankunft("rules").out.splitlines()

    assert [line.split()[0] for line in lines] == [rule.id for rule in ALL_RULES]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("rule", [rule.id for rule in ALL_RULES])
def test_every_rule_has_a_page_that_fits_into_a_terminal(rule: str, language: str) -> None:
    answer = ankunft("rules", rule, "--language", language)

    title = {"de": "Warum es zählt", "en": "Why it matters"}[language]
    prose, _, _ = answer.out.partition({"de": "Ein Modell, in dem", "en": "A model in which"}[language])
    assert answer.status == 0
    assert answer.out.startswith(rule)
    assert title in answer.out
    assert max(map(len, prose.splitlines())) <= 100


def test_rules_as_json() -> None:
    result = ankunft("rules", "--format", "json").json()

    assert result["format"] == "ankunft-rules/1"
    assert [rule["id"] for rule in result["rules"]] == [rule.id for rule in ALL_RULES]
    assert ankunft("rules", "benefit-gap", "--format", "json").json()["rules"][0]["title"]["de"] == "Leistungslücke"


@pytest.mark.parametrize(("command", "name"), [("rules", "benefit-gapp"), ("schema", "ankunft-findings-2")])
def test_an_unknown_name_comes_with_the_nearest(command: str, name: str) -> None:
    answer = ankunft(command, name, "--format", "json")

    assert (answer.status, answer.out) == (2, "")
    assert "Gemeint: „" in answer.err


def test_schemas_are_those_that_ship() -> None:
    names = ankunft("schema").out.split()

    assert names == ankunft("schema", "--format", "json").json()["schemas"]
    assert {f"{name}.json" for name in names} == {path.name for path in SCHEMAS.glob("*.json")}
    for name in modeler_file_names():
        shipped = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
        assert ankunft("schema", name).json() == shipped
    for name in set(names) - set(modeler_file_names()):
        schema = ankunft("schema", name).json()
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema == json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
