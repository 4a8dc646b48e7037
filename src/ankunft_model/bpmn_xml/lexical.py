"""Names, numbers and text as XML writes them.

Source: XML 1.0 (fifth edition), productions 2 and 10; Namespaces in XML 1.0 (third edition), production 4.
"""

from __future__ import annotations

import math
import re
from typing import Final

from ankunft_model.errors import ExportError
from ankunft_model.wording import Wording

_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TO_ESCAPE_IN_TEXT: Final = re.compile("[&<>\r]")
_TO_ESCAPE_IN_ATTRIBUTE: Final = re.compile('[&<>"\t\n\r]')
_ESCAPED: Final = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
}  # fmt: skip
_NAME_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NCNAME: Final = re.compile(f"[{_NAME_START}][{_NAME_START}\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040]*")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MAX_NUMBER_LENGTH: Final = 64
_EXACT_INTEGERS: Final = 2.0**53
_INT_BOUND: Final = 2**31


def is_ncname(text: str) -> bool:
    """Return whether `text` can be an id: a letter or `_`, then letters, digits, `_`, `-`, `.`.

    Example:
        >>> is_ncname("Task_1"), is_ncname("1"), is_ncname("a:b")
        (True, False, False)
    """
    return _NCNAME.fullmatch(text) is not None


def local_name(name: str) -> str:
    """Return the part of a name in Clark notation after the name space.

    Example:
        >>> local_name("{urn:x}task")
        'task'
    """
    return name.rpartition("}")[2]


def unwritable_character(text: str) -> tuple[int, str] | None:
    r"""Return place (from 0) and code point of the first character that XML cannot carry in any form.

    Those are most control characters, half surrogates, U+FFFE and U+FFFF.

    Example:
        >>> unwritable_character("a\x00b")
        (1, 'U+0000')
    """
    found = _UNWRITABLE.search(text)
    return (found.start(), f"U+{ord(found.group()):04X}") if found else None


def writable(text: str) -> str:
    """Return `text`, if XML can carry it.

    Raises:
        ExportError: It has a character that XML cannot carry in any form.
    """
    found = unwritable_character(text)
    if found:
        raise ExportError(unwritable_wording(*found))
    return text


def unwritable_wording(place: int, code_point: str) -> Wording:
    """Return what to say about a character that XML cannot carry; `place` counts from 0."""
    return Wording(
        de=f"XML kann das Zeichen {code_point} (Stelle {place + 1} des Textes) nicht enthalten; bitte entfernen",
        en=f"XML cannot carry the character {code_point} (position {place + 1} of the text); please remove it",
    )


def escaped_text(text: str) -> str:
    """Return `text` as it stands between tags.

    Example:
        >>> escaped_text('"a" < b')
        '"a" &lt; b'
    """
    return _TO_ESCAPE_IN_TEXT.sub(_escape, text)


def escaped_attribute(text: str) -> str:
    r"""Return `text` as it stands between quotation marks; line breaks survive.

    Example:
        >>> escaped_attribute('a\n"b"')
        'a&#10;&quot;b&quot;'
    """
    return _TO_ESCAPE_IN_ATTRIBUTE.sub(_escape, text)


def number_text(number: float) -> str:
    """Return the shortest text that means the finite `number`; whole numbers have no fraction.

    Example:
        >>> number_text(120.0), number_text(0.1)
        ('120', '0.1')
    """
    return str(int(number)) if number == int(number) and abs(number) < _EXACT_INTEGERS else repr(float(number))


def parse_number(text: str) -> float | None:
    """Return the finite number that `text` is; the words of XML Schema for infinity and the like are none.

    Example:
        >>> parse_number(" 1e2 "), parse_number("INF"), parse_number("1_0")
        (100.0, None, None)
    """
    stripped = text.strip()
    if len(stripped) > _MAX_NUMBER_LENGTH or not _NUMBER.fullmatch(stripped):
        return None
    number = float(stripped)
    return number if math.isfinite(number) else None


def parse_whole_number(text: str) -> int | None:
    """Return the number that `text` is as an `xsd:int`.

    Example:
        >>> parse_whole_number(" 5 "), parse_whole_number("1.5"), parse_whole_number("3000000000")
        (5, None, None)
    """
    number = parse_number(text)
    return int(number) if number is not None and number == int(number) and abs(number) < _INT_BOUND else None


def parse_boolean(text: str) -> bool | None:
    """Return the truth value that `text` is.

    Example:
        >>> parse_boolean("1"), parse_boolean("false"), parse_boolean("ja")
        (True, False, None)
    """
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip())


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED[found.group()]
