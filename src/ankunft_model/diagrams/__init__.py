"""Any BPMN 2.0 file and its drawing: new places for everything that it shows, and defects of the places it has."""

from ankunft_model.diagrams.checking import CheckedDiagram, LayoutReport, check_bpmn_layout
from ankunft_model.diagrams.drawing import BpmnLayout, lay_out_bpmn
from ankunft_model.diagrams.notes import LayoutNote
from ankunft_model.layout.check import LayoutDefect
from ankunft_model.layout.quality import LayoutFigures

__all__ = [
    "BpmnLayout",
    "CheckedDiagram",
    "LayoutDefect",
    "LayoutFigures",
    "LayoutNote",
    "LayoutReport",
    "check_bpmn_layout",
    "lay_out_bpmn",
]
