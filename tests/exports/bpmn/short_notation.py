"""Models of one process in a short notation, and random ones."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from ankunft_model.model import ArrivalModel

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
    branches that end by themselves), stop (a decision that may end here), halt (the same with an end that terminates),
    border (step with interrupting event), aside (step with non-interrupting event), event (event-based gateway), tangle
    (decisions that are not nested), knot (parallel branches that cross), sub (sub-process, with events on its border).
    A term may end in a dictionary with explicit actors: `split`, `join`.
    """

    def __init__(self, taken: int = 0) -> None:
        self.nodes: dict[str, dict[str, Any]] = {}
        self.pools: dict[str, None] = {}
        self.count = taken

    def node(self, prefix: str, **fields: Any) -> str:
        id_ = f"{prefix}{self.count}"
        self.count += 1
        self.nodes[id_] = {key: value for key, value in fields.items() if value is not None}
        if fields.get("type") != "end":
            self.nodes[id_]["next"] = []
        if fields.get("actor"):
            self.pools.setdefault(fields["actor"])
        return id_

    def link(self, links: list[tuple[str, str | None]], target: str) -> None:
        for source, answer in links:
            self.nodes[source]["next"].append({"to": target} if answer is None else {"to": target, "when": answer})

    def end(self, links: list[tuple[str, str | None]], **fields: Any) -> None:
        for link in links:
            self.link([link], self.node("e", type="end", name="Ende", **fields))

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

    def _halt(self, parts, actors, links):
        split = self.node("g", type="exclusive", actor=actors.get("split"))
        self.link(links, split)
        self.end(self.emit(parts[0], [(split, "Schluss")]), trigger="terminate")
        return [(split, "weiter")]

    def _knot(self, parts, actors, links):
        fork, middle = self.node("g", type="parallel"), self.node("g", type="parallel")
        meeting, join = self.node("g", type="parallel"), self.node("g", type="parallel")
        self.link(links, fork)
        self.link(self.emit(parts[0], [(fork, None)]), middle)
        self.link([*self.emit(parts[1], [(fork, None)]), (middle, None)], meeting)
        self.link([*self.emit(parts[2], [(middle, None)]), *self.emit(parts[3], [(meeting, None)])], join)
        return [(join, None)]

    def _sub(self, parts, actors, links):
        actor, body, events = parts
        whole = self.node("u", type="subprocess", name="Teil", actor=actor.lower())
        self.link(links, whole)
        outer, self.nodes = self.nodes, {}
        start = self.node("a", type="start", name="Beginn")
        self.end(self.emit(body, [(start, None)]))
        outer[whole]["nodes"], self.nodes = self.nodes, outer
        exits = [(whole, None)]
        for is_interrupting, behind in events:
            event = self.node(
                "b", type="boundary", trigger="timer", name="Frist", attached_to=whole, interrupting=is_interrupting
            )
            after = self.emit(behind, [(event, None)])
            if is_interrupting:
                exits += after
            else:
                self.end(after)
        if len(exits) == 1:
            return exits
        join = self.node("g", type="exclusive")
        self.link(exits, join)
        return [(join, None)]

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
        return self.built(handovers)

    def built(self, handovers: tuple[dict[str, Any], ...], *, beside: ModelBuilder | None = None) -> ArrivalModel:
        """Return the model of what was built, with another process beside it."""
        pools = {**self.pools, **(beside.pools if beside else {})}
        actors = {pool: {"name": f"Amt {pool.upper()}", "kind": "other"} for pool in pools}
        processes = {"p": {"name": "Ablauf", "nodes": self.nodes, "handovers": list(handovers)}}
        if beside is not None:
            processes["other"] = {"name": "Weiterer Ablauf", "nodes": beside.nodes}
        return ArrivalModel.model_validate(
            {"id": "m", "title": "Probe", "state": "as_is", "actors": actors, "processes": processes}
        )


def model_of(text: str, starter: str) -> ArrivalModel:
    return ModelBuilder().model(parse(text), starter)


