"""Soundness of the processes of a model."""

from __future__ import annotations

from ankunft_model.graph.handover_homes import processes_with_their_handovers
from ankunft_model.graph.model_control_flow import control_flow_of
from ankunft_model.graph.soundness import check_process
from ankunft_model.graph.soundness_overview import SoundnessOverview
from ankunft_model.graph.waits_between_processes import find_waits_between_processes
from ankunft_model.model import ArrivalModel


def check_model(model: ArrivalModel) -> SoundnessOverview:
    """Return the verdict on each process by itself, and what blocks the processes that handovers join."""
    processes = processes_with_their_handovers(model)
    verdicts = {process.id: check_process(control_flow_of(process)) for process in processes.values()}
    names = {process.id: process.label() for process in model.processes.values()}
    names |= {node.id: node.label() for node in model.nodes.values() if node.name is not None}
    return SoundnessOverview(verdicts, names, find_waits_between_processes(model))
