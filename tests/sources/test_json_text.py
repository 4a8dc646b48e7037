"""JSON is read strictly, with a place for every key and value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.errors import SourceError
from ankunft_model.model.characters import as_nfc
from ankunft_model.sources.json_text import parse_json
from ankunft_model.sources.text_tree import MAX_DEPTH, Mark, ScalarNode, key_mark_at, mark_at, node_at, to_plain

TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])).map(as_nfc)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**60), 10**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)


def problems(text: str) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(SourceError) as caught:
        parse_json(text, file="a.json")
    return [(problem.code, problem.location.line, problem.location.column) for problem in caught.value.problems]


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_what_python_writes_is_read_back(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    assert to_plain(parse_json(text, file=None)) == value


@given(st.text("{}[]:,\"\\untrfalse0123.eE+- \n/*#'", max_size=25))
def test_what_is_accepted_is_what_python_accepts(text: str) -> None:
    try:
        ours = to_plain(parse_json(text, file=None))
    except SourceError as error:
        if {problem.code for problem in error.problems} & {"json-syntax"}:
            with pytest.raises(ValueError):
                json.loads(text, parse_constant=_refuse_constant)
        return

    assert ours == json.loads(text)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def test_places_count_characters_from_one() -> None:
    tree = parse_json('{\r\n  "ä🏛": {"x": [1,\n true]}\n}', file="a.json")

    assert mark_at(tree, ()) == Mark("a.json", 1, 1)
    assert key_mark_at(tree, ("ä🏛", "x")) == Mark("a.json", 2, 10)
    assert mark_at(tree, ("ä🏛", "x", 1)) == Mark("a.json", 3, 2)


def test_numbers_keep_how_they_were_written() -> None:
    node = node_at(parse_json("[1.50]", file=None), (0,))

    assert isinstance(node, ScalarNode)
    assert (node.text, node.value, node.plain) == ("1.50", 1.5, True)


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    text = f'{{"a": NaN, "b": -Infinity, "a": 1,\n "c": 1e999, "d": {"9" * 65}, "e": "\\ud800", "f": "\\u202e\\u0000"}}'

    assert problems(text) == [
        ("not-a-finite-number", 1, 7),
        ("not-a-finite-number", 1, 17),
        ("duplicate-key", 1, 28),
        ("not-a-finite-number", 2, 7),
        ("number-too-long", 2, 19),
        ("lone-surrogate", 2, 91),
        ("bidirectional-control", 2, 106),
    ]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('{"a": 1,}', (1, 9), "Komma zu viel"),
        ("[1, 2,\n]", (2, 1), "Komma zu viel"),
        ('{"a" 1}', (1, 6), "Doppelpunkt nach dem Schlüssel"),
        ('{"a": 1 "b": 2}', (1, 9), "Komma oder die schließende Klammer"),
        ('{"a": [1, 2}', (1, 12), "in der Klammer, die in Zeile 1, Spalte 7 öffnet"),
        ('{"a": 1', (1, 8), "nichts mehr"),
        ("{a: 1}", (1, 2), "„a“ steht ohne Anführungszeichen"),
        ("{'a': 1}", (1, 2), "nur doppelte Anführungszeichen"),
        ('{"a": 01}', (1, 7), "keine Zahl"),
        ('{"a": +1}', (1, 7), "keine Zahl"),
        ('{"a": 1.}', (1, 7), "keine Zahl"),
        ('{"a": 2025-06-01}', (1, 7), "keine Zahl"),
        ('// x\n{"a": 1}', (1, 1), "keine Kommentare"),
        ('{"a": "b\nc"}', (1, 7), "nicht geschlossen"),
        ('{"a": "b\tc"}', (1, 9), "Tabulator"),
        ('{"a": "C:\\Users"}', (1, 10), "Schrägstrich"),
        ('{"a": 1} {"b": 2}', (1, 10), "Ende der Datei"),
        ("<xml/>", (1, 1), "ohne Anführungszeichen"),
        ("", (1, 1), "ein Wert erwartet"),
    ],
)
def test_an_error_of_syntax_says_what_stands_there_and_what_to_do(
    text: str, place: tuple[int, int], words: str
) -> None:
    with pytest.raises(SourceError) as caught:
        parse_json(text, file=None)

    assert problems(text) == [("json-syntax", *place)]
    assert words in caught.value.in_language("de")


def test_depth_is_bounded() -> None:
    assert to_plain(parse_json("[" * MAX_DEPTH + "]" * MAX_DEPTH, file=None)) is not None
    assert problems("[" * (MAX_DEPTH + 1)) == [("nested-too-deep", 1, MAX_DEPTH + 1)]


def test_a_key_written_with_an_escape_is_the_same_key() -> None:
    assert problems('{"ü": 1, "u\\u0308": 2}') == [("duplicate-key", 1, 10)]
