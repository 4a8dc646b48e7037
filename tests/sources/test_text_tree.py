"""Positions survive whatever is done with a tree."""

from __future__ import annotations

import pytest

from ankunft_model.sources.text_tree import (
    MappingNode,
    Mark,
    key_mark_at,
    mark_at,
    node_at,
    overlay,
    path_text,
    to_plain,
)
from ankunft_model.sources.yaml_text import parse_yaml

TEXT = """\
actors:
  abh:
    name: Ausländerbehörde
    needs: [a, b]
  kreis: {name: Kreis}
"""


def tree(text: str = TEXT, file: str = "a.yaml") -> MappingNode:
    node = parse_yaml(text, file=file)
    assert isinstance(node, MappingNode)
    return node


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("actors",), 1, 1),
        (("actors", "abh", "name"), 3, 11),
        (("actors", "abh", "needs"), 4, 5),
        (("actors", "abh", "needs", 1), 4, 16),
        (("actors", "kreis"), 5, 3),
    ],
)
def test_a_path_leads_to_the_value_or_to_the_key_of_a_collection(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    assert mark_at(tree(), path) == Mark("a.yaml", line, column)


@pytest.mark.parametrize(
    "path",
    [("actors", "abh", "kind"), ("actors", "abh", 0), ("actors", "abh", "kind", "deeper", 3)],
)
def test_a_path_that_leaves_the_tree_ends_at_the_nearest_ancestor(path: tuple[str | int, ...]) -> None:
    assert mark_at(tree(), path) == Mark("a.yaml", 2, 3)
    assert node_at(tree(), path) is None


@pytest.mark.parametrize("place", [2, -1])
def test_a_place_outside_a_list_ends_at_the_list(place: int) -> None:
    assert mark_at(tree(), ("actors", "abh", "needs", place)) == Mark("a.yaml", 4, 5)


def test_one_value_that_stands_for_a_list_is_found_under_its_first_place() -> None:
    assert mark_at(tree("channel: email"), ("channel", 0)) == Mark("a.yaml", 1, 10)


def test_an_unknown_key_is_found_at_the_key() -> None:
    assert key_mark_at(tree(), ("actors", "abh", "name")) == Mark("a.yaml", 3, 5)
    assert key_mark_at(tree(), ("actors", "abh", "needs", 1)) == Mark("a.yaml", 4, 16)
    assert key_mark_at(tree(), ()) == Mark("a.yaml", 1, 1)


def test_an_overlay_changes_entries_key_by_key_and_keeps_the_file_of_every_value() -> None:
    included = tree(
        "title: X\nactors:\n  abh: {name: A, kind: k, hours: {mo: 1, tu: 2}}\n  jc: {name: J}\n", "common.yaml"
    )
    own = tree("actors:\n  neu: {name: N}\n  abh: {name: B, hours: {we: 3}}\nid: x\n", "own.yaml")

    merged = overlay(included, own)

    assert to_plain(merged) == {
        "title": "X",
        "actors": {
            "abh": {"name": "B", "kind": "k", "hours": {"we": "3"}},
            "jc": {"name": "J"},
            "neu": {"name": "N"},
        },
        "id": "x",
    }
    actors = node_at(merged, ("actors",))
    assert isinstance(actors, MappingNode)
    assert list(actors.entries) == ["abh", "jc", "neu"]
    assert mark_at(merged, ("actors", "abh", "name")) == Mark("own.yaml", 3, 15)
    assert mark_at(merged, ("actors", "abh", "kind")).file == "common.yaml"
    assert key_mark_at(merged, ("actors", "abh")).file == "own.yaml"
    assert mark_at(merged, ("actors", "jc")).file == "common.yaml"


def test_an_overlay_changes_neither_of_its_trees() -> None:
    included, own = tree("actors: {a: {x: 1}}"), tree("actors: {a: {x: 2}, b: {}}")

    overlay(included, own)

    assert to_plain(included) == {"actors": {"a": {"x": "1"}}}
    assert to_plain(own) == {"actors": {"a": {"x": "2"}, "b": {}}}


@pytest.mark.parametrize(("below", "above"), [("a: {x: 1}", "a: none"), ("a: none", "a: {x: 1}")])
def test_where_only_one_side_has_a_mapping_the_own_value_counts(below: str, above: str) -> None:
    assert to_plain(overlay(tree(below), tree(above))) == to_plain(tree(above))


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("a", 0, "b"), "a[0].b"), (("ä", "x y"), 'ä["x y"]'), (("22",), '["22"]')],
)
def test_a_path_is_written_as_people_read_it(path: tuple[str | int, ...], text: str) -> None:
    assert path_text(path) == text
