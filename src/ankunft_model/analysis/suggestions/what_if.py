"""What would be known if a body got a datum by another way: answered for one datum, without changing the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.knowledge.compilation import compile_facts
from ankunft_model.analysis.knowledge.exploration import explore_with
from ankunft_model.analysis.knowledge.facts import DataFacts, ItemKey, NodeFacts, Passing, in_a_row
from ankunft_model.analysis.knowledge.observing import Observer
from ankunft_model.analysis.knowledge.possible_moves import PossibleMoves
from ankunft_model.graph import RunGraph, build_workflow_graph
from ankunft_model.model import ArrivalModel, Handover, Process

DEFAULT_STATE_BUDGET: Final = 3_000_000
"""So many states are looked at for all suggestions of one model."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A handover from a step to an actor, in addition."""

    step: str
    receiver: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A step looks the datum up in a system."""

    step: str
    system: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A step has the datum confirmed and does not ask for it."""

    step: str


Addition: TypeAlias = "Passed | LookedUp | Confirmed"
_Place: TypeAlias = "tuple[int, ItemKey]"
_Facts: TypeAlias = dict[int, NodeFacts]


@dataclass(frozen=True, slots=True)
class Sources:
    """Actors and systems that know a datum before a step executes: on every run, and on some run."""

    always: frozenset[str]
    sometimes: frozenset[str]


class WhatIf:
    """Who would know what; additions that were accepted are kept.

    Transfers that are known to be unlawful are taken as if they passed nothing.

    Attributes:
        states_left: So many states may still be looked at; when they are used up, every answer is no.
    """

    def __init__(self, computed: Computations, ignored: frozenset[str], state_budget: int) -> None:
        self._groups = [
            _Group(computed.model, group, runs, ignored)
            for group, runs in zip(computed.groups, computed.runs, strict=True)
        ]
        self._accepted: dict[_Place, _Facts] = {}
        self._lacking: dict[tuple[int, ItemKey, bool], frozenset[int] | None] = {}
        self._answers: dict[tuple[int, int, tuple[tuple[int, NodeFacts], ...]], frozenset[int] | None] = {}
        self.states_left = state_budget

    @property
    def is_exhausted(self) -> bool:
        """Whether no more states may be looked at."""
        return self.states_left <= 0

    def sources(self, item: str, step: str) -> Sources:
        """Return who knows the datum before `step` executes."""
        always, sometimes = -1, 0
        group: _Group | None = None
        for number, key in self._touched(item, step):
            group = self._groups[number]
            node = group.index_of[step]
            facts = dict(self._facts(number, key))
            observer = Observer(facts, group.facts.knowers.all_knowers, watched=node)
            found = explore_with(group.runs, observer, group.facts.initial[key], group.moves)
            self.states_left -= found.states
            always &= observer.always if found.is_exact else 0
            sometimes |= observer.sometimes if found.is_exact else group.facts.knowers.all_knowers
        if group is None:
            return Sources(frozenset(), frozenset())
        names = group.facts.knowers.names
        return Sources(frozenset(names(always & sometimes)), frozenset(names(sometimes)))

    def cures(self, item: str, steps: Iterable[str], additions: Iterable[Addition], *, carried: bool = True) -> bool:
        """Return whether, with the additions, the steps always have the datum and no other step comes to lack it.

        Args:
            item: Main name of the item.
            steps: The steps that shall have it.
            additions: What is done besides.
            carried: False: what the person carries or shows does not count, as if it were not there.
        """
        asked, added = tuple(steps), tuple(additions)
        for number in range(len(self._groups)):
            group = self._groups[number]
            wanted = {group.index_of[step] for step in asked if step in group.index_of}
            for key in group.keys_of(item):
                changed = self._changed(number, key, added)
                before = self._lacks(number, key, carried=carried)
                lacking = self._explored(number, key, changed if carried else without_carried(changed))
                if lacking is None or lacking & wanted:
                    return False
                if before is not None and lacking - before:
                    return False
        return True

    def accept(self, item: str, additions: Iterable[Addition]) -> None:
        """Take the additions as made from now on."""
        added = tuple(additions)
        for number, group in enumerate(self._groups):
            for key in group.keys_of(item):
                self._accepted[number, key] = self._changed(number, key, added)
                for carried in (True, False):
                    self._lacking.pop((number, key, carried), None)

    def steps_of(self, actor: str, *, before: str) -> tuple[str, ...]:
        """Return the steps of an actor from which flows lead to `before`, those nearest to it in the file first."""
        found: dict[str, int] = {}
        for group in self._groups:
            goal = group.index_of.get(before)
            if goal is None:
                continue
            for node in group.steps_leading_to(goal):
                if group.facts.performers[node] == actor:
                    found[group.facts.graph.nodes[node].id] = abs(goal - node)
        return tuple(sorted(found, key=lambda step: found[step]))

    def _touched(self, item: str, step: str) -> list[_Place]:
        return [
            (number, key)
            for number, group in enumerate(self._groups)
            for key in group.keys_of(item)
            if step in group.index_of and group.index_of[step] in self._facts(number, key)
        ]

    def _facts(self, number: int, key: ItemKey) -> _Facts:
        accepted = self._accepted.get((number, key))
        return self._groups[number].facts.by_node[key] if accepted is None else accepted

    def _lacks(self, number: int, key: ItemKey, *, carried: bool) -> frozenset[int] | None:
        place = (number, key, carried)
        if place not in self._lacking:
            facts = self._facts(number, key)
            self._lacking[place] = self._explored(number, key, facts if carried else without_carried(facts))
        return self._lacking[place]

    def _explored(self, number: int, key: ItemKey, facts: _Facts) -> frozenset[int] | None:
        """Return the nodes that lack the datum on some run, or None if a limit was reached."""
        group = self._groups[number]
        question = (number, group.facts.initial[key], tuple(sorted(facts.items(), key=lambda entry: entry[0])))
        if question not in self._answers:
            if self.is_exhausted:
                return None
            observer = Observer(facts, group.facts.knowers.all_knowers)
            if not observer.observations:
                self._answers[question] = frozenset()
                return frozenset()
            found = explore_with(group.runs, observer, group.facts.initial[key], group.moves)
            self.states_left -= found.states
            self._answers[question] = (
                frozenset(
                    node for node, seen in found.observations.items() if facts[node].is_needed and seen.lacks >= 0
                )
                if found.is_exact
                else None
            )
        return self._answers[question]

    def _changed(self, number: int, key: ItemKey, additions: Iterable[Addition]) -> _Facts:
        group = self._groups[number]
        facts = dict(self._facts(number, key))
        for addition in additions:
            node = group.index_of.get(addition.step)
            if node is None:
                continue
            old = facts.get(node)
            if isinstance(addition, Confirmed):
                if old is not None and old.is_collected:
                    kept = 0 if old.is_produced else old.records
                    facts[node] = replace(
                        old,
                        is_collected=False,
                        is_needed=True,
                        records=old.records if old.is_produced else 0,
                        records_if_had=old.records_if_had | kept,
                    )
            elif isinstance(addition, LookedUp):
                if old is not None:
                    bit = group.facts.knowers.bit_of[addition.system]
                    facts[node] = replace(old, retrieves=old.retrieves | bit, can_read=old.can_read | bit)
            elif key.member in group.members_at(node):
                old = old or group.fresh(node, key.item)
                bit = group.facts.knowers.bit_of.get(addition.receiver, 0)
                passing = Passing(old.has, bit, always=old.is_person, is_carried=False)
                if bit and passing not in old.passes:
                    facts[node] = replace(old, passes=(*old.passes, passing))
        return facts


