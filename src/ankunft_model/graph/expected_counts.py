"""How often nodes are expected to execute in a run, from the shares of decisions: exact fractions on the blocks.

What a share does not say stays open: an expectation is an interval, which is a point where everything on the way is
known. A loop is solved as a geometric series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ankunft_model.graph.block_tree import CHOICE, DETACHED, INCLUSIVE, LOOP, PARALLEL, PREFIX, SEQUENCE, BlockTree

_NONE: Final = Fraction(0)
_ALL: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A mean over cases: at least and at most, whatever the shares are that nobody stated.

    Attributes:
        least, most: Bounds of the mean; `most` None: without bound.

    Example:
        >>> half = Expectation(Fraction(1, 2), Fraction(1, 2))
        >>> half.times(half).least, half.is_known
        (Fraction(1, 4), True)
    """

    least: Fraction = _NONE
    most: Fraction | None = _NONE

    @property
    def is_known(self) -> bool:
        """Whether it is one number."""
        return self.least == self.most

    def plus(self, other: Expectation) -> Expectation:
        """Return the sum."""
        most = None if self.most is None or other.most is None else self.most + other.most
        return Expectation(self.least + other.least, most)

    def times(self, other: Expectation) -> Expectation:
        """Return the product; nothing times without bound is nothing."""
        most = None if self.most is None or other.most is None else self.most * other.most
        if _NONE in (self.most, other.most):
            most = _NONE
        return Expectation(self.least * other.least, most)


NOTHING: Final = Expectation()
ONCE: Final = Expectation(_ALL, _ALL)
PERHAPS: Final = Expectation(_NONE, _ALL)


def expected_counts(tree: BlockTree, shares: Sequence[float | None]) -> dict[int, Expectation]:
    """Return how often each node executes in a run, repetitions of a step in a row counted as one.

    Args:
        tree: The blocks of the process.
        shares: The share of each flow, or None where it is not stated; by number of the flow.
    """
    counting = _Counting(tree, shares)
    found: dict[int, Expectation] = {}
    for node, leaves in tree.leaves_of.items():
        total = NOTHING
        for leaf in leaves:
            total = total.plus(counting.of_block[leaf])
        found[node] = total
    return found


class _Counting:
    """How often each block is begun; outer blocks come before their parts."""

    def __init__(self, tree: BlockTree, shares: Sequence[float | None]) -> None:
        self.tree = tree
        self.shares = shares
        self.of_block: list[Expectation] = [NOTHING] * len(tree.kind)
        self.of_block[0] = ONCE
        for block, kind in enumerate(tree.kind):
            here = self.of_block[block]
            for part, factor in zip(tree.children[block], self._factors(block, kind), strict=True):
                self.of_block[part] = here.times(factor)

    def _factors(self, block: int, kind: int) -> list[Expectation]:
        """Return how often each part is begun when the block is."""
        parts = self.tree.children[block]
        if kind in (SEQUENCE, PARALLEL, DETACHED):
            return [ONCE] * len(parts)
        if kind in (PREFIX, INCLUSIVE):
            return [PERHAPS] * len(parts)  # where it stops, or what is taken besides, no share says
        if kind == CHOICE:
            return self._chances(parts)
        if kind == LOOP:
            return self._rounds(block)
        return []

    def _chances(self, parts: tuple[int, ...]) -> list[Expectation]:
        """Return how probable each part of a choice is, given that it is one of them."""
        flows = [self._flows(part) for part in parts]
        every = tuple(flow for of_part in flows for flow in of_part)
        if not all(flows):
            return [PERHAPS] * len(parts)
        total = self._weight(every)
        weights = [self._weight(of_part) for of_part in flows]
        if all(weight.is_known for weight in (total, *weights)) and total.least > 0:
            return [Expectation(weight.least / total.least, weight.least / total.least) for weight in weights]
        is_whole = len(self.tree.control.outgoing[self.tree.control.source[every[0]]]) == len(every)
        return weights if is_whole else [PERHAPS] * len(parts)

    def _rounds(self, loop: int) -> list[Expectation]:
        """Return how often the body and the way back of a loop are begun."""
        flows = self._flows(self.tree.children[loop][1])
        chance = self._weight(flows) if flows else PERHAPS
        bound = self.tree.bound[loop]
        least = _series(chance.least, bound)
        back = Expectation(_ALL if least is None else least, _series(chance.most or _NONE, bound))
        return [back.plus(ONCE), back]

    def _flows(self, part: int) -> tuple[int, ...]:
        """Return the flows of one decision by which a part is chosen; nothing if it is not chosen by flows.

        Parts of a decision that come together before the others are a choice of their own inside of one.
        """
        tree = self.tree
        found: list[int] = []
        stack = [part]
        while stack:
            block = stack.pop()
            if tree.flow[block] >= 0:
                found.append(tree.flow[block])
            elif tree.kind[block] == SEQUENCE:
                stack.append(tree.children[block][0])
            elif tree.kind[block] == CHOICE:
                stack.extend(reversed(tree.children[block]))
            else:
                return ()
        return tuple(found)

    def _weight(self, flows: tuple[int, ...]) -> Expectation:
        """Return the share of some flows of one decision together: as stated, and what the others leave over."""
        control = self.tree.control
        together = control.outgoing[control.source[flows[0]]]
        stated = {flow: Fraction(str(share)) for flow in together if (share := self.shares[flow]) is not None}
        rest = max(_ALL - sum(stated.values(), _NONE), _NONE)
        known = sum((stated[flow] for flow in flows if flow in stated), _NONE)
        open_here = sum(flow not in stated for flow in flows)
        if not open_here:
            return Expectation(known, known)
        is_rest = open_here == len(together) - len(stated)
        return Expectation(known + rest if is_rest else known, known + rest)


def _series(chance: Fraction, bound: int) -> Fraction | None:
    """Return chance + chance² + …, as many terms as `bound`, or without end for -1; None: it grows without bound."""
    if bound < 0:
        return None if chance == _ALL else chance / (_ALL - chance)
    total, term = _NONE, _ALL
    for _ in range(bound):
        term *= chance
        total += term
    return total
