"""The smallest part of a process that is tangled: one way in, one way out, and no blocks inside.

A part with one way in and one way out of a sound process is sound by itself: everything in it is done when it is left.
So it can be put into the hands of one organisation while the process around it is divided as always.

Source: Vanhatalo, Völzer and Leymann, Faster and More Focused Control-Flow Analysis for Business Process Models Through
SESE Decomposition (ICSOC 2007), theorem 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ankunft_model.errors import ExportError
from ankunft_model.graph.dominators import find_dominators
from ankunft_model.graph.participation.blocks import find_blocks
from ankunft_model.graph.participation.dominance import find_dominance
from ankunft_model.graph.participation.normal_form import JOINS, SPLITS, NormalFlow, NormalForm, NormalNode

_MOST_NODES: Final = 400
"""In larger processes no region is looked for: each has to be tried for blocks."""
_NO_WAY_IN: Final = ("event_split", "boundary_split", "spawn")
_PARALLEL: Final = ("parallel_split", "inclusive_split", "spawn")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a process with one way in and one way out.

    Attributes:
        entry, exit: Ids of the flows that lead in and out.
        nodes: Ids of the nodes inside, in declared order.
    """

    entry: str
    exit: str
    nodes: tuple[str, ...]


def tangled_regions(form: NormalForm) -> Iterator[Region]:
    """Yield the regions without block structure, the smallest first; none in very large processes."""
    if len(form.nodes) > _MOST_NODES:
        return
    found = {(region.nodes): region for region in _regions(form)}
    for region in sorted(found.values(), key=lambda one: (len(one.nodes), form.place_of_flow[one.entry])):
        begin, end = NormalNode(form.fresh("begin"), "start"), NormalNode(form.fresh("end"), "end")
        try:
            find_blocks(content(form, region, begin, end))
        except ExportError:
            yield region


def content(form: NormalForm, region: Region, begin: NormalNode, end: NormalNode) -> NormalForm:
    """Return what lies inside a region, between two nodes that are not in `form`."""
    nodes = {begin.id: begin, **{id_: form.nodes[id_] for id_ in region.nodes}, end.id: end}
    flows = {flow.id: flow for flow in form.flows.values() if flow.source in nodes and flow.target in nodes}
    way_in, way_out = form.fresh(f"{region.entry}.in"), form.fresh(f"{region.exit}.out")
    first = {way_in: NormalFlow(way_in, begin.id, form.flows[region.entry].target)}
    last = {way_out: NormalFlow(way_out, form.flows[region.exit].source, end.id)}
    sides = {split: sides for split, sides in form.sides.items() if split in nodes}
    return NormalForm(nodes, {**first, **flows, **last}, sides, form.kept & nodes.keys())


def without(form: NormalForm, region: Region, place: NormalNode) -> NormalForm:
    """Return `form` with one node in the place of a region."""
    inside = set(region.nodes)
    nodes: dict[str, NormalNode] = {}
    for node in form.nodes.values():
        if node.id not in inside:
            nodes[node.id] = node
        elif node.id == region.nodes[0]:
            nodes[place.id] = place
    flows: dict[str, NormalFlow] = {}
    for flow in form.flows.values():
        if flow.id == region.entry:
            flows[flow.id] = replace(flow, target=place.id)
        elif flow.id == region.exit:
            flows[flow.id] = replace(flow, source=place.id)
        elif flow.source not in inside:
            flows[flow.id] = flow
    sides = {split: sides for split, sides in form.sides.items() if split in nodes}
    return NormalForm(nodes, flows, sides, form.kept & nodes.keys())


def _regions(form: NormalForm) -> Iterator[Region]:
    """Yield the regions from a gateway to a join in which something runs in parallel: steps around it stay outside.

    The way in is a flow that all ways to the region lead over, the way out one that all ways behind it lead over.
    """
    dominance = find_dominance(form)
    vertices = ["", *form.nodes, *form.flows]
    number = {vertex: place for place, vertex in enumerate(vertices)}
    before = [[number[node] for node in form.nodes if not form.outgoing[node]]]
    before += [[number[flow] for flow in form.incoming[node]] for node in form.nodes]
    before += [[number[flow.source]] for flow in form.flows.values()]
    behind = find_dominators(before, 0)
    for entry in form.flows.values():
        is_gateway = form.target(entry.id).kind in SPLITS or form.target(entry.id).kind in JOINS
        if not is_gateway or form.source(entry.id).kind in _NO_WAY_IN or _belong_together(form, entry):
            continue
        place = behind.parent[number[entry.id]]
        while place > 0:
            exit_ = form.flows.get(vertices[place])
            place = behind.parent[place]
            if exit_ is None or not dominance.dominates(entry.id, exit_.id):
                continue
            if form.source(exit_.id).kind not in JOINS or _belong_together(form, exit_):
                continue
            inside = _between(form, entry, exit_)
            if inside is not None and any(form.nodes[node].kind in _PARALLEL for node in inside):
                nodes = tuple(sorted(inside, key=form.place_of.__getitem__))
                yield Region(entry.id, exit_.id, nodes)


def _belong_together(form: NormalForm, flow: NormalFlow) -> bool:
    """Return whether the ends of a flow are parts of one node of the model: a step and what stands around it."""
    source, target = form.nodes[flow.source].element, form.nodes[flow.target].element
    return source is not None and source is target


def _between(form: NormalForm, entry: NormalFlow, exit_: NormalFlow) -> set[str] | None:
    """Return the nodes from `entry` to `exit_`, None if there are further ways in or out."""
    found = {entry.target}
    stack = [entry.target]
    while stack:
        node = stack.pop()
        if form.nodes[node].kind in ("start", "end"):
            return None
        for flow in form.outgoing[node]:
            target = form.flows[flow].target
            if flow != exit_.id and target not in found:
                found.add(target)
                stack.append(target)
    ways_in = {flow for node in found for flow in form.incoming[node] if form.flows[flow].source not in found}
    return found if ways_in == {entry.id} and exit_.source in found and exit_.target not in found else None
