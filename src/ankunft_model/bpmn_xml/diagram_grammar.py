"""How the elements of the diagram interchange stand in XML.

Source: OMG formal/2011-01-03, `BPMNDI.xsd`, `DI.xsd`, `DC.xsd`; colours: "BPMN in Color", non-normative.
"""

from __future__ import annotations

from ankunft_model.bpmn_xml import diagram
from ankunft_model.bpmn_xml.grammar_words import Attribute, Children, ElementGrammar, ValueKind
from ankunft_model.bpmn_xml.namespaces import BIOC, BPMNDI, COLOR, DC, DI, clark


def _numbers(*names: str) -> tuple[Attribute, ...]:
    """Return required attributes whose values are numbers."""
    return tuple(Attribute(name, name, ValueKind.NUMBER, required=True) for name in names)


_OPTIONAL_ID = Attribute("id", "id", ValueKind.ID)
_BORDER = Attribute(clark(COLOR, "border-color"), "border_color", twin=clark(BIOC, "stroke"))
_BACKGROUND = Attribute(clark(COLOR, "background-color"), "background_color", twin=clark(BIOC, "fill"))
_BPMN_ELEMENT = Attribute("bpmnElement", "bpmn_element", ValueKind.REFERENCE)
_LABEL = Children({diagram.BPMNLabel: clark(BPMNDI, "BPMNLabel")}, "label", many=False)
_BOUNDS_TAG: dict[type, str] = {diagram.Bounds: clark(DC, "Bounds")}

DIAGRAM_ROWS: tuple[tuple[type, ElementGrammar], ...] = (
    (diagram.Point, ElementGrammar(clark(DI, "waypoint"), _numbers("x", "y"))),
    (diagram.Bounds, ElementGrammar(clark(DC, "Bounds"), _numbers("x", "y", "width", "height"))),
    (
        diagram.BPMNLabel,
        ElementGrammar(
            clark(BPMNDI, "BPMNLabel"),
            (_OPTIONAL_ID, Attribute(clark(COLOR, "color"), "color")),
            (Children(_BOUNDS_TAG, "bounds", many=False),),
        ),
    ),
    (
        diagram.BPMNShape,
        ElementGrammar(
            clark(BPMNDI, "BPMNShape"),
            (
                _OPTIONAL_ID,
                _BPMN_ELEMENT,
                Attribute("isHorizontal", "is_horizontal", ValueKind.BOOLEAN),
                Attribute("isExpanded", "is_expanded", ValueKind.BOOLEAN),
                Attribute("isMarkerVisible", "is_marker_visible", ValueKind.BOOLEAN),
                Attribute("isMessageVisible", "is_message_visible", ValueKind.BOOLEAN),
                _BACKGROUND,
                _BORDER,
            ),
            (Children(_BOUNDS_TAG, "bounds", many=False, minimum=1), _LABEL),
        ),
    ),
    (
        diagram.BPMNEdge,
        ElementGrammar(
            clark(BPMNDI, "BPMNEdge"),
            (
                _OPTIONAL_ID,
                _BPMN_ELEMENT,
                Attribute("sourceElement", "source_element", ValueKind.REFERENCE),
                Attribute("targetElement", "target_element", ValueKind.REFERENCE),
                Attribute("messageVisibleKind", "message_visible_kind", choices=("initiating", "non_initiating")),
                _BORDER,
            ),
            (Children({diagram.Point: clark(DI, "waypoint")}, "waypoints", minimum=2), _LABEL),
        ),
    ),
    (
        diagram.BPMNPlane,
        ElementGrammar(
            clark(BPMNDI, "BPMNPlane"),
            (_OPTIONAL_ID, _BPMN_ELEMENT),
            (
                Children(
                    {diagram.BPMNShape: clark(BPMNDI, "BPMNShape"), diagram.BPMNEdge: clark(BPMNDI, "BPMNEdge")},
                    "plane_elements",
                ),
            ),
        ),
    ),
    (
        diagram.BPMNDiagram,
        ElementGrammar(
            clark(BPMNDI, "BPMNDiagram"),
            (
                _OPTIONAL_ID,
                Attribute("name", "name"),
                Attribute("documentation", "documentation"),
                Attribute("resolution", "resolution", ValueKind.NUMBER),
            ),
            (Children({diagram.BPMNPlane: clark(BPMNDI, "BPMNPlane")}, "plane", many=False, minimum=1),),
        ),
    ),
)
