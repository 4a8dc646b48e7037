from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.exports.bpmn.short_notation import random_model

from ankunft_model.graph.participation.dominance import ROOT, find_dominance
from ankunft_model.graph.participation.normal_form import NormalForm, NormalFormBuilder, NormalNode, normalise


def reached_without(form: NormalForm, left_out: str) -> set[str]:
    """Return what can be reached from the starts when one node or flow is taken away."""
    seen: set[str] = set()
    stack = [start for start in form.starts if start != left_out]
    while stack:
        vertex = stack.pop()
        if vertex in seen or vertex == left_out:
            continue
        seen.add(vertex)
        stack.extend(form.outgoing.get(vertex, ()) or ((form.flows[vertex].target,) if vertex in form.flows else ()))
    return seen


def check(form: NormalForm) -> None:
    dominance = find_dominance(form)
    everything = reached_without(form, "nothing")
    assert set(dominance.order) == everything | {ROOT}
    for above in everything:
        lost = everything - reached_without(form, above)
        assert set(dominance.dominated_by(above)) == lost
        assert all(dominance.dominates(above, below) == (below in lost) for below in everything)


@given(st.integers(0, 10**6))
def test_a_node_dominates_what_is_not_reached_without_it(seed: int) -> None:
    (process,) = random_model(Random(seed), 10).processes.values()

    check(normalise(process))


@given(st.integers(0, 10**6))
def test_dominance_holds_in_arbitrary_graphs(seed: int) -> None:
    random = Random(seed)
    builder = NormalFormBuilder()
    nodes = [builder.add_node(NormalNode(f"n{number}", "start" if number == 0 else "step")) for number in range(8)]
    for _ in range(random.randint(1, 16)):
        builder.add_flow(random.choice(nodes), random.choice(nodes))

    check(builder.build())
