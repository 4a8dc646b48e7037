"""A plain token game, played on the model and on the exported XML, and the comparison of both.

Nothing here uses the code under test: what is played on a file knows only what stands in the file.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ANKUNFT = "{https://ankunft-model.org/bpmn/1}"
ACTIVITIES = ("task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "subProcess", "callActivity")
WHOLE = ""
"""The scope of what lies in no sub-process."""

State = Hashable
Move = tuple[str | None, State]
Tokens = tuple[str, ...]


class TooManyStatesError(Exception):
    """The limit of states was reached."""


def subsets(items: list[str]) -> Iterator[Tokens]:
    for size in range(1, len(items) + 1):
        yield from combinations(items, size)


def add(tokens: tuple[Any, ...], *more: Any) -> tuple[Any, ...]:
    return tuple(sorted((*tokens, *more)))


def without(tokens: tuple[Any, ...], *fewer: Any) -> tuple[Any, ...]:
    left = list(tokens)
    for token in fewer:
        left.remove(token)
    return tuple(left)


@dataclass
class Node:
    """An element of a process.

    Attributes:
        kind: As the model calls gateways and events; `task` for everything that is done, `subprocess`.
        scope: The sub-process that it lies in.
        label: The step that is observed when it completes.
        out, into: Its flows, named `SOURCE\\0FLOW`.
        sends, receives: What it sends when it completes, and what it has to receive before.
        borders: Its boundary events.
    """

    kind: str
    process: str
    scope: str = WHOLE
    label: str | None = None
    out: list[str] = field(default_factory=list)
    into: list[str] = field(default_factory=list)
    sends: list[str] = field(default_factory=list)
    receives: list[str] = field(default_factory=list)
    borders: list[str] = field(default_factory=list)
    interrupting: bool = True
    terminates: bool = False


class Game:
    """The token game of processes: a state is (instances, messages).

    An instance is (process, run, tokens): tokens lie on flows, or are `SUB\\0\\0EVENTS` for a sub-process at work of
    which these border events have happened. A message is (name, run). A run is what correlates the messages of one
    case; a message that starts another process begins a run of its own.
    """

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.target: dict[str, str] = {}
        self.is_mark: set[str] = set()
        self.begins_run: set[str] = set()
        self.acted: set[str] = set()

    def link(self, source: str, flow: str, target: str) -> None:
        key = f"{source}\0{flow}"
        self.nodes[source].out.append(key)
        self.nodes[target].into.append(key)
        self.target[key] = target

    def around(self, id_: str) -> list[str]:
        """The sub-processes that a node lies in."""
        found = []
        while (id_ := self.nodes[id_].scope) != WHOLE:
            found.append(id_)
        return found

    def place(self, token: str) -> str:
        """The node that a token is on its way to, or at work in."""
        return self.target.get(token) or token.partition("\0")[0]

    def initial(self) -> list[State]:
        found: list[State] = []
        for id_, node in self.nodes.items():
            if node.kind == "start" and node.scope == WHOLE and not node.receives:
                self.acted.add(id_)
                sent = tuple(sorted((message, "") for message in node.sends))
                found.append(self._state([(node.process, "", tuple(node.out))], sent))
        return found

    @staticmethod
    def _state(instances: list[tuple[str, str, Tokens]], messages: tuple[tuple[str, str], ...]) -> State:
        return tuple(sorted(instance for instance in instances if instance[2])), messages

    def is_final(self, state: State) -> bool:
        instances, messages = state  # type: ignore[misc]
        return not instances and all(message in self.is_mark for message, _ in messages)

    def violations(self, state: State) -> Iterator[str]:
        instances, messages = state  # type: ignore[misc]
        for message in set(messages):
            if messages.count(message) > 1 and message[0] not in self.is_mark | self.begins_run:
                yield f"two messages in channel {message}"
        waiting: dict[tuple[str, str], int] = {}
        for _, run, tokens in instances:
            if len(set(tokens)) < len(tokens):
                yield f"two tokens of an instance on one flow: {tokens}"
            for token in tokens:
                node = self.nodes[self.place(token)]
                catches = [self.nodes[self.target[out]] for out in node.out] if node.kind == "event_based" else [node]
                for catch in catches:
                    for message in catch.receives:
                        waiting[message, run] = waiting.get((message, run), 0) + 1
        yield from (f"two wait for {message}" for message, count in waiting.items() if count > 1)

    def moves(self, state: State) -> Iterator[Move]:
        for _, label, after in self.named_moves(state):
            yield label, after

    def named_moves(self, state: State) -> Iterator[tuple[str, str | None, State]]:
        instances, messages = state  # type: ignore[misc]
        for message, run in dict.fromkeys(messages):
            for id_, node in self.nodes.items():
                if node.kind == "start" and message in node.receives:
                    self.acted.add(id_)
                    own = self._new_run(message, run, state) if message in self.begins_run else run
                    left = add(without(messages, (message, run)), *((sent, own) for sent in node.sends))
                    yield id_, None, self._state([*instances, (node.process, own, tuple(node.out))], left)
        for index, (process, run, tokens) in enumerate(instances):
            if index and instances[index - 1] == (process, run, tokens):
                continue
            rest = [other for place, other in enumerate(instances) if place != index]
            at_hand = {message for message, of in messages if of == run}
            for id_ in dict.fromkeys(self.place(token) for token in tokens):
                for acting, after, label, received in self._firings(id_, tokens, at_hand):
                    self.acted.update(acting)
                    sent = [(message, run) for actor in acting for message in self.nodes[actor].sends]
                    left = add(without(messages, *((message, run) for message in received)), *sent)
                    yield id_, label, self._state([*rest, (process, run, after)], left)

    @staticmethod
    def _new_run(message: str, run: str, state: State) -> str:
        instances, messages = state  # type: ignore[misc]
        taken = {of for _, of, _ in instances} | {of for _, of in messages}
        number = 1
        while f"{run}/{message}{number}" in taken:
            number += 1
        return f"{run}/{message}{number}"

    def settled(self, state: State) -> set[State]:
        """States to which things go on without a step; what competes with nothing happens at once."""
        found: set[State] = set()
        seen: set[State] = set()
        stack = [state]
        while stack:
            here = stack.pop()
            if here in seen:
                continue
            seen.add(here)
            silent: dict[str, list[State]] = {}
            for node, label, after in self.named_moves(here):
                if label is None:
                    silent.setdefault(node, []).append(after)
            alone = next((after for after in silent.values() if len(after) == 1), None)
            stack.extend(alone or [after for several in silent.values() for after in several])
            if not silent or alone is None:
                found.add(here)
        return found

    def _firings(
        self, id_: str, tokens: Tokens, at_hand: set[str]
    ) -> Iterator[tuple[Tokens, Tokens, str | None, Tokens]]:
        """Yield (acting nodes, tokens afterwards, step, messages received)."""
        node = self.nodes[id_]
        here = [key for key in node.into if key in tokens]
        ready = all(message in at_hand for message in node.receives)
        received = tuple(node.receives)
        if node.kind == "subprocess":
            if ready:
                inner = [other for other, found in self.nodes.items() if found.scope == id_ and found.kind == "start"]
                for token in here:
                    for start in inner:
                        opened = (f"{id_}\0\0", *self.nodes[start].out)
                        yield (id_, start), add(without(tokens, token), *opened), None, received
            yield from self._at_work(id_, tokens, at_hand)
        elif node.kind == "parallel":
            if len(here) == len(node.into):
                yield (id_,), add(without(tokens, *here), *node.out), None, ()
        elif node.kind == "inclusive":
            if self._joins_inclusively(id_, tokens):
                for chosen in subsets(node.out):
                    yield (id_,), add(without(tokens, *here), *chosen), None, ()
        elif node.kind == "exclusive":
            for token in here:
                for out in node.out:
                    yield (id_,), add(without(tokens, token), out), None, ()
        elif node.kind == "event_based":
            for token in here:
                for out in node.out:
                    catch = self.nodes[self.target[out]]
                    if all(message in at_hand for message in catch.receives):
                        yield (
                            (id_, self.target[out]),
                            add(without(tokens, token), *catch.out),
                            None,
                            tuple(catch.receives),
                        )
        elif node.kind == "end" and node.terminates:
            for _ in here:
                left = tuple(token for token in tokens if node.scope not in (WHOLE, *self.around(self.place(token))))
                yield (id_,), left if node.scope != WHOLE else (), None, ()
        elif ready:
            for token in here:
                for acting, given in self._ways(id_):
                    yield acting, add(without(tokens, token), *given), node.label, received

    def _ways(self, id_: str) -> Iterator[tuple[Tokens, Tokens]]:
        """The ways to complete a step: as it is or interrupted, with any of its events that do not interrupt."""
        node = self.nodes[id_]
        side = [event for event in node.borders if not self.nodes[event].interrupting]
        ways = [(), *((event,) for event in node.borders if self.nodes[event].interrupting)]
        for way in ways:
            for count in range(len(side) + 1):
                for chosen in combinations(side, count):
                    given = node.out if not way else self.nodes[way[0]].out
                    more = [out for event in chosen for out in self.nodes[event].out]
                    yield (id_, *way, *chosen), (*given, *more)

    def _at_work(self, id_: str, tokens: Tokens, at_hand: set[str]) -> Iterator[tuple[Tokens, Tokens, None, Tokens]]:
        """What a sub-process at work can do as a whole: be over, be interrupted, begin something beside it."""
        node = self.nodes[id_]
        for token in tokens:
            if not token.startswith(f"{id_}\0\0"):
                continue
            inside = [other for other in tokens if id_ in self.around(self.place(other))]
            if not inside:
                yield (id_,), add(without(tokens, token), *node.out), None, ()
            happened = token.split("\0")[2].split()
            for event in node.borders:
                border = self.nodes[event]
                needed = tuple(border.receives)
                if not all(message in at_hand for message in needed):
                    continue
                if border.interrupting:
                    yield (event,), add(without(tokens, token, *inside), *border.out), None, needed
                elif event not in happened:
                    marked = f"{id_}\0\0{' '.join(sorted((*happened, event)))}"
                    yield (event,), add(without(tokens, token), marked, *border.out), None, needed

    def _joins_inclusively(self, id_: str, tokens: Tokens) -> bool:
        """Whether an inclusive join fires: no token can come to an empty input that cannot come to a filled one, too.

        Source: OMG formal/2011-01-03 (BPMN 2.0), table 13.3.
        """
        inputs = self.nodes[id_].into
        filled = {flow for flow in inputs if flow in tokens}
        for token in tokens:
            if token not in filled:
                ways = self._reachable(token, id_)
                if ways & set(inputs) - filled and not ways & filled:
                    return False
        return bool(filled)

    def _reachable(self, token: str, avoided: str) -> set[str]:
        """Flows to which a token can come without passing the node `avoided`."""
        seen, stack = {token}, [token]
        while stack:
            key = stack.pop()
            node = self.nodes[self.place(key)]
            happened = () if key in self.target else key.split("\0")[2].split()
            events = [event for event in node.borders if event not in happened]
            following = [*node.out, *(out for event in events for out in self.nodes[event].out)]
            for next_ in following:
                if next_ not in seen and not next_.startswith(f"{avoided}\0"):
                    seen.add(next_)
                    stack.append(next_)
        return seen


class ModelGame(Game):
    """The token game of a model."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        handovers = [handover for process in model.processes.values() for handover in process.handovers or ()]
        for process in model.processes.values():
            for node in process.all_nodes:
                self.nodes[node.id] = self._node(process.id, node)
            for node in process.all_nodes:
                if node.type == "boundary":
                    self.nodes[node.attached_to].borders.append(node.id)
                for inner in getattr(node, "nodes", None) or ():
                    self.nodes[inner].scope = node.id
            for flow in process.flows:
                self.link(flow.source, flow.id, flow.target)
        for handover in handovers:
            if not handover.waits and not handover.triggers:
                continue
            self.nodes[handover.from_node].sends.append(handover.id)
            self.nodes[handover.to_node].receives.append(handover.id)
            (self.begins_run if handover.triggers else self.is_mark).add(handover.id)

    @staticmethod
    def _node(process: str, node: Any) -> Node:
        is_event = node.type in ("start", "end", "catch", "throw", "boundary")
        is_gateway = node.type in ("exclusive", "parallel", "inclusive", "event_based")
        kind = node.type if is_event or is_gateway or node.type == "subprocess" else "task"
        return Node(
            kind,
            process,
            label=node.id if kind == "task" else None,
            interrupting=getattr(node, "interrupting", True),
            terminates=kind == "end" and node.trigger == "terminate",
        )


