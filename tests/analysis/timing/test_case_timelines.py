"""The timelines of a dated case: from which day to which day it has an entitlement, a payment, a proof."""

from __future__ import annotations

import pytest

from ankunft_model.analysis.timing.case_timelines import case_timelines

from ..rules.cases import case

BENEFITS = """\
as_of: 2025-06-01
benefits:
  old: {name: Alt, regime: asylblg, payer: sozialamt, covers: subsistence, ends: month_end}
  new: {name: Neu, regime: sgb2, payer: jobcenter, covers: subsistence, begins: month_start}
documents:
  permit: {name: Aufenthaltstitel, issuer: sozialamt, proves: [health]}
  leaflet: {name: Merkblatt, issuer: sozialamt}
"""


def timeline(nodes: str, dates: str) -> list[str]:
    """Return what the only case has: timeline, what, first and last day."""
    begin = "first: {name: Vorsprechen, actor: person, next: " + nodes[0] + "}\n"
    found = case_timelines(case(begin + nodes, more=f"{BENEFITS}cases:\n  c: {{name: Fall, {dates}}}\n"))
    return [
        f"{one.timeline} {one.kind} {one.id} {one.first_day or '?'} {one.last_day or '?'}"
        for timelines in found.values()
        for one in timelines
    ]


def test_an_entitlement_begins_and_ends_as_the_benefit_says() -> None:
    nodes = (
        "a: {name: A, actor: sozialamt, entitles: [old, new], next: b}\n"
        "b: {name: B, actor: sozialamt, ends_entitlement: [old, new], next: ende}"
    )

    assert timeline(nodes, "dates: {a: 2025-02-11, b: 2025-04-10}") == [
        "entitlement benefit old 2025-02-11 2025-04-30",
        "entitlement benefit new 2025-02-01 2025-04-10",
    ]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("dates: {a: 2025-02-11}", ["entitlement benefit new 2025-02-01 ?"]),
        ("dates: {c: 2025-04-10}", ["entitlement benefit new ? 2025-04-10"]),
        ("dates: {b: 2025-03-02, a: 2025-02-11}", ["entitlement benefit new 2025-02-01 ?"]),
        ("dates: {b: 2025-03-02}", ["entitlement benefit new 2025-03-01 ?"]),
        ("dates: {d: 2025-03-02}", []),
    ],
)
def test_what_a_case_does_not_date_stays_open(dates: str, expected: list[str]) -> None:
    nodes = (
        "a: {name: A, actor: jobcenter, entitles: [new], next: b}\n"
        "b: {name: B, actor: jobcenter, entitles: [new], next: c}\n"
        "c: {name: C, actor: jobcenter, ends_entitlement: [new], next: d}\n"
        "d: {name: D, actor: jobcenter, next: ende}"
    )

    assert timeline(nodes, dates) == expected


@pytest.mark.parametrize(
    ("stop", "last"),
    [
        ("old", "2025-03-11"),
        ("{benefit: old, effective: month_end}", "2025-03-31"),
        ("{benefit: old, effective: {start_of: new}}", "2025-05-29"),
        ("{benefit: new, effective: month_end}", "?"),
    ],
)
def test_a_payment_lasts_until_the_stop_takes_effect(stop: str, last: str) -> None:
    nodes = (
        "a: {name: A, actor: sozialamt, starts: [old], next: b}\n"
        f"b: {{name: B, actor: sozialamt, stops: [{stop}], next: c}}\n"
        "c: {name: C, actor: jobcenter, starts: [new], next: d}\n"
        "d: {name: D, actor: jobcenter, starts: [new], next: ende}"
    )
    dates = (
        "dates: {a: 2025-01-02, b: 2025-03-12, c: {decided: 2025-05-28, paid: 2025-05-30}, d: {decided: 2025-06-30}}"
    )

    assert timeline(nodes, dates)[0] == f"payment benefit old 2025-01-02 {last}"
    assert timeline(nodes, dates)[1].startswith("payment benefit new 2025-05-30")


def test_a_payment_that_was_only_decided_counts_from_the_decision() -> None:
    nodes = "a: {name: A, actor: jobcenter, starts: [new], next: ende}"

    assert timeline(nodes, "dates: {a: {decided: 2025-05-28}}") == ["payment benefit new 2025-05-28 ?"]


def test_what_was_paid_until_says_more_than_the_stop() -> None:
    nodes = "b: {name: B, actor: sozialamt, stops: [old], next: ende}"

    assert timeline(nodes, "dates: {b: 2025-03-12}, paid_until: {old: 2025-03-31}") == [
        "payment benefit old ? 2025-03-31"
    ]


def test_a_stop_without_a_day_leaves_the_payment_open() -> None:
    nodes = (
        "a: {name: A, actor: sozialamt, starts: [old], next: b}\n"
        "b: {name: B, actor: sozialamt, stops: [{benefit: old, effective: {start_of: new}}], next: c}\n"
        "c: {name: C, actor: jobcenter, starts: [new], next: ende}"
    )

    assert timeline(nodes, "dates: {a: 2025-01-02, b: 2025-03-12}") == ["payment benefit old 2025-01-02 ?"]


def test_a_proof_holds_from_the_first_issue_and_only_a_document_that_proves_is_one() -> None:
    nodes = (
        "a: {name: A, actor: sozialamt, documents_out: [leaflet], next: b}\n"
        "b: {name: B, actor: sozialamt, documents_out: [permit], next: c}\n"
        "c: {name: C, actor: sozialamt, documents_out: [permit], next: ende}"
    )

    assert timeline(nodes, "dates: {a: 2025-01-02, b: 2025-03-12, c: 2025-04-12}") == [
        "proof document permit 2025-03-12 ?"
    ]
    assert timeline(nodes, "dates: {a: 2025-01-02}") == []


def test_a_case_without_days_has_no_timeline() -> None:
    model = case(
        "first: {name: A, actor: jobcenter, starts: [new], next: ende}", more=BENEFITS + "cases:\n  c: {name: Fall}\n"
    )

    assert case_timelines(model) == {}
