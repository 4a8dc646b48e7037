"""What BPMN has no words for, in our own extension: the whole model, and which part of it an element stands for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from ankunft_model.bpmn_xml.elements import ExtensionElement
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, CAMUNDA, ZEEBE, clark
from ankunft_model.model import ArrivalModel, Element, to_plain
from ankunft_model.model.properties import PropertyKind, property_kind, property_texts


def reference(kind: str, id_: str) -> ExtensionElement:
    """Return the mark of an element that stands for a part of the model, such as a node, flow, handover or actor."""
    return ExtensionElement(namespace=ANKUNFT, name="element", attributes=(("kind", kind), ("id", id_)))


def properties(element: Element) -> tuple[tuple[str, str], ...]:
    """Return what a person may see and change of an element in a modelling tool, as attributes of its BPMN element."""
    return tuple((clark(ANKUNFT, word), text) for word, text in property_texts(element))


def template_marks(element: Element) -> tuple[tuple[str, str], ...]:
    """Return the attributes by which Camunda Modeler shows an element with our template, for both platforms.

    Camunda knows them at flow elements only; at pools, lanes and message flows it would warn of them.
    """
    kind = property_kind(element)
    if kind != "node":
        return ()
    return tuple((clark(platform, "modelerTemplate"), TEMPLATE_ID[kind]) for platform in (ZEEBE, CAMUNDA))


TEMPLATE_ID: Final[Mapping[PropertyKind, str]] = {
    "node": "org.ankunft-model.step",
    "actor": "org.ankunft-model.actor",
    "handover": "org.ankunft-model.handover",
}
"""The element template for each kind of element."""


def derived() -> ExtensionElement:
    """Return the mark of a message that no handover of the model names, so that reading back invents none."""
    return ExtensionElement(namespace=ANKUNFT, name="derived")


def whole_model(model: ArrivalModel, options: Mapping[str, str]) -> ExtensionElement:
    """Return the whole model as one text; reading it gives the equal model.

    Args:
        model: The model.
        options: How the diagram was asked for, where not as by default; with them it can be written once more.
    """
    return ExtensionElement(
        namespace=ANKUNFT, name="model", attributes=tuple(options.items()), text=whole_text(to_plain(model))
    )


def whole_text(plain: Mapping[str, Any]) -> str:
    """Return a plain model as JSON on one line, without a sign that XML cannot carry."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return _UNWRITABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


_UNWRITABLE: Final = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot carry; JSON can name it by its number, as it does with control characters."""