_KINDS = {
    "startEvent": "start",
    "endEvent": "end",
    "intermediateCatchEvent": "catch",
    "intermediateThrowEvent": "throw",
    "boundaryEvent": "boundary",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "event_based",
    "subProcess": "subprocess",
}


class BpmnGame(Game):
    """The token game of the collaboration that stands in a file."""

    def __init__(self, xml: bytes) -> None:
        super().__init__()
        root = etree.fromstring(xml)
        for process in root.iter(f"{BPMN}process"):
            for node in process.iter(*(f"{BPMN}{name}" for name in (*_KINDS, *ACTIVITIES))):
                self.nodes[node.get("id")] = self._node(process.get("id"), node)
            for node in process.iter(f"{BPMN}boundaryEvent"):
                self.nodes[node.get("attachedToRef")].borders.append(node.get("id"))
            for flow in process.iter(f"{BPMN}sequenceFlow"):
                self.link(flow.get("sourceRef"), flow.get("id"), flow.get("targetRef"))
        participants = {participant.get("id") for participant in root.iter(f"{BPMN}participant")}
        for flow in root.iter(f"{BPMN}messageFlow"):
            source, goal = flow.get("sourceRef"), flow.get("targetRef")
            if {source, goal} & participants or self.nodes[goal].kind in ("task", "subprocess"):
                continue
            self._pass(source, flow.get("id"), goal)
            if {mark.get("kind") for mark in flow.iter(f"{ANKUNFT}element")} == {"handover"}:
                (self.begins_run if self.nodes[goal].kind == "start" else self.is_mark).add(flow.get("id"))
        for line in root.iter(f"{BPMN}association"):
            self._pass(line.get("sourceRef"), line.get("id"), line.get("targetRef"))
            self.is_mark.add(line.get("id"))

    def _pass(self, source: str, message: str, goal: str) -> None:
        self.nodes[source].sends.append(message)
        self.nodes[goal].receives.append(message)

    @staticmethod
    def _node(process: str, node: Any) -> Node:
        name = etree.QName(node).localname
        kind = _KINDS.get(name, "task")
        marks = [mark for mark in node.iter(f"{ANKUNFT}element") if mark.getparent().getparent() is node]
        parent = node.getparent()
        return Node(
            kind,
            process,
            scope=parent.get("id") if etree.QName(parent).localname == "subProcess" else WHOLE,
            label=marks[0].get("id") if kind == "task" else None,
            interrupting=node.get("cancelActivity", "true") == "true",
            terminates=node.find(f"{BPMN}terminateEventDefinition") is not None,
        )


