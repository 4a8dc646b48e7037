"""Large models of several kinds, made by chance from a seed: what the benchmark measures and tests count on."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from ankunft_model.model import ArrivalModel

ACTORS: Final = 10
SYSTEMS: Final = 3


class Maker:
    """Makes nodes and handovers; ids are numbered."""

    def __init__(self, items: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.items = [f"d{number}" for number in range(items)]
        self.processes: dict[str, Any] = {}
        self.nodes: dict[str, Any] = {}
        self.steps: list[str] = []
        self.count = 0

    def node(self, **fields: Any) -> str:
        """Return the id of a new node."""
        id_ = f"n{self.count}"
        self.count += 1
        self.nodes[id_] = fields
        return id_

    def step(self, **more: Any) -> str:
        """Return the id of a new step that asks for something, needs something, or records it."""
        chance = self.chance
        fields: dict[str, Any] = {"name": "Schritt", "actor": f"a{chance.randrange(ACTORS)}"}
        fields["collects"] = [chance.choice(self.items)] if chance.random() < 0.5 else "none"
        fields["needs"] = list({chance.choice(self.items) for _ in range(chance.randint(0, 2))}) or "none"
        if chance.random() < 0.1:
            fields["records_in"] = [f"s{chance.randrange(SYSTEMS)}"]
        self.steps.append(self.node(**(fields | more)))
        return self.steps[-1]

    def lead(self, source: str, target: str, **more: Any) -> None:
        """Add a flow."""
        self.nodes[source].setdefault("next", []).append({"to": target, **more})

    def chain(self, steps: list[str]) -> tuple[str, str]:
        """Lead from each to the next; return the first and the last."""
        for one, other in pairwise(steps):
            self.lead(one, other)
        return steps[0], steps[-1]

    def end_process(self, id_: str, first: str, last: str, handovers: list[dict[str, Any]]) -> None:
        """Put a start and an end around what was made since the last process ended."""
        self.nodes[f"{id_}_start"] = {"type": "start", "actor": "person", "next": first}
        self.nodes[f"{id_}_end"] = {"type": "end"}
        self.lead(last, f"{id_}_end")
        self.processes[id_] = {"name": id_, "nodes": self.nodes, "handovers": handovers or "none"}
        self.nodes = {}

    def handover(self, source: str, target: str, **more: Any) -> dict[str, Any]:
        """Return a handover with one item."""
        self.count += 1
        fields = {"id": f"h{self.count}", "from": source, "to": target, "channel": ["email"]}
        return fields | {"data": [self.chance.choice(self.items)]} | more

    def model(self) -> ArrivalModel:
        """Return the model."""
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
                    f"s{n}": {
                        "name": f"S{n}",
                        "operated_by": f"a{n}",
                        "readers": [f"a{n}", f"a{n + 1}"],
                        "holds": "none",
                    }
                    for n in range(SYSTEMS)
                },
                "data": {name: {"name": name, "category": "identity"} for name in self.items},
                "processes": self.processes,
            }
        )


def blocks(steps: int, items: int, *, seed: int = 1) -> ArrivalModel:
    """Return a model of nested sequences, decisions, parallel parts and loops, with handovers between any steps."""
    maker = Maker(items, seed)
    first, last = _nested(maker, steps)
    pairs = [(maker.chance.choice(maker.steps), maker.chance.choice(maker.steps)) for _ in range(steps // 10)]
    maker.end_process("p", first, last, [maker.handover(one, other) for one, other in pairs if one != other])
    return maker.model()


def chain(steps: int, items: int, *, seed: int = 1) -> ArrivalModel:
    """Return a model of one process in which each step follows the one before."""
    maker = Maker(items, seed)
    maker.end_process("p", *maker.chain([maker.step() for _ in range(steps)]), [])
    return maker.model()


def relay(steps: int, items: int, *, seed: int = 1) -> ArrivalModel:
    """Return a chain of steps of changing actors, each of which hands over to the next and asks again."""
    maker = Maker(items, seed)
    made = [maker.step(actor=f"a{number % ACTORS}") for number in range(steps)]
    maker.end_process("p", *maker.chain(made), [maker.handover(one, other) for one, other in pairwise(made)])
    return maker.model()


def decisions(steps: int, items: int, *, seed: int = 1) -> ArrivalModel:
    """Return a chain of decisions and parallel parts, each with two branches."""
    maker = Maker(items, seed)
    parts: list[tuple[str, str]] = []
    while len(maker.steps) < steps:
        kind = "parallel" if len(parts) % 2 else "exclusive"
        split, join = maker.node(type=kind, name="?"), maker.node(type=kind)
        for number in range(2):
            step = maker.step()
            maker.lead(split, step, **({"when": str(number)} if kind == "exclusive" else {}))
            maker.lead(step, join)
        parts.append((split, join))
    for (_, last), (first, _) in pairwise(parts):
        maker.lead(last, first)
    maker.end_process("p", parts[0][0], parts[-1][1], [])
    return maker.model()


def processes(steps: int, items: int, *, seed: int = 1) -> ArrivalModel:
    """Return a model of many processes of a few steps, half of which are started by the one before."""
    maker = Maker(items, seed)
    earlier = ""
    while len(maker.steps) < steps:
        first, last = _nested(maker, min(10, steps - len(maker.steps)))
        number = len(maker.processes)
        if earlier and number % 2:
            begun = maker.handover(earlier, f"p{number}_start", triggers=True)
            process = maker.processes[f"p{number - 1}"]
            process["handovers"] = [begun]
        maker.end_process(f"p{number}", first, last, [])
        earlier = maker.steps[-1]
    return maker.model()


def tangled(steps: int, items: int, *, seed: int = 1, parts: int = 3) -> ArrivalModel:
    """Return a model like `blocks`, in a row with parts of two branches of which one leads into the other, too."""
    maker = Maker(items, seed)
    groups = [_nested(maker, max(1, steps // (parts + 1) - 8)) for _ in range(parts + 1)]
    pieces = [groups[0]]
    for number, group in enumerate(groups[1:]):
        kind = "parallel" if number % 2 else "exclusive"
        split, gives, takes, join = (maker.node(type=kind, name="?") for _ in range(4))
        for source, target in ((split, gives), (split, takes), (gives, takes), (gives, join), (takes, join)):
            step = maker.step()
            maker.lead(source, step, **({"when": step} if kind == "exclusive" and source != takes else {}))
            maker.lead(step, target)
        pieces += [(split, join), group]
    for (_, last), (first, _) in pairwise(pieces):
        maker.lead(last, first)
    pairs = [(maker.chance.choice(maker.steps), maker.chance.choice(maker.steps)) for _ in range(steps // 10)]
    first, last = pieces[0][0], pieces[-1][1]
    maker.end_process("p", first, last, [maker.handover(one, other) for one, other in pairs if one != other])
    return maker.model()


def _nested(maker: Maker, steps: int) -> tuple[str, str]:
    chance, begun = maker.chance, len(maker.steps)
    pieces: list[tuple[str, str]] = []
    while (left := steps - len(maker.steps) + begun) > 0:
        pieces.append(maker.chain([maker.step() for _ in range(min(chance.randint(2, 6), left))]))
    while len(pieces) > 1:
        groups: list[list[tuple[str, str]]] = []
        while pieces:
            groups.append([pieces.pop() for _ in range(min(len(pieces), chance.randint(2, 4)))])
        pieces = [_combined(maker, group) for group in groups]
    return pieces[0]


def _combined(maker: Maker, group: list[tuple[str, str]]) -> tuple[str, str]:
    kind = maker.chance.choice(("sequence", "sequence", "exclusive", "parallel", "loop"))
    if kind in ("exclusive", "parallel") and len(group) > 1:
        split, join = maker.node(type=kind, name="?"), maker.node(type=kind)
        for number, (first, last) in enumerate(group):
            maker.lead(split, first, **({"when": str(number)} if kind == "exclusive" else {}))
            maker.lead(last, join)
        return split, join
    for (_, last), (first, _) in pairwise(group):
        maker.lead(last, first)
    if kind != "loop":
        return group[0][0], group[-1][1]
    join, split = maker.node(type="exclusive"), maker.node(type="exclusive", name="?")
    after = maker.node(type="exclusive")
    maker.lead(join, group[0][0])
    maker.lead(group[-1][1], split)
    maker.lead(split, join, when="again")
    maker.lead(split, after, default=True)
    return join, after


KINDS: Final[dict[str, Callable[..., ArrivalModel]]] = {
    "blocks": blocks,
    "chain": chain,
    "relay": relay,
    "decisions": decisions,
    "processes": processes,
    "tangled": tangled,
}
"""Every kind by its name; each takes the number of steps and of items, and a seed."""
