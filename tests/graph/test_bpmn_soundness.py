"""Soundness of BPMN files by others: every construct of BPMN that changes how tokens move."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Literal

import pytest

from ankunft_model.errors import SourceError
from ankunft_model.graph.bpmn_soundness import check_bpmn
from ankunft_model.graph.soundness import Soundness

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
OPEN = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'


def flows(*pairs: str) -> str:
    """Return sequence flows; `a b` leads from a to b."""
    return "".join(
        f'<sequenceFlow id="f{number}_{source}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(pair.split() for pair in pairs)
    )


def verdict(process: str) -> Soundness:
    return check_bpmn(f'{OPEN}<process id="p">{process}</process></definitions>'.encode()).verdicts["p"]


def kinds(found: Soundness) -> list[tuple[str, tuple[str, ...]]]:
    return [(problem.kind, problem.nodes) for problem in found.problems]


def test_a_decision_before_a_parallel_join_is_a_deadlock_with_the_shortest_run() -> None:
    found = verdict(
        '<startEvent id="s"/><exclusiveGateway id="x"/><task id="a"/><task id="b"/><parallelGateway id="j"/>'
        '<endEvent id="e"/>' + flows("s x", "x a", "x b", "a j", "b j", "j e")
    )

    assert ("deadlock", ("j",)) in kinds(found)
    assert found.problems[0].witness == ("s", "x", "a")


def test_a_token_that_waits_for_ever_beside_an_endless_loop_is_a_deadlock() -> None:
    found = verdict(
        '<startEvent id="s"/><parallelGateway id="x"/><exclusiveGateway id="l"/><task id="t"/>'
        '<exclusiveGateway id="c"/><task id="never"/><parallelGateway id="j"/><endEvent id="e"/>'
        + flows("s x", "x l", "x j", "l t", "t l", "never j", "j e", "c never")
    )

    assert ("deadlock", ("j",)) in kinds(found)


def test_an_event_sub_process_may_begin_while_its_process_runs() -> None:
    found = verdict(
        '<startEvent id="s"/><task id="a"/><endEvent id="e"/><subProcess id="late" triggeredByEvent="true">'
        '<startEvent id="ls" isInterrupting="false"/><endEvent id="le"/>'
        + flows("ls le")
        + "</subProcess>"
        + flows("s a", "a e")
    )

    assert found.sound


def test_an_interrupting_event_sub_process_ends_what_would_be_stuck_only_sometimes() -> None:
    found = verdict(
        '<startEvent id="s"/><exclusiveGateway id="x"/><task id="a"/><task id="b"/><parallelGateway id="j"/>'
        '<endEvent id="e"/><subProcess id="late" triggeredByEvent="true"><startEvent id="ls"/><endEvent id="le"/>'
        + flows("ls le")
        + "</subProcess>"
        + flows("s x", "x a", "x b", "a j", "b j", "j e")
    )

    assert ("dead_node", ("j",)) in kinds(found)
    assert ("dead_node", ("late",)) not in kinds(found)


def test_links_lead_from_the_throwing_to_the_catching_event() -> None:
    found = verdict(
        '<startEvent id="s"/><intermediateThrowEvent id="t"><linkEventDefinition name="L"/></intermediateThrowEvent>'
        '<intermediateCatchEvent id="c"><linkEventDefinition name="L"/></intermediateCatchEvent><endEvent id="e"/>'
        + flows("s t", "c e")
    )

    assert found.sound


def test_compensation_lies_outside_the_flow() -> None:
    found = verdict(
        '<startEvent id="s"/><task id="a"/><boundaryEvent id="b" attachedToRef="a"><compensateEventDefinition/>'
        '</boundaryEvent><task id="undo" isForCompensation="true"/><endEvent id="e"/>' + flows("s a", "a e")
    )

    assert found.sound


def test_without_a_start_event_everything_without_inflow_starts() -> None:
    assert verdict('<task id="a"/><task id="b"/><endEvent id="e"/>' + flows("a e")).sound


def test_conditions_out_of_a_task_need_an_inclusive_join() -> None:
    nodes = '<startEvent id="s"/><task id="a"/><task id="b"/><task id="c"/><{0}Gateway id="j"/><endEvent id="e"/>'
    outflows = (
        '<sequenceFlow id="c1" sourceRef="a" targetRef="b"><conditionExpression>x</conditionExpression></sequenceFlow>'
        '<sequenceFlow id="c2" sourceRef="a" targetRef="c"><conditionExpression>y</conditionExpression></sequenceFlow>'
    )

    inclusive = verdict(nodes.format("inclusive") + outflows + flows("s a", "b j", "c j", "j e"))
    parallel = verdict(nodes.format("parallel") + outflows + flows("s a", "b j", "c j", "j e"))
    exclusive = verdict(nodes.format("exclusive") + outflows + flows("s a", "b j", "c j", "j e"))

    assert inclusive.sound
    assert [kind for kind, _ in kinds(parallel)] == ["deadlock"]
    assert ("lack_of_synchronization", ("j",)) in kinds(exclusive)


def test_terminating_inside_a_sub_process_ends_only_that() -> None:
    found = verdict(
        '<startEvent id="s"/><subProcess id="u"><startEvent id="us"/><parallelGateway id="x"/><task id="a"/>'
        '<endEvent id="t"><terminateEventDefinition/></endEvent><endEvent id="ue"/>'
        + flows("us x", "x a", "x t", "a ue")
        + '</subProcess><endEvent id="e"/>'
        + flows("s u", "u e")
    )

    assert found.sound


POOLS = """<collaboration id="c"><participant id="one" processRef="p"/><participant id="two" processRef="q"/>
<messageFlow id="m" sourceRef="send_p" targetRef="get_q"/><messageFlow id="n" sourceRef="send_q" targetRef="get_p"/>
</collaboration>
<process id="p"><startEvent id="sp"/>{p}<endEvent id="ep"/></process>
<process id="q"><startEvent id="sq"/>{q}<endEvent id="eq"/></process></definitions>"""
NODES = '<task id="send_{0}"/><receiveTask id="get_{0}"/>'


def pools(p: list[str], q: list[str]) -> bytes:
    text = POOLS.format(p=NODES.format("p") + flows(*p), q=NODES.format("q") + flows(*q))
    return (OPEN + text).encode()


def test_pools_that_each_wait_for_the_other_first_block_each_other() -> None:
    found = check_bpmn(
        pools(
            ["sp get_p", "get_p send_p", "send_p ep"],
            ["sq get_q", "get_q send_q", "send_q eq"],
        )
    )

    assert all(verdict.sound for verdict in found.verdicts.values())
    assert [blocked.nodes for blocked in found.between] == [("get_p", "get_q")]


def test_pools_of_which_one_sends_first_work_together() -> None:
    found = check_bpmn(
        pools(
            ["sp send_p", "send_p get_p", "get_p ep"],
            ["sq get_q", "get_q send_q", "send_q eq"],
        )
    )

    assert found.between == ()


def test_what_is_no_bpmn_is_refused() -> None:
    with pytest.raises(SourceError, match="BPMN"):
        check_bpmn(b"<html/>")


def test_a_file_of_bpmn_needs_neither_pydantic_nor_networkx() -> None:
    program = (
        "import sys, ankunft_model.graph.bpmn_soundness as b; "
        "b.check_bpmn(b'<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>'); "
        "assert not {'pydantic', 'networkx'} & set(sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the files of others are not beside the project")
def test_every_process_of_the_files_of_others_is_decided_quickly() -> None:
    check_bpmn(next(CORPUS.rglob("*.bpmn")).read_bytes())
    times: list[float] = []
    for path in sorted(CORPUS.rglob("*.bpmn")):
        data = path.read_bytes()
        begin = time.process_time()
        found = check_bpmn(data, file=path.name)
        times.append((time.process_time() - begin) / max(len(found.verdicts), 1))
        assert all(verdict.sound is not None for verdict in found.verdicts.values()), path.name

    assert sorted(times)[len(times) // 2] < 0.01  # a millisecond on an idle machine, with reading the file


def test_an_instantiating_gateway_of_type_parallel_awaits_all_of_its_events() -> None:
    process = (
        '<eventBasedGateway id="g" instantiate="true"{type}/><intermediateCatchEvent id="a"><messageEventDefinition/>'
        '</intermediateCatchEvent><intermediateCatchEvent id="b"><messageEventDefinition/></intermediateCatchEvent>'
        '<parallelGateway id="j"/><endEvent id="e"/>' + flows("g a", "g b", "a j", "b j", "j e")
    )

    assert verdict(process.replace("{type}", ' eventGatewayType="Parallel"')).sound is True
    assert verdict(process.replace("{type}", "")).problems[0].kind == "deadlock"


@pytest.mark.parametrize("language", ["de", "en"])
def test_of_a_loop_without_a_way_out_it_is_not_said_that_every_run_ends(language: Literal["de", "en"]) -> None:
    process = (
        '<startEvent id="s"/><exclusiveGateway id="x"/><endEvent id="e"/><exclusiveGateway id="j"/><task id="t"/>'
        + flows("s x", "x e", "x j", "j t", "t j")
    )
    overview = check_bpmn(f'{OPEN}<process id="p">{process}</process></definitions>'.encode())
    with_exit = process + flows("j e")

    assert overview.verdicts["p"].sound is True
    assert overview.verdicts["p"].may_go_round_for_ever
    assert ("aus einer Schleife führt kein Weg" if language == "de" else "out of a loop no way") in overview.to_text(
        language
    )
    assert not verdict(with_exit).may_go_round_for_ever
