"""Frames of groups stay clear of borders, and their texts of everything that can be read."""

from __future__ import annotations

import random

import pytest
from tests.diagrams.bpmn_files import bpmn, drawing_of, flow, node, process

import ankunft_model as am
from ankunft_model.diagrams.group_frames import MOST_FITTED

Area = tuple[float, float, float, float]


def grouped_process(seed: int) -> tuple[bytes, list[str]]:
    """Return a file with one or two lanes, branches, and groups of a few steps each; and the ids of the groups."""
    chance = random.Random(seed)
    count = chance.randint(6, 14)
    groups = [f"group{number}" for number in range(chance.randint(1, 4))]
    members = dict(zip(chance.sample(range(count), count), groups * count, strict=False))
    kinds = [chance.choice(("task", "task", "intermediateThrowEvent")) for _ in range(count)]
    nodes = [
        node(
            kind,
            f"n{place}",
            name=f"Schritt {place} der Prüfung",
            inside=f"<bpmn:categoryValueRef>{members[place]} value</bpmn:categoryValueRef>"
            if place % 4 != 3 and place in members
            else "",
        )
        for place, kind in enumerate(kinds)
    ]
    flows = [flow(f"n{max(0, place - chance.choice((1, 1, 2)))}", f"n{place}") for place in range(1, count)]
    lanes = [f"lane{number}" for number in range(chance.randint(1, 2))]
    lane_of = [chance.choice(lanes) for _ in range(count)]
    lane_set = node(
        "laneSet",
        "lanes",
        inside="".join(
            node(
                "lane",
                lane,
                name=lane,
                inside="".join(
                    f"<bpmn:flowNodeRef>n{place}</bpmn:flowNodeRef>" for place in range(count) if lane_of[place] == lane
                ),
            )
            for lane in lanes
        ),
    )
    values = "".join(
        node("category", f"{name} category", inside=node("categoryValue", f"{name} value", value=f"Abschnitt {name}"))
        for name in groups
    )
    frames = "".join(node("group", name, categoryValueRef=f"{name} value") for name in groups)
    pool = node("participant", "pool", name="Amt", processRef="process")
    content = values + node("collaboration", "all", inside=pool + frames)
    return bpmn(content + process(lane_set + "".join(nodes + flows))), groups


def overlap(one: Area, other: Area, *, by: float = 1) -> bool:
    return all(min(one[at] + one[at + 2], other[at] + other[at + 2]) - max(one[at], other[at]) > by for at in (0, 1))


def holds(outer: Area, inner: Area) -> bool:
    return all(outer[at] <= inner[at] and inner[at] + inner[at + 2] <= outer[at] + outer[at + 2] for at in (0, 1))


@pytest.mark.parametrize("seed", range(30))
def test_frames_lie_inside_the_pool_and_touch_no_border(seed: int) -> None:
    data, groups = grouped_process(seed)

    layout = am.lay_out_bpmn(data)
    shapes = drawing_of(layout.data).shapes
    empty = {note.element_id for note in layout.notes if note.code == "empty-group"}

    x, y, width, height = shapes["pool"]
    for group in groups:
        if group not in empty:
            assert holds((x + 31, y + 1, width - 32, height - 2), shapes[group]), group


@pytest.mark.parametrize("seed", range(30))
def test_texts_of_groups_meet_no_box_and_no_other_text(seed: int) -> None:
    data, groups = grouped_process(seed)

    drawing = drawing_of(am.lay_out_bpmn(data).data)

    boxes = [area for id_, area in drawing.shapes.items() if id_.startswith("n")]
    for group in groups:
        text = drawing.labels[group]
        others = [label for id_, label in drawing.labels.items() if id_ != group]
        assert not any(overlap(text, area) for area in [*boxes, *others]), group


def test_a_text_that_would_lie_on_the_border_of_the_pool_stands_inside_its_frame() -> None:
    def member(id_: str, inside: str) -> str:
        return node("task", id_, inside=inside)

    reference = "<bpmn:categoryValueRef>value</bpmn:categoryValueRef>"
    values = node("category", "category", inside=node("categoryValue", "value", value="Prüfung"))
    pool = node("participant", "pool", processRef="process")
    frame = node("group", "group", categoryValueRef="value")
    nodes = "".join(member(f"n{place}", reference if place else "") for place in range(4))
    flows = flow("n0", "n1") + flow("n1", "n2") + flow("n0", "n3") + flow("n3", "n2")
    content = values + node("collaboration", "all", inside=pool + frame) + process(nodes + flows)

    drawing = drawing_of(am.lay_out_bpmn(bpmn(content)).data)

    assert holds(drawing.shapes["group"], drawing.labels["group"])
    assert holds(drawing.shapes["pool"], drawing.shapes["group"])


def test_of_very_many_groups_each_still_has_a_frame_and_a_text() -> None:
    """Only some are fitted into what is around them, so that the time stays bounded."""
    count = MOST_FITTED + 1
    values = "".join(
        node("category", f"category{number}", inside=node("categoryValue", f"value{number}", value="Abschnitt"))
        for number in range(count)
    )
    frames = "".join(node("group", f"group{number}", categoryValueRef=f"value{number}") for number in range(count))
    references = "".join(f"<bpmn:categoryValueRef>value{number}</bpmn:categoryValueRef>" for number in range(count))
    pool = node("participant", "pool", processRef="process")
    content = values + node("collaboration", "all", inside=pool + frames)

    drawing = drawing_of(am.lay_out_bpmn(bpmn(content + process(node("task", "n0", inside=references)))).data)

    assert {f"group{number}" for number in range(count)} <= set(drawing.shapes) & set(drawing.labels)
