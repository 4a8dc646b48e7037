"""From one journey to organisations that fit together: one well-formed process per organisation, and their messages.

The pools together do exactly the runs of the model, never block, and leave no token and no message behind; a process
for which this cannot be guaranteed is refused.

Source: design of the collaboration view (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from ankunft_model.errors import ExportError
from ankunft_model.exports.bpmn.asked_marks import asked_marks
from ankunft_model.exports.bpmn.known_soundness import KnownSoundness
from ankunft_model.exports.bpmn.marks import (
    Marks,
    lines_in_pools,
    marks_of,
    of_process,
    with_lines_in_one_instance,
)
from ankunft_model.exports.bpmn.orders import conduct, every_node_leads_to_an_end
from ankunft_model.exports.bpmn.pool_elements import HANDOVER_KEY, PoolMessage, PoolProcess, note_key
from ankunft_model.exports.bpmn.pools import draw_pool
from ankunft_model.exports.bpmn.single_hands import (
    ConductedRegion,
    conduct_smallest,
    conducted_pools,
    form_with_regions,
    insides,
    messages_of,
    ordered_flows,
    pools_with_regions,
    sole_thread,
    structure_or_none,
    unstructured,
)
from ankunft_model.exports.bpmn.waits import asked_to_wait, marks_to_wait_for, waiting_handovers, without_insides
from ankunft_model.graph.participation.division import Division, divide
from ankunft_model.graph.participation.normal_form import NormalForm
from ankunft_model.graph.participation.owners import (
    UNKNOWN_OWNER,
    Ownership,
    explicit_owners,
)
from ankunft_model.graph.participation.parted_blocks import tangled
from ankunft_model.graph.participation.sub_processes import (
    held_sub_processes,
    shared_sub_processes,
    without_shared_sub_processes,
)
from ankunft_model.graph.participation.threads import PoolThreads
from ankunft_model.model import ArrivalModel, Handover, Process
from ankunft_model.wording import Wording

_MOST_TRIED: Final = 8
"""So many sub-processes of several organisations are tried to be kept whole one by one."""


@dataclass(frozen=True, slots=True)
class Projection:
    """One process of the model as processes of organisations.

    Attributes:
        process: The process of the model.
        form: Its normal form; flows that cross are keys of messages.
        owner_of: The organisation of each node of the normal form.
        pools: In the order in which the organisations first act.
        messages: What passes between the pools, and to start events of other processes.
        conductors: The organisations that order what the others do, where parallel parts are tangled.
        held: Ids of sub-processes of several organisations that stay in the pool of one.
        held_steps: Ids of steps and events that stand in the pool of another, so that an end there can stop them.
        left_over: Ids of waiting handovers whose message may come although nobody takes it any more.
        asked: Ids of waiting handovers that are not needed in every run, so that the receiver asks for them.
        conditions: Ids of waiting handovers inside one pool: BPMN knows no message there, a condition is waited for.
        not_waited: Ids of handovers that nobody waits for in this drawing, although the model says so.
        unnotified: Pools that no note can tell that nothing more comes, where notes are asked for.
    """

    process: Process
    form: NormalForm
    owner_of: dict[str, str]
    pools: tuple[PoolProcess, ...]
    messages: tuple[PoolMessage, ...]
    conductors: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    held_steps: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    not_waited: tuple[str, ...] = ()
    unnotified: tuple[str, ...] = ()


def project(model: ArrivalModel, process: Process, *, notify: bool = False) -> Projection:
    """Return `process` divided among the organisations that act in it.

    With `notify` whoever decides that nothing more comes tells those who wait, where that is possible: a message that
    the model does not have, and that needs no step. A sub-process of several organisations whose content cannot be
    divided stays whole in one pool.

    Raises:
        ExportError: the process cannot be divided such that the pools together do exactly its runs; the message says
            where and why.
    """
    shared = shared_sub_processes(model, process)
    one_whole = [frozenset((id_,)) for id_ in shared[:_MOST_TRIED]] if len(shared) > 1 else []
    soundness = KnownSoundness(process)
    reason: ExportError | None = None
    for whole in dict.fromkeys((frozenset[str](), *one_whole, frozenset(shared))):
        form = without_shared_sub_processes(model, process, whole)
        try:
            found = _divided(model, process, form, soundness, notify=notify)
        except ExportError as error:
            reason = reason or error
        else:
            return replace(found, held=tuple(node.id for node in held_sub_processes(model, form)))
    assert reason is not None
    raise reason


def _divided(
    model: ArrivalModel, process: Process, form: NormalForm, soundness: KnownSoundness, *, notify: bool
) -> Projection:
    """Return a process, given in normal form, in pools."""
    handovers = tuple(handover for other in model.processes.values() for handover in other.handovers or ())
    owners = set(explicit_owners(model, form).values())
    if len(owners) <= 1:
        structure = structure_or_none(form) or unstructured(form)
        marks_to_wait_for(structure, without_insides(form, of_process(process, handovers)))
        return draw_whole(process, form, next(iter(owners), UNKNOWN_OWNER), handovers)
    regions: tuple[ConductedRegion, ...] = ()
    try:
        division = divide(model, form, handovers, notify=notify)
    except ExportError as reason:
        own = of_process(process, handovers)
        found = _divided_around_regions(model, form, (own, handovers), soundness, notify=notify)
        if found is None:
            return _conducted(model, process, form, handovers, soundness, reason)
        division, regions = found
    structure, owner_of = division.ownership.structure, division.ownership.owner_of
    own = of_process(process, handovers)
    awaited = marks_to_wait_for(structure, without_insides(structure.form, own))
    inside = (one for one in waiting_handovers(structure.form, process, own) if one.from_node not in owner_of)
    asked = asked_marks(awaited, structure, owner_of)
    asked_ids = tuple(one.id for one in asked)
    left_over = tuple(
        mark.handover.id
        for mark in awaited
        if owner_of[mark.sender] != owner_of[mark.receiver] and not mark.is_taken and mark.handover.id not in asked_ids
    )
    unnotified = tuple(
        found.pool
        for found in division.threads
        if notify and any(one.is_starting and one.silences for one in found.class_of_exit.values())
    )
    marks, extra = marks_of(process, owner_of, handovers, (*(mark.handover for mark in awaited), *inside))
    marks = marks.with_lines(lines_in_pools(awaited, structure, owner_of, division.threads)).with_asked(asked)
    drawn = _drawn(process, division, handovers, (marks, extra), regions)
    held = tuple(id_ for id_, (actor, holder) in division.held.items() if model.top_actor(actor).id != holder)
    return replace(drawn, left_over=left_over, asked=asked_ids, unnotified=unnotified, held_steps=held)


def _divided_around_regions(
    model: ArrivalModel,
    form: NormalForm,
    own_and_all: tuple[tuple[Handover, ...], tuple[Handover, ...]],
    soundness: KnownSoundness,
    *,
    notify: bool,
) -> tuple[Division, tuple[ConductedRegion, ...]] | None:
    """Return the division of a process whose smallest tangled parts are conducted; None if that is not enough."""
    own, handovers = own_and_all
    if not every_node_leads_to_an_end(form) or not soundness.is_sound:
        return None
    beside = frozenset(
        end
        for handover in own
        if handover.waits and not handover.triggers
        for end in (handover.from_node, handover.to_node)
        if end is not None
    )
    regions: list[ConductedRegion] = []
    while (smallest := conduct_smallest(model, form, beside)) is not None:
        form, region = smallest
        regions.append(region)
        try:
            return divide(model, form, handovers, notify=notify), tuple(regions)
        except ExportError:
            continue
    return None


def _conducted(
    model: ArrivalModel,
    process: Process,
    form: NormalForm,
    handovers: tuple[Handover, ...],
    soundness: KnownSoundness,
    reason: ExportError,
) -> Projection:
    """Return a process that has no blocks in the hands of one organisation, or raise `reason` if that is not right."""
    waits = any(handover.waits and not handover.triggers for handover in of_process(process, handovers))
    if waits or not every_node_leads_to_an_end(form) or not soundness.is_sound:
        raise reason
    try:
        found = conduct(model, form)
    except ExportError:
        raise reason from None
    marks, extra = marks_of(process, found.owner_of, handovers, ())
    if any(len(ids) > 1 and found.owner_of[start] != found.conductor for start, ids in marks.starting.items()):
        raise reason
    pools = conducted_pools(process, found, marks)
    messages = messages_of(ordered_flows(found), found.form, handovers)
    messages.extend(PoolMessage(HANDOVER_KEY + handover.id, None, (handover.id,)) for handover in extra)
    _check_messages(found.form, pools, messages)
    return Projection(process, found.form, dict(found.owner_of), pools, tuple(messages), (found.conductor,))


def draw_whole(process: Process, form: NormalForm, owner: str, handovers: tuple[Handover, ...]) -> Projection:
    """Return a process as the work of one single pool, just as it is: no part of it has to be structured or sound.

    What is waited for, also inside sub-processes, is a condition there.
    """
    ownership = Ownership(unstructured(form), dict.fromkeys(form.nodes, owner))
    own = of_process(process, handovers)
    awaited = waiting_handovers(form, process, own)
    marks, extra = marks_of(process, ownership.owner_of, handovers, awaited)
    marks = with_lines_in_one_instance(structure_or_none(form), marks)
    drawn = _drawn(process, Division(ownership, (sole_thread(owner),)), handovers, (marks, extra))
    met = {handover.id for handover in awaited}
    return replace(drawn, not_waited=tuple(one.id for one in asked_to_wait(own) if one.id not in met))


def _drawn(
    process: Process,
    division: Division,
    handovers: tuple[Handover, ...],
    beside: tuple[Marks, tuple[Handover, ...]],
    regions: tuple[ConductedRegion, ...] = (),
) -> Projection:
    """Return the pools drawn up; `beside` are the messages beside the control flow, and the handovers that they are."""
    ownership, threads = division.ownership, division.threads
    outer = ownership.structure.form
    (marks, extra), notes = beside, _notes(threads)
    marks = marks.with_notes(notes)
    inner = insides(process, outer, ownership.owner_of, marks.inside)
    pools = tuple(draw_pool(ownership, found, marks, inner) for found in threads)
    pools = pools_with_regions(process, pools, regions, marks)
    form = form_with_regions(outer, regions)
    crossing = (flow for flow in outer.flows if ownership.crosses(flow))
    ordered = (flow for region in regions for flow in ordered_flows(region.found))
    messages = messages_of((*crossing, *ordered), form, handovers)
    messages.extend(PoolMessage(HANDOVER_KEY + handover.id, None, (handover.id,)) for handover in extra)
    messages.extend(PoolMessage(key, None, (), form.flows[flow]) for flow, keys in notes.items() for key in keys)
    messages.extend(message for asked in marks.asked for message in asked.messages(form))
    _check_messages(form, pools, messages)
    owner_of = dict(ownership.owner_of)
    for region in regions:
        owner_of.update(region.found.owner_of)
    conditions = tuple(
        element.awaits
        for pool in pools
        for level in pool.levels()
        for element in level.elements
        if element.awaits is not None
    )
    conductors = tuple(dict.fromkeys(region.found.conductor for region in regions))
    return Projection(process, form, owner_of, pools, tuple(messages), conductors, conditions=conditions)


def _notes(threads: tuple[PoolThreads, ...]) -> dict[str, tuple[str, ...]]:
    """Return the keys of the notes that nothing more comes, by the flow on which they are sent."""
    found: dict[str, dict[str, None]] = {}
    for pool in threads:
        for waiting in pool.class_of_exit.values():
            for flow in waiting.notes if waiting.is_notified else ():
                found.setdefault(flow, {})[note_key(pool.pool, flow)] = None
    return {flow: tuple(keys) for flow, keys in found.items()}


def _check_messages(form: NormalForm, pools: tuple[PoolProcess, ...], messages: list[PoolMessage]) -> None:
    """Refuse what must not happen: a crossing flow that is not thrown once and caught once."""
    thrown = Counter(key for pool in pools for element in pool.elements for key in element.sends)
    caught = Counter(element.receives for pool in pools for element in pool.elements)
    for message in messages:
        flow = message.flow or message.note
        if flow is None:
            continue
        if thrown[message.key] != 1 or caught[message.key] != 1:
            ends = (form.source(flow.id), form.target(flow.id))
            raise tangled(
                ends,
                Wording(
                    de="eine Nachricht hätte nicht genau einen Sender und einen Empfänger",
                    en="a message would not have exactly one sender and one receiver",
                ),
            )
