"""One look at the process through the eyes of one pool: where it stands, where it leaves its part, and what may come.

Source: design of the collaboration view, part 3 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from ankunft_model.graph.participation.blocks import WHOLE_PROCESS, Block
from ankunft_model.graph.participation.normal_form import DECISIONS
from ankunft_model.graph.participation.pool_places import END, PoolPlaces
from ankunft_model.graph.participation.waiting_classes import Exit, Look, WaitingClass

_FORKED: Final = True
"""Stands for a block that the pool forks at."""


@dataclass
class PoolWalk:
    """One look at the process through the eyes of one pool, with what is scattered so far.

    Attributes:
        looks: What was found in each region by earlier looks of the pool; it is brought up to date.
        consulted: In which blocks and branches it mattered how the pool takes part, since that was last forgotten.
    """

    places: PoolPlaces
    having_part: set[str]
    demoted: frozenset[str]
    looks: dict[str, Look]
    forks: set[str] = field(default_factory=set[str])
    scattered: set[str] = field(default_factory=set[str])
    thread_of: dict[str, str] = field(default_factory=dict[str, str])
    consulted: dict[str, object] = field(default_factory=dict[str, object])

    def __post_init__(self) -> None:
        self.ownership, self.pool, self.form = self.places.ownership, self.places.pool, self.places.form
        for block in self.places.blocks:
            part = [branch for branch in block.branches if branch in self.having_part]
            left = [branch for branch in part if branch not in self.demoted]
            self.scattered.update(branch for branch in part if branch in self.demoted)
            if len(left) == 1:
                self.thread_of[block.split] = left[0]
            else:
                self.forks.update(left)
        self.scattered.update(side for side in self.places.sides if side in self.having_part)
        self.threads = frozenset(self.thread_of.values())

    def is_own(self, node: str) -> bool:
        """Return whether the pool owns a node."""
        return node in self.places.own

    def split_of(self, branch: str) -> str:
        """Return the node that a branch or side thread begins at."""
        return self.form.flows[branch].source

    def region_of(self, vertex: str) -> str:
        """Return the region of a node or flow: the nearest forked or scattered branch around it."""
        structure = self.ownership.structure
        branch = structure.branch_of[vertex]
        while branch != WHOLE_PROCESS and branch not in self.forks and branch not in self.scattered:
            branch = structure.enclosing(branch)
        return branch

    def behind(self, block: Block) -> str:
        """Return the position after a block that the pool goes around."""
        return END if block.join is None else self.form.only_out(block.join)

    def next_positions(self, flow: str) -> tuple[str, ...]:
        """Return where things can go on from a flow into a foreign node, inside the region.

        A split id stands for the block that the pool forks at.
        """
        structure = self.ownership.structure
        node = self.form.target(flow)
        if node.kind == "end":
            return (END,)
        block = structure.block_of_split.get(node.id)
        if block is not None:
            if self._consult(block.split) == _FORKED:
                return (block.split,)
            thread = self.thread_of.get(block.split)
            if thread is None:
                return (self.behind(block),)
            return (thread,) if thread in block.sure else (thread, self.behind(block))
        if node.id in structure.block_of_join and not self._consult(structure.branch_of[flow]):
            return (END,)
        if node.kind == "spawn":
            return (self.form.only_out(node.id),)
        return self.form.outgoing[node.id]

    def _consult(self, id_: str) -> object:
        """Return how the pool takes part in the block of a split, or whether a branch is a thread; that is noted."""
        self.consulted[id_] = found = self._taking_part(id_)
        return found

    def _taking_part(self, id_: str) -> object:
        block = self.ownership.structure.block_of_split.get(id_)
        if block is None:
            return id_ in self.threads
        is_forked = any(branch in self.forks for branch in block.branches)
        return _FORKED if is_forked else self.thread_of.get(id_)

    def exits(self) -> list[Exit]:
        """Return all exits of the pool, in declared order of the flows, then of the blocks."""
        structure, form = self.ownership.structure, self.form
        found: list[Exit] = []
        found.extend(
            Exit(flow, flow, self.region_of(flow), has_instance=True)
            for flow in self.places.leaving
            if flow not in self.places.orders or flow in self.having_part
        )
        found.extend(
            Exit(start, form.only_out(start), WHOLE_PROCESS, has_instance=False)
            for start in form.starts
            if not self.is_own(start)
        )
        for branch in (*self.places.branches, *self.places.sides):
            if self.is_own(form.flows[branch].source):
                continue
            if branch in self.forks or branch in self.scattered:
                block = structure.block_of_branch.get(branch)
                is_certain = branch in self.forks and block is not None and branch in block.sure
                found.append(Exit(branch, branch, branch, has_instance=is_certain))
        for block in self.places.blocks:
            has_forks = any(branch in self.forks for branch in block.branches)
            is_gatherer = block.join is not None and self.is_own(block.join)
            goes_around = self.is_own(block.split) and not has_forks and block.split not in self.thread_of
            if goes_around or (has_forks and not is_gatherer and block.join is not None):
                found.append(Exit(block.split, self.behind(block), self.region_of(block.split), has_instance=True))
        return found

    def classes(self) -> list[WaitingClass]:
        """Return all classes, in the order of their first exit.

        No way leads from one region into another, so each is looked at by itself; what was found in an earlier look is
        taken where nothing has changed that it rests on: in each round a few regions do.
        """
        exits_of: dict[str, list[Exit]] = {}
        place_of: dict[str, int] = {}
        for place, exit_ in enumerate(self.exits()):
            place_of[exit_.key] = place
            exits_of.setdefault(exit_.region, []).append(exit_)
        found: list[WaitingClass] = []
        for region, exits in exits_of.items():
            earlier = self.looks.get(region)
            if earlier is None or earlier.exits != exits or not self._is_as_it_was(earlier):
                self.consulted = {}
                classes = self._classes_among(exits)
                self.looks[region] = earlier = Look(exits, self.consulted, classes)
            found += earlier.classes
        return sorted(found, key=lambda waiting: place_of[waiting.exits[0].key])

    def _is_as_it_was(self, earlier: Look) -> bool:
        return all(self._taking_part(id_) == part for id_, part in earlier.consulted.items())

    def _classes_among(self, exits: list[Exit]) -> list[WaitingClass]:
        """Return the classes of the exits of one region, in the order of their first exit."""
        at = {exit_.key: self._settled(exit_.position) for exit_ in exits}
        if all(place == END or self._is_entry(place) for place in at.values()):
            return self._classes_of_certain(exits, at)
        successors = self._reachable(at.values())
        before: dict[str, list[str]] = {}
        for place, following in successors.items():
            for next_ in following:
                before.setdefault(next_, []).append(place)
        entries = {place for place, following in successors.items() if not following and place != END}
        to_entry = _closure(before, entries)
        to_end = _closure(before, {END} & successors.keys())
        group = _Groups()
        for place, following in successors.items():
            if place in to_entry:
                for next_ in following:
                    if next_ in to_entry:
                        group.unite(place, next_)
        members: dict[str, list[Exit]] = {}
        entries_of: dict[str, list[str]] = {}
        for exit_ in exits:
            name = group.name(at[exit_.key]) if at[exit_.key] in to_entry else f"over {exit_.key}"
            members.setdefault(name, []).append(exit_)
        for place in sorted(entries, key=self._place_of):
            entries_of.setdefault(group.name(place), []).append(place)
        uncertain = {
            exit_.key for exit_ in exits if exit_.has_instance and at[exit_.key] in to_entry and at[exit_.key] in to_end
        }
        silences_of = self._silences(
            successors, to_entry, (at[exit_.key] for exit_ in exits if exit_.key in uncertain), group
        )
        classes = [
            WaitingClass(
                tuple(found),
                tuple(place for place in entries_of.get(name, []) if place in self.form.flows),
                tuple(
                    self.ownership.structure.block_of_split[place]
                    for place in entries_of.get(name, [])
                    if place in self.form.nodes
                ),
                any(
                    at[exit_.key] in to_entry and (at[exit_.key] in to_end or not exit_.has_instance) for exit_ in found
                ),
                tuple(exit_ for exit_ in found if exit_.key in uncertain),
                tuple(silences_of.get(name, ())),
            )
            for name, found in members.items()
        ]
        notes = [self._notes(found, at, successors, to_entry) for found in classes]
        return [replace(found, notes=sent) if sent else found for found, sent in zip(classes, notes, strict=True)]

    def _classes_of_certain(self, exits: list[Exit], at: dict[str, str]) -> list[WaitingClass]:
        """Return the classes of exits behind which nothing is decided: all over, or straight to one entry each."""
        members: dict[str, list[Exit]] = {}
        for exit_ in exits:
            place = at[exit_.key]
            members.setdefault(f"over {exit_.key}" if place == END else place, []).append(exit_)
        return [
            WaitingClass(
                exits=tuple(found),
                entries=() if (place := at[found[0].key]) == END else (place,),
                forked=(),
                is_starting=place != END and not all(exit_.has_instance for exit_ in found),
            )
            for found in members.values()
        ]

    def _notes(
        self, found: WaitingClass, at: dict[str, str], successors: dict[str, tuple[str, ...]], to_entry: set[str]
    ) -> tuple[str, ...]:
        """Return the flows on which notes would tell the pool, after every exit of the class, that nothing more comes.

        That is possible in the whole process only: in a fork the note of one round could meet the next, and without an
        instance nobody waits for it. Once a note is sent, the pool is never reached again; so there is one at most.
        """
        has_place = all(exit_.has_instance and exit_.region == WHOLE_PROCESS for exit_ in found.exits)
        if not found.is_starting or found.forked or not has_place:
            return ()
        notes: list[str] = []
        seen: set[str] = set()
        stack = [at[exit_.key] for exit_ in found.exits]
        while stack:
            place = stack.pop()
            if place in seen or self._is_entry(place):
                continue
            seen.add(place)
            if place == END:
                return ()
            is_decision = self.form.target(place).kind in DECISIONS
            for next_, settled in zip(self.next_positions(place), successors[place], strict=True):
                if settled in to_entry:
                    stack.append(settled)
                elif is_decision:
                    notes.append(self._behind_event(next_))
                else:
                    return ()
        return tuple(sorted(notes, key=self._place_of))

    def _behind_event(self, flow: str) -> str:
        """Return the flow behind the event that decides, where it is an event that does; else `flow` itself."""
        target = self.form.target(flow)
        is_event = self.form.source(flow).kind == "event_split" or target.kind == "boundary"
        return self.form.only_out(target.id) if is_event else flow

    def _silences(
        self, successors: dict[str, tuple[str, ...]], to_entry: set[str], positions: Iterable[str], group: _Groups
    ) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        """Return, by the name of the class, the decisions after which no entry can be reached any more.

        Looked at are those that `positions` lead to.
        """
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        stack = list(positions)
        seen: set[str] = set()
        while stack:
            place = stack.pop()
            if place in seen or place not in to_entry:
                continue
            seen.add(place)
            following = () if self._is_entry(place) else self.next_positions(place)
            silent = tuple(next_ for next_ in following if self._settled(next_) not in to_entry)
            if silent and len(silent) < len(following) and place in self.form.flows:
                found.setdefault(group.name(place), {})[self.form.flows[place].target] = silent
            stack.extend(successors[place])
        return {name: sorted(silences.items(), key=self._declared) for name, silences in found.items()}

    def _declared(self, silence: tuple[str, tuple[str, ...]]) -> int:
        return self.form.place_of[silence[0]]

    def _place_of(self, place: str) -> tuple[bool, int]:
        """Return a key for the declared order: flows, then nodes."""
        flows = self.form.place_of_flow
        return (False, flows[place]) if place in flows else (True, self.form.place_of[place])

    def _settled(self, position: str) -> str:
        """Return the position where it next matters which way things go."""
        return self.places.last_before_change(position) if position in self.form.flows else position

    def can_pass(self, branch: str) -> bool:
        """Return whether a run can go through the branch without the pool acting in it."""
        successors = self._reachable([self._settled(branch)])
        return END in successors

    def _is_entry(self, place: str) -> bool:
        if place == END:
            return False
        return place in self.form.nodes or self.is_own(self.form.flows[place].target)

    def _reachable(self, positions: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the settled positions that can be reached and those that follow each; entries and END have none."""
        flows, own, last = self.form.flows, self.places.own, self.places.last_before_change
        found: dict[str, tuple[str, ...]] = {}
        stack = list(positions)
        while stack:
            place = stack.pop()
            if place in found:
                continue
            flow = flows.get(place)
            if flow is None or flow.target in own:  # END, a split that the pool forks at, or a flow to it
                found[place] = ()
                continue
            following = tuple([last(next_) if next_ in flows else next_ for next_ in self.next_positions(place)])
            found[place] = following
            stack.extend(following)
        return found


def _closure(before: dict[str, list[str]], goals: set[str]) -> set[str]:
    """Return the positions from which one of `goals` can be reached, these included."""
    found = set(goals)
    stack = list(found)
    while stack:
        for place in before.get(stack.pop(), ()):
            if place not in found:
                found.add(place)
                stack.append(place)
    return found


class _Groups:
    """Disjoint sets of positions (union-find with path halving)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def name(self, place: str) -> str:
        above = self._above
        above.setdefault(place, place)
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    def unite(self, one: str, other: str) -> None:
        self._above[self.name(other)] = self.name(one)
