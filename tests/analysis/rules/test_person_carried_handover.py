"""What the rule `person-carried-handover` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found, handed

CARRIED = "channel: paper_carried, data: [%s]"


def test_names_the_group_when_all_its_members_are_carried() -> None:
    model = handed(CARRIED % "both", first=", collects: [both]", then=", needs: [both]")

    (finding,) = found("person-carried-handover", model)

    assert "„Stammdaten“" in finding.message.de
    assert finding.data == ("name", "bank")


def test_is_critical_where_money_depends_on_it() -> None:
    model = handed(CARRIED % "name", first=", collects: [name]", then=", needs: [name], kind: benefit_start")

    assert [finding.severity for finding in found("person-carried-handover", model)] == ["error"]


def test_is_silent_where_the_data_also_come_another_way() -> None:
    systems = "systems:\n  s: {name: S, operated_by: sozialamt, readers: [jobcenter], holds: none}\n"
    model = handed(CARRIED % "name", first=", collects: [name], records_in: [s]", then=", needs: [name]", more=systems)

    assert not found("person-carried-handover", model)


def test_is_silent_about_what_nobody_needs() -> None:
    assert not found("person-carried-handover", handed(CARRIED % "name", first=", collects: [name]"))


def test_the_english_sentence_counts_what_is_brought_along() -> None:
    def said(items: str) -> str:
        model = handed(CARRIED % items, first=f", collects: [{items}]", then=f", needs: [{items}]")
        (finding,) = found("person-carried-handover", model)
        return finding.message.en

    assert "brings it along" in said("name")
    assert "brings them along" in said("name, health")


def test_names_the_documents_with_which_it_is_brought_along_and_not_the_others() -> None:
    more = (
        "documents:\n  brief: {name: Brief, prints: [name]}\n  ausweis: {name: Ausweis, prints: [bank]}\n"
        "  rest: {name: Rest, prints: [health]}\n"
    )
    model = handed(
        "channel: none, data: none",
        first=", collects: [name, health], documents_out: [brief, rest]",
        then=", needs: [name], documents_in: [{any_of: [rest, brief]}]",
        more=more,
    )

    (finding,) = found("person-carried-handover", model)

    assert "selbst mitbringt („Brief“)." in finding.message.de
    assert finding.data == ("name",)
    assert [element.id for element in finding.elements] == ["then"]


def test_advises_to_read_where_the_body_could_and_names_the_norm() -> None:
    more = (
        "legal_bases:\n  norm: {cite: X § 1, kind: statute}\n"
        "systems:\n  s: {name: Register, operated_by: sozialamt, holds: none, "
        "readers: [{actor: jobcenter, used: false, legal_basis: norm}]}\n"
    )
    model = handed(CARRIED % "name", first=", collects: [name], records_in: [s]", then=", needs: [name]", more=more)
    (finding,) = found("person-carried-handover", model)
    (without,) = found(
        "person-carried-handover", handed(CARRIED % "name", first=", collects: [name]", then=", needs: [name]")
    )

    assert finding.recommendation.de.startswith("Selbst abrufen statt mitbringen lassen: Register.")
    assert [(reason.kind, reason.id) for reason in finding.because] == [("legal_basis", "norm")]
    assert without.recommendation.de.startswith("Übermittlung durch die Stelle vereinbaren")
    assert without.because == ()


@pytest.mark.parametrize(
    ("then", "severity"),
    [("", "warning"), (", starts: [geld]", "error"), (", entitles: [geld]", "error"), (", stops: [geld]", "warning"),
     (", kind: benefit_pay", "error"), (", kind: benefit_end", "error"), (", kind: decide", "warning")],
)  # fmt: skip
def test_is_worse_where_a_benefit_begins_or_is_paid(then: str, severity: str) -> None:
    more = "benefits:\n  geld: {name: Geld, regime: sgb2, payer: jobcenter, covers: housing}\n"
    model = handed(CARRIED % "name", first=", collects: [name]", then=f", needs: [name]{then}", more=more)

    assert [finding.severity for finding in found("person-carried-handover", model)] == [severity]


def test_names_the_handover_that_carries_the_datum_only() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, collects: [name, bank], next: then}\n"
        "then: {name: B, actor: jobcenter, needs: [name], next: ende}",
        handovers="[{id: a, from: first, to: then, channel: paper_carried, data: [bank]}, "
        "{id: b, from: first, to: then, channel: paper_carried, data: [both]}]",
    )

    (finding,) = found("person-carried-handover", model)

    assert [element.id for element in finding.elements] == ["then", "b"]
    assert finding.certainty == "definite"
