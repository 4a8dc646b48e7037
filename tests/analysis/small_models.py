"""Random small models: structured and not, with actors, systems, data, documents, handovers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from ankunft_model.model import ArrivalModel

ACTORS = ("person", "one", "two", "three")
ITEMS = ("alpha", "beta")
SYSTEMS = ("file", "register")
DOCUMENTS = ("letter", "card")


DrawBlock = Callable[["Nodes", int], tuple[str, str]]
"""Adds a block of some depth; returns its first and last node."""


class Nodes:
    """The nodes drawn so far; ids are numbered. `more` are further kinds of blocks, each as likely as all others."""

    def __init__(self, draw: st.DrawFn, most: int, more: Mapping[str, DrawBlock] | None = None) -> None:
        self.draw = draw
        self.more = more or {}
        self.left = most
        self.nodes: dict[str, Any] = {}
        self.prefix = ""

    def add(self, **fields: Any) -> str:
        id_ = f"{self.prefix}n{len(self.nodes)}"
        self.nodes[id_] = fields
        self.left -= 1
        return id_

    def task(self) -> str:
        return self.add(name="T", **self.draw(data_words()))


@st.composite
def data_words(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a step does to data and documents."""
    fields: dict[str, Any] = {"actor": draw(st.sampled_from(ACTORS[1:] * 3 + ("person",)))}
    items = st.sampled_from((*ITEMS, "alias", "group"))
    for key in draw(
        st.lists(
            st.sampled_from(
                (
                    "collects",
                    "collects",
                    "needs",
                    "needs",
                    "produces",
                    "changes",
                    "discards",
                    "records",
                    "records_if",
                    "retrieves",
                    "out",
                    "in",
                    "any",
                    "repeats",
                    "confirms",
                    "for",
                )
            ),
            max_size=3,
            unique=True,
        )
    ):
        if key in ("collects", "needs", "produces", "changes", "discards", "confirms"):
            fields[key] = [draw(items)]
        elif key == "records":
            fields["records_in"] = [draw(st.sampled_from(SYSTEMS))]
        elif key == "records_if":
            fields["records_in"] = [{"system": draw(st.sampled_from(SYSTEMS)), "data": [draw(items)]}]
        elif key == "retrieves":
            fields["retrieves"] = [{"from": draw(st.sampled_from(SYSTEMS)), "data": [draw(items)]}]
        elif key == "out":
            fields["documents_out"] = [draw(st.sampled_from(DOCUMENTS))]
        elif key == "in":
            fields["documents_in"] = [draw(st.sampled_from(DOCUMENTS))]
        elif key == "any":
            fields["documents_in"] = [{"any_of": list(DOCUMENTS)}]
        elif key == "for":
            fields["for"] = draw(st.sampled_from((["child"], ["adult"], ["adult", "child"])))
        elif key == "repeats":
            fields["repeats"] = draw(
                st.sampled_from(({"min": 0, "max": 1}, {"max": 2}, {}, {"min": 2, "max": 3}, {"min": 0}, {"min": 2}))
            )
    return fields


