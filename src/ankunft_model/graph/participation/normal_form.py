"""The normal form of a process: every gateway splits or joins, every other node has one way in and one way out.

Boundary events become splits of their step: an interrupting one an exclusive split, a non-interrupting one a spawn
(one way goes on, side threads begin). Gateways that neither split nor join are left out.

Source: design of the collaboration view, part 1 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from ankunft_model.errors import ExportError
from ankunft_model.model import AnyNode, ArrivalModel, Event, Flow, Gateway, Process, SubProcess
from ankunft_model.wording import Wording

Kind = Literal[
    "start", "end", "step", "event", "boundary",
    "exclusive_split", "exclusive_join", "parallel_split", "parallel_join", "inclusive_split", "inclusive_join",
    "event_split", "boundary_split", "spawn",
]  # fmt: skip
"""What a normal node does.

`boundary_split` chooses between the completion of a step and its interrupting boundary events; `spawn` begins side
threads and goes on; `event` is an intermediate event, `boundary` a boundary event.
"""

SPLITS: frozenset[Kind] = frozenset(
    ("exclusive_split", "parallel_split", "inclusive_split", "event_split", "boundary_split", "spawn")
)
JOINS: frozenset[Kind] = frozenset(("exclusive_join", "parallel_join", "inclusive_join"))
DECISIONS: frozenset[Kind] = frozenset(("exclusive_split", "event_split", "boundary_split"))
"""Splits of which exactly one way is taken."""
LEAVING_OPEN: frozenset[Kind] = frozenset((*DECISIONS, "inclusive_split", "spawn"))
"""Nodes at which it is open which ways are taken: a spawn's side threads begin, or do not."""


@dataclass(frozen=True, slots=True)
class NormalNode:
    """A node of the normal form.

    Attributes:
        id: Unique in the normal form; the model's id for the node that represents a model node.
        kind: What it does.
        element: The node of the model it stems from, if any.
        actor: Id of the actor that the model names for it; None where it names none.
        held_by: Id of the organisation in whose pool it stands although another may act.
    """

    id: str
    kind: Kind
    element: AnyNode | None = None
    actor: str | None = None
    held_by: str | None = None


@dataclass(frozen=True, slots=True)
class NormalFlow:
    """A flow of the normal form.

    Attributes:
        id: Unique in the normal form; the model's id for flows of the model.
        source: Id of the node it leaves.
        target: Id of the node it enters.
        flow: The flow of the model it stems from, if any; it carries answer, name and default mark.
    """

    id: str
    source: str
    target: str
    flow: Flow | None = None


