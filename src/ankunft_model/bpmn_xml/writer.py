"""Writing: `Definitions` to the bytes of a BPMN 2.0 file.

The text is put together here and not by an XML library: the name spaces declared are exactly those used, every
text passes one check, and the form is the one in which bpmn-js saves, so that saving there changes few lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final, NoReturn

from ankunft_model.bpmn_xml.elements import (
    BaseElement,
    Definitions,
    ExtensionElement,
    FlowElement,
    Process,
    SequenceFlow,
    SubProcess,
    Translation,
)
from ankunft_model.bpmn_xml.grammar import GRAMMAR, MAX_DEPTH
from ankunft_model.bpmn_xml.grammar_words import (
    Attribute,
    Children,
    ElementGrammar,
    Extensions,
    FlowReferences,
    Leaf,
    ValueKind,
)
from ankunft_model.bpmn_xml.lexical import (
    escaped_attribute,
    escaped_text,
    is_ncname,
    number_text,
    unwritable_character,
    unwritable_wording,
)
from ankunft_model.bpmn_xml.namespaces import I18N, PREFIX_OF, XML, clark
from ankunft_model.errors import ExportError
from ankunft_model.wording import Wording

_INDENT: Final = "  "
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_FlowsOfNode = dict[str, tuple[list[str], list[str]]]
"""Ids of the incoming and outgoing sequence flows by the id of the flow node."""


def write_definitions(definitions: Definitions) -> bytes:
    """Return the file: UTF-8, indented by two spaces, elements in the order of the schema, valid against it.

    `incoming` and `outgoing` of flow nodes are derived from the sequence flows, in the order of the latter.
    Equal definitions give equal bytes.

    Raises:
        ExportError: A text has a character that XML cannot carry, an id is no NCName or is given twice, a reference
            leads nowhere, a number is not finite, or something that the schema demands is missing.

    Example:
        >>> file = Definitions(target_namespace="urn:x", root_elements=(Process(id="p", name="A & B"),))
        >>> print(write_definitions(file).decode().splitlines()[2])
          <bpmn:process id="p" name="A &amp; B" isExecutable="false" />
    """
    return _Writing().file(definitions)


class _Writing:
    """The state of one call: lines so far, name spaces met, ids given and referred to."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.prefix_of: dict[str, str] = {}
        self.qualified: dict[str, str] = {}
        self.ids: set[str] = set()
        self.references: list[tuple[str, str, str | None]] = []
        self.element_id: str | None = None

    def file(self, definitions: Definitions) -> bytes:
        self.element(definitions, GRAMMAR[Definitions], GRAMMAR[Definitions].tag, 0, {})
        self.check_references()
        known = [namespace for namespace in PREFIX_OF if namespace in self.prefix_of]
        others = [namespace for namespace in self.prefix_of if namespace not in PREFIX_OF]
        declarations = "".join(
            f' xmlns:{self.prefix_of[namespace]}="{self.attribute_text(namespace)}"' for namespace in (*known, *others)
        )
        name, space, rest = self.lines[0].partition(" ")
        self.lines[0] = f"{name}{declarations}{space}{rest}"
        return "\n".join((_DECLARATION, *self.lines, "")).encode()

    # --- elements

    def element(self, element: Any, grammar: ElementGrammar, tag: str, depth: int, flows: _FlowsOfNode) -> None:
        """Write one element of the grammar with everything in it."""
        self.check_depth(depth)
        outer_id = self.element_id
        own_id = getattr(element, "id", None)
        if own_id is not None:
            self.element_id = own_id
        self.check_choice(element, grammar)
        start = [self.name(tag)]
        for attribute in grammar.attributes:
            self.attribute(start, attribute, getattr(element, attribute.field))
        further: tuple[tuple[str, str], ...] = getattr(element, "extension_attributes", ())
        start += [f'{self.name(key)}="{self.attribute_text(text)}"' for key, text in further]
        if grammar.body is not None:
            self.leaf(tag, start, getattr(element, grammar.body), depth)
        else:
            place = len(self.lines)
            self.lines.append("")
            inner_flows = _flows_of_nodes(element.flow_elements) if isinstance(element, Process | SubProcess) else flows
            self.contents(element, grammar, depth, (flows, inner_flows))
            self.enclose(place, start, depth)
        self.element_id = outer_id

    def contents(
        self, element: Any, grammar: ElementGrammar, depth: int, flows: tuple[_FlowsOfNode, _FlowsOfNode]
    ) -> None:
        """Write the children of `element`; `flows` are those of the container around it and those inside it."""
        around, inside = flows
        for content in grammar.content:
            match content:
                case Children():
                    self.children(getattr(element, content.field), content, depth + 1, inside)
                case Leaf():
                    self.leaves(getattr(element, content.field), content, depth + 1)
                case Extensions():
                    self.extensions(element, content, depth + 1)
                case FlowReferences():
                    incoming, outgoing = around.get(element.id, ((), ()))
                    for flow in incoming:
                        self.leaf(content.incoming, [self.name(content.incoming)], flow, depth + 1)
                    for flow in outgoing:
                        self.leaf(content.outgoing, [self.name(content.outgoing)], flow, depth + 1)

    def children(self, value: Any, content: Children, depth: int, flows: _FlowsOfNode) -> None:
        items = _items(value, content)
        if len(items) < content.minimum:
            self.refuse(
                Wording(
                    de=f"„{content.field}“ braucht mindestens {content.minimum} Einträge, hat aber {len(items)}",
                    en=f"{content.field!r} needs at least {content.minimum} entries and has {len(items)}",
                )
            )
        for item in items:
            cls = type(item)
            tag = content.tag_of.get(cls)
            if tag is None:
                self.refuse(
                    Wording(
                        de=f"„{cls.__name__}“ darf nicht in „{content.field}“ stehen",
                        en=f"{cls.__name__!r} must not stand in {content.field!r}",
                    )
                )
            self.element(item, GRAMMAR[cls], tag, depth, flows)

    def leaves(self, value: Any, content: Leaf, depth: int) -> None:
        if content.many:
            texts: tuple[Any, ...] = value
        elif value is None or (value == content.default and not content.always):
            texts = ()
        else:
            texts = (value,)
        for text in texts:
            if content.kind is ValueKind.REFERENCE:
                self.references.append((text, content.field, self.element_id))
            self.leaf(content.tag, [self.name(content.tag)], text, depth)

    def extensions(self, element: BaseElement, content: Extensions, depth: int) -> None:
        inside = (*map(_translation, element.translations), *element.extension_elements)
        if inside:
            place = len(self.lines)
            self.lines.append("")
            for extension in inside:
                self.extension(extension, depth + 1)
            self.enclose(place, [self.name(content.tag)], depth)

    def extension(self, extension: ExtensionElement, depth: int) -> None:
        self.check_depth(depth)
        tag = clark(extension.namespace, extension.name) if extension.namespace else extension.name
        start = [self.name(tag)]
        start += [f'{self.name(key)}="{self.attribute_text(value)}"' for key, value in extension.attributes]
        if not extension.children:
            self.leaf(tag, start, extension.text, depth)
            return
        place = len(self.lines)
        self.lines.append("")
        for child in extension.children:
            self.extension(child, depth + 1)
        self.enclose(place, start, depth)
        if extension.text:
            # the text goes right between the two tags, or the indentation would become part of it
            self.lines[place] += self.text(extension.text) + self.lines.pop(place + 1).lstrip()

    # --- tags

    def enclose(self, place: int, start: list[str], depth: int) -> None:
        """Write the start tag at line `place`, and the end tag if lines have come after it."""
        indent = _INDENT * depth
        if len(self.lines) == place + 1:
            self.lines[place] = f"{indent}<{' '.join(start)} />"
        else:
            self.lines[place] = f"{indent}<{' '.join(start)}>"
            self.lines.append(f"{indent}</{start[0]}>")

    def leaf(self, tag: str, start: list[str], text: str, depth: int) -> None:
        """Write an element that has text only."""
        inside = f">{self.text(text)}</{self.name(tag)}>" if text else " />"
        self.lines.append(f"{_INDENT * depth}<{' '.join(start)}{inside}")

    def attribute(self, start: list[str], attribute: Attribute, value: Any) -> None:
        """Append the attribute to the start tag, unless its absence says the same."""
        if value is None:
            if attribute.required:
                self.refuse(
                    Wording(de=f"„{attribute.field}“ fehlt", en=f"{attribute.field!r} is missing"),
                )
            return
        if value == attribute.default and not attribute.always:
            return
        text = self.value(attribute, value)
        start.append(f'{self.name(attribute.name)}="{text}"')
        if attribute.twin is not None:
            start.append(f'{self.name(attribute.twin)}="{text}"')

    def value(self, attribute: Attribute, value: Any) -> str:
        match attribute.kind:
            case ValueKind.BOOLEAN:
                return "true" if value else "false"
            case ValueKind.NUMBER:
                return self.number(value)
            case ValueKind.WHOLE_NUMBER:
                return str(value)
            case ValueKind.NAME:
                return self.name(value)
            case ValueKind.ID:
                self.check_id(value)
            case ValueKind.REFERENCE:
                self.references.append((value, attribute.field, self.element_id))
            case _:
                pass
        if attribute.choices and value not in attribute.choices:
            allowed = ", ".join(attribute.choices)
            self.refuse(
                Wording(
                    de=f"„{value}“ ist kein Wert für „{attribute.field}“; möglich sind {allowed}",
                    en=f"{value!r} is no value for {attribute.field!r}; possible are {allowed}",
                )
            )
        return self.attribute_text(value)

    # --- text

    def name(self, tag: str) -> str:
        """Return the prefixed form of a name in Clark notation, and note its name space."""
        known = self.qualified.get(tag)
        if known is not None:
            return known
        namespace, _, local = tag.rpartition("}")
        namespace = namespace.removeprefix("{")
        if not is_ncname(local):
            self.refuse(
                Wording(de=f"„{local}“ ist kein Name, den XML erlaubt", en=f"{local!r} is not a name that XML allows")
            )
        written = f"{self.prefix(namespace)}:{local}" if namespace else local
        self.qualified[tag] = written
        return written

    def prefix(self, namespace: str) -> str:
        if namespace == XML:
            return "xml"
        if namespace not in self.prefix_of:
            count = sum(1 for known in self.prefix_of if known not in PREFIX_OF)
            self.prefix_of[namespace] = PREFIX_OF.get(namespace, f"ns{count + 1}")
        return self.prefix_of[namespace]

    def text(self, text: str) -> str:
        """Return `text` as it stands between tags."""
        self.check_characters(text)
        return escaped_text(text)

    def attribute_text(self, text: str) -> str:
        """Return `text` as it stands between quotation marks."""
        self.check_characters(text)
        return escaped_attribute(text)

    def number(self, number: float) -> str:
        """Return the shortest form, whole numbers without fraction."""
        if not math.isfinite(number):
            self.refuse(
                Wording(de=f"{number} ist keine endliche Zahl", en=f"{number} is not a finite number"),
            )
        return number_text(number)

    # --- checks

    def check_characters(self, text: str) -> None:
        found = unwritable_character(text)
        if found:
            self.refuse(unwritable_wording(*found))

    def check_id(self, element_id: str) -> None:
        if not is_ncname(element_id):
            self.refuse(
                Wording(
                    de=f"„{element_id}“ ist keine Kennung; erlaubt sind Buchstabe oder _, dann auch Ziffern, - und .",
                    en=f"{element_id!r} is not a valid id; allowed are a letter or _, then also digits, - and .",
                )
            )
        if element_id in self.ids:
            self.refuse(
                Wording(
                    de=f"die Kennung „{element_id}“ ist zweimal vergeben", en=f"the id {element_id!r} is given twice"
                )
            )
        self.ids.add(element_id)

    def check_depth(self, depth: int) -> None:
        if depth >= MAX_DEPTH:
            self.refuse(
                Wording(
                    de=f"die Elemente sind tiefer als {MAX_DEPTH} Ebenen geschachtelt",
                    en=f"the elements are nested deeper than {MAX_DEPTH} levels",
                )
            )

    def check_choice(self, element: Any, grammar: ElementGrammar) -> None:
        given = [name for name in grammar.at_most_one_of if getattr(element, name) is not None]
        if len(given) > 1:
            names = ", ".join(given)
            self.refuse(
                Wording(de=f"nur eines davon darf gesetzt sein: {names}", en=f"only one of these may be set: {names}")
            )

    def check_references(self) -> None:
        for reference, field, element_id in self.references:
            if reference not in self.ids:
                self.element_id = element_id
                self.refuse(
                    Wording(
                        de=f"„{field}“ verweist auf „{reference}“; dieses Element gibt es nicht",
                        en=f"{field!r} refers to {reference!r}; there is no such element",
                    )
                )

    def refuse(self, wording: Wording) -> NoReturn:
        """Raise the error, with the element in which it was found."""
        if self.element_id is not None:
            wording = Wording(
                de=f"Element „{self.element_id}“: {wording.de}", en=f"element {self.element_id!r}: {wording.en}"
            )
        raise ExportError(wording, element_id=self.element_id)


def _items(value: Any, content: Children) -> tuple[object, ...]:
    """Return the elements that a field holds, also where it holds one or none."""
    if content.many:
        return tuple(value)
    return () if value is None else (value,)


def _flows_of_nodes(flow_elements: Iterable[FlowElement]) -> _FlowsOfNode:
    """Return the incoming and outgoing flows of each node, in the order of the flows."""
    flows: _FlowsOfNode = {}
    for flow in flow_elements:
        if isinstance(flow, SequenceFlow):
            flows.setdefault(flow.source_ref, ([], []))[1].append(flow.id)
            flows.setdefault(flow.target_ref, ([], []))[0].append(flow.id)
    return flows


def _translation(translation: Translation) -> ExtensionElement:
    """Return the element of the OMG's extension; its default target is the name."""
    target = () if translation.target == "@name" else (("target", translation.target),)
    return ExtensionElement(
        namespace=I18N,
        name="translation",
        attributes=((clark(XML, "lang"), translation.language), *target),
        text=translation.text,
    )
