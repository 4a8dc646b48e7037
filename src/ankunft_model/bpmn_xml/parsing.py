"""From untrusted bytes to an XML tree: bounded in time and memory, nothing fetched, nothing expanded.

Only bytes are taken, never a path or address: lxml unpacks compressed files and follows addresses by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Protocol, cast

from lxml import etree

from ankunft_model.bpmn_xml.doctype import without_doctype
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.file_formats import name_of_other_format
from ankunft_model.wording import Wording

MAX_BYTES: Final = 10_000_000
"""A file may be so large; 10,000 steps with diagram need about 4 MB."""
MAX_ELEMENTS: Final = 250_000
"""So many XML elements are read; one takes about 170 bytes as a tree."""
MAX_ATTRIBUTES: Final = 64
"""One element may have so many attributes; real ones have below 20, and reading many is quadratic."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_TEXT_BY_BEGINNING: Final = (
    (b"{", "JSON"),
    (b"[", "JSON"),
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
)
"""Formats of text that people give by mistake, by the first bytes after white space, in small letters."""
_MODEL: Final = re.compile(rb"\A[^<]*^format[ \t]*:[ \t]*[\"']?ankunft/", re.MULTILINE)
"""The beginning of a model as YAML; before it stand at most comments, and no tag."""
_LOOKED_AT: Final = 2_000


class XmlElement(Protocol):
    """What the reader uses of an element of lxml; everything it offers takes time linear in its size.

    Attributes:
        tag: Name in Clark notation.
        text: Text before the first child.
        tail: Text between the element's end and the next tag.
        sourceline: Line, counted from 1.
        nsmap: Name spaces by prefix.
    """

    tag: str
    text: str | None
    tail: str | None
    sourceline: int | None
    nsmap: dict[str | None, str]

    def __iter__(self) -> Iterator[XmlElement]: ...
    def __len__(self) -> int: ...
    def get(self, key: str, /) -> str | None:
        """Return the value of an attribute."""
        ...

    def keys(self) -> Sequence[str]:
        """Return the names of the attributes."""
        ...

    def find(self, path: str, /) -> XmlElement | None:
        """Return the first child with this tag, or None."""
        ...

    def iterfind(self, path: str, /) -> Iterator[XmlElement]:
        """Yield the children with this tag."""
        ...

    def iter(self) -> Iterator[XmlElement]:
        """Yield the element and everything in it."""
        ...

    def itertext(self) -> Iterator[str]:
        """Yield all text in the element."""
        ...


def parse_document(
    data: bytes, *, file: str | None, max_bytes: int, max_elements: int, keep_comments: bool = False
) -> XmlElement:
    """Return the root element of the document.

    Comments and processing instructions are left out, unless `keep_comments`; a document type declaration always is.

    Raises:
        SourceError: The data is too large, empty, of another format, not well-formed, has a document type
            declaration that declares something, or more than `max_elements` elements. One problem, with the line
            where it is known.
    """
    _refuse_by_bytes(data, file, max_bytes)
    tags = data.count(b"<")
    if tags > max_elements and tags - data.count(b"</") > max_elements:
        _refuse_by_element_count(data, file, max_elements)
    try:
        root: Any = etree.fromstring(data, _safe_parser(keep_comments=keep_comments))
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(error, file, has_doctype=_is_due_to_doctype(error, data)) from error
    if root.getroottree().docinfo.doctype:
        return cast("XmlElement", _parsed_without_doctype(data, file, keep_comments=keep_comments))
    return cast("XmlElement", root)


def _parsed_without_doctype(data: bytes, file: str | None, *, keep_comments: bool) -> Any:
    """Return the root of a file whose document type declaration declares nothing."""
    plain = without_doctype(data)
    if plain is None:
        raise _doctype_error(file)
    try:
        return etree.fromstring(plain, _safe_parser(keep_comments=keep_comments))
    except etree.XMLSyntaxError as error:  # without the declaration an entity is an error
        raise _not_well_formed(error, file, has_doctype="ntity" in (error.msg or "")) from error


def _safe_parser(target: Any = None, *, keep_comments: bool = False) -> Any:
    """Return a parser that expands no entities, opens no files or connections and keeps libxml2's limits."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not keep_comments,
        remove_pis=not keep_comments,
        target=target,
    )


class _TooManyElementsError(Exception):
    """Stops the count early."""


class _Counter:
    """A parser target that counts elements and builds no tree."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def start(self, _tag: str, _attributes: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise _TooManyElementsError

    def end(self, tag: str) -> None:
        """Do nothing: only starts count."""

    def close(self) -> None:
        """Do nothing: there is no result."""


