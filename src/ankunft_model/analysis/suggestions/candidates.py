"""The ways by which a step could get a datum: only the most lawful ones that work are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal, TypeAlias

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.suggestions.law import Ground, Law
from ankunft_model.analysis.suggestions.results import LAWFULNESS, Lawfulness, OpenReason
from ankunft_model.analysis.suggestions.what_if import Addition, Confirmed, LookedUp, Passed, WhatIf
from ankunft_model.model import PERSON_KIND, Access, Activity, Agreement, SubProcess

Part: TypeAlias = tuple[str, ...]
"""Something that is added or extended: its kind and the ids that tell it from others."""

COST_OF_KIND: Final = {
    "extended_handover": 1_000,
    "retrieval": 1_001,
    "consent": 1_001,
    "agreement": 1_001,
    "reading_right": 1_002,
    "handover": 1_003,
}
"""Each part costs one; of equally many parts, what is there already is preferred to what is new."""
MAX_SENDING_STEPS: Final = 8
"""So many steps of one actor are tried as places from which a datum is handed over."""
MAX_WAYS: Final = 24
"""So many equally lawful ways are tried for one step and datum, the nearest first."""
MAX_CHAINS: Final = 24
"""So many ways over another body that needs the datum, too, are tried for one step and datum."""
MAX_PAIRED_WAYS: Final = 10
"""Of so many ways two at a time are tried where one does not suffice."""
MAX_SHARED_PAIRS: Final = 45
"""So many pairs of ways that others use, too, are tried for one step and datum where one way would do."""


@dataclass(frozen=True, slots=True)
class Target:
    """A step that lacks a datum, or asks for it although others know it.

    Attributes:
        findings: Ids of the findings, one per member of the household.
        is_question: Whether the person is asked; else the datum is missing.
        known_to: Actors and systems that know it before on some run; empty: not looked up yet.
    """

    findings: tuple[str, ...]
    item: str
    step: str
    actor: str | None
    is_question: bool
    known_to: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """One way by which a step's actor gets a datum.

    Attributes:
        place: The sending step and the receiving actor, the handover, or the asking step and the system.
        bodies: The institutions of sender and receiver.
        agreement: The agreement that covers it; True: none is needed; False: a new one.
        access: The right to read that is to be added.
    """

    kind: Literal["handover", "extended_handover", "retrieval"]
    place: tuple[str, str]
    sender: str
    receiver: str
    ground: Ground
    bodies: tuple[str, str] = ("", "")
    agreement: Agreement | bool = True
    access: Access | None = None

    @property
    def key(self) -> Part:
        """What tells it from other ways: data with another legal basis go by a handover of their own."""
        if self.kind == "handover":
            return (self.kind, *self.place, *self.ground.bases, self.ground.lawfulness)
        return (self.kind, *self.place)

    @property
    def parts(self) -> frozenset[Part]:
        """Everything that the way adds or extends."""
        found: set[Part] = {self.key}
        if self.access is not None:
            found.add(("reading_right", self.place[1], self.access.actor))
        if self.ground.lawfulness == "consent":
            found.add(self.consent_part)
        if self.agreement is False:
            found.add(self.agreement_part)
        return frozenset(found)

    @property
    def consent_part(self) -> Part:
        """The consent that the way needs: for one recipient, given where the data leave."""
        return ("consent", self.ground.consent or self.sending_step, self.receiver)

    @property
    def agreement_part(self) -> Part:
        """The agreement that the way needs: one between two institutions."""
        return ("agreement", *sorted(self.bodies))

    @property
    def sending_step(self) -> str:
        """The step after which the data leave, or that looks them up."""
        return self.place[1] if self.kind == "extended_handover" else self.place[0]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Ways that together cure a target; without ways: the actor has the datum already.

    Attributes:
        is_unclear: It has the datum only by a transfer of which nobody said what it rests on.
    """

    target: Target
    ways: tuple[Way, ...]
    is_unclear: bool = False

    @property
    def parts(self) -> frozenset[Part]:
        """Everything that the ways add or extend."""
        return frozenset[Part]().union(*(way.parts for way in self.ways))


def additions_of(target: Target, ways: tuple[Way, ...]) -> tuple[Addition, ...]:
    """Return what ways and target change in who knows what."""
    found: list[Addition] = []
    for way in ways:
        if way.kind == "retrieval":
            found.append(LookedUp(*way.place))
        else:
            found.append(Passed(way.sending_step, way.receiver))
    if target.is_question:
        found.append(Confirmed(target.step))
    return tuple(found)


