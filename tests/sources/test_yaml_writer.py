"""What is written reads well, and every reader understands it alike."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.errors import ExportError
from ankunft_model.model.characters import as_nfc
from ankunft_model.sources.text_tree import to_plain
from ankunft_model.sources.yaml_text import parse_yaml
from ankunft_model.sources.yaml_writer import MAX_LINE, to_yaml_text

TRICKY = st.text("aä0:#-?[]{},&*!|>'\"%@` \n\t\\~<=._exX+T🏛\u200d\xa0", max_size=14)
TEXTS = (TRICKY | st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40)).map(as_nfc)
NUMBERS = st.integers(-(10**60), 10**60) | st.floats(allow_nan=False, allow_infinity=False)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)
MAPPINGS = st.dictionaries(TEXTS, VALUES, max_size=5)


def as_texts(value: Any) -> Any:
    """Return what our reader sees: every number and truth value as its text."""
    if isinstance(value, dict):
        return {key: as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_texts(inner) for inner in value]
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return to_yaml_text({"k": value}).removeprefix("k: ").rstrip("\n")


@given(MAPPINGS)
def test_our_reader_gets_the_same_texts_back(plain: dict[str, Any]) -> None:
    assert to_plain(parse_yaml(to_yaml_text(plain), file=None)) == as_texts(plain)


@given(MAPPINGS)
def test_a_reader_of_yaml_1_1_gets_the_same_data(plain: dict[str, Any]) -> None:
    text = to_yaml_text(plain)

    assert yaml.load(text, Loader=yaml.SafeLoader) == plain
    assert yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) == plain


@given(MAPPINGS)
def test_equal_input_gives_equal_text(plain: dict[str, Any]) -> None:
    assert to_yaml_text(OrderedDict(plain)) == to_yaml_text(plain)


@pytest.mark.parametrize(
    "word",
    ["NO", "no", "y", "On", "TRUE", "~", "null", "", "08", "05358", "0o17", "0x1F", "0b1", "1_000", "1e3", "1.5e+3",
     ".5", "+1", "-1", ".inf", "-.INF", ".nan", "12:30", "12:30:00", "2025-06-01", "2025-06-01T10:00:00Z", "=", "<<",
     "- a", "a: b", "a #b", "a:", "#a", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "|", ">", "? a", "---", "...",
     " a", "a ", "a\tb", '"a"', "'a'", "a\u00a0"],
)  # fmt: skip
def test_a_text_that_a_reader_could_take_for_something_else_is_quoted(word: str) -> None:
    assert to_yaml_text({"k": word}).startswith('k: "')


@pytest.mark.parametrize(
    "word",
    ["Jobcenter Kreis Düren", "ankunft/1", "P14D", "30 Tage", "§ 22", "it's", "LAW:AsylG § 22", "a, b", "(a)", "🏛"],
)
def test_an_ordinary_text_stands_without_quotes(word: str) -> None:
    assert to_yaml_text({"k": word}) == f"k: {word}\n"


def test_values_that_are_no_text_stand_without_quotes() -> None:
    plain = {"a": True, "b": 15, "c": 0.8, "d": 1e-07, "e": None, "f": date(2025, 6, 1)}

    assert to_yaml_text(plain) == "a: true\nb: 15\nc: 0.8\nd: 1.0e-07\ne: null\nf: 2025-06-01\n"


def test_short_collections_stand_on_one_line_and_registries_do_not() -> None:
    plain = {
        "format": "ankunft/1",
        "title": {"de": "Ist", "en": "as is"},
        "consents": [],
        "actors": {"abh": {"name": "Ausländerbehörde", "kind": "immigration_office"}},
        "processes": {
            "change": {
                "name": "Wechsel",
                "nodes": {
                    "agreed": {"type": "exclusive", "next": [{"to": "a", "when": "ja", "share": 0.8}, {"to": "b"}]},
                    "apply": {"collects": ["x", {"item": "z", "justified_by": "none"}]},
                },
            }
        },
        "state": "as_is",
    }

    assert to_yaml_text(plain) == (
        "format: ankunft/1\n"
        "title: {de: Ist, en: as is}\n"
        "consents: []\n"
        "\n"
        "actors:\n"
        "  abh: {name: Ausländerbehörde, kind: immigration_office}\n"
        "\n"
        "processes:\n"
        "  change:\n"
        "    name: Wechsel\n"
        "    nodes:\n"
        "      agreed:\n"
        "        type: exclusive\n"
        "        next:\n"
        "          - {to: a, when: ja, share: 0.8}\n"
        "          - {to: b}\n"
        "      apply: {collects: [x, {item: z, justified_by: none}]}\n"
        "\n"
        "state: as_is\n"
    )


def test_a_line_in_brackets_is_never_longer_than_the_limit() -> None:
    for length in range(60, 130):
        text = to_yaml_text({"k": ["x" * 50, "y" * (length - 50)]})

        assert text.startswith("k: [") == (len(f"k: [{'x' * 50}, {'y' * (length - 50)}]") <= MAX_LINE)


def test_a_text_of_several_lines_is_a_block() -> None:
    assert to_yaml_text({"k": "eins\n\n  zwei: #\n", "l": ["a\nb"]}) == (
        "k: |\n  eins\n\n    zwei: #\n\nl:\n  - |-\n    a\n    b\n"
    )


@pytest.mark.parametrize("text", [" a\nb", "a\n\n", "\na", "a \nb", "a\r\nb", "\n"])
def test_a_text_that_a_block_would_change_is_quoted(text: str) -> None:
    assert "\\n" in to_yaml_text({"k": text})


@pytest.mark.parametrize(
    "plain",
    [{"a": {"b": value}} for value in ("x\x00", "\u202e", "\ud800", float("nan"), float("inf"), 10**64, {1}, {1: 2})]
    + [{"a": {"b": {"k" * 201: 1}}}],
)
def test_what_readers_refuse_is_not_written(plain: dict[str, Any]) -> None:
    with pytest.raises(ExportError) as caught:
        to_yaml_text(plain)

    assert str(caught.value).startswith("a.b: ")


def test_what_is_nested_too_deep_to_be_read_is_not_written() -> None:
    deep: Any = {}
    for _ in range(200_000):
        deep = [deep]

    with pytest.raises(ExportError):
        to_yaml_text({"a": deep})


def test_the_drafts_of_the_examples_survive(examples_dir: Path) -> None:
    for path in sorted(examples_dir.rglob("*.yaml")):
        tree = to_plain(parse_yaml(path.read_text(encoding="utf-8"), file=path.name))
        assert isinstance(tree, dict)

        assert to_plain(parse_yaml(to_yaml_text(tree), file=None)) == tree
