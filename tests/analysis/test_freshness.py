"""How long at least lies between two steps, and whether something has surely expired by then."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.freshness import has_surely_expired, least_seconds_between
from ankunft_model.model import ArrivalModel, Duration, DurationRange

from .rules.cases import case

DAY = 86_400


def least(model: ArrivalModel, first: str, second: str) -> int | None:
    (graph,) = Computations(model).graphs.values()
    return least_seconds_between(graph, graph.index_of[first], graph.index_of[second])


CHAIN = case(
    "first: {name: A, actor: sozialamt, wait: P50D, duration: P60D, next: [{to: b, delay: P3D}]}\n"
    "b: {name: B, actor: sozialamt, wait: {min: P2D, max: P9D}, duration: {min: P1D, max: P9D}, next: c}\n"
    "c: {name: C, actor: sozialamt, wait: P4D, duration: P70D, next: ende}"
)


def test_waits_work_and_delays_in_between_add_up_with_their_least_values() -> None:
    assert least(CHAIN, "first", "b") == 5 * DAY
    assert least(CHAIN, "first", "c") == 10 * DAY
    assert least(CHAIN, "b", "c") == 4 * DAY
    assert least(CHAIN, "c", "first") is None
    assert least(CHAIN, "b", "b") is None


def test_the_shortest_of_several_ways_counts() -> None:
    model = case(
        "first: {type: exclusive, name: Wie?, next: [{to: slow, when: a}, {to: fast, when: b}]}\n"
        "slow: {name: Langsam, actor: sozialamt, wait: P9D, next: zu}\n"
        "fast: {name: Schnell, actor: sozialamt, wait: P2D, next: mid}\n"
        "mid: {name: Mitte, actor: sozialamt, wait: P3D, next: zu}\n"
        "zu: {type: exclusive, next: last}\nlast: {name: Ende, actor: sozialamt, next: ende}"
    )

    assert least(model, "beginn", "last") == 5 * DAY


def test_a_sub_process_is_entered_and_left_without_time_and_a_boundary_event_leads_on() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, next: part}\n"
        "part: {type: subprocess, name: Teil, actor: sozialamt, next: [{to: last, delay: P1D}], nodes: "
        "{a: {name: B, actor: sozialamt, wait: P6D, next: z}, z: {type: end, name: Fertig}}}\n"
        "last: {name: L, actor: sozialamt, wait: P2D, next: ende}\n"
        "weg: {type: boundary, attached_to: first, trigger: message, name: Nachricht, next: other}\n"
        "other: {name: O, actor: sozialamt, wait: P7D, next: ende}"
    )

    assert least(model, "first", "a") == 6 * DAY
    assert least(model, "a", "last") == 3 * DAY
    assert least(model, "first", "other") == 7 * DAY


@pytest.mark.parametrize(("valid_for", "expired"), [("P9D", True), ("P10D", False), ("P11D", False), (None, False)])
def test_it_has_expired_where_every_way_takes_longer_than_it_is_valid(valid_for: str | None, expired: bool) -> None:
    (graph,) = Computations(CHAIN).graphs.values()
    bound = None if valid_for is None else Duration.parse(valid_for)
    span = DurationRange(bound, None, bound)

    assert has_surely_expired(graph, graph.index_of["first"], graph.index_of["c"], span) is expired
    assert not has_surely_expired(graph, graph.index_of["first"], graph.index_of["c"], None)
    assert not has_surely_expired(graph, graph.index_of["c"], graph.index_of["first"], span)
