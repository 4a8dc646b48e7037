"""The tables of the page: handovers, data asked several times, benefits, open questions, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ankunft_model.findings import Finding
from ankunft_model.model import Activity, ArrivalModel, Element, Handover, Source, text_in
from ankunft_model.report.names import PageNames
from ankunft_model.report.subject import ItemCollections
from ankunft_model.report.words import Words
from ankunft_model.wording import Wording

Knowledge: TypeAlias = Literal["known", "absent", "unknown", "not_needed", "not_stated"]
"""Stated; known to be absent; unknown; known to be needless; not stated, where something else suffices."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Some texts, and whether they are a statement, an absence, or nothing known."""

    texts: tuple[str, ...]
    knowledge: Knowledge = "known"


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One handover; `note` is its description."""

    sender: str
    sender_step: str
    receiver: str
    receiver_step: str
    channel: Cell
    data: Cell
    agreement: Cell
    legal_basis: Cell
    consent: Cell
    note: str


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """How often a datum is asked; `share` is its greatest number as a percentage of the greatest of all."""

    item: str
    category: str
    times: str
    share: int
    askers: tuple[str, ...]
    steps: tuple[str, ...]
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """One benefit."""

    name: str
    regime: str
    payer: str
    covers: str
    begins: str
    ends: str
    paid: Cell
    legal_basis: Cell


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """An unknown fact and how many findings depend on it."""

    question: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class UnknownRow:
    """Something that is not stated for some elements."""

    what: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source; `href` is an address that may be followed, or None."""

    name: str
    tag: str
    date: str
    href: str | None
    count: int


@dataclass(frozen=True, slots=True)
class ConfidenceRow:
    """How many elements of the model are stated with a confidence."""

    word: str
    count: int


_BEGINS: Final = {
    "day": Wording("mit dem Tag", "on the day"),
    "month_start": Wording("zum Monatsersten zurück", "back to the first of the month"),
}
_ENDS: Final = {
    "day": Wording("mit dem Tag", "on the day"),
    "month_end": Wording("zum Monatsende", "at the end of the month"),
}


