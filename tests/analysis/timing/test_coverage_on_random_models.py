"""Coverage gaps equal a plain look at every run, benefit by benefit and day by day."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis import Computations
from ankunft_model.model import ArrivalModel

EXAMPLES = int(os.environ.get("ANKUNFT_EXAMPLES", "300"))
COVERS = {"old": ["subsistence", "health"], "new": ["subsistence"], "other": ["subsistence", "health"]}
WORDS = {"payment": ("starts", "stops"), "entitlement": ("entitles", "ends_entitlement")}


@st.composite
def steps(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a step does, and how many days it takes."""
    benefits = st.sampled_from(tuple(COVERS))
    begun = draw(st.lists(benefits, max_size=1))
    return {
        "days": draw(st.integers(0, 6)),
        "begins": begun,
        "ends": [benefit for benefit in draw(st.lists(benefits, max_size=1)) if benefit not in begun],
    }


plans = st.lists(
    st.one_of(steps(), st.tuples(st.lists(steps(), max_size=2), st.lists(steps(), max_size=2))), min_size=2, max_size=6
)
"""Steps in a row; a pair stands for a decision between two ways."""


def build(plan: list[Any], timeline: str) -> ArrivalModel:
    """Return the model of a plan; steps are numbered in its order."""
    begin_word, end_word = WORDS[timeline]
    nodes: dict[str, Any] = {"start": {"type": "start", "actor": "person"}}
    last = ["start"]

    def lead_to(id_: str, when: str | None = None) -> None:
        for before in last:
            nodes[before].setdefault("next", []).append({"to": id_} if when is None else {"to": id_, "when": when})

    def add(step: dict[str, Any], when: str | None = None) -> None:
        id_ = f"s{len(nodes)}"
        lead_to(id_, when)
        words = {begin_word: step["begins"], end_word: step["ends"]}
        nodes[id_] = {"name": id_, "actor": "office", "duration": f"P{step['days']}D", **words}
        last[:] = [id_]

    for part in plan:
        if isinstance(part, dict):
            add(part)
            continue
        decision, join = f"d{len(nodes)}", f"j{len(nodes)}"
        lead_to(decision)
        nodes[decision] = {"type": "exclusive", "actor": "office", "name": "?"}
        ends = []
        for number, way in enumerate(part):
            last[:] = [decision]
            for place, step in enumerate(way):
                add(step, str(number) if place == 0 else None)
            if not way:
                nodes[decision].setdefault("next", []).append({"to": join, "when": str(number)})
            else:
                ends += last
        last[:] = ends
        lead_to(join)
        nodes[join] = {"type": "exclusive", "actor": "office"}
        last[:] = [join]
    lead_to("end")
    nodes["end"] = {"type": "end", "actor": "office"}
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "M",
            "state": "as_is",
            "actors": {"person": {"name": "P", "kind": "person"}, "office": {"name": "O", "kind": "other"}},
            "benefits": {
                id_: {"name": id_, "regime": "sgb2", "payer": "office", "covers": needs}
                for id_, needs in COVERS.items()
            },
            "processes": {"p": {"name": "P", "nodes": nodes, "handovers": "none"}},
        }
    )


