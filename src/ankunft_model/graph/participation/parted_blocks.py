"""Parallel and inclusive parts told apart: side threads from branches, and a join of its own for every split.

Source: design of the collaboration view, part 1 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.dominance import ROOT, Dominance, find_dominance
from ankunft_model.graph.participation.normal_form import Kind, NormalForm, NormalFormBuilder, NormalNode
from ankunft_model.wording import Wording


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


_PARTING: Final[frozenset[Kind]] = frozenset(("parallel_split", "inclusive_split", "spawn"))

Exits: TypeAlias = dict[str, list[str]]
"""By the flow that begins a branch or side thread: the flows on which control can leave what only it leads to."""


def find_exits(form: NormalForm, dominance: Dominance) -> Exits:
    """Return the exits of every branch; from each flow only those branches are looked at that it leaves."""
    found: Exits = {
        branch: [] for node in form.nodes.values() if node.kind in _PARTING for branch in form.outgoing[node.id]
    }
    innermost: dict[str, str] = {ROOT: ROOT}
    for vertex in dominance.order:
        around = innermost.get(dominance.parent[vertex], ROOT)
        innermost[vertex] = vertex if vertex in found else around
        if vertex in form.flows:
            target, branch = form.flows[vertex].target, innermost[vertex]
            while branch != ROOT and not dominance.dominates(branch, target):
                found[branch].append(vertex)
                branch = innermost[dominance.parent[branch]]
    return found


def with_blocks_parted(form: NormalForm) -> tuple[NormalForm, Dominance, Exits]:
    """Return `form` with side threads told apart from branches, a join of its own for every block.

    With it come its dominators and the exits of its branches.
    """
    done: set[str] = set()
    dominance = find_dominance(form)
    exits = find_exits(form, dominance)
    while True:
        splits = [
            vertex
            for vertex in reversed(dominance.order)
            if vertex in form.nodes and vertex not in done and form.nodes[vertex].kind in _PARTING
        ]
        changed = form
        for split in splits:
            done.add(split)
            changed = _parted(form, exits, form.nodes[split])
            if changed is not form:
                break
        if changed is form:
            return form, dominance, exits
        form = changed
        dominance = find_dominance(form)
        exits = find_exits(form, dominance)


def _parted(form: NormalForm, exits: Exits, split: NormalNode) -> NormalForm:
    """Return `form` with the side threads of `split` on a spawn before it, and a join for its branches alone."""
    exits_of = {branch: exits[branch] for branch in form.outgoing[split.id]}
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
