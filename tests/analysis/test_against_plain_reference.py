"""The fast computations agree with a plain enumeration of all runs on random small models."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, seed, settings
from tests.conftest import is_ci

from ankunft_model.analysis.documents import find_missing_documents
from ankunft_model.analysis.knowledge.finding import find_knowledge
from ankunft_model.graph import build_run_graph, build_token_game, check_process, control_flow_of, entry_processes

from .plain_reference import PlainGame, PlainKnowledge, TooLargeError, is_run, plain_missing_documents, plain_soundness
from .small_models import build, plain_models

EXAMPLES = int(os.environ.get("ANKUNFT_EXAMPLES", "100"))
"""So many random models are compared per test, 2,100 in all; a longer search sets the variable."""
PARTS = range(7)
"""Each property is tried in parts, so that none takes long."""

SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large]
"""Drawing a whole model takes its time on a busy machine."""


def compare(part: int, check: Callable[[dict[str, Any]], None]) -> None:
    """Check a property on random models; each part draws others."""
    drawn = seed(part)(given(plain_models)(check)) if is_ci() else given(plain_models)(check)
    settings(max_examples=EXAMPLES, suppress_health_check=SLOW_DATA)(drawn)()


@pytest.mark.parametrize("part", PARTS)
def test_soundness_equals_the_enumeration(part: int) -> None:
    compare(part, soundness_equals_the_enumeration)


def soundness_equals_the_enumeration(plain: dict[str, Any]) -> None:
    model = build(plain)

    for process in model.processes.values():
        try:
            expected = plain_soundness(process, limit=1_500)
        except TooLargeError:
            event("too large")
            return

        found = check_process(control_flow_of(process))

        event("sound" if not expected else "unsound")
        kinds = {problem.kind for problem in found.problems}
        if found.sound is None:
            event("beyond a limit")
            continue
        assert found.sound == (not expected)
        dead = {node for problem in found.problems if problem.kind == "dead_node" for node in problem.nodes}
        if "beyond" in expected:
            event("three tokens on a flow")
            assert kinds <= expected.keys()
            assert dead <= expected.get("dead_node", set())
            assert "lack_of_synchronization" in kinds
        else:
            assert kinds == expected.keys()
            assert dead == expected.get("dead_node", set())


@pytest.mark.parametrize("part", PARTS)
def test_knowledge_equals_the_enumeration(part: int) -> None:
    compare(part, knowledge_equals_the_enumeration)


def knowledge_equals_the_enumeration(plain: dict[str, Any]) -> None:
    model = build(plain)

    for group in entry_processes(model):
        found = find_knowledge(model, *group)
        is_unsafe = any(edge.doubled for edges in found.runs.edges for edge in edges)
        limit = 800 if is_unsafe else 6_000  # where tokens meet, orders are many, or without end
        reference = {}
        try:
            for key in found.facts.keys:
                with_all = PlainKnowledge(model, group, key.item, key.member).enumerate(limit=limit)
                left_out = PlainKnowledge(model, group, key.item, key.member, carried=False).enumerate(limit=limit)
                reference[key] = (with_all, left_out)
        except TooLargeError:
            event("too large, tokens meet" if is_unsafe else "too large")
            return

        event("compared, tokens meet" if is_unsafe else "compared")
        game = PlainGame(*group)
        for key, (seen, left_out) in reference.items():
            known = found.items[key]
            if not known.is_exact:
                event("beyond a limit: " + ", ".join(known.limits))
                certain = {node for node, how in seen.gaps().items() if how == "definite"}
                assert {gap.node for gap in known.gaps} >= seen.gaps().keys()
                assert {gap.node for gap in known.gaps if gap.certainty == "definite"} <= certain
                continue
            assert {gap.node: gap.as_stated for gap in known.gaps} == seen.gaps(), key
            assert {a.node: (a.certainty, frozenset(a.known_to)) for a in known.avoidable} == seen.avoidable(), key
            for shown in (*known.gaps, *known.avoidable, *known.carried_gaps):
                assert shown.run.ids[-1] == shown.node
                assert is_run(game, shown.run.ids), (key, shown)
            if seen.ends:
                assert is_run(game, known.longest.ids), (key, known.longest)
            more = {node: certainty for node, certainty in left_out.gaps().items() if node not in seen.gaps()}
            assert {gap.node: gap.as_stated for gap in known.carried_gaps} == more, key
            if seen.ends:
                assert (known.collections.least, known.collections.most) == seen.collections, key
                assert (known.collections.least_askers, known.collections.most_askers) == seen.askers, key
                index_of, facts = found.facts.graph.index_of, found.facts.by_node[key]
                asking = {index_of[id_] for id_ in known.longest.ids if index_of[id_] in facts}
                asking = {node for node in asking if facts[node].is_collected}
                askers = {found.facts.performers[node] or f"?{node}" for node in asking}
                assert len(askers) == known.collections.most_askers, key


@pytest.mark.parametrize("part", PARTS)
def test_missing_documents_equal_the_enumeration(part: int) -> None:
    compare(part, missing_documents_equal_the_enumeration)


def missing_documents_equal_the_enumeration(plain: dict[str, Any]) -> None:
    model = build(plain)

    for group in entry_processes(model):
        try:
            if "lack_of_synchronization" in plain_soundness(*group):
                continue
            expected = plain_missing_documents(model, *group)
        except TooLargeError:
            return

        runs = build_run_graph(build_token_game(*group))
        found = {(m.node, m.documents): m for m in find_missing_documents(model, runs)}

        assert found.keys() == expected.keys()
        for place, missing in found.items():
            # what was not looked at to the end is nowhere called certain
            assert missing.certainty == (expected[place] if missing.exact else "possible")
