"""The grammar of a BPMN 2.0 file: one table that `writer` and `reader` both walk, so that they cannot disagree.

Source: OMG formal/2011-01-03, `BPMN20.xsd` for the root; see `semantic_grammar` and `diagram_grammar` for the rest.
"""

from __future__ import annotations

from typing import Final

from ankunft_model.bpmn_xml.diagram import BPMNDiagram
from ankunft_model.bpmn_xml.diagram_grammar import DIAGRAM_ROWS
from ankunft_model.bpmn_xml.elements import Definitions
from ankunft_model.bpmn_xml.grammar_words import Attribute, Children, ElementGrammar, ValueKind
from ankunft_model.bpmn_xml.namespaces import BPMNDI, MODEL, clark
from ankunft_model.bpmn_xml.semantic_grammar import ROOT_ELEMENTS, SEMANTIC_ROWS

_DEFINITIONS: Final = ElementGrammar(
    clark(MODEL, "definitions"),
    (
        Attribute("id", "id", ValueKind.ID),
        Attribute("name", "name"),
        Attribute("targetNamespace", "target_namespace", required=True),
        Attribute("exporter", "exporter"),
        Attribute("exporterVersion", "exporter_version"),
    ),
    (
        Children({cls: clark(MODEL, cls.element_name) for cls in ROOT_ELEMENTS}, "root_elements"),
        Children({BPMNDiagram: clark(BPMNDI, "BPMNDiagram")}, "diagrams"),
    ),
)

GRAMMAR: Final[dict[type, ElementGrammar]] = {**dict((*SEMANTIC_ROWS, *DIAGRAM_ROWS)), Definitions: _DEFINITIONS}
"""The grammar of every class of `elements` and `diagram` that stands in a file."""

MAX_DEPTH: Final = 100
"""Elements may be nested so deep; real files stay below 20. It keeps reading and writing within Python's stack."""
