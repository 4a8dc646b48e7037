"""Replace the diagrams of a BPMN file in its bytes; every other byte stays as it is.

The places of the diagrams are found by parsing, not by searching for text, so that a comment or an attribute that looks
like a diagram is none. The file must have passed `parsing.parse_document` before: that refuses what is hostile.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from ankunft_model.bpmn_xml.namespaces import BPMNDI
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.wording import Wording

_DIAGRAM: Final = f"{BPMNDI} BPMNDiagram"
_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_UTF_16_MARKS: Final = {codecs.BOM_UTF16_LE: "utf_16_le", codecs.BOM_UTF16_BE: "utf_16_be"}
_BLANK: Final = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class _Places:
    """Byte positions: first and last + 1 of each diagram, of the end tag of the root, of the end of its start tag."""

    diagrams: tuple[tuple[int, int], ...]
    root_end: int


@dataclass(frozen=True, slots=True)
class Style:
    """How the file indents: the line break, one step of indentation, and how far the diagrams stand in."""

    line_break: str
    step: str
    indent: str


def with_diagrams(
    data: bytes,
    build_text: Callable[[Style], str],
    *,
    file: str | None = None,
    kept: Collection[int] = (),
) -> bytes:
    r"""Return the file with the diagrams that `build_text` writes instead of its own.

    They stand where the first diagram stood that is replaced, else behind the last one that stays, else at the end of
    the root. Characters that the encoding of the file does
    not have become references.

    Args:
        data: The file; it must be well-formed.
        build_text: Returns the diagrams, indented in the given style, without a line break before and after; nothing
            if there is none.
        file: Its name, for messages only.
        kept: Diagrams that stay as they are, by their place among all of the file, counted from 0.

    Raises:
        SourceError: The file is in an encoding in which it cannot be edited.

    Example:
        >>> old = b'<d xmlns="urn:x"><!-- kept -->\n</d>'
        >>> with_diagrams(old, lambda style: "<new/>")
        b'<d xmlns="urn:x"><!-- kept -->\n  <new/>\n</d>'
    """
    codec = _wide_codec(data)
    if codec is None:
        try:
            places = _find_places(data, None)
        except (expat.ExpatError, ValueError, LookupError):  # an encoding that expat does not have
            codec = _declared_codec(data)
        else:
            encode = _encode_utf_8 if _is_utf_8(data) else _encode_ascii
            return _edited(data, places, build_text, encode, kept)
    text = _decoded(data, codec, file)
    utf_8 = text.encode("utf-8")
    edited = _edited(utf_8, _find_places(utf_8, "utf-8"), build_text, _encode_utf_8, kept).decode("utf-8")
    return edited.encode(codec, errors="xmlcharrefreplace")


def _encode_utf_8(text: str) -> bytes:
    return text.encode("utf-8")


def _encode_ascii(text: str) -> bytes:
    return text.encode("ascii", errors="xmlcharrefreplace")


def _wide_codec(data: bytes) -> str | None:
    return next((codec for mark, codec in _UTF_16_MARKS.items() if data.startswith(mark)), None)


def _declared_codec(data: bytes) -> str:
    found = _ENCODING.match(data)
    return found[1].decode("ascii").lower() if found else "utf-8"


def _is_utf_8(data: bytes) -> bool:
    return data.startswith(codecs.BOM_UTF8) or _declared_codec(data) in ("utf-8", "utf8")


def _decoded(data: bytes, codec: str, file: str | None) -> str:
    """Return the text, if it can be turned into the same bytes again."""
    try:
        text = data.decode(codec)
        if text.encode(codec) == data:
            return text
    except (LookupError, UnicodeError):
        pass
    raise SourceError(
        [
            Problem(
                "unknown-encoding",
                Wording(
                    de=f"Die Datei ist in der Zeichenkodierung „{codec}“, in der sie sich nicht ändern lässt. "
                    "Bitte als UTF-8 speichern.",
                    en=f"The file is in the encoding {codec!r}, in which it cannot be edited. Please save it as UTF-8.",
                ),
                Location(file),
            )
        ]
    )


def _find_places(data: bytes, encoding: str | None) -> _Places:
    """Return where the diagrams stand. Handlers for text are set only while the end of one is looked for."""
    parser = expat.ParserCreate(encoding, " ")
    depth = 0
    begin = root_end = -1
    is_open = False
    found: list[tuple[int, int]] = []

    def ends_here(*_: object) -> None:
        nonlocal begin, is_open
        found.append((begin, parser.CurrentByteIndex))
        begin, is_open = -1, False
        parser.CharacterDataHandler = parser.CommentHandler = parser.ProcessingInstructionHandler = None

    def start(name: str, _attributes: object) -> None:
        nonlocal depth, begin
        if is_open:
            ends_here()
        if depth == 1 and name == _DIAGRAM:
            begin = parser.CurrentByteIndex
        depth += 1

    def end(_name: str) -> None:
        nonlocal depth, root_end, is_open
        if is_open:
            ends_here()
        depth -= 1
        if depth == 1 and begin >= 0:
            is_open = True
            parser.CharacterDataHandler = ends_here
            parser.CommentHandler = ends_here
            parser.ProcessingInstructionHandler = ends_here
        elif depth == 0:
            root_end = parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)  # noqa: FBT003 the name of the argument is not public
    return _Places(tuple(found), root_end)


def _edited(
    data: bytes,
    places: _Places,
    build_text: Callable[[Style], str],
    encode: Callable[[str], bytes],
    kept: Collection[int],
) -> bytes:
    line_break = "\r\n" if b"\r\n" in data[:2000] else "\n"
    if not places.diagrams:
        return _with_first_diagram(data, places.root_end, build_text, encode, line_break)
    replaced = [span for place, span in enumerate(places.diagrams) if place not in kept]
    first = replaced[0][0] if replaced else places.diagrams[-1][0]
    indent = _indent_before(data, first)
    text = encode(build_text(Style(line_break, "\t" if "\t" in indent else "  ", indent)))
    if not replaced:
        at = places.diagrams[-1][1]
        return b"".join([data[:at], encode(line_break + indent), text, data[at:]]) if text else data
    parts: list[bytes] = []
    done = 0
    for begin, end in replaced:
        between = data[done:begin]
        parts.append(between if begin == first and text else between.rstrip(_BLANK))
        if begin == first:
            parts.append(text)
        done = end
    return b"".join([*parts, data[done:]])


def _with_first_diagram(
    data: bytes, root_end: int, build_text: Callable[[Style], str], encode: Callable[[str], bytes], line_break: str
) -> bytes:
    """Return the file with the diagrams before the end tag of the root."""
    if data[root_end : root_end + 2] != b"</":  # an empty root has nothing to draw
        return data
    step = _first_indent(data)
    text = encode(build_text(Style(line_break, step, step)))
    if not text:
        return data
    at = root_end - len(_indent_before(data, root_end))
    newline = encode(line_break)
    before = b"" if data[at - 1 : at] == b"\n" else newline
    return b"".join([data[:at], before, encode(step), text, newline, data[at:]])


def _indent_before(data: bytes, place: int) -> str:
    """Return the blanks between the beginning of the line and `place`; nothing if other text stands there."""
    begin = place
    while begin > 0 and data[begin - 1 : begin] in (b" ", b"\t"):
        begin -= 1
    return data[begin:place].decode("ascii") if begin == 0 or data[begin - 1 : begin] == b"\n" else ""


def _first_indent(data: bytes) -> str:
    found = re.search(rb"\n([ \t]+)<", data[:20_000])
    return found[1].decode("ascii") if found else "  "
