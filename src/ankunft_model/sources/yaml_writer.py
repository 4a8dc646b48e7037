"""A plain tree as YAML text that people like to read: entries below each other, what is short on one line.

Written by hand and not with PyYAML's emitter: that one has to be told for every node whether it goes on one line,
cannot be asked whether the line would fit, and quotes for readers of YAML 1.1 only. Quoted here is whatever any reader
of YAML 1.1 or 1.2 could take for something else than text.

Source: YAML 1.2.2 (2021), chapters 7.3 and 8.1 and 10.3.2; YAML 1.1 type repository (bool, float, int, merge, null,
timestamp, value).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeGuard

from ankunft_model.errors import ExportError, Location
from ankunft_model.model.characters import as_nfc, first_forbidden_character
from ankunft_model.sources.text_tree import MAX_DEPTH, path_text
from ankunft_model.wording import Wording

MAX_LINE: Final = 110
"""Mappings and lists go on one line if the line then has at most so many characters."""
MAX_KEY: Final = 200
"""A key may have so many characters; YAML readers look no further than 1,024 bytes for the colon."""
MAX_DIGITS: Final = 64
"""A number may have so many characters; readers refuse longer ones."""

_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"})
"""What some reader takes for a truth value, nothing, or a sign of its own, in any capitals."""
_LIKE_NUMBER: Final = re.compile(r"[-+]?\.?[0-9][0-9a-fA-FxXoO_.,:+-]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_LIKE_TIMESTAMP: Final = re.compile(r"[0-9]{4}-[0-9]")
_FORBIDDEN_START: Final = frozenset("-?:,[]{}#&*!|>'\"%@`=~.")
_NEEDS_QUOTES: Final = re.compile(r":(?:\s|$)|\s#|[\x00-\x1f]|\s$|^\s")
_NEEDS_QUOTES_IN_BRACKETS: Final = re.compile(r"[,\[\]{}:?]")
_ESCAPED: Final = re.compile(r'["\\\x00-\x1f\xa0\u200b-\u200f]')
_ESCAPE_OF: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_INDENT: Final = 2


def to_yaml_text(plain: Mapping[str, Any]) -> str:
    r"""Return `plain` as one YAML 1.2 document; equal input gives equal text.

    Mappings, lists and tuples, texts, whole numbers, fractions, truth values, dates (written without quotes) and None.
    Keys keep their order. Texts are written in NFC. A mapping that holds only mappings, and a list that holds only
    mappings, always get a line per entry.

    Raises:
        ExportError: A value that YAML or its readers cannot carry: control characters, endless numbers, other types,
            keys that are no text or too long, more than `MAX_DEPTH` levels.

    Example:
        >>> print(to_yaml_text({"ags": "05358", "needs": ["status"], "actors": {"abh": {"kind": "office"}}}), end="")
        ags: "05358"
        needs: [status]
        <BLANKLINE>
        actors:
          abh: {kind: office}
    """
    if not plain:
        return "{}\n"
    lines: list[str] = []
    is_after_block = False
    for key, value in plain.items():
        written = _entry(key, value, 0, (key,))
        if lines and (len(written) > 1 or is_after_block):
            lines.append("")
        lines += written
        is_after_block = len(written) > 1
    return "\n".join(lines) + "\n"


def entry_lines(key: str, value: Any, indent: int) -> list[str]:
    """Return the lines of one key with its value, indented by `indent` spaces; as in `to_yaml_text` otherwise."""
    return _entry(key, value, indent, (key,))


def item_lines(value: Any, indent: int) -> list[str]:
    """Return the lines of one item of a list, indented by `indent` spaces; as in `to_yaml_text` otherwise."""
    return _item(value, indent, ())


def on_one_line(value: Any) -> str:
    """Return a value as it stands inside brackets, however long it is.

    Example:
        >>> on_one_line({"to": "pay", "when": "ja, sofort"})
        '{to: pay, when: "ja, sofort"}'
    """
    if _is_mapping(value):
        return "{" + ", ".join(f"{_key(key, (key,))}: {on_one_line(inner)}" for key, inner in value.items()) + "}"
    if _is_sequence(value):
        return "[" + ", ".join(map(on_one_line, value)) + "]"
    return _scalar(value, (), ",")


_Path = tuple[str | int, ...]


def _is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_sequence(value: object) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    return isinstance(value, list | tuple)


def _entry(key: str, value: Any, indent: int, path: _Path) -> list[str]:
    """Return the lines of one key with its value."""
    return _after(f"{' ' * indent}{_key(key, path)}:", value, indent, path)


def _item(value: Any, indent: int, path: _Path) -> list[str]:
    """Return the lines of one item of a list."""
    start = f"{' ' * indent}-"
    if _is_mapping(value) and value and _on_one_line(value, MAX_LINE - len(start) - 1, path) is None:
        lines = _block(value, indent + _INDENT, path)
        return [f"{start} {lines[0].lstrip(' ')}", *lines[1:]]
    return _after(start, value, indent, path)


def _after(start: str, value: Any, indent: int, path: _Path) -> list[str]:
    """Return the lines of a value after `start`, which ends in a colon or a dash."""
    if not (_is_mapping(value) or _is_sequence(value)):
        literal = _literal(value, indent + _INDENT, path)
        return [f"{start} {literal[0]}", *literal[1:]] if literal else [f"{start} {_scalar(value, path, '')}"]
    one_line = _on_one_line(value, MAX_LINE - len(start) - 1, path)
    if one_line is not None:
        return [f"{start} {one_line}"]
    return [start, *_block(value, indent + _INDENT, path)]


def _block(value: Mapping[str, Any] | list[Any] | tuple[Any, ...], indent: int, path: _Path) -> list[str]:
    """Return the lines of a mapping or list with a line per entry."""
    if len(path) >= MAX_DEPTH:
        raise _refusal(
            path,
            de=f"Hier liegen mehr als {MAX_DEPTH} Ebenen ineinander",
            en=f"More than {MAX_DEPTH} levels lie in each other here",
        )
    lines: list[str] = []
    if _is_mapping(value):
        for key, inner in value.items():
            lines += _entry(key, inner, indent, (*path, key))
    else:
        for place, inner in enumerate(value):
            lines += _item(inner, indent, (*path, place))
    return lines


def _on_one_line(value: Any, room: int, path: _Path) -> str | None:
    """Return `value` in brackets if that is the form for it and has at most `room` characters, else None."""
    if not (_is_mapping(value) or _is_sequence(value)):
        if isinstance(value, str) and "\n" in value:
            return None
        scalar = _scalar(value, path, ",")
        return scalar if len(scalar) <= room else None
    if room < _INDENT or len(path) >= MAX_DEPTH:
        return None
    if _is_mapping(value):
        opening, closing = "{", "}"
        named: Iterable[tuple[str, Any, str | int]] = (
            (f"{_key(key, (*path, key))}: ", inner, key) for key, inner in value.items()
        )
        inner_values: Iterable[Any] = value.values()
    else:
        opening, closing = "[", "]"
        named = (("", inner, place) for place, inner in enumerate(value))
        inner_values = value
    if len(value) > room or (value and all(_is_mapping(inner) and inner for inner in inner_values)):
        return None
    parts: list[str] = []
    room -= len(opening) + len(closing)
    for name, inner, part in named:
        room -= len(name) + (2 if parts else 0)
        text = _on_one_line(inner, room, (*path, part))
        if text is None:
            return None
        room -= len(text)
        parts.append(name + text)
    return opening + ", ".join(parts) + closing if room >= 0 else None


def _key(key: object, path: _Path) -> str:
    if not isinstance(key, str):
        raise _refusal(
            path[:-1],
            de=f"Ein Schlüssel ist kein Text ({type(key).__name__})",
            en=f"A key is no text ({type(key).__name__})",
        )
    if len(key) > MAX_KEY:
        raise _refusal(
            path[:-1],
            de=f"Ein Schlüssel hat mehr als {MAX_KEY} Zeichen",
            en=f"A key has more than {MAX_KEY} characters",
        )
    return _text(key, path, ",")


def _scalar(value: Any, path: _Path, within: str) -> str:
    """Return a value on one line; `within` is "," inside brackets."""
    if isinstance(value, str):
        return _text(value, path, within)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if abs(value) >= 10**MAX_DIGITS:
            raise _refusal(path, de="Die Zahl ist zu lang", en="The number is too long")
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise _refusal(path, de="Die Zahl ist nicht endlich", en="The number is not finite")
        text = repr(value)
        # Readers of YAML 1.1 know an exponent after a point only.
        return text if "e" not in text or "." in text else text.replace("e", ".0e")
    if isinstance(value, date):
        return value.isoformat()
    raise _refusal(
        path,
        de=f"Werte der Art {type(value).__name__} lassen sich nicht schreiben",
        en=f"Values of the type {type(value).__name__} cannot be written",
    )


def _text(text: str, path: _Path, within: str) -> str:
    """Return a text on one line, in quotes where any reader could take it for something else."""
    text = _checked(text, path)
    if (
        text
        and text[0] not in _FORBIDDEN_START
        and text.casefold() not in _WORDS
        and not _NEEDS_QUOTES.search(text)
        and not _LIKE_NUMBER.fullmatch(text)
        and not _LIKE_TIMESTAMP.match(text)
        and not _ESCAPED.search(text)
        and not (within and _NEEDS_QUOTES_IN_BRACKETS.search(text))
    ):
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    sign = found.group()
    return _ESCAPE_OF.get(sign) or f"\\u{ord(sign):04x}"


def _checked(text: str, path: _Path) -> str:
    character = first_forbidden_character(text)
    if character is not None:
        name = f"U+{ord(character):04X}"
        raise _refusal(
            path,
            de=f"Der Text enthält das Zeichen {name}, das keine Datei enthalten darf",
            en=f"The text holds the character {name}, which no file may hold",
        )
    return as_nfc(text)


def _literal(value: Any, indent: int, path: _Path) -> list[str] | None:
    """Return the lines of a text as a literal block, the first being its sign, or None if it is none or would change.

    It would change with carriage returns, with spaces at its beginning (they would count as indentation), and with
    more than one line break at its end.
    """
    if not isinstance(value, str) or "\n" not in value:
        return None
    text = _checked(value, path)
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if _ESCAPED.search(body.replace("\n", "").replace('"', "").replace("\\", "").replace("\t", "")):
        return None
    if not lines[0] or not lines[-1] or lines[0][0] in " \t" or any(line != line.rstrip() for line in lines):
        return None
    sign = "|" if text.endswith("\n") else "|-"
    return [sign, *(f"{' ' * indent}{line}" if line else "" for line in lines)]


def _refusal(path: _Path, *, de: str, en: str) -> ExportError:
    place = path_text(path)
    return ExportError(Wording(de=f"{de}.", en=f"{en}."), location=Location(path=place))