class Space:
    """All reachable states of a game."""

    def __init__(self, game: Game, limit: int) -> None:
        self.game = game
        self.initial = game.initial()
        self.moves: dict[State, list[Move]] = {}
        stack = list(self.initial)
        while stack:
            state = stack.pop()
            if state in self.moves:
                continue
            if len(self.moves) >= limit:
                raise TooManyStatesError
            self.moves[state] = list(dict.fromkeys(game.moves(state)))
            stack.extend(after for _, after in self.moves[state])

    def closure(self, states: frozenset[State]) -> frozenset[State]:
        seen, stack = set(states), list(states)
        while stack:
            for label, after in self.moves[stack.pop()]:
                if label is None and after not in seen:
                    seen.add(after)
                    stack.append(after)
        return frozenset(seen)

    def steps(self, states: frozenset[State]) -> dict[str, frozenset[State]]:
        found: dict[str, set[State]] = {}
        for state in states:
            for label, after in self.moves[state]:
                if label is not None:
                    found.setdefault(label, set()).add(after)
        return {label: self.closure(frozenset(after)) for label, after in found.items()}

    def can_complete(self) -> set[State]:
        before: dict[State, list[State]] = {}
        for state, moves in self.moves.items():
            for _, after in moves:
                before.setdefault(after, []).append(state)
        found = {state for state in self.moves if self.game.is_final(state)}
        stack = list(found)
        while stack:
            for state in before.get(stack.pop(), []):
                if state not in found:
                    found.add(state)
                    stack.append(state)
        return found


