"""The person goes from body to body with nobody who explains the way.

What it finds: complete runs on which the person deals with more than three bodies and no step counsels or informs it.

Why it matters: who does not see the way as a whole goes to the wrong office, too late, or gives up.

How to resolve it: offer counselling early, name a contact person, or hand out a map of the way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.block_counting import count_blocks, flat
from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import institution_of
from ankunft_model.analysis.witness import BlockRun, Run
from ankunft_model.findings import ElementRef
from ankunft_model.graph import RunGraph, WorkflowGraph, build_run_graph, ending_groups
from ankunft_model.graph.block_tree import BlockTree
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import PERSON_KIND, Activity
from ankunft_model.wording import Wording

MANY_BODIES: Final = 3
"""With more bodies than this, somebody has to explain the way."""

STATE_LIMIT: Final = 50_000

GUIDING_KINDS: Final = frozenset({"counsel", "inform", "case_conference"})
"""Kinds of steps that explain the way."""

GUIDING_ACTORS: Final = frozenset(
    {
        "migration_counselling_adult",
        "youth_migration_service",
        "refugee_counselling",
        "municipal_case_management",
        "welcome_counsellor",
        "welcome_centre",
    }
)
"""Kinds of actors whose task is to explain the way."""

CONTACT_CHANNELS: Final = frozenset({"in_person", "phone", "video", "online_service", "paper_carried"})


_Place: TypeAlias = tuple[int, int, bool]
"""A state, the bodies met so far as bits, and whether somebody has explained the way."""


@dataclass(frozen=True, slots=True)
class _Path:
    """A complete run without guidance, the one with the most bodies; `is_certain`: every complete run is like that."""

    run: Run
    is_certain: bool
    limits: tuple[Limit, ...]

    @property
    def is_exact(self) -> bool:
        """Whether all runs were looked at."""
        return not self.limits


def find_opaque_path(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per group of processes, in the order of the model."""
    for group, runs in zip(computed.groups, computed.runs, strict=True):
        bodies = _bodies(computed, runs)
        guides = frozenset(node for node in range(len(runs.game.graph.nodes)) if _guides(computed, runs, node))
        if len(set(bodies.values())) <= MANY_BODIES:
            continue
        path = _longest_path(runs, bodies, guides)
        if path is None:
            continue
        stations = path.run.among(runs.game.graph.nodes[node].id for node in bodies)
        visited = dict.fromkeys(bodies[runs.game.graph.index_of[id_]] for id_ in stations)
        who = listed([computed.names.actor(body) for body in visited])
        some = Wording("", "") if path.is_certain else Wording(de="In manchen Abläufen: ", en="On some runs: ")
        yield Observation(
            message=Wording(
                de=f"{some.de}{len(visited)} Stellen nacheinander ({who.de}), und kein Schritt berät die Person oder "
                "erklärt ihr den Weg.",
                en=f"{some.en}{len(visited)} bodies one after the other ({who.en}), and no step counsels the person or "
                "explains the way.",
            ),
            recommendation=Wording(
                de="Früh eine Beratung anbieten, eine Ansprechperson benennen oder einen Laufzettel mitgeben.",
                en="Offer counselling early, name a contact person, or hand out a map of the way.",
            ),
            elements=(
                ElementRef("process", group[0].id),
                *(ElementRef("node", node) for node in dict.fromkeys(stations)),
            ),
            certainty="definite" if path.is_certain and path.is_exact else "possible",
            exact=path.is_exact,
            limits=path.limits,
            witness=path.run.witness(stations),
            full_run=path.run.ids,
        )


def _bodies(computed: Computations, runs: RunGraph) -> dict[int, str]:
    """Return the institution that the person deals with at a node, by node."""
    found: dict[int, str] = {}
    for node, step in enumerate(runs.game.graph.nodes):
        actor = computed.performer_of[step.id]
        if not isinstance(step, Activity) or actor is None or computed.model.actors[actor].kind == PERSON_KIND:
            continue
        if step.collects or step.documents_in or CONTACT_CHANNELS & set(step.channel or ()):
            found[node] = institution_of(computed.model, actor)
    return found


def _guides(computed: Computations, runs: RunGraph, node: int) -> bool:
    step = runs.game.graph.nodes[node]
    actor = computed.performer_of[step.id]
    kind = None if actor is None else computed.model.actors[actor].kind
    told = any(step.id in (duty.at or ()) for duty in computed.model.information_duties.values())
    return isinstance(step, Activity) and (step.kind in GUIDING_KINDS or kind in GUIDING_ACTORS or told)


