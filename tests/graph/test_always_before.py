"""What surely comes before a node: never said where a run of the token game shows the contrary."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analysis.small_models import structured, unstructured

from ankunft_model.graph import build_token_game, build_workflow_graph
from ankunft_model.graph.always_before import AlwaysBefore
from ankunft_model.model import Process
from ankunft_model.sources import read_text

LIMIT = 3000


def executed_before(process: Process) -> dict[int, int] | None:
    """Return, by playing all runs, what was executed before every execution of each node; None: too many states."""
    game = build_token_game(process)
    before: dict[int, int] = {}
    stack = [(game.initial, 0)]
    seen = set(stack)
    while stack:
        marking, done = stack.pop()
        for index in game.enabled(marking):
            move = game.transitions[index]
            after, doubled = game.fire(marking, move)
            now = done
            for node in move.executes:
                before[node] = before.get(node, now) & now
                now |= 1 << node
            state = (after, now)
            if doubled or state in seen:
                continue
            if len(seen) > LIMIT:
                return None
            seen.add(state)
            stack.append(state)
    return before


def process_of(nodes: dict[str, object]) -> Process:
    return Process.model_validate({"id": "p", "name": "P", "nodes": nodes})


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(structured(), unstructured()))
def test_says_yes_only_where_every_run_agrees(nodes: dict[str, object]) -> None:
    process = process_of(nodes)
    graph = build_workflow_graph(process)
    order = AlwaysBefore(graph, range(len(graph.nodes)))

    played = executed_before(process)

    for node, done in (played or {}).items():
        for other in range(len(graph.nodes)):
            if order.is_before(other, node):
                assert done >> other & 1, (graph.nodes[other].id, graph.nodes[node].id)


def test_says_yes_on_ways_joins_and_waiting_handovers() -> None:
    text = """\
format: ankunft/1
id: m
title: M
state: as_is
actors:
  one: {name: One, kind: jobcenter}
processes:
  p:
    name: P
    nodes:
      s: {type: start, name: S, actor: one, next: fork}
      fork: {type: parallel, actor: one, next: [a, b]}
      a: {name: A, actor: one, next: both}
      b: {type: exclusive, name: B, actor: one, next: [{to: c, when: x}, {to: d, when: y}]}
      c: {name: C, actor: one, next: m}
      d: {name: D, actor: one, next: m}
      m: {type: exclusive, actor: one, next: both}
      both: {type: parallel, actor: one, next: e}
      e: {type: end, name: E}
      t: {type: start, name: T, actor: one, next: u}
      u: {name: U, actor: one, next: z}
      z: {type: end, name: Z}
    handovers:
      - {id: h, from: a, to: u, waits: true, channel: email, data: none}
"""
    (process,) = read_text(text, suffix=".yaml").processes.values()
    graph = build_workflow_graph(process)
    number = graph.index_of
    order = AlwaysBefore(graph, [number["a"], number["b"], number["c"]])

    assert order.is_before(number["a"], number["e"])
    assert order.is_before(number["b"], number["m"])
    assert not order.is_before(number["c"], number["e"])
    assert not order.is_before(number["a"], number["b"])
    assert order.is_before(number["a"], number["u"])
    assert order.is_unavoidable(number["a"]), "the run that begins at t gets to its end only with the message from a"
    assert not order.is_unavoidable(number["b"])
