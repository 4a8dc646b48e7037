"""Findings in a BPMN file: colours of shapes, and on request notes with what was found.

Source: "BPMN in Color" of the OMG's BPMN Model Interchange Working Group, non-normative, version 1.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import BPMNEdge, BPMNShape
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.findings import SEVERITIES, SEVERITY_NAMES, Finding
from ankunft_model.interchange.finding_colours import FINDING_COLOURS
from ankunft_model.wording import Language, Wording

MAX_NOTED: Final = 3
"""So many findings are written into one note; the others are counted."""


def with_notes(definitions: bpmn.Definitions, findings: Iterable[Finding], *, language: Language) -> bpmn.Definitions:
    """Return the file, still without diagram, with a note at each element that findings name.

    A note carries the ids of its findings in our namespace, so that it can be told from notes of people.
    """
    findings_of = _findings_by_element(definitions, findings)
    ids = {element.id for element in _elements(definitions)}

    def notes(inside: Iterable[bpmn.BaseElement]) -> Iterator[bpmn.Artifact]:
        for element in inside:
            found = findings_of.get(element.id)
            if found is None:
                continue
            note = _free_id(f"Finding_{element.id}", ids)
            yield bpmn.TextAnnotation(id=note, text=_text(found, language), extension_elements=_marks(found))
            yield bpmn.Association(id=_free_id(f"Association_{note}", ids), source_ref=element.id, target_ref=note)

    def noted(inside: tuple[bpmn.FlowElement, ...]) -> tuple[tuple[bpmn.FlowElement, ...], tuple[bpmn.Artifact, ...]]:
        """Return the elements of a scope, sub-processes with their notes inside (the writer bounds their depth)."""
        elements: list[bpmn.FlowElement] = []
        for element in inside:
            if isinstance(element, bpmn.SubProcess):
                content, own = noted(element.flow_elements)
                elements.append(replace(element, flow_elements=content, artifacts=(*element.artifacts, *own)))
            else:
                elements.append(element)
        return tuple(elements), tuple(notes(element for element in inside if isinstance(element, bpmn.FlowNode)))

    roots: list[bpmn.RootElement] = []
    for root in definitions.root_elements:
        if isinstance(root, bpmn.Process):
            content, own = noted(root.flow_elements)
            roots.append(replace(root, flow_elements=content, artifacts=(*root.artifacts, *own)))
        elif isinstance(root, bpmn.Collaboration):
            roots.append(replace(root, artifacts=(*root.artifacts, *notes(root.participants))))
        else:
            roots.append(root)
    return replace(definitions, root_elements=tuple(roots))


def with_colours(definitions: bpmn.Definitions, findings: Iterable[Finding]) -> bpmn.Definitions:
    """Return the file with the shapes and lines coloured that findings name, in all its diagrams."""
    findings_of = _findings_by_element(definitions, findings)
    diagrams = [
        replace(
            diagram,
            plane=replace(
                diagram.plane,
                plane_elements=tuple(
                    _coloured(drawn, findings_of.get(drawn.bpmn_element or ""))
                    for drawn in diagram.plane.plane_elements
                ),
            ),
        )
        for diagram in definitions.diagrams
    ]
    return replace(definitions, diagrams=tuple(diagrams))


def _coloured(drawn: BPMNShape | BPMNEdge, found: list[Finding] | None) -> BPMNShape | BPMNEdge:
    if not found:
        return drawn
    ground, outline = FINDING_COLOURS[found[0].severity]
    if isinstance(drawn, BPMNShape):
        return replace(drawn, background_color=ground, border_color=outline)
    return replace(drawn, border_color=outline)


def _findings_by_element(definitions: bpmn.Definitions, findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return what is found at each element of the file, the most severe first."""
    by_reference: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        for named in finding.elements:
            by_reference.setdefault((named.kind, named.id), []).append(finding)
    found: dict[str, list[Finding]] = {}
    for element in _elements(definitions):
        own: dict[str, Finding] = {}
        for extension in element.extension_elements:
            if extension.namespace == ANKUNFT and extension.name == "element":
                attributes = dict(extension.attributes)
                here = by_reference.get((attributes.get("kind", ""), attributes.get("id", "")), ())
                own.update((finding.id, finding) for finding in here)
        if own and not isinstance(element, bpmn.Process | bpmn.Message):
            found[element.id] = sorted(own.values(), key=lambda finding: -SEVERITIES.index(finding.severity))
    return found


def _elements(definitions: bpmn.Definitions) -> Iterator[bpmn.BaseElement]:
    for root in definitions.root_elements:
        yield root
        if isinstance(root, bpmn.Collaboration):
            yield from root.participants
            yield from root.message_flows
        elif isinstance(root, bpmn.Process):
            yield from _all_in(root)


def _all_in(process: bpmn.Process) -> Iterator[bpmn.BaseElement]:
    stack: list[bpmn.BaseElement] = [*reversed(process.flow_elements), *process.lane_sets]
    while stack:
        element = stack.pop()
        if isinstance(element, bpmn.LaneSet):
            stack.extend(reversed(element.lanes))
            continue
        yield element
        if isinstance(element, bpmn.SubProcess):
            stack.extend(reversed(element.flow_elements))
        elif isinstance(element, bpmn.Lane) and element.child_lane_set is not None:
            stack.append(element.child_lane_set)


def _text(found: list[Finding], language: Language) -> str:
    lines = [
        f"{SEVERITY_NAMES[finding.severity].in_language(language)}: {finding.message.in_language(language)}"
        for finding in found[:MAX_NOTED]
    ]
    more = len(found) - MAX_NOTED
    if more > 0:
        lines.append(Wording(de=f"… und {more} weitere", en=f"… and {more} more").in_language(language))
    return "\n".join(lines)


def _marks(found: list[Finding]) -> tuple[bpmn.ExtensionElement, ...]:
    return tuple(
        bpmn.ExtensionElement(namespace=ANKUNFT, name="finding", attributes=(("id", finding.id),)) for finding in found
    )


def _free_id(wanted: str, ids: set[str]) -> str:
    free, number = wanted, 1
    while free in ids:
        number += 1
        free = f"{wanted}_{number}"
    ids.add(free)
    return free
