import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from tests.cli.command_line import ankunft

from ankunft_model.analysis import ALL_RULES
from ankunft_model.sources.result_schemas import findings_schema

FORMS = ["text", "json", "sarif", "junit", "github"]


@pytest.mark.parametrize(("level", "status"), [("info", 1), ("hint", 1), ("warning", 1), ("error", 1), ("never", 0)])
def test_findings_at_or_above_the_level_end_with_1(model_file: Path, level: str, status: int) -> None:
    answer = ankunft("check", model_file, "--fail-on", level)

    assert (answer.status, answer.err) == (status, "")


def test_findings_below_the_level_end_with_0(model_file: Path) -> None:
    answer = ankunft("check", model_file, "--select", "avoidable-collection", "--format", "json")

    assert {finding["severity"] for finding in answer.json()["findings"]} <= {"hint", "warning"}
    assert answer.status == 0
    assert ankunft("check", model_file, "--select", "avoidable-collection", "--fail-on", "hint").status == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_sound_model_ends_with_0_in_every_form(sound_file: Path, form: str) -> None:
    answer = ankunft("check", sound_file, "--format", form, "--fail-on", "info")

    assert (answer.status, answer.err) == (0, "")


def test_a_sound_model_is_told_so(sound_file: Path) -> None:
    assert ankunft("check", sound_file).out == f"In Ordnung\n{sound_file}\nKeine Befunde.\n"
    assert ankunft("check", sound_file, "--language", "en").out == f"All is well\n{sound_file}\nNo findings.\n"


def test_json_is_what_the_schema_says(model_file: Path, tmp_path: Path) -> None:
    other_file = tmp_path / "other.yaml"
    ankunft("init", "-o", other_file, "--language", "en")

    result = ankunft("check", model_file, other_file, "--format", "json").json()

    jsonschema.validate(result, findings_schema())
    assert result["format"] == "ankunft-findings/1"
    assert list(dict.fromkeys(finding["model"] for finding in result["findings"])) == ["mein_modell", "my_model"]
    assert {finding["file"] for finding in result["findings"]} == {str(model_file), str(other_file)}


def test_full_witnesses_are_whole_runs(model_file: Path) -> None:
    short = ankunft("check", model_file, "--format", "json").json()["findings"]
    full = ankunft("check", model_file, "--format", "json", "--witness", "full").json()["findings"]

    gap = [finding["rule"] for finding in short].index("benefit-gap")
    assert short[gap]["witness"] == ["beginn", "einstellen", "antrag"]
    assert full[gap]["witness"][:4] == ["beginn", "bescheid", "einstellen", "antrag"]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_input_gives_the_same_bytes(model_file: Path, form: str) -> None:
    assert ankunft("check", model_file, "--format", form) == ankunft("check", model_file, "--format", form)


def test_rules_can_be_chosen_and_left_out(model_file: Path) -> None:
    def rules_of(*options: str) -> set[str]:
        findings = ankunft("check", model_file, "--format", "json", *options).json()["findings"]
        return {finding["rule"] for finding in findings}

    every = rules_of()

    assert {"benefit-gap", "payment-gap"} < every
    assert rules_of("--select", "benefit-gap", "--select", "payment-gap") == {"benefit-gap", "payment-gap"}
    assert rules_of("--select", "benefit-gap,payment-gap", "--ignore", "benefit-gap") == {"payment-gap"}
    assert rules_of("--ignore", "benefit-gap") == every - {"benefit-gap"}


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("form", FORMS)
def test_an_unknown_rule_comes_with_the_nearest_one(model_file: Path, option: str, form: str) -> None:
    answer = ankunft("check", model_file, option, "benefit-gapp", "--format", form)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "Es gibt keine Regel „benefit-gapp“. Gemeint: „benefit-gap“?\n"


