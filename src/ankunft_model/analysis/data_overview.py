"""The data overview: per data item how often it is asked, where it is missing, where asking is avoidable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.knowledge.facts import APPLICANT, ItemKey
from ankunft_model.analysis.knowledge.open_facts import UnknownFact
from ankunft_model.analysis.knowledge.results import AvoidableCollection, Gap
from ankunft_model.analysis.naming import Names
from ankunft_model.findings import OpenFact
from ankunft_model.graph.expected_counts import NOTHING, Expectation
from ankunft_model.graph.limit_wording import limits_to_dict
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.wording import Language, Wording

DATA_FORMAT: Final = "ankunft-data/1"

Bounds: TypeAlias = tuple[int, int | None]
"""Least and greatest number of collections per run; None: unbounded."""

_NO_COLLECTION: Final[Bounds] = (0, 0)


@dataclass(frozen=True, slots=True)
class DataFigures:
    """The figures of one datum over all entry processes.

    Attributes:
        by_process: Bounds by id of the entry process; those that do not touch the datum are left out.
        collected_at: Ids of the nodes that ask for it, in the order of the model.
        limits: What was reached, see `Limit`; the figures are exact if nothing was.
        questions: The question to ask about each open fact that a gap or an avoidable collection depends on.
        expected: How often it is asked per case on average, as far as the shares of decisions say; None: unknown.
    """

    by_process: dict[str, Bounds]
    collected_at: tuple[str, ...]
    gaps: tuple[Gap, ...]
    avoidable: tuple[AvoidableCollection, ...]
    limits: tuple[Limit, ...]
    questions: dict[UnknownFact, OpenFact]
    expected: Expectation | None = None

    @property
    def exact(self) -> bool:
        """Whether the figures equal those over all runs."""
        return not self.limits

    @property
    def collections(self) -> Bounds:
        """The sum of the bounds of all processes."""
        least = sum(bounds[0] for bounds in self.by_process.values())
        greatest = [bounds[1] for bounds in self.by_process.values()]
        return least, None if None in greatest else sum(most or 0 for most in greatest)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures in the shape of `ankunft-data/1`."""
        return {
            "collections": _bounds(self.collections),
            "by_process": {process: _bounds(bounds) for process, bounds in self.by_process.items()},
            "collected_at": list(self.collected_at),
            "gaps": [
                {
                    "node": gap.node,
                    "actor": gap.actor,
                    "certainty": gap.certainty,
                    "depends_on": self._depends_on(gap),
                    "witness": _witness(gap),
                }
                for gap in self.gaps
            ],
            "avoidable": [
                {
                    "node": found.node,
                    "certainty": found.certainty,
                    "depends_on": self._depends_on(found),
                    "known_to": list(found.known_to),
                    "witness": _witness(found),
                }
                for found in self.avoidable
            ],
            "exact": self.exact,
            "limits": limits_to_dict(self.limits),
            "expected": None if self.expected is None else _expectation(self.expected),
        }

    def _depends_on(self, found: Gap | AvoidableCollection) -> list[dict[str, Any]]:
        return [self.questions[fact].to_dict() for fact in found.depends_on]


