"""A process that is started several times counts each time, and nothing inexact is called exact."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis.knowledge.finding import find_knowledge
from ankunft_model.analysis.knowledge.results import ItemKnowledge
from ankunft_model.graph import build_run_graph, build_token_game, entry_processes

from .plain_reference import Move, Places, PlainGame, PlainKnowledge, Seen, TooLargeError, plain_soundness
from .separate_instances import written_out
from .small_models import Nodes, all_ids, build, connect, structured, tidy

MOST_TOKENS = 3
"""So many instances of a process are at one node at once in the enumeration; more show nothing new there."""


class CappedGame(PlainGame):
    """The plain game, without piling up instances that a loop starts and nobody moves."""

    def moves(self, places: Places) -> Iterator[Move]:
        return (move for move in super().moves(places) if all(count <= MOST_TOKENS for _, count in move.after))


@st.composite
def started(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Draw a process without parallel branches, whose instances have nothing to do with each other's tokens."""
    nodes = Nodes(draw, 3)
    nodes.prefix = name
    first = nodes.task()
    connect(nodes, nodes.add(type="start", actor="person"), first)
    end = nodes.add(type="end", actor="one")
    if draw(st.booleans()):
        choice, other = nodes.add(type="exclusive", actor="one"), nodes.task()
        connect(nodes, first, choice)
        connect(nodes, choice, other, when="a")
        connect(nodes, choice, end, when="b")
        connect(nodes, other, end)
    else:
        connect(nodes, first, end)
    tidy(nodes)
    return nodes.nodes


@st.composite
def with_activations(draw: st.DrawFn) -> dict[str, Any]:
    processes: dict[str, Any] = {"p": {"name": "P", "nodes": draw(structured("p", 4)), "handovers": []}}
    names = ["q", "r"][: draw(st.integers(1, 2))]
    for name in names:
        processes[name] = {"name": name, "nodes": draw(started(name)), "handovers": []}
    steps = {name: [n for n in all_ids(processes[name]["nodes"]) if "s" in n or "n" in n] for name in processes}
    data = st.sampled_from((["alpha"], ["beta"]))
    for number in range(draw(st.integers(1, 3))):
        target = draw(st.sampled_from(names))
        source = draw(st.sampled_from(["p", *names[: names.index(target)]]))
        start = next(id_ for id_, node in processes[target]["nodes"].items() if node.get("type") == "start")
        handover = {"from": draw(st.sampled_from(steps[source])), "to": start, "triggers": True, "data": draw(data)}
        processes[draw(st.sampled_from(list(processes)))]["handovers"].append({"id": f"starts{number}", **handover})
    every = [step for found in steps.values() for step in found]
    source, target = draw(st.sampled_from(every)), draw(st.sampled_from(every))
    if source != target and draw(st.integers(0, 2)) == 0:
        waits = {"id": "waits", "from": source, "to": target, "waits": True, "data": draw(data)}
        processes[draw(st.sampled_from(list(processes)))]["handovers"].append(waits)
    return {"processes": processes, "readers": {s: draw(st.sampled_from(([], ["one"]))) for s in ("file", "register")},
            "holds": dict.fromkeys(("file", "register"), "none")}  # fmt: skip


EXAMPLES = 3 * int(os.environ.get("ANKUNFT_EXAMPLES", "100"))


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
@given(with_activations())
def test_each_activation_counts_as_in_the_enumeration(plain: dict[str, Any]) -> None:
    model = build(plain)
    for group in entry_processes(model):
        try:
            if any("lack_of_synchronization" in plain_soundness(process) for process in group):
                assume(False)
            found = find_knowledge(model, *group)
            for key in found.facts.keys:
                reference = PlainKnowledge(model, group, key.item, key.member)
                reference.game = CappedGame(*group)
                compare(found.items[key], reference.enumerate())
        except TooLargeError:
            event("too large")
            return


def compare(known: ItemKnowledge, seen: Seen) -> None:
    counts = known.collections
    if seen.ends and counts.is_exact:
        assert (counts.least, counts.most) == seen.collections
        assert (counts.least_askers, counts.most_askers) == seen.askers
    gaps = {gap.node: gap.certainty for gap in known.gaps}
    avoidable = {one.node: one.certainty for one in known.avoidable}
    plain_avoidable = {node: certainty for node, (certainty, _) in seen.avoidable().items()}
    if known.is_exact:
        event("exact")
        assert gaps == seen.gaps()
        assert {a.node: (a.certainty, frozenset(a.known_to)) for a in known.avoidable} == seen.avoidable()
        return
    event("not exact")
    assert gaps.keys() >= seen.gaps().keys()
    assert avoidable.keys() >= plain_avoidable.keys()
    assert all(seen.gaps().get(node) == "definite" for node, how in gaps.items() if how == "definite")
    assert all(plain_avoidable.get(node) == "definite" for node, how in avoidable.items() if how == "definite")


def _answers(known: ItemKnowledge) -> tuple[object, ...]:
    counts = known.collections
    return (
        [(gap.node, gap.certainty, gap.exact) for gap in known.gaps],
        [(found.node, found.certainty, found.exact, found.grade, found.known_to) for found in known.avoidable],
        [(gap.node, gap.certainty, gap.exact) for gap in known.carried_gaps],
        (counts.least, counts.most, counts.least_askers, counts.most_askers, counts.is_exact),
    )


