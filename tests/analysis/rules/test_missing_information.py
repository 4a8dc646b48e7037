"""What the rule `missing-information` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.findings import Findings

from .cases import case, found, model_of

RULE = "missing-information"
STEPS = (
    "first: {name: Beraten, actor: sozialamt, next: then}\n"
    "then: {name: Entscheiden, actor: jobcenter, next: dann}\n"
    "dann: {name: Erklären, actor: sozialamt, next: ende}"
)
BRANCH = (
    "first: {type: exclusive, name: Zeit?, next: [{to: beraten, when: ja}, {to: then, when: nein}]}\n"
    "beraten: {name: Beraten, actor: sozialamt, next: then}\n"
    "then: {name: Entscheiden, actor: jobcenter, next: ende}"
)


def told(duty: str, *, steps: str = STEPS, more: str = "") -> Findings:
    model = case(steps, more=f"information_duties:\n  frist: {{name: Frist von drei Monaten, {duty}}}\n{more}")
    return found(RULE, model)


def test_reports_what_no_step_tells_with_a_run_to_the_moment_of_need() -> None:
    (finding,) = told("at: none, needed_before: then")

    assert [(element.kind, element.id) for element in finding.elements] == [("information_duty", "frist")]
    assert (finding.severity, finding.certainty, finding.witness) == ("warning", "definite", ("beginn", "then"))


def test_is_critical_where_a_deadline_hangs_on_it() -> None:
    (finding,) = told("at: none, deadline: {within: P3M, after: first}")

    assert (finding.severity, finding.witness) == ("error", ("beginn", "first"))


def test_asks_where_it_is_told_while_nobody_has_said_so() -> None:
    (finding,) = told("needed_before: then")

    assert finding.certainty == "possible"
    assert [fact.path for fact in finding.depends_on] == ["information_duties.frist.at"]


def test_reports_what_is_told_too_late_or_on_some_runs_only() -> None:
    (late,) = told("at: [dann], needed_before: then")
    (sometimes,) = told("at: [beraten], needed_before: then", steps=BRANCH)

    assert late.certainty == "definite"
    assert sometimes.certainty == "possible"
    assert "beraten" not in sometimes.run()


def test_reports_languages_that_nobody_speaks() -> None:
    cohort = "cohorts:\n  gruppe: {name: Gruppe, languages: [ar, ku]}\n"

    (finding,) = told("at: [first], languages: [de, en]", more=cohort)

    assert [element.id for element in finding.elements] == ["frist", "gruppe"]
    assert not told("at: [first], languages: [de, ar-SY]", more=cohort)
    assert not told("at: [first]", more=cohort)


def test_hints_at_what_is_told_voluntarily_although_a_law_stands_behind_it() -> None:
    norm = "legal_bases:\n  norm: {cite: Beispielgesetz § 1, kind: statute}\n"

    (finding,) = told("at: [first], binding: voluntary, legal_basis: norm", more=norm)

    assert finding.severity == "hint"
    assert [reason.id for reason in finding.because] == ["norm"]


@pytest.mark.parametrize(
    "duty",
    [
        "at: [first], needed_before: then",
        "at: [dann]",
        "at: [first], needed_before: then, binding: voluntary",
        "at: [dann, first], needed_before: then, binding: statute",
    ],
)
def test_is_silent_about_what_is_told_in_time(duty: str) -> None:
    assert not told(duty)


def test_is_silent_where_telling_and_need_lie_in_processes_that_do_not_run_together() -> None:
    other = (
        "processes:\n  q:\n    name: Anderer\n    nodes:\n"
        "      los: {type: start, name: Los, actor: sozialamt, next: woanders}\n"
        "      woanders: {name: Erklären, actor: sozialamt, next: aus}\n      aus: {type: end, name: Aus}\n"
        "    handovers: none\n"
    )
    duty = "information_duties:\n  frist: {name: Frist, at: AT, needed_before: then}\n\n"
    text = case(STEPS).to_yaml().replace("processes:\n", duty + other)

    assert not found(RULE, model_of(text.replace("AT", "[woanders]")))
    assert found(RULE, model_of(text.replace("AT", "[woanders, dann]")))


def test_a_duty_that_nobody_tells_without_a_moment_has_no_run() -> None:
    (finding,) = told("at: none")

    assert (finding.witness, tuple(finding.run())) == ((), ())
    assert finding.message.de.startswith("Niemand teilt der Person mit: „Frist von drei Monaten“")


def test_says_whether_it_is_told_too_late_on_every_run_or_on_some() -> None:
    (late,) = told("at: [dann], needed_before: then")
    (sometimes,) = told("at: [beraten], needed_before: then", steps=BRANCH)

    assert "erfährt die Person erst nach „Entscheiden“ (mitgeteilt bei „Erklären“)" in late.message.de
    assert "The person learns “Frist von drei Monaten” only after “Entscheiden”" in late.message.en
    assert "erfährt die Person in manchen Abläufen nicht vor „Entscheiden“" in sometimes.message.de


def test_advises_who_has_to_tell_it_in_the_right_number() -> None:
    def advised(by: str) -> tuple[str, str]:
        (finding,) = told(f"at: none{by}")
        return finding.recommendation.de, finding.recommendation.en

    one, both, nobody = advised(", by: [sozialamt]"), advised(", by: [sozialamt, jobcenter]"), advised("")

    assert one[0].startswith("Verbindlich festlegen, bei welchem Schritt Sozialamt es mitteilt,")
    assert one[1].startswith("Lay down bindingly at which step Sozialamt tells it,")
    assert both[0].startswith("Verbindlich festlegen, bei welchem Schritt Sozialamt und Jobcenter es mitteilen,")
    assert both[1].startswith("Lay down bindingly at which step Sozialamt and Jobcenter tell it,")
    assert nobody[0].startswith("Verbindlich festlegen, welche Stelle es bei welchem Schritt")


def test_says_before_what_it_is_needed_and_on_which_norm() -> None:
    more = "legal_bases:\n  norm: {cite: X § 1, kind: statute}\n"
    (finding,) = told("at: none, needed_before: then, legal_basis: norm", more=more)

    assert finding.message.de.endswith("Nötig wäre es vor „Entscheiden“.")
    assert [(reason.kind, reason.id) for reason in finding.because] == [("legal_basis", "norm")]
