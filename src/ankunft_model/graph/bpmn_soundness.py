"""Soundness of the processes of any BPMN 2.0 file."""

from __future__ import annotations

from ankunft_model.bpmn_xml.workflow_reading import read_workflows
from ankunft_model.graph.bpmn_control_flow import control_flow_of_bpmn
from ankunft_model.graph.collaboration import find_cross_pool_deadlocks
from ankunft_model.graph.soundness import check_process
from ankunft_model.graph.soundness_overview import SoundnessOverview


def check_bpmn(data: bytes, *, file: str | None = None) -> SoundnessOverview:
    """Return the verdict on each process of a BPMN file, by its id, and on the pools together.

    Raises:
        SourceError: The data is no XML, hostile, or no BPMN 2.0.
    """
    found = read_workflows(data, file=file)
    verdicts = {process.id: check_process(control_flow_of_bpmn(process)) for process in found.processes}
    names = {process.id: process.name for process in found.processes if process.name}
    names |= {node.id: node.name for process in found.processes for node in process.nodes if node.name}
    sound = [id_ for id_, verdict in verdicts.items() if verdict.sound]
    between = find_cross_pool_deadlocks(found, sound) if len(sound) == len(verdicts) else ()
    return SoundnessOverview(verdicts, names, between)
