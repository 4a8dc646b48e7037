"""Counts per run equal a plain enumeration of runs; expectations equal what the shares say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from ankunft_model.analysis.metrics.run_counts import Count, RunCounting
from ankunft_model.graph import build_run_graph, build_token_game, entry_processes
from ankunft_model.model import ArrivalModel, Step

from ...analysis.plain_reference import PlainGame, TooLargeError, plain_soundness
from ...analysis.rules.cases import case
from ...analysis.small_models import build, small_models, structured


def plain_counts(game: PlainGame, counted: set[str], *, limit: int = 4_000) -> list[int]:
    """Return how often the counted nodes execute on each run that does not come back to the same tokens."""
    found: list[int] = []
    stack = [(places, 0, frozenset((places,))) for places in game.initial()]
    looked_at = 0
    while stack:
        places, count, seen = stack.pop()
        looked_at += 1
        if looked_at > limit:
            raise TooLargeError
        moves = list(game.moves(places))
        if not moves:
            found.append(count)
        for move in moves:
            if move.after not in seen:
                more = sum(node in counted for node in move.executes)
                stack.append((move.after, count + more, seen | {move.after}))
    return found


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(small_models(structured()))
def test_bounds_equal_a_plain_enumeration(plain: dict[str, Any]) -> None:
    model = build(plain)
    for group in entry_processes(model):
        game = PlainGame(*group)
        try:
            assume(not plain_soundness(*group))
            steps = {id_ for id_, node in game.nodes.items() if isinstance(node, Step) and node.repeats is None}
            true = plain_counts(game, steps)
        except TooLargeError:
            return
        counting = RunCounting(build_run_graph(build_token_game(*group)))
        graph = counting.runs.game.graph
        assume(counting.is_exact)

        count = counting.count(*[{graph.index_of[id_]: 1.0 for id_ in steps}] * 2)

        assert count.least == min(true)
        if count.most is None:
            assert counting.runs.has_loops
        else:
            assert count.most == max(true)


def counting_of(model: ArrivalModel) -> RunCounting:
    return RunCounting(build_run_graph(build_token_game(*model.processes.values())))


def asked(counting: RunCounting, *nodes: str) -> dict[int, float]:
    return {counting.runs.game.graph.index_of[node]: 1.0 for node in nodes}


CHOICE = """\
first: {{type: exclusive, name: Was?, next: [{{to: a, when: a{share}}}, {{to: b, when: b}}]}}
a: {{name: A, actor: sozialamt, next: zu}}
b: {{name: B, actor: sozialamt, next: c}}
c: {{name: C, actor: sozialamt, next: zu}}
zu: {{type: exclusive, next: ende}}"""


def test_the_expectation_follows_the_shares() -> None:
    counting = counting_of(case(CHOICE.format(share=", share: 0.8")))

    count = counting.count(*[asked(counting, "a", "b", "c")] * 2)

    assert (count.least, count.most) == (1, 2)
    assert count.expected == pytest.approx(1.2)
    assert counting.chance(frozenset(asked(counting, "b", "c"))) == pytest.approx(0.2)


def test_without_shares_nothing_is_expected_unless_all_ways_agree() -> None:
    counting = counting_of(case(CHOICE.format(share="")))

    assert counting.count(*[asked(counting, "a", "b")] * 2).expected == 1
    assert counting.count(*[asked(counting, "c")] * 2).expected is None
    assert counting.chance(frozenset(asked(counting, "c"))) is None


def test_a_loop_sets_no_bound_and_is_expected_as_a_geometric_series() -> None:
    model = case(
        "first: {type: exclusive, next: ask}\n"
        "ask: {name: Fragen, actor: sozialamt, next: again}\n"
        "again: {type: exclusive, name: Noch einmal?, "
        "next: [{to: first, when: ja, share: 0.25}, {to: ende, when: nein, share: 0.75}]}"
    )
    counting = counting_of(model)

    count = counting.count(*[asked(counting, "ask")] * 2)

    assert (count.least, count.most) == (1, None)
    assert count.expected == pytest.approx(4 / 3)


def test_a_repeated_step_counts_as_often_as_it_is_repeated() -> None:
    model = case("first: {name: Fragen, actor: sozialamt, repeats: {min: 2, max: 5}, next: ende}")
    counting = counting_of(model)

    count = counting.count(*[asked(counting, "first")] * 2)

    assert (count.least, count.most, count.expected) == (2, 5, None)


def test_counts_add_up_and_what_is_not_known_stays_unknown() -> None:
    assert Count(1, 2, 1.5) + Count(2, 5, 3.0) == Count(3, 7, 4.5)
    assert Count(1, None, 1.5) + Count(2, 5, None) == Count(3, None, None)
    assert Count(1, 2, None) + Count(2, None, 3.0) == Count(3, None, None)
    assert Count(1, None, None).times(3) == Count(3, None, None)


def test_the_last_share_follows_from_the_others() -> None:
    counting = counting_of(
        case(
            "first: {type: exclusive, name: Was?, next: [{to: a, when: a, share: 0.5}, {to: b, when: b, share: 0.25}, "
            "{to: c, when: c}]}\na: {name: A, actor: sozialamt, next: ende}\n"
            "b: {name: B, actor: sozialamt, next: ende}\nc: {name: C, actor: sozialamt, next: ende}"
        )
    )

    assert [counting.chance(frozenset(asked(counting, node))) for node in ("a", "b", "c")] == [0.5, 0.25, 0.25]
    assert counting.chance(frozenset(asked(counting, "a", "c"))) == 0.75


def test_least_and_most_may_count_different_things() -> None:
    counting = counting_of(case(CHOICE.format(share=", share: 0.5")))

    count = counting.count(asked(counting, "b"), asked(counting, "a", "b", "c"))

    assert (count.least, count.most, count.expected) == (0, 2, None)


def test_a_loop_without_what_is_counted_sets_a_bound() -> None:
    counting = counting_of(
        case(
            "first: {type: exclusive, next: ask}\n"
            "ask: {name: Fragen, actor: sozialamt, next: again}\n"
            "again: {type: exclusive, name: Noch einmal?, next: [{to: first, when: ja}, {to: z, when: nein}]}\n"
            "z: {name: Zahlen, actor: sozialamt, next: ende}"
        )
    )

    count = counting.count(*[asked(counting, "z")] * 2)

    assert (count.least, count.most, count.expected) == (1, 1, 1)


@pytest.mark.parametrize(("repeats", "expected"), [("{min: 0, max: 3}", (0, 3)), ("{min: 2}", (2, None))])
def test_a_repeated_step_happens_as_often_as_stated_and_not_at_all_where_that_is_allowed(
    repeats: str, expected: tuple[int, int | None]
) -> None:
    counting = counting_of(case(f"first: {{name: Fragen, actor: sozialamt, repeats: {repeats}, next: ende}}"))

    count = counting.count(*[asked(counting, "first")] * 2)

    assert (count.least, count.most) == expected
