"""The JSON Schemas that ship."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from ankunft_model.findings import Finding, Findings
from ankunft_model.model import to_plain
from ankunft_model.sources.file_reader import read
from ankunft_model.sources.schemas import schema, schema_names
from ankunft_model.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for path in (ROOT / "examples").glob("*/*.yaml") if not path.name.endswith(".ankunft.yaml"))
EXAMPLES = [path for path in FILES if "\nprocesses:" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", schema_names())
def test_every_schema_is_one_and_its_file_is_up_to_date(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))

    assert json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8")) == schema(name)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_example_fits(path: Path) -> None:
    validator = Draft202012Validator(schema("ankunft-1"))

    assert list(validator.iter_errors(to_plain(read(path)))) == []


class _EditorLoader(yaml.SafeLoader):
    """Reads a file as editors do for their schemas: numbers and truth values, but dates are text."""


_EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_editors_read(path: Path) -> dict[str, Any]:
    """Return the file as it stands, abbreviations and all."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _EditorLoader)
    return found


def included_file() -> dict[str, Any]:
    """Return the registries that the two models of one example share."""
    return as_editors_read(ROOT / "examples" / "dueren" / "common.yaml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_file_of_the_examples_fits_the_schema_that_it_names(path: Path) -> None:
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
    assert named is not None

    validator = Draft202012Validator(json.loads((path.parent / named[1]).read_text(encoding="utf-8")))

    assert list(validator.iter_errors(as_editors_read(path))) == []


def test_a_file_with_processes_names_the_schema_of_models_and_one_without_that_of_included_files() -> None:
    for path in FILES:
        content = as_editors_read(path)
        name = "ankunft-1" if "processes" in content else "ankunft-include-1"
        if content.get("format") == "ankunft-case/1":
            name = "ankunft-case-1"

        assert path.read_text(encoding="utf-8").splitlines()[0].endswith(f"/schemas/{name}.json")


@pytest.mark.parametrize(
    "more",
    [
        {"processes": {"p": {"name": "P", "nodes": {}}}},
        {"id": "m"},
        {"state": "as_is"},
        {"title": "M"},
        {"actorss": {}},
        {"actors": {"abh": {"knd": "immigration_office"}}},
    ],
    ids=lambda more: "-".join(more),
)
def test_an_included_file_holds_registries_only(more: dict[str, Any]) -> None:
    validator = Draft202012Validator(schema("ankunft-include-1"))

    assert not validator.is_valid({**included_file(), **more})


def test_entries_of_an_included_file_may_be_partial() -> None:
    validator = Draft202012Validator(schema("ankunft-include-1"))

    assert validator.is_valid({})
    assert validator.is_valid({"format": "ankunft/1", "include": "more.yaml", "actors": {"abh": {"name": "ABH"}}})


def test_every_definition_of_the_schema_of_included_files_is_used() -> None:
    text = json.dumps(schema("ankunft-include-1"))

    assert [name for name in schema("ankunft-include-1")["$defs"] if f'"#/$defs/{name}"' not in text] == []
    assert "Flow" not in schema("ankunft-include-1")["$defs"]


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
    gap = {"node": "w", "actor": "a", "certainty": "possible", "depends_on": [], "witness": ["s", "w"]}
    item = {"collections": bounds, "by_process": {"p": bounds}, "collected_at": ["w"], "gaps": [gap], "avoidable": []}
    item["exact"] = True
    validator = Draft202012Validator(schema("ankunft-data-1"))

    with_members = {**item, "by_member": {"child": item}}

    assert list(validator.iter_errors({"format": "ankunft-data/1", "items": {"d": item, "e": with_members}})) == []
    assert not validator.is_valid({"format": "ankunft-data/1", "items": {"d": {**item, "gaps": [{"node": "w"}]}}})
