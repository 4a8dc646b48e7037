"""The grammar turned round for reading: from the name in the file to the field."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from ankunft_model.bpmn_xml.grammar import GRAMMAR
from ankunft_model.bpmn_xml.grammar_words import (
    Attribute,
    Children,
    Content,
    ElementGrammar,
    Extensions,
    FlowReferences,
    Leaf,
)


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """The grammar of one class, ready for look-ups by name.

    Attributes:
        takes_extensions: Whether attributes of other namespaces have a place in the class.
    """

    grammar: ElementGrammar
    attribute_of: dict[str, Attribute]
    content_of: dict[str, Content]
    class_of: dict[str, type]
    takes_extensions: bool


def _plan(cls: type, grammar: ElementGrammar) -> ReadingPlan:
    attribute_of = {attribute.twin: attribute for attribute in grammar.attributes if attribute.twin is not None}
    attribute_of |= {attribute.name: attribute for attribute in grammar.attributes}
    content_of: dict[str, Content] = {}
    class_of: dict[str, type] = {}
    for content in grammar.content:
        match content:
            case Children():
                content_of |= dict.fromkeys(content.tag_of.values(), content)
                class_of |= {tag: cls for cls, tag in content.tag_of.items()}
            case FlowReferences():
                content_of |= {content.incoming: content, content.outgoing: content}
            case Leaf() | Extensions():
                content_of[content.tag] = content
    return ReadingPlan(
        grammar, attribute_of, content_of, class_of, "extension_attributes" in {one.name for one in fields(cls)}
    )


PLAN_OF: Final = {cls: _plan(cls, grammar) for cls, grammar in GRAMMAR.items()}
"""How to read each class of `elements` and `diagram`."""
