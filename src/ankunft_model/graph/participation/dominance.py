"""Dominators: which node or flow every way from the beginning to another one leads through."""

from __future__ import annotations

from dataclasses import dataclass

from ankunft_model.graph.dominators import find_dominators
from ankunft_model.graph.participation.normal_form import NormalForm

ROOT = ""
"""The virtual beginning in front of all start events."""


@dataclass(frozen=True)
class Dominance:
    """Immediate dominators of nodes and flows (ids are unique among both).

    Attributes:
        parent: The immediate dominator of each reachable node and flow; start events have `ROOT`.
        first, last: Numbers of a walk down the dominator tree; x dominates y when y's number lies in x's span.
        order: All reachable nodes and flows, dominators first.
    """

    parent: dict[str, str]
    first: dict[str, int]
    last: dict[str, int]
    order: tuple[str, ...]

    def dominates(self, above: str, below: str) -> bool:
        """Return whether every way to `below` leads through `above`; a node dominates itself.

        What cannot be reached dominates nothing and is dominated by nothing.
        """
        if above not in self.first or below not in self.first:
            return False
        return self.first[above] <= self.first[below] <= self.last[above]

    def dominated_by(self, above: str) -> tuple[str, ...]:
        """Return the nodes and flows that `above` dominates, itself included."""
        return self.order[self.first[above] : self.last[above] + 1]


def find_dominance(form: NormalForm) -> Dominance:
    """Return the dominators of all nodes and flows that can be reached from a start event."""
    successors: dict[str, tuple[str, ...]] = {ROOT: form.starts, **form.outgoing}
    for flow in form.flows.values():
        successors[flow.id] = (flow.target,)
    names = list(successors)
    number = {name: place for place, name in enumerate(names)}
    found = find_dominators([[number[next_] for next_ in successors[name]] for name in names], number[ROOT])
    parent = {names[vertex]: names[above] for vertex in found.order if (above := found.parent[vertex]) >= 0}
    return Dominance(
        parent={ROOT: ROOT, **parent},
        first={names[vertex]: found.first[vertex] for vertex in found.order},
        last={names[vertex]: found.last[vertex] for vertex in found.order},
        order=tuple(names[vertex] for vertex in found.order),
    )
