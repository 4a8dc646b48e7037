"""Findings for people in a terminal: the figures first, then rule by rule, the most severe first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

from ankunft_model.analysis import rule_by_id
from ankunft_model.analysis.run_wording import steps_of_run
from ankunft_model.cli.text_layout import CommandText
from ankunft_model.findings import (
    SEVERITIES,
    SEVERITY_NAMES,
    SEVERITY_PLURALS,
    Finding,
    Findings,
    Severity,
    counted_by_severity,
)
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language, Wording, counted

Checked: TypeAlias = tuple[str, ArrivalModel, Findings]
"""File, model and findings."""

MOST_IN_FULL: Final = 10
"""Rules with more findings are shown in brief: item by item, without the runs."""

_ABBREVIATED: Final[dict[Severity, Wording]] = {
    "error": Wording(de="krit.", en="errors"),
    "warning": Wording(de="beacht.", en="warn."),
    "hint": Wording(de="Hinw.", en="hints"),
    "info": Wording(de="Info.", en="infos"),
}
"""Heads of the columns where there is little room."""

_NARROW: Final = 76
_NONE: Final = "–"
_MOST_SEVERE_FIRST: Final[tuple[Severity, ...]] = SEVERITIES[::-1]


def as_text(checked: Sequence[Checked], *, language: Language, witness: Literal["short", "full"], width: int) -> str:
    """Return the findings as text: per model the figures, then the findings of each rule; the figures again at the end.

    Rules and, within a rule, findings come with the most severe first, otherwise in the order of the catalogue and of
    the model.
    """
    blocks = [_ModelText(*entry, language, witness, width).lines() for entry in checked]
    text = "\n\n\n".join("\n".join(block) for block in blocks)
    if len(checked) > 1:
        everything = Findings([finding for _, _, findings in checked for finding in findings])
        together = Wording(de=f"{len(checked)} Modelle", en=f"{len(checked)} models").in_language(language)
        text += f"\n\n{together}: {_counted(everything, language)}"
    return text


class _ModelText(CommandText):
    """The findings of one model in one language."""

    def __init__(
        self,
        file: str,
        model: ArrivalModel,
        findings: Findings,
        language: Language,
        witness: Literal["short", "full"],
        width: int,
    ) -> None:
        self.file = file
        self.model = model
        self.findings = findings
        self.is_full = witness == "full"
        super().__init__(language, width)
        rules = dict.fromkeys(finding.rule for finding in findings)
        by_rule = [Findings(_most_severe_first(findings.by_rule(rule))) for rule in rules]
        self.by_rule = sorted(by_rule, key=lambda found: -_rank(found[0]))

    def lines(self) -> list[str]:
        """Return all lines."""
        lines = [*self.wrapped(self.model.label(self.language)), self.file]
        if not self.findings:
            return [*lines, _counted(self.findings, self.language)]
        lines += ["", *self._figures()]
        for found in self.by_rule:
            lines += ["", *self._of_rule(found)]
        return [*lines, "", *self.wrapped(_counted(self.findings, self.language))]

    def _figures(self) -> list[str]:
        """Return a table: rules, and how many findings of which severity."""
        shown: list[Severity] = [severity for severity in _MOST_SEVERE_FIRST if self.findings.of_severity(severity)]
        words = _ABBREVIATED if self.width < _NARROW else SEVERITY_PLURALS
        heads = [self.words(words[severity]) for severity in shown]
        room = self.width - sum(len(head) + 2 for head in heads)
        rows = [["", *heads]]
        for found in self.by_rule:
            counts = [str(len(found.of_severity(severity)) or _NONE) for severity in shown]
            id_ = f"[{found[0].rule}]"
            # where a name is wider than its column, the title has to do: the name stands at the findings
            rows.append([f"{self._title(found)} {id_}" if len(id_) <= room else self._title(found), *counts])
        return self.table(rows)

    def _title(self, found: Findings) -> str:
        return self.words(rule_by_id(found[0].rule).title)

    def _of_rule(self, found: Findings) -> list[str]:
        lines = self.wrapped(f"{self._title(found)} [{found[0].rule}]", rest="  ")
        advice = {finding.recommendation for finding in found}
        same_advice = len(advice) == 1 and len(found) > 1
        if same_advice:
            lines += self._advice(found[0], "  ")
        if len(found) <= MOST_IN_FULL or self.is_full:
            for finding in found:
                lines += ["", *self._in_full(finding, with_advice=not same_advice)]
            return lines
        lines += self._by_item(found) if all(len(finding.data) == 1 for finding in found) else self._in_brief(found)
        inexact = [finding for finding in found if not finding.exact]
        if inexact:
            lines += ["", *self._limits(inexact, of=len(found), indent="  ")]
        return [*lines, *self._where_the_rest_is(found[0].rule, with_advice=not same_advice)]

    def _in_full(self, finding: Finding, *, with_advice: bool) -> list[str]:
        severity = self.words(SEVERITY_NAMES[finding.severity])
        text = f"{severity}{self._doubt(finding)}: {self.words(finding.message)}"
        lines = self.wrapped(text, first="  ", rest="    ")
        if with_advice:
            lines += self._advice(finding, "    ")
        run = finding.run() if self.is_full else finding.witness
        if len(run) > 1:
            names = " → ".join(steps_of_run(self.model, run, self.language))
            lines += self.labelled(self.say("Ablauf", "run"), names, indent="    ")
        for fact in finding.depends_on:
            question = f"{self.words(fact.question)} ({fact.path})"
            lines += self.labelled(self.say("offen", "open"), question, indent="    ")
        if not finding.exact:
            lines += self._limits([finding], of=1, indent="    ")
        ids = ", ".join(element.id for element in finding.elements)
        return [*lines, *self.labelled(self.say("im Modell", "in the model"), ids, indent="    ")]

    def _in_brief(self, found: Findings) -> list[str]:
        lines = [""]
        for finding in found:
            severity = self.words(SEVERITY_NAMES[finding.severity])
            text = f"{severity}{self._doubt(finding)}: {self.words(finding.message)}"
            lines += self.wrapped(text, first="  ", rest="    ")
        return lines

    def _by_item(self, found: Findings) -> list[str]:
        """Return a block per data item; items of which the same is said share a block."""
        of_item: dict[str, list[Finding]] = {}
        for finding in found:
            of_item.setdefault(finding.data[0], []).append(finding)
        items_of: dict[tuple[str, ...], list[str]] = {}
        for item, findings in of_item.items():
            items_of.setdefault(tuple(self._about(item, finding) for finding in findings), []).append(item)
        lines: list[str] = []
        for texts, items in items_of.items():
            names = ", ".join(self.model.data[item].label(self.language) for item in items)
            findings = of_item[items[0]]
            if len(findings) == 1:
                figures = SEVERITY_NAMES[findings[0].severity].in_language(self.language)
            else:
                figures = self.say("je " if len(items) > 1 else "", "each " if len(items) > 1 else "")
                figures += counted_by_severity(findings).in_language(self.language)
            lines += ["", *self.wrapped(f"{names}: {figures}", first="  ", rest="  ")]
            for text in texts:
                lines += self.wrapped(text, first="    · ")
        return lines

    def _about(self, item: str, finding: Finding) -> str:
        """Return the message without the name of the item, which stands above it."""
        message = self.words(finding.message)
        name = self.model.data[item].label(self.language)
        text = message.replace(f"„{name}“ ", "", 1) if self.language == "de" else message.replace(f"“{name}”", "it", 1)
        return text + self._doubt(finding)

    def _advice(self, finding: Finding, indent: str) -> list[str]:
        text = self.words(finding.recommendation)
        return self.labelled(self.say("Vorschlag", "suggestion"), text, indent=indent)

    def _where_the_rest_is(self, rule: str, *, with_advice: bool) -> list[str]:
        options = f"--select {rule} --witness full"
        if with_advice:
            text = self.say(f"Vorschläge und Abläufe dazu: {options}", f"Suggestions and runs: {options}")
        else:
            text = self.say(f"Abläufe dazu: {options}", f"Runs: {options}")
        return ["", *self.wrapped(text, first="  ")]

    def _limits(self, inexact: Sequence[Finding], *, of: int, indent: str) -> list[str]:
        """Return that findings are not exact, and why."""
        title = self.say("nicht genau", "not exact")
        if of > 1:
            title += self.say(f" ({len(inexact)} von {of})", f" ({len(inexact)} of {of})")
        reasons = dict.fromkeys(self.words(limit.message) for finding in inexact for limit in finding.limits)
        general = self.say("vielleicht zu vorsichtig.", "perhaps too careful.")
        return self.labelled(title, " ".join((general, *reasons)), indent=indent)

    def _doubt(self, finding: Finding) -> str:
        if finding.depends_on:
            return self.say(" (hängt von Offenem ab)", " (depends on what is open)")
        if finding.certainty == "possible":
            return self.say(" (möglich)", " (possible)")
        return ""


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _most_severe_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=_rank, reverse=True)  # stable: otherwise in their order


def _counted(findings: Findings, language: Language) -> str:
    """Return how many findings there are, in all and of each severity."""
    total = len(findings)
    if not total:
        return Wording(de="Keine Befunde.", en="No findings.").in_language(language)
    amount = counted(total, Wording(de="Befund", en="finding"), Wording(de="Befunde", en="findings"))
    return f"{amount.in_language(language)}: {counted_by_severity(findings).in_language(language)}."
