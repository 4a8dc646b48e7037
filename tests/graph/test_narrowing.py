"""A model for one target group or one case holds what can happen to it, and nothing that cannot."""

from __future__ import annotations

import pytest

from ankunft_model.errors import UnknownElementError
from ankunft_model.graph import build_run_graph, build_token_game, check_soundness
from ankunft_model.graph.narrowing import for_case, for_cohort
from ankunft_model.model import ArrivalModel
from ankunft_model.sources import read_text

MODEL = """\
format: ankunft/1
id: m
title: M
state: as_is
actors: {person: {name: P, kind: person}, amt: {name: Amt, kind: jobcenter}}
data: {d: {name: D, category: identity}}
cohorts:
  asylum: {name: Asyl}
  skilled: {name: Fachkraft}
cases:
  one: {name: Eins, cohort: asylum, choices: {weg: a, viele: [x, y]}, dates: {a: 2025-01-01}}
  two: {name: Zwei, cohort: skilled, choices: {weg: b}}
information_duties:
  tell: {name: Sagen, to: skilled, at: [b]}
processes:
  p:
    name: Eins
    nodes:
      s: {type: start, actor: person, next: only}
      only: {name: Nur Fachkraft, actor: amt, cohorts: [skilled], next: weg}
      weg:
        type: exclusive
        name: Wohin?
        next: [{to: a, when: a, share: 0.5}, {to: b, when: b, share: 0.3}, {to: c, when: c, share: 0.2}]
      a: {name: A, actor: amt, next: viele}
      b: {name: B, actor: amt, cohorts: [skilled], next: zu}
      c: {name: C, actor: amt, next: zu}
      viele: {type: inclusive, name: Was?, next: [{to: x, when: x}, {to: y, when: y}, {to: z, when: z}]}
      x: {name: X, actor: amt, next: da}
      y: {name: Y, actor: amt, next: da}
      z: {name: Z, actor: amt, next: da}
      da: {type: inclusive, next: zu}
      zu: {type: exclusive, next: e}
      e: {type: end}
    handovers:
      - {id: h, from: b, to: start_two, triggers: true}
      - {id: i, from: c, to: zu}
  q:
    name: Zwei
    nodes:
      start_two: {type: start, actor: amt, next: last}
      last: {name: Q, actor: amt, next: end_two}
      end_two: {type: end}
"""


@pytest.fixture
def model() -> ArrivalModel:
    return read_text(MODEL, suffix=".yaml")


def nodes_of(model: ArrivalModel) -> set[str]:
    return set(model.nodes)


def is_sound(model: ArrivalModel) -> bool:
    return all(check_soundness(build_run_graph(build_token_game(p))).sound for p in model.processes.values())


def test_a_cohort_leaves_out_branches_and_steps_for_others(model: ArrivalModel) -> None:
    narrowed = for_cohort(model, "asylum")

    assert nodes_of(model) - nodes_of(narrowed) == {"only", "b", "start_two", "last", "end_two"}
    assert [flow.to for flow in narrowed.nodes["s"].next] == ["weg"]
    assert [flow.to for flow in narrowed.nodes["weg"].next] == ["a", "c"]
    assert set(narrowed.cases) == {"one"}
    assert not narrowed.information_duties
    assert is_sound(narrowed)


def test_a_cohort_keeps_what_is_for_it(model: ArrivalModel) -> None:
    narrowed = for_cohort(model, "skilled")

    assert nodes_of(narrowed) == nodes_of(model)
    assert set(narrowed.information_duties) == {"tell"}


def test_a_case_takes_its_decisions_and_all_of_several_ways(model: ArrivalModel) -> None:
    narrowed = for_case(model, "one")

    assert nodes_of(narrowed) == {"s", "weg", "a", "viele", "x", "y", "da", "zu", "e"}
    assert narrowed.nodes["viele"].type == "parallel"
    assert [flow.share for flow in narrowed.nodes["weg"].next] == [None]
    assert set(narrowed.cases) == {"one"}
    assert is_sound(narrowed)


def test_a_case_leaves_open_what_it_does_not_state(model: ArrivalModel) -> None:
    narrowed = for_case(model, "two")

    assert {"only", "b", "start_two", "last"} <= nodes_of(narrowed)
    assert not {"a", "c", "x"} & nodes_of(narrowed)
    assert set(narrowed.processes) == {"p", "q"}


def test_processes_that_nothing_starts_any_more_are_left_out(model: ArrivalModel) -> None:
    assert set(for_case(model, "one").processes) == {"p"}


@pytest.mark.parametrize("narrow", [for_cohort, for_case])
def test_an_unknown_id_is_an_error(model: ArrivalModel, narrow) -> None:
    with pytest.raises(UnknownElementError):
        narrow(model, "nobody")