def block(nodes: Nodes, depth: int) -> tuple[str, str]:
    """Add a block with one way in and one way out; return its first and last node."""
    draw = nodes.draw
    kinds = (
        ["task"]
        if depth == 0 or nodes.left < 3
        else [
            "task",
            "sequence",
            "sequence",
            "exclusive",
            "parallel",
            "parallel",
            "inclusive",
            "loop",
            "bounded",
            "sub",
            "boundary",
            "conditions",
        ]
    )
    kinds += [kind for kind in nodes.more for _ in range(6)] if depth > 0 and nodes.left > 0 else []
    kind = draw(st.sampled_from(kinds))
    if kind in nodes.more:
        return nodes.more[kind](nodes, depth)
    if kind == "task":
        task = nodes.task()
        return task, task
    if kind == "sequence":
        first, last = block(nodes, depth - 1), block(nodes, depth - 1)
        connect(nodes, first[1], last[0])
        return first[0], last[1]
    if kind in ("exclusive", "parallel", "inclusive"):
        split, join = nodes.add(type=kind, actor="one"), nodes.add(type=kind, actor="one")
        count = draw(st.integers(2, 3 if nodes.left > 3 else 2))
        for number in range(count):
            first, last = block(nodes, depth - 1)
            connect(nodes, split, first, when=None if kind == "parallel" else str(number))
            connect(nodes, last, join)
        if kind != "parallel" and draw(st.booleans()):
            nodes.nodes[split]["next"][-1] = {"to": nodes.nodes[split]["next"][-1]["to"], "default": True}
        return split, join
    if kind in ("loop", "bounded"):
        join, split = nodes.add(type="exclusive", actor="one"), nodes.add(type="exclusive", actor="one")
        first, last = block(nodes, depth - 1)
        connect(nodes, join, first)
        connect(nodes, last, split)
        back: dict[str, Any] = {"to": join, "when": "again"}
        if kind == "bounded":
            back["repeats"] = {"max": draw(st.integers(1, 2))}
        nodes.nodes[split].setdefault("next", []).append(back)
        nodes.nodes[split]["pending"] = True
        return join, split
    if kind == "conditions":
        split, join = nodes.task(), nodes.add(type="inclusive", actor="one")
        nodes.nodes[split].pop("repeats", None)
        for number in range(2):
            first, last = block(nodes, 0)
            connect(nodes, split, first, when=str(number))
            connect(nodes, last, join)
        return split, join
    if kind == "boundary":
        task, join = nodes.task(), nodes.add(type="exclusive", actor="one")
        interrupting = draw(st.booleans())
        event = nodes.add(type="boundary", actor="one", trigger="timer", attached_to=task, interrupting=interrupting)
        first, last = block(nodes, 0)
        connect(nodes, event, first)
        if interrupting:
            connect(nodes, last, join)
        else:
            connect(nodes, last, nodes.add(type="end", actor="one"))
        connect(nodes, task, join)
        return task, join
    inner = Nodes(draw, max(2, nodes.left - 2), nodes.more)
    sub = nodes.add(type="subprocess", name="S", **{k: v for k, v in draw(data_words()).items() if k != "repeats"})
    inner.prefix = f"{sub}_"
    first, last = block(inner, depth - 1)
    if draw(st.booleans()):
        connect(inner, inner.add(type="start", actor="one"), first)
    end = inner.add(type="end", actor="one", **({"trigger": "terminate"} if draw(st.integers(0, 3)) == 0 else {}))
    connect(inner, last, end)
    tidy(inner)
    nodes.left -= len(inner.nodes)
    nodes.nodes[sub]["nodes"] = inner.nodes
    if draw(st.booleans()):
        event = nodes.add(
            type="boundary", actor="one", trigger="timer", attached_to=sub, interrupting=draw(st.booleans())
        )
        if nodes.nodes[event]["interrupting"]:
            join = nodes.add(type="exclusive", actor="one")
            connect(nodes, sub, join)
            connect(nodes, event, join)
            return sub, join
        connect(nodes, event, nodes.add(type="end", actor="one"))
    return sub, sub


def connect(nodes: Nodes, source: str, target: str, *, when: str | None = None) -> None:
    flow: dict[str, Any] = {"to": target}
    if when is not None:
        flow["when"] = when
    elif nodes.nodes[source].pop("pending", False):
        flow["when"] = "on"
    nodes.nodes[source].setdefault("next", []).append(flow)


def tidy(nodes: Nodes) -> None:
    for node in nodes.nodes.values():
        node.pop("pending", None)


@st.composite
def structured(
    draw: st.DrawFn, prefix: str = "", most: int = 8, more: Mapping[str, DrawBlock] | None = None
) -> dict[str, Any]:
    """Draw the nodes of a process made of blocks, and of further kinds of blocks."""
    nodes = Nodes(draw, most, more)
    nodes.prefix = prefix
    first, last = block(nodes, 3)
    start = nodes.add(type="start", actor="person")
    connect(nodes, start, first)
    if draw(st.integers(0, 4)) == 0:
        connect(nodes, nodes.add(type="start", actor="person"), first)
    end = nodes.add(type="end", actor="person", **({"trigger": "terminate"} if draw(st.integers(0, 4)) == 0 else {}))
    connect(nodes, last, end)
    tidy(nodes)
    return nodes.nodes


@st.composite
def unstructured(draw: st.DrawFn, prefix: str = "") -> dict[str, Any]:
    """Draw nodes with flows at random; most are not sound."""
    count = draw(st.integers(2, 6))
    names = [f"{prefix}n{number}" for number in range(count)]
    nodes: dict[str, Any] = {}
    if draw(st.integers(0, 5)):
        nodes[f"{prefix}start"] = {
            "type": "start",
            "actor": "person",
            "next": draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)),
        }
    for number, name in enumerate(names):
        kind = draw(
            st.sampled_from(("task", "task", "exclusive", "parallel", "inclusive", "end", "terminate", "catch"))
        )
        if kind in ("end", "terminate") or (number == count - 1 and kind != "catch"):
            nodes[name] = {"type": "end", "actor": "one", **({"trigger": "terminate"} if kind == "terminate" else {})}
            continue
        forward = names[number + 1 :] or names
        targets = draw(st.lists(st.sampled_from(forward), min_size=1, max_size=2, unique=True))
        if draw(st.integers(0, 4)) == 0:
            targets = list(dict.fromkeys([*targets, draw(st.sampled_from(names))]))
        flows: list[Any] = [{"to": target} for target in targets]
        if len(flows) > 1 and kind in ("exclusive", "inclusive"):
            flows = [{"to": target, "when": target} for target in targets]
        if kind == "task":
            nodes[name] = {"name": "T", **draw(data_words())}
            if len(flows) > 1 and draw(st.booleans()):
                flows = [{"to": target, "when": target} for target in targets[:-1]] + flows[-1:]
        elif kind == "catch":
            nodes[name] = {"type": "catch", "trigger": "message", "actor": "two"}
        else:
            nodes[name] = {"type": kind, "actor": "one"}
        nodes[name]["next"] = flows
    hosts = [name for name in names if nodes[name].get("name") == "T"]
    if hosts and draw(st.integers(0, 2)) == 0:
        nodes[f"{prefix}late"] = {
            "type": "boundary",
            "trigger": "timer",
            "actor": "one",
            "attached_to": draw(st.sampled_from(hosts)),
            "interrupting": draw(st.booleans()),
            "next": draw(st.sampled_from(names)),
        }
    return nodes


