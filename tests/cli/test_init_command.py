from pathlib import Path

import pytest
from tests.cli.command_line import ankunft


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_example_is_valid_and_shows_gaps_and_data_asked_twice(tmp_path: Path, language: str) -> None:
    model = tmp_path / "model.yaml"

    written = ankunft("init", "-o", model, "--language", language)
    checked = ankunft("check", model, "--format", "json")

    assert (written.status, written.out) == (0, "")
    assert checked.err == ""
    rules = {finding["rule"] for finding in checked.json()["findings"]}
    assert {"benefit-gap", "payment-gap", "duplicate-collection"} <= rules


def test_both_languages_say_the_same() -> None:
    german, english = ankunft("init"), ankunft("init", "--language", "en")

    assert german.out.count("\n") == english.out.count("\n")
    assert "Drei Regeln" in german.out
    assert "Three rules" in english.out


def test_without_a_file_it_is_printed(tmp_path: Path) -> None:
    ankunft("init", "-o", tmp_path / "model.yaml")

    assert ankunft("init").out == (tmp_path / "model.yaml").read_text(encoding="utf-8")


def test_an_existing_file_is_replaced_only_on_request(tmp_path: Path) -> None:
    model = tmp_path / "model.yaml"
    model.write_text("mine", encoding="utf-8")

    refused = ankunft("init", "-o", model)

    assert (refused.status, refused.out) == (2, "")
    assert "--force" in refused.err
    assert model.read_text(encoding="utf-8") == "mine"
    assert ankunft("init", "-o", model, "--force").status == 0
    assert model.read_text(encoding="utf-8") != "mine"


def test_workbooks_are_refused_clearly(tmp_path: Path) -> None:
    answer = ankunft("init", "--excel", "-o", tmp_path / "model.xlsx")

    assert (answer.status, answer.out) == (2, "")
    assert "noch nicht" in answer.err
    assert list(tmp_path.iterdir()) == []
