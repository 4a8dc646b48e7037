"""BPMN 2.0: from the model to organisations that fit together, with their diagram."""

from ankunft_model.exports.bpmn.export import View, to_bpmn, to_definitions

__all__ = ["View", "to_bpmn", "to_definitions"]
