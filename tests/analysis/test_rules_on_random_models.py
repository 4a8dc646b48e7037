"""All rules on models that nobody wrote: they answer, name what there is, and agree with what was computed."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analysis.small_models import build, small_models, structured, unstructured

from ankunft_model.analysis import Computations, check
from ankunft_model.analysis.circular_waits import find_circular_waits
from ankunft_model.model import ArrivalModel

models = st.one_of(small_models(structured()), small_models(unstructured())).map(build)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(models)
def test_findings_are_told_apart_and_name_what_there_is(model: ArrivalModel) -> None:
    findings = check(model)

    assert len({finding.id for finding in findings}) == len(findings)
    for finding in findings:
        assert finding.elements
        assert set(finding.witness) <= set(finding.run()) <= set(model.nodes)
        assert finding.certainty == "possible" or not finding.depends_on
        assert all(text.strip() and "  " not in text for text in (*finding.message, *finding.recommendation))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(models)
def test_the_rules_on_flow_say_what_soundness_says(model: ArrivalModel) -> None:
    computed = Computations(model)
    found = check(model, select=["flow"], computations=computed)

    problems = [problem for result in computed.soundness.values() for problem in result.problems]
    dead = {node for problem in problems if problem.kind == "dead_node" for node in problem.nodes}
    assert {element.id for finding in found.by_rule("dead-node") for element in finding.elements} == dead
    stuck = {frozenset(problem.nodes) for problem in problems if problem.kind == "deadlock" and problem.nodes}
    named = {frozenset(element.id for element in finding.elements) for finding in found.by_rule("deadlock")}
    circles = [set(circle.ids) for circle in find_circular_waits(computed) if circle.stops]
    assert named >= {nodes for nodes in stuck if not any(circle <= nodes for circle in circles)}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(models)
def test_who_waits_in_a_circle_of_messages_is_executed_on_no_run(model: ArrivalModel) -> None:
    computed = Computations(model)

    for circle in find_circular_waits(computed):
        if not circle.stops:
            continue
        for runs in computed.runs:
            nodes = {runs.game.graph.index_of[id_] for id_ in circle.ids if id_ in runs.game.graph.index_of}
            executed = {node for state in range(len(runs.markings)) for node in runs.run_to(state)}
            assert executed.isdisjoint(nodes)
