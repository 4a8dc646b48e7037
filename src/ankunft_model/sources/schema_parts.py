"""Parts that the JSON Schemas of results are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ADDRESS: Final = "https://ankunft-model.org/schemas"

ID: Final[Mapping[str, Any]] = {"type": "string"}
IDS: Final[Mapping[str, Any]] = {"type": "array", "items": ID}
CERTAINTY: Final[Mapping[str, Any]] = {"enum": ["definite", "possible"]}
BOTH_LANGUAGES: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {"de": {"type": "string"}, "en": {"type": "string"}},
    "required": ["de", "en"],
}

OPEN_FACT: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {"path": {"type": "string"}, "question": BOTH_LANGUAGES},
    "required": ["path", "question"],
}

LIMITS_REACHED: Final[Mapping[str, Any]] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"limit": {"type": "string"}, "message": BOTH_LANGUAGES},
        "required": ["limit", "message"],
    },
    "description": "Why the answer is not exact; empty if it is.",
}


def with_limits(whole: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object that may say why it is not exact; the key came later."""
    return {**whole, "properties": {**whole["properties"], "limits": LIMITS_REACHED}}


def whole_object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with all of these keys."""
    return {"type": "object", "properties": dict(properties), "required": list(properties)}


def result_schema(name: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a result, `ankunft-NAME/1`, with all of these keys; later versions may add keys."""
    return {
        "$schema": DIALECT,
        "$id": f"{ADDRESS}/ankunft-{name}-1.json",
        "type": "object",
        "properties": {"format": {"const": f"ankunft-{name}/1"}, **properties},
        "required": ["format", *properties],
    }
