"""A process divided among the organisations that act in it: owners first, then the threads of each.

Source: design of the collaboration view, parts 2 and 3 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ankunft_model.graph.participation.blocks import find_blocks
from ankunft_model.graph.participation.normal_form import NormalForm
from ankunft_model.graph.participation.owners import Ownership, find_owners_without_needless_messages
from ankunft_model.graph.participation.pool_places import WaysOn
from ankunft_model.graph.participation.terminating_ends import check_terminating_ends, held_by_terminating_ends
from ankunft_model.graph.participation.threads import PoolThreads, find_threads
from ankunft_model.model import ArrivalModel, Handover


@dataclass(frozen=True, slots=True)
class Division:
    """Who owns what, and how each organisation takes part.

    Attributes:
        threads: One entry per organisation, in the order in which they first act.
    """

    ownership: Ownership
    threads: tuple[PoolThreads, ...]

    @property
    def held(self) -> dict[str, tuple[str, str]]:
        """Steps and events that an organisation holds so that an end can stop them: who acts and who holds, by id."""
        return {
            node.id: (node.actor, node.held_by)
            for node in self.ownership.structure.form.nodes.values()
            if node.held_by is not None and node.actor is not None and node.kind in ("step", "event")
        }


def divide(model: ArrivalModel, form: NormalForm, handovers: tuple[Handover, ...], *, notify: bool = False) -> Division:
    """Return the division of a process, given in normal form, in which more than one organisation acts.

    With `notify` whoever decides that nothing more comes tells those who wait, where that is possible.

    Raises:
        ExportError: it cannot be divided such that the organisations together do exactly its runs; the message says
            where and why.
    """
    structure = find_blocks(form)
    denied: frozenset[str] = frozenset()
    while True:
        ownership = find_owners_without_needless_messages(model, structure, handovers, denied)
        ways_on = WaysOn(ownership.structure)
        threads: list[PoolThreads] = []
        for pool in _in_order_of_action(ownership):
            found = find_threads(ownership, pool, ways_on, notify=notify)
            if found.denied_joins:
                denied |= found.denied_joins
                break
            threads.append(found)
        else:
            held = held_by_terminating_ends(form, ownership, threads)
            if held is form:
                check_terminating_ends(ownership, threads)
                return Division(ownership, tuple(threads))
            form, structure, denied = held, find_blocks(held), frozenset[str]()


def _in_order_of_action(ownership: Ownership) -> tuple[str, ...]:
    """Return the owners in the order in which they first act, going along the flows from the start."""
    form = ownership.structure.form
    found: dict[str, None] = {}
    seen = dict.fromkeys(form.starts)
    queue = list(seen)
    for node in queue:
        found.setdefault(ownership.owner_of[node])
        for flow in form.outgoing[node]:
            target = form.flows[flow].target
            if target not in seen:
                seen[target] = None
                queue.append(target)
    return tuple(found)
