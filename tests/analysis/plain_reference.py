"""A plain enumeration of all runs, straight from the definitions, for models of a handful of nodes.

It shares no code with the rooms `graph` and `analysis`: tokens are multisets of named places, knowledge is a set of
names, every interleaving is tried. It is slow on purpose and the judge of the fast computations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

from ankunft_model.model import (
    Activity,
    ActorEnd,
    AnyDocument,
    ArrivalModel,
    Event,
    Gateway,
    Handover,
    Process,
    SubProcess,
)

Places = frozenset[tuple[str, int]]
"""A multiset of places."""


class TooLargeError(Exception):
    """The model has more states than a plain enumeration should look at."""


class Move(NamedTuple):
    """One event of a run: which nodes execute (in order), what is left, and which place got a second token."""

    executes: tuple[str, ...]
    after: Places
    doubled: tuple[str, ...]
    taken: frozenset[str] = frozenset()


def without(places: Places, *gone: str) -> Counter[str]:
    left = Counter(dict(places))
    left.subtract(gone)
    assert min(left.values(), default=0) >= 0
    return +left


def frozen(places: Counter[str]) -> Places:
    return frozenset((+places).items())


class PlainGame:
    """The moves of the entry process and of the processes that it starts."""

    def __init__(self, *processes: Process) -> None:
        self.processes = processes
        self.nodes = {node.id: node for process in processes for node in process.all_nodes}
        self.parent: dict[str, str] = {}
        self.process_of = {node.id: process.id for process in processes for node in process.all_nodes}
        for node in self.nodes.values():
            if isinstance(node, SubProcess):
                self.parent |= dict.fromkeys(node.nodes, node.id)
        self.flows = {flow.id: flow for process in processes for flow in process.flows}
        self.outgoing = {id_: [f.id for f in self.flows.values() if f.source == id_] for id_ in self.nodes}
        self.incoming = {id_: [f.id for f in self.flows.values() if f.target == id_] for id_ in self.nodes}
        self.handovers = [handover for process in processes for handover in process.handovers or ()]
        self.budget = {f.id: f.flow.repeats.max for f in self.flows.values() if f.flow.repeats is not None}

    # --- scopes ---------------------------------------------------------------------------------------------------

    def scope(self, parent: str | None) -> list[str]:
        if parent is None:
            return list(self.processes[0].nodes)
        sub = self.nodes[parent]
        assert isinstance(sub, SubProcess)
        return list(sub.nodes)

    def entries(self, parent: str | None) -> list[tuple[str, ...]]:
        """Return the alternatives to begin a scope; each is the nodes that begin at once."""
        inside = self.scope(parent)
        starts = [id_ for id_ in inside if self.nodes[id_].type == "start"]
        if starts:
            return [(start,) for start in starts]
        return [tuple(id_ for id_ in inside if not self.incoming[id_] and self.nodes[id_].type != "boundary")]

    def inside(self, node: str, sub: str) -> bool:
        while node in self.parent:
            node = self.parent[node]
            if node == sub:
                return True
        return False

    def place_inside(self, place: str, sub: str) -> bool:
        """Return whether a token at `place` is inside the sub-process."""
        kind, _, name = place.partition(":")
        if kind in ("mark", "budget"):
            return False
        if kind == "flow":
            name = self.flows[name].source
        return self.inside(name, sub)

    # --- moves ----------------------------------------------------------------------------------------------------

    def initial(self) -> list[Places]:
        """Return the beginnings: one token at a start event, or at all nodes without incoming flow."""
        budget = Counter({f"budget:{flow}": most for flow, most in self.budget.items()})
        return [frozen(budget + Counter(f"at:{id_}" for id_ in entry)) for entry in self.entries(None)]

    def is_over(self, places: Places) -> bool:
        return all(place.startswith(("mark:", "budget:", "armed:")) for place, _ in places)

    def moves(self, places: Places) -> Iterator[Move]:
        have = Counter(dict(places))
        for place in sorted(have):
            kind, _, name = place.partition(":")
            if kind == "at":
                yield from self._begin(places, place, name)
            elif kind == "flow":
                target = self.flows[name].target
                if isinstance(self.nodes[target], Gateway) and self.nodes[target].type in ("parallel", "inclusive"):
                    continue
                yield from self._begin(places, place, target)
            elif kind == "active":
                yield from self._run_active(places, name)
        for id_, node in self.nodes.items():
            if not isinstance(node, Gateway):
                continue
            inputs = [f"flow:{flow}" for flow in self.incoming[id_]]
            marked = [place for place in inputs if have[place]]
            awaited = self._marks_for(id_)
            if any(not have[mark] for mark in awaited):
                continue
            if node.type == "parallel" and inputs and len(marked) == len(inputs):
                yield from self._complete(places, id_, [*inputs, *awaited])
            elif node.type == "inclusive" and marked and self._may_join(places, id_, set(marked)):
                yield from self._complete(places, id_, [*marked, *awaited])

    def _marks_for(self, node: str) -> list[str]:
        return [
            f"mark:{h.id}"
            for h in self.handovers
            if h.waits and not h.triggers and h.to_node == node and h.from_node in self.nodes
        ]

    def _begin(self, places: Places, place: str, node: str) -> Iterator[Move]:
        """A token at `place` lets `node` begin, if the marks that it waits for are there."""
        element = self.nodes[node]
        have = Counter(dict(places))
        needed = self._marks_for(node)
        if any(not have[mark] for mark in needed):
            return
        taken = [place, *needed]
        hosted = [e for e in self.nodes.values() if isinstance(e, Event) and e.attached_to == node]
        skip = isinstance(element, Activity) and element.repeats is not None and element.repeats.min == 0
        if skip:
            for outputs in self._ways(node):
                yield self._moved((), without(places, *taken), [f"flow:{flow}" for flow in outputs], taken)
        if isinstance(element, SubProcess):
            for entry in self.entries(node):
                added = [
                    f"active:{node}",
                    *(f"armed:{e.id}" for e in hosted if not e.interrupting),
                    *(f"at:{id_}" for id_ in entry),
                ]
                yield self._moved((), without(places, *taken), added, taken)
        elif hosted:
            added = [f"active:{node}", *(f"armed:{e.id}" for e in hosted if not e.interrupting)]
            yield self._moved((), without(places, *taken), added, taken)
        else:
            yield from self._complete(places, node, taken)

    def _run_active(self, places: Places, node: str) -> Iterator[Move]:
        """A host or sub-process that is running completes, is interrupted, or a boundary event happens beside."""
        have = Counter(dict(places))
        hosted = [e for e in self.nodes.values() if isinstance(e, Event) and e.attached_to == node]
        armed = [f"armed:{e.id}" for e in hosted if have[f"armed:{e.id}"]]
        busy = [place for place in have.elements() if self.place_inside(place, node)]
        moving = [place for place in busy if not place.startswith("armed:")]
        if not moving:
            yield from self._complete(places, node, [f"active:{node}", *armed, *busy])
        for event in hosted:
            if event.interrupting:
                yield from self._complete(places, event.id, [f"active:{node}", *armed, *busy])
            elif have[f"armed:{event.id}"]:
                yield from self._complete(places, event.id, [f"armed:{event.id}"])

    def _complete(self, places: Places, node: str, taken: Iterable[str]) -> Iterator[Move]:
        element = self.nodes[node]
        taken = list(taken)
        left = without(places, *taken)
        if isinstance(element, Event) and element.type == "end" and element.trigger == "terminate":
            sub = self.parent.get(node)
            for place in list(left):
                if place.startswith(("mark:", "budget:")):
                    continue
                owner = place.partition(":")[2]
                owner = self.flows[owner].source if place.startswith("flow:") else owner
                if (sub is not None and self.place_inside(place, sub)) or (
                    sub is None and self.process_of[owner] == self.process_of[node]
                ):
                    taken.append(place)
                    del left[place]
        added = [
            f"mark:{h.id}"
            for h in self.handovers
            if h.waits and not h.triggers and h.from_node == node and h.to_node in self.nodes
        ]
        added += [
            f"at:{h.to_node}" for h in self.handovers if h.triggers and h.from_node == node and h.to_node in self.nodes
        ]
        for outputs in self._ways(node):
            if any(flow in self.budget and not left[f"budget:{flow}"] for flow in outputs):
                continue
            spent = Counter(left)
            spent.subtract(f"budget:{flow}" for flow in outputs if flow in self.budget)
            yield self._moved((node,), +spent, [*(f"flow:{flow}" for flow in outputs), *added], taken)

    def _moved(self, executes: tuple[str, ...], left: Counter[str], added: list[str], taken: Iterable[str]) -> Move:
        doubled = tuple(place for place in added if left[place] and not place.startswith("mark:"))
        return Move(executes, frozen(left + Counter(added)), doubled, frozenset(taken))

    def _ways(self, node: str) -> list[tuple[str, ...]]:
        """Return the sets of flows on which tokens may leave."""
        element = self.nodes[node]
        flows = self.outgoing[node]
        if len(flows) > 1 and isinstance(element, Gateway) and element.type in ("exclusive", "event_based"):
            return [(flow,) for flow in flows]
        if isinstance(element, Gateway) and element.type in ("parallel", "exclusive", "event_based"):
            return [tuple(flows)]
        default = [f for f in flows if self.flows[f].flow.default]
        if isinstance(element, Gateway) and element.type == "inclusive":
            if len(flows) < 2:
                return [tuple(flows)]
            conditioned, always = [f for f in flows if f not in default], []
        else:
            conditioned = [f for f in flows if self.flows[f].flow.when is not None and f not in default]
            always = [f for f in flows if f not in conditioned and f not in default]
            if not conditioned:
                return [tuple(flows)]
        chosen = [
            (*always, *subset) for size in range(1, len(conditioned) + 1) for subset in combinations(conditioned, size)
        ]
        return chosen + [(*always, f) for f in default]

    def is_open(self, node: str, marked: set[str]) -> bool:
        """Return whether all sub-processes around a node are still the ones in which it was executed."""
        while (node := self.parent.get(node, "")) != "":
            if f"active:{node}" not in marked:
                return False
        return True

    def _may_join(self, places: Places, join: str, filled: set[str]) -> bool:
        """Return whether an inclusive join with tokens on `filled` may fire: BPMN 2.0.2, 13.4.3.

        Every token from which a path leads to an input without a token must have one to an input with a token.
        """
        for place, _ in places:
            reached = self._inputs_reached(place, join)
            if reached - filled and not reached & filled:
                return False
        return True

    def _inputs_reached(self, place: str, join: str) -> set[str]:
        """Return the inputs of a join to which a path of sequence flows leads from a token and does not visit it.

        A token at a running step goes on over the flows of the step or of its boundary events.
        """
        kind, _, name = place.partition(":")
        if kind in ("mark", "budget", "armed"):
            return set()
        if kind == "flow" and self.flows[name].target == join:
            return {place}
        reached: set[str] = set()
        node = self.flows[name].target if kind == "flow" else name
        seen = {node}
        stack = [node]
        while stack:
            node = stack.pop()
            left = [node, *(e.id for e in self.nodes.values() if isinstance(e, Event) and e.attached_to == node)]
            for flow in (flow for id_ in left for flow in self.outgoing[id_]):
                target = self.flows[flow].target
                if target == join:
                    reached.add(f"flow:{flow}")
                elif target not in seen:
                    seen.add(target)
                    stack.append(target)
        return reached


def is_run(game: PlainGame, ids: Iterable[str], *, limit: int = 2_000) -> bool:
    """Return whether nodes can execute in this order from a beginning; a node in a row counts once."""
    places = set(game.initial())
    for id_ in ids:
        reached: set[Places] = set()
        stack = list(places)
        seen = set(places)
        while stack:
            if len(seen) > limit:
                raise TooLargeError
            for move in game.moves(stack.pop()):
                if move.executes == (id_,):
                    reached.add(move.after)
                elif not move.executes and move.after not in seen:
                    seen.add(move.after)
                    stack.append(move.after)
        if not reached:
            return False
        places = reached
    return True


# --- soundness ----------------------------------------------------------------------------------------------------


def plain_soundness(*processes: Process, limit: int = 4_000) -> dict[str, set[str]]:
    """Return the nodes of each kind of problem; deadlocks and doubled tokens without nodes.

    Where a third token would come to a flow, or a second activity begin, runs are not followed: `beyond`.
    """
    game = PlainGame(*processes)
    ends = {id_ for id_, node in game.nodes.items() if node.type == "end"}
    begin = [(places, frozenset[str]()) for places in game.initial()]
    seen = set(begin)
    stack = list(begin)
    executed: set[str] = set()
    problems: dict[str, set[str]] = {}
    leads: dict[Places, list[Move]] = {}
    while stack:
        places, ended = stack.pop()
        moves = leads.setdefault(places, list(game.moves(places)))
        for move in moves:
            executed.update(move.executes)
            if move.doubled:
                problems.setdefault("lack_of_synchronization", set())
                count = dict(move.after)
                if any(count[place] > 2 or not place.startswith("flow:") for place in move.doubled):
                    problems.setdefault("beyond", set())
                    continue
            again = {id_ for id_ in move.executes if id_ in ended}
            if again:
                problems.setdefault("improper_completion", set()).update(again)
            active = {place for place, _ in move.after}
            state = (move.after, frozenset(e for e in ended | (ends & set(move.executes)) if game.is_open(e, active)))
            if state not in seen:
                if len(seen) >= limit:
                    raise TooLargeError
                seen.add(state)
                stack.append(state)
    if any(places for places in stuck_tokens(leads).values()):
        problems["deadlock"] = set()
    if any(not moves and not game.is_over(places) for places, moves in leads.items()):
        problems["deadlock"] = set()
    dead = set(game.nodes) - executed
    if dead:
        problems["dead_node"] = dead
    return problems


def stuck_tokens(leads: dict[Places, list[Move]]) -> dict[Places, set[str]]:
    """Return the flows of each state whose token no way from there ever takes."""
    moving: dict[Places, set[str]] = {places: set() for places in leads}
    changed = True
    while changed:
        changed = False
        for places, moves in leads.items():
            here = {place for place, _ in places}
            found: set[str] = set()
            for move in moves:
                found |= move.taken
                if move.after in moving:
                    found |= moving[move.after] - ({place for place, _ in move.after} - (here - move.taken))
            found &= here
            if found != moving[places]:
                moving[places] = found
                changed = True
    return {places: {place for place, _ in places if place.startswith("flow:")} - moving[places] for places in leads}


# --- knowledge ----------------------------------------------------------------------------------------------------


@dataclass
class Seen:
    """What was seen of one datum over all runs."""

    lacks: Counter[str] = field(default_factory=Counter)
    has: Counter[str] = field(default_factory=Counter)
    known: dict[str, set[str]] = field(default_factory=dict)
    known_at: Counter[str] = field(default_factory=Counter)
    unknown_at: Counter[str] = field(default_factory=Counter)
    collections: tuple[int, int | None] = (0, 0)
    askers: tuple[int, int] = (0, 0)
    ends: bool = True

    def gaps(self) -> dict[str, str]:
        return {node: "possible" if self.has[node] else "definite" for node in self.lacks}

    def avoidable(self) -> dict[str, tuple[str, frozenset[str]]]:
        return {
            node: ("possible" if self.unknown_at[node] else "definite", frozenset(self.known[node]))
            for node in self.known_at
        }


class PlainKnowledge:
    """Who knows one datum, about one member of the household, on every run."""

    def __init__(
        self, model: ArrivalModel, processes: tuple[Process, ...], item: str, member: str = "", *, carried: bool = True
    ) -> None:
        self.model = model
        self.game = PlainGame(*processes)
        self.item = item
        self.member = member
        self.carried = carried
        self.person = {actor.id for actor in model.actors.values() if actor.kind == "person"}

    def names(self, ids: Iterable[str] | None) -> bool:
        """Return whether the datum is among `ids`: itself, under another name, or in a group."""
        for id_ in ids or ():
            item = self.model.data[id_]
            if item.contains:
                if self.names(item.contains):
                    return True
            elif (item.canonical or id_) == self.item:
                return True
        return False

    def concerns(self, node: str) -> bool:
        element = self.game.nodes[node]
        for_ = element.for_ if isinstance(element, Activity) else None
        if not for_:
            return self.member == ""
        applicants = {m.id for c in self.model.cohorts.values() for m in c.members.values() if m.role == "applicant"}
        return self.member in {"" if id_ in applicants else id_ for id_ in for_}

    def readable(self, actor: str | None) -> set[str]:
        return {
            f"knows:{system.id}"
            for system in self.model.systems.values()
            for access in system.readers or ()
            if access.actor == actor and access.used and (access.data is None or self.names(access.data))
        }

    def has(self, actor: str | None, known: set[str]) -> bool:
        return actor in self.person or f"knows:{actor}" in known or bool(self.readable(actor) & known)

    def execute(self, node: str, before: frozenset[str], seen: Seen) -> frozenset[str]:
        """Return who knows the datum after one execution of `node`, and note what was seen."""
        element = self.game.nodes[node]
        known = set(before)
        actor = element.actor
        counts = actor is not None and actor not in self.person
        is_step = isinstance(element, Activity) and self.concerns(node)
        if is_step:
            knowers = {name for name in known if name.startswith("knows:")}
            collects = self.names(entry.item for entry in element.collects or ())
            if collects:
                seen.known.setdefault(node, set()).update(name.removeprefix("knows:") for name in knowers)
                (seen.known_at if knowers else seen.unknown_at)[node] += 1
        if self.carried:
            if is_step:
                for entry in element.documents_in or ():
                    for document in entry.any_of if isinstance(entry, AnyDocument) else (entry,):
                        if f"document:{document}" in known and counts:
                            known.add(f"knows:{actor}")
            for handover in self.game.handovers:
                if handover.to_node == node and f"carried:{handover.id}" in known and counts:
                    known.add(f"knows:{actor}")
        if is_step:
            for retrieval in element.retrieves or ():
                may = any(
                    access.actor == actor and (access.data is None or self.names(access.data))
                    for access in self.model.systems[retrieval.from_].readers or ()
                )
                if self.names(retrieval.data) and may and f"knows:{retrieval.from_}" in known and counts:
                    known.add(f"knows:{actor}")
            if self.names((*(element.needs or ()), *(element.confirms or ()))):
                satisfied = collects or self.has(actor, known)
                (seen.has if satisfied else seen.lacks)[node] += 1
            if self.names(element.changes):
                known = set()
            produces = self.names(element.produces)
            if collects or produces:
                if counts:
                    known.add(f"knows:{actor}")
                known.update(f"knows:{r.system}" for r in element.records_in or () if r.data is None)
            had = self.has(actor, known)
            for recording in element.records_in or ():
                if recording.data is not None and self.names(recording.data) and had:
                    known.add(f"knows:{recording.system}")
            if self.names(element.discards):
                known.discard(f"knows:{actor}")
            for document in element.documents_out or ():
                if self.names(self.model.documents[document].prints) and self.has(actor, known):
                    known.add(f"document:{document}")
        if self.concerns(node):
            for handover in self.game.handovers:
                if handover.from_node == node:
                    self._hand_over(handover, actor, known)
        return frozenset(known)

    def _hand_over(self, handover: Handover, actor: str | None, known: set[str]) -> None:
        passes = self.names(handover.data) or any(
            self.names(self.model.documents[document].prints) for document in handover.documents or ()
        )
        if not passes:
            return
        sent = self.has(actor, known) if handover.via is None else f"knows:{handover.via}" in known
        if not sent:
            return
        if handover.is_carried_by_person and handover.to_node in self.game.nodes:
            known.add(f"carried:{handover.id}")
            return
        if handover.is_carried_by_person and not self.carried:
            return
        receiver = handover.to.actor if isinstance(handover.to, ActorEnd) else None
        if handover.to_node in self.game.nodes:
            receiver = self.game.nodes[handover.to_node].actor
        if receiver is not None and receiver not in self.person:
            known.add(f"knows:{receiver}")

    def times(self, node: str) -> tuple[int, int | None]:
        element = self.game.nodes[node]
        if not isinstance(element, Activity) or element.repeats is None:
            return 1, 1
        return max(element.repeats.min, 1), element.repeats.max

    def outcomes(self, node: str, known: frozenset[str], seen: Seen) -> set[tuple[int, frozenset[str]]]:
        """Return the states of knowledge after the executions of `node` in a row, with their number.

        Where the number is unbounded, executions go on until nothing new is known.
        """
        least, most = self.times(node)
        found: set[tuple[int, frozenset[str]]] = set()
        states: list[frozenset[str]] = []
        count = 0
        while count < least or (known not in states and (most is None or count < most)):
            states.append(known)
            known = self.execute(node, known, seen)
            count += 1
            if count >= least:
                found.add((count, known))
        return found

    def enumerate(self, *, limit: int = 6_000, counts: bool = True) -> Seen:
        """Return what all runs show; without `counts` nothing is counted, which takes long where states are many."""
        seen = Seen()
        held = frozenset(f"knows:{s.id}" for s in self.model.systems.values() if self.names(s.holds)) | {
            f"document:{d.id}" for d in self.model.documents.values() if d.held_at_start and self.names(d.prints)
        }
        begin: list[Any] = [(places, held, frozenset[str]()) for places in self.game.initial()]
        edges: dict[Any, list[tuple[Any, int, float]]] = {}
        stack = list(begin)
        while stack:
            state = stack.pop()
            if state in edges:
                continue
            if len(edges) >= limit:
                raise TooLargeError
            places, known, askers = state
            edges[state] = []
            for move in self.game.moves(places):
                ways: list[tuple[frozenset[str], frozenset[str], int, float]] = [(known, askers, 0, 0)]
                for node in move.executes:
                    element = self.game.nodes[node]
                    asks = (
                        isinstance(element, Activity)
                        and self.concerns(node)
                        and self.names(e.item for e in element.collects or ())
                    )
                    least, most = self.times(node)
                    ways = [
                        (
                            after,
                            who | {element.actor or f"?{node}"} if asks else who,
                            low + least * asks,
                            high + (0 if not asks else float("inf") if most is None else most),
                        )
                        for now, who, low, high in ways
                        for _, after in self.outcomes(node, now, seen)
                    ]
                for after, who, low, high in ways:
                    who = who if counts else frozenset[str]()
                    edges[state].append(((move.after, after, who), low, high))
                    stack.append((move.after, after, who))
        stuck = [state for state in edges if not edges[state]]
        over = [state for state in stuck if self.game.is_over(state[0])] or stuck
        if over and counts:
            seen.askers = min(len(s[2]) for s in over), max(len(s[2]) for s in over)
            seen.collections = _bounds(begin, edges, set(over))
        seen.ends = bool(over) and counts
        return seen


def _bounds(begin: list[Any], edges: dict[Any, list[tuple[Any, int, float]]], over: set[Any]) -> tuple[int, int | None]:
    """Return the least and greatest cost of a way from a beginning to a state in `over`, by plain relaxation."""
    infinite = float("inf")
    least = {state: (0.0 if state in over else infinite) for state in edges}
    most = {state: (0.0 if state in over else -infinite) for state in edges}
    for round_ in range(2 * len(edges) + 2):
        changed = False
        for state, moves in edges.items():
            for target, low, high in moves:
                if least[target] + low < least[state]:
                    least[state] = least[target] + low
                    changed = True
                if most[target] > -infinite and most[target] + high > most[state]:
                    # what still grows after as many rounds as there are states grows for ever
                    most[state] = infinite if round_ > len(edges) else most[target] + high
                    changed = True
        if not changed:
            break
    lowest = min(least[state] for state in begin)
    highest = max(most[state] for state in begin)
    return int(lowest), None if highest == infinite else int(highest)


def plain_missing_documents(model: ArrivalModel, *processes: Process) -> dict[tuple[str, tuple[str, ...]], str]:
    """Return the certainty with which documents are demanded before they are issued, by node and documents.

    Where the person may have them when the run begins, nothing is certain.
    """
    game = PlainGame(*processes)
    steps = [node for node in game.nodes.values() if isinstance(node, Activity)]
    issued_somewhere = {document for step in steps for document in step.documents_out or ()}
    acting = {node.actor for node in game.nodes.values()}
    held = {d.id for d in model.documents.values() if d.held_at_start}
    perhaps = {
        d.id
        for d in model.documents.values()
        if d.held_at_start is None and d.id not in issued_somewhere and not acting & set(d.issuer or ())
    }
    lacks: set[tuple[str, tuple[str, ...]]] = set()
    has: set[tuple[str, tuple[str, ...]]] = set()
    begin: list[Any] = [(places, frozenset[str]()) for places in game.initial()]
    seen = set(begin)
    while begin:
        places, issued = begin.pop()
        for move in game.moves(places):
            after = issued
            for id_ in move.executes:
                step = game.nodes[id_]
                if not isinstance(step, Activity):
                    continue
                again = step.repeats is not None and (step.repeats.max is None or step.repeats.max > 1)
                for execution in range(2 if again else 1):
                    if execution == 1 and len(begin) > 6000:
                        raise TooLargeError
                    for entry in step.documents_in or ():
                        documents = entry.any_of if isinstance(entry, AnyDocument) else (entry,)
                        (has if set(documents) & (after | held) else lacks).add((id_, documents))
                        if set(documents) & perhaps:
                            has.add((id_, documents))
                    after = after | set(step.documents_out or ())
            state = (move.after, after)
            if state not in seen:
                if len(seen) > 6000:
                    raise TooLargeError
                seen.add(state)
                begin.append(state)
    return {key: "possible" if key in has else "definite" for key in lacks}
