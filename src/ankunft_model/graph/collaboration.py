"""Pools that wait for each other's messages for ever: deadlocks that no pool has by itself.

Only what happens on every run is reported: a run that comes to an end shows that the pools can work together.
"""

from __future__ import annotations

from collections.abc import Sequence

from ankunft_model.bpmn_xml.workflow_reading import WorkflowFile
from ankunft_model.graph.bpmn_control_flow import node_drafts
from ankunft_model.graph.control_flow import FlowDraft, build_control_flow
from ankunft_model.graph.cross_process_deadlock import CrossPoolDeadlock
from ankunft_model.graph.run_graph import build_run_graph
from ankunft_model.graph.token_game import bits
from ankunft_model.graph.token_game_building import game_of

MAX_STATES = 20_000
"""So many states of all pools together are looked at; beyond, nothing is said."""


def find_cross_pool_deadlocks(file: WorkflowFile, ids: Sequence[str]) -> tuple[CrossPoolDeadlock, ...]:
    """Return what blocks the pools of a file on every run, if it is sound pool by pool.

    A message is awaited by a catching event, a receiving task or a start event; one that nobody sends in the file
    comes from outside. A pool that waits to be started is not blocked.

    Args:
        file: The file.
        ids: Ids of the processes that take part.
    """
    parts = [process for process in file.processes if process.id in ids]
    receiving = {node.id for process in parts for node in process.nodes if node.receives}
    known = {node.id for process in parts for node in process.nodes}
    messages = [(one, other) for one, other in file.messages if other in receiving and one in known]
    if len(parts) < 2 or not messages:
        return ()
    control = build_control_flow(
        [node_drafts(process) for process in parts],
        [FlowDraft(*flow) for process in parts for flow in process.flows],
        waits=_one_sender_each(messages),
    )
    game = game_of(control, begun=len(parts))
    runs = build_run_graph(game, state_limit=MAX_STATES)
    if not runs.is_complete or any(game.is_complete(marking) for marking in runs.markings):
        return ()
    flows = (1 << len(control.source)) - 1
    found: dict[tuple[str, ...], CrossPoolDeadlock] = {}
    awaited = {receiver for _, receiver in control.waits}
    for state, edges in enumerate(runs.edges):
        if edges:
            continue
        waiting = {control.target[flow] for flow in bits(runs.markings[state] & flows)} & awaited
        nodes = tuple(control.ids[node] for node in sorted(waiting))
        if nodes and nodes not in found:
            found[nodes] = CrossPoolDeadlock(nodes, tuple(control.ids[node] for node in runs.run_to(state)))
    return tuple(found.values())


def _one_sender_each(messages: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the messages of nodes that have one sender; where several can send, any of them may."""
    senders: dict[str, list[str]] = {}
    for sender, receiver in messages:
        senders.setdefault(receiver, []).append(sender)
    return [(found[0], receiver) for receiver, found in senders.items() if len(found) == 1]