class TableMaker:
    """Makes the tables of one model."""

    def __init__(self, model: ArrivalModel, names: PageNames, words: Words) -> None:
        self._model = model
        self._names = names
        self._words = words

    def handovers(self) -> tuple[HandoverRow, ...]:
        """Return one row per handover, in the order of the model."""
        return tuple(self._handover(handover) for handover in self._model.handovers.values())

    def collections(self, collections: Mapping[str, ItemCollections]) -> tuple[CollectionRow, ...]:
        """Return one row per datum that is asked at all, the most often asked first."""
        asked = [(item, found) for item, found in collections.items() if found.collected_at]
        asked.sort(key=lambda pair: (pair[1].most is not None, -(pair[1].most or 0), -pair[1].least))
        greatest = max((found.most or 0 for _, found in asked), default=0) or 1
        rows: list[CollectionRow] = []
        for item, found in asked:
            datum = self._model.data.get(item)
            category = None if datum is None else datum.category
            rows.append(
                CollectionRow(
                    item=self._names.of("data", item),
                    category="" if category is None else self._names.word("data_categories", category),
                    times=self.times(found),
                    share=100 if found.most is None else round(100 * found.most / greatest),
                    askers=tuple(dict.fromkeys(self._names.performer(node) for node in found.collected_at)),
                    steps=tuple(self._names.of("node", node) for node in found.collected_at),
                    is_repeated=found.most is None or found.most > 1,
                )
            )
        return tuple(rows)

    def times(self, found: ItemCollections) -> str:
        """Return the bounds of a number of questions as text."""
        if found.most is None:
            return f"{found.least}–∞"
        return str(found.most) if found.least == found.most else f"{found.least}–{found.most}"

    def benefits(self) -> tuple[BenefitRow, ...]:
        """Return one row per benefit, in the order of the model."""
        return tuple(
            BenefitRow(
                name=self._names.of("benefit", benefit.id),
                regime=self._names.word("regimes", benefit.regime),
                payer=self._names.of("actor", benefit.payer),
                covers=", ".join(self._names.word("covers", need) for need in benefit.covers),
                begins=self._words.of(_BEGINS[benefit.begins]),
                ends=self._words.of(_ENDS[benefit.ends]),
                paid=self._unknown()
                if benefit.paid is None
                else Cell((self._names.word("payment_rhythms", benefit.paid),)),
                legal_basis=self._unknown()
                if benefit.legal_basis is None
                else Cell((self._names.of("legal_basis", benefit.legal_basis),)),
            )
            for benefit in self._model.benefits.values()
        )

    def questions(self, findings: Iterable[Finding]) -> tuple[QuestionRow, ...]:
        """Return the unknown facts that findings depend on, those with most findings first."""
        counts: dict[tuple[str, str], int] = {}
        for finding in findings:
            for fact in finding.depends_on:
                key = (self._words.of(fact.question), fact.path)
                counts[key] = counts.get(key, 0) + 1
        ordered = sorted(counts.items(), key=lambda pair: -pair[1])
        return tuple(QuestionRow(question, path, count) for (question, path), count in ordered)

    def unknowns(self) -> tuple[UnknownRow, ...]:
        """Return what is not stated although it changes results, counted, with the names of the elements."""
        handovers = list(self._model.handovers.values())
        steps = [node for node in self._model.nodes.values() if isinstance(node, Activity)]
        systems = list(self._model.systems.values())

        def of_handovers(de: str, en: str, is_open: Callable[[Handover], bool]) -> UnknownRow:
            found = [self._names.handover(handover.id) for handover in handovers if is_open(handover)]
            return UnknownRow(self._words.of(Wording(de, en)), len(found), tuple(found))

        def of_elements(de: str, en: str, elements: Iterable[Element]) -> UnknownRow:
            found = [element.label(self._words.language) for element in elements]
            return UnknownRow(self._words.of(Wording(de, en)), len(found), tuple(found))

        rows = (
            of_handovers("Übergaben: welche Angaben", "Handovers: which data", lambda h: h.data is None),
            of_handovers("Übergaben: welche Vereinbarung", "Handovers: which agreement", lambda h: h.agreement is None),
            of_handovers(
                "Übergaben: welche Rechtsgrundlage", "Handovers: which legal basis", lambda h: h.legal_basis is None
            ),
            of_handovers("Übergaben: auf welchem Weg", "Handovers: by which channel", lambda h: h.channel is None),
            of_elements("Schritte: wer handelt", "Steps: who acts", [step for step in steps if step.actor is None]),
            of_elements(
                "Schritte: Dauer und Wartezeit",
                "Steps: duration and waiting",
                [step for step in steps if step.duration is None and step.wait is None],
            ),
            of_elements("Verfahren: wer liest", "Systems: who reads", [s for s in systems if s.readers is None]),
            of_elements(
                "Verfahren: was enthalten ist", "Systems: what they hold", [s for s in systems if s.holds is None]
            ),
        )
        return tuple(row for row in rows if row.count)

    def sources(self) -> tuple[SourceRow, ...]:
        """Return the sources of the model with the number of elements that cite them, in the order of the model."""
        counts: dict[str, int] = {}
        for element in _elements(self._model):
            for id_ in {self._source_of(citation) for citation in element.source or ()}:
                if id_ is not None:
                    counts[id_] = counts.get(id_, 0) + 1
        return tuple(self._source(source, counts.get(source.id, 0)) for source in self._model.sources.values())

    def confidence(self) -> tuple[ConfidenceRow, ...]:
        """Return how many elements are a fact, lack a source, are an assumption, or were not assessed."""
        counts: dict[str | None, int] = dict.fromkeys(("fact", "source_needed", "assumption", None), 0)
        for element in _elements(self._model):
            counts[element.confidence_of("")] += 1
        return tuple(
            ConfidenceRow(
                self._words["not_stated"] if level is None else self._names.word("confidence_levels", level), count
            )
            for level, count in counts.items()
            if count
        )

    def _handover(self, handover: Handover) -> HandoverRow:
        sender = handover.from_ if isinstance(handover.from_, str) else handover.from_.actor
        receiver = handover.to if isinstance(handover.to, str) else handover.to.actor
        nothing = Cell((self._words["nothing"],), "absent")
        return HandoverRow(
            sender=self._names.end(sender),
            sender_step=self._step(handover.from_node),
            receiver=self._names.end(receiver),
            receiver_step=self._step(handover.to_node),
            channel=self._list(handover.channel, lambda id_: self._names.word("channels", id_), nothing),
            data=self._data(handover, nothing),
            agreement=self._agreement(handover),
            legal_basis=self._not_needed()
            if handover.legal_basis == "not_needed"
            else self._list(handover.legal_basis, lambda id_: self._names.of("legal_basis", id_), self._absent()),
            consent=self._consent(handover),
            note="" if handover.description is None else text_in(handover.description, self._words.language),
        )

    def _data(self, handover: Handover, nothing: Cell) -> Cell:
        documents = tuple(self._names.of("document", id_) for id_ in handover.documents or ())
        if handover.data is None and not documents:
            return self._unknown()
        texts = (*documents, *self._names.items(handover.data or ()))
        return Cell(texts) if texts else nothing

    def _agreement(self, handover: Handover) -> Cell:
        covering = [a for a in self._model.agreements.values() if handover.id in (a.covers or ())]
        if handover.agreement in (None, "none") and covering:
            return Cell(tuple(self._names.of("agreement", agreement.id) for agreement in covering))
        return self._choice(handover.agreement, "agreement")

    def _consent(self, handover: Handover) -> Cell:
        """Return the consent; where a legal basis is stated, it is no open question that nobody speaks of consent."""
        if handover.consent is None and handover.legal_basis:
            return Cell((self._words["not_stated_plain"],), "not_stated")
        return self._choice(handover.consent, "consent")

    def _choice(self, value: str | None, kind: str) -> Cell:
        if value is None:
            return self._unknown()
        if value == "none":
            return self._absent()
        return self._not_needed() if value == "not_needed" else Cell((self._names.of(kind, value),))

    def _list(self, ids: tuple[str, ...] | None, name: Callable[[str], str], empty: Cell) -> Cell:
        if ids is None:
            return self._unknown()
        return Cell(tuple(name(id_) for id_ in ids)) if ids else empty

    def _step(self, node: str | None) -> str:
        return "" if node is None else self._names.of("node", node)

    def _unknown(self) -> Cell:
        return Cell((self._words["unknown"],), "unknown")

    def _absent(self) -> Cell:
        return Cell((self._words["none"],), "absent")

    def _not_needed(self) -> Cell:
        return Cell((self._words["not_needed"],), "not_needed")

    def _source(self, source: Source, count: int) -> SourceRow:
        url = source.url if source.url is not None and source.url.startswith(("https://", "http://")) else None
        day = "" if source.date is None else shown_date(source.date.isoformat(), self._words)
        return SourceRow(source.label(self._words.language), source.id.upper(), day, url, count)

    def _source_of(self, citation: str) -> str | None:
        """Return the entry that a citation such as `LAW:AsylG § 13` or `S1-05` belongs to."""
        tag = citation.split(":")[0].split(" ")[0].lower()
        return next((id_ for id_ in (tag, tag.split("-")[0]) if id_ in self._model.sources), None)


def shown_date(iso: str, words: Words) -> str:
    """Return a day as people of the language write it.

    Example:
        >>> shown_date("2025-06-01", Words("de")), shown_date("2025-06-01", Words("en"))
        ('1.6.2025', '2025-06-01')
    """
    if words.language == "en":
        return iso
    year, month, day = iso.split("-")
    return f"{int(day)}.{int(month)}.{year}"


def _elements(model: ArrivalModel) -> Iterator[Element]:
    """Yield everything in the model that can cite a source."""
    registries: tuple[Mapping[str, Element], ...] = (
        model.actors, model.systems, model.data, model.documents, model.legal_bases, model.agreements, model.consents,
        model.bodies, model.benefits, model.cohorts, model.cases, model.information_duties, model.measures,
        model.processes, model.nodes, model.handovers,
    )  # fmt: skip
    for registry in registries:
        for element in registry.values():
            if element.origin is None:
                yield element
