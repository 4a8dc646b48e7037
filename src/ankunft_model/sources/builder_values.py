"""From what a builder's call was given to plain values in the shape of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from pydantic import BaseModel

from ankunft_model.errors import Location, Problem
from ankunft_model.model.canonical import to_plain
from ankunft_model.model.characters import first_forbidden_character
from ankunft_model.model.consistency import REGISTRIES
from ankunft_model.model.identifiers import RESERVED_WORDS
from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.model.quantities import Duration, DurationRange
from ankunft_model.model.references import Path
from ankunft_model.sources.handles import Handle
from ankunft_model.sources.shape import ROOT, Options, below, narrowed, options_of
from ankunft_model.sources.text_tree import path_text
from ankunft_model.wording import Wording


def plain_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of one element as the file writes them; None is left out.

    Example:
        >>> plain_fields({"from_": Handle("abh", "actors"), "wait": Duration(days=14), "share": None})
        {'from': 'abh', 'wait': 'P14D'}
    """
    return {_key(key): plain_value(value) for key, value in fields.items() if value is not None}


def _key(key: str) -> str:
    return key[:-1] if key.endswith("_") else key


def plain_value(value: Any) -> Any:
    """Return `value` as the file writes it: ids for handles, text for durations and dates."""
    if isinstance(value, Handle):
        return value.id
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, DurationRange):
        parts = (("min", value.min), ("likely", value.likely), ("max", value.max))
        return str(value.single) if value.single else {key: str(part) for key, part in parts if part is not None}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, BaseModel):
        return to_plain(value)
    if isinstance(value, str | bool | int | float) or value is None:
        return value
    if isinstance(value, Mapping):
        mapping: Mapping[object, Any] = cast("Mapping[object, Any]", value)
        return {str(key): plain_value(inner) for key, inner in mapping.items()}
    if isinstance(value, Iterable):
        return [plain_value(inner) for inner in cast("Sequence[Any]", value)]
    return str(value)


def with_names_resolved(data: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Return `data` with ids in place of names where elements are meant, and a problem per name that several have."""
    names = _ids_by_name(data)
    problems: list[Problem] = []

    def resolved(id_or_name: str, kinds: tuple[str, ...], path: Path) -> str:
        if id_or_name in RESERVED_WORDS or any(id_or_name in names.get(kind, _NO_NAMES)[0] for kind in kinds):
            return id_or_name
        found = [id_ for kind in kinds for id_ in names.get(kind, _NO_NAMES)[1].get(id_or_name, ())]
        if len(found) > 1:
            wording = Wording(
                de=f"„{id_or_name[:80]}“ heißen mehrere Elemente: {', '.join(found[:5])}; bitte die ID angeben",
                en=f"several elements are called '{id_or_name[:80]}': {', '.join(found[:5])}; please give the id",
            )
            problems.append(Problem("ambiguous-name", wording, Location(path=path_text(path))))
        return found[0] if found else id_or_name

    def walked(value: Any, options: Options, path: Path) -> Any:
        # as deep as the parts of the model, which the program nests by hand
        if isinstance(value, str):
            kinds = options.kinds or tuple(kind for item in options.items for kind in _kinds_of_items(item))
            return resolved(value, kinds, path) if kinds else value
        if is_mapping(value):
            here = options
            if not options.parts and not options.values and options.items:
                here = narrowed(below(options, 0), value)
            return {
                resolved(key, here.key_kinds, path) if here.key_kinds else key: walked(
                    inner, narrowed(below(here, key), inner), (*path, key)
                )
                for key, inner in value.items()
            }
        if is_sequence(value):
            return [
                walked(inner, narrowed(below(options, index), inner), (*path, index))
                for index, inner in enumerate(value)
            ]
        return value

    return walked(data, ROOT, ()), problems


def _kinds_of_items(annotation: Any) -> tuple[str, ...]:
    return options_of(annotation).kinds


_NO_NAMES: tuple[frozenset[str], Mapping[str, tuple[str, ...]]] = (frozenset(), {})


def _ids_by_name(data: Mapping[str, Any]) -> dict[str, tuple[frozenset[str], Mapping[str, tuple[str, ...]]]]:
    """Return, by kind, the ids that there are and the ids that each name has."""
    elements: dict[str, list[tuple[str, Any]]] = {
        name: list(entries.items()) for name in (*REGISTRIES, "processes") if is_mapping(entries := data.get(name))
    }
    nodes = elements.setdefault("nodes", [])
    handovers = elements.setdefault("handovers", [])
    for _, process in elements.get("processes", []):
        pending = [process]
        while pending:
            inner = pending.pop().get("nodes", {})
            nodes.extend(inner.items())
            pending.extend(node for node in inner.values() if "nodes" in node)
        stated = process.get("handovers")
        if is_sequence(stated):
            handovers.extend((handover["id"], handover) for handover in stated)
    elements["members"] = [
        member
        for _, cohort in elements.get("cohorts", [])
        if is_mapping(cohort) and is_mapping(members := cohort.get("members"))
        for member in members.items()
    ]
    found: dict[str, tuple[frozenset[str], Mapping[str, tuple[str, ...]]]] = {}
    for kind, entries in elements.items():
        ids_of: dict[str, tuple[str, ...]] = {}
        for id_, fields in entries:
            name = fields.get("name") if is_mapping(fields) else None
            for text in dict.fromkeys(name.values() if is_mapping(name) else (name,)):
                if isinstance(text, str):
                    ids_of[text] = (*ids_of.get(text, ()), id_)
        found[kind] = (frozenset(id_ for id_, _ in entries), ids_of)
    return found


def unique_names(nodes: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the id of each name that exactly one node has."""
    found: dict[str, list[str]] = {}
    for id_, fields in nodes.items():
        name = fields.get("name")
        for text in name.values() if is_mapping(name) else (name,):
            if isinstance(text, str):
                found.setdefault(text, []).append(id_)
    return {name: ids[0] for name, ids in found.items() if len(set(ids)) == 1}


def forbidden_characters(data: object) -> Iterator[Problem]:
    """Yield a problem per text of `data` that holds a character which no file may hold."""
    stack: list[tuple[Path, object]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, str):
            sign = first_forbidden_character(value)
            if sign is not None:
                name = f"U+{ord(sign):04X}"
                wording = Wording(
                    de=f"Der Text enthält ein unsichtbares Steuerzeichen ({name})",
                    en=f"the text holds an invisible control character ({name})",
                )
                yield Problem("control-character", wording, Location(path=path_text(path)))
        elif is_mapping(value):
            stack.extend(((*path, key), inner) for key, inner in reversed(value.items()))
        elif is_sequence(value):
            stack.extend(((*path, index), inner) for index, inner in reversed(list(enumerate(value))))
