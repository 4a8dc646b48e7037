"""A plain model from which faulty pieces are taken out, while paths still lead to the places of the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.model.references import Path

_NOTHING_LEFT: Final = object()


class Pruning:
    """What was taken out of, or filled into, a plain model; the model itself stays as it is."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.removed: set[Path] = set()
        self._filled: dict[Path, dict[str, Any]] = {}
        self._touched: set[Path] = set()
        self._kept: dict[Path, list[int]] = {}

    def remove(self, path: Path) -> None:
        """Take out what stands at `path`."""
        self.removed.add(path)
        self._touch(path)

    def fill(self, path: Path, value: Any) -> None:
        """Put `value` where something required is missing or wrong."""
        key = path[-1]
        if isinstance(key, str):
            self._filled.setdefault(path[:-1], {})[key] = value
            self._touch(path)

    def is_touched(self, path: Path) -> bool:
        """Return whether something at or below `path` was taken out or filled in."""
        return path in self._touched

    def _touch(self, path: Path) -> None:
        for length in range(len(path) + 1):
            self._touched.add(path[:length])

    def result(self) -> dict[str, Any]:
        """Return what is left."""
        self._kept.clear()
        left = self._pruned(self.data, ())
        return left if is_mapping(left) else {}

    def _pruned(self, value: Any, path: Path) -> Any:
        # as deep as the file, which is bounded
        if path not in self._touched:
            return value
        if is_mapping(value):
            filled = self._filled.get(path, {})
            left: dict[str, Any] = {}
            for key, inner in value.items():
                here = (*path, key)
                if key in filled or here in self.removed:
                    continue
                kept = self._pruned(inner, here)
                if kept is not _NOTHING_LEFT:
                    left[key] = kept
            return {**left, **filled}
        if is_sequence(value):
            positions = [index for index in range(len(value)) if (*path, index) not in self.removed]
            if value and not positions:
                return _NOTHING_LEFT
            items = [(index, self._pruned(value[index], (*path, index))) for index in positions]
            self._kept[path] = [index for index, item in items if item is not _NOTHING_LEFT]
            return [item for _, item in items if item is not _NOTHING_LEFT]
        return value

    def original(self, path: Path) -> Path:
        """Return where that which stands at `path` of the last result stands in the whole."""
        whole: Path = ()
        for key in path:
            kept = self._kept.get(whole)
            whole = (*whole, kept[key] if isinstance(key, int) and kept is not None and key < len(kept) else key)
        return whole


def child(value: object, key: str | int) -> object:
    """Return what stands under `key`, or None."""
    if isinstance(key, int):
        return value[key] if is_sequence(value) and 0 <= key < len(value) else None
    return value.get(key) if is_mapping(value) else None


def existing(path: Path, data: object) -> Path:
    """Return the steps of `path` that `data` has; one value may stand for a list, a word for a part."""
    found: list[str | int] = []
    value = data
    for key in path:
        if (isinstance(key, int) and is_sequence(value) and key < len(value)) or (
            isinstance(key, str) and is_mapping(value) and key in value
        ):
            value = child(value, key)
        elif isinstance(key, str) and not is_mapping(value):
            break
        else:
            continue
        found.append(key)
    return tuple(found)


def ids_inside(value: object) -> Iterator[str]:
    """Yield every text below `value` that may be the id of an element: keys of mappings, and what `id` says."""
    stack = [value]
    while stack:
        found = stack.pop()
        if is_mapping(found):
            yield from found
            id_ = found.get("id")
            if isinstance(id_, str):
                yield id_
            stack.extend(found.values())
        elif is_sequence(found):
            stack.extend(found)


def empty_places(data: object) -> Iterator[Path]:
    """Yield the paths at which nothing stands."""
    stack: list[tuple[Path, object]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if value is None:
            yield path
        elif is_mapping(value):
            stack.extend(((*path, key), inner) for key, inner in reversed(value.items()))
        elif is_sequence(value):
            stack.extend(((*path, index), inner) for index, inner in reversed(list(enumerate(value))))


def places_of_key(data: object, key: str) -> Iterator[Path]:
    """Yield the paths that end in `key`."""
    stack: list[tuple[Path, object]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if is_mapping(value):
            if key in value:
                yield (*path, key)
            stack.extend(((*path, name), inner) for name, inner in reversed(value.items()))
        elif is_sequence(value):
            stack.extend(((*path, index), inner) for index, inner in reversed(list(enumerate(value))))
