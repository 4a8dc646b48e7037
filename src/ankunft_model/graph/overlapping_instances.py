"""More runs than there are: instances of a process that a loop starts, without telling apart how many there are.

Where one instance may begin before another one is over, no bound on their number is right. Here a token that came to a
place of such a process stays there, whatever moves on from it: as if there were always one more instance just behind.
Each real run is among these, move by move, because nothing but tokens that are missing keeps a move from being made.
The same idea stands behind the coverability of nets with any number of equal parts: German and Sistla, Reasoning about
systems with many processes, Journal of the ACM 39, 1992.
"""

from __future__ import annotations

from dataclasses import replace

from ankunft_model.graph.control_flow import ControlFlow
from ankunft_model.graph.run_graph import RunGraph, States, topological_ranks
from ankunft_model.graph.token_game import Contest, GameParts, TokenGame, Transition


def with_endless_instances(game: TokenGame) -> TokenGame:
    """Return the game in which tokens of processes that may overlap stay where they came to.

    It makes all moves that `game` would make with any number of instances, and perhaps more.
    """
    shares_marks = game.is_loose or bool(game.control.waits)  # nobody knows whose they are
    kept = game.overlapping | (sum(game.marks) if shares_marks else 0)

    def build() -> GameParts:
        moves = tuple(_keeping(move, kept, game.lost if shares_marks else 0) for move in game.transitions)
        by_place: list[list[int]] = [[] for _ in range(game.place_count)]
        for number, move in enumerate(moves):
            needed = move.consumes | move.requires
            by_place[(needed & -needed).bit_length() - 1].append(number)
        return GameParts(
            place_count=game.place_count,
            transitions=moves,
            initial=game.initial,
            passive=game.passive | kept,
            lost=0 if shares_marks else game.lost,
            marks=game.marks,
            limits=tuple(limit for limit in game.limits if limit != "starts"),
            by_place=tuple(map(tuple, by_place)),
            contests=tuple(
                Contest(contest.before & ~kept, contest.to_several & ~kept, contest.groups) for contest in game.contests
            ),
            ends_inside=game.ends_inside,
            answers=game.answers,
        )

    return TokenGame(game.control, build, game.workflow)


def endless_runs(runs: RunGraph) -> RunGraph:
    """Return the runs of `with_endless_instances`; their states are for whoever follows a datum to look at."""
    game = with_endless_instances(runs.game)

    def explore() -> States:
        ranks, _ = topological_ranks(game)
        return States((), (), (), (), limits=(), ranks=ranks, has_loops=True)

    return RunGraph(game, explore)


def _keeping(move: Transition, kept: int, lost: int) -> Transition:
    return replace(
        move,
        consumes=move.consumes & ~kept,
        requires=move.requires | move.consumes & kept,
        inhibited_by=move.inhibited_by & ~kept,
        clears=move.clears & ~kept,
        produces=move.produces & ~kept,
        marks=(move.marks | move.produces & kept) & ~lost,
    )


def nodes_of_overlapping_instances(control: ControlFlow) -> frozenset[int]:
    """Return the nodes of the processes of which several instances may be under way at once, by their first numbers."""
    several = {control.process_of(control.triggers[number].receiver) for number in control.repeated}
    last = [*control.first_of[1:], len(control.ids)]
    return frozenset(
        control.origin[node] if control.origin else node
        for process in several
        for node in range(control.first_of[process], last[process])
    )
