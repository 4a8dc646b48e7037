"""The figures of a file that stands as elements in memory: our own exports, and what the strict reader has read."""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import BPMNShape
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.exports.svg.figures import Figure, Scene, Trait
from ankunft_model.wording import Language


def scene_of_definitions(definitions: bpmn.Definitions, *, language: Language) -> Scene:
    """Return the first diagram of `definitions`, which has one."""
    diagram = definitions.diagrams[0]
    figure_of = _figures(definitions, language)
    placed = [(figure_of[drawn.bpmn_element or ""], drawn) for drawn in diagram.plane.plane_elements
              if (drawn.bpmn_element or "") in figure_of]  # fmt: skip
    return Scene(
        diagram.name or definitions.name or "",
        tuple((figure, drawn) for figure, drawn in placed if isinstance(drawn, BPMNShape)),
        tuple((figure, drawn) for figure, drawn in placed if not isinstance(drawn, BPMNShape)),
        language,
    )


def _figures(definitions: bpmn.Definitions, language: Language) -> dict[str, Figure]:
    """Return the figures of all elements, also of those inside of sub-processes, by id."""
    element_of: dict[str, bpmn.BaseElement] = {}
    for element in _walk(definitions):
        element_of.setdefault(element.id, element)
    group_names = {
        value.id: _translated(value, "@value", language) or value.value or ""
        for root in definitions.root_elements
        if isinstance(root, bpmn.Category)
        for value in root.category_values
    }
    defaults = {
        element.default
        for element in element_of.values()
        if isinstance(element, bpmn.Activity | bpmn.ExclusiveGateway | bpmn.InclusiveGateway) and element.default
    }
    return {
        id_: Figure(
            kind=element.element_name,
            id=id_,
            name=_name(element, group_names, language),
            triggers=_triggers(element),
            traits=frozenset(_traits(element, element_of, defaults)),
            direction=element.association_direction if isinstance(element, bpmn.Association) else "None",
            references=_references(element),
        )
        for id_, element in element_of.items()
    }


def _name(element: bpmn.BaseElement, group_names: dict[str, str], language: Language) -> str:
    if isinstance(element, bpmn.TextAnnotation):
        return _translated(element, "text", language) or element.text
    if isinstance(element, bpmn.Group):
        return group_names.get(element.category_value_ref or "", "")
    own: object = getattr(element, "name", None)
    return _translated(element, "@name", language) or (own if isinstance(own, str) else "")


def _triggers(element: bpmn.BaseElement) -> tuple[str, ...]:
    element = _start_of(element) or element
    if not isinstance(element, bpmn.Event):
        return ()
    return tuple(definition.element_name.removesuffix("EventDefinition") for definition in element.event_definitions)


def _traits(element: bpmn.BaseElement, element_of: dict[str, bpmn.BaseElement], defaults: set[str]) -> Iterator[Trait]:
    match element:
        case bpmn.SequenceFlow():
            yield from _flow_traits(element, element_of, defaults)
        case bpmn.Participant():
            yield from _pool_traits(element)
        case bpmn.SubProcess(triggered_by_event=True):
            yield "event-sub-process"
            start = _start_of(element)
            if start is not None and not start.is_interrupting:
                yield "non-interrupting"
        case bpmn.CallActivity():
            yield "called-process"
        case bpmn.StartEvent(is_interrupting=False) | bpmn.BoundaryEvent(cancel_activity=False):
            yield "non-interrupting"
        case bpmn.ReceiveTask(instantiate=True):
            yield "instantiating"
        case bpmn.EventBasedGateway():
            if element.instantiate:
                yield "instantiating"
            if element.event_gateway_type == "Parallel":
                yield "parallel-event"
        case bpmn.DataObjectReference(data_object_ref=str(data)):
            target = element_of.get(data)
            if isinstance(target, bpmn.DataObject) and target.is_collection:
                yield "collection"
        case bpmn.DataObject(is_collection=True):
            yield "collection"
        case _:
            return


def _start_of(element: bpmn.BaseElement) -> bpmn.StartEvent | None:
    """Return the event that starts an event sub-process; None for all else."""
    if not isinstance(element, bpmn.SubProcess) or not element.triggered_by_event:
        return None
    return next((child for child in element.flow_elements if isinstance(child, bpmn.StartEvent)), None)


def _pool_traits(pool: bpmn.Participant) -> Iterator[Trait]:
    if pool.process_ref is not None:
        yield "open"
    if pool.multiplicity is not None and pool.multiplicity.maximum > 1:
        yield "parallel-instances"


def _flow_traits(
    flow: bpmn.SequenceFlow, element_of: dict[str, bpmn.BaseElement], defaults: set[str]
) -> Iterator[Trait]:
    if flow.id in defaults:
        yield "default"
    elif flow.condition_expression is not None and isinstance(element_of.get(flow.source_ref), bpmn.Activity):
        yield "conditional"


def _references(element: bpmn.BaseElement) -> tuple[tuple[str, str], ...]:
    found = [
        dict(extension.attributes)
        for extension in element.extension_elements
        if extension.namespace == ANKUNFT and extension.name == "element"
    ]
    return tuple((reference.get("kind", ""), reference["id"]) for reference in found if "id" in reference)


def _walk(definitions: bpmn.Definitions) -> Iterator[bpmn.BaseElement]:
    """Yield every element that may be drawn, containers before their content, in the order of the file."""
    for root in definitions.root_elements:
        if isinstance(root, bpmn.Collaboration):
            yield from root.participants
            yield from root.message_flows
            yield from root.artifacts
        elif isinstance(root, bpmn.Process):
            stack: list[bpmn.BaseElement] = [root]
            while stack:
                element = stack.pop()
                yield element
                stack.extend(reversed(_content(element)))


def _content(element: bpmn.BaseElement) -> tuple[bpmn.BaseElement, ...]:
    match element:
        case bpmn.Process() | bpmn.SubProcess():
            own: tuple[bpmn.BaseElement, ...] = (*element.lane_sets, *element.flow_elements, *element.artifacts)
            if isinstance(element, bpmn.SubProcess):
                return (*own, *element.data_input_associations, *element.data_output_associations)
            return own
        case bpmn.LaneSet():
            return element.lanes
        case bpmn.Lane():
            return () if element.child_lane_set is None else (element.child_lane_set,)
        case bpmn.Activity():
            return (*element.data_input_associations, *element.data_output_associations)
        case bpmn.CatchEvent():
            return element.data_output_associations
        case bpmn.ThrowEvent():
            return element.data_input_associations
        case _:
            return ()


def _translated(element: bpmn.BaseElement, target: str, language: Language) -> str | None:
    return next(
        (found.text for found in element.translations if found.target == target and found.language == language), None
    )
