"""Views: parts of a model that are models themselves, so that every output works on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from ankunft_model.errors import UnknownElementError
from ankunft_model.model import ArrivalModel, Deadline, Part, Process, Registry, nearest
from ankunft_model.model.consistency import unknown_uses
from ankunft_model.wording import Wording

Path = tuple[str | int, ...]

_GONE: Final = object()
_ANCHORS: Final = frozenset({"after", "before"})
"""A deadline that counts from what is not there any more says nothing; it goes as a whole."""


def only_process(model: ArrivalModel, process: str) -> ArrivalModel:
    """Return the part of the model with just one process, as a model of its own.

    Registries stay whole, so that ids mean the same. What names a node or handover of another process is left out:
    handovers to it, deadlines that count from it, consents that are given only there, and so on; a list of which
    nothing is left becomes unknown, as the view does not know what is elsewhere.

    Raises:
        UnknownElementError: the process is not known.
    """
    if process not in model.processes:
        near = nearest(process, model.processes)
        raise UnknownElementError(
            Wording(
                de=f"Den Prozess „{process}“ gibt es nicht." + (f" Gemeint: „{near}“?" if near else ""),
                en=f"there is no process '{process}'." + (f" Did you mean '{near}'?" if near else ""),
            ),
            element_id=process,
        )
    kept: Registry[Process] = Registry((model.processes[process],))
    fields = {name: getattr(model, name) for name in type(model).model_fields}
    return without_unknown_uses({**fields, "processes": kept})


def without_unknown_uses(fields: Mapping[str, Any]) -> ArrivalModel:
    """Return the model of these fields without what names nodes or handovers that are not there.

    A list of which nothing is left becomes unknown.
    """
    view = _unchecked(fields)
    while uses := [use.path for use in unknown_uses(view)]:
        view = _unchecked(_without(view, _what_goes_with(view, uses)))
    return view.changed()


def _unchecked(fields: Mapping[str, Any]) -> ArrivalModel:
    return ArrivalModel.model_validate(fields, context={"references": "unchecked"})


def _what_goes_with(model: ArrivalModel, uses: Iterable[Path]) -> set[Path]:
    """Return the paths of what is left out: the uses, and what cannot be without them.

    An entry goes with a required field of it, a list with the last of its items.
    """
    gone = set(uses)
    waiting = sorted(gone, key=repr)
    while waiting:
        path = waiting.pop()
        *_, holder = _chain(model, path)
        if isinstance(holder, Part):
            name = _field_name(holder, path[-1])
            is_whole = type(holder).model_fields[name].is_required() or (
                isinstance(holder, Deadline) and name in _ANCHORS
            )
        elif isinstance(holder, tuple):
            items = cast("tuple[object, ...]", holder)
            is_whole = all((*path[:-1], index) in gone for index in range(len(items)))
        else:
            is_whole = len(cast("Mapping[str, object]", holder)) == 1
        if is_whole and len(path) > 1 and path[:-1] not in gone:
            gone.add(path[:-1])
            waiting.append(path[:-1])
    return gone


def _chain(model: ArrivalModel, path: Path) -> Iterator[Any]:
    """Yield what holds each key of `path`, from the model on."""
    value: Any = model
    for key in path:
        yield value
        value = getattr(value, _field_name(value, key)) if isinstance(value, Part) else value[key]


def _field_name(part: Part, key: str | int) -> str:
    fields = type(part).model_fields
    return next(name for name, field in fields.items() if key in (field.alias or name, name))


def _without(model: ArrivalModel, gone: set[Path]) -> dict[str, Any]:
    """Return the fields of the model without what stands at the paths; what they do not touch stays as it is."""
    touched = {path[:length] for path in gone for length in range(1, len(path) + 1)}
    return {
        key: value
        for name in type(model).model_fields
        for key, value in ((name, _pruned(getattr(model, name), (name,), gone, touched)),)
        if value is not _GONE
    }


def _pruned(value: Any, path: Path, gone: set[Path], touched: set[Path]) -> Any:
    # as deep as the model, whose depth is bounded by its types and by nested sub-processes
    if path in gone:
        return _GONE
    if path not in touched:
        return value
    if isinstance(value, Part):
        fields = type(value).model_fields
        left = {
            name: _pruned(getattr(value, name), (*path, field.alias or name), gone, touched)
            for name, field in fields.items()
        }
        return {name: inner for name, inner in left.items() if inner is not _GONE}
    if isinstance(value, Registry | dict):
        entries = cast("Mapping[str, Any]", value)
        pruned = {key: _pruned(entry, (*path, key), gone, touched) for key, entry in entries.items()}
        return {key: entry for key, entry in pruned.items() if entry is not _GONE}
    items = cast("tuple[Any, ...]", value)
    return [
        item
        for index, inner in enumerate(items)
        if (item := _pruned(inner, (*path, index), gone, touched)) is not _GONE
    ]
