"""The block structure of parallel and inclusive parts: each split with its join, its branches, its side threads.

Exclusive gateways and loops may be as tangled as they like; parallel and inclusive ones may not. A branch that never
comes back is a side thread; a split all of whose branches end has no join.

Source: design of the collaboration view, parts 1 and 6 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.dominance import ROOT, Dominance, find_dominance
from ankunft_model.graph.participation.normal_form import Kind, NormalForm, NormalFormBuilder, NormalNode
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


def find_blocks(form: NormalForm) -> BlockStructure:
    """Return the block structure of `form`.

    Raises:
        ExportError: a node is not reachable or leads to no end, or parallel parts are tangled; the message names nodes.
    """
    _check_ways(form)
    form, dominance = _with_blocks_parted(form)
    has_sides = any(node.kind == "spawn" for node in form.nodes.values())
    in_cycle = in_cycles(form) if has_sides else set[str]()
    blocks: dict[str, Block] = {}
    spawn_of_side: dict[str, str] = {}
    for node in form.nodes.values():
        if node.kind == "spawn":
            gathered = _gathered_sides(form, dominance, node.id)
            if gathered:
                main = form.only_out(node.id)
                blocks[node.id] = _block(form, dominance, node, (main, *gathered), (main,))
            apart = [side for side in form.sides[node.id] if side not in gathered]
            spawn_of_side.update(dict.fromkeys(apart, node.id))
            if apart and node.id in in_cycle:
                raise _side_thread_in_loop(node)
        elif node.kind in ("parallel_split", "inclusive_split"):
            branches = form.outgoing[node.id]
            is_parallel = node.kind == "parallel_split"
            blocks[node.id] = _block(form, dominance, node, branches, branches if is_parallel else ())
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


def _names(nodes: Iterable[NormalNode]) -> str:
    found = dict.fromkeys(node.id if node.element is None else node.element.id for node in nodes)
    shown = list(found)[:8]
    return ", ".join(f"„{name}“" for name in shown) + (" …" if len(found) > len(shown) else "")


def tangled(nodes: Iterable[NormalNode], reason: Wording) -> ExportError:
    """Return the refusal of a parallel part that cannot be divided among pools."""
    nodes = tuple(nodes)
    names = _names(nodes)
    english = names.replace("„", "'").replace("“", "'")
    return ExportError(
        Wording(
            de=f"Der Ablauf lässt sich nicht auf Organisationen aufteilen: {reason.de} (Knoten {names}). "
            "Nutzen Sie die Wegansicht (view: journey), geben Sie diesen Teil einer Organisation, "
            "oder führen Sie jede Verzweigung mit einem eigenen Gegenstück zusammen.",
            en=f"the process cannot be divided among organisations: {reason.en} (nodes {english}); "
            "use the journey view, give this part to one organisation, or close each split with a join of its own",
        ),
        element_id=next((node.element.id for node in nodes if node.element is not None), None),
    )


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


def _exits(form: NormalForm, dominance: Dominance, branch: str) -> list[str]:
    """Return the flows on which control can leave the part that only `branch` leads to."""
    return [
        vertex
        for vertex in dominance.dominated_by(branch)
        if vertex in form.flows and not dominance.dominates(branch, form.flows[vertex].target)
    ]


def _with_blocks_parted(form: NormalForm) -> tuple[NormalForm, Dominance]:
    """Return `form` with side threads told apart from branches, a join of its own for every block; its dominators."""
    done: set[str] = set()
    dominance = find_dominance(form)
    while True:
        splits = [
            vertex
            for vertex in reversed(dominance.order)
            if vertex in form.nodes
            and vertex not in done
            and form.nodes[vertex].kind in ("parallel_split", "inclusive_split", "spawn")
        ]
        changed = form
        for split in splits:
            done.add(split)
            changed = _parted(form, dominance, form.nodes[split])
            if changed is not form:
                break
        if changed is form:
            return form, dominance
        form = changed
        dominance = find_dominance(form)


def _parted(form: NormalForm, dominance: Dominance, split: NormalNode) -> NormalForm:
    """Return `form` with the side threads of `split` on a spawn before it, and a join for its branches alone."""
    exits_of = {branch: _exits(form, dominance, branch) for branch in form.outgoing[split.id]}
    if split.kind == "spawn":
        return _gathered_apart(form, split, exits_of)
    going_on = {branch: exits for branch, exits in exits_of.items() if exits}
    sides = tuple(branch for branch in exits_of if branch not in going_on)
    if not going_on:
        return form
    if split.kind == "inclusive_split" and sides:
        raise tangled(
            (split,),
            Wording(
                de="von einer inklusiven Verzweigung enden einige Zweige für sich, andere laufen zusammen",
                en="some branches of an inclusive split end by themselves, others come together",
            ),
        )
    gathering = _gathering(form, split, going_on) if len(going_on) > 1 else None
    if not sides and (gathering is None or gathering.fits):
        return form
    builder = NormalFormBuilder.of(form)
    if sides:
        _part_side_threads(builder, split, sides, tuple(going_on))
    if gathering is not None:
        _part_join(builder, split, gathering)
    return builder.build()


def _gathered_apart(form: NormalForm, spawn: NormalNode, exits_of: dict[str, list[str]]) -> NormalForm:
    """Return `form` with a join of its own for the side threads of `spawn` that are waited for behind it."""
    main = form.only_out(spawn.id)
    gathered = {branch: exits for branch, exits in exits_of.items() if branch == main or exits}
    if len(gathered) == 1:
        return form
    if not gathered[main]:
        raise tangled(
            (spawn,),
            Wording(
                de="auf einen Nebenstrang wird gewartet, der Hauptstrang aber endet für sich",
                en="a side thread is waited for, but the main one ends by itself",
            ),
        )
    gathering = _gathering(form, spawn, gathered)
    if gathering.fits:
        return form
    builder = NormalFormBuilder.of(form)
    _part_join(builder, spawn, gathering)
    return builder.build()


def _part_side_threads(
    builder: NormalFormBuilder, split: NormalNode, sides: tuple[str, ...], going_on: tuple[str, ...]
) -> None:
    if len(going_on) == 1:
        builder.nodes[split.id] = replace(split, kind="spawn")
        builder.sides[split.id] = sides
        return
    spawn = builder.add_node(replace(split, id=f"{split.id}.spawn", kind="spawn"))
    (entry,) = (flow.id for flow in builder.flows.values() if flow.target == split.id)
    builder.retarget(entry, spawn)
    builder.add_flow(spawn, split.id)
    for side in sides:
        builder.flows[side] = replace(builder.flows[side], source=spawn)
    builder.sides[spawn] = sides


@dataclass(frozen=True, slots=True)
class _Gathering:
    """How the branches of a split come together.

    Attributes:
        join: The node where they do.
        kind: What its own join has to be.
        exits: The flows out of the branches.
        several: Flows of branches that come out on more than one.
        is_alone: Whether nothing else comes to the join.
    """

    join: NormalNode
    kind: Kind
    exits: tuple[str, ...]
    several: tuple[tuple[str, ...], ...]
    is_alone: bool

    @property
    def fits(self) -> bool:
        """Whether the join is the split's own already."""
        return self.is_alone and self.join.kind == self.kind and not self.several


