"""From a file to a checked model; the suffix of its name decides how it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.sources.file_bytes import FilePath, shown_name
from ankunft_model.sources.text_reader import (
    JSON_SUFFIX,
    YAML_SUFFIXES,
    read_json,
    read_text,
    read_yaml,
    unknown_suffix,
)

__all__ = ["read", "read_json", "read_text", "read_yaml"]


BPMN_SUFFIXES: Final = (".bpmn", ".xml", ".zip")
"""BPMN, a message of XProzess, an archive of either."""


def read(path: FilePath) -> ArrivalModel:
    """Return the model that a file states; `.yaml`, `.yml`, `.json`, and `.bpmn`, `.xml`, `.zip` are known.

    Raises:
        SourceError: everything that is wrong with the file, each with line, column and path.
    """
    suffix = Path(shown_name(path)).suffix.lower()
    if suffix in YAML_SUFFIXES:
        return read_yaml(path)
    if suffix == JSON_SUFFIX:
        return read_json(path)
    if suffix in BPMN_SUFFIXES:
        from ankunft_model.sources.bpmn import read_bpmn  # loads lxml, which the other forms do not need

        return read_bpmn(path)
    raise SourceError([Problem("unknown-suffix", unknown_suffix(suffix), Location(shown_name(path)))])
