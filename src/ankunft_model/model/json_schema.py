"""The JSON Schema (2020-12) of a model in the shape of the file, abbreviations included."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, JsonSchemaWarningKind
from pydantic_core import core_schema

from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.consistency import REGISTRIES
from ankunft_model.model.plain import is_mapping, is_sequence

SCHEMA_ID: Final = "https://ankunft-model.org/schemas/ankunft-1.json"
"""Address that names the schema; nothing is fetched from it."""

INCLUDE_SCHEMA_ID: Final = "https://ankunft-model.org/schemas/ankunft-include-1.json"
"""Address that names the schema of included files."""

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_UNKNOWN: Final[JsonSchemaValue] = {"const": "unknown"}
_BOUNDS: Final = {"ge": "minimum", "le": "maximum"}
_DEFINITION: Final = "#/$defs/"
_KEYS_OF_INCLUDED: Final = ("format", "include", "vocabularies", *REGISTRIES)


class _FileSchema(GenerateJsonSchema):
    """Says `unknown` where the file may say that something is not known, and never `null`."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {  # noqa: RUF012 - as pydantic declares it
        "skipped-choice",
        "non-serializable-default",
    }

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - the keys say it already
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        return {"anyOf": [*_alternatives(inner), _UNKNOWN]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        found.pop("default", None)  # an absent key often means more than its default, see FIELDS
        return found

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        return {"anyOf": [self.generate_inner(choice) for choice in schema["choices"].values()]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        return {"anyOf": [super().dict_schema(schema), {"enum": ["none"]}]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        return {"enum": list(schema["expected"])}


def _alternatives(schema: JsonSchemaValue) -> list[Any]:
    return list(schema["anyOf"]) if list(schema) == ["anyOf"] else [schema]


def model_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file form of a model.

    A schema can say what a place may hold, not whether ids are known; the reader checks more.

    Example:
        >>> schema = model_schema()
        >>> schema["properties"]["state"]["enum"]
        ['as_is', 'to_be', 'reference']
    """
    found = ArrivalModel.model_json_schema(schema_generator=_FileSchema, by_alias=True)
    properties: dict[str, Any] = found["properties"]
    file_name: JsonSchemaValue = {"type": "string", "pattern": r"\.(yaml|yml|json)$"}
    properties["include"] = {
        "anyOf": [{"type": "array", "items": file_name, "uniqueItems": True}, file_name, {"const": "none"}],
        "description": "Files beside or below this one whose registries belong to the model.",
    }
    definitions = _sorted_definitions(found.get("$defs", {}))
    required = ["format", *(key for key in found["required"] if key != "format")]
    return {
        "$schema": _DIALECT,
        "$id": SCHEMA_ID,
        **{key: value for key, value in found.items() if key not in ("$defs", "required", "properties")},
        "properties": properties,
        "required": required,
        "if": {"not": {"required": ["include"]}},
        "then": {"properties": _required_of_entries(definitions)},
        "$defs": definitions,
    }


def include_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file that others include: registries only, entries may be completed elsewhere.

    Example:
        >>> schema = include_schema()
        >>> "actors" in schema["properties"], "processes" in schema["properties"], "required" in schema
        (True, False, False)
    """
    whole = model_schema()
    properties = {key: whole["properties"][key] for key in _KEYS_OF_INCLUDED}
    used = _used_definitions(properties, whole["$defs"])
    return {
        "$schema": _DIALECT,
        "$id": INCLUDE_SCHEMA_ID,
        "additionalProperties": False,
        "description": "Registries that several arrival models share.",
        "type": "object",
        "properties": properties,
        "$defs": {name: definition for name, definition in whole["$defs"].items() if name in used},
    }


def _used_definitions(schema: object, definitions: Mapping[str, Any]) -> set[str]:
    """Return the names of the definitions that `schema` refers to, also over others."""
    used: set[str] = set()
    stack = [schema]
    while stack:
        found = stack.pop()
        if is_mapping(found):
            name = str(found.get("$ref", "")).removeprefix(_DEFINITION)
            if name in definitions and name not in used:
                used.add(name)
                stack.append(definitions[name])
            stack.extend(found.values())
        elif is_sequence(found):
            stack.extend(found)
    return used


def _required_of_entries(definitions: dict[str, Any]) -> dict[str, Any]:
    """Move what entries of registries require out of `definitions`: a file that includes others may complete theirs."""
    needed: dict[str, Any] = {}
    for registry in REGISTRIES:
        (entry_class,) = get_args(ArrivalModel.model_fields[registry].annotation)
        required = definitions[entry_class.__name__].pop("required", None)
        if required:
            needed[registry] = {"additionalProperties": {"required": required}}
    return needed


def _sorted_definitions(definitions: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _with_bounds(definitions[name]) for name in sorted(definitions)}


def _with_bounds(schema: Any) -> Any:
    """Return `schema` with the standard's names for bounds, which pydantic keeps under its own behind a validator."""
    if is_mapping(schema):
        is_number = schema.get("type") in ("number", "integer")
        return {_BOUNDS.get(key, key) if is_number else key: _with_bounds(value) for key, value in schema.items()}
    return [_with_bounds(item) for item in schema] if is_sequence(schema) else schema