def is_sound(model: Any, *, limit: int) -> bool:
    """Whether the model itself can always complete and never has two tokens on one flow."""
    space = Space(ModelGame(model), limit)
    is_safe = all(len(set(tokens)) == len(tokens) for state in space.moves for _, _, tokens in state[0])  # type: ignore[index]
    return is_safe and space.can_complete() == set(space.moves)


def differences(model: Any, xml: bytes, *, limit: int) -> list[str]:
    """What the exported file does that the model does not, the other way round, or that no file should do."""
    game = BpmnGame(xml)
    said, drawn = Space(ModelGame(model), limit), Space(game, limit)
    problems = [problem for state in drawn.moves for problem in game.violations(state)]
    problems += [f"cannot complete from {state}" for state in set(drawn.moves) - drawn.can_complete()]
    problems += [f"stuck in {state}" for state, moves in drawn.moves.items() if not moves and not game.is_final(state)]
    problems += [f"{id_} never acts" for id_ in game.nodes if id_ not in game.acted]
    problems += [f"{id_} takes several messages" for id_, node in game.nodes.items() if len(node.receives) > 1]
    pairs = [(said.closure(frozenset(said.initial)), drawn.closure(frozenset(drawn.initial)))]
    seen = set(pairs)
    for one, other in pairs:
        if any(map(said.game.is_final, one)) != any(map(game.is_final, other)):
            problems.append("one can be over where the other cannot")
        one_steps, other_steps = said.steps(one), drawn.steps(other)
        if one_steps.keys() != other_steps.keys():
            problems.append(f"model allows {sorted(one_steps)}, file allows {sorted(other_steps)}")
            break
        for label, after in one_steps.items():
            pair = (after, other_steps[label])
            if pair not in seen:
                seen.add(pair)
                pairs.append(pair)
    return problems[:10]


def walk(game: Game, random: Random) -> tuple[list[str], State, list[str]]:
    """Play at random until nothing moves. Return the steps, the last state, and what should not have happened."""
    state = random.choice(game.initial())
    steps: list[str] = []
    problems: list[str] = []
    while moves := list(game.moves(state)):
        label, state = random.choice(moves)
        if label is not None:
            steps.append(label)
        if isinstance(game, BpmnGame):
            problems += game.violations(state)
    return steps, state, problems


def can_replay(game: ModelGame, steps: list[str]) -> bool:
    """Whether the model has a complete run with just these steps in this order."""
    states = {settled for state in game.initial() for settled in game.settled(state)}
    for step in steps:
        after = {next_ for state in states for label, next_ in game.moves(state) if label == step}
        states = {settled for state in after for settled in game.settled(state)}
    return any(game.is_final(state) for state in states)
