"""What a picture asks about the elements of a file: by id, what each is called, what it stands for in the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.wording import Language, Wording

KIND_NAMES: Final = {
    "participant": Wording(de="Organisation", en="Organisation"),
    "lane": Wording(de="Bereich", en="Lane"),
    "task": Wording(de="Schritt", en="Step"),
    "userTask": Wording(de="Schritt mit Software", en="Step with software"),
    "manualTask": Wording(de="Schritt von Hand", en="Manual step"),
    "serviceTask": Wording(de="Automatischer Schritt", en="Automated step"),
    "scriptTask": Wording(de="Automatischer Schritt", en="Automated step"),
    "businessRuleTask": Wording(de="Entscheidung nach Regeln", en="Decision by rules"),
    "sendTask": Wording(de="Senden", en="Send"),
    "receiveTask": Wording(de="Empfangen", en="Receive"),
    "callActivity": Wording(de="Aufruf eines anderen Prozesses", en="Call of another process"),
    "subProcess": Wording(de="Teilprozess", en="Sub-process"),
    "startEvent": Wording(de="Beginn", en="Start"),
    "endEvent": Wording(de="Ende", en="End"),
    "intermediateCatchEvent": Wording(de="Warten auf Ereignis", en="Wait for event"),
    "intermediateThrowEvent": Wording(de="Ereignis", en="Event"),
    "boundaryEvent": Wording(de="Ereignis während des Schritts", en="Event during the step"),
    "exclusiveGateway": Wording(de="Entweder-oder", en="Either-or"),
    "inclusiveGateway": Wording(de="Ein Weg oder mehrere", en="One or several ways"),
    "parallelGateway": Wording(de="Gleichzeitig", en="In parallel"),
    "eventBasedGateway": Wording(de="Was zuerst eintritt", en="Whichever happens first"),
    "sequenceFlow": Wording(de="Folge", en="Flow"),
    "messageFlow": Wording(de="Nachricht", en="Message"),
    "association": Wording(de="Zuordnung", en="Association"),
    "dataObjectReference": Wording(de="Daten", en="Data"),
    "dataStoreReference": Wording(de="Datenspeicher", en="Data store"),
    "textAnnotation": Wording(de="Anmerkung", en="Note"),
    "group": Wording(de="Gruppe", en="Group"),
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The drawable elements of a file.

    Attributes:
        element_of: Element by id, in the order of the file.
        default_flows: Ids of the sequence flows that are the default of their source.
        group_names: Name of each group by its id.
        language: Language of the names.
    """

    element_of: dict[str, bpmn.BaseElement]
    default_flows: frozenset[str]
    group_names: dict[str, str]
    language: Language

    def name(self, element: bpmn.BaseElement) -> str:
        """Return the name, or the text, of an element in the language of the picture; "" if it has none."""
        if isinstance(element, bpmn.TextAnnotation):
            return _translated(element, "text", self.language) or element.text
        if isinstance(element, bpmn.Group):
            return self.group_names.get(element.id, "")
        own: object = getattr(element, "name", None)
        return _translated(element, "@name", self.language) or (own if isinstance(own, str) else "")

    def title(self, element: bpmn.BaseElement) -> str:
        """Return what the element is and how it is called, for those who cannot see it.

        Example:
            >>> found = catalogue_of(bpmn.Definitions(target_namespace="urn:x"), language="en")
            >>> found.title(bpmn.Task(id="a", name="Decide"))
            'Step: Decide'
        """
        kind = KIND_NAMES.get(element.element_name)
        name = " ".join(self.name(element).split())
        return ": ".join(part for part in (kind.in_language(self.language) if kind else "", name) if part)


def catalogue_of(definitions: bpmn.Definitions, *, language: Language) -> Catalogue:
    """Return the catalogue of all elements of `definitions`, also of those inside of sub-processes."""
    element_of: dict[str, bpmn.BaseElement] = {}
    for element in _walk(definitions):
        element_of.setdefault(element.id, element)
    names_of_values = {
        value.id: _translated(value, "@value", language) or value.value or ""
        for root in definitions.root_elements
        if isinstance(root, bpmn.Category)
        for value in root.category_values
    }
    return Catalogue(
        element_of,
        frozenset(
            element.default
            for element in element_of.values()
            if isinstance(element, bpmn.Activity | bpmn.ExclusiveGateway | bpmn.InclusiveGateway) and element.default
        ),
        {
            element.id: names_of_values.get(element.category_value_ref or "", "")
            for element in element_of.values()
            if isinstance(element, bpmn.Group)
        },
        language,
    )


def model_references(element: bpmn.BaseElement) -> tuple[tuple[str, str], ...]:
    """Return kind and id of each element of the model that this one draws.

    In a file that says nothing of a model each element stands for itself, with the kind "".
    """
    found = [
        dict(extension.attributes)
        for extension in element.extension_elements
        if extension.namespace == ANKUNFT and extension.name == "element"
    ]
    named = tuple((reference.get("kind", ""), reference["id"]) for reference in found if "id" in reference)
    return named or (("", element.id),)


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
