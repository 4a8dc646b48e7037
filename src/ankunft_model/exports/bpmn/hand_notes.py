"""Notes that people have put into a diagram of ours, in the next export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ankunft_model.bpmn_xml import elements as bpmn


def with_notes_by_hand(definitions: bpmn.Definitions, notes: Sequence[bpmn.Artifact]) -> bpmn.Definitions:
    """Return the file with the notes, each where the element stands that it is about; lines to nothing are left out.

    A note is left out whose id the file has already.
    """
    known = _scopes(definitions)
    scope_of = {
        note.id: definitions.collaborations[0].id if definitions.collaborations else definitions.processes[0].id
        for note in notes
        if isinstance(note, bpmn.TextAnnotation) and note.id not in known
    }
    lines = [one for one in notes if isinstance(one, bpmn.Association) and one.id not in known]
    lines = [one for one in lines if {one.source_ref, one.target_ref} <= known.keys() | scope_of.keys()]
    for line in lines:
        for note, other in ((line.source_ref, line.target_ref), (line.target_ref, line.source_ref)):
            if note in scope_of and other in known:
                scope_of[note] = known[other]
    added: dict[str, list[bpmn.Artifact]] = {}
    for one in (*(note for note in notes if note.id in scope_of), *lines):
        end = one.id if not isinstance(one, bpmn.Association) else one.source_ref
        if isinstance(one, bpmn.Association) and end not in scope_of:
            end = one.target_ref
        added.setdefault(scope_of.get(end, ""), []).append(one)
    return _with_artifacts(definitions, added) if added else definitions


def _scopes(definitions: bpmn.Definitions) -> dict[str, str]:
    """Return the process, sub-process or collaboration in which each element stands, by id."""
    found: dict[str, str] = {}
    for one in definitions.collaborations:
        found |= dict.fromkeys([each.id for each in (*one.participants, *one.message_flows, *one.artifacts)], one.id)
    holders: list[bpmn.Process | bpmn.SubProcess] = list(definitions.processes)
    for holder in holders:
        found |= dict.fromkeys([each.id for each in (*holder.flow_elements, *holder.artifacts)], holder.id)
        holders += [one for one in holder.flow_elements if isinstance(one, bpmn.SubProcess)]
    for process in definitions.processes:
        lanes = [lane for one in process.lane_sets for lane in one.lanes]
        for lane in lanes:
            found[lane.id] = process.id
            lanes += () if lane.child_lane_set is None else lane.child_lane_set.lanes
    return found


def _with_artifacts(definitions: bpmn.Definitions, added: Mapping[str, list[bpmn.Artifact]]) -> bpmn.Definitions:
    def inside(elements: tuple[bpmn.FlowElement, ...]) -> tuple[bpmn.FlowElement, ...]:
        """Return the elements of a scope with notes in sub-processes (the writer bounds their depth)."""
        return tuple(
            replace(one, flow_elements=inside(one.flow_elements), artifacts=(*one.artifacts, *added.get(one.id, ())))
            if isinstance(one, bpmn.SubProcess)
            else one
            for one in elements
        )

    roots: list[bpmn.RootElement] = []
    for root in definitions.root_elements:
        if isinstance(root, bpmn.Process):
            artifacts = (*root.artifacts, *added.get(root.id, ()))
            roots.append(replace(root, flow_elements=inside(root.flow_elements), artifacts=artifacts))
        elif isinstance(root, bpmn.Collaboration):
            roots.append(replace(root, artifacts=(*root.artifacts, *added.get(root.id, ()))))
        else:
            roots.append(root)
    return replace(definitions, root_elements=tuple(roots))
