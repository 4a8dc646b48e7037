"""The JSON Schemas that ship: of a model's file, of files that it includes, and of results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ankunft_model.model.json_schema import include_schema, model_schema
from ankunft_model.sources.case_schemas import case_schema, metrics_schema, replay_schema, time_schema
from ankunft_model.sources.result_schemas import (
    data_schema,
    findings_schema,
    layout_check_schema,
    layout_schema,
    soundness_schema,
    suggest_schema,
)


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
