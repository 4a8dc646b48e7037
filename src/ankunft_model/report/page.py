"""The page: one self-contained HTML file that can be sent, printed and read on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ankunft_model._version import __version__
from ankunft_model.findings import SEVERITIES, SEVERITY_NAMES, Finding, Severity
from ankunft_model.graph import build_workflow_graph, find_performers
from ankunft_model.model import ArrivalModel, text_in
from ankunft_model.report.comparison import FindingKey, compare_by_rule, key_of, keys_of
from ankunft_model.report.finding_cards import CardMaker, Link, SeverityGroup, anchors_of, rule_title
from ankunft_model.report.names import PageNames
from ankunft_model.report.pictures import Picture, Side, read_pictures, shapes_by_reference
from ankunft_model.report.subject import Subject
from ankunft_model.report.summary import OverviewRow, counts_of, sentences, tiles
from ankunft_model.report.tables import (
    BenefitRow,
    CollectionRow,
    ConfidenceRow,
    HandoverRow,
    QuestionRow,
    SourceRow,
    TableMaker,
    UnknownRow,
    shown_date,
)
from ankunft_model.report.words import Words
from ankunft_model.wording import Language

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class ElementRow:
    """A step or handover with the findings that name it, the most severe first."""

    anchor: str
    name: str
    actor: str
    shape: str | None
    counts: tuple[tuple[Severity, int], ...]
    findings: tuple[tuple[Severity, Link], ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """Everything that the page shows of one model."""

    side: Side
    pictures: tuple[Picture, ...]
    groups: tuple[SeverityGroup, ...]
    elements: tuple[ElementRow, ...]
    handovers: tuple[HandoverRow, ...]
    collections: tuple[CollectionRow, ...] | None
    benefits: tuple[BenefitRow, ...]
    questions: tuple[QuestionRow, ...]
    unknowns: tuple[UnknownRow, ...]
    sources: tuple[SourceRow, ...]
    confidence: tuple[ConfidenceRow, ...]


def to_html(subject: Subject, *, to_be: Subject | None = None, language: Language = "de") -> str:
    """Return the report as one HTML page that loads nothing and runs nothing.

    Args:
        subject: The model, as it is, with what was found in it.
        to_be: A second model to compare with; findings are the same if rule, main element and data are.
        language: Language of the page.

    Raises:
        ValueError: a diagram was not drawn by this library.
    """
    words = Words(language)
    names = _names(subject.model, language)
    view = _side(subject, "as_is", names, words, None)
    other = None
    if to_be is not None:
        other = _side(to_be, "to_be", _names(to_be.model, language), words, keys_of(subject.findings))
    model = subject.model
    place = model.municipality
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            t=words,
            language=language,
            title=model.label(language),
            place=None if place is None else text_in(place.name, language),
            state=names.word("model_states", model.state),
            as_of=None if model.as_of is None else shown_date(model.as_of.isoformat(), words),
            sentences=sentences(subject, names, to_be, words),
            tiles=tiles(subject, names, to_be, words),
            severities=[(severity, words.of(SEVERITY_NAMES[severity])) for severity in reversed(SEVERITIES)],
            overview=_overview(subject.findings, view.groups, words),
            totals=(*counts_of(subject.findings).values(), len(subject.findings)),
            view=view,
            other=other,
            comparison=None if to_be is None else compare_by_rule(subject.findings, to_be.findings, words),
            gone=() if to_be is None else _gone(subject, to_be, words),
            version=__version__,
            model_id=model.id,
        )
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("ankunft_model.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _names(model: ArrivalModel, language: Language) -> PageNames:
    performers: dict[str, str | None] = {}
    for process in model.processes.values():
        graph = build_workflow_graph(process)
        performers |= {node.id: actor for node, actor in zip(graph.nodes, find_performers(graph), strict=True)}
    return PageNames(model, performers, language)


def _side(
    subject: Subject, side: Side, names: PageNames, words: Words, before: frozenset[FindingKey] | None
) -> SideView:
    pictures = read_pictures(subject.diagrams)
    shapes = shapes_by_reference(pictures)
    known = before or frozenset[FindingKey]()

    def is_known(finding: Finding) -> bool:
        return key_of(finding) in known

    cards = CardMaker(subject.model, names, words, shapes, side, subject.findings, None if before is None else is_known)
    tables = TableMaker(subject.model, names, words)
    return SideView(
        side=side,
        pictures=pictures,
        groups=cards.groups(subject.findings),
        elements=_elements(subject, names, words, cards, shapes),
        handovers=tables.handovers(),
        collections=None if subject.collections is None else tables.collections(subject.collections),
        benefits=tables.benefits(),
        questions=tables.questions(subject.findings),
        unknowns=tables.unknowns(),
        sources=tables.sources(),
        confidence=tables.confidence(),
    )


def _elements(
    subject: Subject, names: PageNames, words: Words, cards: CardMaker, shapes: dict[tuple[str, str], str]
) -> tuple[ElementRow, ...]:
    """Return the steps, handovers, bodies and processes that findings name, each kind in the order of the model.

    Marks in the pictures lead to these rows, so there is one for whatever a picture can mark.
    """
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in subject.findings:
        for element in finding.elements:
            found.setdefault((element.kind, element.id), []).append(finding)
    model = subject.model
    kinds: dict[str, Iterable[str]] = {
        "node": model.nodes,
        "handover": model.handovers,
        "actor": model.actors,
        "process": model.processes,
    }
    order = [(kind, id_) for kind, registry in kinds.items() for id_ in registry]
    rows: list[ElementRow] = []
    taken: set[str] = set()
    for kind, id_ in order:
        if (kind, id_) not in found:
            continue
        anchor = cards.element_anchor(id_)
        if anchor in taken:  # a body and a process may be called alike
            anchor += f"-{kind}"
        taken.add(anchor)
        findings = sorted(found[kind, id_], key=lambda finding: -SEVERITIES.index(finding.severity))
        rows.append(
            ElementRow(
                anchor=anchor,
                name=names.of(kind, id_),
                actor=names.performer(id_) if kind == "node" else words[kind],
                shape=shapes.get((kind, id_)),
                counts=tuple((severity, count) for severity, count in counts_of(findings).items() if count),
                findings=tuple(
                    (
                        finding.severity,
                        Link(
                            ": ".join(
                                part
                                for part in (rule_title(finding.rule, words), ", ".join(names.items(finding.data[:3])))
                                if part
                            ),
                            cards.anchor(finding),
                        ),
                    )
                    for finding in findings
                ),
            )
        )
    return tuple(rows)


def _overview(findings: Sequence[Finding], groups: tuple[SeverityGroup, ...], words: Words) -> tuple[OverviewRow, ...]:
    """Return one row per rule that found something, those with the most severe findings first."""
    targets: dict[str, str] = {}
    for group in groups:
        for rule in group.rules:
            targets.setdefault(rule.title, rule.anchor)
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    rows = [
        OverviewRow(
            rule_title(rule, words),
            tuple(counts_of(found).values()),
            len(found),
            targets[rule_title(rule, words)],
        )
        for rule, found in by_rule.items()
    ]
    return tuple(sorted(rows, key=lambda row: tuple(-count for count in row.counts)))


def _gone(subject: Subject, to_be: Subject, words: Words) -> tuple[tuple[str, tuple[tuple[Severity, Link], ...]], ...]:
    """Return the findings that the to-be model no longer has, by rule, as severity and link."""
    after = keys_of(to_be.findings)
    anchors = anchors_of(subject.findings, "as_is")
    by_rule: dict[str, list[tuple[Severity, Link]]] = {}
    for finding in subject.findings:
        if key_of(finding) not in after:
            link = Link(words.of(finding.message), anchors[finding.id])
            by_rule.setdefault(rule_title(finding.rule, words), []).append((finding.severity, link))
    return tuple((rule, tuple(links)) for rule, links in by_rule.items())
