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


_SEQUENCES: Final = frozenset((tuple, list))
_MAPPINGS: Final = frozenset((Registry, dict))
_COLLECTIONS: Final = _SEQUENCES | _MAPPINGS


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
    fields_of: dict[Any, dict[str, _FieldPlan] | None] = {}
    stack: list[tuple[Iterable[Any], tuple[str, ...] | None]] = [((part,), None)]
    while stack:
        values, kinds = stack.pop()
        for value in values:
            type_ = cast("Any", type(value))
            if type_ is str:
                if kinds is not None:
                    found.setdefault(kinds, set()).add(value)
            elif type_ in _COLLECTIONS:
                stack.append((value.values() if type_ in _MAPPINGS else value, kinds))
            else:
                if type_ not in fields_of:
                    fields_of[type_] = _plan_by_name(cast("Hashable", type_))
                plans = fields_of[type_]
                if plans is not None:
                    _look_into(value, plans, found, stack)
                elif kinds is not None and isinstance(value, str):  # of a class of somebody's own
                    found.setdefault(kinds, set()).add(value)
    return {kinds: used for kinds, ids in found.items() if (used := ids - RESERVED_WORDS)}


def _look_into(
    part: BaseModel,
    plans: dict[str, _FieldPlan],
    found: dict[tuple[str, ...], set[str]],
    stack: list[tuple[Iterable[Any], tuple[str, ...] | None]],
) -> None:
    """Put the ids that stand in the fields of a part into `found`, and what holds further ones on the stack."""
    fields = part.__dict__
    for name in part.__pydantic_fields_set__:
        plan = plans.get(name)
        if plan is None:
            continue
        value = fields[name]
        type_ = cast("Any", type(value))
        if type_ is str:
            if plan.value_kinds is not None:
                found.setdefault(plan.value_kinds, set()).add(value)
        elif type_ in _MAPPINGS:
            stack.append((value.values(), plan.value_kinds))
            if plan.key_kinds is not None:
                found.setdefault(plan.key_kinds, set()).update(value)
        elif value:
            stack.append((value if type_ in _SEQUENCES else (value,), plan.value_kinds))


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
