"""Tangled parallel parts: one organisation conducts, every other acts on an order and answers.

Where parallel branches do not lie in blocks, no organisation can tell from its own messages where its token waits. Then
one organisation takes all gateways of the process. What another does is an order to it: thrown here, started by the
message there, done, answered by its end, caught here. That is right for any sound process, at the price of two messages
for each order.

Source: design of the collaboration view, part 6 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from ankunft_model.errors import ExportError
from ankunft_model.exports.bpmn.pool_elements import ElementKind, PoolElement, PoolFlow, PoolProcess
from ankunft_model.graph.participation.normal_form import NormalFlow, NormalForm, NormalNode
from ankunft_model.graph.participation.owners import UNKNOWN_OWNER, explicit_owners
from ankunft_model.graph.participation.parted_blocks import tangled
from ankunft_model.graph.participation.terminating_ends import is_terminating, stops_others
from ankunft_model.model import ArrivalModel, Event
from ankunft_model.wording import Wording

_MOVABLE = ("start", "end", "step", "event")
"""Kinds of nodes that another organisation than the conductor can do on an order."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What an organisation does without a gateway in between.

    Attributes:
        owner: The organisation.
        nodes: Ids of its nodes, in order.
        order: The flow that orders it; None where it begins the process.
        answer: The flow that answers; None where it ends the process.
    """

    owner: str
    nodes: tuple[str, ...]
    order: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Conducted:
    """A process in the hands of one organisation.

    Attributes:
        conductor: The organisation.
        form: The process, with a pass-through of the conductor between errands that follow each other.
        conducted: The form as the conductor sees it: each errand is its order and its answer.
        owner_of: The organisation of each node of `form`.
        errands: What the others do.
    """

    conductor: str
    form: NormalForm
    conducted: NormalForm
    owner_of: Mapping[str, str]
    errands: tuple[Errand, ...]


def conduct(model: ArrivalModel, form: NormalForm) -> Conducted:
    """Return `form` in the hands of the organisation that does most in it, of those that can conduct it.

    Precondition: the process is sound, and no two tokens ever lie on one flow.

    Raises:
        ExportError: whoever conducts it, another organisation has an event at the border of a step, is waited for by an
            event-based gateway, or would have to be stopped at work.
    """
    explicit = explicit_owners(model, form)
    work = Counter(explicit[node.id] for node in form.nodes.values() if node.kind == "step" and node.id in explicit)
    reason: ExportError | None = None
    for conductor in [owner for owner, _ in work.most_common()] or [next(iter(explicit.values()), UNKNOWN_OWNER)]:
        owner_of = _owners(form, explicit, conductor)
        try:
            _check(form, owner_of, conductor)
        except ExportError as error:
            reason = reason or error
            continue
        parted = _with_pass_throughs(form, owner_of, conductor)
        errands = tuple(_errands(parted, owner_of, conductor))
        return Conducted(conductor, parted, _as_conducted(parted, owner_of, errands, conductor), owner_of, errands)
    assert reason is not None
    raise reason


def every_node_leads_to_an_end(form: NormalForm) -> bool:
    """Return whether there is a way to an end from every node; a process without one can run for ever."""
    found = {node.id for node in form.nodes.values() if not form.outgoing[node.id]}
    stack = list(found)
    while stack:
        for flow in form.incoming[stack.pop()]:
            source = form.flows[flow].source
            if source not in found:
                found.add(source)
                stack.append(source)
    return len(found) == len(form.nodes)


def conducting_pool(pool: PoolProcess, errands: tuple[Errand, ...]) -> PoolProcess:
    """Return the conductor's pool, drawn from `Conducted.conducted`, with its throws, catches, starts and ends."""
    changed: dict[str, PoolElement] = {}
    for errand in errands:
        order, answer = errand.order, errand.answer
        if order is not None and answer is not None:
            changed[f"throw:{order}"] = PoolElement(f"throw:{order}", "throw", sends=(order,))
            changed[f"catch:{answer}"] = PoolElement(f"catch:{answer}", "catch", receives=answer)
        elif order is not None:
            changed[f"end:{order}"] = PoolElement(f"end:{order}", "end", sends=(order,))
        elif answer is not None:
            changed[f"start:{answer}"] = PoolElement(f"start:{answer}", "start", receives=answer)
    return replace(pool, elements=tuple(changed.get(element.id, element) for element in pool.elements))


def errand_pools(
    conducted: Conducted,
    inner: Mapping[str, PoolProcess],
    sent: Mapping[str, tuple[str, ...]],
    starting: Mapping[str, tuple[str, ...]],
) -> tuple[PoolProcess, ...]:
    """Return the pools of the others, in the order of their first errand: one row for each errand.

    Args:
        conducted: Who does what.
        inner: The insides of sub-processes.
        sent: What nodes send beside the control flow.
        starting: The message that starts the process, by its start event.
    """
    form = conducted.form
    between = {(flow.source, flow.target): flow for flow in form.flows.values()}
    rows: dict[str, tuple[list[PoolElement], list[PoolFlow]]] = {}
    for errand in conducted.errands:
        elements, flows = rows.setdefault(errand.owner, ([], []))
        row = [one for node in errand.nodes for one in _elements(form.nodes[node], inner, sent.get(node, ()), starting)]
        if errand.order is not None:
            row.insert(0, PoolElement(f"start:{errand.order}", "start", receives=errand.order))
        if errand.answer is not None:
            row.append(PoolElement(f"end:{errand.answer}", "end", sends=(errand.answer,)))
        elements.extend(row)
        flows.extend(PoolFlow(one.id, other.id, between.get((one.id, other.id))) for one, other in pairwise(row))
    return tuple(PoolProcess(owner, tuple(elements), tuple(flows)) for owner, (elements, flows) in rows.items())


