"""Processes that wait for each other: found where a mark cannot come, and never where it is only early or late."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from tests.analysis.plain_reference import Places, PlainGame, TooLargeError, frozen, plain_soundness, stuck_tokens
from tests.analysis.small_models import all_ids, build, structured

from ankunft_model.graph.waits_between_processes import find_waits_between_processes
from ankunft_model.model import ArrivalModel

P = {"s": {"type": "start", "next": "a"}, "a": {"name": "A", "next": "b"}, "b": {"name": "B", "next": "e"},
     "e": {"type": "end"}}  # fmt: skip
Q = {"qs": {"type": "start", "next": "qa"}, "qa": {"name": "A", "next": "qb"}, "qb": {"name": "B", "next": "qe"},
     "qe": {"type": "end"}}  # fmt: skip
CHOICE = {**Q, "qs": {"type": "start", "next": "x"},
          "x": {"type": "exclusive", "next": [{"to": "qa", "when": "ja"}, {"to": "qe", "when": "nein"}]}}  # fmt: skip


def model(p: dict[str, Any], q: dict[str, Any], *handovers: tuple[str, str, str]) -> ArrivalModel:
    listed = [
        {"id": f"h{number}", "from": source, "to": target, "data": "none", kind: True}
        for number, (source, kind, target) in enumerate(handovers)
    ]
    processes = {"p": {"name": "P", "nodes": p, "handovers": listed}, "q": {"name": "Q", "nodes": q}}
    return build({"processes": processes, "readers": {s: [] for s in ("file", "register")},
                  "holds": dict.fromkeys(("file", "register"), "none")})  # fmt: skip


def found(model: ArrivalModel) -> list[tuple[tuple[str, ...], str]]:
    return [(blocked.nodes, blocked.certainty) for blocked in find_waits_between_processes(model)]


def test_two_processes_that_each_wait_for_the_other_first_block_each_other() -> None:
    assert found(model(P, Q, ("a", "waits", "qa"), ("qa", "waits", "a"))) == [(("a", "qa"), "definite")]


def test_an_answer_that_comes_later_blocks_nobody() -> None:
    assert found(model(P, Q, ("a", "waits", "qa"), ("qa", "waits", "b"))) == []


def test_an_answer_that_comes_on_one_way_only_may_block_and_the_shortest_run_shows_it() -> None:
    (blocked,) = find_waits_between_processes(model(P, CHOICE, ("a", "triggers", "qs"), ("qa", "waits", "b")))

    assert (blocked.nodes, blocked.certainty) == (("b",), "possible")
    assert blocked.witness == ("s", "a", "qs", "x", "qe")


def test_what_one_process_does_by_itself_is_not_told_again() -> None:
    assert found(model(P, Q, ("a", "triggers", "qs"), ("b", "waits", "a"))) == []


@st.composite
def joined(draw: st.DrawFn) -> dict[str, Any]:
    """Draw two processes made of blocks with handovers that wait, or start, across."""
    processes = {name: {"name": name, "nodes": draw(structured(name, 4)), "handovers": []} for name in ("p", "q")}
    steps = {
        name: [id_ for id_ in all_ids(process["nodes"]) if process["nodes"].get(id_, {}).get("name") == "T"]
        for name, process in processes.items()
    }
    assume(all(steps.values()))
    start = next(id_ for id_, node in processes["q"]["nodes"].items() if node.get("type") == "start")
    if draw(st.booleans()):
        sender = draw(st.sampled_from(steps["p"]))
        processes["p"]["handovers"].append({"id": "starts", "from": sender, "to": start, "triggers": True})
    for number in range(draw(st.integers(1, 3))):
        one, other = draw(st.sampled_from((("p", "q"), ("q", "p"))))
        ends = {"from": draw(st.sampled_from(steps[one])), "to": draw(st.sampled_from(steps[other]))}
        processes[draw(st.sampled_from("pq"))]["handovers"].append({"id": f"h{number}", **ends, "waits": True})
    return {"processes": processes, "readers": {s: [] for s in ("file", "register")},
            "holds": dict.fromkeys(("file", "register"), "none")}  # fmt: skip


def leads_of(game: PlainGame, begun: int, limit: int = 4_000) -> tuple[dict[Places, Any], bool]:
    """Return the moves of each state when the first processes begin by themselves, and whether two tokens meet."""
    seen: dict[Places, Any] = {}
    stack: list[Places] = []
    for first in game.initial():
        others = [()] if begun < 2 else PlainGame(game.processes[1]).entries(None)
        stack += [frozen(dict_sum(first, [f"at:{id_}" for id_ in other])) for other in others]
    meets = False
    while stack:
        places = stack.pop()
        if places in seen:
            continue
        if len(seen) >= limit:
            raise TooLargeError
        seen[places] = list(game.moves(places))
        meets = meets or any(move.doubled for move in seen[places])
        stack += [move.after for move in seen[places] if not move.doubled]
    return seen, meets


def dict_sum(places: Places, more: list[str]) -> Any:
    from collections import Counter

    return Counter(dict(places)) + Counter(more)


@settings(max_examples=250, suppress_health_check=list(HealthCheck), deadline=None)
@given(joined())
def test_blocked_processes_equal_the_enumeration(plain: dict[str, Any]) -> None:
    drawn = build(plain)
    processes = tuple(drawn.processes.values())
    starts = any(handover.triggers for handover in drawn.handovers.values())
    try:
        assume(not any(plain_soundness(process) for process in processes))
        leads, meets = leads_of(PlainGame(*processes), 1 if starts else 2)
    except TooLargeError:
        return
    blocked = find_waits_between_processes(drawn)
    if meets:
        event("two tokens meet")
        assert all(one.certainty == "possible" for one in blocked)
        return
    stuck = stuck_tokens(leads)
    expected = any(stuck.values())
    ends = any(not moves and PlainGame(*processes).is_over(places) for places, moves in leads.items())
    event("blocked" if expected else "free")
    assert bool(blocked) == expected
    if any(one.certainty == "definite" for one in blocked):
        assert not ends
    if blocked and not ends and len(blocked) == 1:
        event("definite")
