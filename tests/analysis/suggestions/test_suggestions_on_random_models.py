"""On random models every suggestion keeps what it promises, and no smaller set of handovers does the same."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

import ankunft_model as am
from ankunft_model.analysis.suggestions.changing import Change, with_changes
from ankunft_model.analysis.suggestions.suggest import CURED_RULES
from ankunft_model.model import Activity

from ..small_models import build, plain_models

SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def definite(model: am.ArrivalModel) -> set[str]:
    return {finding.id for finding in model.check(select=CURED_RULES) if finding.certainty == "definite"}


def ids(model: am.ArrivalModel) -> set[str]:
    return {finding.id for finding in model.check(select=CURED_RULES)}


@settings(max_examples=200, suppress_health_check=SLOW_DATA)
@given(plain_models)
def test_what_is_promised_is_kept(plain: dict[str, Any]) -> None:
    model = build(plain)

    found = model.suggest()

    event(f"{min(len(found), 3)} suggestions")
    cured = {id_ for one in found.suggestions for id_ in one.cures}
    left = ids(found.model)
    assert not cured & left
    assert cured | {one.finding for one in found.unsolved} >= ids(model) & (cured | left)
    assert left <= {one.finding for one in found.unsolved}
    assert definite(found.model) <= definite(model)
    before, after = model.soundness().verdicts, found.model.soundness().verdicts
    assert {id_: one.sound for id_, one in before.items()} == {id_: one.sound for id_, one in after.items()}
    assert am.read_text(found.model.to_yaml(), suffix=".yaml") == found.model


@settings(max_examples=60, suppress_health_check=SLOW_DATA)
@given(plain_models)
def test_each_suggestion_cures_by_itself_unless_it_says_what_it_needs(plain: dict[str, Any]) -> None:
    model = build(plain)

    found = model.suggest()

    by_id = {one.id: one for one in found.suggestions}
    for one in found.suggestions:
        changed = model
        for needed in one.needs:
            changed = by_id[needed].apply(changed)
        changed = one.apply(changed)
        assert not set(one.cures) & ids(changed), one.id


@st.composite
def offices_in_a_row(draw: st.DrawFn) -> am.ArrivalModel:
    """Draw a process in which three offices ask for and need two items, one after the other, some perhaps left out."""
    items = st.lists(st.sampled_from(("alpha", "beta")), max_size=2, unique=True)
    count = draw(st.integers(3, 5))
    nodes: dict[str, Any] = {"start": {"type": "start", "actor": "person", "next": "s0"}}
    for number in range(count):
        step, next_ = f"s{number}", f"s{number + 1}" if number + 1 < count else "end"
        nodes[step] = {"name": step, "actor": draw(st.sampled_from(("one", "two", "three"))), "next": next_}
        nodes[step] |= {word: draw(items) for word in ("collects", "needs")}
        if number and draw(st.integers(0, 5)) == 0:
            nodes[f"s{number - 1}"]["next"] = f"left_out{number}"
            choice = [{"to": step, "when": "a"}, {"to": next_, "when": "b"}]
            nodes[f"left_out{number}"] = {"type": "exclusive", "actor": "one", "name": "?", "next": choice}
    nodes["end"] = {"type": "end", "actor": "one"}
    nothing = {"file": "none", "register": "none"}
    processes = {"p": {"name": "P", "nodes": nodes, "handovers": "none"}}
    return build({"processes": processes, "readers": nothing, "holds": nothing})


@settings(max_examples=80, suppress_health_check=SLOW_DATA)
@given(offices_in_a_row())
def test_no_smaller_set_of_handovers_cures_the_same(model: am.ArrivalModel) -> None:
    found = model.suggest()
    assume(found.exact and 3 < found.size <= 9)

    confirmed = [c for one in found.suggestions for c in one.changes if c.kind == "confirmation"]
    left = ids(found.model)
    items = tuple(dict.fromkeys(item for one in found.suggestions for item in one.items))
    steps = [node.id for node in model.nodes.values() if isinstance(node, Activity)]
    pairs = [(step, actor) for step in steps for actor in ("one", "two", "three") if model.nodes[step].actor != actor]
    for count in range(3):
        for chosen in combinations(pairs, count):
            if cost(model, chosen) < found.size:
                tried = with_changes(model, [*confirmed, *(handing_over(model, pair, items) for pair in chosen)])
                event(f"compared with {count} handovers")
                assert ids(tried) - left, chosen


def cost(model: am.ArrivalModel, chosen: tuple[tuple[str, str], ...]) -> int:
    """Count handovers, a consent for each, and an agreement for each two bodies."""
    bodies = {frozenset((model.nodes[step].actor, receiver)) for step, receiver in chosen}
    return 2 * len(chosen) + len(bodies)


def handing_over(model: am.ArrivalModel, pair: tuple[str, str], items: tuple[str, ...]) -> Change:
    step, receiver = pair
    handover = am.Handover.model_validate(
        {"id": f"{step}_{receiver}", "from": step, "to": {"actor": receiver}, "data": items}
    )
    return Change("handover", handover.id, items, handover)