def all_ids(nodes: dict[str, Any]) -> list[str]:
    return [id_ for name, node in nodes.items() for id_ in (name, *all_ids(node.get("nodes", {})))]


@st.composite
def small_models(draw: st.DrawFn, nodes: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """Draw a whole model around the nodes of a process; sometimes a handover starts a second one."""
    main = draw(nodes)
    ids = all_ids(main)
    processes: dict[str, Any] = {"p": {"name": "P", "nodes": main, "handovers": []}}
    steps = list(ids)
    items = st.lists(st.sampled_from((*ITEMS, "group")), min_size=1, max_size=2, unique=True)
    if draw(st.integers(0, 4)) == 0:
        second = draw(structured("q", 3))
        start = next(id_ for id_, node in second.items() if node.get("type") == "start")
        processes["q"] = {"name": "Q", "nodes": second, "handovers": []}
        processes["p"]["handovers"].append(
            {"id": "starts", "from": draw(st.sampled_from(steps)), "to": start, "triggers": True, "data": draw(items)}
        )
        steps = [*steps, *all_ids(second)]
    for number in range(draw(st.integers(0, 2))):
        source = draw(st.sampled_from(steps))
        target: Any = draw(st.sampled_from([*steps, {"actor": "three"}]))
        if source == target:
            continue
        handover: dict[str, Any] = {"id": f"h{number}", "from": source, "to": target, "data": draw(items)}
        extra = draw(st.sampled_from(("plain", "carried", "carried", "waits", "via", "documents")))
        if extra == "carried":
            handover["channel"] = ["paper_carried"]
        elif extra == "waits":
            handover["waits"] = True
        elif extra == "via":
            handover["via"] = draw(st.sampled_from(SYSTEMS))
        elif extra == "documents":
            handover["data"] = "none"
            handover["documents"] = [draw(st.sampled_from(DOCUMENTS))]
        processes["p" if source in ids else "q"]["handovers"].append(handover)
    readers = st.lists(
        st.sampled_from(("one", {"actor": "two", "data": ["alpha"]}, {"actor": "three", "used": False})),
        max_size=2,
        unique_by=repr,
    )
    return {
        "processes": processes,
        "readers": {system: draw(readers) for system in SYSTEMS},
        "holds": {system: draw(st.sampled_from(("none", "none", ["beta"]))) for system in SYSTEMS},
        "held": {document: draw(st.sampled_from((False, None, True))) for document in DOCUMENTS},
    }


def build(plain: dict[str, Any]) -> ArrivalModel:
    """Return the model with the processes and rights that were drawn, and else always the same registries."""
    held = plain.get("held", dict.fromkeys(DOCUMENTS, False))
    prints = plain.get("prints", {"letter": ["alpha"], "card": ["group"]})
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "M",
            "state": "as_is",
            "actors": {actor: {"name": actor, "kind": "person" if actor == "person" else "other"} for actor in ACTORS},
            "systems": {
                system: {
                    "name": system,
                    "operated_by": "one",
                    "readers": plain["readers"][system],
                    "holds": plain["holds"][system],
                }
                for system in SYSTEMS
            },
            "data": {
                "alpha": {"name": "A", "category": "identity"},
                "beta": {"name": "B", "category": "identity"},
                "alias": {"name": "C", "category": "identity", "canonical": "alpha"},
                "group": {"name": "D", "contains": ["alpha", "beta"]},
            },
            "documents": {
                "letter": {"name": "L", "prints": prints["letter"], "held_at_start": held["letter"]},
                "card": {"name": "K", "prints": prints["card"], "issuer": ["two"], "held_at_start": held["card"]},
            },
            "cohorts": {
                "c": {
                    "name": "C",
                    "members": {"adult": {"name": "E", "role": "applicant"}, "child": {"name": "K", "role": "child"}},
                }
            },
            "processes": plain["processes"],
        }
    )


plain_models = st.one_of(small_models(structured()), small_models(structured()), small_models(unstructured()))
