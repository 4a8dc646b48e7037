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

_OPEN_FACT: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {"path": {"type": "string"}, "question": _BOTH_LANGUAGES},
    "required": ["path", "question"],
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
        "expected": {
            **_object({"min": {"type": "number"}, "max": {"type": ["number", "null"]}}),
            "type": ["object", "null"],
            "description": "Mean per case; min and max differ where a share is open; null: cannot be counted.",
        },
    }
    required = [key for key in properties if key != "expected"]  # it came later
    figures = {"type": "object", "properties": properties, "required": required}
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


def time_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft time --format json` writes; later versions may add keys."""
    seconds = _object(
        {
            "min": {"type": ["integer", "null"], "description": "null: no run gets there."},
            "max": {"type": ["integer", "null"], "description": "null: a loop sets no bound, or a time is not stated."},
        }
    )
    day = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    no_or = {"type": ["string", "null"]}
    count = {"type": ["integer", "null"]}
    path = _object(
        {
            "nodes": _IDS,
            "seconds": {"type": "integer"},
            "waiting_seconds": {"type": "integer"},
            "waiting_share": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        }
    )
    node = _object({"earliest_seconds": count, "latest_seconds": count})
    process = _object(
        {
            "elapsed_seconds": seconds,
            "depends_on": {"type": "array", "items": _OPEN_FACT, "description": "Times that nobody stated."},
            "endless": {**_IDS, "description": "Nodes that the model lets repeat without bound."},
            "critical_path": {**path, "description": "Longest way; unknown times count as nothing."},
            "nodes": {"type": "object", "additionalProperties": node},
            "exact": {"type": "boolean", "description": "false: the bounds hold, but may be too wide."},
        }
    )
    case = _object({"case": _ID, "days": {"type": "integer"}, "first_day": day, "last_day": day})
    gap = {
        "gap_days": _object({"min": {"type": "integer"}, "max": count}),
        "not_counted": {**_IDS, "description": "Nodes on the way whose time is not stated; it counts as nothing."},
        "cases": {"type": "array", "items": case},
        "witness": _IDS,
        "exact": {"type": "boolean"},
    }
    change = _object({"benefit": _ID, "node": _ID})
    coverage = _object(
        {
            "timeline": {"enum": ["entitlement", "payment"]},
            "need": _ID,
            "ended": change,
            "started": {"anyOf": [change, {"type": "null"}]},
            **gap,
        }
    )
    proof = _object(
        {
            "subject": _object({"kind": {"enum": ["benefit", "data"]}, "id": _ID}),
            "document": _ID,
            "began_at": _ID,
            "issued_at": no_or,
            "bridged_by": no_or,
            "asked_by": _IDS,
            "asked_at": _IDS,
            **gap,
        }
    )
    dated = _object({"case": _ID, "last_day": day, "done_on": day, "kept": {"type": "boolean"}})
    deadline = _object(
        {
            "path": _ID,
            "since": _ID,
            "until": _ID,
            "within": {"type": "string"},
            "days": {"enum": ["calendar", "werktage", "working"]},
            "strength": {"enum": ["must", "should"]},
            "elapsed_seconds": seconds,
            "usual_seconds": seconds,
            "verdict": {"enum": ["kept", "tight", "impossible", "unknown"]},
            "certainty": _CERTAINTY,
            "not_counted": _IDS,
            "cases": {"type": "array", "items": dated},
            "exact": {"type": "boolean"},
        }
    )
    covered = _object(
        {
            "timeline": {"enum": ["entitlement", "payment", "proof"]},
            "kind": {"enum": ["benefit", "document"]},
            "id": _ID,
            "from": {"anyOf": [day, {"type": "null"}]},
            "to": {"anyOf": [day, {"type": "null"}]},
        }
    )
    return _result_schema(
        "time",
        {
            "processes": {"type": "object", "additionalProperties": process},
            "coverage": {"type": "array", "items": coverage},
            "proof": {"type": "array", "items": proof},
            "deadlines": {"type": "array", "items": deadline},
            "cases": {"type": "object", "additionalProperties": {"type": "array", "items": covered}},
        },
    )


def metrics_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft metrics --format json` writes; later versions may add keys."""
    number_or_null = {"type": ["number", "null"]}
    count = _object(
        {
            "min": number_or_null,
            "max": {**number_or_null, "description": "null: a loop sets no bound."},
            "expected": {**number_or_null, "description": "null: a share of a decision is not stated."},
        }
    )
    share = _object(
        {
            "min": {"type": "number", "description": "If all that nobody stated is no."},
            "max": {"type": "number", "description": "If all that nobody stated is yes."},
            "of": {"type": "integer"},
        }
    )
    integer_or_null = {"type": ["integer", "null"]}
    span = _object({"min": integer_or_null, "max": integer_or_null})
    counts = ("contacts", "visits", "forms", "questions", "documents", "handovers", "media_breaks")
    shares = ("with_agreement", "with_legal_basis", "with_consent", "proactive", "needed", "validated", "unknown")
    gap_cost = _object(
        {
            "timeline": {"enum": ["entitlement", "payment"]},
            "need": {"type": "string"},
            "ended_at": _ID,
            "started_at": {"type": ["string", "null"]},
            "benefit": _ID,
            "currency": {"type": "string"},
            "min": {"type": "number"},
            "max": {**number_or_null, "description": "null: the gap has no bound, or never ends."},
            "cases": {"type": "object", "additionalProperties": {"type": "number"}},
        }
    )
    amounts = ("minutes", "avoidable_minutes", "euros", "minutes_per_year", "euros_per_year")
    burden = _object({name: {"anyOf": [count, {"type": "null"}]} for name in amounts})
    process = _object(
        {
            "counts": _object(dict.fromkeys(counts, count)),
            "bodies": count,
            "sites": count,
            "elapsed_seconds": span,
            "waiting_share": number_or_null,
            "milestones": {
                "type": "object",
                "additionalProperties": _object(
                    {
                        "earliest_seconds": integer_or_null,
                        "latest_seconds": integer_or_null,
                        "waiting_seconds": integer_or_null,
                    }
                ),
            },
            "shares": _object(dict.fromkeys(shares, share)),
            "gap_costs": {"type": "array", "items": gap_cost},
            "once_only": _object(
                {
                    "asked_items": {"type": "integer"},
                    "asked_once": {"type": "integer"},
                    "collection_factor": count,
                    "avoidable_places": span,
                    "avoidable_questions": count,
                    "gaps": count,
                    "covered_needs": _object(
                        {"min": {"type": "integer"}, "max": {"type": "integer"}, "of": {"type": "integer"}}
                    ),
                }
            ),
            "burden": {"anyOf": [burden, {"type": "null"}], "description": "null: no parameters were given."},
            "exact": {"type": "boolean"},
        }
    )
    return _result_schema("metrics", {"processes": {"type": "object", "additionalProperties": process}})


def case_schema() -> dict[str, Any]:
    """Return the schema of a documented case, the input of `ankunft replay`."""
    id_ = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 64}
    day = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    step = {
        "type": "object",
        "properties": {
            "node": {**id_, "description": "Node of the model."},
            "name": {"type": "string", "description": "What happened, if the model does not know it."},
            "date": {**day, "description": "Day of completion."},
            "paid": {**day, "description": "Day on which money was paid, if that is another."},
        },
        "anyOf": [{"required": ["node"]}, {"required": ["name"]}],
        "additionalProperties": False,
    }
    return {
        "$schema": _DIALECT,
        "$id": f"{_ADDRESS}/ankunft-case-1.json",
        "type": "object",
        "properties": {
            "format": {"const": "ankunft-case/1"},
            "id": {**id_, "description": "A pseudonym; results leave it out."},
            "model": {**id_, "description": "Id of the model that the case is about."},
            "cohort": {**id_, "description": "Target group of the model."},
            "steps": {"type": "array", "items": step, "description": "In the order in which they happened."},
        },
        "required": ["format", "id", "steps"],
        "additionalProperties": False,
    }


def replay_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft replay --format json` writes; later versions may add keys."""
    day = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    day_or_null = {"anyOf": [day, {"type": "null"}]}
    step = _object(
        {
            "node": {"type": ["string", "null"]},
            "name": {"type": ["string", "null"]},
            "date": day_or_null,
            "fits": {"type": "boolean"},
            "skipped": _IDS,
        }
    )
    gap = _object({"days": {"type": "integer"}, "first_day": day, "last_day": day})
    gaps = {"type": "array", "items": gap}
    element = _object({"kind": {"type": "string"}, "id": _ID})
    finding = _object(
        {
            "rule": _ID,
            "severity": {"enum": ["info", "hint", "warning", "error"]},
            "certainty": _CERTAINTY,
            "elements": {"type": "array", "items": element},
        }
    )
    deadline = _object({"path": _ID, "last_day": day, "done_on": day, "kept": {"type": "boolean"}})
    return _result_schema(
        "replay",
        {
            "process": _ID,
            "steps": {"type": "array", "items": step},
            "left_at": {"type": ["integer", "null"], "description": "Position of the first step that does not fit."},
            "missing_at_end": {"anyOf": [_IDS, {"type": "null"}]},
            "out_of_order": _IDS,
            "choices": {"type": "object", "additionalProperties": _IDS},
            "gaps": _object({"entitlement": gaps, "payment": gaps, "proof": gaps}),
            "deadlines": {"type": "array", "items": deadline},
            "findings": {"type": "array", "items": finding},
        },
    )