@settings(max_examples=EXAMPLES // 3, suppress_health_check=list(HealthCheck), deadline=None)
@given(with_activations())
def test_blocks_say_the_same_of_started_processes_as_all_states(plain: dict[str, Any]) -> None:
    model = build(plain)
    for group in entry_processes(model):
        on_blocks, on_states = (build_run_graph(build_token_game(*group)) for _ in range(2))
        if on_blocks.regions is None:
            continue
        event("repeated" if on_blocks.game.control.repeated else "once")
        on_states.__dict__["regions"] = on_states.__dict__["blocks"] = None
        found = find_knowledge(model, *group, runs=on_blocks)
        plainly = find_knowledge(model, *group, runs=on_states)
        for key, known in found.items.items():
            other = plainly.items[key]
            if known.is_exact and "instances" in other.limits:
                # several instances at once are told apart on blocks alone; without them more is taken as possible
                event("exact on blocks alone")
                assert {gap.node for gap in known.gaps} <= {gap.node for gap in other.gaps}
                assert {one.node for one in known.avoidable} <= {one.node for one in other.avoidable}
                assert known.collections.is_exact == other.collections.is_exact
                assert (known.collections.least, known.collections.most) == (
                    other.collections.least,
                    other.collections.most,
                )
                continue
            assert _answers(known) == _answers(other), key


@st.composite
def with_parallel_instances(draw: st.DrawFn) -> dict[str, Any]:
    """Draw processes that are started several times, sometimes at two start events that meet in a join."""
    processes: dict[str, Any] = {"p": {"name": "P", "nodes": draw(structured("p", 3)), "handovers": []}}
    nodes = draw(structured("q", 3))
    starts = [id_ for id_, node in nodes.items() if node.get("type") == "start"]
    if draw(st.booleans()):
        join = {"type": draw(st.sampled_from(("parallel", "inclusive", "exclusive"))), "actor": "one"}
        nodes |= {
            "qj": {**join, "next": nodes[starts[0]]["next"]},
            "qs": {"type": "start", "actor": "one", "next": "qj"},
        }
        for start in starts:
            nodes[start]["next"] = [{"to": "qj"}]
        starts.append("qs")
    processes["q"] = {"name": "Q", "nodes": nodes, "handovers": []}
    data = st.sampled_from((["alpha"], ["beta"]))
    for number in range(draw(st.integers(1, 2))):
        source = draw(st.sampled_from(all_ids(processes["p"]["nodes"])))
        handover = {"id": f"starts{number}", "from": source, "to": draw(st.sampled_from(starts)), "triggers": True}
        processes["p"]["handovers"].append({**handover, "data": draw(data)})
    return {"processes": processes, "readers": {s: draw(st.sampled_from(([], ["one"]))) for s in ("file", "register")},
            "holds": dict.fromkeys(("file", "register"), "none")}  # fmt: skip


@settings(max_examples=EXAMPLES // 3, suppress_health_check=list(HealthCheck), deadline=None)
@given(with_parallel_instances())
def test_instances_have_nothing_to_do_with_each_other(plain: dict[str, Any]) -> None:
    written, origin = written_out(plain, "p")
    model, apart = build(plain), build(written)
    (group,) = (group for group in entry_processes(model) if group[0].id == "p")
    found = find_knowledge(model, *group)
    for key in found.facts.keys:
        reference = PlainKnowledge(
            apart, [apart.processes[name] for name in written["processes"]], key.item, key.member
        )
        try:
            compare(found.items[key], put_together(reference.enumerate(limit=3_000), origin))
        except TooLargeError:
            event("too large")
            return


def put_together(seen: Seen, origin: dict[str, str]) -> Seen:
    """Return what was seen at all copies of a node as seen at the node."""
    found = Seen(collections=seen.collections, askers=seen.askers, ends=seen.ends)
    for counter, counted in (
        (found.lacks, seen.lacks),
        (found.has, seen.has),
        (found.known_at, seen.known_at),
        (found.unknown_at, seen.unknown_at),
    ):
        for node, count in counted.items():
            counter[origin[node]] += count
    for node, known in seen.known.items():
        found.known.setdefault(origin[node], set()).update(known)
    return found


def test_a_run_is_not_stuck_while_only_an_earlier_instance_that_is_keeps_another_from_beginning() -> None:
    """No run comes to an end, because what the loop starts waits for ever; but the step behind the loop asks."""
    nodes = {
        "begin": {"type": "start", "actor": "person", "next": "again"},
        "again": {"type": "exclusive", "actor": "one", "next": "work"},
        "work": {"name": "T", "actor": "one", "next": "on"},
        "on": {
            "type": "exclusive",
            "actor": "one",
            "next": [{"to": "again", "when": "again", "repeats": {"max": 1}}, {"to": "ask", "when": "on"}],
        },
        "ask": {"name": "T", "actor": "one", "collects": ["alpha"], "next": "end"},
        "end": {"type": "end", "actor": "person"},
    }
    started = {
        "first": {"type": "start", "actor": "person", "next": "both"},
        "second": {"type": "start", "actor": "one", "next": "both"},
        "both": {"type": "parallel", "actor": "one", "next": "over"},
        "over": {"type": "end", "actor": "person"},
    }
    starts = {"id": "starts", "from": "again", "to": "first", "triggers": True, "data": ["alpha"]}
    model = build(
        {
            "processes": {
                "p": {"name": "P", "nodes": nodes, "handovers": [starts]},
                "q": {"name": "Q", "nodes": started, "handovers": []},
            },
            "readers": {"file": [], "register": []},
            "holds": {"file": "none", "register": "none"},
        }
    )
    (group,) = (group for group in entry_processes(model) if group[0].id == "p")

    counts = next(
        found.collections for key, found in find_knowledge(model, *group).items.items() if key.item == "alpha"
    )

    assert (counts.is_exact, counts.limits, counts.most) == (False, ("instances", "no_end"), None)
