from pathlib import Path

import jsonschema
from tests.cli.command_line import EXAMPLES, ankunft

from ankunft_model.sources.case_schemas import metrics_schema

DUEREN = EXAMPLES / "dueren" / "as_is.yaml"


def test_json_is_what_the_schema_says() -> None:
    answer = ankunft("metrics", DUEREN, "--minutes-per-question", "1,5", "--euros-per-hour", "20", "--format", "json")

    result = answer.json()
    jsonschema.validate(result, metrics_schema())
    assert (answer.status, answer.err, result["format"]) == (0, "", "ankunft-metrics/1")
    burden = result["processes"]["ankunft_bis_buergergeld"]["burden"]
    assert (burden["minutes"]["min"], burden["euros"]["min"]) == (172.5, 57.5)


def test_text_speaks_both_languages() -> None:
    assert "erfragte Angaben" in ankunft("metrics", DUEREN).out
    assert "questions per item" in ankunft("metrics", DUEREN, "--language", "en").out


def test_a_name_that_model_and_process_share_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    ankunft("init", "-o", path)

    for command in ("metrics", "time"):
        assert ankunft(command, path).out.count("Wechsel zum Jobcenter") == 1


def test_an_amount_that_is_no_number_ends_with_two() -> None:
    answer = ankunft("metrics", DUEREN, "--minutes-per-visit", "viel")

    assert (answer.status, answer.out) == (2, "")
    assert "ist keine Zahl" in answer.err
