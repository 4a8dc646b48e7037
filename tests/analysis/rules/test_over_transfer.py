"""What the rule `over-transfer` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found, handed

RULE = "over-transfer"
HEALTH = "channel: email, data: [name, health]"


def reported(*args: object, **kwargs: str) -> list[tuple[tuple[str, ...], str]]:
    model = handed(HEALTH, **kwargs)
    return [(finding.data, finding.certainty) for finding in found(RULE, model)]


def test_reports_what_no_step_of_the_receiver_needs() -> None:
    assert reported(then=", needs: [name]") == [(("health",), "definite")]


def test_names_specially_protected_data_first_and_the_basis() -> None:
    norm = "legal_bases:\n  norm: {cite: Beispielgesetz § 1, kind: statute}\n"
    model = handed("channel: email, data: [bank, health], legal_basis: norm", more=norm, then=", needs: none")

    (finding,) = found(RULE, model)

    assert finding.data == ("health", "bank")
    assert [reason.id for reason in finding.because] == ["norm"]


@pytest.mark.parametrize(
    "then",
    [
        ", needs: [name, health]",
        ", needs: [name], confirms: [health]",
        ", needs: [name], collects: [health]",
        ", needs: [name], documents_out: [bescheid]",
        ", needs: [name], records_in: [{system: akte, data: [health]}]",
    ],
)
def test_is_silent_about_what_the_receiver_uses_in_any_way(then: str) -> None:
    more = (
        "documents:\n  bescheid: {name: Bescheid, issuer: jobcenter, prints: [health]}\n"
        "systems:\n  akte: {name: Akte, operated_by: jobcenter, readers: [jobcenter], holds: none}\n"
    )

    assert reported(then=then, more=more) == []


def test_is_silent_about_what_a_later_step_of_the_receiver_needs_or_passes_on() -> None:
    steps = (
        "first: {name: Abgeben, actor: sozialamt, next: then}\n"
        "then: {name: Annehmen, actor: jobcenter, needs: none, next: spaeter}\n"
        "spaeter: {name: Prüfen, actor: jobcenter, NEEDS, next: letzter}\n"
        "letzter: {name: Fördern, actor: agentur, needs: [health], next: ende}"
    )
    first = "{id: h, from: first, to: then, channel: email, data: [health]}"
    on = "{id: h2, from: spaeter, to: letzter, channel: email, data: [health]}"

    assert not found(RULE, case(steps.replace("NEEDS", "needs: [health]"), handovers=f"[{first}]"))
    assert not found(RULE, case(steps.replace("NEEDS", "needs: none"), handovers=f"[{first}, {on}]"))
    assert found(RULE, case(steps.replace("NEEDS", "needs: none"), handovers=f"[{first}]"))


@pytest.mark.parametrize(
    "handover",
    [
        "channel: paper_carried, data: [health]",
        "channel: none, data: [health]",
        "channel: email, data: none, documents: [bescheid]",
        "channel: email, data: [health], legal_basis: pflicht",
        "channel: email, data: [health], legal_basis: genannt",
    ],
)
def test_is_silent_about_paper_of_the_person_documents_and_what_the_law_orders_or_names(handover: str) -> None:
    more = (
        "documents:\n  bescheid: {name: Bescheid, issuer: sozialamt, prints: [health]}\n"
        "legal_bases:\n  pflicht: {cite: Beispielgesetz § 1, kind: statute, mandatory: true}\n"
        "  genannt: {cite: Beispielgesetz § 2, kind: statute, allows: {recipients: [jobcenter], data: [health]}}\n"
    )

    assert not found(RULE, handed(handover, more=more, then=", needs: none"))


def test_is_only_possible_while_nobody_has_said_what_the_receiver_needs() -> None:
    assert reported() == [(("health", "name"), "possible")]


def test_a_handover_without_steps_at_its_ends_may_serve_any_step_of_the_receiver() -> None:
    def over(then: str, ends: str) -> list[tuple[str, ...]]:
        model = case(
            "first: {name: A, actor: sozialamt, next: then}\n"
            f"then: {{name: B, actor: jobcenter, {then}, next: ende}}",
            handovers=f"[{{id: h, {ends}, channel: email, data: [name]}}]",
        )
        return [finding.data for finding in found("over-transfer", model)]

    between = "from: {actor: sozialamt}, to: {actor: jobcenter}"
    assert over("needs: [name]", between) == []
    assert over("needs: none", between) == [("name",)]
    assert over("needs: [name]", "from: then, to: {actor: sozialamt}") == [("name",)]


def test_a_use_beside_the_sending_step_may_come_after_it() -> None:
    nodes = (
        "first: {type: parallel, next: [send, use]}\nsend: {name: Senden, actor: sozialamt, next: zu}\n"
        "use: {name: Brauchen, actor: jobcenter, needs: [name], next: zu}\n"
        "zu: {type: parallel, next: then}\nthen: {name: Annehmen, actor: jobcenter, needs: none, next: ende}"
    )

    def over(item: str) -> list[tuple[str, ...]]:
        handover = f"[{{id: h, from: send, to: then, channel: email, data: [{item}]}}]"
        return [finding.data for finding in found("over-transfer", case(nodes, handovers=handover))]

    assert over("name") == []
    assert over("bank") == [("bank",)]
    assert over("both") == [("bank",)]


def test_a_handover_to_a_body_without_steps_does_not_hide_the_ones_behind_it() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, next: then}\nthen: {name: B, actor: jobcenter, needs: none, next: ende}",
        handovers="[{id: a, from: first, to: {actor: agentur}, channel: email, data: [name]}, "
        "{id: b, from: first, to: then, channel: email, data: [name]}]",
    )

    assert [finding.elements[0].id for finding in found("over-transfer", model)] == ["b"]


def test_special_categories_come_first_and_the_norm_is_named() -> None:
    more = "legal_bases:\n  norm: {cite: X § 1, kind: statute}\n"
    model = handed("channel: email, data: [name, health], legal_basis: [norm]", more=more, then=", needs: none")

    (finding,) = found("over-transfer", model)

    assert finding.data == ("health", "name")
    assert "dort braucht diese Angaben im Modell kein Schritt" in finding.message.de
    assert [(reason.kind, reason.id) for reason in finding.because] == [("legal_basis", "norm")]
    assert (finding.certainty, finding.witness) == ("definite", ("first", "then"))


def test_an_item_that_is_used_asked_or_named_by_law_does_not_hide_the_ones_behind_it() -> None:
    law = "legal_bases:\n  norm: {cite: X, kind: statute, allows: {recipients: [jobcenter], data: [name]}}\n"

    def over(then: str, *, basis: str = "", more: str = "") -> list[tuple[str, ...]]:
        model = handed(f"channel: email, data: [name, bank]{basis}", more=more, then=then)
        return [finding.data for finding in found("over-transfer", model)]

    assert over(", needs: [name]") == [("bank",)]
    assert over(", needs: none, collects: [name]") == [("bank",)]
    assert over(", needs: none", basis=", legal_basis: [norm]", more=law) == [("bank",)]
    assert over(", needs: none") == [("name", "bank")]


def test_a_handover_whose_channel_nobody_stated_is_judged_too() -> None:
    assert [finding.data for finding in found("over-transfer", handed("data: [name]", then=", needs: none"))] == [
        ("name",)
    ]
    assert not found("over-transfer", handed("channel: none, data: [name]", then=", needs: none"))
