"""The JSON Schemas that ship: of a model's file, of files that it includes, and of results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ankunft_model.model.json_schema import include_schema, model_schema

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_ADDRESS: Final = "https://ankunft-model.org/schemas"

_ID: Final[Mapping[str, Any]] = {"type": "string"}
_IDS: Final[Mapping[str, Any]] = {"type": "array", "items": _ID}
_CERTAINTY: Final[Mapping[str, Any]] = {"enum": ["definite", "possible"]}
_BOTH_LANGUAGES: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {"de": {"type": "string"}, "en": {"type": "string"}},
    "required": ["de", "en"],
}


def schema_names() -> tuple[str, ...]:
    """Return the names of all schemas, such as `ankunft-1`; files in `schemas/` are called like them.

    Example:
        >>> schema_names()[:3]
        ('ankunft-1', 'ankunft-include-1', 'ankunft-findings-1')
    """
    return tuple(_SCHEMAS)


def schema(name: str) -> dict[str, Any]:
    """Return a schema by its name.

    Raises:
        KeyError: there is no such schema.
    """
    return _SCHEMAS[name]()


def findings_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft check --format json` writes; later versions may add keys."""
    element = {
        "type": "object",
        "properties": {"kind": {"type": "string"}, "id": _ID},
        "required": ["kind", "id"],
    }
    open_fact = {
        "type": "object",
        "properties": {"path": {"type": "string"}, "question": _BOTH_LANGUAGES},
        "required": ["path", "question"],
    }
    finding: dict[str, Any] = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "description": "Rule and elements; stable under renaming and reordering."},
            "rule": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
            "model": _ID,
            "file": {"type": ["string", "null"]},
            "severity": {"enum": ["info", "hint", "warning", "error"]},
            "certainty": {**_CERTAINTY, "description": "definite: on every run that executes the node."},
            "depends_on": {"type": "array", "items": open_fact, "description": "What, if known, could remove it."},
            "exact": {"type": "boolean"},
            "elements": {"type": "array", "items": element},
            "data": _IDS,
            "message": _BOTH_LANGUAGES,
            "witness": {**_IDS, "description": "What tells the run apart, in its order; at most 50 ids by default."},
            "because": {"type": "array", "items": element},
            "recommendation": _BOTH_LANGUAGES,
            "measures": _IDS,
        },
    }
    finding["required"] = list(finding["properties"])
    return _result_schema("findings", {"findings": {"type": "array", "items": finding}})


def data_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft data --format json` writes; later versions may add keys."""
    bounds = {
        "type": "object",
        "properties": {
            "min": {"type": "integer", "minimum": 0},
            "max": {"type": ["integer", "null"], "minimum": 0, "description": "null: unbounded, there is a loop."},
        },
        "required": ["min", "max"],
    }
    gap = {
        "type": "object",
        "properties": {"node": _ID, "actor": {"type": ["string", "null"]}, "certainty": _CERTAINTY, "witness": _IDS},
        "required": ["node", "actor", "certainty", "witness"],
    }
    avoidable = {
        "type": "object",
        "properties": {"node": _ID, "certainty": _CERTAINTY, "known_to": _IDS, "witness": _IDS},
        "required": ["node", "certainty", "known_to", "witness"],
    }
    properties: dict[str, Any] = {
        "collections": bounds,
        "by_process": {"type": "object", "additionalProperties": bounds},
        "collected_at": _IDS,
        "gaps": {"type": "array", "items": gap},
        "avoidable": {"type": "array", "items": avoidable},
        "exact": {"type": "boolean", "description": "false: a limit was reached, figures and places may be too many."},
    }
    figures = {"type": "object", "properties": properties, "required": list(properties)}
    by_member = {
        "type": "object",
        "additionalProperties": figures,
        "description": "The same about other members of the household; only where there are any.",
    }
    item = {**figures, "properties": {**properties, "by_member": by_member}}
    return _result_schema("data", {"items": {"type": "object", "additionalProperties": item}})


def soundness_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft soundness --format json` writes; later versions may add keys."""
    problem: dict[str, Any] = {
        "type": "object",
        "properties": {
            "kind": {"enum": ["deadlock", "lack_of_synchronization", "dead_node", "improper_completion"]},
            "nodes": _IDS,
            "witness": {**_IDS, "description": "A shortest run that shows it: nodes in order of execution."},
            "message": _BOTH_LANGUAGES,
            "repair": _BOTH_LANGUAGES,
        },
        "required": ["kind", "nodes", "witness"],
    }
    verdict = {
        "type": "object",
        "properties": {
            "sound": {"type": ["boolean", "null"], "description": "null: a limit was reached before it was known."},
            "problems": {"type": "array", "items": problem},
        },
        "required": ["sound", "problems"],
    }
    return _result_schema(
        "soundness",
        {
            "processes": {"type": "object", "additionalProperties": verdict},
            "between_processes": {
                "type": "array",
                "items": problem,
                "description": "What blocks the pools of a file on every run although each is sound.",
            },
        },
    )


def layout_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft layout -o FILE --format json` writes; later versions may add keys."""
    return _result_schema("layout", {"notes": _layout_notes()})


def layout_check_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft layout --check --format json` writes; later versions may add keys."""
    defect = {
        "type": "object",
        "properties": {"kind": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"}, "elements": _IDS},
        "required": ["kind", "elements"],
    }
    counted = ("boxes", "lines", "crossings", "bends", "straight_lines", "line_length", "width", "height")
    figures = {
        "type": "object",
        "properties": {name: {"type": "integer", "minimum": 0} for name in counted},
        "required": list(counted),
    }
    diagram = {
        "type": "object",
        "properties": {
            "element": {"type": ["string", "null"], "description": "What the diagram shows."},
            "defects": {"type": "array", "items": defect},
            "figures": figures,
        },
        "required": ["element", "defects", "figures"],
    }
    properties: dict[str, Any] = {
        "clean": {"type": "boolean", "description": "Nothing is missing and no diagram has a defect."},
        "diagrams": {"type": "array", "items": diagram},
        "missing": {**_IDS, "description": "Elements that could be drawn and are in no diagram."},
        "notes": _layout_notes(),
    }
    return _result_schema("layout-check", properties)


def _layout_notes() -> dict[str, Any]:
    note = {
        "type": "object",
        "properties": {
            "code": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
            "element": {"type": ["string", "null"]},
            "line": {"type": ["integer", "null"], "minimum": 1},
            "message": _BOTH_LANGUAGES,
        },
        "required": ["code", "element", "line", "message"],
    }
    return {"type": "array", "items": note, "description": "What the file says that cannot be drawn."}


def _result_schema(name: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "$schema": _DIALECT,
        "$id": f"{_ADDRESS}/ankunft-{name}-1.json",
        "type": "object",
        "properties": {"format": {"const": f"ankunft-{name}/1"}, **properties},
        "required": ["format", *properties],
    }


_SCHEMAS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "ankunft-1": model_schema,
    "ankunft-include-1": include_schema,
    "ankunft-findings-1": findings_schema,
    "ankunft-data-1": data_schema,
    "ankunft-soundness-1": soundness_schema,
    "ankunft-layout-1": layout_schema,
    "ankunft-layout-check-1": layout_check_schema,
}
