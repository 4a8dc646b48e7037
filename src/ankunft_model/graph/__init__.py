"""Questions to a process as a graph: order, reachability, runs, soundness."""

from ankunft_model.graph.performers import find_performers
from ankunft_model.graph.run_graph import DEFAULT_STATE_LIMIT, RunEdge, RunGraph, build_run_graph, ending_groups
from ankunft_model.graph.soundness import Soundness, SoundnessProblem, check_soundness
from ankunft_model.graph.strong_components import strong_components
from ankunft_model.graph.token_game import TokenGame, Transition, bits
from ankunft_model.graph.token_game_building import build_token_game
from ankunft_model.graph.workflow_graph import WorkflowGraph, build_workflow_graph, entry_processes

__all__ = [
    "DEFAULT_STATE_LIMIT",
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
    "check_soundness",
    "ending_groups",
    "entry_processes",
    "find_performers",
    "strong_components",
]
