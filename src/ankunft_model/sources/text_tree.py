"""The positioned tree of a text file: what stands where, before anybody says what it means.

YAML and JSON end in the same tree. Every node and every key knows the file, line and column it came from, also after
the trees of several files were laid over each other. Trees are at most `MAX_DEPTH` deep.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from ankunft_model.errors import Location

MAX_DEPTH: Final = 64
"""So many mappings and sequences may lie in each other; models need about 12."""
MAX_NODES: Final = 250_000
"""So many keys and values are read from one file; 10,000 ordinary steps have about 190,000."""
OVERLAID_LEVELS: Final = 3
"""Levels that an including file shares with what it includes: the document, its registries, their entries."""

PlainScalar: TypeAlias = str | int | float | bool | None
Plain: TypeAlias = "PlainScalar | list[Plain] | dict[str, Plain]"
"""A tree without positions, as pydantic takes it."""
TreePath: TypeAlias = Sequence[str | int]
"""Keys and places in sequences, from 0, from the root to a node."""

_BARE_KEY: Final = re.compile(r"[^\W\d][\w-]*")


class Mark(NamedTuple):
    """A place in a file.

    Attributes:
        file: Name of the file as the user gave it, or None for text without a file.
        line: Line, counted from 1.
        column: Column in characters, counted from 1.
    """

    file: str | None
    line: int
    column: int

    def location(self, path: str = "") -> Location:
        """Return the place as errors carry it.

        Example:
            >>> str(Mark("a.yaml", 3, 7).location("actors.abh"))
            'a.yaml:3:7: actors.abh'
        """
        return Location(self.file, self.line, self.column, path)


Place: TypeAlias = tuple[str | None, int, int]
"""What a `Mark` holds, as nodes store it: a simple tuple, which the garbage collector need not look at again."""


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One text, number, truth value, or nothing.

    Attributes:
        text: What stands there, without quotes and with escapes resolved.
        value: From YAML the text, or None for nothing (empty, `~`, `null` without quotes); from JSON also a number
            or a truth value. What `NO`, `08` or `2025-06-01` mean is for the field to say.
        plain: Whether it stands without quotes on its line.
        place: File, line and column of its beginning; a `Mark` serves.
    """

    text: str
    value: PlainScalar
    plain: bool
    place: Place

    @property
    def mark(self) -> Mark:
        """Return where it begins."""
        return Mark(*self.place)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list: its `items` in order, and the place where it begins."""

    items: tuple[Node, ...]
    place: Place

    @property
    def mark(self) -> Mark:
        """Return where it begins."""
        return Mark(*self.place)


@dataclass(frozen=True, slots=True)
class Entry:
    """The `value` of a key, and file, line and column of the key (a `Mark` serves)."""

    key_place: Place
    value: Node

    @property
    def key_mark(self) -> Mark:
        """Return where the key stands."""
        return Mark(*self.key_place)


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping: its `entries` by key, in the order of the file, and the place where it begins.

    The entries are read-only; a change is a new node.
    """

    entries: Mapping[str, Entry]
    place: Place

    @property
    def mark(self) -> Mark:
        """Return where it begins."""
        return Mark(*self.place)


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


def to_plain(node: Node) -> Plain:
    """Return the tree as dictionaries, lists and values, in the order of the file.

    Example:
        >>> mark = Mark("a.yaml", 1, 1)
        >>> to_plain(SequenceNode((ScalarNode("08", "08", True, mark),), mark))
        ['08']
    """
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [to_plain(item) for item in node.items]
    return {key: to_plain(entry.value) for key, entry in node.entries.items()}


def mark_at(root: Node, path: TreePath) -> Mark:
    """Return where a person should look for what is said about `path`.

    That is the value, if it is a scalar or an item; for a mapping or sequence under a key it is the key, because their
    own first sign may stand lines further down. Where the path leaves the tree, as with a missing key, the nearest
    ancestor counts.
    """
    mark, node = root.mark, root
    for part in path:
        if isinstance(node, MappingNode) and isinstance(part, str) and part in node.entries:
            entry = node.entries[part]
            node = entry.value
            mark = node.mark if isinstance(node, ScalarNode) else entry.key_mark
        elif isinstance(node, SequenceNode) and isinstance(part, int) and 0 <= part < len(node.items):
            node = node.items[part]
            mark = node.mark
        else:
            break
    return mark


def key_mark_at(root: Node, path: TreePath) -> Mark:
    """Return where the last key of `path` stands, or, where there is no such key, what `mark_at` returns."""
    if path:
        parent, key = node_at(root, path[:-1]), path[-1]
        if isinstance(parent, MappingNode) and isinstance(key, str) and key in parent.entries:
            return parent.entries[key].key_mark
    return mark_at(root, path)


def node_at(root: Node, path: TreePath) -> Node | None:
    """Return the node at `path`, or None if the tree has none there."""
    node = root
    for part in path:
        if isinstance(node, MappingNode) and isinstance(part, str) and part in node.entries:
            node = node.entries[part].value
        elif isinstance(node, SequenceNode) and isinstance(part, int) and 0 <= part < len(node.items):
            node = node.items[part]
        else:
            return None
    return node


def path_text(path: TreePath) -> str:
    """Return `path` as people read it: dots before keys, brackets around places and unusual keys.

    Example:
        >>> path_text(("processes", "change", "nodes", "apply", "needs", 1))
        'processes.change.nodes.apply.needs[1]'
        >>> path_text(("legal_bases", "azrg", "22"))
        'legal_bases.azrg["22"]'
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _BARE_KEY.fullmatch(part):
            text += f".{part}" if text else part
        else:
            text += f'["{part}"]'
    return text


def overlay(included: MappingNode, own: MappingNode, *, levels: int = OVERLAID_LEVELS) -> MappingNode:
    """Return `included` changed by `own`: on the first `levels` levels of mappings key by key, below as a whole.

    Included entries come first, in their order, then the new own ones in theirs. A key that both have stands where the
    own file has it; every other node and key keeps the place it came from. Where one side has a mapping and the other
    has not, the own value counts.
    """
    entries = dict(included.entries)
    for key, entry in own.entries.items():
        before = entries.get(key)
        if (
            before is not None
            and levels > 1
            and isinstance(before.value, MappingNode)
            and isinstance(entry.value, MappingNode)
        ):
            entries[key] = Entry(entry.key_place, overlay(before.value, entry.value, levels=levels - 1))
        else:
            entries[key] = entry
    return MappingNode(entries, own.place)
