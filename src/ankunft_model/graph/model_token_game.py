"""The token game of a model's process."""

from __future__ import annotations

from ankunft_model.graph.model_control_flow import control_flow_of
from ankunft_model.graph.token_game import TokenGame
from ankunft_model.graph.token_game_building import game_of
from ankunft_model.graph.workflow_graph import build_workflow_graph
from ankunft_model.model import Process


def build_token_game(process: Process, *started: Process) -> TokenGame:
    """Return the token game of `process`, played together with the processes that its handovers start."""
    return game_of(control_flow_of(process, *started), workflow=build_workflow_graph(process, *started))
