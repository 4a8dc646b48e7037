"""Decisions with the same question take the same answer within a run, compared with each answer played by itself."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis import Computations
from ankunft_model.analysis.knowledge.facts import ItemKey
from ankunft_model.analysis.knowledge.finding import find_knowledge
from ankunft_model.graph import check_process, control_flow_of
from ankunft_model.graph.shared_questions import answers_by_flow

from .plain_reference import PlainKnowledge, Seen, TooLargeError
from .small_models import build, data_words, small_models
from .test_limits import model_with


def decisions(nodes: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for node in nodes.values():
        if node.get("type") == "exclusive" and len(node.get("next", ())) > 1:
            yield node
        yield from decisions(node.get("nodes", {}))


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Any]:
    """Draw decisions one after the other, two of them perhaps at the same time; most of them ask one question."""
    count = draw(st.integers(2, 3))
    nodes: dict[str, Any] = {"e": {"type": "end", "actor": "person"}}
    begins, ends = [f"x{n}" for n in range(count)], [f"j{n}" for n in range(count)]
    for n in range(count):
        first = draw(st.integers(0, 1))
        flows = [{"to": f"t{n}{way}", "when": str(first + way)} for way in range(draw(st.integers(2, 3)))]
        nodes[begins[n]] = {"type": "exclusive", "actor": "one", "next": flows}
        if draw(st.integers(0, 4)):
            nodes[begins[n]]["question"] = "q"
        for flow in flows:
            nodes[flow["to"]] = {"name": "T", **draw(data_words()), "next": [{"to": ends[n]}]}
        nodes[ends[n]] = {"type": "exclusive", "actor": "one"}
    is_parallel = draw(st.booleans())
    order = ["split", "wait"] if is_parallel else [begins[0], begins[1]]
    if is_parallel:
        nodes["split"] = {"type": "parallel", "actor": "one", "next": [{"to": begins[0]}, {"to": begins[1]}]}
        nodes["wait"] = {"type": "parallel", "actor": "one"}
        nodes[ends[0]]["next"] = nodes[ends[1]]["next"] = [{"to": "wait"}]
    else:
        nodes[ends[0]]["next"] = [{"to": begins[1]}]
    after = begins[2] if count == 3 else "e"
    nodes["wait" if is_parallel else ends[1]]["next"] = [{"to": after}]
    if count == 3:
        nodes[ends[2]]["next"] = [{"to": "e"}]
    return {"s": {"type": "start", "actor": "person", "next": [{"to": order[0]}]}, **nodes}


@st.composite
def asking_twice(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a process in which some decisions ask one question, with two or three answers."""
    plain = draw(small_models(choices()))
    plain["processes"] = {"p": {**plain["processes"]["p"], "handovers": []}}
    return plain


def with_answer(plain: dict[str, Any], answer: str) -> dict[str, Any]:
    """Return the process in which everybody who names the answer takes it."""
    fixed = copy.deepcopy(plain)
    for node in decisions(fixed["processes"]["p"]["nodes"]):
        if node.pop("question", None) and any(flow["when"] == answer for flow in node["next"]):
            node["next"] = [{"to": flow["to"]} for flow in node["next"] if flow["when"] == answer]
    return fixed


def together(answers: list[Seen]) -> Seen:
    """Return what is seen on the runs of all answers."""
    seen = Seen(ends=any(one.ends for one in answers))
    for one in answers:
        seen.lacks += one.lacks
        seen.has += one.has
        seen.known_at += one.known_at
        seen.unknown_at += one.unknown_at
        for node, known in one.known.items():
            seen.known.setdefault(node, set()).update(known)
    ended = [one.collections for one in answers if one.ends]
    if ended:
        mosts = [most for _, most in ended]
        greatest = None if None in mosts else max(most or 0 for most in mosts)
        seen.collections = min(least for least, _ in ended), greatest
    return seen


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(asking_twice())
def test_answers_equal_those_of_each_answer_played_by_itself(plain: dict[str, Any]) -> None:
    model = build(plain)
    process = model.processes["p"]
    questions = [node for node in decisions(plain["processes"]["p"]["nodes"]) if node.get("question")]
    answers = sorted({flow["when"] for node in questions for flow in node["next"]}) or [""]
    found = find_knowledge(model, process)
    try:
        for key in found.facts.keys:
            played: list[Seen] = []
            for answer in answers:
                fixed = build(with_answer(plain, answer))
                played.append(
                    PlainKnowledge(fixed, (fixed.processes["p"],), key.item, key.member).enumerate(limit=2_000)
                )
            seen, known = together(played), found.items[key]
            if not known.is_exact:
                event("not exact: " + ", ".join(known.limits))
                continue
            event("compared")
            assert {gap.node: gap.as_stated for gap in known.gaps} == seen.gaps()
            assert {a.node: (a.certainty, frozenset(a.known_to)) for a in known.avoidable} == seen.avoidable()
            assert (known.collections.least, known.collections.most) == seen.collections
    except TooLargeError:
        event("too large")