def _longest_path(runs: RunGraph, bodies: dict[int, str], guides: frozenset[int]) -> _Path | None:
    """Return a complete run without guidance and with the most bodies, if they are too many."""
    numbers = {body: 1 << number for number, body in enumerate(dict.fromkeys(bodies.values()))}
    if runs.regions is not None:
        return _longest_path_of_blocks(
            runs.game.graph, runs.regions, {n: numbers[b] for n, b in bodies.items()}, guides
        )
    runs = _in_every_order(runs, guides | bodies.keys())
    start: _Place = (0, 0, False)
    came_from: dict[_Place, tuple[_Place, int] | None] = {start: None}
    queue: deque[_Place] = deque([start])
    best: _Place | None = None
    is_certain, limits = True, runs.limits
    while queue:
        here = queue.popleft()
        state, seen, guided = here
        if runs.game.is_complete(runs.markings[state]):
            if guided or seen.bit_count() <= MANY_BODIES:
                is_certain = False
            elif best is None or seen.bit_count() > best[1].bit_count():
                best = here
        for edge in runs.edges[state]:
            if edge.target < 0:
                continue
            executes = runs.game.transitions[edge.move].executes
            is_guided = guided or not guides.isdisjoint(executes)
            mask = 0 if is_guided else seen
            for node in () if is_guided else executes:
                mask |= numbers[bodies[node]] if node in bodies else 0
            there = (edge.target, mask, is_guided)
            if there not in came_from:
                if len(came_from) >= STATE_LIMIT:
                    limits = in_order((*limits, "states"))
                    continue
                came_from[there] = (here, edge.move)
                queue.append(there)
    if best is None:
        return None
    moves: list[int] = []
    step = came_from[best]
    while step is not None:
        moves.append(step[1])
        step = came_from[step[0]]
    taken = [runs.game.transitions[move] for move in reversed(moves)]
    nodes = tuple(node for move in taken for node in move.executes)
    return _Path(Run(runs.game.graph, nodes, tuple(flow for move in taken for flow in move.takes)), is_certain, limits)


def _in_every_order(runs: RunGraph, nodes: Collection[int]) -> RunGraph:
    """Return the runs; where something ends others early, with the nodes before and behind it."""
    game = runs.game
    if not ending_groups(game):
        return runs
    wanted = frozenset(nodes)
    return build_run_graph(
        game, watched=frozenset(move.cluster for move in game.transitions if not wanted.isdisjoint(move.executes))
    )


def _longest_path_of_blocks(
    graph: WorkflowGraph, blocks: BlockTree, bits: dict[int, int], guides: frozenset[int]
) -> _Path | None:
    """Return the run of a process made of blocks; every leaf executes on some complete run."""
    facts = {node: NodeFacts(is_collected=True) for node in sorted(guides | bits.keys())}
    found = count_blocks(blocks, facts, bits, barred=guides)
    long = [mask for mask in found.askers if mask.bit_count() > MANY_BODIES]
    if not long:
        return None
    is_certain = guides.isdisjoint(blocks.leaves_of) and len(long) == len(found.askers)
    best = max(long, key=int.bit_count)
    run = BlockRun(graph, blocks, partial(flat, found.askers[best]), to_end=True)
    return _Path(run, is_certain, () if found.is_exact else ("asker_sets",))


_BODY = """\
  abh: {name: Ausländerbehörde, kind: immigration_office}
  kasse: {name: Krankenkasse, kind: health_insurer}
processes:
  ankommen:
    name: Ankommen
    nodes:
      beginn:    {type: start, name: Angekommen, actor: person, next: melden}
"""

_REST = """\
      titel:     {name: Titel beantragen, actor: abh, channel: in_person, next: hilfe}
      hilfe:     {name: Hilfe beantragen, actor: sozialamt, channel: in_person, next: kasse_waehlen}
      kasse_waehlen: {name: Krankenkasse wählen, actor: kasse, channel: in_person, next: arbeit}
      arbeit:    {name: Arbeit suchen, actor: jobcenter, channel: in_person, next: ende}
      ende:      {type: end, name: Angekommen}
    handovers: none
"""

RULE = Rule(
    id="opaque-path",
    codes=("G-17",),
    title=Wording(de="Undurchsichtiger Weg", en="Opaque path"),
    group="access",
    severity="hint",
    dimension="transparent",
    finds=Wording(
        de="Abläufe, auf denen die Person mit mehr als drei Stellen zu tun hat und kein Schritt sie berät oder "
        "informiert. Nicht gemeldet werden Abläufe mit Beratung, Information oder Fallkonferenz, wo auch immer, und "
        "Schritte, von denen die Person nichts merkt.",
        en="Runs on which the person deals with more than three bodies and no step counsels or informs it. Not "
        "reported: runs with counselling, information or a case conference, wherever, and steps that the person does "
        "not notice.",
    ),
    matters=Wording(
        de="Wer den Weg nicht kennt, geht zur falschen Stelle, zu spät oder gar nicht.",
        en="Who does not know the way goes to the wrong body, too late, or not at all.",
    ),
    resolve=Wording(
        de="Beratung, Ansprechperson oder Laufzettel.",
        en="Counselling, a contact person, or a map of the way.",
    ),
    sources=("G-17", "S1-01"),
    sound=example_model(
        _BODY
        + "      melden:    {name: Beraten, actor: sozialamt, kind: counsel, channel: in_person, next: titel}\n"
        + _REST
    ),
    broken=example_model(
        _BODY
        + "      melden:    {name: Wohnsitz anmelden, actor: sozialamt, kind: registration, channel: in_person, next: titel}\n"
        + _REST
    ),
    find=find_opaque_path,
)