def _elements(
    node: NormalNode,
    inner: Mapping[str, PoolProcess],
    sent: tuple[str, ...],
    starting: Mapping[str, tuple[str, ...]],
) -> list[PoolElement]:
    """Return the element of a node, followed by what it sends if it cannot send that itself."""
    kind: ElementKind = node.kind  # type: ignore[assignment]  # kinds in `_MOVABLE` are kinds of both
    element = PoolElement(
        node.id, kind, node, inner=inner.get(node.id), receives=next(iter(starting.get(node.id, ())), None)
    )
    if kind in ("step", "end"):
        return [replace(element, sends=sent)]
    return [element, *(PoolElement(f"throw:{mark}", "throw", sends=(mark,)) for mark in sent)]


def _owners(form: NormalForm, explicit: Mapping[str, str], conductor: str) -> dict[str, str]:
    """Return who does each node: gateways the conductor, ends without actor who acts before, starts who acts after."""
    found: dict[str, str] = {}
    for node in form.nodes.values():
        found[node.id] = explicit.get(node.id, conductor) if node.kind in _MOVABLE else conductor
    for node in form.nodes.values():
        if node.id in explicit or node.kind not in ("start", "end"):
            continue
        beside = (
            form.target(form.outgoing[node.id][0]) if node.kind == "start" else form.source(form.incoming[node.id][0])
        )
        found[node.id] = found[beside.id]
    return found


def _check(form: NormalForm, owner_of: Mapping[str, str], conductor: str) -> None:
    foreign = [node for node in form.nodes.values() if owner_of[node.id] != conductor]
    hosts = {node.element.attached_to for node in form.nodes.values() if isinstance(node.element, Event)}
    for node in foreign:
        if node.id in hosts:
            raise tangled(
                [node],
                Wording(
                    de="was eine andere Organisation tut, kann hier nicht von einem Ereignis unterbrochen werden",
                    en="what another organisation does cannot be interrupted by an event here",
                ),
            )
        if any(form.source(flow).kind == "event_split" for flow in form.incoming[node.id]):
            raise tangled(
                [node],
                Wording(
                    de="wer auf das erste von mehreren Ereignissen wartet, muss sie selbst empfangen",
                    en="who waits for the first of several events has to receive them itself",
                ),
            )
    stops = [node for node in form.nodes.values() if is_terminating(node)]
    if stops:
        raise stops_others(stops[0], stops[1:])


def _with_pass_throughs(form: NormalForm, owner_of: dict[str, str], conductor: str) -> NormalForm:
    """Return the form in which errands of different organisations have a node of the conductor between them."""
    nodes, flows = dict(form.nodes), dict(form.flows)
    for flow in form.flows.values():
        owners = (owner_of[flow.source], owner_of[flow.target])
        if conductor in owners or owners[0] == owners[1]:
            continue
        parted = NormalForm(nodes, flows, form.sides)
        passing, following = parted.fresh(f"{flow.id}.pass"), parted.fresh(f"{flow.id}.on")
        nodes[passing] = NormalNode(passing, "exclusive_join")
        owner_of[passing] = conductor
        flows[flow.id] = replace(flow, target=passing)
        flows[following] = NormalFlow(following, passing, flow.target)
    return NormalForm(nodes, flows, form.sides)


def _errands(form: NormalForm, owner_of: Mapping[str, str], conductor: str) -> list[Errand]:
    found: list[Errand] = []
    for node in form.nodes.values():
        owner = owner_of[node.id]
        if owner == conductor:
            continue
        order = next(iter(form.incoming[node.id]), None)
        if order is not None and owner_of[form.source(order).id] == owner:
            continue  # the errand begins earlier
        nodes = [node.id]
        answer = next(iter(form.outgoing[node.id]), None)
        while answer is not None and owner_of[form.target(answer).id] == owner:
            nodes.append(form.target(answer).id)
            answer = next(iter(form.outgoing[nodes[-1]]), None)
        found.append(Errand(owner, tuple(nodes), order, answer))
    return found


def _as_conducted(
    form: NormalForm, owner_of: Mapping[str, str], errands: tuple[Errand, ...], conductor: str
) -> NormalForm:
    """Return the conductor's process: an event for each order and each answer in the place of the errand."""
    nodes = {node.id: node for node in form.nodes.values() if owner_of[node.id] == conductor}
    flows = {flow.id: flow for flow in form.flows.values() if flow.source in nodes and flow.target in nodes}
    for errand in errands:
        order, answer = errand.order, errand.answer
        if order is not None:
            id_ = f"throw:{order}" if answer is not None else f"end:{order}"
            nodes[id_] = NormalNode(id_, "event" if answer is not None else "end")
            flows[order] = replace(form.flows[order], target=id_)
        if answer is not None:
            id_ = f"catch:{answer}" if order is not None else f"start:{answer}"
            nodes[id_] = NormalNode(id_, "event" if order is not None else "start")
            flows[answer] = replace(form.flows[answer], source=id_)
        if order is not None and answer is not None:
            link = f"{order}.link"
            flows[link] = NormalFlow(link, f"throw:{order}", f"catch:{answer}")
    return NormalForm(nodes, flows, form.sides)