@st.composite
def taking_time(draw: st.DrawFn) -> dict[str, Any]:
    """Draw such a process whose steps take some days each."""
    plain = draw(asking_twice())
    for node in plain["processes"]["p"]["nodes"].values():
        if "type" not in node:
            node["duration"] = f"P{draw(st.integers(0, 9))}D"
    return plain


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(taking_time())
def test_times_hold_on_the_runs_of_each_answer_and_are_called_exact_only_if_no_others_count(
    plain: dict[str, Any],
) -> None:
    questions = [node for node in decisions(plain["processes"]["p"]["nodes"]) if node.get("question")]
    answers = sorted({flow["when"] for node in questions for flow in node["next"]}) or [""]

    (found,) = Computations(build(plain)).process_times
    apart = [Computations(build(with_answer(plain, answer))).process_times[0] for answer in answers]

    least = min(one.least for one in apart if one.least is not None)
    most = None if any(one.most is None for one in apart) else max(one.most or 0 for one in apart)
    assert found.least is not None
    assert found.least <= least
    assert found.most is None or (most is not None and found.most >= most)
    event(f"exact: {found.exact}, {len(questions)} questions")
    if found.exact:
        assert (found.least, found.most) == (least, most)
        for node, times in found.by_node.items():
            reached = [known for one in apart if (known := one.by_node.get(node)) and known.earliest is not None]
            assert times.earliest == min((known.earliest or 0 for known in reached), default=None)


def test_two_decisions_with_one_question_take_the_time_of_one_answer() -> None:
    nodes = asked_and_used("q")
    nodes["ask"]["duration"], nodes["use"]["duration"] = "P10D", "P1D"
    nodes["y"]["next"] = [{"to": "use", "when": "nein"}, {"to": "k", "when": "ja"}]

    (found,) = Computations(model_with(nodes)).process_times

    assert (found.least, found.most, found.exact) == (1 * 86_400, 10 * 86_400, True)


def asked_and_used(second: str | None) -> dict[str, Any]:
    """Return two decisions, behind the first of which the datum is asked, behind the second used."""
    same = {} if second is None else {"question": second}
    return {
        "s": {"type": "start", "actor": "person", "next": "x"},
        "x": {"type": "exclusive", "question": "q", "next": [{"to": "ask", "when": "ja"}, {"to": "j", "when": "nein"}]},
        "ask": {"name": "A", "actor": "a0", "collects": ["d"], "next": "j"},
        "j": {"type": "exclusive", "next": "y"},
        "y": {"type": "exclusive", **same, "next": [{"to": "use", "when": "ja"}, {"to": "k", "when": "nein"}]},
        "use": {"name": "U", "actor": "a0", "needs": ["d"], "next": "k"},
        "k": {"type": "exclusive", "next": "e"},
        "e": {"type": "end"},
    }


def test_who_is_asked_on_yes_is_used_on_yes_only() -> None:
    same = Computations(model_with(asked_and_used("q"))).knowledge[0].items[ItemKey("d")]
    other = Computations(model_with(asked_and_used("r"))).knowledge[0].items[ItemKey("d")]
    unstated = Computations(model_with(asked_and_used(None))).knowledge[0].items[ItemKey("d")]

    assert (same.is_exact, same.gaps) == (True, ())
    assert [gap.node for gap in other.gaps] == [gap.node for gap in unstated.gaps] == ["use"]


def test_a_way_that_contradicts_an_earlier_answer_is_dead() -> None:
    nodes = asked_and_used("q")
    nodes["ask"]["next"] = "y2"
    nodes["y2"] = {
        "type": "exclusive",
        "question": "q",
        "next": [{"to": "j", "when": "ja"}, {"to": "n", "when": "nein"}],
    }
    nodes["n"] = {"name": "N", "actor": "a0", "next": "e"}

    found = check_process(control_flow_of(model_with(nodes).processes["p"]))

    assert [(problem.kind, problem.nodes) for problem in found.problems] == [("dead_node", ("n",))]


def test_an_answer_that_a_gateway_does_not_name_leaves_it_free() -> None:
    found = answers_by_flow([("q", [(0, "a"), (1, "b")]), ("q", [(2, "a"), (3, "c")]), ("r", [(4, "a"), (5, "b")])])

    assert found == {
        0: ((0, 0), (0, 2)),
        1: ((0, 1), (0, 2)),
        2: ((0, 0), (0, 1)),
        3: ((0, 2), (0, 1)),
    }
