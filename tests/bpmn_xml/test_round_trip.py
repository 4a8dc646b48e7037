"""Any definitions survive writing and reading, and what is written is in the order of the schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.interchange.interchange import Interchange

from ankunft_model.bpmn_xml.elements import (
    Definitions,
    Documentation,
    ExtensionElement,
    Process,
    Translation,
)
from ankunft_model.bpmn_xml.grammar import GRAMMAR
from ankunft_model.bpmn_xml.grammar_words import Attribute, Children, Extensions, FlowReferences, Leaf, ValueKind
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.bpmn_xml.writer import write_definitions

# hypothesis warns of the length of a failing example; as an error that would hide the failure
pytestmark = pytest.mark.filterwarnings("default::hypothesis.errors.HypothesisWarning")

MOST_CHILDREN = 3
DEEPEST = 5
FEWEST = {"flow_elements": 2, "plane_elements": 2}
"""Where much of what can be said is said, so that examples are not empty."""
PLACEHOLDER = "the id of any element"

characters = st.characters(
    blacklist_categories=("Cs",),
    blacklist_characters=[chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)],
)
texts = st.text(characters, max_size=6)
namespaces = st.sampled_from(["urn:a", "https://ankunft-model.org/bpmn/1"])
local_names = st.sampled_from(["a", "B-1", "größe", "_x"])
attributes = st.dictionaries(st.sampled_from(["k", "l", "{urn:a}k", "{urn:b}k"]), texts, max_size=2).map(
    lambda values: tuple(values.items())
)
outer_attributes = st.dictionaries(st.sampled_from(["{urn:a}k", "{urn:b}k"]), texts, max_size=2).map(
    lambda values: tuple(values.items())
)


def extension_elements() -> st.SearchStrategy[ExtensionElement]:
    leaves = st.builds(ExtensionElement, namespace=namespaces, name=local_names, attributes=attributes, text=texts)
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            ExtensionElement,
            namespace=namespaces,
            name=local_names,
            attributes=attributes,
            text=texts.filter(lambda text: not text or bool(text.strip())),
            children=st.lists(inner, min_size=1, max_size=2).map(tuple),
        ),
        max_leaves=4,
    )


translations = st.builds(
    Translation,
    language=st.sampled_from(["en", "de-x-leicht"]),
    text=texts,
    target=st.sampled_from(["@name", "documentation"]),
)
numbers = st.floats(allow_nan=False, allow_infinity=False)


class Plan:
    """Draws elements by the grammar and gives each its own id; references are put in when all ids are known."""

    def __init__(self, draw: Callable[[Any], Any]) -> None:
        self.draw = draw
        self.ids: list[str] = []

    def element(self, cls: type, depth: int) -> dict[str, Any]:
        grammar = GRAMMAR[cls]
        values: dict[str, Any] = {"": cls}
        for attribute in grammar.attributes:
            if attribute.required or self.draw(st.booleans()):
                values[attribute.field] = self.value(attribute)
        if grammar.body is not None:
            values[grammar.body] = self.draw(texts)
        chosen = self.draw(st.sampled_from((*grammar.at_most_one_of, None))) if grammar.at_most_one_of else None
        for content in grammar.content:
            match content:
                case Leaf() if content.field not in grammar.at_most_one_of or content.field == chosen:
                    self.leaf(content, values)
                case Children():
                    self.children(content, values, depth)
                case Extensions():
                    values["translations"] = tuple(self.draw(st.lists(translations, max_size=1)))
                    values["extension_attributes"] = self.draw(outer_attributes)
                    values["extension_elements"] = tuple(self.draw(st.lists(extension_elements(), max_size=1)))
                case Leaf() | FlowReferences():
                    pass
        return values

    def value(self, attribute: Attribute) -> Any:
        match attribute.kind:
            case ValueKind.ID:
                self.ids.append(f"id_{len(self.ids)}")
                return self.ids[-1]
            case ValueKind.REFERENCE:
                return PLACEHOLDER
            case ValueKind.NAME:
                return self.draw(st.sampled_from(["other", "{urn:a}other"]))
            case ValueKind.BOOLEAN:
                return self.draw(st.booleans())
            case ValueKind.NUMBER:
                return self.draw(numbers)
            case ValueKind.WHOLE_NUMBER:
                return self.draw(st.integers(0, 2**31 - 1))
            case ValueKind.TEXT if attribute.field == "target_namespace":
                return self.draw(st.sampled_from(["urn:x", "https://example.org/ä?a=b&c"]))
            case ValueKind.TEXT:
                return self.draw(st.sampled_from(attribute.choices) if attribute.choices else texts)

    def leaf(self, content: Leaf, values: dict[str, Any]) -> None:
        text = PLACEHOLDER if content.kind is ValueKind.REFERENCE else self.draw(texts)
        if content.many:
            values[content.field] = (text,) * self.draw(st.integers(0, MOST_CHILDREN))
        elif content.required or content.always or self.draw(st.booleans()):
            values[content.field] = text

    def children(self, content: Children, values: dict[str, Any], depth: int) -> None:
        if depth >= DEEPEST and not content.minimum:
            return
        most = MOST_CHILDREN if content.many else 1
        least = max(content.minimum, FEWEST.get(content.field, 0))
        number = self.draw(st.integers(least, max(most, least)))
        classes = sorted(content.tag_of, key=lambda cls: cls.__name__)
        items = tuple(self.element(self.draw(st.sampled_from(classes)), depth + 1) for _ in range(number))
        if content.field == "root_elements":
            items = (*items, self.element(Process, depth + 1))
        if content.many:
            values[content.field] = items
        elif items:
            values[content.field] = items[0]

    def built(self, value: Any) -> Any:
        """Return the elements that the drawn values describe."""
        if isinstance(value, dict):
            inside = {name: self.built(item) for name, item in value.items() if name}
            return value[""](**inside)
        if isinstance(value, tuple):
            return tuple(self.built(item) for item in value)
        return self.draw(st.sampled_from(self.ids)) if value == PLACEHOLDER else value


@st.composite
def definitions(draw: Callable[[Any], Any]) -> Definitions:
    plan = Plan(draw)
    values = plan.element(Definitions, 0)
    if not plan.ids:
        values["id"] = "id_0"
        plan.ids.append("id_0")
    built: Definitions = plan.built(values)
    return built


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(definitions())
def test_reading_gives_back_what_was_written(file: Definitions) -> None:
    data = write_definitions(file)

    again = read_definitions(data)

    assert again == file
    assert again.unread == ()
    assert write_definitions(again) == data


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(definitions())
def test_an_xml_library_sees_the_same_texts(file: Definitions) -> None:
    root = etree.fromstring(write_definitions(file))

    seen = [element.text or "" for element in root.iter("{*}documentation")]

    assert seen == [item.text for item in documentation_in(file)]


@pytest.mark.node
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(file=definitions())
def test_the_schema_accepts_whatever_is_written(interchange: Interchange, file: Definitions) -> None:
    assert interchange.validate_xsd(write_definitions(file)) == ()


def documentation_in(value: Any) -> list[Documentation]:
    """Return all documentation in the order of the grammar, which is that of the file."""
    if isinstance(value, Documentation):
        return [value]
    if isinstance(value, tuple):
        return [found for item in value for found in documentation_in(item)]
    if type(value) not in GRAMMAR:
        return []
    return [
        found
        for content in GRAMMAR[type(value)].content
        if isinstance(content, Children)
        for found in documentation_in(getattr(value, content.field))
    ]


def test_the_grammar_has_a_word_for_every_field_of_every_element() -> None:
    for cls, grammar in GRAMMAR.items():
        named = {attribute.field for attribute in grammar.attributes}
        named |= {content.field for content in grammar.content if isinstance(content, Leaf | Children)}
        if grammar.body is not None:
            named.add(grammar.body)
        if any(isinstance(content, Extensions) for content in grammar.content):
            named |= {"translations", "extension_elements"}

        assert named == {field.name for field in fields(cls)} - {"unread", "extension_attributes"}, cls.__name__


def test_what_an_absent_attribute_means_is_the_default_of_its_field() -> None:
    for cls, grammar in GRAMMAR.items():
        default_of = {field.name: field.default for field in fields(cls)}
        for attribute in grammar.attributes:
            if not attribute.required:
                assert default_of[attribute.field] is not MISSING
                assert default_of[attribute.field] == attribute.default, (cls.__name__, attribute.field)
