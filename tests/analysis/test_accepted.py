"""What is left out of findings: exceptions for a time, and findings that were accepted before."""

from __future__ import annotations

from datetime import date

import pytest

from ankunft_model.analysis import check
from ankunft_model.analysis.accepted import Baseline, without_suppressed
from ankunft_model.analysis.settings import Suppression
from ankunft_model.errors import SourceError
from ankunft_model.findings import Findings

from .rules.cases import case

DAY = date(2025, 6, 1)


def findings() -> Findings:
    model = case(
        "first: {name: Schritt 1, actor: sozialamt, next: then}\nthen: {name: Schritt 2, actor: none, next: ende}"
    )
    return check(model, select=["label-style", "missing-responsibility"])


def suppressed(rule: str = "label-style", elements: tuple[str, ...] = (), until: date | None = None) -> Suppression:
    return Suppression(frozenset((rule,)), frozenset(elements), "Weil.", until, "suppress[0]")


@pytest.mark.parametrize(
    ("exception", "left", "expired", "unused"),
    [
        (suppressed(), 1, False, False),
        (suppressed(elements=("first",)), 2, False, False),
        (suppressed(elements=("ende",)), 3, False, True),
        (suppressed("dead-end"), 3, False, True),
        (suppressed(until=DAY), 1, False, False),
        (suppressed(until=date(2025, 5, 31)), 3, True, False),
        (suppressed(until=date(2025, 6, 2)), 1, False, False),
        (suppressed("dead-end", until=date(2025, 5, 31)), 3, False, True),
    ],
)
def test_an_exception_holds_up_to_its_last_day_for_what_it_means(
    exception: Suppression, left: int, expired: bool, unused: bool
) -> None:
    sifted = without_suppressed(findings(), [exception], DAY)

    assert (len(sifted.shown), sifted.suppressed) == (left, 3 - left)
    assert (bool(sifted.expired), bool(sifted.unused)) == (expired, unused)


def test_one_exception_that_holds_is_enough_and_without_a_day_none_has_expired() -> None:
    old, new = suppressed(until=date(2020, 1, 1)), suppressed()

    assert len(without_suppressed(findings(), [old, new], DAY).shown) == 1
    assert len(without_suppressed(findings(), [old], DAY).shown) == 3
    assert len(without_suppressed(findings(), [old], None).shown) == 1
    assert without_suppressed(findings(), [old], None).expired == ()


def test_what_was_accepted_stays_accepted_until_it_grows_worse() -> None:
    found = findings()
    baseline = Baseline.of(found)
    worse = check(
        case("first: {name: Schritt 1, actor: sozialamt, next: ende}"),
        select=["label-style"],
        severities={"label-style": "warning"},
    )
    better = Baseline.of(worse)

    assert all(baseline.accepts(finding) for finding in found)
    assert [baseline.accepts(finding) for finding in worse] == [False]
    assert [better.accepts(finding) for finding in found if finding.elements[0].id == "first"] == [True]
    assert not Baseline({}).accepts(next(iter(found)))


def test_accepted_findings_that_are_gone_are_counted_for_the_models_that_were_looked_at() -> None:
    found = findings()
    baseline = Baseline.of(found)

    assert baseline.gone(found, ["fall"]) == 0
    assert baseline.gone([], ["fall"]) == 3
    assert baseline.gone([], ["other"]) == 0
    assert baseline.gone([*found][:1], ["other", "fall"]) == 2


def test_the_file_is_read_as_it_was_written() -> None:
    baseline = Baseline.of(findings())
    again = Baseline.parse(baseline.to_json(), file="b.json")

    assert again.to_json() == baseline.to_json()
    assert all(again.accepts(finding) for finding in findings())
    assert Baseline({}).to_json().count("\n") == 4
    assert Baseline.parse(Baseline({}).to_json(), file="b.json").gone([], ["fall"]) == 0


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "other/1", "accepted": []}', '{"format": "ankunft-baseline/1"}',
     '{"format": "ankunft-baseline/1", "accepted": [{"model": "m", "id": "i", "severity": "mild"}]}',
     '{"format": "ankunft-baseline/1", "accepted": [1]}'],
)  # fmt: skip
def test_a_file_that_is_no_list_of_accepted_findings_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="ankunft-baseline/1"):
        Baseline.parse(text, file="b.json")
