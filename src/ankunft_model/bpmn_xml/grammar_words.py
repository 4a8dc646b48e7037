"""What can be said about an element in XML: attributes, children, their order and kinds.

The tables `semantic_grammar` and `diagram_grammar` are written in these words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from ankunft_model.bpmn_xml.namespaces import MODEL, clark


class ValueKind(Enum):
    """What the text of an attribute or leaf element is."""

    ID = auto()
    """The name of this element."""
    REFERENCE = auto()
    """The name of an element of this file."""
    NAME = auto()
    """The name of an element, in Clark notation where it is of another file."""
    TEXT = auto()
    BOOLEAN = auto()
    NUMBER = auto()
    WHOLE_NUMBER = auto()
    """A number of at most 31 bits without fraction, as `xsd:int` is."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute and the field that holds it.

    Attributes:
        name: Name in the file, in Clark notation where it has a namespace.
        field: Name of the field.
        kind: What its text is.
        default: The value that an absent attribute means; it is not written, unless `always`.
        required: The schema demands the attribute.
        choices: The allowed texts; empty for any.
        twin: A second name under which the same value is written, and read where the first is absent.
    """

    name: str
    field: str
    kind: ValueKind = ValueKind.TEXT
    default: Any = None
    required: bool = False
    always: bool = False
    choices: tuple[str, ...] = ()
    twin: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A child element that holds text only, and the field that holds the text (a tuple if `many`).

    Attributes:
        tag: Name of the child, in Clark notation.
        default: The value that an absent child means.
        always: The child is written also when the value is the default.
    """

    tag: str
    field: str
    kind: ValueKind = ValueKind.TEXT
    many: bool = False
    required: bool = False
    always: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Children:
    """Child elements that are elements of ours, and the field that holds them (a tuple if `many`).

    Attributes:
        tag_of: The tag, in Clark notation, of each allowed class.
        minimum: So many the schema demands.
    """

    tag_of: dict[type, str]
    field: str
    many: bool = True
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Extensions:
    """`extensionElements`: the fields `translations` and `extension_elements`."""

    tag: str = clark(MODEL, "extensionElements")


@dataclass(frozen=True, slots=True)
class FlowReferences:
    """`incoming` and `outgoing`: derived from the sequence flows, held in no field."""

    incoming: str = clark(MODEL, "incoming")
    outgoing: str = clark(MODEL, "outgoing")


Content = Leaf | Children | Extensions | FlowReferences


@dataclass(frozen=True, slots=True)
class ElementGrammar:
    """One element.

    Attributes:
        tag: Name in the file, in Clark notation.
        attributes: In the order in which they are written.
        content: Children, in the order of the schema.
        body: The field that holds the element's own text, if it has any.
        at_most_one_of: Fields that the schema allows in the place of each other only.
    """

    tag: str
    attributes: tuple[Attribute, ...] = ()
    content: tuple[Content, ...] = ()
    body: str | None = None
    at_most_one_of: tuple[str, ...] = ()
