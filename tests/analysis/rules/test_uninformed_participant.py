"""What the rule `uninformed-participant` reports, and what it must not report."""

from __future__ import annotations

from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exports.bpmn.short_notation import random_model

from ankunft_model.analysis import Computations, computations
from ankunft_model.graph.participation.normal_form import Kind

from .cases import case, found

NODES = (
    "first: {name: Melden, actor: sozialamt, next: check}\n"
    "check: {name: Prüfen, actor: jobcenter, next: entitled}\n"
    "entitled: {type: exclusive, name: Da?, next: [{to: mine, when: ja}, {to: back, when: nein}]}\n"
    "mine: {name: Übernehmen, actor: jobcenter, next: ende}\n"
    "back: {name: Weiterzahlen, actor: sozialamt%s, next: goes_on}\n"
    "goes_on: {type: end, name: Läuft weiter}"
)


def test_names_who_waits_and_the_decision_after_which_nothing_comes() -> None:
    (finding,) = found("uninformed-participant", case(NODES % ""))

    assert [element.id for element in finding.elements] == ["sozialamt", "entitled", "first"]
    assert (finding.severity, finding.certainty) == ("hint", "possible")


def test_says_how_to_see_the_notice_where_one_can_be_drawn() -> None:
    model = case(NODES % "")

    (finding,) = found("uninformed-participant", model)

    assert "ankunft export --notify" in finding.recommendation.de
    assert "nichts weiter zu tun" in model.to_bpmn(notify=True).decode()
    assert "nichts weiter zu tun" not in model.to_bpmn().decode()


def test_is_worse_where_a_benefit_hangs_on_it() -> None:
    more = "benefits:\n  hilfe: {name: Hilfe, payer: sozialamt, regime: sgb12, covers: [subsistence]}\n"
    model = case(NODES % ", starts: [hilfe]", more=more)

    assert [finding.severity for finding in found("uninformed-participant", model)] == ["warning"]


@pytest.mark.parametrize("sender", ["mine", "check"])
def test_is_silent_where_a_handover_gives_notice(sender: str) -> None:
    told = f"[{{id: h, from: {sender}, to: {{actor: sozialamt}}, channel: email, data: none}}]"

    assert not found("uninformed-participant", case(NODES % "", handovers=told))


def test_what_the_person_may_carry_is_no_notice() -> None:
    carried = "[{id: h, from: mine, to: {actor: sozialamt}, channel: paper_carried, data: none}]"

    assert found("uninformed-participant", case(NODES % "", handovers=carried))


def test_is_silent_where_it_can_be_looked_up() -> None:
    more = "systems:\n  akte: {name: Akte, holds: none, readers: [sozialamt]}\n"
    nodes = (NODES % "").replace("name: Prüfen, actor: jobcenter", "name: Prüfen, actor: jobcenter, records_in: [akte]")

    assert not found("uninformed-participant", case(nodes, more=more))


def test_is_silent_about_the_person_and_where_the_case_always_comes_back() -> None:
    assert not found("uninformed-participant", case((NODES % "").replace("actor: sozialamt", "actor: person")))
    model = case(
        "first: {name: Melden, actor: sozialamt, next: check}\ncheck: {name: Prüfen, actor: jobcenter, next: back}\n"
        "back: {name: Abschließen, actor: sozialamt, next: ende}"
    )
    assert not found("uninformed-participant", model)


@given(st.integers(0, 10**6))
def test_a_process_that_leaves_nothing_open_is_not_divided_and_would_silence_nobody(seed: int) -> None:
    model = random_model(Random(seed), 8)
    skipped = [id_ for id_, division in Computations(model).divisions.items() if division is None]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(computations, "LEAVING_OPEN", frozenset(get_args(Kind)))
        divided = Computations(model).divisions

    for id_ in skipped:
        division = divided[id_]
        threads = () if division is None else division.threads
        assert not any(found.silences for pool in threads for found in pool.class_of_exit.values())


@pytest.mark.parametrize(
    ("step", "severity"),
    [
        ("", "hint"),
        (", starts: [hilfe]", "warning"),
        (", stops: [hilfe]", "warning"),
        (", entitles: [hilfe]", "warning"),
        (", ends_entitlement: [hilfe]", "warning"),
        (", deadlines: [{within: P14D, after: first}]", "warning"),
    ],
)
def test_a_benefit_or_a_deadline_makes_it_matter_to_the_person(step: str, severity: str) -> None:
    more = "benefits:\n  hilfe: {name: Hilfe, payer: sozialamt, regime: sgb12, covers: [subsistence]}\n"

    (finding,) = found("uninformed-participant", case(NODES % step, more=more))

    assert finding.severity == severity


def test_what_matters_may_come_later_in_what_is_waited_for() -> None:
    more = "benefits:\n  hilfe: {name: Hilfe, payer: sozialamt, regime: sgb12, covers: [subsistence]}\n"
    later = (NODES % "").replace("next: goes_on", "next: pay\n").replace("\n}", "}") + (
        "\npay: {name: Zahlen, actor: sozialamt, starts: [hilfe], next: goes_on}"
    )

    (finding,) = found("uninformed-participant", case(later, more=more))

    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("readers", "is_found"),
    [
        ("[sozialamt]", False),
        ("[{actor: sozialamt, used: false}]", True),
        ("[agentur]", True),
        ("none", True),
    ],
)
def test_looking_it_up_needs_a_right_that_practice_uses(readers: str, is_found: bool) -> None:
    more = f"systems:\n  akte: {{name: Akte, holds: none, readers: {readers}}}\n"
    nodes = (NODES % "").replace("name: Prüfen, actor: jobcenter", "name: Prüfen, actor: jobcenter, records_in: [akte]")

    assert bool(found("uninformed-participant", case(nodes, more=more))) is is_found


def test_says_who_waits_for_what_and_who_decides() -> None:
    (finding,) = found("uninformed-participant", case(NODES % ""))

    assert "Sozialamt weiß nach „Melden“ nicht, ob der Fall zurückkommt („Weiterzahlen“)" in finding.message.de
    assert "Geht er bei „Da?“ einen anderen Weg, sagt Jobcenter es dort niemandem." in finding.message.de
    assert finding.witness == ("first", "entitled")


def test_after_a_gateway_without_a_name_the_steps_before_it_are_named() -> None:
    nodes = (
        "first: {name: Melden, actor: sozialamt, next: wie}\n"
        "wie: {type: exclusive, %sactor: sozialamt, next: [{to: check, when: so}, {to: other, when: anders}]}\n"
        "check: {name: Prüfen, actor: jobcenter, next: zu}\nother: {name: Anders prüfen, actor: jobcenter, next: zu}\n"
        "zu: {type: exclusive, next: entitled}\n"
        "entitled: {type: exclusive, name: Da?, next: [{to: mine, when: ja}, {to: back, when: nein}]}\n"
        "mine: {name: Übernehmen, actor: jobcenter, next: ende}\n"
        "back: {name: Weiterzahlen, actor: sozialamt, next: goes_on}\ngoes_on: {type: end, name: Läuft weiter}"
    )

    (unnamed,) = found("uninformed-participant", case(nodes % ""))
    (named,) = found("uninformed-participant", case(nodes % "name: 'Wie?', "))

    assert [element.id for element in unnamed.elements] == ["sozialamt", "entitled", "first"]
    assert [element.id for element in named.elements] == ["sozialamt", "entitled", "wie"]
