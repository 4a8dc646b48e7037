"""The canonical shape of a model: the plain tree that files, programs and our BPMN extension carry."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple, cast

from pydantic import BaseModel

from ankunft_model.model.nodes import Flow
from ankunft_model.model.part import Element, PartialConfidence, Registry
from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.model.quantities import Duration, DurationRange
from ankunft_model.model.texts import Translations

_AS_IT_IS: Final = (str, bool, int, float)


class _FieldPlan(NamedTuple):
    name: str
    key: str
    default: Any
    is_required: bool


def to_plain(part: BaseModel, known: Mapping[int, dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return `part` as dictionaries, lists, strings, numbers and booleans in the shape of the file.

    Keys come in the order of the fields; what is unknown or equals its default is left out; an empty list is
    `none`; entries that stem from a shipped pack are left out of registries.

    Args:
        part: The part.
        known: The plain form, without the id, of entries of registries, by the identity of the entry.

    Example:
        >>> from ankunft_model.model.actors import Actor
        >>> to_plain(Actor(id="abh", name="Ausländerbehörde", kind="immigration_office"))
        {'id': 'abh', 'name': 'Ausländerbehörde', 'kind': 'immigration_office'}
    """
    if type(part) is PartialConfidence:
        default = {} if part.default is None else {"default": part.default}
        return {**default, **dict(part.fields)}
    plain: dict[str, Any] = {}
    values, given = part.__dict__, part.__pydantic_fields_set__
    for name, key, default, is_required in _plan_of_given(type(part), frozenset(given)):
        value = values[name]
        if value is None or (not is_required and value == default):
            continue
        if isinstance(value, str):
            plain[key] = value
        elif isinstance(value, Registry):
            written = _registry(cast("Registry[Element]", value), known or {})
            if written is not None:
                plain[key] = written
        elif name == "next" and isinstance(value, tuple):
            plain[key] = _flows(cast("tuple[Flow, ...]", value))
        else:
            plain[key] = _value(value)
    return plain


def _registry(registry: Registry[Element], known: Mapping[int, dict[str, Any]]) -> Any:
    own = [entry for entry in registry.values() if entry.origin is None]
    if not own:
        return "none" if registry.is_stated else None
    written: dict[str, Any] = {}
    for entry in own:
        plain = known.get(id(entry))
        if plain is None:
            plain = to_plain(entry, known)
            if not entry.keeps_id:
                del plain["id"]
        written[entry.id] = plain
    return written


def _flows(flows: tuple[Flow, ...]) -> Any:
    written: list[Any] = []
    for flow in flows:
        plain = to_plain(flow)
        written.append(plain if len(plain) > 1 else plain[flow.main_key])
    return written[0] if len(written) == 1 and isinstance(written[0], str) else written


def _value(value: Any) -> Any:
    if isinstance(value, _AS_IT_IS):
        return value
    if is_sequence(value):
        return [_value(item) for item in value] if value else "none"
    if isinstance(value, DurationRange):
        single = value.single
        if single is not None:
            return str(single)
        parts = (("min", value.min), ("likely", value.likely), ("max", value.max))
        return {name: str(part) for name, part in parts if part is not None}
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Translations):
        return dict(value)
    if isinstance(value, Registry):
        return _registry(cast("Registry[Element]", value), {})
    if is_mapping(value):
        written = {key: _value(item) for key, item in value.items()}
        return {key: item for key, item in written.items() if item is not None} if value else "none"
    return _part(value)


def _part(part: BaseModel) -> Any:
    plain = to_plain(part)
    main_key = getattr(part, "main_key", None)
    if main_key is not None and list(plain) == [main_key]:
        return plain[main_key]
    return plain


@lru_cache(maxsize=1024)
def _plan_of_given(part_type: type[BaseModel], given: frozenset[str]) -> tuple[_FieldPlan, ...]:
    """Return the fields that may be written: parts of one type mostly state the same few of their many fields."""
    return tuple(plan for plan in _plan(part_type) if plan.is_required or plan.name in given)


@cache
def _plan(part_type: type[BaseModel]) -> tuple[_FieldPlan, ...]:
    plans = [
        _FieldPlan(
            name,
            field.alias or name,
            field.get_default(call_default_factory=True),
            field.is_required() or name == "format",
        )
        for name, field in part_type.model_fields.items()
        if name != "origin"
    ]
    first = [plan for plan in plans if plan.name in ("format", "id", "type", "name", "from_", "to")]
    if issubclass(part_type, Element):
        order = {"format": 0, "id": 1, "type": 2, "name": 3, "from_": 4, "to": 5}
        first.sort(key=lambda plan: order[plan.name])
        last = [plan for plan in plans if plan.name in _LAST]
        rest = [plan for plan in plans if plan not in first and plan not in last]
        plans = [*first, *rest, *last]
    return tuple(plans)


_LAST = ("next", "description", "source", "confidence", "validated_by", "validated_on", "bpmn_id", "carried")
