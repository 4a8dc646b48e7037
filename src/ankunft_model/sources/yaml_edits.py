"""Small changes to a YAML file that somebody wrote: comments, order and form of everything else stay as they are.

Two plain models are compared, and only the places at which they differ are written anew, from the end of the text to
its beginning.

Source: YAML 1.2.2 (2021), chapters 7.4 (flow collections) and 8.2 (block collections).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

import yaml

from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.sources.yaml_writer import entry_lines, item_lines, on_one_line

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class _Edit:
    """Replace the text from `start` to `end`."""

    start: int
    end: int
    text: str


def with_changes(text: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    r"""Return the YAML `text`, which says `before`, changed so that it says `after`.

    Args:
        text: One YAML document without anchors, a mapping.
        before: What it says, in the shape of a model's file; parts of it may come from included files.
        after: What it shall say.

    Example:
        >>> text = "a: 1  # one\nb: {c: x, d: y}\n"
        >>> before = {"a": "1", "b": {"c": "x", "d": "y"}}
        >>> print(with_changes(text, before, {"a": "2", "b": {"c": "x"}, "e": "z"}), end="")
        a: "2"  # one
        b: {c: x}
        e: z
    """
    root: Any = yaml.compose(text, Loader=_LOADER)
    edits = sorted(
        _Edits(text).mapping(root, before, after, is_flow=False), key=lambda edit: (edit.start, edit.end), reverse=True
    )
    for edit in _joined(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _joined(edits: list[_Edit]) -> Iterator[_Edit]:
    """Yield the edits, several insertions at one place as one, in their order."""
    waiting: _Edit | None = None
    for edit in edits:
        if waiting is not None and edit.start == edit.end == waiting.start == waiting.end:
            waiting = _Edit(edit.start, edit.end, waiting.text + edit.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = edit
    if waiting is not None:
        yield waiting


class _Edits:
    """Finds the edits of one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def mapping(self, node: Any, before: dict[str, Any], after: dict[str, Any], *, is_flow: bool) -> Iterator[_Edit]:
        """Yield the edits inside one mapping of the text."""
        is_flow = is_flow or bool(node.flow_style)
        places = {key.value: (place, key, value) for place, (key, value) in enumerate(node.value)}
        gone: list[int] = []
        inserted: list[tuple[str, Any]] = []
        for key in (*before, *(key for key in after if key not in before)):
            old, new = before.get(key, _ABSENT), after.get(key, _ABSENT)
            if old == new:
                continue
            if key not in places:
                if new is not _ABSENT:
                    inserted.append((key, _difference(old, new)))
            elif new is _ABSENT:
                gone.append(places[key][0])
            else:
                yield from self.value(places[key][1], places[key][2], old, new, is_flow=is_flow)
        if gone:
            yield from self.without(node, node.value, gone, is_flow=is_flow)
        if inserted:
            yield self.insertion(node, inserted, is_flow=is_flow)

    def value(self, key: Any, node: Any, old: Any, new: Any, *, is_flow: bool) -> Iterator[_Edit]:
        """Yield the edits that make the value of a key another one."""
        if is_mapping(old) and is_mapping(new) and node.id == "mapping" and node.value:
            yield from self.mapping(node, old, new, is_flow=is_flow)
            return
        if _have_ids(old) and _have_ids(new) and node.id == "sequence" and len(node.value) == len(old):
            yield from self.items(node, old, new, is_flow=is_flow)
            return
        start, end = node.start_mark.index, self.end_of(node)
        lines = entry_lines(key.value, new, 0 if is_flow else key.start_mark.column)
        if is_flow or len(lines) == 1:
            written = on_one_line(new)
            if start == end:  # nothing stands there
                start = end = key.end_mark.index + 1
                written = f" {written}"
            elif "\n" in self.text[key.end_mark.index : start] and not is_flow:
                start = key.end_mark.index + 1
                written = f" {written}"
            yield _Edit(start, end, written)
        else:
            head = lines[0].index(":") + 1
            yield _Edit(key.end_mark.index + 1, end, "\n".join((lines[0][head:], *lines[1:])))

    def items(self, node: Any, old: list[Any], new: list[Any], *, is_flow: bool) -> Iterator[_Edit]:
        """Yield the edits inside a list whose items have ids."""
        is_flow = is_flow or bool(node.flow_style)
        after = {item["id"]: item for item in new}
        known = {item["id"] for item in old}
        gone: list[int] = []
        for place, (item, before) in enumerate(zip(node.value, old, strict=True)):
            if before["id"] not in after:
                gone.append(place)
            elif before != after[before["id"]]:
                yield from self.mapping(item, before, after[before["id"]], is_flow=is_flow)
        if gone:
            yield from self.without(node, [(item, item) for item in node.value], gone, is_flow=is_flow)
        added = [item for item in new if item["id"] not in known]
        if added and is_flow:
            end = node.end_mark.index - 1
            yield _Edit(end, end, "".join(f", {on_one_line(item)}" for item in added))
        elif added:
            indent = node.start_mark.column
            lines = [line for item in added for line in item_lines(item, indent)]
            yield self.new_lines(self.end_of(node), lines)

    def insertion(self, node: Any, entries: list[tuple[str, Any]], *, is_flow: bool) -> _Edit:
        """Return the edit that adds entries at the end of a mapping."""
        if is_flow:
            end = node.end_mark.index - 1
            written = ", ".join(f"{key}: {on_one_line(value)}" for key, value in entries)
            return _Edit(end, end, f", {written}" if node.value else written)
        indent = node.value[0][0].start_mark.column if node.value else 0
        return self.new_lines(
            self.end_of(node), [line for key, value in entries for line in entry_lines(key, value, indent)]
        )

    def new_lines(self, place: int, lines: list[str]) -> _Edit:
        """Return the edit that puts lines behind the line in which `place` lies."""
        end = self.text.find("\n", place)
        if end < 0:
            return _Edit(len(self.text), len(self.text), "\n" + "\n".join(lines) + "\n")
        return _Edit(end + 1, end + 1, "".join(f"{line}\n" for line in lines))

    def without(self, node: Any, pairs: list[tuple[Any, Any]], gone: list[int], *, is_flow: bool) -> Iterator[_Edit]:
        """Yield the edits that take entries or items away; of each the first and the last node are given."""
        firsts, lasts = [first for first, _ in pairs], [last for _, last in pairs]
        kept = [place for place in range(len(firsts)) if place not in gone]
        for place in gone:
            start, end = firsts[place].start_mark.index, self.end_of(lasts[place])
            if is_flow:
                if place + 1 < len(firsts):
                    end = firsts[place + 1].start_mark.index
                elif kept:
                    start = self.end_of(lasts[kept[-1]])
                yield _Edit(start, end, "")
                continue
            line = self.text.rfind("\n", 0, start) + 1
            head = self.text[line:start].strip(" ")
            if not head or (head == "-" and node.id == "sequence"):
                after = self.text.find("\n", end)
                yield _Edit(line, len(self.text) if after < 0 else after + 1, "")
            else:  # the first entry of an item stands on the line of its dash
                following = firsts[place + 1].start_mark.index if place + 1 < len(firsts) else end
                yield _Edit(start, following, "")

    def end_of(self, node: Any) -> int:
        """Return where a value ends, without the white space and comments that the parser counts to it."""
        while node.id != "scalar" and not node.flow_style and node.value:
            node = node.value[-1][1] if node.id == "mapping" else node.value[-1]
        end: int = node.end_mark.index
        while end > node.start_mark.index and self.text[end - 1] in " \n":
            end -= 1
        return end


def _difference(old: Any, new: Any) -> Any:
    """Return what an own entry must say so that, laid over an included one, it says `new`."""
    if not (is_mapping(old) and is_mapping(new)):
        return new
    return {
        key: _difference(old.get(key, _ABSENT), value) for key, value in new.items() if old.get(key, _ABSENT) != value
    }


def _have_ids(value: Any) -> TypeGuard[list[Any]]:
    return is_sequence(value) and len(value) > 0 and all(is_mapping(item) and "id" in item for item in value)
