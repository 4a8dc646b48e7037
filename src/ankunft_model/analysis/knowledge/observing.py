"""What is seen of one datum whenever a node executes: who knows it then, and whether a need is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ankunft_model.analysis.knowledge.facts import NodeFacts


@dataclass(slots=True)
class NodeObservation:
    """What was seen whenever a node executed, over all runs.

    Attributes:
        lacks, has: A state in which the need was not met, or was met, as number of the state; -1: never seen.
        known_to: Bits of all knowers seen before a collection.
        known, unknown: A state in which somebody knew the datum before the collection, or nobody did.
        known_to_same, readable: States in which the asking actor itself knew it, or could have read it.
        always_same, always_readable: Whether that was so at every collection.
    """

    lacks: int = -1
    has: int = -1
    known_to: int = 0
    known: int = -1
    unknown: int = -1
    known_to_same: int = -1
    readable: int = -1
    always_same: bool = True
    always_readable: bool = True


class Observer:
    """Executes nodes on states of knowledge and notes what is seen.

    Attributes:
        facts: What nodes do to the datum; documents that are shown nowhere are left out.
        observations: By node that needs or collects the datum.
        watched: A node of which it is noted who knows the datum before it executes, or -1.
        always, sometimes: Bits that were set each time, or at least once, before it executed.
    """

    def __init__(self, facts: dict[int, NodeFacts], all_knowers: int, *, watched: int = -1) -> None:
        self.watched = watched
        self.always = -1
        self.sometimes = 0
        self.facts = without_unread_documents(facts)
        self.all_knowers = all_knowers
        self.observations = {
            node: NodeObservation() for node, fact in sorted(self.facts.items()) if fact.is_needed or fact.is_collected
        }

    def execute(self, node: int, mask: int, state: int) -> tuple[int, ...]:
        """Return the possible states of knowledge after `node` has executed as often as it does in a row."""
        fact = self.facts.get(node)
        if fact is None:
            return (mask,)
        if node == self.watched:
            self.always &= mask
            self.sometimes |= mask
        if fact.repeats == (1, 1):
            return (self._execute_once(node, fact, mask, state),)
        outcomes: dict[int, None] = {}
        self._execute_in_a_row(node, fact, mask, state, outcomes)
        return tuple(outcomes)

    def news(self, node: int, more: int) -> Iterator[int]:
        """Yield bits of `more` that would show what was not seen yet at `node`."""
        seen, fact = self.observations[node], self.facts[node]
        if fact.is_needed and seen.has < 0 and more & fact.has:
            yield more & fact.has & -(more & fact.has)
        known = more & self.all_knowers
        if not fact.is_collected or not known:
            return
        for wanted, found in (
            (fact.own, seen.known_to_same),
            (fact.can_read, seen.readable),
            (self.all_knowers, seen.known),
        ):
            if found < 0 and known & wanted:
                yield known & wanted & -(known & wanted)

    def note_more(self, node: int, mask: int, state: int) -> None:
        """Note what may be known at `node` besides, in a state that shows it."""
        seen, fact = self.observations[node], self.facts[node]
        known = mask & self.all_knowers
        if fact.is_collected and known:
            seen.known = state if seen.known < 0 else seen.known
            if known & fact.own and seen.known_to_same < 0:
                seen.known_to_same = state
            if known & fact.can_read and seen.readable < 0:
                seen.readable = state
        if fact.is_needed and seen.has < 0 and fact.satisfies(fact.before_needs(mask)):
            seen.has = state

    def note_knowers(self, node: int, more: int) -> None:
        """Note who may know the datum at `node` besides."""
        if node == self.watched:
            self.sometimes |= more
        if self.facts[node].is_collected:
            self.observations[node].known_to |= more & self.all_knowers

    def anew(self) -> Observer:
        """Return an observer of the same nodes that has seen nothing yet."""
        return Observer(self.facts, self.all_knowers, watched=self.watched)

    def has_seen_all_of(self, other: Observer) -> bool:
        """Return whether what the other one has seen at each node, whenever that was, was seen here as well."""
        if self.always & ~other.always or other.sometimes & ~self.sometimes:
            return False
        return all(
            _is_covered(seen, self.observations[node], self.facts[node]) for node, seen in other.observations.items()
        )

    def take(self, other: Observer) -> None:
        """Forget what was seen, and take what the other one has seen, with the states that show it."""
        self.always, self.sometimes = other.always, other.sometimes
        self.observations.update(other.observations)

    def add(self, other: Observer) -> None:
        """Take what the other one has seen as something that may be so, with the beginning for what shows it."""
        self.always &= other.always
        self.sometimes |= other.sometimes
        for node, seen in other.observations.items():
            own = self.observations[node]
            own.known_to |= seen.known_to
            own.always_same = own.always_same and seen.always_same
            own.always_readable = own.always_readable and seen.always_readable
            for name in ("lacks", "has", "known", "unknown", "known_to_same", "readable"):
                if getattr(seen, name) >= 0 > getattr(own, name):
                    setattr(own, name, 0)

    def judge_the_rest(self, initial: int) -> None:
        """Beyond a limit, take every need as perhaps unmet and every collection as perhaps avoidable.

        What nobody can ever know, by any step, stays unknown.
        """
        may = self.may_know(initial)
        for node, seen in self.observations.items():
            fact = self.facts[node]
            if fact.is_needed and not fact.is_person and not fact.is_collected and seen.lacks < 0:
                seen.lacks = 0
            known = may & self.all_knowers
            if fact.is_collected and known & ~seen.known_to:
                seen.known_to |= known
                seen.known = max(seen.known, 0)
                if known & fact.can_read:
                    seen.readable = max(seen.readable, 0)

    def may_know(self, initial: int) -> int:
        """Return the bits that any step could ever set, or that are set at the beginning."""
        may = initial
        for fact in self.facts.values():
            may |= fact.own | fact.records | fact.records_if_had
            for passing in fact.passes:
                may |= passing.sets
        return may

    def _execute_in_a_row(self, node: int, fact: NodeFacts, mask: int, state: int, outcomes: dict[int, None]) -> None:
        """Add the states of knowledge after each allowed number of executions, until nothing new can come."""
        least, most = fact.repeats
        execution = 0
        seen: set[int] = set()
        while most is None or execution < most:
            if mask in seen and execution >= least:
                return
            if mask in seen and execution < least:
                # what repeats goes on repeating; all that is to come was seen, also the state at the least number
                outcomes.update(dict.fromkeys(_rest_of_circle(mask, fact)))
                return
            seen.add(mask)
            mask = self._execute_once(node, fact, mask, state)
            execution += 1
            if execution >= least:
                outcomes.setdefault(mask)

    def _execute_once(self, node: int, fact: NodeFacts, mask: int, state: int) -> int:
        seen = self.observations.get(node)
        if seen is not None and fact.is_collected:
            known = mask & self.all_knowers
            seen.known_to |= known
            if not known:
                seen.unknown = state if seen.unknown < 0 else seen.unknown
            elif seen.known < 0:
                seen.known = state
            if known & fact.own:
                seen.known_to_same = state if seen.known_to_same < 0 else seen.known_to_same
            else:
                seen.always_same = False
            if known & fact.can_read:
                seen.readable = state if seen.readable < 0 else seen.readable
            else:
                seen.always_readable = False
        mask = fact.before_needs(mask)
        if seen is not None and fact.is_needed:
            if fact.satisfies(mask):
                seen.has = state if seen.has < 0 else seen.has
            elif seen.lacks < 0:
                seen.lacks = state
        return fact.complete(mask)


def _is_covered(seen: NodeObservation, by: NodeObservation, fact: NodeFacts) -> bool:
    """Return whether nothing new is in what was seen at a node."""
    if fact.is_needed and ((seen.lacks >= 0 > by.lacks) or (seen.has >= 0 > by.has)):
        return False
    if not fact.is_collected:
        return True
    return not (
        seen.known_to & ~by.known_to
        or seen.known >= 0 > by.known
        or seen.unknown >= 0 > by.unknown
        or seen.known_to_same >= 0 > by.known_to_same
        or seen.readable >= 0 > by.readable
        or by.always_same > seen.always_same
        or by.always_readable > seen.always_readable
    )


def without_unread_documents(facts: dict[int, NodeFacts]) -> dict[int, NodeFacts]:
    """Return the facts without the issuing of documents that are shown nowhere."""
    shown = 0
    for fact in facts.values():
        shown |= fact.shown
    if not any(fact.issues & ~shown for fact in facts.values()):
        return facts
    return {
        node: replace(fact, issues=fact.issues & shown) if fact.issues & ~shown else fact
        for node, fact in facts.items()
    }


def _rest_of_circle(mask: int, fact: NodeFacts) -> list[int]:
    found: dict[int, None] = {}
    while mask not in found:
        found[mask] = None
        mask = fact.complete(fact.before_needs(mask))
    return list(found)
