"""Times in which something holds that nobody can prove yet: between which steps, how long, and who asks."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.timing.proof import ProofGap
from ankunft_model.model import ArrivalModel

from ..rules.cases import case

MORE = (
    "benefits:\n  geld: {name: Geld, regime: sgb2, payer: jobcenter, covers: subsistence}\n"
    "documents:\n  bescheid: {name: Bescheid, proves: [geld]ASKED}\n"
    "  vorab: {name: Vorab, proves: [geld], provisional: true}\n"
)


def gaps(model: ArrivalModel) -> list[ProofGap]:
    return list(Computations(model).proof_gaps)


def granted(nodes: str, *, asked: str = ", needed_by: [agentur]") -> list[ProofGap]:
    first = "first: {name: Bewilligen, actor: jobcenter, wait: P50D, entitles: [geld], next: mid}\n"
    return gaps(case(first + nodes, more=MORE.replace("ASKED", asked)))


STRAIGHT = (
    "mid: {name: Warten, actor: person, wait: {min: P3D, max: P5D}MID, next: last}\n"
    "last: {name: Ausgeben, actor: jobcenter, wait: {min: P1D, max: P2D}, documents_out: [bescheid], next: ende}"
)


def test_the_time_runs_from_the_beginning_to_the_issue() -> None:
    (gap,) = granted(STRAIGHT.replace("MID", ""))

    assert (gap.began_at, gap.issued_at, gap.subject, gap.is_benefit) == ("first", "last", "geld", True)
    assert (gap.least_days, gap.most_days, gap.exact, gap.bridged_by) == (4, 7, True, None)
    assert (gap.asked_by, gap.asked_at, gap.unknown) == (("agentur",), (), ())


def test_what_nobody_asks_for_in_the_meantime_is_left_out() -> None:
    assert granted(STRAIGHT.replace("MID", ""), asked="") == []
    (asked,) = granted(STRAIGHT.replace("MID", ", documents_in: [bescheid]"), asked="")
    assert (asked.asked_by, asked.asked_at) == ((), ("mid",))
    assert granted(STRAIGHT.replace("MID", ", documents_in: [vorab]"), asked="") == []


def test_a_provisional_document_bridges_only_from_the_beginning_on() -> None:
    at_once = "mid: {name: Vorab, actor: jobcenter, documents_out: [vorab], next: next}\nnext: " + (
        STRAIGHT.replace("MID", "").removeprefix("mid: ")
    )
    later = at_once.replace("{name: Vorab,", "{name: Vorab, wait: P1D,")
    first = "first: {name: Bewilligen, actor: jobcenter, entitles: [geld], documents_out: [vorab], next: mid}\n"
    (same,) = gaps(case(first + STRAIGHT.replace("MID", ""), more=MORE.replace("ASKED", ", needed_by: [agentur]")))
    (late,) = granted(later)

    assert (same.bridged_by, same.least_days, same.most_days) == ("vorab", 4, 7)
    assert (late.bridged_by, late.least_days, late.most_days) == (None, 5, 8)


def test_the_first_issue_on_each_run_counts_and_ways_are_bounded_together() -> None:
    nodes = (
        "mid: {type: exclusive, name: Eilig?, next: [{to: fast, when: ja}, {to: slow, when: nein}]}\n"
        "fast: {name: Schnell, actor: jobcenter, wait: P1D, documents_out: [bescheid], next: zu}\n"
        "slow: {name: Langsam, actor: jobcenter, wait: P20D, documents_out: [bescheid], next: zu}\n"
        "zu: {type: exclusive, next: again}\n"
        "again: {name: Noch einmal, actor: jobcenter, wait: P9D, documents_out: [bescheid], next: ende}"
    )

    found = granted(nodes)

    assert [(gap.issued_at, gap.least_days, gap.most_days) for gap in found] == [("fast", 1, 1), ("slow", 20, 20)]
    assert "slow" in found[1].run.ids


def test_an_unknown_time_on_the_way_is_named_and_leaves_the_bound_open() -> None:
    nodes = (
        "mid: {name: Warten, actor: person, wait: {min: P3D}, next: last}\n"
        "last: {name: Ausgeben, actor: jobcenter, wait: P1D, documents_out: [bescheid], next: ende}"
    )

    (gap,) = granted(nodes)

    assert (gap.least_days, gap.unknown) == (4, ("mid",))


@pytest.mark.parametrize(("first", "count"), [(", documents_out: [bescheid]", 0), ("", 1)])
def test_what_is_proved_in_the_same_step_is_no_gap(first: str, count: int) -> None:
    model = case(
        f"first: {{name: Bewilligen, actor: jobcenter, entitles: [geld]{first}, next: last}}\n"
        "last: {name: Ausgeben, actor: jobcenter, wait: P2D, documents_out: [bescheid], next: ende}",
        more=MORE.replace("ASKED", ", needed_by: [agentur]"),
    )

    assert len(gaps(model)) == count


def test_a_status_that_another_one_follows_needs_its_own_proof() -> None:
    documents = "documents:\n  karte: {name: Karte, proves: [status], needed_by: [jobcenter]}\n"
    nodes = (
        "first: {name: Gestatten, actor: sozialamt, produces: [status], status: gestattet, next: mid}\n"
        "mid: {name: Erteilen, actor: sozialamt, wait: P9D, produces: [status], status: fiktion, next: last}\n"
        "last: {name: Ausgeben, actor: sozialamt, wait: P2D, documents_out: [karte], next: ende}"
    )

    found = gaps(case(nodes, more=documents))

    assert [(gap.began_at, gap.issued_at, gap.least_days) for gap in found] == [("mid", "last", 2)]
