"""A view is a model of its own: whole registries, one process, nothing that names what is not there."""

from __future__ import annotations

import pytest

from ankunft_model.errors import UnknownElementError
from ankunft_model.graph.networkx_graph import to_networkx
from ankunft_model.graph.views import only_process
from ankunft_model.sources import read_text

TWO = """\
format: ankunft/1
id: m
title: M
state: as_is
actors: {person: {name: P, kind: person}, amt: {name: Amt, kind: jobcenter}}
data: {d: {name: D, category: identity}}
consents:
  here:  {name: H, given_at: [a, b], data: [d], recipients: [amt]}
  there: {name: T, given_at: [b], data: [d], recipients: [amt]}
agreements:
  both: {name: V, parties: [person, amt], covers: [h, k]}
cases:
  c: {name: Fall, dates: {a: 2025-01-01, b: 2025-01-02}}
processes:
  one:
    name: Eins
    nodes:
      s: {type: start, next: a}
      a: {name: A, actor: amt, next: e}
      e: {type: end}
    handovers:
      - {id: h, from: a, to: t, triggers: true, consent: there}
      - {id: i, from: a, to: e, consent: there}
    deadlines: [{within: P1D, after: b, until: a}, {within: P2D, after: s, until: b}]
  two:
    name: Zwei
    nodes:
      t: {type: start, next: b}
      b: {name: B, actor: amt, next: z}
      z: {type: end}
    handovers: [{id: k, from: b, to: {actor: amt}}]
"""


def test_what_names_nodes_of_other_processes_is_left_out() -> None:
    view = only_process(read_text(TWO, suffix=".yaml"), "one")

    assert list(view.processes) == ["one"]
    assert list(view.handovers) == ["i"]
    assert view.handovers["i"].consent is None
    assert list(view.consents) == ["here"]
    assert view.consents["here"].given_at == ("a",)
    assert view.agreements["both"].covers is None or view.agreements["both"].covers == ()
    assert list(view.cases["c"].dates) == ["a"]
    deadlines = view.processes["one"].deadlines or ()
    assert [(deadline.after, deadline.until) for deadline in deadlines] == [("s", None)]


def test_the_view_of_the_only_process_is_the_model() -> None:
    model = only_process(read_text(TWO, suffix=".yaml"), "two")

    assert only_process(model, "two") == model


def test_an_unknown_process_is_named_with_the_nearest_one() -> None:
    with pytest.raises(UnknownElementError, match="'one'"):
        only_process(read_text(TWO, suffix=".yaml"), "onee")


def test_networkx_has_flows_and_handovers_as_edges() -> None:
    network = to_networkx(read_text(TWO, suffix=".yaml"))

    relations = {key: data["relation"] for _, _, key, data in network.edges(keys=True, data=True)}
    assert relations == {
        "s__a": "flow",
        "a__e": "flow",
        "t__b": "flow",
        "b__z": "flow",
        "h": "handover",
        "i": "handover",
    }
    assert network.nodes["s"]["actor"] == "amt"
    assert network.nodes["b"]["process"] == "two"
