"""JSON text to the positioned tree: strict, every key once, finite numbers, bounded.

One regular expression cuts the text into tokens; a table of what may come next replaces recursion.

Source: RFC 8259 (JSON); RFC 7493 (I-JSON) for what is refused beyond it: double keys, half surrogates, endless numbers.
"""

from __future__ import annotations

import json
import math
import re
from enum import Enum
from typing import Final, NoReturn

from ankunft_model.model.characters import as_nfc, first_forbidden_character, forbidden_character_problem
from ankunft_model.sources import json_syntax
from ankunft_model.sources.file_bytes import checked_text
from ankunft_model.sources.reading_problems import ReadingProblems, shortened
from ankunft_model.sources.text_tree import (
    MAX_DEPTH,
    MAX_NODES,
    Entry,
    MappingNode,
    Mark,
    Node,
    Place,
    PlainScalar,
    ScalarNode,
    SequenceNode,
)
from ankunft_model.wording import Wording

_TOKEN: Final = re.compile(
    r"""[ \t\n]*(?:
        (?P<sign>[{}\[\],:])
      | "(?P<string>(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"
      | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![0-9A-Za-z_.+-])
      | (?P<word>true|false|null|-?Infinity|NaN)(?![0-9A-Za-z_])
      | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_GOOD_PART_OF_STRING: Final = re.compile(r'(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+')
_WHITE_SPACE: Final = re.compile(r"[ \t\n]*")
_VALUE_BY_WORD: Final[dict[str, PlainScalar]] = {"true": True, "false": False, "null": None}
_DIGITS: Final = re.compile(r"-?[0-9]+")


class _Next(Enum):
    """What may come next."""

    VALUE = "value"
    ITEM_OR_END = "value or ]"
    KEY_OR_END = "key or }"
    KEY = "key"
    COLON = ":"
    COMMA_OR_END = ", or closing bracket"
    NOTHING = "nothing"


def parse_json(text: str, *, file: str | None) -> Node:
    """Return the tree of the JSON value in `text`.

    Numbers, truth values and null have their value and count as plain; strings do not.

    Raises:
        SourceError: All problems that can be seen in one reading, in the order of the file: double keys, `NaN` and
            `Infinity`, numbers too long or too large, forbidden characters. An error of syntax, too much depth or
            too many values end the reading.

    Example:
        >>> from ankunft_model.sources.text_tree import to_plain
        >>> to_plain(parse_json('{"ags": "08", "members": 15}', file=None))
        {'ags': '08', 'members': 15}
    """
    reading = _Reading(checked_text(text, file=file), file)
    while reading.step():
        pass
    return reading.result()


class _OpenSequence:
    """A list whose end was not met yet."""

    __slots__ = ("items", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.items: list[Node] = []


class _OpenMapping:
    """An object whose end was not met yet; `key` waits for its value, None if the value is to be dropped."""

    __slots__ = ("entries", "key", "key_place", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.entries: dict[str, Entry] = {}
        self.key: str | None = None
        self.key_place = place


class _Reading:
    """One pass through a text, with a stack of its own."""

    def __init__(self, text: str, file: str | None) -> None:
        self._text = text
        self._file = file
        self._problems = ReadingProblems()
        self._open: list[_OpenSequence | _OpenMapping] = []
        self._root: Node | None = None
        self._next = _Next.VALUE
        self._position = 0
        self._line = 1
        self._line_start = 0
        self._nodes = 0

    def step(self) -> bool:
        """Take the next token; return whether there may be more.

        Raises:
            SourceError: It ends the reading.
        """
        found = _TOKEN.match(self._text, self._position)
        if found is None:
            self._end_at_syntax(_WHITE_SPACE.match(self._text, self._position))
        kind = found.lastgroup or ""
        start = found.start(kind) - (kind == "string")
        place = self._place(start)
        token = found.group(kind)
        if kind == "end" or not self._takes(kind, token, place):
            if kind == "end" and self._next is _Next.NOTHING:
                return False
            self._end_unexpected(start, Mark(*place))
        self._position = found.end()
        return True

    def result(self) -> Node:
        """Return the tree.

        Raises:
            SourceError: There were problems.
        """
        self._problems.raise_if_any()
        if self._root is None:
            raise AssertionError("the reading ends with a value or an error")
        return self._root

    def _place(self, position: int) -> Place:
        """Return the place at `position`, which is not before the position of the last token."""
        lines = self._text.count("\n", self._position, position)
        if lines:
            self._line += lines
            self._line_start = self._text.rfind("\n", self._position, position) + 1
        return (self._file, self._line, position - self._line_start + 1)

    def _takes(self, kind: str, token: str, place: Place) -> bool:
        """Take the token if it may come here; return whether it may."""
        expected = self._next
        if kind == "sign":
            return self._takes_sign(token, place)
        if kind == "string" and expected in (_Next.KEY, _Next.KEY_OR_END):
            self._take_key(self._unescaped(token, place), place)
            return True
        if expected not in (_Next.VALUE, _Next.ITEM_OR_END):
            return False
        if kind == "string":
            text = self._unescaped(token, place)
            self._put(ScalarNode(text, text, plain=False, place=place))
        elif kind == "number":
            self._put(ScalarNode(token, self._number(token, place), plain=True, place=place))
        else:
            if token not in _VALUE_BY_WORD:
                self._problems.add("not-a-finite-number", json_syntax.not_finite(token), Mark(*place))
            self._put(ScalarNode(token, _VALUE_BY_WORD.get(token), plain=True, place=place))
        return True

    def _takes_sign(self, sign: str, place: Place) -> bool:
        expected = self._next
        if sign in "{[":
            if expected not in (_Next.VALUE, _Next.ITEM_OR_END):
                return False
            if len(self._open) >= MAX_DEPTH:
                self._problems.end_as_too_deep(Mark(*place))
            self._open.append(_OpenMapping(place) if sign == "{" else _OpenSequence(place))
            self._next = _Next.KEY_OR_END if sign == "{" else _Next.ITEM_OR_END
            return True
        if sign == ":":
            if expected is not _Next.COLON:
                return False
            self._next = _Next.VALUE
            return True
        innermost = self._open[-1] if self._open else None
        if sign == ",":
            if expected is not _Next.COMMA_OR_END:
                return False
            self._next = _Next.KEY if isinstance(innermost, _OpenMapping) else _Next.VALUE
            return True
        return self._closes(innermost, sign)

    def _closes(self, innermost: _OpenSequence | _OpenMapping | None, sign: str) -> bool:
        """Close the innermost bracket if `sign` may do so here."""
        may_be_empty = _Next.KEY_OR_END if sign == "}" else _Next.ITEM_OR_END
        if self._next not in (_Next.COMMA_OR_END, may_be_empty):
            return False
        if isinstance(innermost, _OpenMapping) and sign == "}":
            self._open.pop()
            self._put(MappingNode(innermost.entries, innermost.place))
            return True
        if isinstance(innermost, _OpenSequence) and sign == "]":
            self._open.pop()
            self._put(SequenceNode(tuple(innermost.items), innermost.place))
            return True
        return False

    def _take_key(self, key: str, place: Place) -> None:
        mapping = self._open[-1]
        assert isinstance(mapping, _OpenMapping), "keys are expected in mappings only"
        first = mapping.entries.get(key)
        if first is not None:
            self._problems.duplicate_key(key, Mark(*place), first.key_mark)
        mapping.key = key if first is None else None
        mapping.key_place = place
        self._count(place)
        self._next = _Next.COLON

    def _put(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        self._count(node.place)
        if not self._open:
            self._root = node
            self._next = _Next.NOTHING
            return
        parent = self._open[-1]
        if isinstance(parent, _OpenSequence):
            parent.items.append(node)
        elif parent.key is not None:
            parent.entries[parent.key] = Entry(parent.key_place, node)
        self._next = _Next.COMMA_OR_END

    def _count(self, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._problems.end_as_too_large(Mark(*place))

    def _unescaped(self, token: str, place: Place) -> str:
        """Return a string with its escapes resolved; only they can bring in what the text as a whole does not show."""
        if "\\" not in token:
            return token
        text: str = json.loads(f'"{token}"')
        character = first_forbidden_character(text)
        if character is not None:
            problem = forbidden_character_problem(character, Mark(*place).location())
            self._problems.add(problem.code, problem.wording, Mark(*place))
        return as_nfc(text)

    def _number(self, token: str, place: Place) -> int | float | None:
        if len(token) > json_syntax.MAX_NUMBER_LENGTH:
            self._problems.add("number-too-long", json_syntax.TOO_LONG_NUMBER, Mark(*place))
            return None
        if _DIGITS.fullmatch(token):
            return int(token)
        number = float(token)
        if math.isinf(number):
            self._problems.add("not-a-finite-number", json_syntax.not_finite(token), Mark(*place))
            return None
        return number

    def _end_at_syntax(self, white_space: re.Match[str] | None) -> NoReturn:
        """Raise because no token begins here."""
        start = white_space.end() if white_space else self._position
        mark = Mark(*self._place(start))
        rest = self._text[start : start + 80]
        if rest.startswith('"'):
            wording, mark = self._bad_string(start, mark)
        elif rest.startswith(("//", "#", "/*")):
            wording = json_syntax.COMMENT
        elif rest.startswith("'"):
            wording = json_syntax.SINGLE_QUOTES
        elif rest[0] in "-+.0123456789":
            wording = json_syntax.bad_number(rest)
        else:
            wording = json_syntax.unquoted(rest)
        self._problems.end("json-syntax", wording, mark)

    def _bad_string(self, start: int, mark: Mark) -> tuple[Wording, Mark]:
        """Return what is wrong with the string that begins at `start`, and where."""
        found = _GOOD_PART_OF_STRING.match(self._text, start + 1)
        stop = found.end() if found else start + 1
        if self._text[stop : stop + 1] == "\\":
            return json_syntax.BAD_ESCAPE, Mark(mark.file, mark.line, mark.column + stop - start)
        if self._text[stop : stop + 1] == "\t":
            return json_syntax.TAB_IN_STRING, Mark(mark.file, mark.line, mark.column + stop - start)
        return json_syntax.UNCLOSED_STRING, mark

    def _end_unexpected(self, start: int, mark: Mark) -> NoReturn:
        """Raise because a token stands where another is expected."""
        sign = self._text[start : start + 1]
        before = self._text[:start].rstrip()[-1:] if start - self._position < _LOOKED_BACK else ""
        if before == "," and sign in ("]", "}"):
            self._problems.end("json-syntax", json_syntax.trailing_comma(sign), mark)
        german, english = _WORDS_BY_EXPECTED[self._next]
        if self._open and self._next is not _Next.NOTHING:
            opened = Mark(*self._open[-1].place)
            german += f" (in der Klammer, die in Zeile {opened.line}, Spalte {opened.column} öffnet)"
            english += f" (inside the bracket that opens in line {opened.line}, column {opened.column})"
        rest = shortened(self._text[start : start + 40].partition("\n")[0].strip(), most=20)
        found_de, found_en = (f"„{rest}“", f"'{rest}'") if rest else ("nichts mehr", "nothing more")
        self._problems.end(
            "json-syntax",
            Wording(
                de=f"Hier wird {german} erwartet; es steht {found_de}.",
                en=f"Expected is {english}; there stands {found_en}.",
            ),
            mark,
        )


_LOOKED_BACK: Final = 1_000
_WORDS_BY_EXPECTED: Final = {
    _Next.VALUE: ("ein Wert", "a value"),
    _Next.ITEM_OR_END: ("ein Wert oder ]", "a value or ]"),
    _Next.KEY_OR_END: ("ein Schlüssel in doppelten Anführungszeichen oder }", "a key in double quotes or }"),
    _Next.KEY: ("ein Schlüssel in doppelten Anführungszeichen", "a key in double quotes"),
    _Next.COLON: ("ein Doppelpunkt nach dem Schlüssel", "a colon after the key"),
    _Next.COMMA_OR_END: ("ein Komma oder die schließende Klammer", "a comma or the closing bracket"),
    _Next.NOTHING: ("das Ende der Datei", "the end of the file"),
}
