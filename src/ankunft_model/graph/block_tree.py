"""The block structure of a control flow: sequences, choices, parallel parts, loops, down to single nodes.

Flows between gateways are merged until one is left: a node with one way in and one way out joins its flows, flows side
by side between a split and the join of its kind become a block, a way back becomes a loop. What can be merged to one
flow is sound, whatever is decided. The rules are those of Sadiq and Orlowska (Information Systems 25, 2000) and keep
what the flows mean, so that the blocks have exactly the runs of the control flow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ankunft_model.graph.block_edges import (
    CHOICE,
    DETACHED,
    EMPTY,
    INCLUSIVE,
    LEAF,
    LOOP,
    NET,
    PARALLEL,
    PREFIX,
    SEQUENCE,
    Block,
    flat,
)
from ankunft_model.graph.block_nets import Net
from ankunft_model.graph.block_reduction import reduce_to_block
from ankunft_model.graph.control_flow import ControlFlow

KIND_NAMES: Final = (
    "leaf",
    "empty",
    "sequence",
    "choice",
    "parallel",
    "inclusive",
    "loop",
    "prefix",
    "detached",
    "net",
)


@dataclass(frozen=True, slots=True)
class BlockTree:
    """Blocks by number, in order of a walk: a block comes before its parts, earlier parts before later ones.

    Attributes:
        kind: What each block is (`block_edges`); a leaf executes a node, a prefix may be stopped anywhere.
        node: The node of a leaf, else -1.
        flow: The flow by which a part of a choice is chosen, else -1.
        parent: The enclosing block, -1 for the whole; `place` which of its parts the block is.
        children: Parts in order; of a loop the body and the way back.
        last: The last block inside each block, itself if it has no parts.
        bound: How often the way back of a loop may be taken in a run; -1: without bound.
        begins: The start event, if there is just one way to begin, else the first; -1 if there is none.
        start_parts: Where a run can begin with one of several start events: the part of the choice that each lies in.
        nets: How the parts of each net hang together, by block.
        in_nets: The nodes that have a leaf inside of a net.
        leaves_of: The leaves of each node; a node in a part that may be stopped has one there too.
    """

    control: ControlFlow
    kind: tuple[int, ...]
    node: tuple[int, ...]
    flow: tuple[int, ...]
    parent: tuple[int, ...]
    place: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    last: tuple[int, ...]
    bound: tuple[int, ...]
    leaves_of: dict[int, tuple[int, ...]]
    begins: int
    start_parts: dict[int, int]
    nets: dict[int, Net]
    in_nets: frozenset[int]

    def may_be_beside(self, one: int, other: int) -> bool:
        """Return whether a run may be at once in two parts of one block that hold no part of each other."""
        block = self.parent[one]
        if self.kind[block] == NET:
            return bool(self.nets[block].beside[self.place[one]] >> self.place[other] & 1)
        return self.kind[block] in (PARALLEL, INCLUSIVE)

    def part_around(self, block: int, inside: int) -> int:
        """Return the part of a block that holds another block."""
        while self.parent[inside] != block:
            inside = self.parent[inside]
        return inside

    def started_behind(self, leaf: int) -> Iterator[int]:
        """Yield the blocks of the processes that the node of a leaf starts."""
        siblings = self.children[self.parent[leaf]] if self.parent[leaf] >= 0 else ()
        place = self.place[leaf] + 1
        while place < len(siblings) and self.kind[siblings[place]] == DETACHED:
            yield siblings[place]
            place += 1

    def beginning(self, history: Iterable[int]) -> int:
        """Return the start event of the run on which everything of `history` happens, see `expand_run`; -1: none."""
        for event in history if self.start_parts else ():
            block = event if event >= 0 else -2 - event
            for start, part in self.start_parts.items():
                if part <= block <= self.last[part]:
                    return start
        return self.begins

    def told_of(self, part: int, history: Sequence[int], since: int) -> tuple[int, ...]:
        """Return which ends of the flow that a part is chosen by execute on a run, the node before it first.

        A step that is interrupted, or asks which way to go on, decides with its own end: it lies in the part itself.

        Args:
            part: The part.
            history: What happens on the run, see `expand_run`; the run ends with the last of it.
            since: The place in the history behind which the part was chosen.
        """
        flow, end = self.flow[part], self.last[part]
        source, target = self.control.source[flow], self.control.target[flow]
        is_inside = False
        for leaf in self.leaves_of.get(source, ()):
            if part <= leaf <= end:
                is_inside = True
                break
        told = (source,) if not is_inside or self._comes_to(source, part, history, since) else ()
        return (*told, target) if self._comes_to(target, part, history, since) else told

    def _comes_to(self, node: int, part: int, history: Sequence[int], since: int) -> bool:
        end = self.last[part]
        leaves = self.leaves_of.get(node, ())
        inside = -1
        for leaf in leaves:
            if part <= leaf <= end:
                inside = leaf
                break
        if inside >= 0 and self._is_passed_by(inside, part, history, since):
            return False
        for place in range(len(history) - 1, since, -1):
            leaf = history[place]
            if part <= leaf <= end:
                comes = 0 <= inside <= leaf  # what is inside a sub-process comes before the sub-process is done
            else:
                comes = leaf >= 0 and self._goes_on(part, leaf) and (inside >= 0 or self._is_behind(part, leaf, leaves))
            if comes:
                return True
        return False

    def _is_passed_by(self, leaf: int, part: int, history: Sequence[int], since: int) -> bool:
        """Return whether a run that has chosen a part takes another way in it than the one over a leaf."""
        around: set[int] = set()
        block = leaf
        while block != part:
            block = self.parent[block]
            if self.kind[block] == CHOICE:
                around.add(block)
        for place in range(since + 1, len(history)) if around else ():
            way = -2 - history[place]
            if way >= 0 and self.parent[way] in around and not way <= leaf <= self.last[way]:
                return True
        return False

    def _is_behind(self, part: int, leaf: int, targets: Sequence[int]) -> bool:
        """Return whether a run that has left a part and executes a leaf has executed one of `targets` between them."""
        common, here, there, *_ = self._meeting(part, leaf)
        if self.kind[common] != NET:
            behind = next((target for target in targets if target > self.last[part]), -1)
            return leaf < part or leaf >= behind
        for target in targets:
            if not common <= target <= self.last[common]:
                continue
            way = self.part_around(common, target)
            if way in (here, there):
                return way == here or leaf >= target
            return not self.may_be_beside(way, there)
        return False

    def _goes_on(self, part: int, leaf: int) -> bool:
        """Return whether a leaf outside a part comes behind it, and not in a branch that goes its own way beside it."""
        _, here, there, is_detached, leaf_is_detached = self._meeting(part, leaf)
        if is_detached or (leaf_is_detached and leaf < part):
            return False
        return not self.may_be_beside(here, there)

    def are_concurrent(self, one: int, other: int) -> bool:
        """Return whether two nodes may execute in any order within one run, as parts of parallel branches."""
        return any(
            self._meet_in_parallel(first, second)
            for first in self.leaves_of.get(one, ())
            for second in self.leaves_of.get(other, ())
        )

    def _meet_in_parallel(self, first: int, second: int) -> bool:
        if first == second:
            return False
        common, here, there, *detached = self._meeting(first, second)
        if self.may_be_beside(here, there):
            return True
        if not any(detached):
            return False
        if self.kind[common] == SEQUENCE and detached[first > second]:
            return True  # what is started first goes on beside what comes behind
        while common >= 0 and self.kind[common] not in (LOOP, NET):
            common = self.parent[common]
        return common >= 0

    def _meeting(self, one: int, other: int) -> tuple[int, int, int, bool, bool]:
        """Return the innermost block around two others, of which none is inside the other.

        With it come its parts that hold them, and whether each lies in a started process inside of it.
        """
        kind, parent, last = self.kind, self.parent, self.last
        here, block, is_detached = one, parent[one], False
        while not block <= other <= last[block]:
            is_detached = is_detached or kind[block] == DETACHED
            here, block = block, parent[block]
        there, inner, other_is_detached = other, parent[other], False
        while inner != block:
            other_is_detached = other_is_detached or kind[inner] == DETACHED
            there, inner = inner, parent[inner]
        return block, here, there, is_detached, other_is_detached


def find_blocks(control: ControlFlow) -> BlockTree | None:
    """Return the blocks of a control flow; None if it is not made of blocks, or has what no block can say.

    That is: waiting handovers whose mark may be missing or left over, event sub-processes, an end that terminates
    parallel parts, and whatever is not sound.

    Example:
        >>> from ankunft_model.graph.control_flow import FlowDraft, NodeDraft, build_control_flow
        >>> nodes = [NodeDraft("s", "start"), NodeDraft("t", "task"), NodeDraft("e", "end")]
        >>> tree = find_blocks(build_control_flow([nodes], [FlowDraft("s", "t"), FlowDraft("t", "e")]))
        >>> [KIND_NAMES[kind] for kind in tree.kind]
        ['sequence', 'leaf', 'leaf', 'leaf']
    """
    root = reduce_to_block(control)
    return None if root is None else _numbered(control, root)


def _numbered(control: ControlFlow, root: Block) -> BlockTree | None:
    kind: list[int] = []
    node: list[int] = []
    flow: list[int] = []
    parent: list[int] = []
    place: list[int] = []
    bound: list[int] = []
    children: list[list[int]] = []
    nets: dict[int, Net] = {}
    leaves: dict[int, list[int]] = {}
    # 0: in no loop; 1: in a loop; 2: in a parallel part of a loop
    stack: list[tuple[Block, int, int, int]] = [(root, -1, -1, 0)]
    while stack:
        block, above, chosen_by, loops = stack.pop()
        number = len(kind)
        kind.append(block.kind)
        node.append(control.origin[block.node] if control.origin and block.node >= 0 else block.node)
        flow.append(control.flow_origin[chosen_by] if control.flow_origin and chosen_by >= 0 else chosen_by)
        parent.append(above)
        bound.append(block.bound)
        children.append([])
        place.append(len(children[above]) if above >= 0 else 0)
        if above >= 0:
            children[above].append(number)
        if block.kind == LEAF:
            if loops > 1 and control.kinds[block.node] == "inclusive" and len(control.incoming[block.node]) > 1:
                return None  # a token beside it may come round to it, for which it waits
            leaves.setdefault(node[number], []).append(number)
            continue
        if block.bound >= 0 and loops:
            return None  # how often it may be taken in a run is more than one loop can count
        inside = 1 if block.kind == LOOP and not loops else loops
        if block.kind in (PARALLEL, INCLUSIVE, DETACHED) and inside:
            inside = 2
        if block.net is not None:
            nets[number] = block.net
            inside = max(inside, int(block.net.has_loop))
            inside = 2 if inside and block.net.is_parallel else inside
        if block.kind == SEQUENCE:
            stack.extend((part, number, -1, inside) for part in reversed(flat(block)))
        else:
            flows = block.flows or [-1] * len(block.parts)
            pairs = zip(reversed(block.parts), reversed(flows), strict=True)
            stack.extend((part, number, by, inside) for part, by in pairs)
    last = list(range(len(kind)))
    for number in reversed(range(len(kind))):
        if children[number]:
            last[number] = last[children[number][-1]]
    return BlockTree(
        control=control,
        kind=tuple(kind),
        node=tuple(node),
        flow=tuple(flow),
        parent=tuple(parent),
        place=tuple(place),
        children=tuple(map(tuple, children)),
        last=tuple(last),
        bound=tuple(bound),
        leaves_of={node: tuple(found) for node, found in leaves.items()},
        start_parts=_start_parts(control, parent, last, leaves),
        nets=nets,
        in_nets=_nodes_in_nets(nets, kind, node, last),
        begins=next((entry for entry in control.entries_of(-1) if control.kinds[entry] == "start"), -1),
    )


def _nodes_in_nets(nets: Iterable[int], kind: list[int], node: list[int], last: list[int]) -> frozenset[int]:
    found: set[int] = set()
    end = -1
    for net in nets:  # outer ones first, as they are numbered
        if net > end:
            end = last[net]
            found.update(node[block] for block in range(net, end + 1) if kind[block] == LEAF)
    return frozenset(found)


def _start_parts(
    control: ControlFlow, parent: list[int], last: list[int], leaves: dict[int, list[int]]
) -> dict[int, int]:
    """Return the part that each of several start events lies in, alone among them."""
    starts = {start: leaves[start][0] for start in control.entries_of(-1) if control.kinds[start] == "start"
              and start in leaves}  # fmt: skip
    parts: dict[int, int] = {}
    for start, leaf in starts.items() if len(starts) > 1 else ():
        part = leaf
        others = [other for other in starts.values() if other != leaf]
        while parent[part] >= 0 and not any(parent[part] <= other <= last[parent[part]] for other in others):
            part = parent[part]
        parts[start] = part
    return parts


def enclosing_parts(tree: BlockTree, blocks: Iterable[int]) -> dict[int, list[int]]:
    """Return the given blocks and all around them, each with its parts, in order, that are one of these."""
    parts: dict[int, list[int]] = {}
    parent = tree.parent
    for block in blocks:
        if block in parts:
            continue
        parts[block] = []
        above = parent[block]
        while above >= 0:
            if above in parts:
                parts[above].append(block)
                break
            parts[above] = [block]
            block, above = above, parent[above]
    for found in parts.values():
        found.sort()
    return parts


__all__ = [
    "CHOICE",
    "DETACHED",
    "EMPTY",
    "INCLUSIVE",
    "KIND_NAMES",
    "LEAF",
    "LOOP",
    "NET",
    "PARALLEL",
    "PREFIX",
    "SEQUENCE",
    "BlockTree",
    "enclosing_parts",
    "find_blocks",
]
