"""Every place of a model where an id stands for an element."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, ForwardRef, NamedTuple, TypeVar, cast, get_args

from pydantic import BaseModel

from ankunft_model.model.identifiers import RESERVED_WORDS, Reference
from ankunft_model.model.part import Registry
from ankunft_model.model.plain import is_sequence

Path = tuple[str | int, ...]
"""Keys and indices from the top of the file to a value."""


class Use(NamedTuple):
    """One use of an id: where it stands, the id, and what kinds of element it may name."""

    path: Path
    id: str
    kinds: tuple[str, ...]


_SEQUENCES: Final = (tuple, list)
_MAPPINGS: Final = (Registry, dict)


class _FieldPlan(NamedTuple):
    name: str
    key: str
    value_kinds: tuple[str, ...] | None
    key_kinds: tuple[str, ...] | None


def references(part: BaseModel, path: Path = ()) -> Iterator[Use]:
    """Yield all uses of ids inside `part`, in the order of its fields.

    Example:
        >>> from ankunft_model.model.actors import Actor
        >>> list(references(Actor(id="abh", name="Ausländerbehörde", kind="immigration_office", part_of="kreis")))
        [Use(path=('part_of',), id='kreis', kinds=('actors',))]
    """
    stack: list[tuple[Any, Path, tuple[str, ...] | None, tuple[str, ...] | None]] = [(part, path, None, None)]
    while stack:
        value, here, value_kinds, key_kinds = stack.pop()
        if isinstance(value, str):
            if value_kinds is not None and value not in RESERVED_WORDS:
                yield Use(here, value, value_kinds)
        elif isinstance(value, BaseModel):
            for plan in reversed(_plan(type(value))):
                inner = getattr(value, plan.name)
                if inner is not None and inner != ():
                    stack.append((inner, (*here, plan.key), plan.value_kinds, plan.key_kinds))
        elif is_sequence(value):
            stack.extend((item, (*here, index), value_kinds, None) for index, item in reversed(list(enumerate(value))))
        elif isinstance(value, Registry | dict):
            items: Mapping[str, Any] = cast("Mapping[str, Any]", value)
            for key, item in reversed(list(items.items())):
                stack.append((item, (*here, key), value_kinds, None))
                if key_kinds is not None:
                    stack.append((key, (*here, key), key_kinds, None))


def used_ids(part: BaseModel) -> dict[tuple[str, ...], set[str]]:
    """Return every id that is used in `part`, by the kinds that it may name: a quick look at all, without places.

    Fields that were not given are left out: no default names anything.

    Example:
        >>> from ankunft_model.model.actors import Actor
        >>> used_ids(Actor(id="abh", name="Ausländerbehörde", kind="immigration_office", part_of="kreis"))
        {('actors',): {'kreis'}}
    """
    found: dict[tuple[str, ...], set[str]] = {}
    stack: list[tuple[Any, tuple[str, ...] | None, tuple[str, ...] | None]] = [(part, None, None)]
    while stack:
        value, kinds, key_kinds = stack.pop()
        if isinstance(value, str):
            if kinds is not None:
                found.setdefault(kinds, set()).add(value)
        elif isinstance(value, _SEQUENCES):
            stack += [(item, kinds, None) for item in cast("Iterable[Any]", value)]
        elif (plans := _plan_by_name(cast("Hashable", type(value)))) is not None:
            fields = value.__dict__
            for name in value.__pydantic_fields_set__:
                if name in plans and (inner := fields[name]) is not None and inner != ():
                    plan = plans[name]
                    stack.append((inner, plan.value_kinds, plan.key_kinds))
        elif isinstance(value, _MAPPINGS):
            items: Mapping[str, Any] = cast("Mapping[str, Any]", value)
            stack += [(item, kinds, None) for item in items.values()]
            if key_kinds is not None:
                found.setdefault(key_kinds, set()).update(items)
    return {kinds: used for kinds, ids in found.items() if (used := ids - RESERVED_WORDS)}


@cache
def _plan(part_type: type[BaseModel]) -> tuple[_FieldPlan, ...]:
    plans: list[_FieldPlan] = []
    for name, field in part_type.model_fields.items():
        annotation = field.annotation
        key_kinds = None
        mapping = next((option for option in (annotation, *get_args(annotation)) if _is_mapping(option)), None)
        if mapping is not None:
            key_type, annotation = get_args(mapping)
            key_kinds = _kinds(key_type)
        own = next((mark.kinds for mark in field.metadata if isinstance(mark, Reference)), None)
        value_kinds = own or _kinds(annotation)
        if value_kinds is not None or key_kinds is not None or _holds_parts(annotation):
            plans.append(_FieldPlan(name, field.alias or name, value_kinds, key_kinds))
    return tuple(plans)


@cache
def _plan_by_name(type_: Any) -> dict[str, _FieldPlan] | None:
    """Return the fields of a type of part in which references may stand, by name; None for other types."""
    return {plan.name: plan for plan in _plan(type_)} if issubclass(type_, BaseModel) else None


def _holds_parts(annotation: Any) -> bool:
    """Return whether values of the annotation can be or hold parts, in which references may stand."""
    stack = [annotation]
    while stack:
        found = stack.pop()
        if isinstance(found, type) and issubclass(found, BaseModel):
            return True
        if isinstance(found, str | ForwardRef | TypeVar):
            return True
        stack.extend(get_args(found))
    return False


def _is_mapping(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is dict


def _kinds(annotation: Any) -> tuple[str, ...] | None:
    stack = [annotation]
    while stack:
        found = stack.pop()
        for mark in getattr(found, "__metadata__", ()):
            if isinstance(mark, Reference):
                return mark.kinds
        stack.extend(reversed(get_args(found)))
    return None
