"""How long all rules take on large block-structured models, beside a plain pass over the same nodes in one run.

Usage: python benchmarks/analysis_speed.py [STEPS…] [--items N] [--rules RULE…]

For each size: seconds of `check` with all rules and of the knowledge alone, both as ratio to building the plain
adjacency of the same flows and walking it once; memory per step and item pair that occurs; and the growth exponent.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import time
from itertools import pairwise
from typing import Any

from ankunft_model.analysis import Computations, check
from ankunft_model.graph.model_control_flow import control_flow_of
from ankunft_model.graph.soundness import check_process
from ankunft_model.model import ArrivalModel

ACTORS = 10


def large_model(steps: int, items: int, *, seed: int = 1) -> ArrivalModel:  # noqa: C901 one generator
    """Return a model of nested sequences, decisions, parallel parts and loops with as many steps."""
    chance = random.Random(seed)
    nodes: dict[str, Any] = {}
    names = [f"d{number}" for number in range(items)]

    def node(**fields: Any) -> str:
        id_ = f"n{len(nodes)}"
        nodes[id_] = fields
        return id_

    def step() -> str:
        fields: dict[str, Any] = {"name": "Schritt", "actor": f"a{chance.randrange(ACTORS)}"}
        fields["collects"] = [chance.choice(names)] if chance.random() < 0.5 else "none"
        fields["needs"] = list({chance.choice(names) for _ in range(chance.randint(0, 2))}) or "none"
        if chance.random() < 0.1:
            fields["records_in"] = [f"s{chance.randrange(3)}"]
        return node(**fields)

    def lead(source: str, target: str, **more: Any) -> None:
        nodes[source].setdefault("next", []).append({"to": target, **more})

    def combined(group: list[tuple[str, str]]) -> tuple[str, str]:
        kind = chance.choice(("sequence", "sequence", "exclusive", "parallel", "loop"))
        if kind in ("exclusive", "parallel") and len(group) > 1:
            split, join = node(type=kind, name="?"), node(type=kind)
            for number, (first, last) in enumerate(group):
                lead(split, first, **({"when": str(number)} if kind == "exclusive" else {}))
                lead(last, join)
            return split, join
        for (_, last), (first, _) in pairwise(group):
            lead(last, first)
        if kind != "loop":
            return group[0][0], group[-1][1]
        join, split = node(type="exclusive"), node(type="exclusive", name="?")
        lead(join, group[0][0])
        lead(group[-1][1], split)
        lead(split, join, when="again")
        nodes[split]["pending"] = True
        return join, split

    made: list[str] = []
    pieces: list[tuple[str, str]] = []
    while len(made) < steps:
        chain = [step() for _ in range(min(chance.randint(2, 6), steps - len(made)))]
        made += chain
        for one, other in pairwise(chain):
            lead(one, other)
        pieces.append((chain[0], chain[-1]))
    while len(pieces) > 1:
        groups: list[list[tuple[str, str]]] = []
        while pieces:
            groups.append([pieces.pop() for _ in range(min(len(pieces), chance.randint(2, 4)))])
        pieces = [combined(group) for group in groups]
    first, last = pieces[0]
    nodes["start"] = {"type": "start", "actor": "person", "next": first}
    nodes["end"] = {"type": "end"}
    lead(last, "end")
    for fields in nodes.values():
        if fields.pop("pending", False):
            fields["next"][-1] |= {"when": "on", "default": True}
    return _model(nodes, made, names, chance)


def _model(nodes: dict[str, Any], made: list[str], names: list[str], chance: random.Random) -> ArrivalModel:
    """Return the model around the nodes, with handovers between any two steps."""
    handovers = [
        {
            "id": f"h{number}",
            "from": chance.choice(made),
            "to": chance.choice(made),
            "data": [chance.choice(names)],
            "channel": ["email"],
        }
        for number in range(len(made) // 10)
    ]
    return ArrivalModel.model_validate(
        {
            "id": "large",
            "title": "Large",
            "state": "as_is",
            "actors": {
                "person": {"name": "P", "kind": "person"},
                **{f"a{n}": {"name": f"A{n}", "kind": "jobcenter"} for n in range(ACTORS)},
            },
            "systems": {
                f"s{n}": {"name": f"S{n}", "operated_by": f"a{n}", "readers": [f"a{n}", f"a{n + 1}"], "holds": "none"}
                for n in range(3)
            },
            "data": {name: {"name": name, "category": "identity"} for name in names},
            "processes": {
                "p": {"name": "P", "nodes": nodes, "handovers": [h for h in handovers if h["from"] != h["to"]]}
            },
        }
    )


def plain_pass(model: ArrivalModel) -> float:
    """Return the seconds to build adjacency lists of all flows and to walk them once."""
    begin = time.process_time()
    process = model.processes["p"]
    number = {node.id: index for index, node in enumerate(process.all_nodes)}
    nexts: list[list[int]] = [[] for _ in number]
    for flow in process.flows:
        nexts[number[flow.source]].append(number[flow.target])
    seen = {number["start"]}
    stack = [number["start"]]
    while stack:
        for target in nexts[stack.pop()]:
            if target not in seen:
                seen.add(target)
                stack.append(target)
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("steps", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--items", type=int, default=2_000)
    parser.add_argument("--rules", nargs="*", default=None)
    arguments = parser.parse_args()
    measured: list[tuple[int, float]] = []
    for steps in arguments.steps:
        model = large_model(steps, arguments.items)
        plain = min(plain_pass(model) for _ in range(3))
        begin = time.process_time()
        sound = check_process(control_flow_of(model.processes["p"])).sound
        soundness = time.process_time() - begin
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begin = time.process_time()
        computed = Computations(model)
        knowledge = computed.knowledge
        known = time.process_time() - begin
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        begin = time.process_time()
        findings = check(model, select=arguments.rules, computations=computed)
        rules = time.process_time() - begin
        pairs = sum(len(facts) for part in knowledge for facts in part.facts.by_node.values())
        inexact = sum(not item.is_exact for part in knowledge for item in part.items.values())
        measured.append((steps, known + rules))
        print(
            f"{steps} steps: plain pass {plain:.3f} s; "
            f"soundness {soundness:.3f} s ({soundness / plain:.1f}×, {sound}); "
            f"knowledge {known:.2f} s ({known / plain:.0f}×; {pairs} pairs, {inexact} items not exact, "
            f"{memory / max(pairs, 1):.0f} B per pair); rules {rules:.2f} s ({len(findings)} findings)"
        )
    for (few, short), (many, long) in pairwise(measured):
        print(f"growth exponent {few} to {many}: {math.log(long / short) / math.log(many / few):.2f}")


if __name__ == "__main__":
    main()
