"""Findings of two models side by side: what is gone, what remains, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ankunft_model.findings import Finding
from ankunft_model.report.finding_cards import rule_title
from ankunft_model.report.words import Words

FindingKey: TypeAlias = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """How the findings of one rule change from one model to the other."""

    rule: str
    before: int
    gone: int
    remains: int
    new: int
    after: int


def key_of(finding: Finding) -> FindingKey:
    """Return what makes a finding the same in two models: rule, main element, data.

    Further elements take no part: a datum that is asked at sixteen places instead of nineteen is still asked again.
    """
    main = finding.elements[0] if finding.elements else None
    data = () if main is not None and main.kind == "handover" else finding.data
    return (finding.rule, main.kind if main else "", main.id if main else "", data)


def keys_of(findings: Sequence[Finding]) -> frozenset[FindingKey]:
    """Return the keys of all `findings`."""
    return frozenset(key_of(finding) for finding in findings)


def compare_by_rule(before: Sequence[Finding], after: Sequence[Finding], words: Words) -> tuple[ComparisonRow, ...]:
    """Return one row per rule, in the order of the findings; `remains` counts findings of the model after."""
    before_keys, after_keys = keys_of(before), keys_of(after)
    rules = dict.fromkeys(finding.rule for finding in (*before, *after))
    return tuple(
        ComparisonRow(
            rule_title(rule, words),
            before=sum(finding.rule == rule for finding in before),
            gone=sum(finding.rule == rule and key_of(finding) not in after_keys for finding in before),
            remains=sum(finding.rule == rule and key_of(finding) in before_keys for finding in after),
            new=sum(finding.rule == rule and key_of(finding) not in before_keys for finding in after),
            after=sum(finding.rule == rule for finding in after),
        )
        for rule in rules
    )