@pytest.mark.parametrize("form", FORMS)
def test_all_unusable_files_are_named_at_once_and_nothing_is_printed(
    model_file: Path, tmp_path: Path, form: str
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: ankunft/1\nid: Öh\nstat: as_is\n", encoding="utf-8")

    answer = ankunft("check", broken, model_file, tmp_path / "absent.yaml", "--format", form)

    assert (answer.status, answer.out) == (2, "")
    assert "broken.yaml:2:5: id" in answer.err
    assert "broken.yaml:3:1" in answer.err
    assert "absent.yaml: Diese Datei gibt es nicht" in answer.err


def test_many_problems_of_one_file_do_not_hide_those_of_another(tmp_path: Path) -> None:
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    first.write_text("format: ankunft/1\n" + "".join(f"wrong_{number}: 1\n" for number in range(90)), encoding="utf-8")
    second.write_text("", encoding="utf-8")

    answer = ankunft("check", first, second)

    assert "weitere Probleme" in answer.err
    assert "second.yaml" in answer.err.splitlines()[-1]


def test_text_begins_with_the_figures_and_ends_with_the_sum(model_file: Path) -> None:
    lines = ankunft("check", model_file).out.splitlines()

    assert lines[:2] == ["Wechsel zum Jobcenter", str(model_file)]
    assert lines[3].split() == ["kritisch", "zu", "beachten", "Hinweise", "Informationen"]
    assert lines[4].split() == ["Leistungslücke", "[benefit-gap]", "1", "–", "–", "–"]
    assert lines[-1] == "9 Befunde: 3 kritisch, 1 zu beachten, 4 Hinweise, 1 Information."


def test_text_shows_the_most_severe_rules_first(model_file: Path) -> None:
    findings = ankunft("check", model_file, "--format", "json").json()["findings"]
    text = ankunft("check", model_file).out
    worst = dict.fromkeys((finding["rule"] for finding in findings), "")
    ranks = {"info": 0, "hint": 1, "warning": 2, "error": 3}
    severity = {
        rule: max(ranks[finding["severity"]] for finding in findings if finding["rule"] == rule) for rule in worst
    }

    shown = sorted(worst, key=lambda rule: text.index(f"[{rule}]"))

    assert [severity[rule] for rule in shown] == sorted(severity.values(), reverse=True)


def test_text_shows_run_suggestion_open_questions_and_ids(tmp_path: Path, example_text: str) -> None:
    model = tmp_path / "open.yaml"
    text = example_text.replace("        agreement: none\n", "").replace("agreements: none", "")
    model.write_text(re.sub("channel: .*", "channel: email", text), encoding="utf-8")

    text = ankunft("check", model, "--select", "handover-without-agreement").out

    assert " (hängt von Offenem ab): " in text
    assert "\n    Vorschlag: " in text
    assert "\n    Ablauf: Leistung einstellen → Antrag aufnehmen\n" in text
    assert "processes.wechsel.handovers.uebergabe.agreement" in text
    assert "\n    im Modell: uebergabe, " in text


ITEMS = [f"item_{number}" for number in range(30)]


@pytest.fixture
def asked_twice(tmp_path: Path) -> Path:
    """Return a model in which two bodies ask for the same thirty things."""
    path = tmp_path / "twice.yaml"
    long_name = "Ein Name, der allein schon die Hälfte einer Zeile braucht, mit der Nummer"
    data = "".join(f"  {item}: {{name: '{long_name} {item}', category: contact}}\n" for item in ITEMS)
    path.write_text(
        "format: ankunft/1\nid: twice\ntitle: Zweimal gefragt\nstate: as_is\n"
        "actors: {a: {name: Schulamt, kind: school_authority}, b: {name: Schule, kind: school}}\n"
        f"data:\n{data}"
        "processes: {p: {name: P, domain: education, nodes: {\n"
        f"  s: {{type: start, next: t}}, t: {{name: Beraten, actor: a, collects: [{', '.join(ITEMS)}], next: u}},\n"
        f"  u: {{name: Aufnehmen, actor: b, collects: [{', '.join(ITEMS)}], next: e}}, e: {{type: end}}}}}}}}\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("witness", ["short", "full"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_text_fits_into_a_hundred_columns_when_piped(asked_twice: Path, language: str, witness: str) -> None:
    text = ankunft("check", asked_twice, "--language", language, "--witness", witness).out

    assert max(len(line) for line in text.splitlines() if not line.startswith("/")) <= 100


def test_a_rule_with_many_findings_is_shown_in_brief_item_by_item(asked_twice: Path) -> None:
    brief = ankunft("check", asked_twice, "--select", "duplicate-collection").out
    full = ankunft("check", asked_twice, "--select", "duplicate-collection", "--witness", "full").out

    assert "--select duplicate-collection --witness full" in brief
    assert brief.count("Beraten") == 0
    assert brief.count("wird je Ablauf 2-mal erfragt") == 1
    assert [item for item in ITEMS if f"{item}," not in brief and f"{item}:" not in brief] == []
    assert full.count("Ablauf: Beraten → Aufnehmen\n") == len(ITEMS)


def test_everything_of_several_models_is_counted_at_the_end(model_file: Path, sound_file: Path) -> None:
    text = ankunft("check", sound_file, model_file).out

    assert text.splitlines()[-1].startswith("2 Modelle: ")
    assert "Keine Befunde." in text


@pytest.mark.parametrize(("language", "said"), [("de", "1 Befund: 1 kritisch."), ("en", "1 finding: 1 error.")])
def test_one_is_counted_in_the_singular(model_file: Path, language: str, said: str) -> None:
    text = ankunft("check", model_file, "--language", language, "--select", "benefit-gap").out

    assert text.splitlines()[-1] == said


def test_sarif_names_every_rule_and_finding(model_file: Path) -> None:
    findings = ankunft("check", model_file, "--format", "json").json()["findings"]

    sarif = ankunft("check", model_file, "--format", "sarif").json()

    (run,) = sarif["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert (sarif["version"], len(run["results"])) == ("2.1.0", len(findings))
    assert [rule["id"] for rule in rules] == [rule.id for rule in ALL_RULES]
    for result, finding in zip(run["results"], findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["rule"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"] == finding["message"]["de"]
        names = [location["name"] for location in result["locations"][0]["logicalLocations"]]
        assert names == [element["id"] for element in finding["elements"]]


def test_sarif_addresses_are_references_of_rfc_3986(tmp_path: Path, example_text: str) -> None:
    model = tmp_path / "Kreis Düren 100%.yaml"
    model.write_text(example_text, encoding="utf-8")

    run = ankunft("check", model, "--format", "sarif").json()["runs"][0]

    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("file:///")
    assert uri.endswith("/Kreis%20D%C3%BCren%20100%25.yaml")


def test_junit_has_a_case_per_rule_and_fails_where_the_status_does(model_file: Path, sound_file: Path) -> None:
    answer = ankunft("check", model_file, sound_file, "--format", "junit")

    first, second = ET.fromstring(answer.out)
    failing = [case.get("name") for case in first if case.find("failure") is not None]
    assert [len(first), len(second)] == [len(ALL_RULES), len(ALL_RULES)]
    assert [first.get("failures"), second.get("failures")] == [str(len(failing)), "0"]
    assert "benefit-gap" in failing
    assert "avoidable-collection" not in failing
    assert any(case.find("system-out") is not None for case in first)


def test_junit_has_no_failure_when_nothing_may_fail(model_file: Path) -> None:
    answer = ankunft("check", model_file, "--format", "junit", "--fail-on", "never")

    assert ET.fromstring(answer.out).find(".//failure") is None


def hostile_model(tmp_path: Path, example_text: str) -> Path:
    path = tmp_path / "a,b:c%.yaml"
    hostile = json.dumps("]]><script>&\"'::error::%0A,{0}[x](y)")
    path.write_text(example_text.replace("name: Antrag aufnehmen", f"name: {hostile}"), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_names_with_markup_stay_text_in_json(tmp_path: Path, example_text: str, form: str) -> None:
    answer = ankunft("check", hostile_model(tmp_path, example_text), "--format", form)

    assert "<script>" in json.dumps(answer.json())


def test_names_with_markup_stay_text_in_junit(tmp_path: Path, example_text: str) -> None:
    answer = ankunft("check", hostile_model(tmp_path, example_text), "--format", "junit")

    tree = ET.fromstring(answer.out)
    assert tree.find(".//script") is None
    assert any("<script>" in (element.text or "") for element in tree.iter())


def test_annotations_for_github_are_escaped(tmp_path: Path, example_text: str) -> None:
    answer = ankunft("check", hostile_model(tmp_path, example_text), "--format", "github")

    for line in answer.out.splitlines():
        head, _, message = line.removeprefix("::").partition("::")
        level, _, properties = head.partition(" ")
        assert level in ("error", "warning", "notice")
        assert set(dict(part.split("=", 1) for part in properties.split(","))) == {"file", "title"}
        assert "a%2Cb%3Ac%25.yaml" in properties
        assert message
    assert "%250A" in answer.out


def rounds(steps: int) -> str:
    """Return a model in which more than two tokens meet, before steps that need what is asked there."""
    names = [f"use{number}" for number in range(steps)]
    uses = "".join(
        f"      {name}: {{name: U{name}, actor: two, needs: [d], next: {after}}}\n"
        for name, after in zip(names, [*names[1:], "e"], strict=True)
    )
    return (
        "format: ankunft/1\nid: m\ntitle: M\nstate: as_is\n"
        "actors:\n  one: {name: Eins, kind: jobcenter}\n  two: {name: Zwei, kind: other}\n"
        "data:\n  d: {name: D, category: identity}\n"
        "processes:\n  p:\n    name: P\n    handovers: none\n    nodes:\n"
        "      s: {type: start, next: j}\n      j: {type: exclusive, next: x}\n"
        "      x: {type: parallel, next: [ask, j]}\n"
        f"      ask: {{name: A, actor: one, collects: [d], next: use0}}\n{uses}      e: {{type: end}}\n"
    )


@pytest.mark.parametrize(("steps", "shown"), [(1, ""), (12, " (12 {of} 12)")])
def test_a_finding_that_is_not_exact_says_so_and_why(tmp_path: Path, steps: int, shown: str) -> None:
    file = tmp_path / "m.yaml"
    file.write_text(rounds(steps), encoding="utf-8")

    def answer(language: str) -> str:
        arguments = ("check", file, "--select", "needed-but-unavailable", "--language", language)
        return " ".join(ankunft(*arguments).out.split())

    why = {"de": "mehr als zwei parallele Abläufe", "en": "More than two parallel runs"}
    for language, title, of in (("de", "nicht genau", "von"), ("en", "not exact", "of")):
        text = answer(language)
        assert text.count(f"{title}{shown.format(of=of)}: ") == 1
        assert why[language] in text


def test_nothing_is_said_of_exactness_where_all_is_exact(model_file: Path) -> None:
    assert "nicht genau" not in ankunft("check", model_file).out
