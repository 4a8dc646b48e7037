"""Files that include others: which files may be, and how their registries are laid over each other."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.model.consistency import REGISTRIES
from ankunft_model.model.identifiers import nearest
from ankunft_model.sources.file_bytes import MAX_BYTES
from ankunft_model.sources.text_tree import Entry, MappingNode, Mark, Node, ScalarNode, SequenceNode, overlay, path_text
from ankunft_model.wording import Wording

MAX_INCLUDED_FILES: Final = 50
"""So many files one model may consist of."""

TEXT_SUFFIXES: Final = (".yaml", ".yml", ".json")
"""Endings of the files that may be included."""

ReadTree: TypeAlias = Callable[[Path, str], Node]
"""Reads a file; the second argument is its name in messages."""

_KEYS_OF_INCLUDED: Final = ("format", "include", "vocabularies", *REGISTRIES)
_MOST_NAMES: Final = 500
_ABSOLUTE: Final = re.compile(r"[/\\~]|[A-Za-z]:")
_LEVELS: Final = 3
_LEVELS_OF_VOCABULARIES: Final = 4


@dataclass(slots=True)
class _Files:
    """What one call has read so far."""

    folder: Path
    read_tree: ReadTree
    problems: list[Problem] = field(default_factory=list[Problem])
    trees: dict[Path, MappingNode] = field(default_factory=dict[Path, MappingNode])
    bytes_read: int = 0
    files_begun: int = 1


def with_included(
    tree: MappingNode, path: Path, *, name: str, read_tree: ReadTree, is_itself_included: bool = False
) -> tuple[MappingNode, list[Problem]]:
    """Return `tree` laid over everything that it includes, without the key `include`, and what is wrong with that.

    Included files lie beside or below the folder of `path`. Entries with the same id are changed key by key.

    Args:
        tree: The content of the first file.
        path: Where that file is.
        name: Its name in messages; the names of the others are made like it.
        read_tree: Reads another file.
        is_itself_included: Whether the first file may hold registries only, like those that it includes.
    """
    files = _Files(Path(os.path.realpath(path.parent)), read_tree)
    if is_itself_included:
        tree = _only_registries(files, tree)
    own = Path(os.path.realpath(path))
    merged = _merged(files, tree, folder=files.folder, shown_folder=Path(name).parent, chain=((own, Path(name).name),))
    return merged, files.problems


def without_include(tree: MappingNode) -> tuple[MappingNode, list[Problem]]:
    """Return `tree` without the key `include`; text that is no file cannot include any."""
    entry = tree.entries.get("include")
    if entry is None:
        return tree, []
    problems: list[Problem] = []
    if list(_names(entry.value, problems)):
        wording = Wording(
            de="Nur eine Datei kann andere einbinden; hier ist nicht bekannt, wo sie liegen",
            en="only a file can include others; where they lie is not known here",
        )
        problems.append(Problem("include-without-file", wording, entry.key_mark.location("include")))
    return _without(tree, "include"), problems


def _merged(
    files: _Files, tree: MappingNode, *, folder: Path, shown_folder: Path, chain: tuple[tuple[Path, str], ...]
) -> MappingNode:
    # as deep as files include each other, which is bounded by their number
    entry = tree.entries.get("include")
    own = _without(tree, "include")
    if entry is None:
        return own
    base: MappingNode | None = None
    for name, mark, place in _names(entry.value, files.problems):
        included = _included(files, name, mark.location(place), folder=folder, shown_folder=shown_folder, chain=chain)
        if included is not None:
            base = included if base is None else _laid_over(files, base, included)
    return own if base is None else _laid_over(files, base, own)


def _included(
    files: _Files,
    name: str,
    location: Location,
    *,
    folder: Path,
    shown_folder: Path,
    chain: tuple[tuple[Path, str], ...],
) -> MappingNode | None:
    """Return the merged content of the included file `name`, or None after noting why there is none."""
    target = _target(files, name, location, folder)
    if target is None:
        return None
    if any(target == earlier for earlier, _ in chain):
        way = " → ".join((*(shown for _, shown in chain), name))
        _note(
            files,
            "include-cycle",
            location,
            f"Die Dateien binden sich im Kreis ein: {way}",
            f"the files include each other in a circle: {way}",
        )
        return None
    if target in files.trees:
        return files.trees[target]
    if files.files_begun >= MAX_INCLUDED_FILES:
        _note(
            files,
            "too-many-files",
            location,
            f"Ein Modell besteht aus höchstens {MAX_INCLUDED_FILES} Dateien",
            f"a model consists of at most {MAX_INCLUDED_FILES} files",
        )
        return None
    files.files_begun += 1
    shown = str(shown_folder / name)
    try:
        files.bytes_read += target.stat().st_size if target.is_file() else 0
        if files.bytes_read > MAX_BYTES:
            _note(
                files,
                "file-too-large",
                location,
                "Die eingebundenen Dateien sind zusammen zu groß (über 10 MB)",
                "the included files are too large together (more than 10 MB)",
            )
            return None
        tree = files.read_tree(target, shown)
    except SourceError as error:
        files.problems.extend(error.problems)
        return None
    if not isinstance(tree, MappingNode):
        _note(
            files,
            "wrong-type",
            Location(shown, 1, 1),
            "Erwartet ist eine Zuordnung „Schlüssel: Wert“",
            "expected a mapping 'key: value'",
        )
        return None
    tree = _only_registries(files, tree)
    merged = _merged(files, tree, folder=target.parent, shown_folder=Path(shown).parent, chain=(*chain, (target, name)))
    files.trees[target] = merged
    return merged


def _target(files: _Files, name: str, location: Location, folder: Path) -> Path | None:
    """Return where the included file is, or None after noting why it may not be read."""
    if _ABSOLUTE.match(name) or "\\" in name or "\0" in name:
        _note(
            files,
            "include-outside",
            location,
            "Eingebundene Dateien stehen mit ihrem Namen neben oder unter der ersten Datei, getrennt mit „/“",
            "included files are named relative to the including file, with '/' between folders",
        )
        return None
    target = Path(os.path.realpath(folder / name))
    if not target.is_relative_to(files.folder):
        _note(
            files,
            "include-outside",
            location,
            f"„{_short(name)}“ liegt außerhalb des Ordners der ersten Datei; eingebunden wird nur, was daneben oder "
            "darunter liegt",
            f"'{_short(name)}' lies outside the folder of the first file; only files beside or below it are included",
        )
        return None
    if target.suffix.lower() not in TEXT_SUFFIXES:
        _note(
            files,
            "unknown-suffix",
            location,
            f"„{_short(name)}“ endet nicht auf .yaml, .yml oder .json",
            f"'{_short(name)}' does not end in .yaml, .yml or .json",
        )
        return None
    if not target.exists():
        near = nearest(target.name, _names_in(target.parent))
        _note(
            files,
            "include-not-found",
            location,
            f"Die Datei „{_short(name)}“ gibt es nicht" + (f"; gemeint ist wohl „{near}“" if near else ""),
            f"there is no file '{_short(name)}'" + (f"; did you mean '{near}'?" if near else ""),
        )
        return None
    return target


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in islice(folder.iterdir(), _MOST_NAMES) if entry.suffix in TEXT_SUFFIXES)
    except OSError:
        return []


def _names(value: Node, problems: list[Problem]) -> Iterator[tuple[str, Mark, str]]:
    """Yield the names of the files that `include` lists, each with its place."""
    if isinstance(value, ScalarNode) and value.value in ("none", "unknown"):
        return
    items = value.items if isinstance(value, SequenceNode) else (value,)
    for index, item in enumerate(items):
        place = path_text(("include", index) if isinstance(value, SequenceNode) else ("include",))
        if isinstance(item, ScalarNode) and isinstance(item.value, str) and item.value.strip():
            yield item.value, item.mark, place
        else:
            wording = Wording(de="Erwartet ist der Name einer Datei", en="expected the name of a file")
            problems.append(Problem("wrong-type", wording, item.mark.location(place)))


def _only_registries(files: _Files, tree: MappingNode) -> MappingNode:
    kept = tree
    for key, entry in tree.entries.items():
        if key == "format":
            kept = _without(kept, key)  # every file may say it; the first one's is checked
        elif key not in _KEYS_OF_INCLUDED:
            near = nearest(key, _KEYS_OF_INCLUDED)
            hint_de, hint_en = (f"; gemeint ist wohl „{near}“", f"; did you mean '{near}'?") if near else ("", "")
            _note(
                files,
                "not-in-included-file",
                entry.key_mark.location(path_text((key,))),
                f"„{_short(key)}“ gehört nicht in eine eingebundene Datei; dort stehen nur Register{hint_de}",
                f"'{_short(key)}' does not belong into an included file, which holds registries only{hint_en}",
            )
            kept = _without(kept, key)
    return kept


def _laid_over(files: _Files, base: MappingNode, own: MappingNode) -> MappingNode:
    """Return `base` changed by `own`; a registry cannot be `none` in one and filled in the other."""
    for key in (*REGISTRIES, "vocabularies"):
        below, above = base.entries.get(key), own.entries.get(key)
        if below is None or above is None:
            continue
        empty, filled = (above, below) if _is_none(above.value) else (below, above)
        if _is_none(empty.value) and _is_filled(filled.value):
            file = filled.key_mark.file or "?"
            _note(
                files,
                "none-conflict",
                empty.key_mark.location(key),
                f"„{key}: none“ widerspricht {file}: dort ist „{key}“ gefüllt",
                f"'{key}: none' contradicts {file}, which fills '{key}'",
            )
            own = _without(own, key)
            if empty is below:
                base = _without(base, key)
                own = MappingNode({**own.entries, key: above}, own.mark)
    merged = overlay(base, own, levels=_LEVELS)
    words_below, words_above = base.entries.get("vocabularies"), own.entries.get("vocabularies")
    if (
        words_below is not None
        and words_above is not None
        and isinstance(words_below.value, MappingNode)
        and isinstance(words_above.value, MappingNode)
    ):
        words = overlay(words_below.value, words_above.value, levels=_LEVELS_OF_VOCABULARIES - 1)
        merged = MappingNode({**merged.entries, "vocabularies": Entry(words_above.key_mark, words)}, merged.mark)
    return merged


def _is_none(value: Node) -> bool:
    if isinstance(value, ScalarNode):
        return value.value == "none"
    return not (value.items if isinstance(value, SequenceNode) else value.entries)


def _is_filled(value: Node) -> bool:
    return isinstance(value, MappingNode) and bool(value.entries)


def _without(tree: MappingNode, key: str) -> MappingNode:
    return MappingNode({name: entry for name, entry in tree.entries.items() if name != key}, tree.mark)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"


def _note(files: _Files, code: str, location: Location, de: str, en: str) -> None:
    files.problems.append(Problem(code, Wording(de=de, en=en), location))
