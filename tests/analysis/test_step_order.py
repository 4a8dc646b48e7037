"""What happened before a step: on random models it equals the enumeration of all runs."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis.complete_runs import find_complete_run
from ankunft_model.analysis.step_order import StepOrder
from ankunft_model.graph import build_run_graph, build_token_game, entry_processes

from .plain_reference import Places, PlainGame, TooLargeError, plain_soundness
from .rules.cases import case
from .small_models import build, plain_models

STATE_LIMIT = 4_000


def plain_answers(game: PlainGame, watched: set[str], by: set[str], cleared: set[str]) -> dict[str, set[bool]]:
    """Return for each watched step whether the mark was there: every interleaving is tried."""
    stack = [(places, False) for places in game.initial()]
    seen = set(stack)
    answers: dict[str, set[bool]] = {}
    while stack:
        places, mark = stack.pop()
        for move in game.moves(places):
            marked = mark
            for node in move.executes:
                if node in watched:
                    answers.setdefault(node, set()).add(marked)
                marked = node in by or (marked and node not in cleared)
            there = (move.after, marked)
            if there not in seen:
                if len(seen) > STATE_LIMIT:
                    raise TooLargeError
                seen.add(there)
                stack.append(there)
    return answers


def plain_complete_runs(game: PlainGame, through: set[str], avoiding: set[str]) -> bool:
    """Return whether some run completes that executes one of `through` and none of `avoiding`."""
    stack: list[tuple[Places, bool]] = [(places, False) for places in game.initial()]
    seen = set(stack)
    while stack:
        places, met = stack.pop()
        if met and game.is_over(places):
            return True
        for move in game.moves(places):
            if not avoiding.isdisjoint(move.executes):
                continue
            there = (move.after, met or not through.isdisjoint(move.executes))
            if there not in seen:
                if len(seen) > STATE_LIMIT:
                    raise TooLargeError
                seen.add(there)
                stack.append(there)
    return False


names = st.integers(min_value=0, max_value=10_000)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plain_models, names)
def test_what_happened_before_equals_the_enumeration(plain: dict[str, Any], choice: int) -> None:
    model = build(plain)

    for group in entry_processes(model):
        ids = [node.id for process in group for node in process.all_nodes]
        by = {id_ for number, id_ in enumerate(ids) if choice >> number & 1}
        cleared = {id_ for number, id_ in enumerate(ids) if choice >> (number // 2 + 3) & 1 and id_ not in by}
        try:
            if "lack_of_synchronization" in plain_soundness(*group):
                event("two tokens")
                continue
            expected = plain_answers(PlainGame(*group), set(ids), by, cleared)
            runs = build_run_graph(build_token_game(*group))
            through = {id_ for number, id_ in enumerate(ids) if choice >> number & 1 and number % 3 == 0}
            completes = plain_complete_runs(PlainGame(*group), through, cleared)
        except TooLargeError:
            event("too large")
            continue

        found = StepOrder(runs).preceded(ids, by, cleared_by=cleared)

        may_overlap = not runs.game.keeps_orders
        event("instances may overlap" if may_overlap else "compared")
        if may_overlap and not all(seen.is_exact for seen in found.values()):
            continue
        assert all(seen.is_exact for seen in found.values())
        assert {id_: {seen.marked is not None, seen.unmarked is None} for id_, seen in found.items()} == {
            id_: {True in answers, False not in answers} for id_, answers in expected.items()
        }
        if may_overlap:
            continue
        search = find_complete_run(runs, through=[through], avoiding=cleared)
        run = search.run
        assert search.is_exact
        assert (run is not None) == completes
        if run is not None:
            assert through & set(run.ids)
            assert not cleared & set(run.ids)


def test_the_runs_shown_end_at_the_step_and_show_the_answer() -> None:
    model = case(
        "first: {type: exclusive, name: Wie?, next: [{to: links, when: a}, {to: then, when: b}]}\n"
        "links: {name: Fragen, actor: sozialamt, next: then}\n"
        "then: {name: Prüfen, actor: jobcenter, next: ende}"
    )
    order = StepOrder(build_run_graph(build_token_game(*model.processes.values())))

    seen = order.preceded(["then"], ["links"])["then"]

    assert seen.marked is not None
    assert seen.marked.ids == ("beginn", "first", "links", "then")
    assert seen.unmarked is not None
    assert seen.unmarked.ids == ("beginn", "first", "then")
    assert seen.certainty_marked == seen.certainty_unmarked == "possible"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plain_models, names)
def test_what_repeats_is_what_comes_after_another_step_of_the_set(plain: dict[str, Any], choice: int) -> None:
    model = build(plain)

    for group in entry_processes(model):
        order = StepOrder(build_run_graph(build_token_game(*group)))
        ids = [node.id for process in group for node in process.all_nodes]
        chosen = [id_ for number, id_ in enumerate(ids) if choice >> number & 1]
        cleared = [id_ for number, id_ in enumerate(ids) if choice >> (number // 2 + 3) & 1]

        found = {seen.node: seen.certainty_marked for seen in order.repeated(chosen, cleared_by=cleared)}

        expected: dict[str, str] = {}
        for place, node in enumerate(chosen):
            before = list(chosen[:place])
            for other in chosen[place + 1 :]:
                there = order.preceded([node], [other], cleared_by=cleared).get(node)
                back = order.preceded([other], [node], cleared_by=cleared).get(other)
                if there is not None and there.marked is not None and (back is None or back.marked is None):
                    before.append(other)
            seen = order.preceded([node], before, cleared_by=cleared).get(node)
            if seen is not None and seen.marked is not None:
                expected[node] = seen.certainty_marked
        assert found == expected