class Candidates:
    """Finds the candidates of targets in one model.

    Attributes:
        is_cut: Whether there were more ways than are tried.
    """

    def __init__(self, computed: Computations, law: Law, what_if: WhatIf, clear: WhatIf) -> None:
        """Prepare the search; `clear` leaves out transfers of which nobody said what they rest on."""
        self._clear = clear
        self._computed = computed
        self._model = computed.model
        self._law = law
        self._what_if = what_if
        self._position = {node: number for number, node in enumerate(computed.model.nodes)}
        self.is_cut = False

    def of(self, target: Target) -> tuple[Candidate, ...] | OpenReason:
        """Return the candidates of the most lawful kind that works, or the reason why there are none."""
        if target.actor is None or self._model.actors[target.actor].kind == PERSON_KIND:
            return "nobody_named"
        has_it = target.is_question and self._cures(target, ())
        if has_it and self._is_clear(target):
            return (Candidate(target, ()),)
        known = target.known_to or self._what_if.sources(target.item, target.step).sometimes
        ways = sorted(self._ways(target, known - {target.actor}), key=lambda way: self._rank(target, way))
        for kind in LAWFULNESS:
            if kind == "consent" and has_it:
                return (Candidate(target, (), is_unclear=True),)
            if kind == "consent" and target.is_question and self._cures(target, (), carried=True):
                return "only_carried"
            working = [way for way in self._tried(ways, kind) if self._cures(target, (way,))]
            if working:
                return tuple(Candidate(target, (way,)) for way in working)
        return self._pairs(target, ways) or self._reason(target)

    def chained(
        self, target: Target, found: tuple[Candidate, ...], others: Iterable[Candidate]
    ) -> tuple[Candidate, ...]:
        """Return the candidates of a target with those in which another body gets the datum first and passes it on.

        A handover that another step needs anyway may so serve two.

        Args:
            target: The target.
            found: Its candidates; kept first.
            others: Candidates of other targets about the same item.
        """
        rank = max((LAWFULNESS.index(way.ground.lawfulness) for one in found for way in one.ways), default=0)
        alone = {one.ways for one in found}
        more: dict[tuple[Way, ...], None] = {}
        tries = 0
        for other in others:
            actor = other.target.actor
            if not other.ways or actor is None or actor == target.actor or other.target.step == target.step:
                continue
            for way in self._ways(target, frozenset((actor,))):
                ways = (*other.ways, way)
                is_lawful = all(LAWFULNESS.index(one.ground.lawfulness) <= rank for one in ways)
                if way.sender != actor or (way,) in alone or not is_lawful or way in other.ways or ways in more:
                    continue
                tries += 1
                if tries > MAX_CHAINS:
                    self.is_cut = True
                    break
                if self._cures(target, ways):
                    more.setdefault(ways)
        return (*found, *(Candidate(target, ways) for ways in more))

    def together(self, target: Target, found: tuple[Candidate, ...], shared: frozenset[Part]) -> tuple[Candidate, ...]:
        """Return the candidates of a target with pairs of ways, neither of which will do alone, that others use too.

        Two handovers that are needed anyway may cost less than one that would do alone.

        Args:
            target: The target.
            found: Its candidates; kept first.
            shared: Everything that the candidates of other targets add or extend.
        """
        rank = max((LAWFULNESS.index(way.ground.lawfulness) for one in found for way in one.ways), default=0)
        known = target.known_to or self._what_if.sources(target.item, target.step).sometimes
        alone = {one.ways for one in found}
        ways = [
            way
            for way in sorted(self._ways(target, known - {target.actor or ""}), key=lambda way: self._rank(target, way))
            if LAWFULNESS.index(way.ground.lawfulness) <= rank and (way,) not in alone
        ]
        pairs = [pair for pair in combinations(ways, 2) if any(not way.parts.isdisjoint(shared) for way in pair)]
        self.is_cut = self.is_cut or len(pairs) > MAX_SHARED_PAIRS
        working = (pair for pair in pairs[:MAX_SHARED_PAIRS] if self._cures(target, pair))
        return (*found, *(Candidate(target, pair) for pair in working))

    def _is_clear(self, target: Target) -> bool:
        """Return whether the actor has the datum also without transfers of which nobody said what they rest on."""
        if self._clear is self._what_if:
            return True
        return self._clear.cures(target.item, (target.step,), additions_of(target, ()), carried=False)

    def _rank(self, target: Target, way: Way) -> tuple[int, int]:
        """Return how lawful a way is, then how far in the file it begins from where the datum is wanted."""
        distance = abs(self._position[way.sending_step] - self._position[target.step])
        return LAWFULNESS.index(way.ground.lawfulness), distance

    def _tried(self, ways: list[Way], kind: Lawfulness) -> list[Way]:
        found = [way for way in ways if way.ground.lawfulness == kind]
        self.is_cut = self.is_cut or len(found) > MAX_WAYS
        return found[:MAX_WAYS]

    def _pairs(self, target: Target, ways: list[Way]) -> tuple[Candidate, ...]:
        found: list[Candidate] = []
        best = len(LAWFULNESS)
        self.is_cut = self.is_cut or len(ways) > MAX_PAIRED_WAYS
        for pair in combinations(ways[:MAX_PAIRED_WAYS], 2):
            rank = max(LAWFULNESS.index(way.ground.lawfulness) for way in pair)
            if rank <= best and self._cures(target, pair):
                found = found if rank == best else []
                best = rank
                found.append(Candidate(target, pair))
        return tuple(found)

    def _reason(self, target: Target) -> OpenReason:
        if self._what_if.is_exhausted:
            return "limit"
        sources = self._what_if.sources(target.item, target.step)
        if not sources.sometimes:
            return "nobody_knows"
        if not sources.always:
            return "not_on_every_run"
        return "opens_a_gap" if target.is_question and target.actor in sources.always else "no_way"

    def _cures(self, target: Target, ways: tuple[Way, ...], *, carried: bool = False) -> bool:
        """Return whether the ways cure a target; a question is spared only by what does not rest on the person."""
        return self._what_if.cures(
            target.item,
            (target.step,),
            additions_of(target, ways),
            carried=carried or not target.is_question,
        )

    def _ways(self, target: Target, known: frozenset[str]) -> Iterator[Way]:
        """Yield the ways from those who know the datum on some run, in the order of the model."""
        actor = target.actor or ""
        for system in self._model.systems.values():
            if system.id in known:
                right = self._law.ground_of_retrieval(actor, system, target.item)
                if right is not None:
                    yield Way("retrieval", (target.step, system.id), system.id, actor, right[0], access=right[1])
        yield from self._extensions(target, actor)
        for sender in self._model.actors.values():
            if sender.id == actor or sender.kind == PERSON_KIND or not self._may_have(sender.id, target.item, known):
                continue
            ground = self._law.ground_of_transfer(sender.id, actor, target.item)
            agreement = self._law.agreement_between(sender.id, actor, ground.bases)
            bodies = (self._law.body_of(sender.id), self._law.body_of(actor))
            steps = self._what_if.steps_of(sender.id, before=target.step)
            handing_over = [step for step in steps if self._is_step(step)]
            self.is_cut = self.is_cut or len(handing_over) > MAX_SENDING_STEPS
            for step in handing_over[:MAX_SENDING_STEPS]:
                yield Way("handover", (step, actor), sender.id, actor, ground, bodies, agreement)

    def _extensions(self, target: Target, actor: str) -> Iterator[Way]:
        """Yield the handovers to the actor that could pass the datum, too, or pass it without being allowed to."""
        for handover in self._model.handovers.values():
            sender = self._computed.sender(handover)
            if sender is None or handover.from_node is None or self._computed.receiver(handover) != actor:
                continue
            if (
                self._model.actors[sender].kind == PERSON_KIND
                or handover.is_carried_by_person
                or handover.channel == ()
            ):
                continue
            if handover.via is not None or sender == actor:
                continue
            ground = self._law.ground_of_extension(handover, sender, actor, target.item)
            yield Way("extended_handover", (handover.id, handover.from_node), sender, actor, ground)

    def _may_have(self, actor: str, item: str, known: frozenset[str]) -> bool:
        """Return whether an actor can have the datum: it knows it, or reads a system that holds it."""
        if actor in known:
            return True
        for id_ in known & set(self._model.systems):
            for access in self._model.systems[id_].readers or ():
                names = None if access.data is None else self._model.items_of(access.data)
                covers = names is None or any(self._model.canonical(name) == item for name in names)
                if access.actor == actor and access.used and covers:
                    return True
        return False

    def _is_step(self, id_: str) -> bool:
        node = self._model.nodes[id_]
        return isinstance(node, Activity) and not isinstance(node, SubProcess)
