"""What all parts of a model have in common: frozen, closed, lists as tuples, unknown kept apart from none."""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from functools import partial
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Generic,
    Self,
    TypeAlias,
    TypeVar,
    cast,
    get_args,
    get_origin,
    overload,
)

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from pydantic_core.core_schema import WrapValidatorFunctionSchema

from ankunft_model.model.identifiers import Id
from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.model.quantities import Date
from ankunft_model.model.texts import Text, Translations, text_in
from ankunft_model.model.vocabulary import ConfidenceLevel

T = TypeVar("T")


def _as_sequence(value: object) -> object:
    if value == "none" or (is_mapping(value) and not value):
        return ()
    if value == "unknown":
        return None
    if value is None or is_sequence(value):
        return value
    return (value,)


def _without_duplicates(value: tuple[T, ...] | None) -> tuple[T, ...] | None:
    if value is not None and len(value) > 1:
        seen: set[T] = set()
        for item in value:
            if item in seen:
                raise PydanticCustomError("duplicate-entry", "'{value}' is listed twice", {"value": str(item)[:80]})
            seen.add(item)
    return value


class _ListSchema:
    """Describes to JSON Schema that one value may stand for a list of one, and `none` for the empty list."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        found = handler(schema)
        options = found.get("anyOf", [found])
        array = next((option for option in options if option.get("type") == "array"), found)
        return {"anyOf": [array, array.get("items", {}), {"enum": ["none", "unknown"]}]}


Many: TypeAlias = Annotated[
    tuple[T, ...] | None, BeforeValidator(_as_sequence), AfterValidator(_without_duplicates), _ListSchema()
]
"""A list without duplicates, in given order. `()` is known to be empty (`none`); None is unknown or nothing stated.

In files one value may stand for a list of one.
"""


Some: TypeAlias = Annotated[
    tuple[T, ...],
    BeforeValidator(_as_sequence),
    AfterValidator(_without_duplicates),
    Field(min_length=1),
    _ListSchema(),
]
"""A list without duplicates that has at least one entry and must be given."""


_OF_FILES: Final = ("bpmn_id", "carried")
"""Fields that hold what a file of another tool says, whatever it says."""


class Part(BaseModel):
    """Base of every part of a model: frozen, without unknown keys; lists are tuples.

    Attribute names equal the keys of the file; where the key is a word of Python it ends in `_` (`from_`).
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        validate_by_name=True,
        validate_by_alias=True,
        ser_json_inf_nan="null",
        protected_namespaces=(),
    )

    _unknown_keys: ClassVar[frozenset[str]] = frozenset()
    _mapping_keys: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Note which keys may say `unknown` (optional ones without free text), and which hold free mappings."""
        super().__pydantic_init_subclass__(**kwargs)
        cls._unknown_keys = frozenset(
            key
            for name, field in cls.model_fields.items()
            if field.default is None and name not in _OF_FILES and Translations not in _leaves(field.annotation)
            for key in (name, field.alias or name)
        )
        cls._mapping_keys = frozenset(
            name
            for name, field in cls.model_fields.items()
            if any(get_origin(option) is dict for option in (field.annotation, *get_args(field.annotation)))
        )

    @model_validator(mode="before")
    @classmethod
    def _read_words_of_absence(cls, data: Any) -> Any:
        if not is_mapping(data):
            return data
        values = data.values()
        if "unknown" not in values and "none" not in values:
            return data
        unknown = [key for key, value in data.items() if value == "unknown" and key in cls._unknown_keys]
        none = [key for key in cls._mapping_keys if data.get(key) == "none"]
        if not unknown and not none:
            return data
        read: dict[str, Any] = {key: value for key, value in data.items() if key not in unknown}
        read.update((key, {}) for key in none)
        return read

    def changed(self, **fields: Any) -> Self:
        """Return a copy in which `fields` have new values, checked like any new part.

        Raises:
            pydantic.ValidationError: the copy would not be well-formed.

        Example:
            >>> from ankunft_model.model.actors import Actor
            >>> Actor(id="abh", name="ABH", kind="immigration_office").changed(name="Ausländerbehörde").name
            'Ausländerbehörde'
        """
        return type(self).model_validate({**{name: getattr(self, name) for name in type(self).model_fields}, **fields})


def _leaves(annotation: Any) -> tuple[Any, ...]:
    arguments = get_args(annotation)
    return tuple(leaf for argument in arguments for leaf in _leaves(argument)) if arguments else (annotation,)


class Abbreviated(Part):
    """A part that the file may abbreviate to the value of its main key."""

    main_key: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _from_main_value(cls, data: Any) -> Any:
        return {cls.main_key: data} if isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return both forms of the file."""
        found = handler(schema)
        inner = handler.resolve_ref_schema(found)
        short = inner.get("properties", {}).get(cls.main_key)
        return {"anyOf": [short, found]} if short else found


