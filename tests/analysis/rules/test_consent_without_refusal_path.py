"""What the rule `consent-without-refusal-path` reports, and what it must not report."""

from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import case, found

STRAIGHT = (
    "first: {name: Um Einwilligung bitten, actor: sozialamt, next: pass}\n"
    "pass: {name: Akte übergeben, actor: sozialamt, next: take}\ntake: {name: Annehmen, actor: jobcenter, next: ende}"
)
AROUND = (
    "first: {name: Um Einwilligung bitten, actor: sozialamt, next: yes}\n"
    "yes: {type: exclusive, name: Ja?, actor: sozialamt, next: [{to: pass, when: ja}, {to: ende, when: nein}]}\n"
    "pass: {name: Akte übergeben, actor: sozialamt, next: take}\ntake: {name: Annehmen, actor: jobcenter, next: ende}"
)


def asked(nodes: str, refused: str = "", consent: str = "ok") -> ArrivalModel:
    """Return a model in which the transfer rests on a consent."""
    return case(
        nodes,
        handovers=f"[{{id: h, from: pass, to: take, channel: email, data: [bank], consent: {consent}}}]",
        more=f"consents:\n  ok: {{given_at: first, data: [bank], recipients: [jobcenter]{refused}}}\n",
    )


def test_is_only_possible_where_the_file_does_not_speak_of_refusal() -> None:
    (finding,) = found("consent-without-refusal-path", asked(STRAIGHT))

    assert finding.certainty == "possible"
    assert [element.id for element in finding.elements] == ["ok", "h", "first"]


def test_is_definite_where_there_is_no_such_way() -> None:
    (finding,) = found("consent-without-refusal-path", asked(STRAIGHT, ", refused_at: none"))

    assert finding.certainty == "definite"


def test_a_way_that_runs_beside_the_transfer_is_no_way_to_refuse() -> None:
    nodes = (
        "first: {name: Um Einwilligung bitten, actor: sozialamt, next: fork}\n"
        "fork: {type: parallel, actor: sozialamt, next: [pass, ende]}\n"
        "pass: {name: Akte übergeben, actor: sozialamt, next: take}\n"
        "take: {name: Annehmen, actor: jobcenter, next: done}\ndone: {type: end, name: Fertig}"
    )

    assert found("consent-without-refusal-path", asked(nodes))


def test_is_silent_where_a_decision_leads_around_the_transfer_or_the_branch_is_named() -> None:
    assert not found("consent-without-refusal-path", asked(AROUND))
    assert not found("consent-without-refusal-path", asked(AROUND, ", refused_at: ende"))


def test_is_silent_about_a_consent_that_nothing_rests_on() -> None:
    assert not found("consent-without-refusal-path", asked(STRAIGHT, ", refused_at: none", consent="none"))


def test_a_way_round_may_take_several_steps_and_pass_a_boundary_event() -> None:
    later = AROUND.replace("{to: ende, when: nein}", "{to: weiter, when: nein}") + (
        "\nweiter: {name: Selbst melden, actor: person, next: noch}\n"
        "noch: {name: Ablegen, actor: sozialamt, next: ende}"
    )
    timed = STRAIGHT + (
        "\nweg: {type: boundary, attached_to: first, trigger: timer, at: P14D, name: Keine Antwort, next: andere}\n"
        "andere: {name: Ablegen, actor: sozialamt, next: ende}"
    )

    assert not found("consent-without-refusal-path", asked(later))
    assert not found("consent-without-refusal-path", asked(timed))


def test_a_way_that_turns_back_to_the_question_is_no_way_round() -> None:
    back = (
        "first: {name: Um Einwilligung bitten, actor: sozialamt, next: yes}\n"
        "yes: {type: exclusive, name: Ja?, actor: sozialamt, next: [{to: pass, when: ja}, {to: first, when: nein}]}\n"
        "pass: {name: Akte übergeben, actor: sozialamt, next: take}\n"
        "take: {name: Annehmen, actor: jobcenter, next: ende}"
    )

    assert found("consent-without-refusal-path", asked(back))


def test_two_branches_without_the_transfer_beside_each_other_are_a_way_round() -> None:
    nodes = AROUND.replace("{to: ende, when: nein}", "{to: fork, when: nein}") + (
        "\nfork: {type: parallel, actor: sozialamt, next: [a, b]}\na: {name: A, actor: sozialamt, next: zu}\n"
        "b: {name: B, actor: sozialamt, next: zu}\nzu: {type: parallel, next: ende}"
    )

    assert not found("consent-without-refusal-path", asked(nodes))
