"""A BPMN file as the tree that it is: for everything that keeps a file, changes a little in it and writes it back.

`reader` and `writer` know the elements of the standard and leave out the rest; here nothing is left out.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Protocol, cast

from lxml import etree

from ankunft_model.bpmn_xml.lexical import writable
from ankunft_model.bpmn_xml.namespaces import MODEL, PREFIX_OF, clark
from ankunft_model.bpmn_xml.other_xml import not_bpmn
from ankunft_model.bpmn_xml.parsing import MAX_ATTRIBUTES, MAX_BYTES, MAX_ELEMENTS, parse_document
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.wording import Wording

_FRAGILE: Final = re.compile("[\x7f-\xa0\u200b-\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Characters that texts of a model may not hold."""
_SPACE_AT_END: Final = re.compile(r"[ \t]+(?=\n)")
"""White space before the end of a line, which gets lost in many editors."""


class Node(Protocol):
    """An element of the tree; comments and processing instructions have a `tag` that is no text.

    Attributes:
        tag: Name in Clark notation.
        text: Text before the first child.
        tail: Text between the element's end and the next tag.
        sourceline: Line, counted from 1.
        nsmap: Name spaces by prefix.
        attrib: The attributes, by name.
    """

    tag: Any
    text: str | None
    tail: str | None
    sourceline: int | None
    nsmap: dict[str | None, str]
    attrib: Any

    def __iter__(self) -> Iterator[Node]: ...
    def __len__(self) -> int: ...
    def get(self, key: str, /) -> str | None:
        """Return the value of an attribute."""
        ...

    def set(self, key: str, value: str, /) -> None:
        """Give an attribute a value."""
        ...

    def keys(self) -> Sequence[str]:
        """Return the names of the attributes."""
        ...

    def append(self, child: Node, /) -> None:
        """Put a child behind the last."""
        ...

    def insert(self, place: int, child: Node, /) -> None:
        """Put a child at a place, counted from 0."""
        ...

    def remove(self, child: Node, /) -> None:
        """Take a child away, and the text behind it."""
        ...

    def index(self, child: Node, /) -> int:
        """Return the place of a child."""
        ...

    def getparent(self) -> Node | None:
        """Return the element around."""
        ...

    def getprevious(self) -> Node | None:
        """Return the element before."""
        ...

    def iter(self, *tags: str) -> Iterator[Node]:
        """Yield the element and everything in it, in the order of the file."""
        ...

    def iterchildren(self, *tags: str) -> Iterator[Node]:
        """Yield the children with one of these tags, in the order of the file."""
        ...

    def itertext(self) -> Iterator[str]:
        """Yield all text in the element."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """A file: the element `definitions` with everything in it, comments too."""

    root: Node
    file: str | None = None


def parse_bpmn(
    data: bytes,
    *,
    file: str | None = None,
    max_bytes: int = MAX_BYTES,
    max_elements: int = MAX_ELEMENTS,
) -> Document:
    """Return the tree of a BPMN 2.0 file, in any encoding that it declares.

    Raises:
        SourceError: The file is too large, hostile, no XML, or XML but not BPMN 2.0.

    Example:
        >>> parse_bpmn(b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>').root.tag
        '{http://www.omg.org/spec/BPMN/20100524/MODEL}definitions'
    """
    root = cast(
        "Node",
        parse_document(data, file=file, max_bytes=max_bytes, max_elements=max_elements, keep_comments=True),
    )
    if root.tag != clark(MODEL, "definitions"):
        raise SourceError(
            [
                Problem(
                    "not-a-bpmn-file",
                    not_bpmn(str(root.tag)),
                    Location(file, root.sourceline),
                )
            ]
        )
    if _may_be_crowded(data, root):
        crowded = _CROWDED(root)
        if crowded:
            raise _too_many_attributes(crowded[0], file)
    return Document(root, file)


def _may_be_crowded(data: bytes, root: Node) -> bool:
    """Return whether an element may have too many attributes, from the bytes: all tags begin with a `<` of their own.

    An attribute takes five bytes or more (` a=""`), so that a tag with too many of them is long and has many `=`.
    """
    if b"\x00" in data[:4]:  # more than one byte for a sign, whatever is declared
        return True
    encoding = str(cast("Any", root).getroottree().docinfo.encoding or "utf-8").lower()
    if _LIKE_ASCII.match(encoding) is None:
        return True
    return any(found.group().count(b"=") > MAX_ATTRIBUTES for found in _LONG_TAG.finditer(data))


def parse_fragment(data: bytes) -> Node:
    """Return the root of XML that is no whole file, such as a diagram alone; bounded like a file.

    Raises:
        SourceError: It is no XML, too large or hostile.
    """
    return cast("Node", parse_document(data, file=None, max_bytes=MAX_BYTES, max_elements=MAX_ELEMENTS))


def elements_with(node: Node, attributes: tuple[str, ...]) -> list[Node]:
    """Return the element and those in it that have one of some attributes, in the order of the file."""
    return list(_having(attributes)(node))


@cache
def _having(attributes: tuple[str, ...]) -> Any:
    return etree.XPath(f"descendant-or-self::*[{' or '.join(f'@{name}' for name in attributes)}]")


def ids_in(node: Node) -> set[str]:
    """Return all values of attributes `id` in an element."""
    return set(_IDS(node))


def bpmn_elements_with_id(node: Node) -> list[Node]:
    """Return the element and those in it that are of BPMN's semantic model and have an id, in the order of the file."""
    return list(_OF_BPMN_WITH_ID(node))


def document_bytes(document: Document) -> bytes:
    """Return the file in UTF-8, as it was but for what was changed in the tree."""
    tree: Any = cast("Any", document.root).getroottree()
    written: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=True)
    return written if written.endswith(b"\n") else written + b"\n"


