"""A documented case is read whole, or everything that is wrong with it is named at once."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from ankunft_model.errors import SourceError
from ankunft_model.sources.case_file import read_case, read_case_text
from ankunft_model.sources.schemas import schema

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "dueren" / "case.yaml"


def test_the_example_is_read_and_fits_the_schema() -> None:
    case = read_case(EXAMPLE)

    plain = yaml.load(EXAMPLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    jsonschema.validate(plain, schema("ankunft-case-1"))
    assert (case.id, case.model, case.cohort) == ("fall_17", "dueren_ist", "anerkannte")
    assert [step.node for step in case.steps][4] is None


def test_every_problem_is_named_with_its_place() -> None:
    text = (
        "format: ankunft-case/2\nmodel: A B\nstep: []\n"
        "steps:\n  - {node: a, date: 7.5.2025}\n  - {date: 2025-01-01, nod: b}\n  - nothing\n"
    )

    with pytest.raises(SourceError) as caught:
        read_case_text(text)

    found = {(problem.code, problem.location.path) for problem in caught.value.problems}
    assert found == {
        ("unknown-format", "format"),
        ("missing-key", ""),
        ("malformed-id", "model"),
        ("unknown-key", "step"),
        ("malformed-date", "steps[0].date"),
        ("missing-key", "steps[1]"),
        ("unknown-key", "steps[1].nod"),
        ("wrong-type", "steps[2]"),
    }
    assert all(problem.location.line for problem in caught.value.problems)


@pytest.mark.parametrize("text", ["[]", "a", "format: ankunft-case/1\nid: x\nsteps: {a: b}\n"])
def test_what_is_no_case_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        read_case_text(text)


def test_json_is_read_too() -> None:
    text = '{"format": "ankunft-case/1", "id": "x", "steps": [{"node": "a", "date": "2025-01-01"}]}'

    assert read_case_text(text, is_json=True).steps[0].node == "a"