class PartialConfidence(Part):
    """How sure the statements of an element are, field by field; `default` for all others."""

    default: ConfidenceLevel | None = None
    fields: tuple[tuple[str, ConfidenceLevel], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_flat_mapping(cls, data: Any) -> Any:
        if is_mapping(data) and "fields" not in data:
            levels = {key: value for key, value in data.items() if key != "default"}
            return {"default": data.get("default"), "fields": tuple(levels.items())}
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the flat form of the file: field name to level."""
        levels = {"enum": [*get_args(ConfidenceLevel), "unknown"]}
        return {"type": "object", "properties": {"default": levels}, "additionalProperties": levels}


class Sourced(Part):
    """A part that says where it comes from and how sure it is."""

    source: Many[str] = None
    confidence: ConfidenceLevel | PartialConfidence | None = None
    validated_by: Many[str] = None
    validated_on: Date | None = None

    def confidence_of(self, field: str) -> ConfidenceLevel | None:
        """Return how sure the statement in `field` is, or None if nobody said.

        Args:
            field: Name of a field of this part, dots for inner fields.
        """
        if not isinstance(self.confidence, PartialConfidence):
            return self.confidence
        for name, level in self.confidence.fields:
            if name == field:
                return level
        return self.confidence.default


class Element(Sourced):
    """Anything that has an id: entries of registries, processes, nodes, handovers."""

    keeps_id: ClassVar[bool] = False
    """Whether the file writes the id inside the entry (lists) or as its key (registries)."""

    id: Id
    name: Text | None = None
    description: Text | None = None
    bpmn_id: str | None = None
    carried: str | None = None
    origin: str | None = None
    """The shipped pack that the entry was taken from; None for what the model itself states."""

    def label(self, language: str = "de") -> str:
        """Return the name in `language`, or the id where there is no name."""
        return self.id if self.name is None else text_in(self.name, language)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of the file, where the id of a registry's entry is its key."""
        found = handler(schema)
        inner = handler.resolve_ref_schema(found)
        hidden = ("origin",) if cls.keeps_id else ("origin", "id")
        inner["properties"] = {key: value for key, value in inner.get("properties", {}).items() if key not in hidden}
        inner["required"] = [key for key in inner.get("required", []) if key not in hidden]
        if not inner["required"]:
            del inner["required"]
        return found


class Named(Element):
    """An element whose name is required."""

    name: Text  # pyright: ignore[reportGeneralTypeIssues, reportIncompatibleVariableOverride] - required here, and frozen


E = TypeVar("E", bound=Element)


class Registry(Mapping[str, E], Generic[E]):
    """An immutable mapping from id to entry, in the order of the file.

    `is_stated` tells "there is none" (`none` in the file) from "nobody said" (the key is missing). `passed_as` are the
    kinds as which all entries were found to be well-formed; a changed model shares such a registry: parts are frozen.

    Example:
        >>> from ankunft_model.model.actors import Actor
        >>> actors = Registry((Actor(id="abh", name="Ausländerbehörde", kind="immigration_office"),))
        >>> list(actors), actors["abh"].label(), Registry().is_stated
        (['abh'], 'Ausländerbehörde', False)
    """

    __slots__ = ("_entries", "is_stated", "passed_as")

    def __init__(
        self,
        entries: tuple[E, ...] | list[E] = (),
        *,
        is_stated: bool | None = None,
        passed_as: tuple[type, ...] = (),
    ) -> None:
        self._entries: dict[str, E] = {entry.id: entry for entry in entries}
        self.passed_as = passed_as
        self.is_stated: bool = bool(entries) if is_stated is None else is_stated

    def __getitem__(self, id_: str) -> E:
        return self._entries[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    # what a mapping does by way of `__getitem__`, straight from the entries: analyses look up millions of ids

    def __contains__(self, id_: object) -> bool:
        return id_ in self._entries

    @overload
    def get(self, key: str, /) -> E | None: ...

    @overload
    def get(self, key: str, /, default: E | T) -> E | T: ...

    def get(self, key: str, /, default: E | T | None = None) -> E | T | None:
        """Return the entry with an id, or the default."""
        return self._entries.get(key, default)

    def keys(self) -> KeysView[str]:
        """Return the ids."""
        return self._entries.keys()

    def values(self) -> ValuesView[E]:
        """Return the entries."""
        return self._entries.values()

    def items(self) -> ItemsView[str, E]:
        """Return the ids with their entries."""
        return self._entries.items()

    def __hash__(self) -> int:
        return hash((self.is_stated, tuple(self._entries)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Registry):
            return NotImplemented
        theirs = cast("Mapping[str, object]", other)
        return self.is_stated == other.is_stated and list(self.values()) == list(theirs.values())

    def __repr__(self) -> str:
        return f"Registry({list(self._entries.values())!r}, is_stated={self.is_stated})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept a mapping id to entry, entries with ids, a registry, or `none`."""
        (entry_type,) = get_args(source)
        entries = core_schema.dict_schema(handler.generate_schema(Id), handler.generate_schema(entry_type))
        return core_schema.no_info_wrap_validator_function(
            partial(_read_registry, kinds=tuple(leaf for leaf in _leaves(entry_type) if isinstance(leaf, type))),
            entries,
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of the file: an object of entries, or `none`."""
        inner = handler(cast("WrapValidatorFunctionSchema", schema)["schema"])
        inner = inner.get("anyOf", [inner])[0]
        inner["propertyNames"] = {"pattern": "^[a-z][a-z0-9_]*$", "maxLength": 64}
        return {"anyOf": [inner, {"enum": ["none", "unknown"]}]}


def _read_registry(value: object, validate: ValidatorFunctionWrapHandler, *, kinds: tuple[type, ...]) -> Registry[Any]:
    if value is None or value == "unknown":
        return Registry()
    if value == "none":
        return Registry(is_stated=True)
    is_stated = True
    entries: object = value
    if isinstance(value, Registry):
        registry = cast("Registry[Element]", value)
        if kinds and registry.passed_as == kinds:
            return registry
        is_stated = registry.is_stated
        entries = dict(registry.items())
    elif is_sequence(value):
        by_id: dict[str, object] = {}
        for entry in value:
            id_ = entry.id if isinstance(entry, Element) else entry.get("id") if is_mapping(entry) else None
            if id_ is None:
                raise PydanticCustomError("entry-without-id", "an entry of the list has no id")
            if id_ in by_id:
                raise PydanticCustomError("duplicate-id", "'{value}' is there twice", {"value": id_})
            by_id[id_] = entry
        entries = by_id
    if is_mapping(entries):
        entries = {key: _with_id(key, entry) for key, entry in entries.items()}
    return Registry(tuple(validate(entries).values()), is_stated=is_stated, passed_as=kinds)


def _with_id(key: str, entry: object) -> object:
    if is_mapping(entry):
        return {"id": key, **entry} if entry.get("id", key) == key else {**entry, "id": f"{key} ≠ {entry['id']}"}
    return entry
