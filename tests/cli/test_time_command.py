from pathlib import Path

import jsonschema
from tests.cli.command_line import EXAMPLES, ankunft

from ankunft_model.sources.case_schemas import time_schema

DUEREN = EXAMPLES / "dueren" / "as_is.yaml"


def test_json_is_what_the_schema_says() -> None:
    answer = ankunft("time", DUEREN, "--format", "json")

    result = answer.json()
    jsonschema.validate(result, time_schema())
    assert (answer.status, answer.err, result["format"]) == (0, "", "ankunft-time/1")


def test_the_figures_of_the_example_come_out() -> None:
    result = ankunft("time", DUEREN, "--format", "json").json()

    days = {gap["timeline"]: gap["cases"][0]["days"] for gap in result["coverage"]}
    assert days == {"entitlement": 30, "payment": 59}
    assert [gap["cases"][0]["days"] for gap in result["proof"]] == [35]
    assert result["processes"]["ankunft_bis_buergergeld"]["exact"] is True


def test_what_nobody_stated_leaves_the_greatest_time_open_and_is_asked() -> None:
    process = ankunft("time", DUEREN, "--format", "json").json()["processes"]["ankunft_bis_buergergeld"]

    assert process["elapsed_seconds"]["max"] is None
    paths = [fact["path"] for fact in process["depends_on"]]
    assert "processes.ankunft_bis_buergergeld.nodes.a14.duration" in paths


def test_text_speaks_both_languages() -> None:
    german, english = ankunft("time", DUEREN).out, ankunft("time", DUEREN, "--language", "en").out

    assert "Dauer: mindestens 80,5 Tage" in german
    assert "59 Tage ohne Auszahlung (1.4.2025 bis 29.5.2025)" in " ".join(german.split())
    assert "time: at least 80.5 days" in english
    assert "59 days without payment (2025-04-01 to 2025-05-29)" in " ".join(english.split())


def test_a_case_narrows_every_answer() -> None:
    as_decided = ankunft("time", DUEREN, "--case", "familie_a", "--format", "json").json()
    whole = ankunft("time", DUEREN, "--format", "json").json()

    process = "ankunft_bis_buergergeld"
    least = [result["processes"][process]["elapsed_seconds"]["min"] for result in (whole, as_decided)]
    assert least[0] < least[1]
    assert ankunft("check", DUEREN, "--case", "familie_a", "--select", "payment-gap").status == 1
    assert ankunft("data", DUEREN, "--case", "familie_a").status == 0


def test_an_unknown_case_or_cohort_is_named_with_the_nearest() -> None:
    for option, wrong, near in (("--case", "familie_b", "familie_a"), ("--cohort", "anerkannt", "anerkannte")):
        answer = ankunft("time", DUEREN, option, wrong)

        assert (answer.status, answer.out) == (2, "")
        assert f"„{near}“" in answer.err


def test_an_unusable_file_ends_with_two(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: ankunft/1\n", encoding="utf-8")

    answer = ankunft("time", broken, "--format", "json")

    assert (answer.status, answer.out) == (2, "")