def suggest_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft suggest --format json` writes; later versions may add keys."""
    text_or_null = {"anyOf": [_BOTH_LANGUAGES, {"type": "null"}]}
    reason = _object({"kind": {"enum": ["legal_basis", "agreement", "consent"]}, "id": _ID})
    kinds = ["handover", "extended_handover", "retrieval", "reading_right", "consent", "agreement", "legal_basis"]
    change = _object(
        {
            "kind": {"enum": [*kinds, "confirmation"]},
            "element": {**_ID, "description": "What is added or changed: a handover, node, system, consent, …"},
            "data": _IDS,
            "part": {
                "type": ["object", "null"],
                "description": "What stands there afterwards, as in the model's file.",
            },
        }
    )
    suggestion = _object(
        {
            "id": {"type": "string", "description": "Stable under renaming and reordering."},
            "kind": {"enum": ["own_file", "retrieval", "extended_handover", "handover", "several_ways"]},
            "lawfulness": {"enum": ["same_body", "legal_basis", "to_be_examined", "consent", "unknown"]},
            "size": {"type": "integer", "minimum": 0},
            "text": _BOTH_LANGUAGES,
            "law": _BOTH_LANGUAGES,
            "condition": text_or_null,
            "because": {"type": "array", "items": reason},
            "data": _IDS,
            "cures": {"type": "array", "items": {"type": "string"}},
            "changes": {"type": "array", "items": change},
            "needs": {"type": "array", "items": {"type": "string"}},
        }
    )
    reasons = ["demanded_by_law", "document", "nobody_named", "nobody_knows", "not_on_every_run", "no_way"]
    unsolved = _object(
        {
            "finding": {"type": "string"},
            "reason": {"enum": [*reasons, "opens_a_gap", "only_carried", "limit"]},
            "node": _ID,
            "data": {"type": ["string", "null"]},
            "text": _BOTH_LANGUAGES,
        }
    )
    finding = findings_schema()["properties"]["findings"]["items"]
    return _result_schema(
        "suggest",
        {
            "model": _ID,
            "exact": {"type": "boolean", "description": "false: a smaller set may do the same."},
            "size": {"type": "integer", "minimum": 0},
            "suggestions": {"type": "array", "items": suggestion},
            "unsolved": {"type": "array", "items": unsolved},
            "resolves": {"type": "array", "items": {"type": "string"}},
            "brings_up": {"type": "array", "items": finding},
        },
    )


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with all of these keys."""
    return {"type": "object", "properties": dict(properties), "required": list(properties)}


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
    "ankunft-time-1": time_schema,
    "ankunft-metrics-1": metrics_schema,
    "ankunft-suggest-1": suggest_schema,
    "ankunft-case-1": case_schema,
    "ankunft-replay-1": replay_schema,
}
