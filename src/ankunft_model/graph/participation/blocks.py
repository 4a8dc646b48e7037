"""The block structure of parallel and inclusive parts: each split with its join, its branches, its side threads.

Exclusive gateways and loops may be as tangled as they like; parallel and inclusive ones may not. A branch that never
comes back is a side thread; a split all of whose branches end has no join.

Source: design of the collaboration view, parts 1 and 6 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.dominance import ROOT, Dominance
from ankunft_model.graph.participation.normal_form import NormalForm, NormalFormBuilder, NormalNode
from ankunft_model.graph.participation.parted_blocks import Exits, tangled, with_blocks_parted
from ankunft_model.graph.participation.terminating_ends import is_terminating, stops_others
from ankunft_model.wording import Wording

WHOLE_PROCESS = ROOT
"""Name of the region that is not inside any branch."""


@dataclass(frozen=True, slots=True)
class Block:
    """A parallel or inclusive part.

    Attributes:
        split: Id of the node that begins its branches.
        join: Id of the node that ends them; None if every branch ends by itself.
        branches: Ids of the flows that begin the branches, in declared order.
        sure: Those of the branches that are always taken; the others may be left out.
    """

    split: str
    join: str | None
    branches: tuple[str, ...]
    sure: tuple[str, ...]

    @property
    def is_inclusive(self) -> bool:
        """Whether only some branches may be taken."""
        return len(self.sure) < len(self.branches)


@dataclass(frozen=True)
class BlockStructure:
    """A normal form with its blocks.

    Attributes:
        form: The normal form, changed where a join had to be taken apart.
        block_of_split, block_of_join: Blocks by the id of their split and of their join.
        block_of_branch: Blocks by the flow that begins a branch.
        spawn_of_side: The spawn node by the flow that begins a side thread.
        branch_of: The innermost branch or side thread (its first flow) that each node and flow lies in.
    """

    form: NormalForm
    dominance: Dominance
    block_of_split: dict[str, Block]
    block_of_join: dict[str, Block]
    block_of_branch: dict[str, Block]
    spawn_of_side: dict[str, str]
    branch_of: dict[str, str]

    def enclosing(self, branch: str) -> str:
        """Return the branch around a branch or side thread."""
        return self.branch_of[self.form.flows[branch].source]

    def branches_around(self, vertex: str) -> tuple[str, ...]:
        """Return the first flows of the branches and side threads around a node or flow, the innermost first."""
        found: list[str] = []
        branch = self.branch_of[vertex]
        while branch != WHOLE_PROCESS:
            found.append(branch)
            branch = self.enclosing(branch)
        return tuple(found)


def find_blocks(form: NormalForm, *, is_whole: bool = False) -> BlockStructure:
    """Return the block structure of `form`.

    Args:
        form: The normal form.
        is_whole: Whether it is known that every node is reached and leads to an end.

    Raises:
        ExportError: a node is not reachable or leads to no end, or parallel parts are tangled; the message names nodes.
    """
    if not is_whole:
        _check_ways(form)
    form, dominance, exits = with_blocks_parted(form)
    has_sides = any(node.kind == "spawn" for node in form.nodes.values())
    in_cycle = in_cycles(form) if has_sides else set[str]()
    blocks: dict[str, Block] = {}
    spawn_of_side: dict[str, str] = {}
    for node in form.nodes.values():
        if node.kind == "spawn":
            gathered = _gathered_sides(form, exits, node.id)
            if gathered:
                main = form.only_out(node.id)
                blocks[node.id] = _block(form, exits, node, (main, *gathered), (main,))
            apart = [side for side in form.sides[node.id] if side not in gathered]
            spawn_of_side.update(dict.fromkeys(apart, node.id))
            if apart and node.id in in_cycle:
                raise _side_thread_in_loop(node)
        elif node.kind in ("parallel_split", "inclusive_split"):
            branches = form.outgoing[node.id]
            is_parallel = node.kind == "parallel_split"
            blocks[node.id] = _block(form, exits, node, branches, branches if is_parallel else ())
    block_of_join = {block.join: block for block in blocks.values() if block.join is not None}
    block_of_branch = {branch: block for block in blocks.values() for branch in block.branches}
    branch_of: dict[str, str] = {}
    for vertex in dominance.order:
        is_branch = vertex in block_of_branch or vertex in spawn_of_side or vertex == ROOT
        branch_of[vertex] = vertex if is_branch else branch_of[dominance.parent[vertex]]
    form = _exclusive_where_unmatched(form, block_of_join)
    structure = BlockStructure(form, dominance, blocks, block_of_join, block_of_branch, spawn_of_side, branch_of)
    _check_ends(structure)
    return structure


def _check_ways(form: NormalForm) -> None:
    """Refuse nodes that no run reaches or from which no run ends."""
    reached = _closure(form.starts, {node: [form.flows[f].target for f in form.outgoing[node]] for node in form.nodes})
    dead = [node for id_, node in form.nodes.items() if id_ not in reached]
    if dead:
        raise tangled(dead, Wording(de="kein Weg vom Start führt dorthin", en="no way leads there from the start"))
    ends = [node.id for node in form.nodes.values() if node.kind == "end"]
    ending = _closure(ends, {node: [form.flows[f].source for f in form.incoming[node]] for node in form.nodes})
    stuck = [node for id_, node in form.nodes.items() if id_ not in ending]
    if stuck:
        raise tangled(
            stuck, Wording(de="von dort führt kein Weg zu einem Ende", en="no way leads from there to an end")
        )


def _closure(starts: Iterable[str], successors: dict[str, list[str]]) -> set[str]:
    seen = set(starts)
    stack = list(seen)
    while stack:
        for next_ in successors[stack.pop()]:
            if next_ not in seen:
                seen.add(next_)
                stack.append(next_)
    return seen


def in_cycles(form: NormalForm) -> set[str]:
    """Return the ids of the nodes that lie on a cycle (Kosaraju's algorithm, without recursion)."""
    forward = {node: [form.flows[f].target for f in form.outgoing[node]] for node in form.nodes}
    backward = {node: [form.flows[f].source for f in form.incoming[node]] for node in form.nodes}
    finished: list[str] = []
    seen: set[str] = set()
    for root in form.nodes:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(forward[root]))]
        while stack:
            node, remaining = stack[-1]
            next_ = next((target for target in remaining if target not in seen), None)
            if next_ is None:
                stack.pop()
                finished.append(node)
            else:
                seen.add(next_)
                stack.append((next_, iter(forward[next_])))
    placed: set[str] = set()
    cyclic: set[str] = set()
    for root in reversed(finished):
        if root in placed:
            continue
        component = [root]
        placed.add(root)
        for node in component:
            for before in backward[node]:
                if before not in placed:
                    placed.add(before)
                    component.append(before)
        if len(component) > 1 or root in forward[root]:
            cyclic.update(component)
    return cyclic


