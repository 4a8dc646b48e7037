"""The JSON Schemas that ship."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ankunft_model.findings import Finding, Findings
from ankunft_model.model import to_plain
from ankunft_model.sources.file_reader import read
from ankunft_model.sources.schemas import schema, schema_names
from ankunft_model.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(
    path for path in (ROOT / "examples").rglob("*.yaml") if "\nprocesses:" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", schema_names())
def test_every_schema_is_one_and_its_file_is_up_to_date(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))

    assert json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8")) == schema(name)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_example_fits(path: Path) -> None:
    validator = Draft202012Validator(schema("ankunft-1"))

    assert list(validator.iter_errors(to_plain(read(path)))) == []


def test_findings_fit() -> None:
    wording = Wording(de="x", en="x")
    finding = Finding(
        id="r:a", rule="r", model="m", severity="error", certainty="definite", elements=(), message=wording,
        recommendation=wording,
    )  # fmt: skip
    validator = Draft202012Validator(schema("ankunft-findings-1"))

    assert list(validator.iter_errors(Findings((finding,)).to_dict())) == []
    assert not validator.is_valid({"format": "ankunft-findings/2", "findings": []})
    assert not validator.is_valid({"format": "ankunft-findings/1", "findings": [{"id": "x"}]})


def test_the_data_overview_fits() -> None:
    bounds = {"min": 1, "max": None}
    gap = {"node": "w", "actor": "a", "certainty": "possible", "witness": ["s", "w"]}
    item = {"collections": bounds, "by_process": {"p": bounds}, "collected_at": ["w"], "gaps": [gap], "avoidable": []}
    validator = Draft202012Validator(schema("ankunft-data-1"))

    assert list(validator.iter_errors({"format": "ankunft-data/1", "items": {"d": item}})) == []
    assert not validator.is_valid({"format": "ankunft-data/1", "items": {"d": {**item, "gaps": [{"node": "w"}]}}})