def _gathering(form: NormalForm, split: NormalNode, exits_of: dict[str, list[str]]) -> _Gathering:
    """Return where the branches of `split` come together; refuse what does not fit."""
    exits = [flow for flows in exits_of.values() for flow in flows]
    targets = dict.fromkeys(form.flows[flow].target for flow in exits)
    joins = [form.nodes[target] for target in targets]
    allowed = ("parallel_join", "inclusive_join") if split.kind == "parallel_split" else ("inclusive_join",)
    if len(joins) > 1 or joins[0].kind not in allowed:
        raise tangled(
            (split, *joins),
            Wording(
                de="die Zweige einer Verzweigung laufen nicht in einer einzigen passenden Zusammenführung zusammen",
                en="the branches of a split do not come together in one join that fits it",
            ),
        )
    (join,) = joins
    several = tuple(tuple(flows) for flows in exits_of.values() if len(flows) > 1)
    if several and join.kind == "parallel_join":
        raise tangled(
            (split, join),
            Wording(
                de="ein Zweig erreicht die parallele Zusammenführung auf mehreren Wegen und kann sie blockieren",
                en="one branch reaches the parallel join on several ways and can block it",
            ),
        )
    kind: Kind = "parallel_join" if split.kind == "parallel_split" else "inclusive_join"
    return _Gathering(join, kind, tuple(exits), several, set(form.incoming[join.id]) == set(exits))


def _part_join(builder: NormalFormBuilder, split: NormalNode, gathering: _Gathering) -> None:
    """Give the branches of `split` a join that takes no other flow, and one flow per branch into it."""
    join, kind = gathering.join, gathering.kind
    goal = join.id
    if not gathering.is_alone:
        goal = builder.add_node(NormalNode(f"{split.id}.join", kind))
        builder.add_flow(goal, join.id)
        for flow in gathering.exits:
            builder.retarget(flow, goal)
    elif join.kind != kind:
        builder.nodes[join.id] = replace(join, kind=kind)
    for flows in gathering.several:
        merge = builder.add_node(NormalNode(f"{join.id}.merge", "exclusive_join"))
        builder.add_flow(merge, goal)
        for flow in flows:
            builder.retarget(flow, merge)


def _block(
    form: NormalForm, dominance: Dominance, split: NormalNode, branches: tuple[str, ...], sure: tuple[str, ...]
) -> Block:
    joins = {form.flows[flow].target for branch in branches for flow in _exits(form, dominance, branch)}
    return Block(split.id, next(iter(joins), None), branches, sure)


def _gathered_sides(form: NormalForm, dominance: Dominance, spawn: str) -> tuple[str, ...]:
    """Return the side threads of a spawn that are waited for behind it; the others end by themselves."""
    return tuple(side for side in form.sides[spawn] if _exits(form, dominance, side))


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
            raise tangled(
                (structure.form.nodes[around.split], node),
                Wording(
                    de="ein Zweig kann enden, obwohl auf ihn gewartet wird",
                    en="a branch can end although it is waited for",
                ),
            )
