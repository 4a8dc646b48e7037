"""Every example finds exactly what stands beside it: no finding more, none less, and the figures it names."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from tests.examples.asked_in_case import least_times_asked

import ankunft_model as am
from ankunft_model.analysis import Computations, check
from ankunft_model.analysis.rules import ALL_RULES
from ankunft_model.analysis.timing.coverage import Timeline

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TIMELINES: dict[str, Timeline] = {"without_entitlement": "entitlement", "without_payment": "payment"}


class Expected(NamedTuple):
    """One model of an example, and what is expected of it."""

    example: str
    content: dict[str, Any]

    @property
    def path(self) -> Path:
        """The file of the model."""
        return EXAMPLES / self.example / str(self.content["file"])


def _expectations() -> list[Any]:
    found: list[Any] = []
    for file in sorted(EXAMPLES.glob("*/expected/findings.yaml")):
        for name, content in yaml.safe_load(file.read_text(encoding="utf-8"))["models"].items():
            example = file.parents[1].name
            found.append(pytest.param(Expected(example, content), id=f"{example}-{name}"))
    return found


@cache
def _model(path: Path) -> am.ArrivalModel:
    return am.read(path)


@cache
def _findings(path: Path) -> am.Findings:
    return check(_model(path), computations=_computed(path))


@cache
def _computed(path: Path) -> Computations:
    return Computations(_model(path))


def _stated(entry: dict[str, Any]) -> tuple[Any, ...]:
    return (tuple(entry["elements"]), tuple(entry.get("data", ())), entry["severity"], entry["certainty"])


def _seen(finding: am.Finding) -> tuple[Any, ...]:
    return (tuple(element.id for element in finding.elements), finding.data, finding.severity, finding.certainty)


expectation = pytest.mark.parametrize("expected", _expectations())


def test_every_example_states_what_it_expects() -> None:
    examples = {file.parent for file in EXAMPLES.glob("*/README.md")}

    assert examples
    assert all((example / "expected" / "findings.yaml").is_file() for example in examples)


@expectation
def test_only_rules_that_are_expected_find_something(expected: Expected) -> None:
    stated = {*expected.content["findings"], *expected.content["counted"]}

    assert {finding.rule for finding in _findings(expected.path)} == stated


@expectation
def test_listed_findings_are_found_and_no_others(expected: Expected) -> None:
    stated = {rule: [_stated(entry) for entry in entries] for rule, entries in expected.content["findings"].items()}

    found = {rule: [_seen(finding) for finding in _findings(expected.path).by_rule(rule)] for rule in stated}

    assert found == stated


@expectation
def test_counted_findings_agree_item_by_item(expected: Expected) -> None:
    for rule, stated in expected.content["counted"].items():
        counted: dict[str, Counter[str]] = {}
        for finding in _findings(expected.path).by_rule(rule):
            (item,) = finding.data
            counts = counted.setdefault(item, Counter())
            counts[f"{finding.severity} {finding.certainty}"] += 1
            if "steps" in stated.get(item, ()):
                counts["steps"] += sum(element.kind == "node" for element in finding.elements)

        assert {item: dict(counts) for item, counts in counted.items()} == stated, rule


@expectation
def test_noted_findings_name_the_right_that_would_avoid_them(expected: Expected) -> None:
    for rule, entries in expected.content["noted"].items():
        for entry in entries:
            (found,) = [f for f in _findings(expected.path).by_rule(rule) if _seen(f)[0] == tuple(entry["elements"])]

            assert (found.severity, found.certainty) == (entry["severity"], entry["certainty"])
            assert [r.id for r in found.because if r.kind == "legal_basis"] == entry["legal_bases"]


@expectation
def test_every_finding_is_exact_and_shows_where_it_comes_from(expected: Expected) -> None:
    for finding in _findings(expected.path):
        assert finding.exact, finding.id
        assert finding.witness, finding.id


@expectation
def test_the_process_is_sound(expected: Expected) -> None:
    assert {result.sound for result in _computed(expected.path).soundness.values()} == {expected.content["sound"]}


@expectation
@pytest.mark.parametrize("figure", TIMELINES)
def test_days_without_cover_agree(expected: Expected, figure: str) -> None:
    found = [
        {
            "from": gap.ended_at,
            "to": gap.started_at,
            "min_days": gap.least_days,
            "max_days": gap.most_days,
            "case": case.case,
            "days": case.days,
            "first_day": case.first_day,
            "last_day": case.last_day,
        }
        for gap in _computed(expected.path).coverage_gaps(TIMELINES[figure])
        for case in gap.cases
    ]

    assert found == expected.content["figures"][figure]


@expectation
def test_days_without_proof_agree(expected: Expected) -> None:
    found = [
        {
            "from": gap.began_at,
            "to": gap.issued_at,
            "min_days": gap.least_days,
            "max_days": gap.most_days,
            "case": case.case,
            "days": case.days,
            "first_day": case.first_day,
            "last_day": case.last_day,
        }
        for gap in _computed(expected.path).proof_gaps
        for case in gap.cases
    ]

    assert found == expected.content["figures"]["without_proof"]


@expectation
def test_the_person_is_asked_as_often_as_stated(expected: Expected) -> None:
    model = _model(expected.path)
    for item, stated in expected.content["figures"]["asked"].items():
        case = model.cases[expected.content["case"]]
        (process,) = model.processes.values()
        (knowledge,) = _computed(expected.path).knowledge
        (known,) = [found for key, found in knowledge.items.items() if (key.item, key.member) == (item, "")]
        found = {
            "min": known.collections.least,
            "max": known.collections.most,
            "min_bodies": known.collections.least_askers,
            "max_bodies": known.collections.most_askers,
            "case": least_times_asked(model, process, case, item),
        }
        if "after" in stated:
            found["after"] = least_times_asked(model, process, case, item, after=expected.content["after"])

        assert found == stated, item


@expectation
def test_what_is_put_off_waits_for_rules_that_do_not_exist_yet(expected: Expected) -> None:
    model = _model(expected.path)
    known = {*model.nodes, *model.handovers, *model.information_duties}

    assert not set(expected.content["later"]) & {rule.id for rule in ALL_RULES}, "move them to findings"
    for entries in expected.content["later"].values():
        assert all(set(entry["elements"]) <= known for entry in entries)


@expectation
def test_what_is_deliberately_not_reported_is_not(expected: Expected) -> None:
    model = _model(expected.path)
    rules = {rule.id for rule in ALL_RULES}
    for entry in expected.content.get("not_reported", ()):
        assert entry["rule"] in rules
        assert entry["why"]
        for element in entry["elements"]:
            assert any(
                element in registry
                for registry in (model.nodes, model.handovers, model.data, model.benefits, model.processes)
            ), element
        found = _findings(expected.path).by_rule(entry["rule"])
        assert not [finding.id for finding in found if finding.elements[0].id in entry["elements"]]
