"""Who knows what, as results: collections, gaps and avoidable collections of every datum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ankunft_model.analysis.knowledge.collections import CollectionBounds, CollectionCounter
from ankunft_model.analysis.knowledge.exploration import DEFAULT_STATE_LIMIT, BlockExploration, Exploration, explore
from ankunft_model.analysis.knowledge.facts import DataFacts, ItemKey, NodeFacts, compile_facts
from ankunft_model.analysis.knowledge.observing import NodeObservation
from ankunft_model.analysis.knowledge.possible_moves import PossibleMoves
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import Certainty
from ankunft_model.graph import RunGraph, build_run_graph, build_token_game
from ankunft_model.model import ArrivalModel, Process

LEAST_TOTAL_STATE_LIMIT: Final = 400_000
STATES_PER_PAIR: Final = 100
"""So many states more are looked at for each pair of a step and a datum that it touches, all data together."""
LEAST_STATE_LIMIT: Final = 500
"""So many states every datum gets, however many the others took."""

Grade: TypeAlias = Literal["same_actor", "readable", "known_elsewhere"]
"""Why a collection is avoidable: the asking actor knows it; it could read it; others know it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A step whose actor does not have what it needs, on some run or on every run that executes it."""

    key: ItemKey
    node: str
    actor: str | None
    certainty: Certainty
    exact: bool
    run: Run


@dataclass(frozen=True, slots=True)
class AvoidableCollection:
    """A step that asks for what somebody already knows.

    Attributes:
        grade: The strongest reason that holds on some run.
        grade_certainty: `definite` if that reason holds on every run that executes the step, each time.
        known_to: Actors and systems that know it beforehand on some run, in the order of the model.
        readable_from: Systems among them that the asking actor could read, also by rights that are not used.
    """

    key: ItemKey
    node: str
    actor: str | None
    certainty: Certainty
    exact: bool
    grade: Grade
    grade_certainty: Certainty
    known_to: tuple[str, ...]
    readable_from: tuple[str, ...]
    run: Run


@dataclass(frozen=True, slots=True)
class ItemKnowledge:
    """What is known about one datum in one group of processes.

    Attributes:
        collected_at: Nodes that ask for it, in the order of the model.
        longest: A run on which the most different actors ask for it.
        carried_gaps: Gaps that only what the person carries, or shows, keeps from happening.
    """

    key: ItemKey
    collections: CollectionBounds
    collected_at: tuple[str, ...]
    longest: Run
    gaps: tuple[Gap, ...]
    avoidable: tuple[AvoidableCollection, ...]
    carried_gaps: tuple[Gap, ...]
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class ProcessKnowledge:
    """What is known about every datum in one entry process and the processes that it starts."""

    process: Process
    facts: DataFacts
    runs: RunGraph
    items: dict[ItemKey, ItemKnowledge]


def find_knowledge(
    model: ArrivalModel,
    *processes: Process,
    state_limit: int = DEFAULT_STATE_LIMIT,
    total_state_limit: int | None = None,
    runs: RunGraph | None = None,
) -> ProcessKnowledge:
    """Return who knows what in the entry process `processes[0]`, played with those that it starts.

    Items come in the order of the model, for each the applicant before other members of the household.

    Args:
        model: The model.
        processes: The entry process and the processes that its handovers start.
        state_limit: So many states are looked at per datum; beyond, results are marked as not exact.
        total_state_limit: So many states are looked at for all data together; the last ones may get fewer. None: as
            many as suits the size of the model.
        runs: The graph of all runs, if it is known already.
    """
    runs = runs or build_run_graph(build_token_game(*processes))
    game = runs.game
    possible_moves = PossibleMoves(game)
    facts = compile_facts(model, game.graph)
    states_left = total_state_limit
    if states_left is None:
        states_left = LEAST_TOTAL_STATE_LIMIT + STATES_PER_PAIR * sum(map(len, facts.by_node.values()))
    counter = CollectionCounter(runs)
    actor_numbers: dict[str, int] = {}
    actor_bits = {
        node: 1 << actor_numbers.setdefault(actor or f"?{node}", len(actor_numbers))
        for node, actor in enumerate(facts.performers)
    }
    explored: dict[tuple[tuple[tuple[int, NodeFacts], ...], int], Exploration | BlockExploration] = {}

    def explored_once(by_node: dict[int, NodeFacts], initial: int) -> Exploration | BlockExploration:
        """Data of which the model says the same share one exploration."""
        nonlocal states_left
        same = (tuple(sorted(by_node.items(), key=lambda entry: entry[0])), initial)
        if same not in explored:
            explored[same] = explore(
                runs,
                by_node,
                initial,
                facts.knowers.all_knowers,
                possible_moves,
                state_limit=min(state_limit, max(states_left, LEAST_STATE_LIMIT)),
            )
            states_left -= explored[same].states
        return explored[same]

    items: dict[ItemKey, ItemKnowledge] = {}
    for key in facts.keys:
        by_node = facts.by_node[key]
        found = explored_once(by_node, facts.initial[key])
        gaps = _gaps(facts, key, found)
        carried: tuple[Gap, ...] = ()
        if _may_rest_on_what_is_carried(by_node):
            without = _gaps(facts, key, explored_once(facts.without_carried(key), facts.initial[key]))
            known = {gap.node for gap in gaps}
            carried = tuple(gap for gap in without if gap.node not in known)
        counted = counter.count(by_node, actor_bits)
        items[key] = ItemKnowledge(
            key=key,
            collections=counted,
            longest=counted.longest,
            collected_at=tuple(
                game.graph.nodes[node].id for node, fact in sorted(by_node.items()) if fact.is_collected
            ),
            gaps=gaps,
            avoidable=_avoidable(model, facts, key, found),
            carried_gaps=carried,
            is_exact=counted.is_exact and found.is_exact,
        )
    return ProcessKnowledge(processes[0], facts, runs, items)


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
