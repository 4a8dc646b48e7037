"""BPMN 2.0: from the model to organisations that fit together, with their diagram."""

from ankunft_model.exports.bpmn.export import (
    Extras,
    Level,
    View,
    to_bpmn,
    to_definitions,
    to_undrawn_bpmn,
)
from ankunft_model.exports.bpmn.remarks import remarks, undivided

__all__ = ["Extras", "Level", "View", "remarks", "to_bpmn", "to_definitions", "to_undrawn_bpmn", "undivided"]
