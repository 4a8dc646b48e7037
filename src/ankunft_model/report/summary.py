"""What a head of department reads: three sentences and a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ankunft_model.analysis.time_wording import days
from ankunft_model.analysis.timing.coverage import Timeline
from ankunft_model.findings import SEVERITIES, Finding, Severity, counted_by_severity
from ankunft_model.model import Activity, text_in
from ankunft_model.report.comparison import compare_by_rule
from ankunft_model.report.names import PageNames
from ankunft_model.report.subject import GapFigure, ItemCollections, Subject
from ankunft_model.report.tables import shown_date
from ankunft_model.report.words import Words
from ankunft_model.wording import Wording, counted


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure, what it counts, the figure of the other model if there is one, and how severe it is."""

    value: str
    label: str
    other: str | None = None
    severity: Severity | None = None
    note: str = ""

    @property
    def trend(self) -> str:
        """`better`, `worse` or `same`: the other figure against this one, where less is better."""
        if self.other is None or not (self.value.isdigit() and self.other.isdigit()):
            return "same"
        mine, theirs = int(self.value), int(self.other)
        return "better" if theirs < mine else "worse" if theirs > mine else "same"


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """How many findings of a rule there are, by severity from the most severe."""

    rule: str
    counts: tuple[int, ...]
    total: int
    target: str


def counts_of(findings: Sequence[Finding]) -> dict[Severity, int]:
    """Return the number of findings by severity, the most severe first."""
    return {severity: sum(finding.severity == severity for finding in findings) for severity in reversed(SEVERITIES)}


def sentences(subject: Subject, names: PageNames, to_be: Subject | None, words: Words) -> tuple[str, ...]:
    """Return the management summary: how much was found, what it costs people, what is asked most."""
    found = [_amount(subject, words)]
    money = _money(subject, names, words)
    if money is not None:
        found.append(money)
    asked = _asked(subject, names, words)
    if asked is not None:
        found.append(asked)
    if to_be is not None:
        found.append(_comparison(subject, to_be, words))
    return tuple(found)


def tiles(subject: Subject, names: PageNames, to_be: Subject | None, words: Words) -> tuple[Tile, ...]:
    """Return the figures that matter, beside those of the to-be model."""
    labels: dict[Severity, tuple[Wording, Wording]] = {
        "error": (Wording("kritischer Befund", "error"), Wording("kritische Befunde", "errors")),
        "warning": (Wording("zu beachten", "warning"), Wording("zu beachten", "warnings")),
        "hint": (Wording("Hinweis", "hint"), Wording("Hinweise", "hints")),
    }
    mine = counts_of(subject.findings)
    theirs = None if to_be is None else counts_of(to_be.findings)
    found = [
        Tile(
            str(mine[severity]),
            words.of(one if mine[severity] == 1 else many),
            None if theirs is None else str(theirs[severity]),
            severity,
        )
        for severity, (one, many) in labels.items()
    ]
    timelines: tuple[tuple[Timeline, str], ...] = (("entitlement", "days_entitlement"), ("payment", "days_payment"))
    for timeline, label in timelines:
        without, note = _days(subject, timeline, names, words)
        if without is not None:
            other = None if to_be is None else _days(to_be, timeline, names, words)[0]
            found.append(Tile(without, words[label], other, note=note))
    most = _most_asked(subject)
    if most is not None:
        item, collections = most
        other_most = None if to_be is None or to_be.collections is None else to_be.collections.get(item)
        found.append(
            Tile(
                _most(collections),
                words["times_asked"],
                None if other_most is None else _most(other_most),
                note=names.of("data", item),
            )
        )
    return tuple(found)


def _amount(subject: Subject, words: Words) -> str:
    model = subject.model
    place = "" if model.municipality is None else text_in(model.municipality.name, words.language)
    day = "" if model.as_of is None else shown_date(model.as_of.isoformat(), words)
    total = len(subject.findings)
    steps = sum(isinstance(node, Activity) for node in model.nodes.values())
    bodies = len({node.actor for node in model.nodes.values() if node.actor not in (None, "none")})
    frame_de = [place, f"{steps} Schritte, {bodies} Beteiligte", _in("Rechtsstand ", day)]
    frame_en = [place, f"{steps} steps, {bodies} parties", _in("law as of ", day)]
    brackets_de = f" ({'; '.join(filter(None, frame_de))})"
    brackets_en = f" ({'; '.join(filter(None, frame_en))})"
    if total == 0:
        return words.of(
            Wording(
                f"In den modellierten Abläufen{brackets_de} fand die Prüfung keine Befunde.",
                f"In the modelled processes{brackets_en} the check found nothing.",
            )
        )
    found = counted(total, Wording("Befund", "finding"), Wording("Befunde", "findings"))
    by_severity = counted_by_severity(subject.findings)
    return words.of(
        Wording(
            f"In den modellierten Abläufen{brackets_de} fand die Prüfung {found.de}: {by_severity.de}.",
            f"In the modelled processes{brackets_en} the check found {found.en}: {by_severity.en}.",
        )
    )


