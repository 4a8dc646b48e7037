"""Many nodes at once are the nodes that each would be alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from tests.interchange.test_foreign_files import FILES

from ankunft_model.bpmn_xml.document import parse_bpmn
from ankunft_model.interchange.understanding import understand
from ankunft_model.model.nodes import AnyNode
from ankunft_model.model.nodes_from_words import nodes_from_words
from ankunft_model.model.part import Registry

ANY_NODES: TypeAdapter[Registry[AnyNode]] = TypeAdapter(Registry[AnyNode])
IDS = st.sampled_from(("a", "b2", "c_d", "none", "unknown", "any", "A", "_x", "ä", "", "x" * 64, "x" * 65, "2"))
TEXTS = st.sampled_from(("Fragen", " ", "", "none", "unknown", "\u00a0", "Größe", "a\nb"))
VALUES = IDS | TEXTS | st.sampled_from((None, True, False, 1, (), {}, {"de": "Ja", "en": "Yes"}))
FLOWS = st.fixed_dictionaries(
    {"to": IDS}, optional={"when": VALUES, "name": VALUES, "default": VALUES, "bpmn_id": VALUES, "share": VALUES}
)
TYPES = st.sampled_from(
    ("task", "user", "start", "end", "catch", "boundary", "exclusive", "event_based", "subprocess", "other", "unknown")
)
WORDS = st.fixed_dictionaries(
    {},
    optional={
        "type": TYPES,
        "name": VALUES,
        "description": VALUES,
        "bpmn_id": VALUES,
        "actor": VALUES,
        "next": IDS | FLOWS | st.lists(IDS | FLOWS, max_size=3) | VALUES,
        "trigger": st.sampled_from(("timer", "link", "unknown", "other", "message")),
        "attached_to": VALUES,
        "interrupting": st.booleans(),
        "at": st.sampled_from(("P1D", "2024-01-01", "soon")),
        "channel": st.sampled_from(("email", "none", "unknown", "drum")),
        "question": IDS,
    },
)


def each_alone(plain: dict[str, Any]) -> Registry[AnyNode]:
    return ANY_NODES.validate_python(plain)


def assert_same(plain: dict[str, Any]) -> None:
    try:
        expected = each_alone(plain)
    except ValidationError:
        with pytest.raises(ValidationError):
            nodes_from_words(plain)
        return
    found = nodes_from_words(plain)

    assert found == expected
    for id_, node in found.items():
        assert type(node) is type(expected[id_])
        assert vars(node) == vars(expected[id_])
        assert list(vars(node)) == list(vars(expected[id_]))
        assert node.model_fields_set == expected[id_].model_fields_set
        assert [flow.model_fields_set for flow in node.next] == [flow.model_fields_set for flow in expected[id_].next]


@given(st.dictionaries(IDS, WORDS, max_size=3))
def test_nodes_are_taken_and_refused_as_if_each_was_looked_at_field_by_field(plain: dict[str, Any]) -> None:
    assert_same(plain)


@given(st.dictionaries(IDS, WORDS, max_size=2), IDS)
def test_nodes_inside_a_sub_process_are_looked_at_likewise(plain: dict[str, Any], id_: str) -> None:
    assert_same({id_: {"type": "subprocess", "name": "Teil", "nodes": plain or "none", "next": "a"}})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nodes_of_files_of_other_tools_are_the_same_both_ways(path: Path) -> None:
    for process in understand(parse_bpmn(path.read_bytes())).plain["processes"].values():
        if process["nodes"] != "none":
            assert_same(process["nodes"])
