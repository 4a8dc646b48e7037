"""The JSON Schemas of findings, data, soundness, layout and suggestions."""

from __future__ import annotations

from typing import Any

from ankunft_model.sources.schema_parts import (
    BOTH_LANGUAGES,
    CERTAINTY,
    ID,
    IDS,
    LIMITS_REACHED,
    OPEN_FACT,
    result_schema,
    whole_object,
)


def findings_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft check --format json` writes; later versions may add keys."""
    element = {
        "type": "object",
        "properties": {"kind": {"type": "string"}, "id": ID},
        "required": ["kind", "id"],
    }
    finding: dict[str, Any] = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "description": "Rule and elements; stable under renaming and reordering."},
            "rule": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
            "model": ID,
            "file": {"type": ["string", "null"]},
            "severity": {"enum": ["info", "hint", "warning", "error"]},
            "certainty": {**CERTAINTY, "description": "definite: on every run that executes the node."},
            "depends_on": {"type": "array", "items": OPEN_FACT, "description": "What, if known, could remove it."},
            "exact": {"type": "boolean"},
            "elements": {"type": "array", "items": element},
            "data": IDS,
            "message": BOTH_LANGUAGES,
            "witness": {**IDS, "description": "What tells the run apart, in its order; at most 50 ids by default."},
            "because": {"type": "array", "items": element},
            "recommendation": BOTH_LANGUAGES,
            "measures": IDS,
        },
    }
    finding["required"] = list(finding["properties"])
    finding["properties"]["limits"] = {**LIMITS_REACHED, "description": "Why it is not exact; left out if it is."}
    return result_schema("findings", {"findings": {"type": "array", "items": finding}})


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
    open_facts = {"type": "array", "items": OPEN_FACT, "description": "What, if known, could remove it."}
    gap = {
        "type": "object",
        "properties": {
            "node": ID,
            "actor": {"type": ["string", "null"]},
            "certainty": CERTAINTY,
            "depends_on": open_facts,
            "witness": IDS,
        },
        "required": ["node", "actor", "certainty", "depends_on", "witness"],
    }
    avoidable = {
        "type": "object",
        "properties": {
            "node": ID,
            "certainty": CERTAINTY,
            "depends_on": open_facts,
            "known_to": IDS,
            "witness": IDS,
        },
        "required": ["node", "certainty", "depends_on", "known_to", "witness"],
    }
    properties: dict[str, Any] = {
        "collections": bounds,
        "by_process": {"type": "object", "additionalProperties": bounds},
        "collected_at": IDS,
        "gaps": {"type": "array", "items": gap},
        "avoidable": {"type": "array", "items": avoidable},
        "exact": {"type": "boolean", "description": "false: a limit was reached, figures and places may be too many."},
        "limits": LIMITS_REACHED,
        "expected": {
            **whole_object({"min": {"type": "number"}, "max": {"type": ["number", "null"]}}),
            "type": ["object", "null"],
            "description": "Mean per case; min and max differ where a share is open; null: cannot be counted.",
        },
    }
    required = [key for key in properties if key not in ("expected", "limits")]  # they came later
    figures = {"type": "object", "properties": properties, "required": required}
    by_member = {
        "type": "object",
        "additionalProperties": figures,
        "description": "The same about other members of the household; only where there are any.",
    }
    item = {**figures, "properties": {**properties, "by_member": by_member}}
    return result_schema("data", {"items": {"type": "object", "additionalProperties": item}})


def soundness_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft soundness --format json` writes; later versions may add keys."""
    problem: dict[str, Any] = {
        "type": "object",
        "properties": {
            "kind": {"enum": ["deadlock", "lack_of_synchronization", "dead_node", "improper_completion"]},
            "nodes": IDS,
            "witness": {**IDS, "description": "A shortest run that shows it: nodes in order of execution."},
            "message": BOTH_LANGUAGES,
            "repair": BOTH_LANGUAGES,
        },
        "required": ["kind", "nodes", "witness"],
    }
    between = {**problem, "properties": {**problem["properties"], "certainty": {"enum": ["definite", "possible"]}}}
    verdict = {
        "type": "object",
        "properties": {
            "sound": {"type": ["boolean", "null"], "description": "null: a limit was reached before it was known."},
            "limits": LIMITS_REACHED,
            "problems": {"type": "array", "items": problem},
        },
        "required": ["sound", "problems"],
    }
    return result_schema(
        "soundness",
        {
            "processes": {"type": "object", "additionalProperties": verdict},
            "between_processes": {
                "type": "array",
                "items": between,
                "description": "Nodes that wait for messages of other processes which cannot come.",
            },
        },
    )


def layout_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft layout -o FILE --format json` writes; later versions may add keys."""
    return result_schema("layout", {"notes": _layout_notes()})