def _refuse_by_bytes(data: bytes, file: str | None, max_bytes: int) -> None:
    """Raise for what the bytes tell without parsing."""
    if len(data) > max_bytes:
        raise _error(
            "file-too-large",
            Wording(
                de=f"Die Datei ist {len(data):,} Byte groß; gelesen werden höchstens {max_bytes:,}. "
                "Bitte in mehrere Dateien teilen.".replace(",", "."),
                en=f"The file has {len(data):,} bytes; at most {max_bytes:,} are read. Please split it.",
            ),
            file,
        )
    beginning = data[:200].removeprefix(_BYTE_ORDER_MARK).lstrip()
    if not beginning and not data.removeprefix(_BYTE_ORDER_MARK).strip():
        raise _error(
            "empty-file",
            Wording(
                de="Die Datei ist leer. Erwartet wird eine BPMN-2.0-Datei.",
                en="The file is empty. A BPMN 2.0 file is expected.",
            ),
            file,
        )
    small = beginning.lower()
    name = name_of_other_format(beginning) or next(
        (name for start, name in _TEXT_BY_BEGINNING if small.startswith(start)), None
    )
    if name is not None:
        raise _error(
            "not-a-bpmn-file",
            Wording(
                de=f"Die Datei ist im Format {name}, nicht BPMN 2.0 (XML). "
                "Bitte entpacken oder in dem Programm, aus dem sie stammt, als BPMN 2.0 exportieren.",
                en=f"The file is {name}, not BPMN 2.0 (XML). "
                "Please unpack it, or export it as BPMN 2.0 in the program that it comes from.",
            ),
            file,
        )
    if _MODEL.search(data[:_LOOKED_AT]):
        raise _error(
            "not-well-formed",
            Wording(
                de="Die Datei ist ein Modell und keine BPMN-Datei. Eine BPMN-Datei daraus macht: "
                "ankunft export MODELL -o DATEI.bpmn",
                en="The file is a model and no BPMN file. What makes a BPMN file of it: "
                "ankunft export MODEL -o FILE.bpmn",
            ),
            file,
        )
    if data[:2] in (b"<\x00", b"\x00<"):
        raise _error(
            "unknown-encoding",
            Wording(
                de="Die Datei ist in UTF-16 ohne Kennzeichen am Anfang (BOM). Bitte als UTF-8 speichern.",
                en="The file is UTF-16 without byte order mark. Please save it as UTF-8.",
            ),
            file,
        )


def _refuse_by_element_count(data: bytes, file: str | None, max_elements: int) -> None:
    """Raise if there are more elements than allowed; the tree is not built for that."""
    try:
        etree.fromstring(data, _safe_parser(_Counter(max_elements)))
    except _TooManyElementsError as error:
        raise _error(
            "too-many-elements",
            Wording(
                de=f"Die Datei hat mehr als {max_elements:,} XML-Elemente. Bitte in mehrere Dateien teilen.".replace(
                    ",", "."
                ),
                en=f"The file has more than {max_elements:,} XML elements. Please split it.",
            ),
            file,
        ) from error
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(error, file, has_doctype=_is_due_to_doctype(error, data)) from error


def _is_due_to_doctype(error: etree.XMLSyntaxError, data: bytes) -> bool:
    is_declared = b"<!DOCTYPE" in data
    return is_declared and ("ntity" in (error.msg or "") or without_doctype(data) is None)


def _not_well_formed(error: etree.XMLSyntaxError, file: str | None, *, has_doctype: bool) -> SourceError:
    """Return what to say about the first error that the parser has met."""
    if has_doctype:
        return _doctype_error(file)
    message = (error.msg or "").rpartition(", line ")[0].strip()
    line, column = error.position
    if message.startswith("Excessive depth"):
        return _error(
            "nested-too-deep",
            Wording(
                de="Die Elemente sind viel zu tief ineinander geschachtelt. So schreibt kein Modellierungsprogramm.",
                en="The elements are nested much too deep. No modelling tool writes like this.",
            ),
            file,
        )
    return SourceError(
        [
            Problem(
                "not-well-formed",
                Wording(
                    de=f"Die Datei ist kein wohlgeformtes XML ({message}). Bitte neu exportieren; "
                    "vielleicht wurde sie nur zum Teil gespeichert oder von Hand geändert.",
                    en=f"The file is not well-formed XML ({message}). Please export it again; "
                    "perhaps it was saved in part only, or changed by hand.",
                ),
                Location(file, line or None, column or None),
            )
        ]
    )


def _doctype_error(file: str | None) -> SourceError:
    return _error(
        "document-type-declaration",
        Wording(
            de="Die Datei enthält eine Dokumenttyp-Deklaration (<!DOCTYPE …>), die selbst etwas vereinbart, oder "
            "benutzt Entitäten daraus. BPMN braucht keine, und sie können fremde Dateien einbinden. Bitte die "
            "Deklaration entfernen und die Zeichen selbst schreiben.",
            en="The file has a document type declaration (<!DOCTYPE …>) that declares something itself, or uses "
            "entities of it. BPMN needs none, and they can pull in other files. Please remove the declaration and "
            "write the characters themselves.",
        ),
        file,
    )


def _error(code: str, wording: Wording, file: str | None) -> SourceError:
    return SourceError([Problem(code, wording, Location(file))])
