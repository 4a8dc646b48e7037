"""The figures of one process: what a case costs the person, how the bodies work together, what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.knowledge.results import ProcessKnowledge
from ankunft_model.analysis.metrics.burden import Burden, BurdenParameters, burden_of
from ankunft_model.analysis.metrics.gap_costs import GapCost, gap_costs
from ankunft_model.analysis.metrics.once_only import OnceOnly, once_only
from ankunft_model.analysis.metrics.run_counts import Count, RunCounting
from ankunft_model.analysis.rules.media_break import find_media_break
from ankunft_model.analysis.timing.process_times import NodeTimes, ProcessTimes
from ankunft_model.analysis.transfers import agreement_of, find_transfers
from ankunft_model.graph.limits import Limit
from ankunft_model.model import PERSON_KIND, Activity, AnyNode, Process

_FORM_KINDS: Final = frozenset(("application",))
_WITH_PERSON: Final = frozenset(
    ("in_person", "paper_letter", "paper_carried", "phone", "email", "fax", "online_service", "video")
)
"""Channels between a body and the person; the others are between bodies."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, with bounds from what nobody stated: `least` if all of that is no, `most` if all is yes.

    Attributes:
        of: How many there are.
    """

    least: float
    most: float
    of: int


@dataclass(frozen=True, slots=True)
class ProcessMetrics:
    """The figures of one entry process and of those that it starts, per case.

    Attributes:
        counts: `contacts`, `visits`, `forms`, `questions`, `documents`, `handovers`, `media_breaks`; see `METRICS`.
        bodies: Number of different actors besides the person.
        sites: Number of different places to which the person goes.
        milestones: Earliest and latest completion of what matters to the person, and the waiting until then, by id of
            the node.
        times: Elapsed time and waiting share of the whole.
        with_agreement, with_legal_basis, with_consent: Parts of the transfers between bodies.
        proactive: Part of the contacts that the bodies begin themselves.
        needed: Part of the items asked that some step needs.
        once_only: Factors of data asked once only.
        validated: Part of the steps and handovers that somebody has confirmed.
        gap_costs: What the person lacks in the gaps of cover, where amounts are stated.
        burden: None without parameters.
        unknown: Part of the facts that these figures rest on that nobody stated.
        limits: What was reached; all runs were looked at if nothing was.
    """

    process: str
    counts: dict[str, Count]
    bodies: Count
    sites: Count
    milestones: dict[str, NodeTimes]
    times: ProcessTimes
    with_agreement: Share
    with_legal_basis: Share
    with_consent: Share
    proactive: Share
    needed: Share
    validated: Share
    gap_costs: tuple[GapCost, ...]
    once_only: OnceOnly
    burden: Burden | None
    unknown: Share
    limits: tuple[Limit, ...]

    @property
    def exact(self) -> bool:
        """Whether all runs were looked at."""
        return not self.limits


def process_metrics(computed: Computations, parameters: BurdenParameters) -> tuple[ProcessMetrics, ...]:
    """Return the figures of each entry process, in the order of the model."""
    return tuple(
        _Measuring(computed, number, group).metrics(parameters) for number, group in enumerate(computed.groups)
    )


class _Measuring:
    """Measures one group of processes; used once."""

    def __init__(self, computed: Computations, number: int, group: tuple[Process, ...]) -> None:
        self.computed = computed
        self.group = group
        self.counting = RunCounting(computed.runs[number])
        self.graph = computed.runs[number].game.graph
        self.knowledge: ProcessKnowledge = computed.knowledge[number]
        self.times: ProcessTimes = computed.process_times[number]
        self.person = None if computed.model.person is None else computed.model.person.id

    def metrics(self, parameters: BurdenParameters) -> ProcessMetrics:
        """Return all figures."""
        counts = {
            "contacts": self._steps(self._contacts),
            "visits": self._steps(self._visits),
            "forms": self._steps(self._forms),
            "questions": self._steps(self._questions),
            "documents": self._documents(),
            "handovers": self._handovers(),
            "media_breaks": self._media_breaks(),
        }
        factors = once_only(self.computed, self.counting, self.knowledge)
        return ProcessMetrics(
            process=self.group[0].id,
            counts=counts,
            bodies=self._bodies(),
            sites=self._sites(),
            milestones=self._milestones(),
            times=self.times,
            with_agreement=self._agreed(),
            with_legal_basis=self._based(),
            with_consent=self._consented(),
            proactive=self._proactive(),
            needed=self._needed(),
            validated=self._validated(),
            gap_costs=gap_costs(self.computed, self.group),
            once_only=factors,
            burden=burden_of(counts, factors.avoidable_questions, parameters),
            unknown=self._unknown(),
            limits=self.counting.limits,
        )

    # --- per run ------------------------------------------------------------------------------------------------------

    def _steps(self, bounds: Callable[[Activity], tuple[float, float]]) -> Count:
        least: dict[int, float] = {}
        most: dict[int, float] = {}
        for number, node in enumerate(self.graph.nodes):
            if isinstance(node, Activity) and self._is_of_a_body(node):
                least[number], most[number] = bounds(node)
        return self.counting.count(least, most)

    def _is_of_a_body(self, node: AnyNode) -> bool:
        actor = self.computed.performer_of.get(node.id)
        return actor is None or self.computed.model.actors[actor].kind != PERSON_KIND

    def _contacts(self, step: Activity) -> tuple[float, float]:
        if step.channel is not None:
            return (0.0, 0.0) if _WITH_PERSON.isdisjoint(step.channel) else (1.0, 1.0)
        return (1.0, 1.0) if step.collects else (0.0, 1.0)

    def _visits(self, step: Activity) -> tuple[float, float]:
        if step.channel is None:
            return 0.0, 1.0
        if "in_person" not in step.channel:
            return 0.0, 0.0
        others = [channel for channel in step.channel if channel not in ("in_person", "paper_carried")]
        return (0.0, 1.0) if others else (1.0, 1.0)

    def _forms(self, step: Activity) -> tuple[float, float]:
        is_form = step.kind in _FORM_KINDS and bool(step.collects)
        return (1.0, 1.0) if is_form else (0.0, 1.0 if step.kind is None and step.collects else 0.0)

    def _questions(self, step: Activity) -> tuple[float, float]:
        asked = float(len(self.computed.model.items_of(entry.item for entry in step.collects or ())))
        members = float(max(1, len(step.for_ or ())))
        return asked * members, asked * members

    def _documents(self) -> Count:
        """Documents that the person shows, and handovers that the person alone carries without naming a document."""
        least: dict[int, float] = {}
        for number, node in enumerate(self.graph.nodes):
            if isinstance(node, Activity) and self._is_of_a_body(node):
                least[number] = float(len(node.documents_in or ()))
        for process in self.group:
            for handover in process.handovers or ():
                if handover.is_carried_by_person and not handover.documents and handover.to_node is not None:
                    receiver = self.graph.index_of.get(handover.to_node)
                    if receiver is not None:
                        least[receiver] = least.get(receiver, 0.0) + 1.0
        return self.counting.count(least, least)

    def _handovers(self) -> Count:
        sent: dict[int, float] = {}
        for process in self.group:
            for handover in process.handovers or ():
                if handover.from_node is not None and handover.channel != ():
                    sender = self.graph.index_of[handover.from_node]
                    sent[sender] = sent.get(sender, 0.0) + 1.0
        return self.counting.count(sent, sent)

    def _media_breaks(self) -> Count:
        """Handovers with a media break, definite ones at least, possible ones at most."""
        least: dict[int, float] = {}
        most: dict[int, float] = {}
        for observation in find_media_break(self.computed):
            handover = next(e.id for e in observation.elements if e.kind == "handover")
            sender = self.graph.index_of.get(self.computed.model.handovers[handover].from_node or "")
            if sender is None:
                continue
            most[sender] = most.get(sender, 0.0) + 1.0
            if observation.certainty == "definite" and not observation.depends_on:
                least[sender] = least.get(sender, 0.0) + 1.0
        return self.counting.count(least, most)

    def _bodies(self) -> Count:
        """Different actors: those on every run at least, those on any run at most."""
        of_actor: dict[str, set[int]] = {}
        for number, node in enumerate(self.graph.nodes):
            actor = self.computed.performer_of.get(node.id)
            if isinstance(node, Activity) and actor is not None and actor != self.person:
                of_actor.setdefault(actor, set()).add(number)
        each = [
            self.counting.count(dict.fromkeys(nodes, 1.0), dict.fromkeys(nodes, 1.0)) for nodes in of_actor.values()
        ]
        return Count(
            least=float(sum(count.least > 0 for count in each)),
            most=float(sum(count.most is None or count.most > 0 for count in each)),
            expected=self._expected_number(of_actor.values()),
        )

    def _expected_number(self, groups: Iterable[set[int]]) -> float | None:
        """Return the mean number of groups of which a run executes a node; None if a share is not stated."""
        chances = [self.counting.chance(frozenset(nodes)) for nodes in groups]
        return None if None in chances else sum(chance or 0.0 for chance in chances)

    def _sites(self) -> Count:
        """Different places of visits: those on every run at least; each visit whose place is open may be another."""
        of_site: dict[str, set[int]] = {}
        least: dict[int, float] = {}
        open_: dict[int, float] = {}
        for number, node in enumerate(self.graph.nodes):
            if not isinstance(node, Activity) or not self._is_of_a_body(node) or self._visits(node)[1] == 0:
                continue
            least[number] = self._visits(node)[0]
            if node.site is None:
                open_[number] = 1.0
            else:
                of_site.setdefault(node.site, set()).add(number)
        sure = [
            self.counting.count({n: least[n] for n in nodes}, dict.fromkeys(nodes, 1.0)) for nodes in of_site.values()
        ]
        others = self.counting.count(open_, open_)
        known = sum(count.most is None or count.most > 0 for count in sure)
        fewest = float(sum(count.least > 0 for count in sure))
        if not fewest and self.counting.count(least, least).least > 0:
            fewest = 1.0
        is_sure = not open_ and all(least.values())
        return Count(
            least=fewest,
            most=None if others.most is None else known + others.most,
            expected=self._expected_number(of_site.values()) if is_sure else None,
        )

    def _milestones(self) -> dict[str, NodeTimes]:
        """Return what is reached: stated milestones, entitlement, payment, and documents that prove something."""
        documents = self.computed.model.documents
        found: dict[str, NodeTimes] = {}
        for node in self.graph.nodes:
            proves = isinstance(node, Activity) and any(documents[d].proves for d in node.documents_out or ())
            begins = isinstance(node, Activity) and bool(node.starts or node.entitles)
            if node.milestone is not None or proves or begins:
                found[node.id] = self.times.by_node[node.id]
        return found

    # --- of the model -------------------------------------------------------------------------------------------------

    def _transfers(self) -> list[tuple[bool | None, bool | None, bool | None]]:
        """Return for each transfer between bodies if it has agreement, legal basis, consent; None: unknown."""
        model, own = self.computed.model, {process.id for process in self.group}
        found: list[tuple[bool | None, bool | None, bool | None]] = []
        for transfer in find_transfers(self.computed):
            if transfer.process.id not in own:
                continue
            handover = transfer.handover
            agreed: bool | None = True if agreement_of(model, handover) is not None else None
            if handover.agreement in ("none", "not_needed"):
                agreed = handover.agreement == "not_needed"
            based = None if handover.legal_basis is None else handover.legal_basis != ()
            consented: bool | None = handover.consent != "none"
            if handover.consent is None:  # with a legal basis none is needed
                consented = True if based else None
            found.append((agreed, based, consented))
        return found

    def _agreed(self) -> Share:
        return _share([agreed for agreed, _, _ in self._transfers()])

    def _based(self) -> Share:
        return _share([based for _, based, _ in self._transfers()])

    def _consented(self) -> Share:
        """Return the part of the transfers with a consent, or for which it is stated that none is needed."""
        return _share([consented for _, _, consented in self._transfers()])

    def _proactive(self) -> Share:
        steps = [node for node in self.graph.nodes if isinstance(node, Activity) and self._contacts(node)[1] > 0]
        steps = [step for step in steps if self._is_of_a_body(step)]
        return _share([None if step.initiated_by is None else step.initiated_by != "person" for step in steps])

    def _needed(self) -> Share:
        model = self.computed.model
        asked: dict[str, None] = {}
        needed: set[str] = set()
        for node in self.graph.nodes:
            if isinstance(node, Activity):
                asked |= dict.fromkeys(map(model.canonical, model.items_of(c.item for c in node.collects or ())))
                needed |= set(map(model.canonical, model.items_of(node.needs or ())))
        return _share([item in needed for item in asked])

    def _validated(self) -> Share:
        """Return the part of the steps and handovers that somebody has confirmed; open where nobody said."""
        handovers = [handover for process in self.group for handover in process.handovers or ()]
        steps = [node for node in self.graph.nodes if isinstance(node, Activity)]
        facts: list[bool | None] = []
        for element in (*steps, *handovers):
            is_confirmed = bool(element.validated_by) or element.validated_on is not None
            facts.append(True if is_confirmed else None if element.validated_by is None else False)
        return _share(facts)

    def _unknown(self) -> Share:
        """Return the part of the facts behind these figures that nobody stated."""
        facts: list[bool | None] = []
        for node in self.graph.nodes:
            if isinstance(node, Activity):
                times = node.wait is None and node.duration is None
                stated: Mapping[str, bool] = {
                    "actor": node.actor is None,
                    "channel": node.channel is None,
                    "initiated_by": node.initiated_by is None,
                    "time": times,
                    "kind": node.kind is None,
                }
                facts += list(stated.values())
        for process in self.group:
            for handover in process.handovers or ():
                facts += [handover.channel is None, handover.data is None, handover.legal_basis is None]
                facts += [agreement_of(self.computed.model, handover) is None and handover.agreement is None]
        return _share(facts)


def _share(facts: list[bool | None]) -> Share:
    if not facts:
        return Share(0.0, 0.0, 0)
    yes, open_ = facts.count(True), facts.count(None)
    return Share(yes / len(facts), (yes + open_) / len(facts), len(facts))
