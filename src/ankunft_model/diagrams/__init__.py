"""Any BPMN 2.0 file and its drawing: new places for everything that it shows, and defects of the places it has."""

from ankunft_model.diagrams.drawing import BpmnLayout, lay_out_bpmn
from ankunft_model.diagrams.notes import LayoutNote

__all__ = ["BpmnLayout", "LayoutNote", "lay_out_bpmn"]