def document_text(node: Node) -> str:
    r"""Return an element as text that a model can carry: every sign survives any editor and any form of Unicode.

    What a model's text may not hold stands there by its number (`&#160;`), which means the same to XML.

    Example:
        >>> document_text(parse_fragment("<a>x\u00a0 \ny</a>".encode()))
        '<a>x&#160;&#32;\ny</a>'
    """
    root: Any = node
    tree = root.getroottree()
    source = tree if tree.getroot() is root else root
    text: str = etree.tostring(source, encoding="unicode", with_tail=False)
    if "\n" not in text or text.count("\n") * _LONGEST_MEAN_LINE < len(text):
        text = _broken_into_lines(root)
    if (not text.isascii() or "\x7f" in text) and _FRAGILE.search(text):
        text = _FRAGILE.sub(_by_number, text)
    if " \n" in text or "\t\n" in text:
        text = _SPACE_AT_END.sub(_by_number, text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = "".join(sign if sign.isascii() else f"&#{ord(sign)};" for sign in text)
    return text


_CROWDED: Final[Any] = etree.XPath(f"descendant-or-self::*[@*[{MAX_ATTRIBUTES + 1}]][1]")
"""Finds the first element with too many attributes, without an object in Python for every element."""
_LONG_TAG: Final = re.compile(rb"<[^<]{%d,}" % (5 * (MAX_ATTRIBUTES + 1)))
_LIKE_ASCII: Final = re.compile(r"utf-?8|(us-)?ascii|iso-8859-|windows-125")
"""Beginnings of the names of encodings in which the signs of XML are one byte each, and no other sign has that byte."""
_IDS: Final[Any] = etree.XPath("descendant-or-self::*/@id", smart_strings=False)
_OF_BPMN_WITH_ID: Final[Any] = etree.XPath("descendant-or-self::b:*[@id]", namespaces={"b": MODEL})
_LONGEST_MEAN_LINE: Final = 2_000
"""Text with longer lines, on average, was written without any care for lines."""


def _broken_into_lines(root: Any) -> str:
    """Return the text with a line per element wherever white space means nothing: between elements of BPMN."""
    copy: Any = etree.fromstring(etree.tostring(root, with_tail=False))
    for node in copy.iter():
        if isinstance(node.tag, str) and node.tag.startswith(_STANDARD) and len(node):
            texts = [node.text, *(child.tail for child in node)]
            if all(text is None or not text.strip() for text in texts):
                node.text = node.text or "\n"
                for child in node:
                    child.tail = child.tail or "\n"
    return str(etree.tostring(copy, encoding="unicode"))


_STANDARD: Final = ("{http://www.omg.org/spec/BPMN/20100524/", "{http://www.omg.org/spec/DD/20100524/")


def _by_number(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(sign)};" for sign in found.group())


def new_node(tag: str, attributes: Mapping[str, str], *, near: Node, text: str | None = None) -> Node:
    """Return a new element for the tree of `near`; it takes the prefixes that are declared there.

    Raises:
        ExportError: A text has a character that XML cannot carry.
    """
    namespace = tag.rpartition("}")[0].removeprefix("{")
    known = namespace in near.nsmap.values()
    made: Any = etree.Element(tag, nsmap=None if known else {PREFIX_OF.get(namespace, "ns"): namespace})
    for name, value in attributes.items():
        made.set(name, writable(value))
    made.text = None if text is None else writable(text)
    return cast("Node", made)


def copy_of(node: Node) -> Node:
    """Return a copy of an element with everything in it, without the text behind it."""
    copied: Any = copy.copy(node)
    copied.tail = None
    return cast("Node", copied)


def declare(document: Document, namespaces: Mapping[str, str]) -> Document:
    """Return the document with prefixes declared at its root; the tree moves there, the old one is left empty.

    Args:
        document: The document.
        namespaces: Name space by prefix. A prefix that means something else there gets a number.
    """
    declared = dict(document.root.nsmap)
    for prefix, namespace in namespaces.items():
        if namespace in declared.values():
            continue
        free, number = prefix, 1
        while free in declared:
            number += 1
            free = f"{prefix}{number}"
        declared[free] = namespace
    return _with_root(document, declared)


def undeclare(document: Document, namespace: str) -> Document:
    """Return the document without a declaration of a name space at its root; elements that need it declare it."""
    return _with_root(document, {prefix: uri for prefix, uri in document.root.nsmap.items() if uri != namespace})


def _with_root(document: Document, declared: Mapping[str | None, str]) -> Document:
    """Return the document under a new root that declares exactly these prefixes."""
    old: Any = document.root
    if declared == old.nsmap:
        return document
    root: Any = etree.Element(old.tag, nsmap=cast("Any", declared))
    for name in list(old.attrib):
        root.set(name, old.get(name))
    root.text = old.text
    root.extend(list(old))
    for before in reversed(list(old.itersiblings(preceding=True))):
        root.addprevious(before)
    for after in reversed(list(old.itersiblings())):
        root.addnext(after)
    return Document(cast("Node", root), document.file)


def _too_many_attributes(node: Node, file: str | None) -> SourceError:
    shown = str(node.tag).rpartition("}")[2][:60]
    return SourceError(
        [
            Problem(
                "too-many-attributes",
                Wording(
                    de=f"„{shown}“ hat {len(node.attrib)} Attribute; gelesen werden höchstens {MAX_ATTRIBUTES}.",
                    en=f"{shown!r} has {len(node.attrib)} attributes; at most {MAX_ATTRIBUTES} are read.",
                ),
                Location(file, node.sourceline),
            )
        ]
    )