@dataclass(frozen=True, slots=True)
class DataOverview:
    """The figures of every data item of a model, in its order.

    Attributes:
        by_item: Figures about the applicant; an item under another name has those of its main name.
        by_member: Figures about other members of the household, by item, then member; only where there are any.
    """

    names: Names
    by_item: dict[str, DataFigures]
    by_member: dict[str, dict[str, DataFigures]]

    def to_dict(self) -> dict[str, Any]:
        """Return the overview in the shape of `ankunft-data/1`."""
        items: dict[str, Any] = {}
        for item, figures in self.by_item.items():
            items[item] = figures.to_dict()
            if item in self.by_member:
                items[item]["by_member"] = {
                    member: of_member.to_dict() for member, of_member in self.by_member[item].items()
                }
        return {"format": DATA_FORMAT, "items": items}

    def to_text(self, language: Language = "de") -> str:
        """Return the overview as a table for people, an item a line; items that nobody asks for or needs last."""
        head = (
            Wording("Angabe", "data item"),
            Wording("erfragt je Ablauf", "asked per run"),
            Wording("Lücken", "gaps"),
            Wording("vermeidbar", "avoidable"),
        )
        rows = [tuple(title.in_language(language) for title in head)]
        silent: list[str] = []
        for item, figures in self.by_item.items():
            name = self.names.item(item).in_language(language)[1:-1]
            if not (figures.collected_at or figures.gaps or figures.avoidable):
                silent.append(name)
                continue
            rows.append(
                (name, _span(figures.collections), str(len(figures.gaps) or "–"), str(len(figures.avoidable) or "–"))
            )
        widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        if silent:
            title = Wording("Weder erfragt noch vermisst: ", "Neither asked nor missed: ").in_language(language)
            lines += ["", title + ", ".join(silent)]
        return "\n".join(lines)


def data_overview(computed: Computations) -> DataOverview:
    """Return for every data item of the model how often it is asked, its gaps and its avoidable collections.

    Entry processes are analysed each by itself; the bounds of collections are added up. Results are per single item;
    a group has no figures of its own.
    """
    model = computed.model
    members = [member for cohort in model.cohorts.values() for member in cohort.members]
    by_item: dict[str, DataFigures] = {}
    by_member: dict[str, dict[str, DataFigures]] = {}
    for item in model.data:
        main = model.canonical(item)
        by_item[item] = _figures(computed, ItemKey(main, APPLICANT))
        of_members = {
            member: _figures(computed, key)
            for member in members
            if any((key := ItemKey(main, member)) in knowledge.items for knowledge in computed.knowledge)
        }
        if of_members:
            by_member[item] = of_members
    return DataOverview(computed.names, by_item, by_member)


def _expected(computed: Computations, key: ItemKey) -> Expectation | None:
    """Return how often a datum is asked per case on average, all processes together."""
    total = NOTHING
    for number, part in enumerate(computed.knowledge):
        if key not in part.items or not part.items[key].collected_at:
            continue
        executions = computed.expected_executions[number]
        if executions is None:
            return None
        for node in part.items[key].collected_at:
            count = executions.get(node, NOTHING)
            if count is None:
                return None
            total = total.plus(count)
    return total


def _figures(computed: Computations, key: ItemKey) -> DataFigures:
    found = [(part.process.id, part.items[key]) for part in computed.knowledge if key in part.items]
    places: list[Gap | AvoidableCollection] = []
    for _, known in found:
        places += [*known.gaps, *known.avoidable]
    facts = dict.fromkeys(fact for place in places for fact in place.depends_on)
    return DataFigures(
        by_process={process: (known.collections.least, known.collections.most) for process, known in found},
        collected_at=tuple(node for _, known in found for node in known.collected_at),
        gaps=tuple(gap for _, known in found for gap in known.gaps),
        avoidable=tuple(avoidable for _, known in found for avoidable in known.avoidable),
        limits=in_order(limit for _, known in found for limit in known.limits),
        questions=dict(zip(facts, computed.open_questions(facts), strict=True)),
        expected=_expected(computed, key),
    )


def _witness(found: Gap | AvoidableCollection) -> list[str]:
    return list(found.run.witness((found.node,)))


def _expectation(expected: Expectation) -> dict[str, float | None]:
    most = None if expected.most is None else round(float(expected.most), 4)
    return {"min": round(float(expected.least), 4), "max": most}


def _bounds(bounds: Bounds) -> dict[str, int | None]:
    return {"min": bounds[0], "max": bounds[1]}


def _span(bounds: Bounds) -> str:
    if bounds[1] is None:
        return f"{bounds[0]}–∞"
    return str(bounds[0]) if bounds[0] == bounds[1] else f"{bounds[0]}–{bounds[1]}"
