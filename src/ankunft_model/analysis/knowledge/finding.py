"""Finds who knows what: plays all runs for every datum, and once more where open facts could change the answer."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Final

from ankunft_model.analysis.knowledge.collections import CollectionCounter
from ankunft_model.analysis.knowledge.compilation import EVERYTHING, FORGETTING, Reading, compile_facts
from ankunft_model.analysis.knowledge.exploration import BlockExploration, default_state_limit, explore
from ankunft_model.analysis.knowledge.facts import DataFacts, ItemKey, NodeFacts
from ankunft_model.analysis.knowledge.observing import NodeObservation
from ankunft_model.analysis.knowledge.open_facts import OpenFacts, UnknownFact, is_anything_open
from ankunft_model.analysis.knowledge.possible_moves import PossibleMoves
from ankunft_model.analysis.knowledge.results import AvoidableCollection, Gap, Grade, ItemKnowledge, ProcessKnowledge
from ankunft_model.analysis.knowledge.state_exploration import Exploration
from ankunft_model.findings import Certainty
from ankunft_model.graph import RunGraph, build_run_graph, build_token_game
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import ArrivalModel, Process

LEAST_TOTAL_STATE_LIMIT: Final = 400_000
STATES_PER_PAIR: Final = 100
"""So many states more are looked at for each pair of a step and a datum that it touches, all data together."""
LEAST_STATE_LIMIT: Final = 500
"""So many states every datum gets, however many the others took."""


def find_knowledge(
    model: ArrivalModel,
    *processes: Process,
    state_limit: int | None = None,
    total_state_limit: int | None = None,
    runs: RunGraph | None = None,
) -> ProcessKnowledge:
    """Return who knows what in the entry process `processes[0]`, played with those that it starts.

    Items come in the order of the model, for each the applicant before other members of the household.

    Args:
        model: The model.
        processes: The entry process and the processes that its handovers start.
        state_limit: So many states are looked at per datum; beyond, results are marked as not exact. None: as many
            as suits the process.
        total_state_limit: So many states are looked at for all data together; the last ones may get fewer. None: as
            many as suits the size of the model.
        runs: The graph of all runs, if it is known already.
    """
    runs = runs or build_run_graph(build_token_game(*processes))
    facts = compile_facts(model, runs.game.graph)
    explorer = _Explorer(runs, facts, state_limit, total_state_limit)
    counter = CollectionCounter(runs)
    actor_numbers: dict[str, int] = {}
    actor_bits = {
        node: 1 << actor_numbers.setdefault(actor or f"?{node}", len(actor_numbers))
        for node, actor in enumerate(facts.performers)
    }
    items: dict[ItemKey, ItemKnowledge] = {}
    for key in facts.keys:
        by_node = facts.by_node[key]
        found = explorer.explore(by_node, facts.initial[key])
        gaps = _gaps(facts, key, found)
        carried: tuple[Gap, ...] = ()
        carried_limits: tuple[Limit, ...] = ()
        if _may_rest_on_what_is_carried(by_node):
            left_out = explorer.explore(facts.without_carried(key), facts.initial[key])
            without, carried_limits = _gaps(facts, key, left_out), left_out.limits
            known = {gap.node for gap in gaps}
            carried = tuple(gap for gap in without if gap.node not in known)
        counted = counter.count(by_node, actor_bits)
        items[key] = ItemKnowledge(
            key=key,
            collections=counted,
            longest=counted.longest,
            collected_at=tuple(
                facts.graph.nodes[node].id for node, fact in sorted(by_node.items()) if fact.is_collected
            ),
            gaps=gaps,
            avoidable=_avoidable(model, facts, key, found),
            carried_gaps=carried,
            limits=in_order((*counted.limits, *found.limits, *carried_limits)),
        )
    return ProcessKnowledge(processes[0], facts, runs, _with_open_facts(model, explorer, items))


class _Explorer:
    """Plays all runs; data of which the model says the same share one exploration, and all share a limit."""

    def __init__(
        self, runs: RunGraph, facts: DataFacts, state_limit: int | None, total_state_limit: int | None
    ) -> None:
        self.runs = runs
        self.facts = facts
        self._state_limit = default_state_limit(runs) if state_limit is None else state_limit
        suits = LEAST_TOTAL_STATE_LIMIT + STATES_PER_PAIR * sum(map(len, facts.by_node.values()))
        self._states_left = suits if total_state_limit is None else total_state_limit
        self._moves = PossibleMoves(runs.game)
        self._explored: dict[tuple[tuple[tuple[int, NodeFacts], ...], int], Exploration | BlockExploration] = {}

    def explore(self, by_node: dict[int, NodeFacts], initial: int) -> Exploration | BlockExploration:
        """Return what all runs show about a datum."""
        same = (tuple(sorted(by_node.items(), key=lambda entry: entry[0])), initial)
        if same not in self._explored:
            found = explore(
                self.runs,
                by_node,
                initial,
                self.facts.knowers.all_knowers,
                self._moves,
                state_limit=min(self._state_limit, max(self._states_left, LEAST_STATE_LIMIT)),
            )
            self._states_left -= found.states
            self._explored[same] = found
        return self._explored[same]


def _with_open_facts(
    model: ArrivalModel, explorer: _Explorer, items: dict[ItemKey, ItemKnowledge]
) -> dict[ItemKey, ItemKnowledge]:
    """Return the results in which nothing is certain that an open fact could change."""
    if not is_anything_open(model, explorer.facts.graph):
        return items
    judge = _Judge(model, explorer, items)
    return {
        key: replace(
            known,
            gaps=tuple(judge.gap(gap) for gap in known.gaps),
            carried_gaps=tuple(judge.gap(gap, carried=False) for gap in known.carried_gaps),
            avoidable=tuple(judge.collection(found) for found in known.avoidable),
        )
        for key, known in items.items()
    }


class _Judge:
    """Settles what stays certain whatever the open facts turn out to be.

    More knowledge never makes a gap. So a gap that stays where every open fact spreads all it could stays for every
    answer; and a collection is avoidable for every answer if it is where whoever is unnamed forgets what it discards.
    """

    def __init__(self, model: ArrivalModel, explorer: _Explorer, items: dict[ItemKey, ItemKnowledge]) -> None:
        self._model = model
        self._explorer = explorer
        self._items = items

    def gap(self, gap: Gap, *, carried: bool = True) -> Gap:
        """Return the gap with its certainty and the open facts that could close it."""
        spread, stated = self._spread, self._explorer.facts
        key = gap.key
        node = stated.graph.index_of[gap.node]
        if spread.by_node[key] == stated.by_node[key] and spread.initial[key] == stated.initial[key]:
            return gap
        if not self._open_facts.before(key, node, carried=carried):
            return gap
        by_node = spread.by_node[key] if carried else spread.without_carried(key)
        found = self._explorer.explore(by_node, spread.initial[key])
        seen = found.observations[node]
        stays = found.is_exact and seen.lacks >= 0
        if stays and (seen.has < 0 or gap.certainty == "possible"):
            return gap
        return replace(gap, certainty="possible", depends_on=self._open_facts.to_ask(key, node, carried=carried))

    def collection(self, found: AvoidableCollection) -> AvoidableCollection:
        """Return the avoidable collection with its certainty and the open facts that could make it a first one."""
        stated, forgetting = self._explorer.facts, self._forgetting
        by_node = forgetting.by_node.get(found.key, {})
        if found.certainty == "possible" or by_node == stated.by_node[found.key]:
            return found
        explored = self._explorer.explore(by_node, forgetting.initial[found.key])
        seen = explored.observations[stated.graph.index_of[found.node]]
        if explored.is_exact and seen.unknown < 0:
            return found if _grade(seen)[2] else replace(found, grade_certainty="possible")
        unnamed = self._open_facts.unnamed
        depends_on = tuple(
            UnknownFact("actor", stated.graph.nodes[unnamed[node]].id)
            for node, fact in sorted(by_node.items())
            if fact.is_discarded and unnamed[node] >= 0
        )
        return replace(found, certainty="possible", grade_certainty="possible", depends_on=depends_on)

    @cached_property
    def _spread(self) -> DataFacts:
        return self._read_as(
            EVERYTHING, {key.item for key, known in self._items.items() if known.gaps or known.carried_gaps}
        )

    @cached_property
    def _forgetting(self) -> DataFacts:
        return self._read_as(FORGETTING, {key.item for key, known in self._items.items() if known.avoidable})

    @cached_property
    def _open_facts(self) -> OpenFacts:
        return OpenFacts(self._model, self._spread)

    def _read_as(self, reading: Reading, items: set[str]) -> DataFacts:
        return compile_facts(self._model, self._explorer.facts.graph, reading, only=frozenset(items))


def _may_rest_on_what_is_carried(by_node: dict[int, NodeFacts]) -> bool:
    is_carried = any(
        fact.shown or fact.arrived or any(passing.is_carried for passing in fact.passes) for fact in by_node.values()
    )
    return is_carried and any(fact.is_needed and not (fact.is_collected or fact.is_person) for fact in by_node.values())


def _gaps(facts: DataFacts, key: ItemKey, found: Exploration | BlockExploration) -> tuple[Gap, ...]:
    gaps: list[Gap] = []
    for node, seen in found.observations.items():
        if not facts.by_node[key][node].is_needed or seen.lacks < 0:
            continue
        certainty: Certainty = "definite" if seen.has < 0 and found.is_exact else "possible"
        gaps.append(
            Gap(
                key=key,
                node=facts.graph.nodes[node].id,
                actor=facts.performers[node],
                certainty=certainty,
                as_stated=certainty,
                exact=found.is_exact,
                run=found.run(seen.lacks, node),
            )
        )
    return tuple(gaps)


def _avoidable(
    model: ArrivalModel, facts: DataFacts, key: ItemKey, found: Exploration | BlockExploration
) -> tuple[AvoidableCollection, ...]:
    if key.item in model.data and not model.data[key.item].reusable:
        return ()
    collected: list[AvoidableCollection] = []
    for node, seen in found.observations.items():
        fact = facts.by_node[key][node]
        if not fact.is_collected or seen.known < 0:
            continue
        grade, state, always = _grade(seen)
        certainty: Certainty = "definite" if seen.unknown < 0 and found.is_exact else "possible"
        collected.append(
            AvoidableCollection(
                key=key,
                node=facts.graph.nodes[node].id,
                actor=facts.performers[node],
                certainty=certainty,
                exact=found.is_exact,
                grade=grade,
                grade_certainty="definite" if certainty == "definite" and always else "possible",
                known_to=facts.knowers.names(seen.known_to),
                readable_from=facts.knowers.names(seen.known_to & fact.can_read),
                run=found.run(state, node),
            )
        )
    return tuple(collected)


def _grade(seen: NodeObservation) -> tuple[Grade, int, bool]:
    """Return the strongest reason seen, a state that shows it, and whether it was there every time."""
    if seen.known_to_same >= 0:
        return "same_actor", seen.known_to_same, seen.always_same
    if seen.readable >= 0:
        return "readable", seen.readable, seen.always_readable
    return "known_elsewhere", seen.known, True
