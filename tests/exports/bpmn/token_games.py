"""Two plain token games, one on the model and one on the exported XML, and their comparison.

Nothing here uses the code under test: the BPMN game knows only what stands in the file.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations
from random import Random
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ANKUNFT = "{https://ankunft-model.org/bpmn/1}"
ACTIVITIES = ("task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "subProcess", "callActivity")

State = Hashable
Move = tuple[str | None, State]


class TooManyStatesError(Exception):
    """The limit of states was reached."""


def subsets(items: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(items) + 1):
        yield from combinations(items, size)


def reachable(source: str, next_flows: dict[str, list[str]], avoided: str) -> set[str]:
    """Flows to which a token on `source` can come without passing the node `avoided`."""
    seen, stack = {source}, [source]
    while stack:
        for following in next_flows[stack.pop()]:
            if following not in seen and not following.startswith(f"{avoided}\0"):
                seen.add(following)
                stack.append(following)
    return seen


def joins_inclusively(node: str, inputs: list[str], tokens: tuple[str, ...], next_flows: dict[str, list[str]]) -> bool:
    """Whether an inclusive join fires: no token can come to an empty input that cannot come to a filled one, too.

    Source: OMG formal/2011-01-03 (BPMN 2.0), table 13.3.
    """
    filled = {flow for flow in inputs if flow in tokens}
    for token in tokens:
        if token not in filled:
            ways = reachable(token, next_flows, node)
            if ways & set(inputs) - filled and not ways & filled:
                return False
    return bool(filled)


def add(tokens: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(sorted((*tokens, *more)))


def without(tokens: tuple[str, ...], *fewer: str) -> tuple[str, ...]:
    left = list(tokens)
    for token in fewer:
        left.remove(token)
    return tuple(left)


class ModelGame:
    """The token game of the model: a state is (tokens on flows, marks)."""

    def __init__(self, model: Any) -> None:
        (process,) = model.processes.values()
        self.nodes = {node.id: node for node in process.nodes.values()}
        self.flows = {f"{flow.source}\0{flow.id}": flow for flow in process.flows}
        self.out = {id_: [key for key, flow in self.flows.items() if flow.source == id_] for id_ in self.nodes}
        self.into = {id_: [key for key, flow in self.flows.items() if flow.target == id_] for id_ in self.nodes}
        self.steps = {id_ for id_, node in self.nodes.items() if hasattr(node, "duration")}
        self.boundary: dict[str, list[Any]] = {}
        for node in self.nodes.values():
            if node.type == "boundary":
                self.boundary.setdefault(node.attached_to, []).append(node)
        self.marks = [handover for handover in process.handovers or () if handover.waits]
        self.next_flows = {
            key: [
                *self.out[flow.target],
                *(out for event in self.boundary.get(flow.target, []) for out in self.out[event.id]),
            ]
            for key, flow in self.flows.items()
        }

    def initial(self) -> list[State]:
        return [((out,), ()) for node in self.nodes.values() if node.type == "start" for out in self.out[node.id]]

    def is_final(self, state: State) -> bool:
        return not state[0]  # type: ignore[index]

    def named_moves(self, state: State) -> Iterator[tuple[str, str | None, State]]:
        tokens, marks = state  # type: ignore[misc]
        for id_, node in self.nodes.items():
            here = [key for key in self.into[id_] if key in tokens]
            if not here:
                continue
            needed = [mark.id for mark in self.marks if mark.to_node == id_]
            if any(mark not in marks for mark in needed):
                continue
            left = without(marks, *needed)
            given = add(left, *(mark.id for mark in self.marks if mark.from_node == id_))
            label = id_ if id_ in self.steps else None
            for taken, given_out in self._firings(id_, node, tokens, here):
                yield id_, label, (add(without(tokens, *taken), *given_out), given)

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

    def moves(self, state: State) -> Iterator[Move]:
        for _, label, after in self.named_moves(state):
            yield label, after

    def _firings(
        self, id_: str, node: Any, tokens: tuple[str, ...], here: list[str]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        outs = self.out[id_]
        if node.type == "parallel":
            if len(here) == len(self.into[id_]):
                yield tuple(here), tuple(outs)
        elif node.type == "inclusive":
            if joins_inclusively(id_, self.into[id_], tokens, self.next_flows):
                for chosen in subsets(outs):
                    yield tuple(here), chosen
        elif node.type in ("exclusive", "event_based"):
            for token in here:
                for out in outs:
                    yield (token,), (out,)
        else:
            for token in here:
                events = self.boundary.get(id_, [])
                side = [self.out[event.id] for event in events if not event.interrupting]
                ways = [tuple(outs), *(tuple(self.out[event.id]) for event in events if event.interrupting)]
                for way in ways:
                    for count in range(len(side) + 1):
                        for chosen in combinations(side, count):
                            yield (token,), (*way, *(out for outs_ in chosen for out in outs_))


class BpmnGame:
    """The token game of a collaboration: a state is (instances, messages).

    An instance is (process, tokens on flows).
    """

    def __init__(self, xml: bytes) -> None:
        root = etree.fromstring(xml)
        self.kind: dict[str, str] = {}
        self.process_of: dict[str, str] = {}
        self.step_of: dict[str, str] = {}
        self.out: dict[str, list[str]] = {}
        self.into: dict[str, list[str]] = {}
        self.target: dict[str, str] = {}
        self.boundary: dict[str, list[tuple[str, bool]]] = {}
        for process in root.iter(f"{BPMN}process"):
            for node in process:
                name = etree.QName(node).localname
                if name in ("laneSet", "association", "extensionElements", "documentation", "sequenceFlow"):
                    continue
                id_ = node.get("id")
                self.kind[id_], self.process_of[id_] = name, process.get("id")
                self.out[id_], self.into[id_] = [], []
                if name in ACTIVITIES:
                    (reference,) = [e for e in node.iter(f"{ANKUNFT}element") if e.getparent().getparent() is node]
                    self.step_of[id_] = reference.get("id")
                if name == "boundaryEvent":
                    interrupting = node.get("cancelActivity", "true") == "true"
                    self.boundary.setdefault(node.get("attachedToRef"), []).append((id_, interrupting))
            for flow in process.findall(f"{BPMN}sequenceFlow"):
                key = f"{flow.get('sourceRef')}\0{flow.get('id')}"
                self.out[flow.get("sourceRef")].append(key)
                self.into[flow.get("targetRef")].append(key)
                self.target[key] = flow.get("targetRef")
        participants = {participant.get("id") for participant in root.iter(f"{BPMN}participant")}
        self.sends: dict[str, list[str]] = {}
        self.receives: dict[str, list[str]] = {}
        self.is_mark: set[str] = set()
        for flow in root.iter(f"{BPMN}messageFlow"):
            source, goal = flow.get("sourceRef"), flow.get("targetRef")
            if {source, goal} & participants or self.kind[goal] in ACTIVITIES:
                continue
            self.sends.setdefault(source, []).append(flow.get("id"))
            self.receives.setdefault(goal, []).append(flow.get("id"))
            if not any(e.get("kind") == "flow" for e in flow.iter(f"{ANKUNFT}element")):
                self.is_mark.add(flow.get("id"))
        for line in root.iter(f"{BPMN}association"):
            self.sends.setdefault(line.get("sourceRef"), []).append(line.get("id"))
            self.receives.setdefault(line.get("targetRef"), []).append(line.get("id"))
            self.is_mark.add(line.get("id"))
        self.next_flows = {
            key: [
                *self.out[node],
                *(out for event, _ in self.boundary.get(node, []) for out in self.out[event]),
            ]
            for key, node in self.target.items()
        }
        self.acted: set[str] = set()

    def initial(self) -> list[State]:
        found: list[State] = []
        for id_, kind in self.kind.items():
            if kind == "startEvent" and id_ not in self.receives:
                self.acted.add(id_)
                found.append(self._state([(self.process_of[id_], tuple(self.out[id_]))], ()))
        return found

    @staticmethod
    def _state(instances: list[tuple[str, tuple[str, ...]]], messages: tuple[str, ...]) -> State:
        return tuple(sorted(instance for instance in instances if instance[1])), messages

    def is_final(self, state: State) -> bool:
        instances, messages = state  # type: ignore[misc]
        return not instances and all(message in self.is_mark for message in messages)

    def violations(self, state: State) -> Iterator[str]:
        instances, messages = state  # type: ignore[misc]
        for message in set(messages):
            if messages.count(message) > 1 and message not in self.is_mark:
                yield f"two messages in channel {message}"
        waiting: dict[str, int] = {}
        for _, tokens in instances:
            if len(set(tokens)) < len(tokens):
                yield f"two tokens of an instance on one flow: {tokens}"
            for token in tokens:
                node = self.target[token]
                catches = (
                    [self.target[out] for out in self.out[node]] if self.kind[node] == "eventBasedGateway" else [node]
                )
                for catch in catches:
                    for message in self.receives.get(catch, []):
                        waiting[message] = waiting.get(message, 0) + 1
        yield from (f"two wait for {message}" for message, count in waiting.items() if count > 1)

    def moves(self, state: State) -> Iterator[Move]:
        instances, messages = state  # type: ignore[misc]
        for id_, kind in self.kind.items():
            if kind == "startEvent":
                for message in self.receives.get(id_, []):
                    if message in messages:
                        self.acted.add(id_)
                        new = (self.process_of[id_], tuple(self.out[id_]))
                        yield None, self._state([*instances, new], without(messages, message))
        for index, (process, tokens) in enumerate(instances):
            if index and instances[index - 1] == (process, tokens):
                continue
            rest = [other for place, other in enumerate(instances) if place != index]
            for node in dict.fromkeys(self.target[token] for token in tokens):
                for acting, taken, given, received in self._firings(node, tokens, messages):
                    self.acted.update(acting)
                    sent = [message for actor in acting for message in self.sends.get(actor, [])]
                    after = (process, add(without(tokens, *taken), *given))
                    label = self.step_of.get(acting[0])
                    yield label, self._state([*rest, after], add(without(messages, *received), *sent))

    def _firings(
        self, id_: str, tokens: tuple[str, ...], messages: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
        """Yield (acting nodes, tokens taken, tokens given, messages received)."""
        kind, outs = self.kind[id_], self.out[id_]
        here = [key for key in self.into[id_] if key in tokens]
        if kind == "parallelGateway":
            if len(here) == len(self.into[id_]):
                yield (id_,), tuple(here), tuple(outs), ()
        elif kind == "inclusiveGateway":
            if joins_inclusively(id_, self.into[id_], tokens, self.next_flows):
                for chosen in subsets(outs):
                    yield (id_,), tuple(here), chosen, ()
        elif kind == "exclusiveGateway":
            for token in here:
                for out in outs:
                    yield (id_,), (token,), (out,), ()
        elif kind == "eventBasedGateway":
            for token in here:
                for out in outs:
                    catch = self.target[out]
                    needed = self.receives.get(catch, [])
                    if all(message in messages for message in needed):
                        yield (id_, catch), (token,), tuple(self.out[catch]), tuple(needed)
        elif kind == "intermediateCatchEvent":
            needed = self.receives.get(id_, [])
            if all(message in messages for message in needed):
                for token in here:
                    yield (id_,), (token,), tuple(outs), tuple(needed)
        else:
            events = self.boundary.get(id_, [])
            side = [event for event, interrupting in events if not interrupting]
            ways = [(), *((event,) for event, interrupting in events if interrupting)]
            for token in here:
                for way in ways:
                    for count in range(len(side) + 1):
                        for chosen in combinations(side, count):
                            given = outs if not way else self.out[way[0]]
                            more = [out for event in chosen for out in self.out[event]]
                            yield (id_, *way, *chosen), (token,), (*given, *more), ()


class Space:
    """All reachable states of a game."""

    def __init__(self, game: ModelGame | BpmnGame, limit: int) -> None:
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
    is_safe = all(len(set(state[0])) == len(state[0]) for state in space.moves)  # type: ignore[index]
    return is_safe and space.can_complete() == set(space.moves)


def differences(model: Any, xml: bytes, *, limit: int) -> list[str]:
    """What the exported file does that the model does not, the other way round, or that no file should do."""
    game = BpmnGame(xml)
    said, drawn = Space(ModelGame(model), limit), Space(game, limit)
    problems = [problem for state in drawn.moves for problem in game.violations(state)]
    problems += [f"cannot complete from {state}" for state in set(drawn.moves) - drawn.can_complete()]
    problems += [f"stuck in {state}" for state, moves in drawn.moves.items() if not moves and not game.is_final(state)]
    problems += [f"{node} never acts" for node in game.kind if node not in game.acted and node]
    problems += [f"{node} takes several messages" for node, messages in game.receives.items() if len(messages) > 1]
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


def walk(game: ModelGame | BpmnGame, random: Random) -> tuple[list[str], State, list[str]]:
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
