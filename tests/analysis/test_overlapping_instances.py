"""Instances of a process that a loop starts may overlap: all that they can show is found, and is exact where it is."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis.knowledge.finding import find_knowledge
from ankunft_model.analysis.knowledge.results import ItemKnowledge
from ankunft_model.graph import build_run_graph, build_token_game, entry_processes

from .plain_reference import PlainKnowledge, Seen, TooLargeError
from .small_models import build
from .test_activations import CappedGame, compare

EXAMPLES = int(os.environ.get("ANKUNFT_EXAMPLES", "100")) // 2
WORDS = ("collects", "collects", "needs", "needs", "changes", "discards", "produces")


@st.composite
def steps(draw: st.DrawFn, prefix: str, most: int) -> dict[str, Any]:
    """Draw a chain of steps that do something to one datum, or nothing."""
    return {
        f"{prefix}{number}": {
            "name": "T",
            "actor": draw(st.sampled_from(("one", "two"))),
            **{word: ["alpha"] for word in draw(st.lists(st.sampled_from(WORDS), max_size=2, unique=True))},
        }
        for number in range(draw(st.integers(1, most)))
    }


def chained(nodes: dict[str, Any], last: str) -> None:
    for here, there in pairwise((*nodes, last)):
        nodes[here]["next"] = there


@st.composite
def looping_starters(draw: st.DrawFn, *, waits: bool) -> dict[str, Any]:
    """Draw a loop that starts a process; where it `waits`, for an answer of what it has started."""
    loop, behind, other = draw(steps("a", 2)), draw(steps("b", 1)), draw(steps("q", 3))
    chained(loop, "x")
    chained(behind, "e")
    chained(other, "qe")
    once_more: dict[str, Any] = {"to": "j", "when": "again"}
    if draw(st.integers(0, 3)) == 0:
        once_more["repeats"] = {"max": draw(st.integers(1, 2))}
    nodes: dict[str, Any] = {
        "s": {"type": "start", "actor": "person", "next": "j"},
        "j": {"type": "exclusive", "actor": "one", "next": "a0"},
        **loop,
        "x": {"type": "exclusive", "actor": "one", "next": [once_more, {"to": "b0", "when": "on"}]},
        **behind,
        "e": {"type": "end", "actor": "one"},
    }
    started = {
        "qs": {"type": "start", "actor": "person", "next": "q0"},
        **other,
        "qe": {"type": "end", "actor": "one"},
    }
    data = st.sampled_from((["alpha"], ["beta"]))
    handovers: list[dict[str, Any]] = [
        {"id": "starts", "from": draw(st.sampled_from(list(loop))), "to": "qs", "triggers": True, "data": draw(data)}
    ]
    if waits:
        answer = draw(st.sampled_from(list(other)))
        place = draw(st.sampled_from([*loop, "x", *behind]))
        handovers.append({"id": "waits", "from": answer, "to": place, "waits": True, "data": draw(data)})
    return {
        "processes": {
            "p": {"name": "P", "nodes": nodes, "handovers": handovers},
            "q": {"name": "Q", "nodes": started, "handovers": []},
        },
        "readers": {system: draw(st.sampled_from(([], ["one"]))) for system in ("file", "register")},
        "holds": dict.fromkeys(("file", "register"), "none"),
    }


def agree_with_the_enumeration(plain: dict[str, Any], *, on_blocks: bool, counts: bool = False) -> None:
    model = build(plain)
    (group,) = (group for group in entry_processes(model) if group[0].id == "p")
    runs = build_run_graph(build_token_game(*group))
    if not on_blocks:
        runs.__dict__["regions"] = runs.__dict__["blocks"] = None
    found = find_knowledge(model, *group, runs=runs)
    for key, known in found.items.items():
        event(f"{known.limits}")
        compare(known, seen_plainly(plain, key.item, limit=500 if counts else 6_000, counts=counts))


def seen_plainly(plain: dict[str, Any], item: str, *, limit: int = 6_000, counts: bool = False) -> Seen:
    model = build(plain)
    (group,) = (group for group in entry_processes(model) if group[0].id == "p")
    reference = PlainKnowledge(model, group, item)
    reference.game = CappedGame(*group)
    return reference.enumerate(limit=limit, counts=counts)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
@given(looping_starters(waits=False), st.booleans())
def test_what_overlapping_instances_show_is_what_the_enumeration_shows(
    plain: dict[str, Any],
    on_blocks: bool,
) -> None:
    try:
        agree_with_the_enumeration(plain, on_blocks=on_blocks)
    except TooLargeError:
        event("too large")


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
@given(looping_starters(waits=True))
def test_what_a_loop_starts_and_waits_for_is_followed_each_time(plain: dict[str, Any]) -> None:
    try:
        agree_with_the_enumeration(plain, on_blocks=True, counts=True)
    except TooLargeError:
        event("too large")


def a_loop_that_starts(*steps_of_the_instance: dict[str, Any]) -> dict[str, Any]:
    other = {f"q{number}": {"name": "T", **step} for number, step in enumerate(steps_of_the_instance)}
    chained(other, "qe")
    nodes = {
        "s": {"type": "start", "actor": "person", "next": "j"},
        "j": {"type": "exclusive", "actor": "one", "next": "a"},
        "a": {"name": "A", "actor": "one", "next": "x"},
        "x": {"type": "exclusive", "actor": "one", "next": [{"to": "j", "when": "y"}, {"to": "e", "when": "n"}]},
        "e": {"type": "end", "actor": "one"},
    }
    starts = {"id": "starts", "from": "a", "to": "qs", "triggers": True, "data": ["beta"]}
    started = {"qs": {"type": "start", "actor": "person", "next": "q0"}, **other, "qe": {"type": "end", "actor": "one"}}
    return {
        "processes": {
            "p": {"name": "P", "nodes": nodes, "handovers": [starts]},
            "q": {"name": "Q", "nodes": started, "handovers": []},
        },
        "readers": {"file": [], "register": []},
        "holds": dict.fromkeys(("file", "register"), "none"),
    }


def known_of(plain: dict[str, Any], *, on_blocks: bool = True) -> ItemKnowledge:
    model = build(plain)
    (group,) = (group for group in entry_processes(model) if group[0].id == "p")
    runs = build_run_graph(build_token_game(*group))
    if not on_blocks:
        runs.__dict__["regions"] = runs.__dict__["blocks"] = None
    return next(found for key, found in find_knowledge(model, *group, runs=runs).items.items() if key.item == "alpha")


def test_a_loop_that_waits_for_what_it_starts_is_exact() -> None:
    plain = a_loop_that_starts({"actor": "two", "collects": ["alpha"]}, {"actor": "two"})
    main = plain["processes"]["p"]
    main["nodes"]["a"]["next"] = "b"
    main["nodes"]["b"] = {"name": "B", "actor": "one", "needs": ["alpha"], "next": "x"}
    answer = {"id": "answers", "from": "q0", "to": "b", "waits": True, "data": ["alpha"]}
    main["handovers"].append(answer)
    known = known_of(plain)

    # what comes behind the answer in the instance does nothing to the datum, so it does not matter how long it takes
    assert known.is_exact
    assert not known.gaps
    assert (known.collections.least, known.collections.most) == (1, None)
    assert [(found.node, found.certainty) for found in known.avoidable] == [("q0", "possible")]

    plain["processes"]["q"]["nodes"]["q1"]["changes"] = ["alpha"]
    # now the value may become worthless between the answer and the step that waits for it, or in the next round
    assert [(gap.node, gap.certainty) for gap in known_of(plain).gaps] == [("b", "possible")]
    assert known_of(plain).limits == ("starts",)


def test_what_only_two_instances_at_once_can_show_is_found_and_exact() -> None:
    plain = a_loop_that_starts(
        {"actor": "one", "collects": ["alpha"]},
        {"actor": "one", "changes": ["alpha"]},
        {"actor": "one", "needs": ["alpha"]},
    )
    known = known_of(plain)

    # one after the other, nobody ever has it at the third step; a second instance may have asked meanwhile
    assert known.is_exact
    assert [(gap.node, gap.certainty) for gap in known.gaps] == [("q2", "possible")]
    assert [(found.node, found.certainty) for found in known.avoidable] == [("q0", "possible")]


def test_without_blocks_what_only_several_instances_show_is_taken_as_possible() -> None:
    plain = a_loop_that_starts({"actor": "one", "collects": ["alpha"]}, {"actor": "two", "changes": ["alpha"]})
    known = known_of(plain, on_blocks=False)

    assert known.limits == ("instances",)
    assert [(found.node, found.certainty, found.exact) for found in known.avoidable] == [("q0", "possible", False)]


def test_a_datum_with_which_instances_have_nothing_to_do_is_exact() -> None:
    plain = a_loop_that_starts({"actor": "one"})
    plain["processes"]["p"]["nodes"]["a"]["collects"] = ["alpha"]

    assert known_of(plain, on_blocks=False).is_exact