@dataclass(frozen=True)
class NormalForm:
    """Nodes and flows of a process in normal form, in declared order.

    Attributes:
        sides: Of spawns: the ids of the flows that begin side threads; the one other flow goes on.
        kept: Ids of model nodes that send messages beside the control flow, and so stay even if they are idle joins.
    """

    nodes: dict[str, NormalNode]
    flows: dict[str, NormalFlow]
    sides: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    kept: frozenset[str] = frozenset()

    @cached_property
    def outgoing(self) -> dict[str, tuple[str, ...]]:
        """Ids of the flows that leave each node, in declared order."""
        return _by_end(self.nodes, ((flow.source, flow.id) for flow in self.flows.values()))

    @cached_property
    def incoming(self) -> dict[str, tuple[str, ...]]:
        """Ids of the flows that enter each node, in declared order."""
        return _by_end(self.nodes, ((flow.target, flow.id) for flow in self.flows.values()))

    @cached_property
    def starts(self) -> tuple[str, ...]:
        """Ids of the start events."""
        return tuple(node.id for node in self.nodes.values() if node.kind == "start")

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The place of each node in the declared order, by its id."""
        return {id_: place for place, id_ in enumerate(self.nodes)}

    @cached_property
    def place_of_flow(self) -> dict[str, int]:
        """The place of each flow in the declared order, by its id."""
        return {id_: place for place, id_ in enumerate(self.flows)}

    def only_out(self, node: str) -> str:
        """Return the id of the one flow on which control goes on after `node`; of a spawn, not its side threads."""
        (flow,) = (flow for flow in self.outgoing[node] if flow not in self.sides.get(node, ()))
        return flow

    def source(self, flow: str) -> NormalNode:
        """Return the node that the flow leaves."""
        return self.nodes[self.flows[flow].source]

    def target(self, flow: str) -> NormalNode:
        """Return the node that the flow enters."""
        return self.nodes[self.flows[flow].target]

    def nodes_before(self, goals: Iterable[str]) -> frozenset[str]:
        """Return the ids of all nodes from which one of the nodes `goals` can be reached, these included."""
        found = set(goals)
        stack = list(found)
        while stack:
            for flow in self.incoming[stack.pop()]:
                source = self.flows[flow].source
                if source not in found:
                    found.add(source)
                    stack.append(source)
        return frozenset(found)

    def fresh(self, base: str) -> str:
        """Return an id that begins with `base` and is not taken by a node or flow."""
        id_, number = base, 1
        while id_ in self.nodes or id_ in self.flows:
            number += 1
            id_ = f"{base}.{number}"
        return id_


def _by_end(nodes: Iterable[str], ends: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {node: [] for node in nodes}
    for node, flow in ends:
        found[node].append(flow)
    return {node: tuple(flows) for node, flows in found.items()}


class NormalFormBuilder:
    """Collects nodes and flows; a mutable companion of `NormalForm` for the passes that change it.

    The passes of this room read a `NormalForm`, open it with `NormalFormBuilder.of`, change, and `build` a new one.
    """

    def __init__(self) -> None:
        self.nodes: dict[str, NormalNode] = {}
        self.flows: dict[str, NormalFlow] = {}
        self.sides: dict[str, tuple[str, ...]] = {}
        self.kept: frozenset[str] = frozenset()

    @classmethod
    def of(cls, form: NormalForm) -> NormalFormBuilder:
        """Return a builder that begins with the content of `form`."""
        builder = cls()
        builder.nodes, builder.flows, builder.sides = dict(form.nodes), dict(form.flows), dict(form.sides)
        builder.kept = form.kept
        return builder

    def add_node(self, node: NormalNode) -> str:
        """Add a node; if its id is taken, under the next free one. Return the id."""
        id_ = self.fresh(node.id)
        self.nodes[id_] = node if id_ == node.id else replace(node, id=id_)
        return id_

    def add_flow(self, source: str, target: str, *, id_: str | None = None, flow: Flow | None = None) -> str:
        """Add a flow, called `SOURCE>TARGET` if no id is given or it is taken. Return the id."""
        is_free = id_ is not None and id_ not in self.flows and id_ not in self.nodes
        chosen = id_ if id_ is not None and is_free else self.fresh(f"{source}>{target}")
        self.flows[chosen] = NormalFlow(chosen, source, target, flow)
        return chosen

    def retarget(self, flow: str, target: str) -> None:
        """Lead an existing flow to another node."""
        self.flows[flow] = replace(self.flows[flow], target=target)

    def fresh(self, base: str) -> str:
        """Return an id that begins with `base` and is not taken."""
        id_, number = base, 1
        while id_ in self.nodes or id_ in self.flows:
            number += 1
            id_ = f"{base}.{number}"
        return id_

    def build(self) -> NormalForm:
        """Return what was collected."""
        return NormalForm(dict(self.nodes), dict(self.flows), dict(self.sides), self.kept)


_SPLIT_OF_GATEWAY: dict[str, Kind] = {
    "exclusive": "exclusive_split",
    "parallel": "parallel_split",
    "inclusive": "inclusive_split",
    "event_based": "event_split",
}
_JOIN_OF_GATEWAY: dict[str, Kind] = {
    "exclusive": "exclusive_join",
    "parallel": "parallel_join",
    "inclusive": "inclusive_join",
    "event_based": "exclusive_join",
}


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where the flows into a model node arrive, and where those out of it leave."""

    entry: str
    exit: str


def normalise(process: Process, kept: frozenset[str] = frozenset()) -> NormalForm:
    """Return the normal form of `process`; a sub-process is one node of it, and nodes of `kept` stay.

    Raises:
        ExportError: the process has no start event, or a step has flows with and without condition.
    """
    return normalise_nodes(process.id, tuple(process.nodes.values()), _flow_ids(process), kept)


def senders_beside_the_flow(model: ArrivalModel) -> frozenset[str]:
    """Return the ids of the nodes whose handovers start another process or are waited for."""
    return model.senders_beside_the_flow


def _flow_ids(process: Process) -> dict[tuple[str, int], str]:
    ids: dict[tuple[str, int], str] = {}
    count: dict[str, int] = {}
    for flow in process.flows:
        index = count.get(flow.source, 0)
        count[flow.source] = index + 1
        ids[flow.source, index] = flow.id
    return ids


def flow_ids(process: Process) -> dict[tuple[str, int], str]:
    """Return the id of each flow of `process` by its source and its place there."""
    return _flow_ids(process)


