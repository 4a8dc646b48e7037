"""YAML text to the positioned tree.

Only the event stream of PyYAML is used; values are composed here. So nothing is guessed (`NO`, `08` and `12:30` stay
the texts that stand there), no tag creates an object, no alias repeats anything, and depth and size are bounded while
reading. What YAML 1.1 and 1.2 resolve differently therefore makes no difference.

Source: YAML 1.2.2 (2021), chapters 3.2.1 (nodes), 7 and 8 (styles), 10.3.2 (what counts as null).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

import yaml

from ankunft_model.model.characters import as_nfc, first_forbidden_character, forbidden_character_problem
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
    ScalarNode,
    SequenceNode,
)
from ankunft_model.sources.yaml_syntax import EMPTY_KEY, mark_of, syntax_problem
from ankunft_model.wording import Wording

_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that mean nothing, in the core schema of YAML 1.2."""
_EVENT_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it; else the pure parser, which reads the same but takes ten times as long."""
_PARSER_DEPTH: Final = "nesting depth"
"""What libyaml says of a file that lies deeper than it reads; its scanner may come to that before the first event."""


def parse_yaml(text: str, *, file: str | None) -> Node:
    """Return the tree of the one document in `text`.

    Every scalar without quotes stays its text, but an empty one, `~` and `null` have the value None.

    Raises:
        SourceError: All problems that can be seen in one reading, in the order of the file: double keys, tags,
            anchors and aliases, merge keys, keys that are no text, forbidden characters. An error of syntax, a second
            document, too much depth or too many values end the reading.

    Example:
        >>> from ankunft_model.sources.text_tree import to_plain
        >>> to_plain(parse_yaml("{land: NO, ags: 08, names: [ja, ~]}", file=None))
        {'land': 'NO', 'ags': '08', 'names': ['ja', None]}
    """
    text = checked_text(text, file=file)
    problems = ReadingProblems()
    composer = _Composer(file, problems)
    try:
        for event in cast("Iterator[Any]", yaml.parse(text, Loader=_EVENT_LOADER)):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        if _PARSER_DEPTH in (error.problem or ""):
            problems.end_as_too_deep(mark_of(error, file))
        problems.end(*syntax_problem(error, text, file))
    except yaml.YAMLError as error:
        problems.end("yaml-syntax", _unknown_error(str(error)), Mark(file, 1, 1))
    return composer.result()


class _OpenSequence:
    """A sequence whose end was not met yet."""

    __slots__ = ("items", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.items: list[Node] = []

    def closed(self) -> Node:
        """Return the finished node."""
        return SequenceNode(tuple(self.items), self.place)


class _OpenMapping:
    """A mapping whose end was not met yet; `key` waits for its value."""

    __slots__ = ("entries", "is_value_next", "key", "key_place", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.entries: dict[str, Entry] = {}
        self.is_value_next = False
        self.key: str | None = None
        self.key_place = place

    def closed(self) -> Node:
        """Return the finished node."""
        return MappingNode(self.entries, self.place)


class _Composer:
    """Builds nodes from events, with a stack of its own; `take` never recurs."""

    def __init__(self, file: str | None, problems: ReadingProblems) -> None:
        self._file = file
        self._problems = problems
        self._open: list[_OpenSequence | _OpenMapping] = []
        self._root: Node | None = None
        self._documents = 0
        self._nodes = 0

    def take(self, event: Any) -> None:
        """Take the next event.

        Raises:
            SourceError: It ends the reading.
        """
        kind: Any = event.__class__
        if kind is yaml.ScalarEvent:
            self._take_scalar(event)
        elif kind is yaml.MappingStartEvent:
            self._start(event, _OpenMapping(self._place(event)))
        elif kind is yaml.SequenceStartEvent:
            self._start(event, _OpenSequence(self._place(event)))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._put(self._open.pop().closed())
        elif kind is yaml.AliasEvent:
            mark = Mark(*self._place(event))
            self._problems.add("yaml-alias", _alias(event.anchor), mark)
            self._put(ScalarNode(f"*{event.anchor}", None, plain=True, place=mark))
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._problems.end("several-documents", _SEVERAL_DOCUMENTS, Mark(*self._place(event)))

    def result(self) -> Node:
        """Return the tree.

        Raises:
            SourceError: There were problems, or there is no document.
        """
        if self._root is None:
            self._problems.end("empty-file", _NO_DOCUMENT, Mark(self._file, 1, 1))
        self._problems.raise_if_any()
        return self._root

    def _place(self, event: Any) -> Place:
        start = event.start_mark
        return (self._file, start.line + 1, start.column + 1)

    def _take_scalar(self, event: Any) -> None:
        place = self._place(event)
        text: str = event.value
        style = event.style
        if style == '"':  # only here can escapes bring in what the text as a whole does not show
            text = self._unescaped(text, Mark(*place))
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, Mark(*place))
        if self._open:
            parent = self._open[-1]
            if isinstance(parent, _OpenMapping) and not parent.is_value_next:
                self._count(place)
                parent.is_value_next = True
                parent.key = self._key(parent, text, is_plain=not style, place=place)
                parent.key_place = place
                return
        self._put(ScalarNode(text, None if text in _NOTHING and not style else text, not style, place))

    def _unescaped(self, text: str, mark: Mark) -> str:
        character = first_forbidden_character(text)
        if character is not None:
            problem = forbidden_character_problem(character, mark.location())
            self._problems.add(problem.code, problem.wording, mark)
        return as_nfc(text)

    def _start(self, event: Any, opened: _OpenSequence | _OpenMapping) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._problems.end_as_too_deep(Mark(*opened.place))
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, Mark(*opened.place))
        self._open.append(opened)

    def _refuse_properties(self, event: Any, mark: Mark) -> None:
        """Note an anchor or a tag before a node."""
        if event.anchor is not None:
            self._problems.add("yaml-anchor", _anchor(event.anchor), mark)
        if event.tag is not None:
            self._problems.add("yaml-tag", _tag(event.tag), mark)

    def _count(self, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._problems.end_as_too_large(Mark(*place))

    def _put(self, node: Node) -> None:
        """Put a finished node where it belongs: the root, an item, a value; as a key it is refused."""
        self._count(node.place)
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, _OpenSequence):
            parent.items.append(node)
        elif parent.is_value_next:
            parent.is_value_next = False
            if parent.key is not None:
                parent.entries[parent.key] = Entry(parent.key_place, node)
        else:
            parent.is_value_next = True
            parent.key = None
            if not (isinstance(node, ScalarNode) and node.text.startswith("*")):  # an alias was reported already
                self._problems.add("key-not-text", _KEY_NOT_TEXT, node.mark)

    def _key(self, mapping: _OpenMapping, text: str, *, is_plain: bool, place: Place) -> str | None:
        """Return `text` if it can be a key of `mapping`, or None, with a problem noted."""
        first = mapping.entries.get(text)
        if first is not None:
            self._problems.duplicate_key(text, Mark(*place), first.key_mark)
            return None
        if is_plain and text == "<<":
            self._problems.add("yaml-merge-key", _MERGE_KEY, Mark(*place))
            return None
        if is_plain and text == "":
            self._problems.add("empty-key", EMPTY_KEY, Mark(*place))
            return None
        return text


def _alias(name: str) -> Wording:
    shown = shortened(f"*{name}")
    return Wording(
        de=f"„{shown}“ ist ein Verweis auf eine andere Stelle (YAML-Alias); solche Verweise werden nicht gelesen. "
        f'Ist es Text, gehört er in Anführungszeichen ("{shown}"); sonst bitte den Inhalt ausschreiben.',
        en=f"'{shown}' points to another place (YAML alias); such pointers are not read. "
        f'If it is text, put it in quotes ("{shown}"); else please write the content out.',
    )


def _anchor(name: str) -> Wording:
    shown = shortened(f"&{name}")
    return Wording(
        de=f"„{shown}“ gibt einer Stelle einen Namen (YAML-Anker); Anker werden nicht gelesen. "
        f'Ist es Text, gehört er in Anführungszeichen ("{shown} …"); sonst bitte löschen.',
        en=f"'{shown}' gives a place a name (YAML anchor); anchors are not read. "
        f'If it is text, put it in quotes ("{shown} …"); else please delete it.',
    )


def _tag(tag: str) -> Wording:
    name = tag.replace("tag:yaml.org,2002:", "!!")
    shown = shortened(name if name.startswith("!") else f"!{name}")
    return Wording(
        de=f"„{shown}“ ist eine Typangabe (YAML-Tag); Typangaben werden nicht gelesen, der Typ folgt aus dem Feld. "
        f'Ist es Text, gehört er in Anführungszeichen ("{shown} …"); sonst bitte löschen.',
        en=f"'{shown}' names a type (YAML tag); tags are not read, the field says the type. "
        f'If it is text, put it in quotes ("{shown} …"); else please delete it.',
    )


_SEVERAL_DOCUMENTS: Final = Wording(
    de="Hier beginnt ein zweites Dokument (---). Eine Datei enthält genau ein Modell; bitte in zwei Dateien teilen.",
    en="A second document begins here (---). A file holds exactly one model; please split it into two files.",
)
_NO_DOCUMENT: Final = Wording(
    de="Die Datei enthält nichts außer Leerzeilen und Kommentaren. Erwartet wird ein Modell.",
    en="The file has nothing but empty lines and comments. A model is expected.",
)
_KEY_NOT_TEXT: Final = Wording(
    de="Vor dem Doppelpunkt steht eine Liste oder eine Zuordnung in Klammern; erwartet wird ein Wort. "
    'Ist es Text, gehört er in Anführungszeichen ("[…]", "{…}").',
    en="Before the colon stands a list or a mapping in brackets; a word is expected. "
    'If it is text, put it in quotes ("[…]", "{…}").',
)
_MERGE_KEY: Final = Wording(
    de="„<<“ mischt eine andere Zuordnung ein (YAML-Merge); das wird nicht gelesen. "
    "Bitte die Einträge ausschreiben; Gemeinsames mehrerer Modelle gehört in eine Datei unter include.",
    en="'<<' merges another mapping in (YAML merge key); this is not read. "
    "Please write the entries out; what models share belongs in a file under include.",
)


def _unknown_error(message: str) -> Wording:
    return Wording(
        de=f"Die Datei ist kein gültiges YAML ({message}). Bitte als UTF-8 speichern und die Stelle prüfen.",
        en=f"The file is not valid YAML ({message}). Please save it as UTF-8 and check the place.",
    )
