"""The JSON Schemas of times, metrics, documented cases and their replay."""

from __future__ import annotations

from typing import Any

from ankunft_model.sources.schema_parts import (
    ADDRESS,
    CERTAINTY,
    DIALECT,
    ID,
    IDS,
    OPEN_FACT,
    result_schema,
    whole_object,
    with_limits,
)


def time_schema() -> dict[str, Any]:
    """Return the schema of what `ankunft time --format json` writes; later versions may add keys."""
    seconds = whole_object(
        {
            "min": {"type": ["integer", "null"], "description": "null: no run gets there."},
            "max": {"type": ["integer", "null"], "description": "null: a loop sets no bound, or a time is not stated."},
        }
    )
    day = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    no_or = {"type": ["string", "null"]}
    count = {"type": ["integer", "null"]}
    path = whole_object(
        {
            "nodes": IDS,
            "seconds": {"type": "integer"},
            "waiting_seconds": {"type": "integer"},
            "waiting_share": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        }
    )
    node = whole_object({"earliest_seconds": count, "latest_seconds": count})
    process = whole_object(
        {
            "elapsed_seconds": seconds,
            "depends_on": {"type": "array", "items": OPEN_FACT, "description": "Times that nobody stated."},
            "endless": {**IDS, "description": "Nodes that the model lets repeat without bound."},
            "critical_path": {**path, "description": "Longest way; unknown times count as nothing."},
            "nodes": {"type": "object", "additionalProperties": node},
            "exact": {"type": "boolean", "description": "false: the bounds hold, but may be too wide."},
        }
    )
    process = with_limits(process)
    case = whole_object({"case": ID, "days": {"type": "integer"}, "first_day": day, "last_day": day})
    gap = {
        "gap_days": whole_object({"min": {"type": "integer"}, "max": count}),
        "not_counted": {**IDS, "description": "Nodes on the way whose time is not stated; it counts as nothing."},
        "cases": {"type": "array", "items": case},
        "witness": IDS,
        "exact": {"type": "boolean"},
    }
    change = whole_object({"benefit": ID, "node": ID})
    coverage = whole_object(
        {
            "timeline": {"enum": ["entitlement", "payment"]},
            "need": ID,
            "ended": change,
            "started": {"anyOf": [change, {"type": "null"}]},
            **gap,
        }
    )
    proof = whole_object(
        {
            "subject": whole_object({"kind": {"enum": ["benefit", "data"]}, "id": ID}),
            "document": ID,
            "began_at": ID,
            "issued_at": no_or,
            "bridged_by": no_or,
            "asked_by": IDS,
            "asked_at": IDS,
            **gap,
        }
    )
    coverage, proof = with_limits(coverage), with_limits(proof)
    dated = whole_object({"case": ID, "last_day": day, "done_on": day, "kept": {"type": "boolean"}})
    deadline = whole_object(
        {
            "path": ID,
            "since": ID,
            "until": ID,
            "within": {"type": "string"},
            "days": {"enum": ["calendar", "werktage", "working"]},
            "strength": {"enum": ["must", "should"]},
            "elapsed_seconds": seconds,
            "usual_seconds": seconds,
            "verdict": {"enum": ["kept", "tight", "impossible", "unknown"]},
            "certainty": CERTAINTY,
            "not_counted": IDS,
            "cases": {"type": "array", "items": dated},
            "exact": {"type": "boolean"},
        }
    )
    deadline = with_limits(deadline)
    covered = whole_object(
        {
            "timeline": {"enum": ["entitlement", "payment", "proof"]},
            "kind": {"enum": ["benefit", "document"]},
            "id": ID,
            "from": {"anyOf": [day, {"type": "null"}]},
            "to": {"anyOf": [day, {"type": "null"}]},
        }
    )
    return result_schema(
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
    count = whole_object(
        {
            "min": number_or_null,
            "max": {**number_or_null, "description": "null: a loop sets no bound."},
            "expected": {**number_or_null, "description": "null: a share of a decision is not stated."},
        }
    )
    share = whole_object(
        {
            "min": {"type": "number", "description": "If all that nobody stated is no."},
            "max": {"type": "number", "description": "If all that nobody stated is yes."},
            "of": {"type": "integer"},
        }
    )
    integer_or_null = {"type": ["integer", "null"]}
    span = whole_object({"min": integer_or_null, "max": integer_or_null})
    counts = ("contacts", "visits", "forms", "questions", "documents", "handovers", "media_breaks")
    shares = ("with_agreement", "with_legal_basis", "with_consent", "proactive", "needed", "validated", "unknown")
    gap_cost = whole_object(
        {
            "timeline": {"enum": ["entitlement", "payment"]},
            "need": {"type": "string"},
            "ended_at": ID,
            "started_at": {"type": ["string", "null"]},
            "benefit": ID,
            "currency": {"type": "string"},
            "min": {"type": "number"},
            "max": {**number_or_null, "description": "null: the gap has no bound, or never ends."},
            "cases": {"type": "object", "additionalProperties": {"type": "number"}},
        }
    )
    amounts = ("minutes", "avoidable_minutes", "euros", "minutes_per_year", "euros_per_year")
    burden = whole_object({name: {"anyOf": [count, {"type": "null"}]} for name in amounts})
    process = whole_object(
        {
            "counts": whole_object(dict.fromkeys(counts, count)),
            "bodies": count,
            "sites": count,
            "elapsed_seconds": span,
            "waiting_share": number_or_null,
            "milestones": {
                "type": "object",
                "additionalProperties": whole_object(
                    {
                        "earliest_seconds": integer_or_null,
                        "latest_seconds": integer_or_null,
                        "waiting_seconds": integer_or_null,
                    }
                ),
            },
            "shares": whole_object(dict.fromkeys(shares, share)),
            "gap_costs": {"type": "array", "items": gap_cost},
            "once_only": whole_object(
                {
                    "asked_items": {"type": "integer"},
                    "asked_once": {"type": "integer"},
                    "collection_factor": count,
                    "avoidable_places": span,
                    "avoidable_questions": count,
                    "gaps": count,
                    "covered_needs": whole_object(
                        {"min": {"type": "integer"}, "max": {"type": "integer"}, "of": {"type": "integer"}}
                    ),
                }
            ),
            "burden": {"anyOf": [burden, {"type": "null"}], "description": "null: no parameters were given."},
            "exact": {"type": "boolean"},
        }
    )
    return result_schema("metrics", {"processes": {"type": "object", "additionalProperties": with_limits(process)}})


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
        "$schema": DIALECT,
        "$id": f"{ADDRESS}/ankunft-case-1.json",
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
    step = whole_object(
        {
            "node": {"type": ["string", "null"]},
            "name": {"type": ["string", "null"]},
            "date": day_or_null,
            "fits": {"type": "boolean"},
            "skipped": IDS,
        }
    )
    gap = whole_object({"days": {"type": "integer"}, "first_day": day, "last_day": day})
    gaps = {"type": "array", "items": gap}
    element = whole_object({"kind": {"type": "string"}, "id": ID})
    finding = whole_object(
        {
            "rule": ID,
            "severity": {"enum": ["info", "hint", "warning", "error"]},
            "certainty": CERTAINTY,
            "elements": {"type": "array", "items": element},
        }
    )
    deadline = whole_object({"path": ID, "last_day": day, "done_on": day, "kept": {"type": "boolean"}})
    whole = result_schema(
        "replay",
        {
            "process": ID,
            "steps": {"type": "array", "items": step},
            "left_at": {"type": ["integer", "null"], "description": "Position of the first step that does not fit."},
            "missing_at_end": {"anyOf": [IDS, {"type": "null"}]},
            "out_of_order": IDS,
            "choices": {"type": "object", "additionalProperties": IDS},
            "gaps": whole_object({"entitlement": gaps, "payment": gaps, "proof": gaps}),
            "deadlines": {"type": "array", "items": deadline},
            "findings": {"type": "array", "items": finding},
        },
    )
    whole["properties"]["exact"] = {"type": "boolean", "description": "False: a run may have been overlooked."}
    return with_limits(whole)
