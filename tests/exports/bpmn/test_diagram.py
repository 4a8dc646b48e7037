"""Everything in the file is drawn, in its pool and lane."""

from __future__ import annotations

from random import Random

import pytest

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import Bounds, BPMNEdge, BPMNShape
from ankunft_model.exports.bpmn import to_definitions

from .short_notation import random_model
from .test_semantic import NODES, SUB_PROCESS, model


def drawn(definitions: bpmn.Definitions) -> tuple[dict[str, BPMNShape], dict[str, BPMNEdge]]:
    (diagram,) = definitions.diagrams
    shapes = {str(s.bpmn_element): s for s in diagram.plane.plane_elements if isinstance(s, BPMNShape)}
    edges = {str(e.bpmn_element): e for e in diagram.plane.plane_elements if isinstance(e, BPMNEdge)}
    return shapes, edges


def contains(outer: Bounds, inner: Bounds) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


@pytest.mark.parametrize("view", ["collaboration", "journey"])
@pytest.mark.parametrize("seed", range(6))
def test_every_element_is_drawn_and_lies_in_its_pool(seed: int, view: str) -> None:
    definitions = to_definitions(random_model(Random(seed), 14), view=view)

    shapes, edges = drawn(definitions)

    assert definitions.collaboration is not None
    pool_of = {participant.process_ref: participant.id for participant in definitions.collaboration.participants}
    for process in definitions.processes:
        for element in process.flow_elements:
            if isinstance(element, bpmn.SequenceFlow):
                assert element.id in edges
            else:
                assert contains(shapes[pool_of[process.id]].bounds, shapes[element.id].bounds)
    assert {flow.id for flow in definitions.collaboration.message_flows} <= edges.keys()


def test_nodes_lie_in_their_lanes_and_the_content_of_a_sub_process_inside_it() -> None:
    definitions = to_definitions(model({**NODES, "kurs": SUB_PROCESS}), view="collaboration")

    shapes, _ = drawn(definitions)

    lanes = [lane for process in definitions.processes for lane_set in process.lane_sets for lane in lane_set.lanes]
    for lane in lanes:
        for reference in lane.flow_node_refs:
            assert contains(shapes[lane.id].bounds, shapes[reference].bounds)
    assert shapes["kurs"].is_expanded
    for id_ in ("innen_beginn", "innen", "innen_ende"):
        assert contains(shapes["kurs"].bounds, shapes[id_].bounds)


def test_names_beside_shapes_have_bounds() -> None:
    shapes, edges = drawn(to_definitions(model(), view="collaboration"))

    assert shapes["geprueft"].label is not None
    assert shapes["geprueft"].label.bounds is not None
    assert any(edge.label is not None for edge in edges.values())
