"""The control flow of the processes of a BPMN file."""

from __future__ import annotations

from typing import cast

from ankunft_model.bpmn_xml.workflow_reading import WorkflowProcess
from ankunft_model.graph.control_flow import ControlFlow, FlowDraft, NodeDraft, NodeKind, build_control_flow


def control_flow_of_bpmn(process: WorkflowProcess) -> ControlFlow:
    """Return the control flow of one process of a BPMN file."""
    return build_control_flow([node_drafts(process)], [FlowDraft(*flow) for flow in process.flows])


def node_drafts(process: WorkflowProcess) -> list[NodeDraft]:
    """Return the nodes of one process of a BPMN file."""
    return [
        NodeDraft(node.id, cast("NodeKind", node.kind), node.parent, node.host, node.interrupts)
        for node in process.nodes
    ]
