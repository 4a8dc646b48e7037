"""BPMN 2.0: from the model to organisations that fit together, with their diagram."""

from ankunft_model.exports.bpmn.export import (
    Extras,
    Level,
    View,
    remarks,
    to_bpmn,
    to_definitions,
    to_undrawn_bpmn,
    undivided,
)

__all__ = ["Extras", "Level", "View", "remarks", "to_bpmn", "to_definitions", "to_undrawn_bpmn", "undivided"]
