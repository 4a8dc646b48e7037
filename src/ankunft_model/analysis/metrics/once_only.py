"""How far data are asked once only: factors over all items of a process."""

from __future__ import annotations

from dataclasses import dataclass

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.knowledge.results import ProcessKnowledge
from ankunft_model.analysis.metrics.run_counts import Count, RunCounting
from ankunft_model.model import PERSON_KIND, Activity


@dataclass(frozen=True, slots=True)
class OnceOnly:
    """The once-only factors of one process.

    Attributes:
        asked_items: Number of data that are asked on some run.
        asked_once: Number of those that no run asks more than once.
        factor: Expected number of questions divided by the expected number of different items; 1 is once only; None if
            a share of a decision is not stated, or nothing is asked.
        least_factor, most_factor: Bounds of it over all runs; None: nothing asked, or no bound.
        avoidable_questions: Questions per run that somebody could have answered: surely at least, perhaps at most.
        avoidable_places: Number of pairs of step and item, surely at least, perhaps at most.
        gaps: Missing data per run, surely at least, perhaps at most.
        covered_needs: Number of needed pairs of actor and item that a handover supplies, surely and perhaps.
        needs: Number of needed pairs of actor and item.
    """

    asked_items: int
    asked_once: int
    factor: float | None
    least_factor: float | None
    most_factor: float | None
    avoidable_questions: Count
    avoidable_places: tuple[int, int]
    gaps: Count
    covered_needs: tuple[int, int]
    needs: int


def once_only(computed: Computations, counting: RunCounting, knowledge: ProcessKnowledge) -> OnceOnly:
    """Return the factors of one process; items are told apart by the person whom they are about."""
    graph = knowledge.runs.game.graph
    asked = {key: known for key, known in knowledge.items.items() if known.collections.most != 0}
    expected, present, least, most = 0.0, 0.0, [0.0, 0.0], [0.0, 0.0]
    is_known, is_bounded = True, True
    for known in asked.values():
        nodes = {graph.index_of[node]: 1.0 for node in known.collected_at}
        count, chance = counting.count(nodes, nodes), counting.chance(frozenset(nodes))
        if count.expected is None or chance is None:
            is_known = False
        else:
            expected, present = expected + count.expected, present + chance
        least = [least[0] + known.collections.least, least[1] + (1.0 if known.collections.least > 0 else 0.0)]
        if known.collections.most is None:
            is_bounded = False
        else:
            most = [most[0] + known.collections.most, most[1] + 1.0]
    sure: dict[int, float] = {}
    maybe: dict[int, float] = {}
    missing: dict[int, float] = {}
    perhaps: dict[int, float] = {}
    places = [0, 0]
    for known in knowledge.items.values():
        for found in known.avoidable:
            number = graph.index_of[found.node]
            maybe[number] = maybe.get(number, 0.0) + 1.0
            places[1] += 1
            if found.certainty == "definite":
                sure[number] = sure.get(number, 0.0) + 1.0
                places[0] += 1
        for gap in known.gaps:
            number = graph.index_of[gap.node]
            perhaps[number] = perhaps.get(number, 0.0) + 1.0
            if gap.certainty == "definite":
                missing[number] = missing.get(number, 0.0) + 1.0
    covered, needs = _covered_needs(computed, knowledge)
    return OnceOnly(
        asked_items=len(asked),
        asked_once=sum(known.collections.most == 1 for known in asked.values()),
        factor=expected / present if is_known and present else None,
        least_factor=least[0] / least[1] if least[1] else None,
        most_factor=most[0] / most[1] if is_bounded and most[1] else None,
        avoidable_questions=counting.count(sure, maybe),
        avoidable_places=(places[0], places[1]),
        gaps=counting.count(missing, perhaps),
        covered_needs=covered,
        needs=needs,
    )


def _covered_needs(computed: Computations, knowledge: ProcessKnowledge) -> tuple[tuple[int, int], int]:
    """Return how many needed pairs of actor and item a handover supplies (surely, perhaps), and how many there are.

    What the person carries is no handover between bodies; a handover whose data are unknown supplies perhaps.
    """
    model, graph = computed.model, knowledge.runs.game.graph
    needed: set[tuple[str, str]] = set()
    for node in graph.nodes:
        actor = computed.performer_of.get(node.id)
        if isinstance(node, Activity) and actor is not None and model.actors[actor].kind != PERSON_KIND:
            needed |= {(actor, model.canonical(item)) for item in model.items_of(node.needs or ())}
    surely: set[tuple[str, str]] = set()
    perhaps: set[tuple[str, str]] = set()
    for process in graph.processes:
        for handover in process.handovers or ():
            receiver, sender = computed.receiver(handover), computed.sender(handover)
            if receiver is None or handover.channel == () or handover.is_carried_by_person:
                continue
            if sender is not None and model.actors[sender].kind == PERSON_KIND:
                continue
            if handover.data is None:
                perhaps |= {pair for pair in needed if pair[0] == receiver}
            surely |= {(receiver, model.canonical(item)) for item in model.items_of(handover.data or ())}
    return (len(needed & surely), len(needed & (surely | perhaps))), len(needed)
