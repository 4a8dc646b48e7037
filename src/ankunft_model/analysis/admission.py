"""For whom a part of a model is: target groups and the nodes that are limited to some of them."""

from __future__ import annotations

from ankunft_model.model import ArrivalModel, SubProcess


def admits(model: ArrivalModel, node: str, cohort: str) -> bool:
    """Return whether a node is for a target group: it, the sub-process around it and the process are not for others."""
    process = model.process_of[node]
    around = [inner for inner in process.all_nodes if isinstance(inner, SubProcess) and _contains(inner, node)]
    limits = [model.nodes[node].cohorts, *(inner.cohorts for inner in around)]
    return all(limit is None or cohort in limit for limit in limits) and is_for(model, process.id, cohort)


def is_for(model: ArrivalModel, process: str, cohort: str) -> bool:
    """Return whether a target group can begin a process: one of its start events is not for others."""
    starts = model.processes[process].start_events
    return not starts or any(start.cohorts is None or cohort in start.cohorts for start in starts)


def _contains(subprocess: SubProcess, node: str) -> bool:
    stack = [subprocess]
    while stack:
        for inner in stack.pop().nodes.values():
            if inner.id == node:
                return True
            if isinstance(inner, SubProcess):
                stack.append(inner)
    return False
