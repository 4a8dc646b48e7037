"""What other tools have put into a diagram of ours, in the next export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, Final, TypeVar

from ankunft_model.bpmn_xml import diagram as di
from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.interchange.additions import OF_FILE
from ankunft_model.model.plain import is_sequence

_OURS: Final = ("to", "as", "of")
_Additions = Mapping[tuple[str, str], bpmn.ExtensionElement]
_Any = TypeVar("_Any")


def with_additions(definitions: bpmn.Definitions, additions: Iterable[bpmn.ExtensionElement]) -> bpmn.Definitions:
    """Return the file with the attributes and extensions that other tools have added, on what is still there."""
    by_place: dict[tuple[str, str], bpmn.ExtensionElement] = {}
    for addition in additions:
        stated = dict(addition.attributes)
        by_place[stated.get("to", ""), stated.get("as", "")] = addition
    if not by_place:
        return definitions
    return replace(
        _with_attributes(definitions, by_place.get(("", OF_FILE))),
        root_elements=tuple(_inside(root, by_place) for root in definitions.root_elements),
        diagrams=tuple(_diagram(diagram, by_place) for diagram in definitions.diagrams),
    )


def _inside(element: bpmn.BaseElement, additions: _Additions) -> Any:
    """Return an element with what was added to it and to what it holds (the writer bounds the depth)."""
    changed: dict[str, Any] = {}
    for field in fields(element):
        value: Any = getattr(element, field.name)
        if isinstance(value, bpmn.BaseElement):
            changed[field.name] = _inside(value, additions)
        elif is_sequence(value) and any(isinstance(one, bpmn.BaseElement) for one in value):
            changed[field.name] = tuple(
                _inside(one, additions) if isinstance(one, bpmn.BaseElement) else one for one in value
            )
    addition = additions.get((element.id, ""))
    if addition is not None:
        extensions = [one for one in addition.children if one.namespace != ANKUNFT]
        changed["extension_elements"] = (*element.extension_elements, *extensions)
        element = _with_attributes(element, addition)
    return replace(element, **changed) if changed else element


def _diagram(diagram: di.BPMNDiagram, additions: _Additions) -> di.BPMNDiagram:
    plane = diagram.plane
    of = plane.bpmn_element or ""
    drawn = tuple(
        _with_attributes(one, additions.get((one.bpmn_element or "", one.element_name))) for one in plane.plane_elements
    )
    plane = replace(_with_attributes(plane, additions.get((of, plane.element_name))), plane_elements=drawn)
    return replace(_with_attributes(diagram, additions.get((of, diagram.element_name))), plane=plane)


def _with_attributes(element: _Any, addition: bpmn.ExtensionElement | None) -> _Any:
    """Return the element with the attributes that were added; those of the standard only if its kind is the same."""
    if addition is None:
        return element
    stated = [(name, value) for name, value in addition.attributes if name not in _OURS]
    of = dict(addition.attributes).get("of")
    if of == getattr(element, "element_name", None):
        for one in addition.children:
            plain = dict(one.attributes)
            if one.namespace == ANKUNFT and plain.get("name"):
                stated.append((plain["name"], plain.get("value", "")))
    whole: Any = element
    own = dict(whole.extension_attributes)
    further = tuple((name, value) for name, value in stated if name not in own)
    changed: _Any = replace(whole, extension_attributes=(*whole.extension_attributes, *further))
    return changed
