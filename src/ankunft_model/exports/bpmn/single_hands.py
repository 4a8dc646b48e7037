"""Work that lies in one hand: a whole process, a sub-process, or tangled parts that one organisation conducts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ankunft_model.errors import ExportError
from ankunft_model.exports.bpmn.marks import Marks, with_lines_in_one_instance
from ankunft_model.exports.bpmn.orders import Conducted, conduct, conducting_pool, errand_pools
from ankunft_model.exports.bpmn.pool_elements import PoolMessage, PoolProcess
from ankunft_model.exports.bpmn.pools import draw_pool
from ankunft_model.exports.bpmn.tangled_regions import content, tangled_regions, without
from ankunft_model.exports.bpmn.tidying import tidy
from ankunft_model.graph.participation.blocks import BlockStructure, find_blocks
from ankunft_model.graph.participation.dominance import ROOT, find_dominance
from ankunft_model.graph.participation.handover_paths import handovers_on_flows
from ankunft_model.graph.participation.normal_form import NormalForm, NormalNode, flow_ids, normalise_nodes
from ankunft_model.graph.participation.owners import UNKNOWN_OWNER, Ownership
from ankunft_model.graph.participation.threads import PoolThreads
from ankunft_model.model import ArrivalModel, Handover, Process, SubProcess


def unstructured(form: NormalForm) -> BlockStructure:
    """Return the structure of a form that is not looked at for blocks."""
    dominance = find_dominance(form)
    return BlockStructure(form, dominance, {}, {}, {}, {}, dict.fromkeys(dominance.order, ROOT))


def structure_or_none(form: NormalForm) -> BlockStructure | None:
    """Return the structure of a form with its blocks; None if it has none."""
    try:
        return find_blocks(form)
    except ExportError:
        return None


def sole_thread(owner: str) -> PoolThreads:
    """Return how an organisation takes part in what it does alone."""
    return PoolThreads(owner, frozenset(), frozenset(), {}, {})


def inside(process: Process, node: SubProcess, owner: str, marks: Marks) -> PoolProcess:
    """Return the inside of a sub-process of one organisation."""
    form = normalise_nodes(node.id, tuple(node.nodes.values()), flow_ids(process), frozenset(marks.sent))
    ownership = Ownership(unstructured(form), dict.fromkeys(form.nodes, owner))
    marks = with_lines_in_one_instance(structure_or_none(form), marks)
    return draw_pool(ownership, sole_thread(owner), marks, insides(process, form, ownership.owner_of, marks))


def insides(process: Process, form: NormalForm, owner_of: Mapping[str, str], marks: Marks) -> dict[str, PoolProcess]:
    """Return the insides of the sub-processes of a form, by their ids."""
    return {
        node.id: inside(process, node.element, owner_of[node.id], marks)
        for node in form.nodes.values()
        if node.kind == "step" and isinstance(node.element, SubProcess)
    }


def conducted_pools(process: Process, found: Conducted, marks: Marks) -> tuple[PoolProcess, ...]:
    """Return the pool of the conductor, then those of the others with their errands.

    Of the marks only what is sent, and what starts the process, is looked at.
    """
    marks = Marks(sent=marks.sent, starting=marks.starting)
    inner = insides(process, found.form, found.owner_of, marks)
    owners = dict.fromkeys(found.conducted.nodes, found.conductor)
    ownership = Ownership(unstructured(found.conducted), owners)
    conducting = draw_pool(ownership, sole_thread(found.conductor), marks, inner)
    errands = errand_pools(found, inner, marks.sent, marks.starting)
    return (conducting_pool(conducting, found.errands), *errands)


def messages_of(flows: Iterable[str], form: NormalForm, handovers: Iterable[Handover]) -> list[PoolMessage]:
    """Return the messages that go on crossing flows, with the handovers that name them."""
    naming = handovers_on_flows(form, handovers)
    return [
        PoolMessage(flow, form.flows[flow], tuple(handover.id for handover in naming.get(flow, ()))) for flow in flows
    ]


def ordered_flows(found: Conducted) -> tuple[str, ...]:
    """Return the flows on which the conductor gives orders and gets answers."""
    return tuple(flow for errand in found.errands for flow in (errand.order, errand.answer) if flow is not None)


@dataclass(frozen=True, slots=True)
class ConductedRegion:
    """A tangled part in the hands of one organisation; one node stands for it in the process around it.

    Attributes:
        place: That node.
        begin, end: Ids of the nodes of its content at which the flows to it arrive, and those from it leave.
        found: Who does what in it.
    """

    place: str
    begin: str
    end: str
    found: Conducted


def conduct_smallest(
    model: ArrivalModel, form: NormalForm, beside: frozenset[str]
) -> tuple[NormalForm, ConductedRegion] | None:
    """Return `form` with one node in the place of its smallest tangled part, and that part; None if there is none.

    Args:
        model: Says who acts.
        form: A sound process in normal form.
        beside: Nodes that wait for something beside the control flow, or send it; they are not conducted.
    """
    for region in tangled_regions(form):
        if not beside.isdisjoint(region.nodes):
            continue
        begin, end = form.fresh(f"{region.entry}.begin"), form.fresh(f"{region.exit}.end")
        part = content(form, region, NormalNode(begin, "exclusive_join"), NormalNode(end, "exclusive_join"))
        try:
            found = conduct(model, part)
        except ExportError:
            continue
        if found.conductor == UNKNOWN_OWNER:
            continue
        place = form.fresh(f"{region.entry}.conducted")
        outer = without(form, region, NormalNode(place, "event", None, found.conductor))
        return outer, ConductedRegion(place, begin, end, found)
    return None


def form_with_regions(form: NormalForm, regions: tuple[ConductedRegion, ...]) -> NormalForm:
    """Return `form` with the content of the regions in their places."""
    for region in reversed(regions):
        nodes = {id_: node for id_, node in form.nodes.items() if id_ != region.place}
        flows = {
            flow.id: replace(
                flow,
                source=region.end if flow.source == region.place else flow.source,
                target=region.begin if flow.target == region.place else flow.target,
            )
            for flow in form.flows.values()
        }
        inner = region.found.form
        form = NormalForm(
            {**nodes, **inner.nodes}, {**flows, **inner.flows}, {**form.sides, **inner.sides}, form.kept | inner.kept
        )
    return form


def pools_with_regions(
    process: Process, pools: tuple[PoolProcess, ...], regions: tuple[ConductedRegion, ...], marks: Marks
) -> tuple[PoolProcess, ...]:
    """Return the pools with what they do in the regions: the conductor in the place of the node, others in rows."""
    of = {pool.owner: pool for pool in pools}
    for region in reversed(regions):
        conducting, *errands = conducted_pools(process, region.found, marks)
        of[conducting.owner] = _put_in_place(of[conducting.owner], region, conducting)
        for errand in errands:
            before = of.get(errand.owner, PoolProcess(errand.owner, (), ()))
            of[errand.owner] = replace(
                before, elements=(*before.elements, *errand.elements), flows=(*before.flows, *errand.flows)
            )
    return tuple(of.values())


def _put_in_place(pool: PoolProcess, region: ConductedRegion, content: PoolProcess) -> PoolProcess:
    elements = [element for element in pool.elements if element.id != region.place]
    flows = [
        replace(
            flow,
            source=region.end if flow.source == region.place else flow.source,
            target=region.begin if flow.target == region.place else flow.target,
        )
        for flow in pool.flows
    ]
    return tidy(PoolProcess(pool.owner, (*elements, *content.elements), (*flows, *content.flows)))
