"""What a move counts beside the tokens that it moves: marks that are waited for, budgets of flows, answers.

A count lies on places of its own, so that the game knows nothing but places: a move is there once for each number that
it may find.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ankunft_model.graph.control_flow import ControlFlow
from ankunft_model.graph.limits import Limit
from ankunft_model.graph.node_places import Places
from ankunft_model.graph.shared_questions import Answer
from ankunft_model.graph.token_game import Transition

MAX_MARKS: Final = 3
"""So many marks of one waiting handover are told apart; what comes on top is lost."""

MAX_BUDGET: Final = 20
"""A flow that may be taken more often than this counts as unbounded."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """The places of one waiting handover: filled from the first on; `lost` if there were more."""

    places: tuple[int, ...]
    lost: int


class CountedPlaces:
    """The places of marks, budgets and answers; made once, in the order of the control flow.

    Attributes:
        initial: The tokens that lie on them at the beginning.
        passive: Those whose tokens do not keep a run from being complete.
        lost: Those that hold a token once a mark was lost.
        marks: Places of the marks of each waiting handover.
        limits: What is not counted.
    """

    def __init__(self, graph: ControlFlow, places: Places) -> None:
        self._graph = graph
        self._places = places
        self.initial = 0
        self.passive = 0
        self.lost = 0
        self.marks: list[int] = []
        self.limits: list[Limit] = []
        self._waits_of: dict[int, list[_Mark]] = {}
        self._marks_of: dict[int, list[_Mark]] = {}
        self._budget_of: dict[int, tuple[int, ...]] = {}
        self._unanswered: dict[int, int] = {}
        self._answer_places: dict[Answer, int] = {}
        self._add_marks()
        self._add_budgets()
        self._add_questions()

    @property
    def answers(self) -> int:
        """Places that say how a question was answered, or that nobody has answered it."""
        return sum(self._unanswered.values()) | sum(self._answer_places.values())

    def variants(self, move: Transition, awaits: int) -> Iterator[Transition]:
        """Yield the move once for each number of marks that it may find and of times a flow may still be taken.

        Args:
            move: A move without counts.
            awaits: The node whose waiting handovers it needs a mark of, or -1.
        """
        variants = self._answered(move)
        taken = [mark.places for mark in self._waits_of.get(awaits, ())]
        taken += [budget for flow, budget in self._budget_of.items() if move.produces >> flow & 1]
        for places in taken:
            variants = [
                replace(one, consumes=one.consumes | place, inhibited_by=one.inhibited_by | sum(places[number + 1 :]))
                for one in variants
                for number, place in enumerate(places)
            ]
        for mark in (mark for node in move.executes for mark in self._marks_of.get(node, ())):
            filled = (0, *mark.places)
            variants = [
                replace(
                    one,
                    requires=one.requires | filled[number],
                    inhibited_by=one.inhibited_by | (mark.places[number] if number < MAX_MARKS else 0),
                    marks=one.marks | (mark.places[number] if number < MAX_MARKS else mark.lost),
                )
                for one in variants
                for number in range(MAX_MARKS + 1)
            ]
        yield from variants

    def _add_marks(self) -> None:
        """Give each waiting handover places for its marks."""
        for sender, receiver in self._graph.waits:
            mark = _Mark(tuple(self._places.take() for _ in range(MAX_MARKS)), self._places.take())
            self.passive |= sum(mark.places) | mark.lost
            self.lost |= mark.lost
            self.marks.append(sum(mark.places))
            for node in self._copies_of(sender):
                self._marks_of.setdefault(node, []).append(mark)
            for node in self._copies_of(receiver):
                self._waits_of.setdefault(node, []).append(mark)

    def _copies_of(self, node: int) -> list[int]:
        return [copy for copy, old in enumerate(self._graph.origin) if old == node] or [node]

    def _add_budgets(self) -> None:
        """Give each flow that may be taken a limited number of times that many tokens."""
        for flow, most in self._graph.budget.items():
            if most > MAX_BUDGET:
                self.limits.append("repetitions")
                continue
            self._budget_of[flow] = tuple(self._places.take() for _ in range(most))
            self.initial |= sum(self._budget_of[flow])
            self.passive |= sum(self._budget_of[flow])

    def _add_questions(self) -> None:
        """Give each question that several gateways ask a place for that nobody answered it, and one per answer."""
        for answers in self._graph.answers.values():
            for answer in answers:
                if answer[0] not in self._unanswered:
                    self._unanswered[answer[0]] = self._places.take()
                if answer not in self._answer_places:
                    self._answer_places[answer] = self._places.take()
        self.initial |= sum(self._unanswered.values())
        self.passive |= self.answers

    def _answered(self, move: Transition) -> list[Transition]:
        """Return the move once for each answer on which it is made: the first to be given, or one given before."""
        found = [move]
        for flow in move.takes:
            answers = self._graph.answers.get(flow)
            if answers is None:
                continue
            found = [
                variant
                for one in found
                for answer in answers
                for variant in (
                    replace(
                        one,
                        consumes=one.consumes | self._unanswered[answer[0]],
                        produces=one.produces | self._answer_places[answer],
                    ),
                    replace(one, requires=one.requires | self._answer_places[answer]),
                )
            ]
        return found