def _money(subject: Subject, names: PageNames, words: Words) -> str | None:
    if subject.gaps is None:
        return None
    parts_de: list[str] = []
    parts_en: list[str] = []
    cases: dict[str, None] = {}
    for timeline, de, en in (
        ("entitlement", "ohne Anspruch", "without entitlement"),
        ("payment", "ohne Auszahlung", "without payment"),
    ):
        worst = _worst([gap for gap in subject.gaps if gap.timeline == timeline])
        if worst is None:
            continue
        if worst.case is not None and worst.case_days is not None:
            cases.setdefault(worst.case)
            length = days(worst.case_days)
            parts_de.append(f"{length.de} {de}")
            parts_en.append(f"{length.en} {en}")
        else:
            parts_de.append(f"{_span(worst, 'bis zu', 'mindestens')} Tage {de}")
            parts_en.append(f"{_span(worst, 'up to', 'at least')} days {en}")
    if not parts_de:
        return words.of(
            Wording(
                "Zwischen den Leistungen entsteht in keinem Ablauf ein Tag ohne Anspruch oder ohne Auszahlung.",
                "Between the benefits no run has a day without entitlement or without payment.",
            )
        )
    in_case_de = " im Fall " + ", ".join(f"„{names.of('case', case)}“" for case in cases) if cases else ""
    in_case_en = " in the case " + ", ".join(f"“{names.of('case', case)}”" for case in cases) if cases else ""
    return words.of(
        Wording(
            f"Beim Wechsel der Leistung entstehen{in_case_de} {' und '.join(parts_de)}.",
            f"When the benefit changes there are {' and '.join(parts_en)}{in_case_en}.",
        )
    )


def _asked(subject: Subject, names: PageNames, words: Words) -> str | None:
    most = _most_asked(subject)
    if most is None:
        return None
    item, found = most
    bodies = len({names.performer(node) for node in found.collected_at})
    name = names.of("data", item)
    often = _most(found)
    return words.of(
        Wording(
            f"Am häufigsten wird „{name}“ erfragt: bis zu {often}-mal innerhalb eines Ablaufs, an {bodies} Stellen.",
            f"What is asked most often is “{name}”: up to {often} times within one run, by {bodies} bodies.",
        )
    )


def _comparison(subject: Subject, to_be: Subject, words: Words) -> str:
    rows = compare_by_rule(subject.findings, to_be.findings, words)
    gone, left, new = sum(row.gone for row in rows), sum(row.remains for row in rows), sum(row.new for row in rows)
    return words.of(
        Wording(
            f"Im Soll entfällt 1 Befund, {left} bleiben, {new} kommen hinzu."
            if gone == 1
            else f"Im Soll entfallen {gone} Befunde, {left} bleiben, {new} kommen hinzu.",
            f"In the to-be state {'1 finding is' if gone == 1 else f'{gone} findings are'} gone, {left} remain, "
            f"{new} are new.",
        )
    )


def _most_asked(subject: Subject) -> tuple[str, ItemCollections] | None:
    asked = [
        (item, found) for item, found in (subject.collections or {}).items() if found.most is None or found.most > 1
    ]
    return max(asked, key=lambda pair: (pair[1].most is None, pair[1].most or 0, pair[1].least), default=None)


def _most(found: ItemCollections) -> str:
    return "∞" if found.most is None else str(found.most)


def _days(subject: Subject, timeline: Timeline, names: PageNames, words: Words) -> tuple[str | None, str]:
    if subject.gaps is None:
        return None, ""
    worst = _worst([gap for gap in subject.gaps if gap.timeline == timeline])
    if worst is None:
        return "0", ""
    bounds = _span(worst, "bis", "ab") if words.language == "de" else _span(worst, "up to", "from")
    if worst.case is not None and worst.case_days is not None:
        note = Wording(
            f"Fall „{names.of('case', worst.case)}“; über alle Abläufe {bounds}",
            f"case “{names.of('case', worst.case)}”; over all runs {bounds}",
        )
        return str(worst.case_days), words.of(note)
    return bounds, ""


def _worst(gaps: Sequence[GapFigure]) -> GapFigure | None:
    """Return the gap with most days, dated cases before bounds."""
    return max(
        (gap for gap in gaps if gap.most_days != 0 or gap.case_days),
        key=lambda gap: (gap.case_days is not None, gap.case_days or 0, gap.most_days is None, gap.most_days or 0),
        default=None,
    )


def _span(gap: GapFigure, up_to: str, at_least: str) -> str:
    if gap.most_days is None:
        return f"{at_least} {gap.least_days}"
    return str(gap.most_days) if gap.least_days == gap.most_days else f"{up_to} {gap.most_days}"


def _in(before: str, text: str) -> str:
    return before + text if text else ""
