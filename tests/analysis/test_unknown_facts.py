"""Nothing is certain that an unknown fact could change: compared with every answer to what is open, played plainly."""

from __future__ import annotations

import os
from copy import deepcopy
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, event, given, seed, settings
from hypothesis import strategies as st
from tests.conftest import is_ci

from ankunft_model.analysis import check
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.data_overview import data_overview
from ankunft_model.analysis.knowledge.facts import ItemKey
from ankunft_model.analysis.knowledge.finding import find_knowledge
from ankunft_model.analysis.knowledge.open_facts import UnknownFact
from ankunft_model.graph import entry_processes
from ankunft_model.model import ArrivalModel

from .plain_reference import PlainKnowledge, TooLargeError, plain_soundness
from .small_models import ACTORS, DOCUMENTS, SYSTEMS, build, plain_models

EXAMPLES = int(os.environ.get("ANKUNFT_EXAMPLES", "25"))
"""So many random models are tried per part; a longer search sets the variable."""
PARTS = range(4)
ANY_ITEMS = ([], ["alpha"], ["beta"], ["alpha", "beta"])
ANY_READERS = ([], ["one"], ["two"], ["three"], ["one", "two", "three"])


class Blank(NamedTuple):
    """A place of a model that is made unknown: the key that is left out, and what could stand there."""

    path: tuple[str | int, ...]
    answers: tuple[Any, ...]


def steps(nodes: dict[str, Any], path: tuple[str, ...]) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """Return all tasks and sub-processes with their paths."""
    found = []
    for id_, node in nodes.items():
        if node.get("type", "task") in ("task", "subprocess"):
            found.append(((*path, id_), node))
        found += steps(node.get("nodes", {}), (*path, id_, "nodes"))
    return found


def blanks(plain: dict[str, Any]) -> list[Blank]:
    """Return every place of a model that can be made unknown."""
    found = [Blank(("holds", system), ANY_ITEMS) for system in SYSTEMS]
    found += [Blank(("readers", system), ANY_READERS) for system in SYSTEMS]
    found += [Blank(("prints", document), ANY_ITEMS) for document in DOCUMENTS]
    issued = False
    for id_, process in plain["processes"].items():
        for path, step in steps(process["nodes"], ("processes", id_, "nodes")):
            issued = issued or "letter" in step.get("documents_out", ())
            found += [Blank((*path, "actor"), ACTORS)] * 2
            if step.get("retrieves"):
                found += [Blank((*path, "retrieves", 0, "data"), ANY_ITEMS)] * 2
        for number, handover in enumerate(process["handovers"]):
            if handover["data"] != "none":
                found += [Blank(("processes", id_, "handovers", number, "data"), ANY_ITEMS)] * 3
    if not issued:  # a document that a step issues, or an acting body could, is taken not to be there at the beginning
        found += [Blank(("held", "letter"), (False, True))] * 3
    return found


def filled(plain: dict[str, Any], chosen: list[Blank], answers: tuple[Any, ...]) -> dict[str, Any]:
    """Return the model with an answer in each blank; None leaves it unknown."""
    copy = deepcopy(plain)
    for blank, answer in zip(chosen, answers, strict=True):
        place = copy
        for key in blank.path[:-1]:
            place = place[key]
        place[blank.path[-1]] = answer
    return copy


@st.composite
def models_with_blanks(draw: st.DrawFn) -> tuple[dict[str, Any], list[Blank]]:
    plain = draw(plain_models)
    plain["prints"] = {"letter": ["alpha"], "card": ["group"]}
    plain["held"] = {document: bool(held) for document, held in plain["held"].items()}
    chosen = draw(st.lists(st.sampled_from(blanks(plain)), min_size=1, max_size=2, unique_by=lambda b: b.path))
    return plain, chosen


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_definite_that_an_answer_could_change(part: int) -> None:
    def holds(drawn: tuple[dict[str, Any], list[Blank]]) -> None:
        nothing_is_definite_that_an_answer_could_change(*drawn)

    tried = seed(part)(given(models_with_blanks())(holds)) if is_ci() else given(models_with_blanks())(holds)
    settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])(tried)()


