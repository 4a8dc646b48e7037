"""Time bounds hold for every run with every duration, and are met where they claim to be exact."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis.timing.causality import causal_runs, find_causal_runs, number_of_runs
from ankunft_model.graph import RunGraph, build_run_graph, build_token_game
from ankunft_model.model import ArrivalModel, Handover, Step

from ..plain_reference import Places, PlainGame, plain_soundness
from ..small_models import Nodes, build, connect, tidy
from ..test_limits import model_with

DAY = 86_400


def timed_block(nodes: Nodes, depth: int) -> tuple[str, str]:
    draw = nodes.draw
    kind = draw(
        st.sampled_from(("task", "sequence", "sequence", "parallel", "parallel", "exclusive") if depth else ("task",))
    )
    if kind == "task":
        least, more = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        task = nodes.add(name="T", actor="one", wait={"min": f"P{least}D", "max": f"P{least + more}D"})
        return task, task
    if kind == "sequence":
        first, last = timed_block(nodes, depth - 1), timed_block(nodes, depth - 1)
        connect(nodes, first[1], last[0])
        return first[0], last[1]
    split, join = nodes.add(type=kind, actor="one"), nodes.add(type=kind, actor="one")
    for number in range(2):
        first_of, last_of = timed_block(nodes, depth - 1)
        connect(nodes, split, first_of, when=str(number) if kind == "exclusive" else None)
        connect(nodes, last_of, join)
    return split, join


@st.composite
def timed(draw: st.DrawFn) -> dict[str, Any]:
    nodes = Nodes(draw, 20)
    first, last = timed_block(nodes, 2)
    connect(nodes, nodes.add(type="start", actor="one"), first)
    connect(nodes, last, nodes.add(type="end", actor="one"))
    tidy(nodes)
    return {
        "processes": {"p": {"name": "P", "nodes": nodes.nodes, "handovers": []}},
        "readers": {"file": "none", "register": "none"},
        "holds": {"file": "none", "register": "none"},
    }


def completions(game: PlainGame, taking: dict[str, int]) -> Iterator[dict[str, int]]:
    """Yield when each node completes, for every combination of decisions; order does not matter for that."""
    stack: list[tuple[Places, dict[str, int], dict[str, int]]] = [(game.initial()[0], {}, {})]
    while stack:
        places, arrived, done = stack.pop()
        moves = list(game.moves(places))
        if not moves:
            yield done
            continue
        node = moves[0].executes[0]
        for move in moves:
            if move.executes[0] != node:
                continue
            before, after = dict(places), dict(move.after)
            finished = max((arrived.get(place, 0) for place in before if place not in after), default=0) + taking.get(
                node, 0
            )
            stack.append(
                (move.after, {**arrived, **{p: finished for p in after if p not in before}}, {**done, node: finished})
            )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(timed(), st.data())
def test_elapsed_time_is_bounded_by_the_extremes_of_all_runs(plain: dict[str, Any], data: st.DataObject) -> None:
    model: ArrivalModel = build(plain)
    process = model.processes["p"]
    assert not plain_soundness(process)
    steps = [node for node in process.all_nodes if isinstance(node, Step)]
    assume(2 <= len(steps) <= 7)
    first, then = data.draw(st.permutations(steps))[:2]
    true: list[int] = []
    spans = [((step.wait.min_seconds or 0) // DAY, (step.wait.max_seconds or 0) // DAY) for step in steps if step.wait]
    for days in product(*spans):
        taking = {step.id: day for step, day in zip(steps, days, strict=True)}
        runs = completions(PlainGame(process), taking)
        true += [done[then.id] - done[first.id] for done in runs if first.id in done and then.id in done]
    assume(bool(true))

    lows, highs, exact = [], [], True
    for run in causal_runs(build_run_graph(build_token_game(process)), ()):
        graph = run.run.graph
        one, two = run.execution_of(graph.index_of[first.id]), run.execution_of(graph.index_of[then.id])
        if one is not None and two is not None:
            (low, high), is_exact = run.elapsed(one, two)
            assert high is not None
            lows.append(low // DAY)
            highs.append(high // DAY)
            exact = exact and is_exact

    event("exact" if exact else "bounded")
    assert min(lows) <= min(true)
    assert max(highs) >= max(true)
    if exact:
        assert (min(lows), max(highs)) == (min(true), max(true))


def runs_of(nodes: dict[str, Any], *handovers: Handover) -> tuple[RunGraph, tuple[Handover, ...]]:
    model = model_with(nodes)
    process = model.processes["p"].changed(handovers=list(handovers))
    return build_run_graph(build_token_game(process)), process.handovers or ()


def decision(name: str, then: str) -> dict[str, Any]:
    """Return a decision between two steps, after which `then` comes."""
    ways = [{"to": f"{name}1", "when": "ja"}, {"to": f"{name}2", "when": "nein"}]
    return {
        name: {"type": "exclusive", "next": ways},
        f"{name}1": {"name": "A", "actor": "a0", "duration": "P1D", "next": f"{name}j"},
        f"{name}2": {"name": "B", "actor": "a0", "duration": "P2D", "next": f"{name}j"},
        f"{name}j": {"type": "exclusive", "next": then},
    }


def test_runs_are_counted_by_combinations_of_decisions() -> None:
    end = {"e": {"type": "end"}}
    chain = {"s": {"type": "start", "next": "x"}, **decision("x", "y"), **decision("y", "e"), **end}
    beside = {
        "s": {"type": "start", "next": "split"},
        "split": {"type": "parallel", "next": ["x", "y"]},
        **decision("x", "both"),
        **decision("y", "both"),
        "both": {"type": "parallel", "next": "e"},
        **end,
    }
    loop = {**chain, "yj": {"type": "exclusive", "next": [{"to": "x", "when": "nochmal"}, {"to": "e", "when": "gut"}]}}

    assert number_of_runs(runs_of(chain)[0]) == 4
    assert number_of_runs(runs_of(beside)[0]) == 4
    assert number_of_runs(runs_of(chain)[0], limit=3) is None
    assert number_of_runs(runs_of(loop)[0]) is None


def test_runs_of_a_game_that_leaves_something_out_are_not_complete() -> None:
    nodes = {"s": {"type": "start", "next": "x"}, **decision("x", "e"), "e": {"type": "end"}}
    nodes["xj"] = {
        "type": "exclusive",
        "next": [{"to": "x", "when": "nochmal", "repeats": {"max": 100_000}}, {"to": "e", "when": "gut"}],
    }
    endless = {**nodes, "xj": {"type": "exclusive", "next": "e"}}

    limited, handovers = runs_of(nodes)

    assert limited.game.limits
    assert limited.is_complete
    assert not find_causal_runs(limited, handovers).is_complete
    assert find_causal_runs(*runs_of(endless)).is_complete


def test_the_latency_of_a_handover_counts_where_it_lies_on_the_way() -> None:
    nodes = {
        "s": {"type": "start", "next": "a"},
        "a": {"name": "A", "actor": "a0", "duration": "P1D", "next": "inner"},
        "inner": {
            "type": "subprocess",
            "name": "I",
            "actor": "a0",
            "nodes": {
                "b": {"type": "start", "next": "c"},
                "c": {"name": "C", "actor": "a0", "duration": "P1D", "next": "d"},
                "d": {"name": "D", "actor": "a0", "duration": "P1D", "next": "f"},
                "f": {"type": "end"},
            },
            "next": "e",
        },
        "e": {"type": "end"},
    }

    def last_of(sender: str, receiver: str) -> int:
        passed = Handover.model_validate({"id": "h", "from": sender, "to": receiver, "latency": "P5D"})
        (run,) = find_causal_runs(*runs_of(nodes, passed)).runs
        return run.completions()[-1][0] // 86_400

    assert last_of("c", "d") == 8
    assert last_of("a", "d") == 3  # a handover from outside lies on no flow of the sub-process
