"""The XML namespaces of a BPMN 2.0 file, and the prefixes under which they are written.

Source: OMG formal/2011-01-03 (BPMN 2.0) for the first four; "BPMN in Color" and the extension for
internationalisation of the OMG's BPMN Model Interchange Working Group for `COLOR` and `I18N`.
"""

from __future__ import annotations

from typing import Final

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
COLOR: Final = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
I18N: Final = "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"
BIOC: Final = "http://bpmn.io/schema/bpmn/biocolor/1.0"
"""Colours as bpmn-js wrote them before "BPMN in Color"; written beside `COLOR` for older viewers."""
ANKUNFT: Final = "https://ankunft-model.org/bpmn/1"
"""Our own extension. The address is a name only, nothing is fetched from it; the number is the version."""
EXPORTER: Final = "ankunft-model"
"""What our files name as the tool that wrote them."""
ZEEBE: Final = "http://camunda.org/schema/zeebe/1.0"
CAMUNDA: Final = "http://camunda.org/schema/1.0/bpmn"
"""Camunda 8 and 7; of both only the attribute that names an element template is written, and only on request."""
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XML: Final = "http://www.w3.org/XML/1998/namespace"

PREFIX_OF: Final[dict[str, str]] = {
    MODEL: "bpmn",
    BPMNDI: "bpmndi",
    DC: "dc",
    DI: "di",
    COLOR: "color",
    BIOC: "bioc",
    I18N: "i18n",
    ANKUNFT: "ankunft",
    ZEEBE: "zeebe",
    CAMUNDA: "camunda",
}
"""Prefix of each namespace that we write, in the order in which they are declared."""


def clark(namespace: str, name: str) -> str:
    """Return `{namespace}name`, the notation of James Clark that lxml uses.

    Example:
        >>> clark(DC, "Bounds")
        '{http://www.omg.org/spec/DD/20100524/DC}Bounds'
    """
    return f"{{{namespace}}}{name}"
