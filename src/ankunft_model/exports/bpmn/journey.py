"""The journey view: the arriving person's way in one pool, with a lane per actor and sequence flow only."""

from __future__ import annotations

from ankunft_model.exports.bpmn.projection import Projection, draw_whole
from ankunft_model.graph.participation.normal_form import normalise, senders_beside_the_flow
from ankunft_model.model import ArrivalModel, Process

JOURNEY_OWNER = "journey"
"""Owner of the one pool of all organisations together."""


def draw_journey(model: ArrivalModel, process: Process) -> Projection:
    """Return `process` in one pool, just as the model says it.

    A waiting handover is an event that waits until it is at hand; in the file an association leads there.

    Raises:
        ExportError: the process has no start event, or a node that no run reaches.
    """
    handovers = tuple(handover for other in model.processes.values() for handover in other.handovers or ())
    return draw_whole(process, normalise(process, senders_beside_the_flow(model)), JOURNEY_OWNER, handovers)