def without_carried(facts: _Facts) -> _Facts:
    """Return the facts of a datum as if the person carried nothing and showed no document."""
    return {
        node: replace(
            fact, shown=0, arrived=0, passes=tuple(passing for passing in fact.passes if not passing.is_carried)
        )
        if fact.shown or fact.arrived or any(passing.is_carried for passing in fact.passes)
        else fact
        for node, fact in facts.items()
    }


class _Group:
    """One entry process with those that it starts, and what its nodes do to data."""

    def __init__(
        self, model: ArrivalModel, processes: tuple[Process, ...], runs: RunGraph, ignored: frozenset[str]
    ) -> None:
        self._model = model
        self.runs = runs
        self.moves = PossibleMoves(runs.game)
        seen = tuple(_without(process, ignored) for process in processes)
        self.facts: DataFacts = compile_facts(model, build_workflow_graph(*seen))
        self.index_of = self.facts.graph.index_of
        self._keys: dict[str, list[ItemKey]] = {}
        for key in self.facts.keys:
            self._keys.setdefault(key.item, []).append(key)
        self._leading: dict[int, tuple[int, ...]] = {}

    def keys_of(self, item: str) -> list[ItemKey]:
        """Return the data that an item is told apart into, by member of the household."""
        return self._keys.get(item, [])

    def members_at(self, node: int) -> frozenset[str]:
        """Return the members that a node is about, as far as data name them."""
        element = self.facts.graph.nodes[node]
        stated = getattr(element, "for_", None)
        if not stated:
            return frozenset(("",))
        roles = {
            member.id: member.role for cohort in self._model.cohorts.values() for member in cohort.members.values()
        }
        return frozenset("" if roles.get(member) == "applicant" else member for member in stated)

    def fresh(self, node: int, item: str) -> NodeFacts:
        """Return the facts of a node that does nothing to an item."""
        actor = self.facts.performers[node]
        knowers = self.facts.knowers
        own = knowers.bit_of.get(actor or "", 0)
        used = read = 0
        for system in self._model.systems.values():
            for access in system.readers or ():
                names = None if access.data is None else self._main_names(access.data)
                if access.actor == actor and (names is None or item in names):
                    read |= knowers.bit_of[system.id]
                    used |= knowers.bit_of[system.id] if access.used else 0
        return NodeFacts(
            own=own,
            has=own | used,
            can_read=read,
            is_person=actor in knowers.person,
            repeats=in_a_row(self.facts.graph.nodes[node]),
        )

    def steps_leading_to(self, goal: int) -> tuple[int, ...]:
        """Return the nodes from which flows lead to `goal`, in the order of the file."""
        if goal not in self._leading:
            graph = self.facts.graph
            seen: set[int] = set()
            stack = [goal]
            while stack:
                node = stack.pop()
                before = [graph.source[flow] for flow in graph.incoming[node]]
                if graph.parent[node] >= 0:
                    before.append(graph.parent[node])
                if graph.host[node] >= 0:
                    before.append(graph.host[node])
                before += [inner for inner in range(len(graph.nodes)) if graph.parent[inner] == node]
                for other in before:
                    if other not in seen:
                        seen.add(other)
                        stack.append(other)
            self._leading[goal] = tuple(sorted(seen - {goal}))
        return self._leading[goal]

    def _main_names(self, ids: Iterable[str]) -> set[str]:
        return {self._model.canonical(item) for item in self._model.items_of(ids)}


def _without(process: Process, ignored: frozenset[str]) -> Process:
    """Return the process in which the ignored handovers pass no data."""
    if not any(handover.id in ignored for handover in process.handovers or ()):
        return process
    kept: list[Handover] = [
        handover.changed(data=(), documents=None) if handover.id in ignored else handover
        for handover in process.handovers or ()
    ]
    return process.changed(handovers=tuple(kept))
