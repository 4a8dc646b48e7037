"""Reading: the bytes of a BPMN 2.0 file to `Definitions`.

What the file says is found by names in name spaces, never by prefix or position, so that a file may have been
saved by another tool in between. What has no place in our elements is listed in `Definitions.unread`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NoReturn

from ankunft_model.bpmn_xml.elements import Definitions, ExtensionElement, Translation, UnreadContent
from ankunft_model.bpmn_xml.grammar import MAX_DEPTH
from ankunft_model.bpmn_xml.grammar_words import (
    Attribute,
    Children,
    Content,
    Extensions,
    FlowReferences,
    Leaf,
    ValueKind,
)
from ankunft_model.bpmn_xml.lexical import local_name, parse_boolean, parse_number, parse_whole_number
from ankunft_model.bpmn_xml.namespaces import I18N, XML, XSI, clark
from ankunft_model.bpmn_xml.other_xml import not_bpmn
from ankunft_model.bpmn_xml.parsing import (
    MAX_ATTRIBUTES,
    MAX_BYTES,
    MAX_ELEMENTS,
    XmlElement,
    parse_document,
)
from ankunft_model.bpmn_xml.reading_plan import PLAN_OF, ReadingPlan
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.wording import Wording

_SILENT_ATTRIBUTES: Final = frozenset(
    clark(XSI, name) for name in ("type", "schemaLocation", "noNamespaceSchemaLocation", "nil")
)
"""Attributes that speak to XML tools and say nothing about the process."""
_TRANSLATION: Final = clark(I18N, "translation")
_LANGUAGE: Final = clark(XML, "lang")


def read_definitions(
    data: bytes, *, file: str | None = None, max_bytes: int = MAX_BYTES, max_elements: int = MAX_ELEMENTS
) -> Definitions:
    """Return the content of a BPMN 2.0 file.

    `incoming` and `outgoing` of flow nodes are not read: the sequence flows say the same. An element without the id
    that others need to refer to it gets one made from its kind and a number.

    Args:
        data: The file as it is, in any encoding that it declares.
        file: Its name, for messages only.
        max_bytes: Larger data is refused before anything is read.
        max_elements: Data with more XML elements is refused.

    Raises:
        SourceError: All problems of the file in its order; of a file that is no XML, or hostile, the first only.

    Example:
        >>> from ankunft_model.bpmn_xml.writer import write_definitions
        >>> file = Definitions(id="d", target_namespace="urn:x")
        >>> read_definitions(write_definitions(file)) == file
        True
    """
    root = parse_document(data, file=file, max_bytes=max_bytes, max_elements=max_elements)
    return _Reading(root, file).definitions()


class _Reading:
    """The state of one call: what was found wrong, what was left out, which ids there are."""

    def __init__(self, root: XmlElement, file: str | None) -> None:
        self.root = root
        self.file = file
        self.problems: list[Problem] = []
        self.unread: list[UnreadContent] = []
        self.line_of_id: dict[str, int | None] = {}
        self.element_id: str | None = None
        self.free_ids: Iterator[int] | None = None
        self.ids_of_file: set[str] = set()

    def definitions(self) -> Definitions:
        plan = PLAN_OF[Definitions]
        if self.root.tag != plan.grammar.tag:
            self.refuse_at(
                self.root,
                "not-a-bpmn-file",
                not_bpmn(str(self.root.tag)),
            )
        values = self.values(self.root, plan, 0)
        if self.problems:
            raise SourceError(self.problems)
        return Definitions(**values, unread=tuple(self.unread))

    # --- elements

    def element(self, node: XmlElement, cls: type, depth: int) -> Any:
        """Return the element, or None if it cannot be built; then there is a problem."""
        if depth >= MAX_DEPTH:
            self.refuse_depth(node)
        outer_id = self.element_id
        self.element_id = node.get("id") or outer_id
        problems_before = len(self.problems)
        values = self.values(node, PLAN_OF[cls], depth)
        self.element_id = outer_id
        return cls(**values) if len(self.problems) == problems_before else None

    def values(self, node: XmlElement, plan: ReadingPlan, depth: int) -> dict[str, Any]:
        """Return the fields of the element."""
        values = self.attributes(node, plan)
        lists: dict[str, list[Any]] = {}
        if plan.grammar.body is not None:
            values[plan.grammar.body] = self.text_of(node)
        else:
            self.note_text(node, node.text)
            for child in node:
                self.child(child, plan, values, lists, depth)
                self.note_text(node, child.tail)
        for field, items in lists.items():
            values[field] = tuple(items)
        for content in plan.grammar.content:
            self.check_presence(node, content, values)
        return values

    def child(
        self, child: XmlElement, plan: ReadingPlan, values: dict[str, Any], lists: dict[str, list[Any]], depth: int
    ) -> None:
        """Put what `child` says into the fields of its parent."""
        content = plan.content_of.get(child.tag)
        match content:
            case Children(many=True):
                item = self.element(child, plan.class_of[child.tag], depth + 1)
                lists.setdefault(content.field, []).append(item)
            case Children() if content.field not in values:
                values[content.field] = self.element(child, plan.class_of[child.tag], depth + 1)
            case Leaf(many=True):
                lists.setdefault(content.field, []).append(self.leaf(child, content))
            case Leaf() if content.field not in values and not _is_alternative_set(content.field, plan, values):
                values[content.field] = self.leaf(child, content)
            case Extensions():
                self.extensions(child, lists, depth + 1)
            case FlowReferences():
                pass
            case _:
                self.note(child, "element", child.tag)

    def leaf(self, node: XmlElement, content: Leaf) -> str:
        for key in node.keys():  # noqa: SIM118 an element is no dict; iterating it gives children
            if key not in _SILENT_ATTRIBUTES:
                self.note(node, "attribute", key)
        text = self.text_of(node)
        return self.reference(node, text) if content.kind is ValueKind.REFERENCE else text

    def check_presence(self, node: XmlElement, content: Content, values: dict[str, Any]) -> None:
        """Note a problem if a child is missing without which the element cannot be built."""
        match content:
            case Children(many=False, minimum=1) if content.field not in values:
                missing = next(iter(content.tag_of.values()))
            case Leaf(required=True) if not values.get(content.field):
                missing = content.tag
            case _:
                return
        name = local_name(missing)
        self.problem(
            node,
            "missing-element",
            Wording(
                de=f"In „{_shown(node)}“ fehlt das Element „{name}“. Bitte die Datei neu exportieren.",
                en=f"{_shown(node)!r} lacks the element {name!r}. Please export the file again.",
            ),
        )

    # --- extension elements

    def extensions(self, node: XmlElement, lists: dict[str, list[Any]], depth: int) -> None:
        """Read the content of `extensionElements`."""
        for key in self.keys(node):
            self.note(node, "attribute", key)
        self.note_text(node, node.text)
        for child in node:
            self.note_text(node, child.tail)
            extension = self.extension(child, depth + 1)
            translation = _translation(child, extension)
            if translation is not None:
                lists.setdefault("translations", []).append(translation)
            else:
                lists.setdefault("extension_elements", []).append(extension)

    def extension(self, node: XmlElement, depth: int) -> ExtensionElement:
        if depth >= MAX_DEPTH:
            self.refuse_depth(node)
        attributes = tuple((key, node.get(key) or "") for key in self.keys(node))
        children: list[ExtensionElement] = []
        for child in node:
            children.append(self.extension(child, depth + 1))
            self.note_text(node, child.tail)
        text = node.text or ""
        namespace, _, name = node.tag.rpartition("}")
        return ExtensionElement(
            namespace=namespace.removeprefix("{"),
            name=name,
            attributes=attributes,
            text="" if children and not text.strip() else text,
            children=tuple(children),
        )

    # --- attributes

    def keys(self, node: XmlElement) -> Sequence[str]:
        """Return the names of the attributes, after their number was checked."""
        keys = node.keys()
        if len(keys) > MAX_ATTRIBUTES:
            self.refuse_at(
                node,
                "too-many-attributes",
                Wording(
                    de=f"„{_shown(node)}“ hat {len(keys)} Attribute; gelesen werden höchstens {MAX_ATTRIBUTES}.",
                    en=f"{_shown(node)!r} has {len(keys)} attributes; at most {MAX_ATTRIBUTES} are read.",
                ),
            )
        return keys

    def attributes(self, node: XmlElement, plan: ReadingPlan) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key in self.keys(node):
            attribute = plan.attribute_of.get(key)
            if attribute is None:
                if key in _SILENT_ATTRIBUTES:
                    continue
                if plan.takes_extensions and key.startswith("{"):
                    own = values.get("extension_attributes", ())
                    values["extension_attributes"] = (*own, (key, node.get(key) or ""))
                else:
                    self.note(node, "attribute", key)
            elif key == attribute.name or node.get(attribute.name) is None:
                value = self.value(node, attribute, node.get(key) or "")
                if value is not None:
                    values[attribute.field] = value
        for attribute in plan.grammar.attributes:
            if attribute.required and attribute.field not in values:
                values[attribute.field] = self.replacement(node, attribute)
        return values

    def value(self, node: XmlElement, attribute: Attribute, text: str) -> Any:
        """Return the value of an attribute; None says that it is as good as absent, or wrong."""
        match attribute.kind:
            case ValueKind.TEXT if not attribute.choices or text in attribute.choices:
                return text
            case ValueKind.ID:
                return self.id(node, text.strip()) or None
            case ValueKind.REFERENCE:
                return self.reference(node, text) or None
            case ValueKind.NAME:
                return self.outer_name(node, text.strip()) or None
            case ValueKind.BOOLEAN if (truth := parse_boolean(text)) is not None:
                return truth
            case ValueKind.NUMBER if (number := parse_number(text)) is not None:
                return number
            case ValueKind.WHOLE_NUMBER if (whole := parse_whole_number(text)) is not None:
                return whole
            case _:
                pass
        expected = {
            ValueKind.BOOLEAN: Wording(de="true oder false", en="true or false"),
            ValueKind.NUMBER: Wording(de="eine Zahl wie 120 oder 37.5", en="a number such as 120 or 37.5"),
        }.get(attribute.kind, Wording(de=", ".join(attribute.choices), en=", ".join(attribute.choices)))
        name = local_name(attribute.name)
        self.problem(
            node,
            "wrong-value",
            Wording(
                de=f"„{_shown(node)}“: Das Attribut „{name}“ hat den Wert „{text[:40]}“; erwartet wird {expected.de}.",
                en=f"{_shown(node)!r}: the attribute {name!r} is {text[:40]!r}; expected is {expected.en}.",
            ),
        )
        return None

    def replacement(self, node: XmlElement, attribute: Attribute) -> str | None:
        """Return an id for an element without one; note a problem for every other missing attribute."""
        if attribute.kind is ValueKind.ID:
            return self.free_id(node)
        name = local_name(attribute.name)
        self.problem(
            node,
            "missing-attribute",
            Wording(
                de=f"„{_shown(node)}“: Das Attribut „{name}“ fehlt oder ist nicht lesbar. "
                "Bitte das Element im Modellierungsprogramm prüfen und neu speichern.",
                en=f"{_shown(node)!r}: the attribute {name!r} is missing or unreadable. "
                "Please check the element in the modelling tool and save again.",
            ),
        )
        return None

    def id(self, node: XmlElement, text: str) -> str:
        """Return the id, after noting a problem if another element has it."""
        if not text:
            return text
        if text in self.line_of_id:
            first = self.line_of_id[text]
            self.problem(
                node,
                "duplicate-id",
                Wording(
                    de=f"Die Kennung „{text}“ ist schon in Zeile {first} vergeben. Bitte eine der beiden ändern.",
                    en=f"The id {text!r} is already given in line {first}. Please change one of the two.",
                ),
            )
        self.line_of_id.setdefault(text, node.sourceline)
        return text

    def free_id(self, node: XmlElement) -> str:
        """Return an id that the file does not have: the kind of the element and a number."""
        if self.free_ids is None:
            self.ids_of_file = {found for element in self.root.iter() if (found := element.get("id"))}
            self.free_ids = iter(range(1, MAX_ELEMENTS + 1))
        kind = local_name(node.tag)
        for number in self.free_ids:
            free = f"{kind}_{number}"
            if free not in self.ids_of_file:
                return free
        raise AssertionError("there are more numbers than elements")

    def reference(self, node: XmlElement, text: str) -> str:
        """Return the id that a QName refers to: the part after a prefix that is declared."""
        reference = text.strip()
        prefix, colon, local = reference.partition(":")
        return local if colon and prefix in node.nsmap else reference

    def outer_name(self, node: XmlElement, text: str) -> str:
        """Return the id that a QName means, in Clark notation if it is of another file."""
        prefix, colon, local = text.partition(":")
        namespace = node.nsmap.get(prefix) if colon else None
        if namespace is None:
            return text
        return local if namespace == self.root.get("targetNamespace") else clark(namespace, local)

    # --- text

    def text_of(self, node: XmlElement) -> str:
        """Return the text in `node`, also that inside markup, which itself is left out."""
        if not len(node):
            return node.text or ""
        for child in node:
            self.note(child, "element", child.tag)
        return "".join(str(part) for part in node.itertext())

    def note_text(self, node: XmlElement, text: str | None) -> None:
        """Note text between elements, where only white space belongs."""
        if text and not text.isspace():
            self.note(node, "text", node.tag)

    # --- what was found

    def note(self, node: XmlElement, kind: Any, name: str) -> None:
        self.unread.append(UnreadContent(kind=kind, name=name, line=node.sourceline, element_id=self.element_id))

    def problem(self, node: XmlElement, code: str, wording: Wording) -> None:
        self.problems.append(Problem(code, wording, Location(self.file, node.sourceline), self.element_id))

    def refuse_depth(self, node: XmlElement) -> NoReturn:
        self.refuse_at(
            node,
            "nested-too-deep",
            Wording(
                de=f"Die Elemente sind tiefer als {MAX_DEPTH} Ebenen geschachtelt.",
                en=f"The elements are nested deeper than {MAX_DEPTH} levels.",
            ),
        )

    def refuse_at(self, node: XmlElement, code: str, wording: Wording) -> NoReturn:
        """Raise at once: reading on makes no sense, or is what a hostile file wants."""
        self.problem(node, code, wording)
        raise SourceError(self.problems)


def _is_alternative_set(field: str, plan: ReadingPlan, values: dict[str, Any]) -> bool:
    """Return whether a field is set that the schema allows only in the place of `field`."""
    alternatives = plan.grammar.at_most_one_of
    return field in alternatives and any(alternative in values for alternative in alternatives)


def _translation(node: XmlElement, extension: ExtensionElement) -> Translation | None:
    """Return the translation that `extension` is, if it says nothing that a `Translation` cannot hold."""
    attributes = dict(extension.attributes)
    if node.tag != _TRANSLATION or _LANGUAGE not in attributes or extension.children:
        return None
    if len(attributes) > 1 + ("target" in attributes):
        return None
    return Translation(language=attributes[_LANGUAGE], text=extension.text, target=attributes.get("target", "@name"))


def _shown(node: XmlElement) -> str:
    """Return the local name of an element, short enough for a message."""
    return local_name(node.tag)[:60]