def random_term(
    random: Random, steps: int, *, can_end: bool = True, in_loop: bool = False, further: tuple[str, ...] = ()
) -> Term:
    """Return a random term with at most about `steps` steps of up to four pools, and with parts of `further` kinds."""
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
        kinds += [kind for kind in further if can_end or kind != "halt"]
        kind = random.choice(kinds)
        inside = {"can_end": can_end, "in_loop": in_loop}
        if kind in ("xor",):
            return (kind, *branches(budget, 2, 3, **inside), actors())
        if kind in ("and", "or"):
            return (kind, *branches(budget, 2, 3, can_end=False, in_loop=in_loop), actors())
        if kind == "loop":
            inside["in_loop"] = True
            body, way_back = sequence(max(1, budget // 2), **inside), sequence(random.randint(0, budget // 2), **inside)
            return (kind, body, way_back, actors())
        if kind in ("side",):
            return (kind, *branches(budget, 1, 2, can_end=True, in_loop=in_loop), actors())
        if kind == "knot":
            return (kind, *[sequence(random.randint(0, 2), can_end=False, in_loop=True) for _ in range(4)])
        if kind == "sub":
            owner = random.choice(pools)
            body = one_of(owner, budget) if random.random() < 0.5 else sequence(budget, can_end=True, in_loop=in_loop)
            ways = [is_interrupting for is_interrupting in (True, False) if random.random() < 0.2]
            events = [
                (way, sequence(random.randint(0, 1), can_end=can_end or not way, in_loop=in_loop))
                for way in ways
                if way or not in_loop
            ]
            return (kind, owner, body, events)
        if kind in ("stop", "halt"):
            return (kind, sequence(random.randint(0, budget - 1), **inside), actors())
        if kind == "aside":
            return (kind, random.choice(pools), sequence(budget - 1, can_end=True, in_loop=in_loop))
        if kind == "border":
            return (kind, random.choice(pools), sequence(random.randint(0, budget - 1), **inside), actors())
        if kind == "event":
            return (kind, random.choice(pools), *branches(budget, 2, 3, **inside), actors())
        return (kind, *[sequence(random.randint(0, max(1, budget // 3)), **inside) for _ in range(3)], actors())

    def one_of(owner: str, budget: int) -> Term:
        """Return what only one pool does."""
        nonlocal pools
        kept, pools = pools, owner
        found = sequence(budget, can_end=True, in_loop=True)
        pools = kept
        return found

    term = sequence(steps, can_end=can_end, in_loop=in_loop)
    if can_end and random.random() < 0.25:
        term = (*term, ("ends", *branches(4, 2, 3, can_end=True, in_loop=in_loop), actors()))
    return term


def random_model_with_marks(random: Random, steps: int) -> ArrivalModel:
    """Return a random model in which one or two steps wait for what another step hands over.

    In half of them two branches run in parallel, so that there is something to wait for.
    """
    term, starter = random_term(random, random.randint(steps // 2, steps)), random.choice("PQRS")
    if random.random() < 0.5:
        branches = [random_term(random, random.randint(2, max(2, steps // 2)), can_end=False) for _ in range(2)]
        term = ("seq", ("step", random.choice("PQ")), ("and", *branches, {}), ("step", random.choice("PQ")))
    builder = ModelBuilder()
    builder.model(term, starter)
    ids = [id_ for id_ in builder.nodes if id_.startswith("s")] or ["s0"]
    marks = [
        {"id": f"h{number}", "from": sender, "to": receiver, "waits": True}
        for number in range(random.randint(1, 2))
        for sender, receiver in [(random.choice(ids), random.choice(ids))]
        if sender != receiver
    ]
    return ModelBuilder().model(term, starter, tuple(marks))


def random_model_with_two_starts(random: Random, steps: int) -> ArrivalModel:
    """Return a random model that begins at one of two start events, each with steps of its own."""
    builder = ModelBuilder()
    links = []
    for starter in random.sample("PQRS", 2):
        start = builder.node("a", type="start", name=f"Beginn {starter}", actor=starter.lower())
        links += builder.emit(random_term(random, random.randint(0, 3), can_end=False), [(start, None)])
    join = builder.node("g", type="exclusive")
    builder.link(links, join)
    links = builder.emit(random_term(random, random.randint(steps // 2, steps), can_end=False), [(join, None)])
    builder.end(links)
    return builder.built(())


def random_model_with_sub_processes(random: Random, steps: int) -> ArrivalModel:
    """Return a random model with sub-processes of one and of several pools, and with ends that terminate."""
    term = random_term(random, random.randint(steps // 2, steps), further=("sub", "sub", "sub", "halt"))
    return ModelBuilder().model(term, random.choice("PQRS"))


def random_model_with_knots(random: Random, steps: int) -> ArrivalModel:
    """Return a random model in which some parallel branches cross, as a part of the whole."""
    term = random_term(random, random.randint(steps // 2, steps), further=("knot", "knot", "knot", "knot"))
    return ModelBuilder().model(term, random.choice("PQRS"))


def random_model_with_triggers(random: Random, steps: int) -> ArrivalModel:
    """Return a random model in which steps of one process, one or two of them, start another process."""
    builder = ModelBuilder()
    term = random_term(random, random.randint(steps // 2, steps), further=("knot", "sub"))
    builder.model(term, random.choice("PQRS"))
    other = ModelBuilder(builder.count)
    first = other.node("a", type="start", name="Anstoß", actor=random.choice("pqrs"), trigger="message")
    term = random_term(random, random.randint(1, 3), can_end=False, further=("knot",))
    other.end(other.emit(term, [(first, None)]))
    senders = [id_ for id_ in builder.nodes if id_.startswith(("s", "e", "z"))]
    chosen = random.sample(senders, min(len(senders), random.choice((1, 1, 2))))
    handovers = tuple(
        {"id": f"h{place}", "from": sender, "to": first, "triggers": True} for place, sender in enumerate(chosen)
    )
    return builder.built(handovers, beside=other)


def random_model(random: Random, steps: int) -> ArrivalModel:
    return ModelBuilder().model(random_term(random, random.randint(steps // 2, steps)), random.choice("PQRS"))


def random_tangled_model(random: Random, steps: int) -> ArrivalModel:
    """Return a model whose parallel branches cross: steps in any partial order, some of them with a choice behind.

    Every step waits for all before it and lets all behind it begin; such a process is sound and safe.
    """
    pools = ("p", "q", "r")
    before = {place: sorted(random.sample(range(place), random.randint(0, min(2, place)))) for place in range(steps)}
    behind: dict[int, list[int]] = {place: [] for place in range(steps)}
    for place, needed in before.items():
        for other in needed:
            behind[other].append(place)
    nodes: dict[str, dict[str, Any]] = {"start": {"type": "start", "actor": random.choice(pools), "next": "fork"}}
    nodes["fork"] = {"type": "parallel", "next": [f"in{place}" for place, needed in before.items() if not needed]}
    for place in range(steps):
        nodes[f"in{place}"] = {"type": "parallel", "next": f"step{place}"}
        nodes[f"out{place}"] = {"type": "parallel", "next": [f"in{other}" for other in behind[place]] or ["join"]}
        nodes[f"step{place}"] = {"name": f"Schritt {place}", "actor": random.choice(pools), "next": f"out{place}"}
        if random.random() < 0.2:
            nodes[f"step{place}"]["next"] = f"choice{place}"
            nodes[f"choice{place}"] = {
                "type": "exclusive",
                "name": "Noch etwas?",
                "next": [{"to": f"more{place}", "when": "ja"}, {"to": f"merge{place}", "when": "nein"}],
            }
            nodes[f"more{place}"] = {"name": "Mehr", "actor": random.choice(pools), "next": f"merge{place}"}
            nodes[f"merge{place}"] = {"type": "exclusive", "next": f"out{place}"}
    nodes["join"] = {"type": "parallel", "next": "end"}
    nodes["end"] = {"type": "end"} if random.random() < 0.5 else {"type": "end", "actor": random.choice(pools)}
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "Probe",
            "state": "as_is",
            "actors": {pool: {"name": pool.upper(), "kind": "other"} for pool in pools},
            "processes": {"x": {"name": "Ablauf", "nodes": nodes}},
        }
    )