def plain_gaps(model: ArrivalModel, timeline: str) -> set[tuple[str, str | None, str, int, int | None]]:
    """Return (ended at, begun at, need, least, most); `None`: no run ever covers the need again."""
    begin_word, end_word = WORDS[timeline]
    nodes = {node.id: node for node in model.nodes.values()}
    days: dict[tuple[str, str, str, str], list[int]] = {}
    ended: dict[tuple[str, str, str], None] = {}
    for run in ways(model):
        for place, (id_, day) in enumerate(run):
            for benefit in names(getattr(nodes[id_], end_word, None)):
                for need in COVERS[benefit]:
                    if ends_later(run, place, benefit, need, nodes, begin_word, end_word):
                        continue
                    ended.setdefault((id_, benefit, need))
                    for other, gap in covers_after(run, place, day, benefit, need, nodes, begin_word, end_word):
                        # an entitlement lasts through the day on which it is lost, a payment up to the day before
                        lacking = max(0, gap - (timeline == "entitlement"))
                        days.setdefault((id_, benefit, need, other), []).append(lacking)
    found: set[tuple[str, str | None, str, int, int | None]] = set()
    for id_, benefit, need in ended:
        again = {other: gaps for (i, b, n, other), gaps in days.items() if (i, b, n) == (id_, benefit, need)}
        found |= {(id_, other, need, min(gaps), max(gaps)) for other, gaps in again.items() if max(gaps) > 0}
        if not again:
            found.add((id_, None, need, 0, None))
    return found


def ends_later(
    run: list[tuple[str, int]],
    place: int,
    benefit: str,
    need: str,
    nodes: dict[str, Any],
    begin_word: str,
    end_word: str,
) -> bool:
    """Return whether another benefit covers the need that began before the run and ends behind this place."""
    begun: set[str] = set()
    for number, (id_, _) in enumerate(run):
        for gone in names(getattr(nodes[id_], end_word, None)):
            if number > place and gone != benefit and gone not in begun and need in COVERS[gone]:
                return True
        begun.update(names(getattr(nodes[id_], begin_word, None)))
    return False


def covers_after(
    run: list[tuple[str, int]],
    place: int,
    day: int,
    benefit: str,
    need: str,
    nodes: dict[str, Any],
    begin_word: str,
    end_word: str,
) -> Iterator[tuple[str, int]]:
    """Yield the steps that cover a need when a benefit ends: those whose benefit is active, else the next one."""
    active: dict[str, str] = {}
    before: list[str] = []
    for number, (id_, _) in enumerate(run[: place + 1]):
        for gone in names(getattr(nodes[id_], end_word, None)):
            active.pop(gone, None)
        for begun in names(getattr(nodes[id_], begin_word, None)):
            if begun == benefit and number < place:
                active.clear()  # it took the place of what was there
            else:
                active[begun] = id_
            if begun != benefit and need in COVERS[begun]:
                before.append(id_)
    covering = [id_ for other, id_ in active.items() if other != benefit and need in COVERS[other]]
    yield from ((id_, 0) for id_ in before)  # what covered the need before makes its end no end for ever
    if covering:
        return
    for id_, later in run[place + 1 :]:
        if any(need in COVERS[begun] for begun in names(getattr(nodes[id_], begin_word, None))):
            yield id_, later - day
            return


def names(changes: Any) -> list[str]:
    return [change if isinstance(change, str) else change.benefit for change in changes or ()]


def ways(model: ArrivalModel) -> Iterator[list[tuple[str, int]]]:
    """Yield every run: its nodes with the day on which each is done."""
    stack: list[list[tuple[str, int]]] = [[("start", 0)]]
    while stack:
        run = stack.pop()
        id_, day = run[-1]
        following = model.nodes[id_].next
        if not following:
            yield run
        for flow in following:
            duration = getattr(model.nodes[flow.to], "duration", None)
            days = 0 if duration is None else duration.min_seconds // 86_400
            stack.append([*run, (flow.to, day + days)])


@pytest.mark.parametrize("timeline", tuple(WORDS))
def test_coverage_gaps_equal_a_plain_look_at_every_run(timeline: Any) -> None:
    @settings(max_examples=EXAMPLES)
    @given(plans)
    def compare(plan: list[Any]) -> None:
        model = build(plan, timeline)

        found = Computations(model).coverage_gaps(timeline)

        event(f"{min(len(found), 3)} gaps")
        assert {(gap.ended_at, gap.started_at, gap.need, gap.least_days, gap.most_days) for gap in found} == plain_gaps(
            model, timeline
        )
        assert all(gap.exact for gap in found)

    compare()
