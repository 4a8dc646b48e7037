"""Settings of a check: which rules, how severe, what is excepted until when, what was accepted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.command_line import Answer, ankunft

MODEL = """\
format: ankunft/1
id: fall
title: Fall
state: as_is
as_of: 2025-06-01
actors:
  person:    {name: Person, kind: person}
  sozialamt: {name: Sozialamt, kind: social_welfare_office}
processes:
  p:
    name: Ablauf
    nodes:
      beginn: {type: start, name: Beginn, actor: person, next: eins}
      eins:   {name: Schritt 1, actor: sozialamt, next: zwei}
      zwei:   {name: Prüfen, actor: none, next: ende}
      ende:   {type: end, name: Ende}
    handovers: none
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return a model with one critical finding and one piece of information, in a folder below the settings."""
    path = tmp_path / "models" / "fall.yaml"
    path.parent.mkdir()
    path.write_text(MODEL, encoding="utf-8")
    return path


def settle(model: Path, text: str, name: str = "ankunft.toml") -> None:
    (model.parents[1] / name).write_text(text, encoding="utf-8")


def rules_of(answer: Answer) -> list[str]:
    return [finding["rule"] for finding in answer.json()["findings"]]


def checked(model: Path, *options: str) -> Answer:
    return ankunft("check", model, "--format", "json", *options)


def test_without_settings_all_rules_are_asked(model: Path) -> None:
    answer = checked(model)

    assert rules_of(answer) == ["missing-responsibility", "label-style"]
    assert (answer.status, answer.err) == (1, "")


@pytest.mark.parametrize(
    ("name", "head"), [("ankunft.toml", ""), ("pyproject.toml", "[project]\nname = 'x'\n[tool.ankunft]\n")]
)
def test_settings_are_found_upward_from_the_model(model: Path, name: str, head: str) -> None:
    settle(model, f"{head}ignore = ['modelling']\n", name)

    assert rules_of(checked(model)) == ["missing-responsibility"]


def test_the_nearest_settings_count_and_a_project_without_any_is_passed_by(model: Path) -> None:
    settle(model, "ignore = ['label-style']\n")
    (model.parent / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert rules_of(checked(model)) == ["missing-responsibility"]

    (model.parent / "ankunft.toml").write_text("select = ['label-style']\n", encoding="utf-8")
    assert rules_of(checked(model)) == ["label-style"]


@pytest.mark.parametrize("content", ["", "[project\nname = {{ name }}\n"])
def test_a_project_of_somebody_else_is_passed_by_even_if_it_is_broken(model: Path, content: str) -> None:
    settle(model, "ignore = ['label-style']\n")
    (model.parent / "pyproject.toml").write_text(content, encoding="utf-8")

    assert rules_of(checked(model)) == ["missing-responsibility"]


def test_an_empty_file_settles_nothing(model: Path) -> None:
    settle(model, "")

    assert rules_of(checked(model)) == ["missing-responsibility", "label-style"]


def test_what_the_call_says_comes_before_what_is_settled(model: Path, tmp_path: Path) -> None:
    settle(model, "select = ['label-style']\nfail-on = 'info'\n")
    other = tmp_path / "other.toml"
    other.write_text("ignore = ['label-style']\n", encoding="utf-8")

    assert checked(model).status == 1
    assert checked(model, "--fail-on", "never").status == 0
    assert rules_of(checked(model, "--select", "responsibility")) == ["missing-responsibility"]
    assert rules_of(checked(model, "--config", str(other))) == ["missing-responsibility"]


def test_severity_is_settled_per_rule_and_per_group(model: Path) -> None:
    settle(model, "[severity]\nmissing-responsibility = 'hint'\nmodelling = 'off'\n")

    answer = checked(model)

    assert [(f["rule"], f["severity"]) for f in answer.json()["findings"]] == [("missing-responsibility", "hint")]
    assert answer.status == 0


SUPPRESSED = "[[suppress]]\nrule = '{rule}'\nelement = '{element}'\nreason = 'geklärt im Mai'\n{until}"


def test_an_exception_leaves_out_the_finding_about_its_element_and_says_so(model: Path) -> None:
    settle(model, SUPPRESSED.format(rule="missing-responsibility", element="zwei", until=""))

    answer = checked(model)

    assert rules_of(answer) == ["label-style"]
    assert answer.status == 0
    assert "1 Befunde sind ausgenommen" in answer.err


def test_an_exception_ends_with_its_day_judged_by_the_model_or_the_call(model: Path) -> None:
    settle(model, SUPPRESSED.format(rule="missing-responsibility", element="zwei", until="until = 2025-06-01\n"))

    assert rules_of(checked(model)) == ["label-style"], "the last day still counts"
    late = checked(model, "--as-of", "2025-06-02")
    assert rules_of(late) == ["missing-responsibility", "label-style"]
    assert "galt bis 2025-06-01: geklärt im Mai" in late.err


def test_the_clock_never_decides(model: Path) -> None:
    model.write_text(MODEL.replace("as_of: 2025-06-01\n", ""), encoding="utf-8")
    settle(model, SUPPRESSED.format(rule="missing-responsibility", element="zwei", until="until = 1999-12-31\n"))

    assert rules_of(checked(model)) == ["label-style"], "no day is known at which it could have ended"


def test_an_exception_that_meets_nothing_is_told(model: Path) -> None:
    settle(model, SUPPRESSED.format(rule="missing-responsibility", element="eins", until=""))

    answer = checked(model)

    assert rules_of(answer) == ["missing-responsibility", "label-style"]
    assert "suppress[0]: Die Ausnahme trifft keinen Befund mehr." in answer.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ignore = [", "ankunft.toml:"),
        ("ignor = []", "ankunft.toml:1: ignor: „ignor“ ist keine Einstellung; gemeint „ignore“?"),
        (
            "ignore = ['label-stile']",
            "ankunft.toml:1: ignore: Es gibt keine Regel „label-stile“. Gemeint: „label-style“?",
        ),
        ("ignore = 3", "ankunft.toml:1: ignore: erwartet wird eine Liste"),
        ("[severity]\nlabel-style = 'loud'", "ankunft.toml:2: severity.label-style: „loud“ gibt es hier nicht"),
        ("fail-on = 'always'", "möglich: info, hint, warning, error, never."),
        ("[[suppress]]\nrule = 'label-style'", "suppress[0].reason: hier fehlt die Begründung"),
        ("[[suppress]]\nreason = 'x'", "suppress[0].rule: hier fehlt die Regel."),
        ("[[suppress]]\nrule = 'label-style'\nreason = 'x'\nuntil = 'soon'", "erwartet wird ein Tag wie 2026-12-31."),
        ("[[suppress]]\nrule = 'label-style'\nreason = 'x'\nnode = 'a'", "möglich sind rule, element, reason, until."),
        ("suppress = 'all'", "erwartet werden Einträge [[suppress]]."),
        ("baseline = 1", "erwartet wird ein Dateiname."),
    ],
)
def test_what_is_wrong_with_settings_is_said_with_its_place(model: Path, text: str, message: str) -> None:
    settle(model, text + "\n")

    answer = checked(model)

    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err


def test_all_mistakes_are_told_at_once_in_both_languages(model: Path) -> None:
    settle(model, "ignor = []\nfail-on = 'x'\n[[suppress]]\nrule = 'nix'\n")

    german, english = checked(model).err, checked(model, "--language", "en").err

    assert len(german.splitlines()) == len(english.splitlines()) == 4
    assert "is no setting; did you mean 'ignore'?" in english


def test_settings_under_tool_must_be_a_table(model: Path) -> None:
    settle(model, "[tool]\nankunft = 1\n", "pyproject.toml")

    assert "pyproject.toml: tool.ankunft: ist keine Tabelle" in checked(model).err


def test_accepted_findings_are_not_shown_until_they_grow_worse(model: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"

    written = ankunft("check", model, "--baseline", baseline, "--write-baseline")
    assert (written.status, written.out) == (0, "")

    again = checked(model, "--baseline", str(baseline))
    assert (again.status, rules_of(again)) == (0, [])
    assert "2 Befunde sind angenommen." in again.err
    settle(model, "[severity]\nlabel-style = 'warning'\n")
    assert rules_of(checked(model, "--baseline", str(baseline))) == ["label-style"]


def test_new_findings_are_shown_and_gone_ones_counted(model: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    ankunft("check", model, "--baseline", baseline, "--write-baseline")
    model.write_text(MODEL.replace("Schritt 1", "Beraten").replace("name: Prüfen", "name: TODO"), encoding="utf-8")

    answer = checked(model, "--baseline", str(baseline))

    assert [finding["elements"][0]["id"] for finding in answer.json()["findings"]] == ["zwei"]
    assert "1 Befunde sind angenommen, 1 angenommene gibt es nicht mehr" in answer.err


def test_the_baseline_is_sorted_and_the_same_every_time(model: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    for file in (first, second):
        ankunft("check", model, "--baseline", file, "--write-baseline")

    assert first.read_bytes() == second.read_bytes()
    accepted = json.loads(first.read_text(encoding="utf-8"))["accepted"]
    assert [entry["id"] for entry in accepted] == ["label-style:eins", "missing-responsibility:zwei"]


def test_a_baseline_may_be_settled_and_lies_beside_the_settings(model: Path) -> None:
    settle(model, "baseline = 'known.json'\n")

    assert ankunft("check", model, "--write-baseline").status == 0
    assert (model.parents[1] / "known.json").is_file()
    assert rules_of(checked(model)) == []


@pytest.mark.parametrize("content", ["[]", "{}", "nonsense", '{"format": "ankunft-baseline/1", "accepted": [1]}'])
def test_a_file_that_is_no_baseline_is_refused(model: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")

    answer = checked(model, "--baseline", str(file))

    assert (answer.status, answer.out) == (2, "")
    assert "Das ist keine Liste angenommener Befunde" in answer.err


def test_writing_accepted_findings_needs_a_file_and_days_are_days(model: Path) -> None:
    assert "--write-baseline braucht --baseline DATEI" in ankunft("check", model, "--write-baseline").err
    assert "--as-of: „morgen“ ist kein Tag" in checked(model, "--as-of", "morgen").err
