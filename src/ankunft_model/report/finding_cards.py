"""Findings as the page shows them: by severity, then rule, long lists also by data item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ankunft_model.analysis.rule import Rule
from ankunft_model.analysis.rules import ALL_RULES
from ankunft_model.analysis.run_wording import steps_of_run
from ankunft_model.exports.svg import fragment_id
from ankunft_model.findings import SEVERITIES, SEVERITY_NAMES, Finding, Severity
from ankunft_model.model import ArrivalModel
from ankunft_model.registries.measures import shipped_measures
from ankunft_model.report.names import PageNames
from ankunft_model.report.pictures import SIDE_PREFIX, Side
from ankunft_model.report.words import Words
from ankunft_model.wording import Wording

GROUPED_FROM: Final = 8
"""From so many findings of one rule and severity on, they are grouped by data item."""
_GENERAL: Final = Wording(de="ohne bestimmte Angabe", en="no particular datum")
_RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in ALL_RULES}


@dataclass(frozen=True, slots=True)
class Link:
    """A name, with the id of the place in the page that it leads to, if there is one."""

    name: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One finding.

    Attributes:
        anchor: Its id in the page.
        change: `remains` or `new` beside another model, else None.
        chain: The run that shows it, step by step.
        questions: Unknown facts that could remove it.
    """

    anchor: str
    severity: Severity
    severity_word: str
    rule: str
    message: str
    certainty: str
    is_exact: bool
    limits: tuple[str, ...]
    change: str | None
    elements: tuple[Link, ...]
    chain: tuple[str, ...]
    reasons: tuple[str, ...]
    recommendation: str
    measures: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Cards about one data item."""

    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Cards of one rule within one severity; either `cards` or `items` is filled."""

    anchor: str
    title: str
    why: str
    count: int
    cards: tuple[Card, ...]
    items: tuple[ItemGroup, ...]


@dataclass(frozen=True, slots=True)
class SeverityGroup:
    """Everything of one severity."""

    anchor: str
    severity: Severity
    word: str
    count: int
    rules: tuple[RuleGroup, ...]


class CardMaker:
    """Makes the cards of one model; `is_known` tells whether the model before had the finding, None: there is none."""

    def __init__(
        self,
        model: ArrivalModel,
        names: PageNames,
        words: Words,
        shapes: Mapping[tuple[str, str], str],
        side: Side,
        findings: Sequence[Finding],
        is_known: Callable[[Finding], bool] | None,
    ) -> None:
        self._model = model
        self._names = names
        self._words = words
        self._shapes = shapes
        self._prefix = SIDE_PREFIX[side]
        self._is_known = is_known
        self._anchor_of = anchors_of(findings, side)

    def anchor(self, finding: Finding) -> str:
        """Return the id of a finding in the page."""
        return self._anchor_of[finding.id]

    def element_anchor(self, id_: str) -> str:
        """Return the id of the row with the findings of an element."""
        return fragment_id(f"{self._prefix}-element-", id_)

    def card(self, finding: Finding) -> Card:
        """Return the card of a finding."""
        words, names = self._words, self._names
        change = None
        if self._is_known is not None:
            change = "remains" if self._is_known(finding) else "new"
        return Card(
            anchor=self.anchor(finding),
            severity=finding.severity,
            severity_word=words.of(SEVERITY_NAMES[finding.severity]),
            rule=rule_title(finding.rule, words),
            message=words.of(finding.message),
            certainty=words[finding.certainty],
            is_exact=finding.exact,
            limits=tuple(words.of(reached.message) for reached in finding.limits),
            change=change,
            elements=tuple(
                Link(names.of(element.kind, element.id), self._shapes.get((element.kind, element.id)))
                for element in finding.elements
            ),
            chain=steps_of_run(self._model, finding.witness, words.language),
            reasons=tuple(dict.fromkeys(names.of(reason.kind, reason.id) for reason in finding.because)),
            recommendation=words.of(finding.recommendation),
            measures=tuple(self._measure(id_) for id_ in finding.measures),
            questions=tuple(words.of(fact.question) for fact in finding.depends_on),
        )

    def groups(self, findings: Iterable[Finding]) -> tuple[SeverityGroup, ...]:
        """Return all findings, the most severe first, rules in the order of their first finding."""
        by_severity: dict[Severity, dict[str, list[Finding]]] = {severity: {} for severity in reversed(SEVERITIES)}
        for finding in findings:
            by_severity[finding.severity].setdefault(finding.rule, []).append(finding)
        return tuple(
            SeverityGroup(
                anchor=f"{self._prefix}-{severity}",
                severity=severity,
                word=self._words.of(SEVERITY_NAMES[severity]),
                count=sum(len(found) for found in by_rule.values()),
                rules=tuple(self._rule_group(severity, rule, found) for rule, found in by_rule.items()),
            )
            for severity, by_rule in by_severity.items()
            if by_rule
        )

    def _rule_group(self, severity: Severity, rule: str, findings: list[Finding]) -> RuleGroup:
        is_grouped = len(findings) >= GROUPED_FROM and all(finding.data for finding in findings)
        return RuleGroup(
            anchor=fragment_id(f"{self._prefix}-{severity}-", rule),
            title=rule_title(rule, self._words),
            why=self._words.of(_RULES[rule].matters) if rule in _RULES else "",
            count=len(findings),
            cards=() if is_grouped else tuple(self.card(finding) for finding in findings),
            items=self._by_item(findings) if is_grouped else (),
        )

    def _by_item(self, findings: list[Finding]) -> tuple[ItemGroup, ...]:
        """Return findings by what they are about; those about the same group of items stay together."""
        by_name: dict[str, list[Card]] = {}
        for finding in findings:
            named = ", ".join(self._names.items(finding.data)) or self._words.of(_GENERAL)
            by_name.setdefault(named, []).append(self.card(finding))
        return tuple(ItemGroup(name, tuple(cards)) for name, cards in by_name.items())

    def _measure(self, id_: str) -> str:
        if id_ in self._model.measures:
            return self._names.of("measure", id_)
        shipped = shipped_measures().get(id_)
        return id_ if shipped is None else self._words.of(shipped.name)


def anchors_of(findings: Sequence[Finding], side: Side) -> dict[str, str]:
    """Return the id in the page of each finding by its own id; numbers keep the page small."""
    anchors: dict[str, str] = {}
    for finding in findings:
        anchors.setdefault(finding.id, f"{SIDE_PREFIX[side]}-befund-{len(anchors) + 1}")
    return anchors


def rule_title(rule: str, words: Words) -> str:
    """Return what a rule is called; the id of one that is not known here."""
    return words.of(_RULES[rule].title) if rule in _RULES else rule