def _side_thread_in_loop(node: NormalNode) -> ExportError:
    return tangled(
        (node,),
        Wording(
            de="in einer Schleife beginnt ein Nebenstrang, der für sich endet; zwei Runden könnten zugleich laufen",
            en="a side thread that ends by itself begins inside a loop; two rounds of it could run at once",
        ),
    )


def _block(
    form: NormalForm, exits: Exits, split: NormalNode, branches: tuple[str, ...], sure: tuple[str, ...]
) -> Block:
    joins = {form.flows[flow].target for branch in branches for flow in exits[branch]}
    return Block(split.id, next(iter(joins), None), branches, sure)


def _gathered_sides(form: NormalForm, exits: Exits, spawn: str) -> tuple[str, ...]:
    """Return the side threads of a spawn that are waited for behind it; the others end by themselves."""
    return tuple(side for side in form.sides[spawn] if exits[side])


def _exclusive_where_unmatched(form: NormalForm, block_of_join: dict[str, Block]) -> NormalForm:
    """Return `form` with inclusive joins that close no block as what they are then: exclusive joins."""
    unmatched = [
        node
        for node in form.nodes.values()
        if node.kind in ("parallel_join", "inclusive_join") and node.id not in block_of_join
    ]
    if not unmatched:
        return form
    blocking = [node for node in unmatched if node.kind == "parallel_join"]
    if blocking:
        raise tangled(
            blocking,
            Wording(
                de="eine parallele Zusammenführung wartet auf Zweige, die nicht gleichzeitig laufen",
                en="a parallel join waits for branches that do not run at the same time",
            ),
        )
    builder = NormalFormBuilder.of(form)
    for node in unmatched:
        builder.nodes[node.id] = replace(node, kind="exclusive_join")
    return builder.build()


def _check_ends(structure: BlockStructure) -> None:
    """Refuse ends inside a branch that has to come back: its join would wait for ever."""
    for node in structure.form.nodes.values():
        ends_here = node.kind == "end"
        block = structure.block_of_split.get(node.id)
        if not ends_here and not (block is not None and block.join is None):
            continue
        around = structure.block_of_branch.get(structure.branch_of[node.id])
        if around is not None and around.join is not None:
            if is_terminating(node):
                raise stops_others(node, [structure.form.nodes[around.split]])
            raise tangled(
                (structure.form.nodes[around.split], node),
                Wording(
                    de="ein Zweig kann enden, obwohl auf ihn gewartet wird",
                    en="a branch can end although it is waited for",
                ),
            )