def nothing_is_definite_that_an_answer_could_change(plain: dict[str, Any], chosen: list[Blank]) -> None:
    open_model = build(filled(plain, chosen, (None,) * len(chosen)))
    answered = [build(filled(plain, chosen, answers)) for answers in product(*(blank.answers for blank in chosen))]
    kinds = {blank.path[-1] if isinstance(blank.path[-1], str) else "" for blank in chosen}

    for group in entry_processes(open_model):
        found = find_knowledge(open_model, *group)
        try:
            if "lack_of_synchronization" in plain_soundness(*group):
                return
            for key, known in found.items.items():
                if not (known.gaps or known.avoidable) or not known.is_exact:
                    continue
                seen = [reference(model, group[0].id, key.item, key.member) for model in answered]
                for gap in known.gaps:
                    always = all(gaps.get(gap.node) == "definite" for gaps, _ in seen)
                    assert gap.certainty == "possible" or always, (key, gap.node)
                    if gap.depends_on and "actor" not in kinds:
                        event("an answer closes or weakens a gap")
                        assert any(gaps.get(gap.node) != "definite" for gaps, _ in seen), (key, gap.node)
                    if not gap.depends_on:
                        assert gap.certainty == gap.as_stated
                        assert all(gap.node in gaps for gaps, _ in seen), (key, gap.node)
                for place in known.avoidable:
                    always = all(avoidable.get(place.node) == "definite" for _, avoidable in seen)
                    assert place.certainty == "possible" or always, (key, place.node)
        except TooLargeError:
            event("too large")
            return
    assert certainties_of_check(open_model) == certainties_of_data(open_model)


def reference(model: ArrivalModel, process: str, item: str, member: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the certainty of gaps and of avoidable collections by node, from every run."""
    group = next(group for group in entry_processes(model) if group[0].id == process)
    seen = PlainKnowledge(model, group, item, member).enumerate(limit=1_500)
    return seen.gaps(), {node: how for node, (how, _) in seen.avoidable().items()}


def certainties_of_check(model: ArrivalModel) -> dict[tuple[str, str, str], str]:
    found = {}
    for finding in check(model, select=["needed-but-unavailable", "avoidable-collection"]):
        if finding.data and len(finding.elements) == 2:
            found[finding.rule, finding.data[0], finding.elements[0].id] = finding.certainty
    return found


def certainties_of_data(model: ArrivalModel) -> dict[tuple[str, str, str], str]:
    items = data_overview(Computations(model)).to_dict()["items"]
    rules = (("gaps", "needed-but-unavailable"), ("avoidable", "avoidable-collection"))
    return {
        (rule, item, place["node"]): place["certainty"]
        for item, figures in items.items()
        if model.canonical(item) == item
        for name, rule in rules
        for place in figures[name]
    }


def test_what_happens_inside_a_sub_process_comes_before_its_own_need() -> None:
    inside = {
        "asks": {"name": "A", "collects": ["alpha"], "next": "inner_end"},
        "inner_end": {"type": "end", "actor": "one"},
    }
    nodes: dict[str, Any] = {
        "begin": {"type": "start", "actor": "person", "next": "whole"},
        "whole": {
            "type": "subprocess",
            "name": "S",
            "actor": "one",
            "needs": ["alpha"],
            "nodes": inside,
            "next": "end",
        },
        "end": {"type": "end", "actor": "person"},
    }
    nodes["whole"]["nodes"] = inside
    no_systems = dict.fromkeys(SYSTEMS, "none")
    plain = {"processes": {"p": {"name": "P", "nodes": nodes, "handovers": []}}, "readers": no_systems}
    plain |= {"holds": no_systems, "held": dict.fromkeys(DOCUMENTS, False)}
    model = build(plain)

    (gap,) = find_knowledge(model, *model.processes.values()).items[ItemKey("alpha")].gaps

    assert (gap.certainty, gap.as_stated) == ("possible", "definite")
    assert gap.depends_on == (UnknownFact("actor", "asks"),)
