"""What the model expects at a place of a file: which keys, which words, which parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel

from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.identifiers import Reference, check_id
from ankunft_model.model.nodes import NODE_CLASS_OF_KIND, node_kind
from ankunft_model.model.part import Element, PartialConfidence, Registry
from ankunft_model.model.quantities import DurationRange
from ankunft_model.model.references import Path
from ankunft_model.model.texts import Translations
from ankunft_model.sources.pruning import child

NODE_TYPES: Final = tuple(
    word for node_class in NODE_CLASS_OF_KIND.values() for word in get_args(node_class.model_fields["type"].annotation)
)
"""All words that `type` of a node may have."""

_RANGE_KEYS: Final = ("min", "likely", "max")
_NODE_CLASSES: Final = frozenset(NODE_CLASS_OF_KIND.values())


class Options(NamedTuple):
    """What may stand at one place: the flat alternatives of a type.

    Attributes:
        parts: Classes whose mapping may stand here.
        values: Types of the values of a mapping with free keys.
        items: Types of the items of a list.
        words: Words of a closed vocabulary.
        is_text: Whether free text may stand here; ids are no free text.
        has_ranges: Whether `{min, likely, max}` may stand here.
        kinds: The kinds of element whose id may stand here.
        key_kinds: The kinds of element whose ids are the keys of a mapping here.
    """

    parts: tuple[type[BaseModel], ...] = ()
    values: tuple[Any, ...] = ()
    items: tuple[Any, ...] = ()
    words: tuple[str, ...] = ()
    is_text: bool = False
    has_ranges: bool = False
    kinds: tuple[str, ...] = ()
    key_kinds: tuple[str, ...] = ()

    def allowed_keys(self) -> tuple[str, ...]:
        """Return the keys that a mapping may have here, those of all elements last; `()` where keys are free."""
        hidden = {"origin", "id"} if self._ids_are_keys() else {"origin"}
        keys = dict.fromkeys(
            field.alias or name
            for part in self.parts
            for name, field in part.model_fields.items()
            if name not in hidden and not (part is PartialConfidence and name == "fields")
        )
        ordered = sorted(keys, key=lambda key: key not in ("id", "name") and key in Element.model_fields)
        return (*ordered, *(_RANGE_KEYS if self.has_ranges else ()))

    def _ids_are_keys(self) -> bool:
        return any(getattr(part, "keeps_id", None) is False for part in self.parts)


@cache
def options_of(annotation: Any) -> Options:
    """Return the alternatives of a type of the model."""
    parts: list[type[BaseModel]] = []
    values: list[Any] = []
    items: list[Any] = []
    words: list[str] = []
    kinds: list[str] = []
    key_kinds: list[str] = []
    is_text = has_ranges = False
    stack: list[Any] = [annotation]
    while stack:
        found = stack.pop()
        origin = get_origin(found)
        if origin is Annotated:
            inner, *marks = get_args(found)
            kinds.extend(kind for mark in marks if isinstance(mark, Reference) for kind in mark.kinds)
            if not any(_makes_id(mark) for mark in marks):
                stack.append(inner)
        elif origin in (Union, UnionType):
            stack.extend(reversed(get_args(found)))
        elif origin is Literal:
            words.extend(word for word in get_args(found) if isinstance(word, str))
        elif origin is Registry or origin is dict:
            values.append(get_args(found)[-1])
            if origin is dict:
                key_kinds.extend(options_of(get_args(found)[0]).kinds)
        elif origin is tuple:
            items.append(get_args(found)[0])
        elif found is str:
            is_text = True
        elif found is Translations:
            values.append(str)
        elif found is DurationRange:
            has_ranges = True
        elif isinstance(found, type) and issubclass(found, BaseModel):
            parts.append(found)
            main_key = getattr(found, "main_key", None)
            if isinstance(main_key, str):
                kinds.extend(options_of(_with_marks(found.model_fields[main_key])).kinds)
    return Options(
        tuple(parts), tuple(values), tuple(items), tuple(words), is_text, has_ranges, tuple(kinds), tuple(key_kinds)
    )


def _makes_id(mark: object) -> bool:
    return isinstance(mark, Reference) or (isinstance(mark, AfterValidator) and mark.func is check_id)


ROOT: Final = options_of(ArrivalModel)


def narrowed(options: Options, value: object) -> Options:
    """Return `options` with just the kind of node that `value` is, where nodes stand."""
    if _NODE_CLASSES.isdisjoint(options.parts):
        return options
    return options._replace(parts=(NODE_CLASS_OF_KIND[node_kind(value)],))


def below(options: Options, key: str | int) -> Options:
    """Return what may stand under `key` of a mapping, or at a position of a list, that `options` describe."""
    annotations: list[Any] = []
    if isinstance(key, int):
        annotations.extend(options.items)
    else:
        for part in options.parts:
            field = next((field for name, field in part.model_fields.items() if (field.alias or name) == key), None)
            if field is not None:
                annotations.append(_with_marks(field))
        annotations.extend(options.values)
    return _merged([options_of(annotation) for annotation in annotations])


def _with_marks(field: Any) -> Any:
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _merged(found: Sequence[Options]) -> Options:
    if len(found) == 1:
        return found[0]
    return Options(
        tuple(part for options in found for part in options.parts),
        tuple(value for options in found for value in options.values),
        tuple(item for options in found for item in options.items),
        tuple(word for options in found for word in options.words),
        any(options.is_text for options in found),
        any(options.has_ranges for options in found),
        tuple(kind for options in found for kind in options.kinds),
        tuple(kind for options in found for kind in options.key_kinds),
    )


def options_at(path: Path, data: object) -> Options:
    """Return what may stand at `path` of the plain model `data`; lists may be abbreviated to one value."""
    options, value = ROOT, data
    for key in path:
        if isinstance(key, str) and not options.parts and not options.values and options.items:
            options = narrowed(below(options, 0), value)  # one value stands for a list of one
        options = below(options, key)
        value = child(value, key)
        options = narrowed(options, value)
    return options


def required_keys(part: type[BaseModel]) -> Mapping[str, Any]:
    """Return the annotation of each key that must be given."""
    return {field.alias or name: _with_marks(field) for name, field in part.model_fields.items() if field.is_required()}