def layout_check_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft layout --check --format json` writes; later versions may add keys."""
    defect = {
        "type": "object",
        "properties": {"kind": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"}, "elements": IDS},
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
        "missing": {**IDS, "description": "Elements that could be drawn and are in no diagram."},
        "notes": _layout_notes(),
    }
    return result_schema("layout-check", properties)


def _layout_notes() -> dict[str, Any]:
    note = {
        "type": "object",
        "properties": {
            "code": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
            "element": {"type": ["string", "null"]},
            "line": {"type": ["integer", "null"], "minimum": 1},
            "message": BOTH_LANGUAGES,
        },
        "required": ["code", "element", "line", "message"],
    }
    return {"type": "array", "items": note, "description": "What the file says that cannot be drawn."}


def suggest_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft suggest --format json` writes; later versions may add keys."""
    text_or_null = {"anyOf": [BOTH_LANGUAGES, {"type": "null"}]}
    reason = whole_object({"kind": {"enum": ["legal_basis", "agreement", "consent"]}, "id": ID})
    kinds = ["handover", "extended_handover", "retrieval", "reading_right", "consent", "agreement", "legal_basis"]
    change = whole_object(
        {
            "kind": {"enum": [*kinds, "confirmation"]},
            "element": {**ID, "description": "What is added or changed: a handover, node, system, consent, …"},
            "data": IDS,
            "part": {
                "type": ["object", "null"],
                "description": "What stands there afterwards, as in the model's file.",
            },
        }
    )
    suggestion = whole_object(
        {
            "id": {"type": "string", "description": "Stable under renaming and reordering."},
            "kind": {"enum": ["own_file", "retrieval", "extended_handover", "handover", "several_ways"]},
            "lawfulness": {"enum": ["same_body", "legal_basis", "to_be_examined", "consent", "unknown"]},
            "size": {"type": "integer", "minimum": 0},
            "text": BOTH_LANGUAGES,
            "law": BOTH_LANGUAGES,
            "condition": text_or_null,
            "because": {"type": "array", "items": reason},
            "data": IDS,
            "cures": {"type": "array", "items": {"type": "string"}},
            "changes": {"type": "array", "items": change},
            "needs": {"type": "array", "items": {"type": "string"}},
        }
    )
    reasons = ["demanded_by_law", "document", "nobody_named", "nobody_knows", "not_on_every_run", "no_way"]
    unsolved = whole_object(
        {
            "finding": {"type": "string"},
            "reason": {"enum": [*reasons, "opens_a_gap", "only_carried", "limit"]},
            "node": ID,
            "data": {"type": ["string", "null"]},
            "text": BOTH_LANGUAGES,
        }
    )
    finding = findings_schema()["properties"]["findings"]["items"]
    return result_schema(
        "suggest",
        {
            "model": ID,
            "exact": {"type": "boolean", "description": "false: a smaller set may do the same."},
            "size": {"type": "integer", "minimum": 0},
            "suggestions": {"type": "array", "items": suggestion},
            "unsolved": {"type": "array", "items": unsolved},
            "resolves": {"type": "array", "items": {"type": "string"}},
            "brings_up": {"type": "array", "items": finding},
        },
    )