def normalise_nodes(
    scope: str, nodes: tuple[AnyNode, ...], ids: dict[tuple[str, int], str], kept: frozenset[str] = frozenset()
) -> NormalForm:
    """Return the normal form of the nodes of one scope: a process, or the inside of a sub-process.

    Args:
        scope: Id of the process or sub-process, for messages.
        nodes: Its nodes, in declared order.
        ids: The id of each flow by its source and its place there.
        kept: Ids of nodes that stay, although a gateway with one way in and one way out is otherwise left out.

    Raises:
        ExportError: there is no start event, or a step has flows with and without condition.
    """
    if not any(node.type == "start" for node in nodes):
        raise ExportError(
            Wording(
                de=f"„{scope}“ hat kein Startereignis. Ergänzen Sie einen Knoten mit type: start.",
                en=f"{scope!r} has no start event; add a node of type start",
            ),
            element_id=scope,
        )
    builder = NormalFormBuilder()
    builder.kept = kept
    inputs: dict[str, int] = {}
    boundaries: dict[str, list[Event]] = {}
    for node in nodes:
        for flow in node.next:
            inputs[flow.to] = inputs.get(flow.to, 0) + 1
        if isinstance(node, Event) and node.type == "boundary" and node.attached_to is not None:
            boundaries.setdefault(node.attached_to, []).append(node)
    ends: dict[str, _Ends] = {}
    skipped: dict[str, AnyNode] = {}
    for node in nodes:
        if isinstance(node, Gateway):
            if inputs.get(node.id, 0) <= 1 and len(node.next) == 1 and node.id not in kept:
                skipped[node.id] = node
            else:
                ends[node.id] = _add_gateway(builder, node, inputs.get(node.id, 0))
        else:
            ends[node.id] = _add_other(builder, node, inputs.get(node.id, 0), boundaries.get(node.id, []))
    for node in nodes:
        if node.id in skipped:
            continue
        for index, flow in enumerate(node.next):
            builder.add_flow(
                ends[node.id].exit, ends[_behind(flow.to, skipped)].entry, id_=ids[node.id, index], flow=flow
            )
    for host, events in boundaries.items():
        for event in events:
            place = _spawn_of(host) if not event.interrupting else _boundary_split_of(host)
            flow_id = builder.add_flow(place, event.id)
            if not event.interrupting:
                builder.sides[place] = (*builder.sides.get(place, ()), flow_id)
    return builder.build()


def _behind(target: str, skipped: dict[str, AnyNode]) -> str:
    seen: set[str] = set()
    while target in skipped and target not in seen:
        seen.add(target)
        target = skipped[target].next[0].to
    if target in skipped:
        raise ExportError(
            Wording(
                de=f"Die Verzweigung „{target}“ führt nur auf sich selbst zurück.",
                en=f"gateway {target!r} only leads back to itself",
            ),
            element_id=target,
        )
    return target


def _actor(node: AnyNode) -> str | None:
    return None if node.actor == "none" else node.actor


def _add_gateway(builder: NormalFormBuilder, node: Gateway, inputs: int) -> _Ends:
    """Add a join, a split, or a join before a split; the part that decides keeps the id."""
    joins, splits = inputs > 1, len(node.next) > 1
    join, split = _JOIN_OF_GATEWAY[node.type], _SPLIT_OF_GATEWAY[node.type]
    if not splits:
        builder.nodes[node.id] = NormalNode(node.id, join if joins else "exclusive_join", node, _actor(node))
        return _Ends(node.id, node.id)
    builder.nodes[node.id] = NormalNode(node.id, split, node, _actor(node))
    if not joins:
        return _Ends(node.id, node.id)
    entry = builder.add_node(NormalNode(f"{node.id}.join", join, node, _actor(node)))
    builder.add_flow(entry, node.id)
    return _Ends(entry, node.id)


def _spawn_of(host: str) -> str:
    return f"{host}.spawn"


def _boundary_split_of(host: str) -> str:
    return f"{host}.boundary"


def _add_other(builder: NormalFormBuilder, node: AnyNode, inputs: int, boundaries: list[Event]) -> _Ends:
    """Add a step or event with the joins and splits that it needs around it."""
    kind: Kind = "step"
    if isinstance(node, Event):
        kind = {"start": "start", "end": "end", "boundary": "boundary"}.get(node.type, "event")  # type: ignore[assignment]
    builder.nodes[node.id] = NormalNode(node.id, kind, node, _actor(node))
    entry = exit_ = node.id
    if any(not event.interrupting for event in boundaries):
        entry = builder.add_node(NormalNode(_spawn_of(node.id), "spawn", node, _actor(node)))
        builder.add_flow(entry, node.id)
    if inputs > 1:
        join = builder.add_node(NormalNode(f"{node.id}.join", "exclusive_join"))
        builder.add_flow(join, entry)
        entry = join
    if any(event.interrupting for event in boundaries):
        split = builder.add_node(NormalNode(_boundary_split_of(node.id), "boundary_split", node, _actor(node)))
        builder.add_flow(exit_, split)
        exit_ = split
    if len(node.next) > 1:
        conditioned = [flow.when is not None or flow.default for flow in node.next]
        if any(conditioned) and not all(conditioned):
            raise ExportError(
                Wording(
                    de=f"Der Schritt „{node.id}“ hat Ausgänge mit und ohne Bedingung. Setzen Sie ein Gateway dahinter.",
                    en=f"step {node.id!r} has flows with and without condition; put a gateway behind it",
                ),
                element_id=node.id,
            )
        split_kind: Kind = "inclusive_split" if all(conditioned) else "parallel_split"
        split = builder.add_node(NormalNode(f"{node.id}.split", split_kind))
        builder.add_flow(exit_, split)
        exit_ = split
    return _Ends(entry, exit_)


def is_sub_process(node: NormalNode) -> bool:
    """Return whether the node stands for a whole sub-process."""
    return isinstance(node.element, SubProcess)
