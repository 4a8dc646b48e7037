"""Where a case leaves a random model, and how few steps it leaves out, equals a plain enumeration."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis.replay.alignment import align
from ankunft_model.graph import build_token_game, entry_processes
from ankunft_model.model import Activity

from ..plain_reference import Places, PlainGame, TooLargeError
from ..small_models import build, plain_models

MANY = 1_500
Costs = dict[Places, int]


def closed(game: PlainGame, begun: Costs) -> Costs:
    """Return all states that are reached without a documented step, each with the fewest steps executed before."""
    best, layer = dict(begun), dict(begun)
    while layer:
        later: Costs = {}
        for places, cost in layer.items():
            for move in game.moves(places):
                more = cost + sum(isinstance(game.nodes[node], Activity) for node in move.executes)
                if more < best.get(move.after, more + 1):
                    best[move.after] = later[move.after] = more
        if len(best) > MANY:
            raise TooLargeError
        layer = later
    return best


def followed(game: PlainGame, ids: list[str]) -> tuple[int | None, int]:
    """Return the first step that no run has, and how many steps the cheapest run with the earlier ones leaves out."""
    reached: Costs = dict.fromkeys(game.initial(), 0)
    for number, id_ in enumerate(ids):
        later: Costs = {}
        for places, cost in closed(game, reached).items():
            for move in game.moves(places):
                if id_ in move.executes:
                    later[move.after] = min(cost, later.get(move.after, cost))
        if not later:
            return number, min(reached.values())
        reached = later
    return None, min(reached.values())


def walk(game: PlainGame, draw: st.DataObject) -> list[str]:
    """Draw a beginning of a run; return the nodes that execute."""
    places = draw.draw(st.sampled_from(game.initial()))
    found: list[str] = []
    for _ in range(draw.draw(st.integers(1, 14))):
        moves = list(game.moves(places))
        if not moves:
            break
        move = draw.draw(st.sampled_from(moves))
        found += move.executes
        places = move.after
    return found


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plain_models, st.data())
def test_a_case_leaves_the_model_where_no_run_has_its_steps(plain: dict[str, Any], draw: st.DataObject) -> None:
    group = entry_processes(build(plain))[0]
    plainly, game = PlainGame(*group), build_token_game(*group)
    run = walk(plainly, draw)
    documented = [id_ for id_ in run if draw.draw(st.booleans())]
    is_of_a_run = draw.draw(st.booleans())
    if not is_of_a_run:
        strange = draw.draw(st.lists(st.sampled_from(sorted(game.graph.index_of)), min_size=1, max_size=3))
        at = draw.draw(st.integers(0, len(documented)))
        documented[at:at] = strange
    try:
        expected, skipped = followed(plainly, documented)
    except TooLargeError:
        event("too large")
        return

    found = align(game, tuple(game.graph.index_of[id_] for id_ in documented))

    left = next((number for number, step in enumerate(found.steps) if not step.fits), None)
    assert not is_of_a_run or expected is None
    if found.limits:
        event("beyond a limit")
        assert left is not None or expected is None
        return
    event("leaves" if expected is not None else "fits")
    assert left == expected
    assert sum(len(step.skipped) for step in found.steps[:left]) >= skipped
    if left is None and game.keeps_orders:
        assert sum(len(step.skipped) for step in found.steps) == skipped
