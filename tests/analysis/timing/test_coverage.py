"""Coverage gaps on the two timelines: which pairs, how long, for whom exactly, and what closes them."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.timing.coverage import CoverageGap, Timeline
from ankunft_model.model import ArrivalModel

from ..rules.cases import case

BENEFITS = """\
as_of: 2025-06-01
benefits:
  old: {name: Alt, regime: asylblg, payer: sozialamt, covers: [subsistence, health]}
  new: {name: Neu, regime: sgb2, payer: jobcenter, covers: subsistence}
"""


def gaps(model: ArrivalModel, timeline: Timeline = "payment") -> list[CoverageGap]:
    return list(Computations(model).coverage_gaps(timeline))


def stopping_then_starting(*, stops: str = "old", wait: str = "P10D", more: str = "") -> ArrivalModel:
    return case(
        f"first: {{name: Einstellen, actor: sozialamt, stops: [{stops}], next: then}}\n"
        f"then: {{name: Zahlen, actor: jobcenter, starts: [new], wait: {wait}, next: ende}}",
        more=BENEFITS + more,
    )


def test_each_need_is_looked_at_by_itself() -> None:
    found = {gap.need: gap for gap in gaps(stopping_then_starting())}

    assert (found["subsistence"].least_days, found["subsistence"].most_days) == (10, 10)
    assert found["health"].started is None


def test_an_unknown_upper_bound_of_the_wait_is_counted_and_named() -> None:
    (gap,) = (gap for gap in gaps(stopping_then_starting(wait="{min: P10D}")) if gap.started)

    assert (gap.least_days, gap.most_days) == (10, 10)
    assert gap.unknown_times == ("then",)


@pytest.mark.parametrize(
    ("validity", "is_bridged"),
    [
        ("", True),
        (", valid_from: 2025-01-01", True),
        (", valid_to: 2024-12-31", False),
        (", valid_from: 2026-01-01", False),
    ],
)
def test_only_an_agreement_in_force_bridges(validity: str, *, is_bridged: bool) -> None:
    bridge = f"{{name: A, parties: [sozialamt, jobcenter], bridges: {{benefit: old, until_starts: new}}{validity}}}"

    found = [gap for gap in gaps(stopping_then_starting(more=f"agreements:\n  a: {bridge}\n")) if gap.started]

    assert bool(found) != is_bridged


def test_a_stop_at_the_start_of_the_new_benefit_leaves_no_gap() -> None:
    found = gaps(stopping_then_starting(stops="{benefit: old, effective: {start_of: new}}"))

    assert [gap.need for gap in found if gap.started] == []


def test_another_benefit_in_between_splits_the_gap() -> None:
    model = case(
        "first: {name: Einstellen, actor: sozialamt, stops: [old], next: mid}\n"
        "mid: {name: Vorschuss, actor: agentur, starts: [bridge], wait: P3D, next: then}\n"
        "then: {name: Zahlen, actor: jobcenter, starts: [new], wait: P10D, next: ende}",
        more=BENEFITS + "  bridge: {name: Vorschuss, regime: sgb3, payer: agentur, covers: subsistence}\n",
    )

    found = [(gap.started, gap.most_days) for gap in gaps(model) if gap.need == "subsistence"]

    assert found == [("bridge", 3)]


def test_entitlement_and_payment_are_not_mixed() -> None:
    assert gaps(stopping_then_starting(), "entitlement") == []


def test_what_was_paid_until_comes_from_the_case() -> None:
    dated = (
        "cases:\n  c: {name: Fall, dates: {first: 2025-03-12, then: {decided: 2025-05-28, paid: 2025-05-30}}, "
        "paid_until: {old: 2025-03-31}}\n"
    )

    (gap,) = (gap for gap in gaps(stopping_then_starting(more=dated)) if gap.started)

    assert [(found.days, str(found.first_day), str(found.last_day)) for found in gap.cases] == [
        (59, "2025-04-01", "2025-05-29")
    ]


def test_what_another_benefit_covers_all_along_is_no_gap() -> None:
    third = "  third: {name: Dritte, regime: sgb2, payer: jobcenter, covers: subsistence}\n"
    steps = (
        "first: {{name: Zahlen, actor: jobcenter, starts: [new], duration: P1D, next: {second}}}\n"
        "{more}"
        "stop: {{name: Einstellen, actor: sozialamt, stops: [old], duration: P1D, next: then}}\n"
        "then: {{name: Wieder zahlen, actor: jobcenter, starts: [third], duration: P10D, next: ende}}"
    )
    ended = "gone: {name: Auch einstellen, actor: jobcenter, stops: [new], duration: P2D, next: stop}\n"

    all_along = gaps(case(steps.format(second="stop", more=""), more=BENEFITS + third))
    only_before = gaps(case(steps.format(second="gone", more=ended), more=BENEFITS + third))

    assert [gap for gap in all_along if gap.need == "subsistence"] == []
    assert [(gap.ended_at, gap.started_at, gap.most_days) for gap in only_before if gap.need == "subsistence"] == [
        ("stop", "then", 10),
    ]
