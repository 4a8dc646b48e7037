"""Statements about all runs: told by hand on small processes, and by plain enumeration on random ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis import Computations
from ankunft_model.analysis import run_statements as statements
from ankunft_model.analysis.run_statements import (
    Verdict,
    happens_at_least,
    happens_at_most,
    happens_sometimes,
    is_always_before,
    is_never_without,
)
from ankunft_model.errors import UnknownElementError
from ankunft_model.graph import entry_processes
from ankunft_model.model import Activity, ArrivalModel, Process

from .plain_reference import PlainGame, TooLargeError, plain_soundness
from .small_models import build, plain_models

EXAMPLES = int(os.environ.get("ANKUNFT_EXAMPLES", "150"))
MOST = 3


def model_of(nodes: dict[str, Any]) -> Computations:
    plain = {
        "format": "ankunft/1",
        "id": "m",
        "title": "M",
        "state": "as_is",
        "actors": {"person": {"name": "P", "kind": "person"}, "abh": {"name": "A", "kind": "immigration_office"}},
        "processes": {"p": {"name": "P", "nodes": nodes}},
    }
    return Computations(ArrivalModel.model_validate(plain))


def task(*then: Any, **fields: Any) -> dict[str, Any]:
    return {"name": "T", "actor": "abh", "next": list(then), **fields}


CHOICE = {
    "s": {"type": "start", "next": "q"},
    "q": {"type": "exclusive", "next": [{"to": "a", "when": "ja"}, {"to": "b", "when": "nein", "default": True}]},
    "a": task("j"),
    "b": task("j"),
    "j": {"type": "exclusive", "next": "c"},
    "c": task("e"),
    "e": {"type": "end"},
}
PARALLEL = {
    "s": {"type": "start", "next": "f"},
    "f": {"type": "parallel", "next": ["a", "b"]},
    "a": task("j"),
    "b": task("j"),
    "j": {"type": "parallel", "next": "e"},
    "e": {"type": "end"},
}
LOOP = {
    "s": {"type": "start", "next": "i"},
    "i": {"type": "exclusive", "next": "a"},
    "a": task("q"),
    "q": {"type": "exclusive", "next": [{"to": "i", "when": "nein"}, {"to": "e", "when": "ja", "default": True}]},
    "e": {"type": "end"},
}


def run_of(verdict: Verdict) -> tuple[str, ...]:
    assert verdict.holds is False
    assert verdict.run is not None
    return verdict.run.ids


def test_what_one_branch_leaves_out_is_not_always_before() -> None:
    computed = model_of(CHOICE)

    assert is_always_before(computed, "q", "c").holds
    assert run_of(is_always_before(computed, "a", "c")) == ("s", "q", "b", "j", "c")


def test_parallel_branches_have_no_order_but_belong_together() -> None:
    computed = model_of(PARALLEL)

    assert is_always_before(computed, "a", "b").holds is False
    assert is_always_before(computed, "b", "a").holds is False
    assert is_never_without(computed, "a", "b").holds


def test_alternatives_are_without_each_other() -> None:
    assert run_of(is_never_without(model_of(CHOICE), "a", "b")) == ("s", "q", "a", "j", "c", "e")


def test_a_loop_repeats_without_bound() -> None:
    computed = model_of(LOOP)

    assert happens_at_least(computed, "a", 1).holds
    assert happens_at_least(computed, "a", 2).holds is False
    assert run_of(happens_at_most(computed, "a", 2)).count("a") == 3


def test_repetitions_in_a_row_count_each() -> None:
    nodes = {
        "s": {"type": "start", "next": "a"},
        "a": task("e", repeats={"min": 2, "max": 3}),
        "e": {"type": "end"},
    }
    computed = model_of(nodes)

    assert happens_at_least(computed, "a", 2).holds
    assert happens_at_least(computed, "a", 3).holds is False
    assert happens_at_most(computed, "a", 3).holds
    assert happens_at_most(computed, "a", 2).holds is False


def test_what_no_run_reaches_never_happens() -> None:
    nodes = {**CHOICE, "x": task("y"), "y": {"type": "end"}}
    computed = model_of(nodes)

    assert happens_sometimes(computed, "a").holds
    assert happens_sometimes(computed, "x").holds is False
    assert is_always_before(computed, "a", "x").holds


def test_an_unknown_node_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownElementError, match="Did you mean 'apply'"):
        is_always_before(model_of({**CHOICE, "apply": task("e")}), "aply", "c")


def test_beyond_the_limit_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "DEFAULT_STATE_LIMIT", 3)

    assert is_always_before(model_of(PARALLEL), "f", "j").holds is None


# --- plain enumeration --------------------------------------------------------------------------------------------


def plain_runs(
    model: ArrivalModel,
    group: tuple[Process, ...],
    nodes: tuple[str, ...],
    breaks_before: Callable[[str, dict[str, int]], bool],
    breaks_at_end: Callable[[dict[str, int]], bool],
    limit: int = 20_000,
) -> bool:
    """Whether some run breaks a statement about how often `nodes` were executed, counted up to `MOST`."""
    game = PlainGame(*group)
    begin = [(places, (0,) * len(nodes)) for places in game.initial()]
    seen = set(begin)
    stack = list(begin)
    while stack:
        places, counts = stack.pop()
        moves = list(game.moves(places))
        if not moves and game.is_over(places) and breaks_at_end(dict(zip(nodes, counts, strict=True))):
            return True
        for move in moves:
            outcomes = {counts}
            for id_ in move.executes:
                if id_ not in nodes:
                    continue
                node = model.nodes[id_]
                repeats = node.repeats if isinstance(node, Activity) else None
                least, most = (1, 1) if repeats is None else (repeats.min, repeats.max or repeats.min + MOST + 1)
                reached = set()
                for before in outcomes:
                    now = list(before)
                    for time in range(1, most + 1):
                        if breaks_before(id_, dict(zip(nodes, now, strict=True))):
                            return True
                        now[nodes.index(id_)] = min(now[nodes.index(id_)] + 1, MOST)
                        if time >= least:
                            reached.add(tuple(now))
                    if least == 0:
                        reached.add(before)
                outcomes = reached
            if move.doubled:
                continue
            for after in outcomes:
                state = (move.after, after)
                if state not in seen:
                    if len(seen) > limit:
                        raise TooLargeError
                    seen.add(state)
                    stack.append(state)
    return False


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plain_models, st.data())
def test_every_statement_equals_the_enumeration(plain: dict[str, Any], data: st.DataObject) -> None:
    model = build(plain)
    computed = Computations(model)
    groups = entry_processes(model)
    one, other = (data.draw(st.sampled_from(sorted(model.nodes)), label=label) for label in ("one", "other"))

    try:
        if any("lack_of_synchronization" in plain_soundness(*group) for group in groups):
            event("two tokens meet")
            return
        having = [group for group in groups if {one, other} & {node.id for part in group for node in part.all_nodes}]
        alone = [group for group in groups if one in {node.id for part in group for node in part.all_nodes}]
        expected = {
            "before": not any(
                plain_runs(model, group, (one, other), lambda id_, n: id_ == other and n[one] == 0, lambda _: False)
                for group in having
            ),
            "without": not any(
                plain_runs(model, group, (one, other), lambda *_: False, lambda n: n[one] > 0 and n[other] == 0)
                for group in having
            ),
            "most": not any(
                plain_runs(model, group, (one,), lambda _, n: n[one] >= 2, lambda _: False) for group in alone
            ),
            "least": not any(
                plain_runs(model, group, (one,), lambda *_: False, lambda n: n[one] < 1) for group in alone
            ),
        }
    except TooLargeError:
        event("too large")
        return
    found = {
        "before": is_always_before(computed, one, other).holds if one != other else expected["before"],
        "without": is_never_without(computed, one, other).holds if one != other else expected["without"],
        "most": happens_at_most(computed, one, 2).holds,
        "least": happens_at_least(computed, one, 1).holds,
    }

    decided = {name: holds for name, holds in found.items() if holds is not None}
    event(f"{len(decided)} decided")
    assert decided == {name: expected[name] for name in decided}
