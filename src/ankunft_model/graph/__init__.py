"""Questions to a process as a graph: order, reachability, runs, soundness."""

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ankunft_model.graph.components import strong_components
    from ankunft_model.graph.control_flow import ControlFlow
    from ankunft_model.graph.dominators import Dominators, find_dominators, node_dominators, node_post_dominators
    from ankunft_model.graph.model_control_flow import control_flow_of
    from ankunft_model.graph.model_token_game import build_token_game
    from ankunft_model.graph.performers import find_performers, find_unnamed_performers
    from ankunft_model.graph.run_graph import (
        DEFAULT_STATE_LIMIT,
        RunEdge,
        RunGraph,
        build_run_graph,
        ending_groups,
        executing_groups,
    )
    from ankunft_model.graph.soundness import Soundness, SoundnessProblem, check_process, check_soundness
    from ankunft_model.graph.token_game import TokenGame, Transition, bits
    from ankunft_model.graph.token_game_building import game_of
    from ankunft_model.graph.workflow_graph import WorkflowGraph, build_workflow_graph, entry_processes

_MODULE_OF: Final = {
    "ControlFlow": "control_flow",
    "DEFAULT_STATE_LIMIT": "run_graph",
    "Dominators": "dominators",
    "RunEdge": "run_graph",
    "RunGraph": "run_graph",
    "Soundness": "soundness",
    "SoundnessProblem": "soundness",
    "TokenGame": "token_game",
    "Transition": "token_game",
    "WorkflowGraph": "workflow_graph",
    "bits": "token_game",
    "build_run_graph": "run_graph",
    "build_token_game": "model_token_game",
    "build_workflow_graph": "workflow_graph",
    "check_process": "soundness",
    "check_soundness": "soundness",
    "control_flow_of": "model_control_flow",
    "ending_groups": "run_graph",
    "executing_groups": "run_graph",
    "entry_processes": "workflow_graph",
    "find_dominators": "dominators",
    "find_performers": "performers",
    "find_unnamed_performers": "performers",
    "game_of": "token_game_building",
    "node_dominators": "dominators",
    "node_post_dominators": "dominators",
    "strong_components": "components",
}
"""The module of each name; it is loaded when the name is first used, so that verdicts on BPMN need no model."""

__all__ = [
    "DEFAULT_STATE_LIMIT",
    "ControlFlow",
    "Dominators",
    "RunEdge",
    "RunGraph",
    "Soundness",
    "SoundnessProblem",
    "TokenGame",
    "Transition",
    "WorkflowGraph",
    "bits",
    "build_run_graph",
    "build_token_game",
    "build_workflow_graph",
    "check_process",
    "check_soundness",
    "control_flow_of",
    "ending_groups",
    "entry_processes",
    "executing_groups",
    "find_dominators",
    "find_performers",
    "find_unnamed_performers",
    "game_of",
    "node_dominators",
    "node_post_dominators",
    "strong_components",
]

if not TYPE_CHECKING:  # for a type checker, a name that is not imported above is a mistake

    def __getattr__(name: str) -> object:
        """Return a name from its module (PEP 562)."""
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
