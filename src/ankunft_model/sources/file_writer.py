"""From a model to its canonical text: YAML for people, JSON for programs; equal models give equal text."""

from __future__ import annotations

import json
from typing import Final

from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.canonical import to_plain
from ankunft_model.sources.yaml_writer import to_yaml_text

SCHEMA_COMMENT: Final = "# yaml-language-server: $schema={address}\n"


def to_yaml(model: ArrivalModel, *, schema: str | None = None) -> str:
    """Return `model` as YAML; entries that stem from a shipped pack are left out, reading puts them back.

    Args:
        model: The model.
        schema: Address or path of the JSON Schema that editors shall use; it becomes a comment in the first line.
    """
    comment = "" if schema is None else SCHEMA_COMMENT.format(address=" ".join(schema.split()))
    return comment + to_yaml_text(to_plain(model))


def to_json(model: ArrivalModel) -> str:
    """Return `model` as JSON of the same shape, with two spaces per level."""
    return json.dumps(to_plain(model), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
