"""Two plain token games, one on the model and one on the exported XML, and their comparison.

Nothing here uses the code under test: the BPMN game knows only what stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from itertools import combinations
from random import Random
from typing import Any

import pytest
from lxml import etree

from ankunft_model.model import ArrivalModel

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ANKUNFT = "{https://ankunft-model.org/bpmn/1}"
ACTIVITIES = ("task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "subProcess", "callActivity")

State = Hashable
Move = tuple[str | None, State]


class TooManyStates(Exception):
    pass


def subsets(items: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(items) + 1):
        yield from combinations(items, size)


def reaches(sources: list[str], goal: str, next_flows: dict[str, list[str]], without: str) -> bool:
    """Whether a token on one of `sources` can come to flow `goal` without passing the node `without`."""
    seen, stack = set(sources), list(sources)
    while stack:
        flow = stack.pop()
        if flow == goal:
            return True
        for following in next_flows[flow]:
            if following not in seen and not following.startswith(f"{without}\0"):
                seen.add(following)
                stack.append(following)
    return False


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

    def moves(self, state: State) -> Iterator[Move]:
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
            label = id_ if hasattr(node, "duration") else None
            for taken, given_out in self._firings(id_, node, tokens, here):
                yield label, (add(without(tokens, *taken), *given_out), given)

    def _firings(
        self, id_: str, node: Any, tokens: tuple[str, ...], here: list[str]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        outs = self.out[id_]
        if node.type == "parallel":
            if len(here) == len(self.into[id_]):
                yield tuple(here), tuple(outs)
        elif node.type == "inclusive":
            missing = [key for key in self.into[id_] if key not in here]
            others = [token for token in tokens if token not in here]
            if not any(reaches(others, key, self.next_flows, id_) for key in missing):
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
    """The token game of a collaboration: a state is (instances, messages); an instance is (process, tokens on flows)."""

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
            missing = [key for key in self.into[id_] if key not in here]
            others = [token for token in tokens if token not in here]
            if not any(reaches(others, key, self.next_flows, id_) for key in missing):
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
                raise TooManyStates
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


@pytest.fixture(scope="session")
def find_differences() -> Callable[..., list[str]]:
    return differences


@pytest.fixture(scope="session")
def model_is_sound() -> Callable[..., bool]:
    return is_sound


@pytest.fixture(scope="session")
def too_many_states() -> type[Exception]:
    return TooManyStates


# --- models in a short notation ------------------------------------------------------------------------------------

Term = tuple[Any, ...]
_SIGNS = re.compile(r"[A-Za-z]+|[\[\]|()]")


def parse(text: str) -> Term:
    """Return the term that `text` means: pools are single letters, blocks `AND[P|Q]`, `;` is order, `()` nothing."""
    signs = _SIGNS.findall(text)[::-1]

    def sequence() -> Term:
        parts: list[Term] = []
        while signs and signs[-1] not in ("]", "|"):
            word = signs.pop()
            if word == "(":
                signs.pop()
            elif signs and signs[-1] == "[":
                branches = []
                while signs.pop() != "]":
                    branches.append(sequence())
                parts.append((word.lower(), *branches))
            else:
                parts.append(("step", word))
        return ("seq", *parts)

    return sequence()


class ModelBuilder:
    """Builds a model of one process from a term.

    Terms: step, seq, xor, and, or, loop (body, optional way back), side (threads beside the main way), ends (parallel
    branches that end by themselves), stop (a decision that may end here), border (step with interrupting event),
    aside (step with non-interrupting event), event (event-based gateway), tangle (decisions that are not nested).
    A term may end in a dictionary with explicit actors: `split`, `join`.
    """

    def __init__(self) -> None:
        self.nodes: dict[str, dict[str, Any]] = {}
        self.pools: dict[str, None] = {}

    def node(self, prefix: str, **fields: Any) -> str:
        id_ = f"{prefix}{len(self.nodes)}"
        self.nodes[id_] = {key: value for key, value in fields.items() if value is not None}
        if fields.get("type") != "end":
            self.nodes[id_]["next"] = []
        if fields.get("actor"):
            self.pools.setdefault(fields["actor"])
        return id_

    def link(self, links: list[tuple[str, str | None]], target: str) -> None:
        for source, answer in links:
            self.nodes[source]["next"].append({"to": target} if answer is None else {"to": target, "when": answer})

    def end(self, links: list[tuple[str, str | None]]) -> None:
        for link in links:
            self.link([link], self.node("e", type="end", name="Ende"))

    def emit(self, term: Term, links: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
        kind, *parts = term
        actors = parts.pop() if parts and isinstance(parts[-1], dict) else {}
        return getattr(self, f"_{kind}")(parts, actors, links)

    def _seq(self, parts, actors, links):
        for part in parts:
            links = self.emit(part, links)
        return links

    def _step(self, parts, actors, links):
        id_ = self.node("s", name=f"Schritt {len(self.nodes)}", actor=parts[0].lower())
        self.link(links, id_)
        return [(id_, None)]

    def _block(self, kind, parts, actors, links):
        split = self.node("g", type=kind, actor=actors.get("split"))
        self.link(links, split)
        exits = []
        for number, part in enumerate(parts):
            exits += self.emit(part, [(split, None if kind == "parallel" else f"Antwort {number}")])
        join = self.node("g", type=kind, actor=actors.get("join"))
        self.link(exits, join)
        return [(join, None)]

    def _xor(self, parts, actors, links):
        return self._block("exclusive", parts, actors, links)

    def _and(self, parts, actors, links):
        return self._block("parallel", parts, actors, links)

    def _or(self, parts, actors, links):
        return self._block("inclusive", parts, actors, links)

    def _loop(self, parts, actors, links):
        join = self.node("g", type="exclusive", actor=actors.get("join"))
        self.link(links, join)
        exits = self.emit(parts[0], [(join, None)])
        split = self.node("g", type="exclusive", actor=actors.get("split"))
        self.link(exits, split)
        back = [(split, "noch einmal")]
        self.link(self.emit(parts[1], back) if len(parts) > 1 else back, join)
        return [(split, "weiter")]

    def _side(self, parts, actors, links):
        split = self.node("g", type="parallel", actor=actors.get("split"))
        self.link(links, split)
        for part in parts:
            self.end(self.emit(part, [(split, None)]))
        return [(split, None)]

    def _ends(self, parts, actors, links):
        self._side(parts, actors, links)
        return []

    def _stop(self, parts, actors, links):
        split = self.node("g", type="exclusive", actor=actors.get("split"))
        self.link(links, split)
        self.end(self.emit(parts[0], [(split, "Schluss")]))
        return [(split, "weiter")]

    def _border(self, parts, actors, links):
        ((host, _),) = self._step(parts[:1], {}, links)
        event = self.node("b", type="boundary", trigger="timer", name="Frist", attached_to=host, interrupting=True)
        exits = [(host, None), *self.emit(parts[1], [(event, None)])]
        join = self.node("g", type="exclusive", actor=actors.get("join"))
        self.link(exits, join)
        return [(join, None)]

    def _aside(self, parts, actors, links):
        ((host, _),) = self._step(parts[:1], {}, links)
        event = self.node("b", type="boundary", trigger="timer", name="Frist", attached_to=host, interrupting=False)
        self.end(self.emit(parts[1], [(event, None)]))
        return [(host, None)]

    def _event(self, parts, actors, links):
        split = self.node("g", type="event_based", actor=parts[0].lower())
        self.link(links, split)
        exits = []
        for part in parts[1:]:
            catch = self.node("c", type="catch", trigger="timer", name="Zeit")
            self.link([(split, None)], catch)
            exits += self.emit(part, [(catch, None)])
        join = self.node("g", type="exclusive", actor=actors.get("join"))
        self.link(exits, join)
        return [(join, None)]

    def _tangle(self, parts, actors, links):
        first = self.node("g", type="exclusive", actor=actors.get("split"))
        self.link(links, first)
        one = self.emit(parts[0], [(first, "eins")])
        second = self.node("g", type="exclusive")
        self.link(self.emit(parts[1], [(first, "zwei")]), second)
        middle = self.node("g", type="exclusive", actor=actors.get("join"))
        self.link([*one, (second, "eins")], middle)
        last = self.node("g", type="exclusive")
        self.link([*self.emit(parts[2], [(middle, None)]), (second, "zwei")], last)
        return [(last, None)]

    def model(self, term: Term, starter: str, handovers: tuple[dict[str, Any], ...] = ()) -> ArrivalModel:
        start = self.node("a", type="start", name="Beginn", actor=starter.lower())
        links = self.emit(term, [(start, None)])
        if links:
            self.link(links, self.node("z", type="end", name="Ende"))
        actors = {pool: {"name": f"Amt {pool.upper()}", "kind": "other"} for pool in self.pools}
        process = {"name": "Ablauf", "nodes": self.nodes, "handovers": list(handovers)}
        return ArrivalModel.model_validate(
            {"id": "m", "title": "Probe", "state": "as_is", "actors": actors, "processes": {"p": process}}
        )


def model_of(text: str, starter: str) -> ArrivalModel:
    return ModelBuilder().model(parse(text), starter)


def random_term(random: Random, steps: int, *, can_end: bool = True, in_loop: bool = False) -> Term:
    """Return a random term with at most about `steps` steps of up to four pools."""
    pools = "PQRS"[: random.choice((2, 3, 3, 4))]

    def actors() -> dict[str, str]:
        return {key: random.choice(pools).lower() for key in ("split", "join") if random.random() < 0.15}

    def branches(budget: int, least: int, most: int, **context: bool) -> list[Term]:
        count = random.randint(least, most)
        return [sequence(random.randint(0, max(1, 3 * budget // (2 * count))), **context) for _ in range(count)]

    def sequence(budget: int, *, can_end: bool, in_loop: bool) -> Term:
        parts: list[Term] = []
        while budget > 0:
            budget -= (size := random.randint(1, budget))
            parts.append(part(size, can_end=can_end, in_loop=in_loop))
        return ("seq", *parts)

    def part(budget: int, *, can_end: bool, in_loop: bool) -> Term:
        if budget < 2 or random.random() < 0.2:
            return ("step", random.choice(pools))
        kinds = ["xor", "xor", "and", "and", "or", "loop", "border", "event", "tangle"]
        kinds += [] if in_loop else ["side", "aside"]
        kinds += ["stop"] if can_end else []
        kind = random.choice(kinds)
        inside = {"can_end": can_end, "in_loop": in_loop}
        if kind in ("xor",):
            return (kind, *branches(budget, 2, 3, **inside), actors())
        if kind in ("and", "or"):
            return (kind, *branches(budget, 2, 3, can_end=False, in_loop=in_loop), actors())
        if kind == "loop":
            return (kind, sequence(max(1, budget // 2), can_end=can_end, in_loop=True), sequence(random.randint(0, budget // 2), can_end=can_end, in_loop=True), actors())  # fmt: skip
        if kind in ("side",):
            return (kind, *branches(budget, 1, 2, can_end=True, in_loop=in_loop), actors())
        if kind == "stop":
            return (kind, sequence(random.randint(0, budget - 1), **inside), actors())
        if kind == "aside":
            return (kind, random.choice(pools), sequence(budget - 1, can_end=True, in_loop=in_loop))
        if kind == "border":
            return (kind, random.choice(pools), sequence(random.randint(0, budget - 1), **inside), actors())
        if kind == "event":
            return (kind, random.choice(pools), *branches(budget, 2, 3, **inside), actors())
        return (kind, *[sequence(random.randint(0, max(1, budget // 3)), **inside) for _ in range(3)], actors())

    term = sequence(steps, can_end=can_end, in_loop=in_loop)
    if can_end and random.random() < 0.25:
        term = (*term, ("ends", *branches(4, 2, 3, can_end=True, in_loop=in_loop), actors()))
    return term


def random_model(random: Random, steps: int) -> ArrivalModel:
    return ModelBuilder().model(random_term(random, random.randint(steps // 2, steps)), random.choice("PQRS"))


@pytest.fixture(scope="session")
def build_model() -> Callable[[str, str], ArrivalModel]:
    """A function that builds the model of a text such as `AND[P|R]P`, started by a pool."""
    return model_of


@pytest.fixture(scope="session")
def build_random_model() -> Callable[[Random, int], ArrivalModel]:
    return random_model
