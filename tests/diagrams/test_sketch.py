"""An earlier drawing keeps its order: of our own nothing moves, of a person's what was put somewhere stays there."""

from __future__ import annotations

from itertools import combinations

from tests.diagrams.bpmn_files import bpmn, drawing_of, flow, node, process
from tests.diagrams.generated_processes import generated_process

import ankunft_model as am

BRANCHES = bpmn(
    process(
        node("startEvent", "s")
        + node("exclusiveGateway", "g")
        + node("task", "a")
        + node("task", "b")
        + node("endEvent", "e")
        + flow("s", "g")
        + flow("g", "a")
        + flow("g", "b")
        + flow("a", "e")
        + flow("b", "e")
    )
)


def test_a_drawing_of_ours_stays_exactly_as_it_is() -> None:
    for seed in range(3):
        for direction in ("horizontal", "vertical"):
            model = generated_process(50, lanes=5, seed=seed)
            drawn = am.lay_out_bpmn(model, direction=direction).data  # type: ignore[arg-type]  # one of two words

            again = am.lay_out_bpmn(drawn, previous=drawn, direction=direction)  # type: ignore[arg-type]

            assert again.data == drawn


def test_a_box_that_a_person_moved_above_another_stays_above_it() -> None:
    drawn = am.lay_out_bpmn(BRANCHES).data
    shapes = drawing_of(drawn).shapes
    upper, lower = sorted(("a", "b"), key=lambda id_: shapes[id_][1])
    y_of = {id_: int(shapes[id_][1]) for id_ in (upper, lower)}
    text = drawn.decode()
    for id_, other in ((upper, lower), (lower, upper)):
        begin = text.index(f'bpmnElement="{id_}"')
        rest = text[begin:].replace(f'y="{y_of[id_]}"', f'y="{y_of[other]}"', 1)
        text = text[:begin] + rest

    again = drawing_of(am.lay_out_bpmn(text.encode(), previous=text.encode()).data).shapes

    assert again[lower][1] < again[upper][1]
    assert am.check_bpmn_layout(am.lay_out_bpmn(text.encode(), previous=text.encode()).data).is_clean


def test_a_new_step_changes_the_order_of_no_old_ones() -> None:
    model = generated_process(80, lanes=5)
    drawn = am.lay_out_bpmn(model).data
    flow_ = next(line for line in model.decode().splitlines() if "<bpmn:sequenceFlow" in line)
    target = flow_.split('targetRef="')[1].split('"')[0]
    longer = flow_.replace(f'targetRef="{target}"', 'targetRef="new"')
    more = f'<bpmn:task id="new" name="Neu" /><bpmn:sequenceFlow id="more" sourceRef="new" targetRef="{target}" />'
    edited = model.decode().replace(flow_, longer + more).encode()

    before = drawing_of(drawn).shapes
    after = drawing_of(am.lay_out_bpmn(edited, previous=drawn).data).shapes

    assert "new" in after
    for axis in (0, 1):
        middle = {id_: (before[id_][axis] + before[id_][axis + 2] / 2) for id_ in before}
        later = {id_: (after[id_][axis] + after[id_][axis + 2] / 2) for id_ in before}
        pairs = list(combinations([id_ for id_ in before if "Task" in id_], 2))
        flipped = sum((middle[a] - middle[b]) * (later[a] - later[b]) < 0 for a, b in pairs)
        assert flipped == 0
