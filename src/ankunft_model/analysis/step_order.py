"""What happened before a step: on some run, on every run, with the run that shows it.

The question is asked on all runs and all orders of parallel steps: marks are left by some steps, taken away by others,
and looked at by the steps in question before they leave or take away one themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ankunft_model.analysis.knowledge.exploration import explore
from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.possible_moves import PossibleMoves
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import Certainty
from ankunft_model.graph import RunGraph, WorkflowGraph
from ankunft_model.graph.block_order import Before, BlockOrder
from ankunft_model.graph.limits import Limit, in_order


@dataclass(frozen=True, slots=True)
class Preceded:
    """What all runs say about a step and a mark.

    Attributes:
        node: Id of the step.
        marked: A run on which the mark was there when the step executed; None: there is none.
        unmarked: A run on which it was not there.
        limits: What was reached; the answer is exact if nothing was.
    """

    node: str
    marked: Run | None
    unmarked: Run | None
    limits: tuple[Limit, ...]

    @property
    def is_exact(self) -> bool:
        """Whether all runs were looked at."""
        return not self.limits

    @property
    def certainty_marked(self) -> Certainty:
        """`definite` if the mark was there on every run that executes the step, each time."""
        return "definite" if self.unmarked is None and self.is_exact else "possible"

    @property
    def certainty_unmarked(self) -> Certainty:
        """`definite` if the mark was missing on every run that executes the step, each time."""
        return "definite" if self.marked is None and self.is_exact else "possible"


class StepOrder:
    """Answers what happened before a step in one group of processes; each question is computed once."""

    def __init__(self, runs: RunGraph) -> None:
        self._runs = runs
        self._moves: PossibleMoves | None = None
        self._answers: dict[tuple[frozenset[str], frozenset[str], frozenset[str]], dict[str, Preceded]] = {}

    @property
    def graph(self) -> WorkflowGraph:
        """The workflow graph of the group."""
        return self._runs.game.graph

    def preceded(
        self, watched: Iterable[str], by: Iterable[str], *, cleared_by: Iterable[str] = ()
    ) -> dict[str, Preceded]:
        """Return for each watched step, in the order of the model, whether a mark was there when it executed.

        Steps that no run executes are left out, and so are ids that are not of this group.

        Args:
            watched: The steps in question.
            by: Steps that leave the mark when they complete.
            cleared_by: Steps that take the mark away when they complete; one that also leaves it leaves it anew.
        """
        index_of = self.graph.index_of
        asked, marking, clearing = (
            frozenset(id_ for id_ in ids if id_ in index_of) for ids in (watched, by, cleared_by)
        )
        if not asked:
            return {}
        question = (asked, marking, clearing)
        if question not in self._answers:
            self._answers[question] = self._explored(*question)
        return self._answers[question]

    def told_by_blocks(self, watched: Iterable[str], by: Iterable[str]) -> dict[str, Before]:
        """Return for each watched step whether one of the steps `by` came before it, as far as no run is needed for it.

        `preceded` says the same, with the runs that show it.
        """
        blocks = self._runs.blocks
        if blocks is None or not self._runs.game.keeps_orders:
            return {}
        index_of = self.graph.index_of
        order = BlockOrder(blocks, [index_of[id_] for id_ in by])
        found = {id_: order.before(index_of[id_]) for id_ in watched}
        return {id_: told for id_, told in found.items() if told is not None}

    def repeated(self, nodes: Iterable[str], *, cleared_by: Iterable[str] = ()) -> tuple[Preceded, ...]:
        """Return the steps that, on some run, execute after another one of `nodes`, in the order of the model.

        One step that repeats itself does not count. Of two that may come in either order, the one stated later in
        the model is returned.
        """
        index_of = self.graph.index_of
        known = sorted({node for node in nodes if node in index_of}, key=index_of.__getitem__)
        cleared = frozenset(cleared_by)
        if len(known) < 2:
            return ()
        stated_before = self._after_some_of({node: known[:place] for place, node in enumerate(known)}, cleared)
        stated_after = self._after_some_of({node: known[place + 1 :] for place, node in enumerate(known)}, cleared)
        found: list[Preceded] = []
        for place, node in enumerate(known):
            seen = stated_before.get(node)
            if node in stated_after and stated_after[node].marked is not None:
                later = [other for other in known[place + 1 :] if self._comes_only_before(other, node, cleared)]
                if later:
                    seen = self.preceded([node], [*known[:place], *later], cleared_by=cleared).get(node)
            if seen is not None and seen.marked is not None:
                found.append(seen)
        return tuple(found)

    def _after_some_of(self, others: dict[str, list[str]], cleared: frozenset[str]) -> dict[str, Preceded]:
        """Return for each step whether one of its `others` came before; all steps are asked at once, a bit for each."""
        index_of = self.graph.index_of
        bit_of = {node: 1 << number for number, node in enumerate(others)}
        facts = {index_of[node]: NodeFacts(is_voided=True) for node in cleared if node in index_of}
        for node, before in others.items():
            facts[index_of[node]] = NodeFacts(
                own=bit_of[node],
                has=sum(bit_of[other] for other in before),
                is_produced=True,
                is_voided=node in cleared,
                is_needed=True,
            )
        return self._asked(others, facts)

    def _comes_only_before(self, first: str, second: str, cleared: frozenset[str]) -> bool:
        """Return whether `first` comes before `second` on some run and after it on none."""
        before = self.preceded([second], [first], cleared_by=cleared).get(second)
        after = self.preceded([first], [second], cleared_by=cleared).get(first)
        return before is not None and before.marked is not None and (after is None or after.marked is None)

    def _explored(
        self, asked: frozenset[str], marking: frozenset[str], clearing: frozenset[str]
    ) -> dict[str, Preceded]:
        index_of = self.graph.index_of
        facts = {
            index_of[id_]: NodeFacts(
                own=int(id_ in marking),
                has=1,
                is_produced=id_ in marking,
                is_voided=id_ in clearing,
                is_needed=id_ in asked,
            )
            for id_ in asked | marking | clearing
        }
        return self._asked(asked, facts)

    def _asked(self, asked: Iterable[str], facts: dict[int, NodeFacts]) -> dict[str, Preceded]:
        """Return what the runs show about the steps in question, in the order of the model."""
        index_of = self.graph.index_of
        if self._moves is None:
            self._moves = PossibleMoves(self._runs.game)
        found = explore(self._runs, dict(sorted(facts.items())), 0, 0, self._moves)
        answers: dict[str, Preceded] = {}
        for id_ in sorted(asked, key=index_of.__getitem__):
            node = index_of[id_]
            seen = found.observations[node]
            if seen.has < 0 and seen.lacks < 0:
                continue
            marked, unmarked = (
                found.ordered_run(state, node) if state >= 0 else None for state in (seen.has, seen.lacks)
            )
            answers[id_] = Preceded(id_, marked, unmarked, found.limits)
        return answers


def limits_of(seen: Iterable[Preceded]) -> tuple[Limit, ...]:
    """Return what was reached in any of several answers."""
    return in_order(limit for answer in seen for limit in answer.limits)
