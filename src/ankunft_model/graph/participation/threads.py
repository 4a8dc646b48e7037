"""Where one pool's tokens wait while others work, and where they must not wait because nothing may come.

A pool P has part in a branch if it owns a node in it or gathers it. Of each parallel or inclusive part, P walks through
the only branch it has part in (a *thread*), forks itself into several (*forks*), or begins anew in them (*scattered*,
as in side threads). The whole process and each forked or scattered branch is a *region*: in it P has one token or none.

Source: design of the collaboration view, part 3 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ankunft_model.graph.participation.blocks import WHOLE_PROCESS, Block
from ankunft_model.graph.participation.owners import Ownership
from ankunft_model.graph.participation.parted_blocks import tangled
from ankunft_model.graph.participation.pool_places import PoolPlaces, WaysOn
from ankunft_model.graph.participation.pool_walk import PoolWalk
from ankunft_model.graph.participation.waiting_classes import Look, WaitingClass
from ankunft_model.wording import Wording


@dataclass(frozen=True)
class PoolThreads:
    """How one pool takes part in a process.

    Attributes:
        forks, scattered: First flows of the branches in which the pool forks, or begins anew.
        thread_of: For each block of which the pool walks through one branch: the first flow of that branch.
        class_of_exit: The class of each exit, by its key.
        starting_entries: The crossing flows that start an instance of the pool.
        denied_joins: Parallel joins that this pool cannot own.
    """

    pool: str
    forks: frozenset[str]
    scattered: frozenset[str]
    thread_of: dict[str, str]
    class_of_exit: dict[str, WaitingClass]
    starting_entries: frozenset[str] = frozenset()
    denied_joins: frozenset[str] = frozenset()

    def forked_branches(self, block: Block) -> tuple[str, ...]:
        """Return the first flows of the branches of `block` in which the pool forks."""
        return tuple(branch for branch in block.branches if branch in self.forks)


def find_threads(ownership: Ownership, pool: str, ways_on: WaysOn, *, notify: bool = False) -> PoolThreads:
    """Return how `pool` takes part; if `denied_joins` is not empty, owners must be found again without them.

    With `notify` others tell it when nothing more comes, where that makes it certain what it has to wait for.
    """
    scattered: frozenset[str] = frozenset()
    places = PoolPlaces(ownership, pool, ways_on)
    looks: dict[str, Look] = {}
    while True:
        walk = PoolWalk(places, _branches_with_part(places, scattered), scattered, looks)
        classes = walk.classes()
        demoted = _starting_forks(walk, classes)
        denied: frozenset[str] = frozenset()
        if not demoted:
            demoted, denied = _forks_without_message(walk, classes)
        if denied or not demoted:
            _check_gathered(walk, denied)
            if notify:
                classes = [
                    replace(found, is_starting=False, is_notified=True) if found.notes else found for found in classes
                ]
            return PoolThreads(
                pool,
                frozenset(walk.forks),
                frozenset(walk.scattered),
                walk.thread_of,
                {exit_.key: found for found in classes for exit_ in found.exits},
                frozenset(entry for found in classes if found.is_starting for entry in found.entries),
                denied,
            )
        scattered |= demoted


def _check_gathered(walk: PoolWalk, denied: frozenset[str]) -> None:
    """Refuse, rather than draw it wrongly, a join of the pool that does not get a token from each branch."""
    structure = walk.ownership.structure
    for block in walk.places.gathered:
        gathers = block.join is not None and block.join not in denied
        if gathers and any(branch not in walk.forks for branch in block.branches):
            raise tangled(
                (structure.form.nodes[block.split], structure.form.nodes[block.join or ""]),
                Wording(
                    de="wer zusammenführt, kann nicht auf alle Zweige warten",
                    en="who gathers cannot wait for all branches",
                ),
            )


def _branches_with_part(places: PoolPlaces, scattered: frozenset[str]) -> set[str]:
    """Return the first flows of branches and side threads in which the pool owns a node, or which it gathers.

    What happens in a scattered branch or side thread is no part in the branches around it.
    """
    structure = places.ownership.structure
    found: set[str] = set()
    for node in places.own_nodes:
        branch = structure.branch_of[node]
        while branch != WHOLE_PROCESS and branch not in found:
            found.add(branch)
            if branch in scattered or branch in structure.spawn_of_side:
                break
            branch = structure.enclosing(branch)
    for block in places.gathered:
        found.update(block.branches)
    return found


def _starting_forks(walk: PoolWalk, classes: Iterable[WaitingClass]) -> frozenset[str]:
    """Rule F1: a forked branch with a starting class cannot be joined."""
    return frozenset(
        exit_.region for found in classes if found.is_starting for exit_ in found.exits if exit_.region in walk.forks
    )


def _forks_without_message(walk: PoolWalk, classes: Iterable[WaitingClass]) -> tuple[frozenset[str], frozenset[str]]:
    """Rule F2: a fork at another's split can neither be one of several entries nor start an instance.

    Return the branches to scatter, and the pool's joins that then belong to the owner of the split. That is one block
    after the other; blocks that have no influence on each other are taken together, so that few looks are enough.
    """
    scattered: set[str] = set()
    around: set[str] = set()
    for block in _badly_forked(classes):
        branches_around = walk.ownership.structure.branches_around(block.split)
        is_apart = block.split not in around and not any(branch in walk.forks for branch in branches_around)
        around.update(walk.split_of(branch) for branch in branches_around)
        if scattered and not is_apart:
            continue
        forked = [branch for branch in block.branches if branch in walk.forks]
        kept = next((branch for branch in forked if not walk.can_pass(branch)), forked[0])
        is_gatherer = block.join is not None and walk.is_own(block.join)
        if scattered and is_gatherer:
            break
        scattered.update(branch for branch in forked if branch != kept)
        if is_gatherer and block.join is not None:
            return frozenset(scattered), frozenset((block.join,))
    return frozenset(scattered), frozenset()


def _badly_forked(classes: Iterable[WaitingClass]) -> Iterator[Block]:
    """Yield the blocks of others at which the pool forks although it cannot know that its turn has come."""
    for found in classes:
        if found.is_starting or len(found.forked) > 1 or found.entries:
            yield from found.forked
