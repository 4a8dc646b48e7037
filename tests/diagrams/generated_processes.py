"""Administrative processes of any size, as BPMN files without a diagram; equal numbers give equal files.

Blocks follow each other like in a real procedure: steps, decisions, parallel work, loops back to an earlier step.
A step is handed to another lane with a fixed probability; some carry a boundary event with a way of its own, some read
or write data. Two pools exchange messages, a third one is closed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

HANDOVER = 0.35
LOOP = 0.15
BOUNDARY = 0.05
DATA = 0.1
MESSAGE = 0.08
_WORDS = (
    "Antrag", "Unterlagen", "Bescheid", "Anhörung", "Aufenthaltserlaubnis", "Wohnsitz", "Leistung", "Anmeldung",
    "Gesundheitsprüfung", "Sprachkurs", "Zuweisung", "Gebühr",
)  # fmt: skip
_VERBS = ("prüfen", "annehmen", "erfassen", "weiterleiten", "erstellen", "abstimmen", "nachfordern", "versenden")


@dataclass
class _Pool:
    """One process while it is made; `where` has the lane of each node."""

    id: str
    lanes: list[str]
    nodes: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    where: dict[str, str] = field(default_factory=dict)
    tasks: list[str] = field(default_factory=list)


class _Making:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.messages: list[str] = []

    def new_id(self, kind: str) -> str:
        self.count += 1
        return f"{kind}_{self.count}"

    def node(self, pool: _Pool, kind: str, lane: str, *, name: str = "", more: str = "", inside: str = "") -> str:
        id_ = self.new_id(kind)
        pool.nodes.append(f'<bpmn:{kind} id="{id_}" name="{name}"{more}>{inside}</bpmn:{kind}>')
        pool.where[id_] = lane
        return id_

    def flow(self, pool: _Pool, source: str, target: str, name: str = "") -> None:
        pool.flows.append(
            f'<bpmn:sequenceFlow id="{self.new_id("flow")}" name="{name}" sourceRef="{source}" targetRef="{target}" />'
        )

    def task(self, pool: _Pool, lane: str) -> str:
        name = f"{self.random.choice(_WORDS)} {self.random.choice(_VERBS)}"
        id_ = self.node(pool, "userTask", lane, name=name)
        pool.tasks.append(id_)
        if self.random.random() < DATA:
            data = self.new_id("data")
            pool.nodes.append(f'<bpmn:dataObject id="{data}_object" />')
            pool.nodes.append(
                f'<bpmn:dataObjectReference id="{data}" name="{self.random.choice(_WORDS)}" '
                f'dataObjectRef="{data}_object" />'
            )
            at = next(number for number, text in enumerate(pool.nodes) if f'id="{id_}"' in text)
            pool.nodes[at] = pool.nodes[at].replace(
                "></bpmn:userTask>",
                f'><bpmn:dataOutputAssociation id="{data}_written"><bpmn:targetRef>{data}</bpmn:targetRef>'
                "</bpmn:dataOutputAssociation></bpmn:userTask>",
            )
        return id_

    def fill(self, pool: _Pool, start: str, lane: str, budget: int) -> str:
        """Add about `budget` nodes behind `start`; return the last one."""
        here = start
        open_blocks: list[tuple[str, list[str], str, int, str]] = []
        left = budget
        last_join = start
        while left > 0 or open_blocks:
            if open_blocks and self.random.random() < 0.45:
                split, ends, kind, branches, split_lane = open_blocks.pop()
                ends.append(here)
                if len(ends) < branches:
                    open_blocks.append((split, ends, kind, branches, split_lane))
                    here = self.task(pool, self.other_lane(pool, split_lane))
                    self.flow(pool, split, here, "nein" if kind == "exclusiveGateway" else "")
                    left -= 1
                    continue
                lane = split_lane
                join = self.node(pool, kind, lane)
                for end in ends:
                    self.flow(pool, end, join)
                here, left = join, left - 1
                continue
            if self.random.random() < HANDOVER:
                lane = self.other_lane(pool, lane)
            draw = self.random.random()
            if draw < 0.18 and left > 4 and len(open_blocks) < 4:
                kind = self.random.choice(("exclusiveGateway", "parallelGateway"))
                split = self.node(pool, kind, lane, name="Vollständig?" if kind == "exclusiveGateway" else "")
                self.flow(pool, here, split)
                here = self.task(pool, lane)
                self.flow(pool, split, here, "ja" if kind == "exclusiveGateway" else "")
                open_blocks.append((split, [], kind, self.random.choice((2, 2, 3)), lane))
                left -= 2
                continue
            task = self.task(pool, lane)
            self.flow(pool, here, task)
            here, left = task, left - 1
            if self.random.random() < LOOP * 0.3 and last_join != start:
                gateway = self.node(pool, "exclusiveGateway", lane, name="In Ordnung?")
                self.flow(pool, here, gateway)
                self.flow(pool, gateway, last_join, "nein")
                here, left = gateway, left - 1
            if self.random.random() < BOUNDARY:
                event = self.node(
                    pool, "boundaryEvent", lane, name="Frist", more=f' attachedToRef="{task}"',
                    inside="<bpmn:timerEventDefinition />",
                )  # fmt: skip
                end = self.node(pool, "endEvent", lane, name="Abgebrochen")
                self.flow(pool, event, end)
                left -= 2
            last_join = task
        return here

    def other_lane(self, pool: _Pool, lane: str) -> str:
        at = pool.lanes.index(lane)
        near = [pool.lanes[other] for other in (at - 1, at + 1) if 0 <= other < len(pool.lanes)]
        return self.random.choice(near if near and self.random.random() < 0.7 else pool.lanes)

    def pool(self, id_: str, lanes: int, budget: int) -> _Pool:
        pool = _Pool(id_, [f"{id_}_lane_{number}" for number in range(lanes)])
        start = self.node(pool, "startEvent", pool.lanes[0], name="Beginn")
        last = self.fill(pool, start, pool.lanes[0], budget - 2)
        end = self.node(pool, "endEvent", pool.where[last], name="Ende")
        self.flow(pool, last, end)
        return pool

    def connect(self, first: _Pool, second: _Pool, closed: str) -> None:
        """Let tasks of two pools send messages to tasks at about the same time, and some to the closed pool."""
        for number, task in enumerate(first.tasks):
            if self.random.random() < MESSAGE:
                at = number * len(second.tasks) // len(first.tasks)
                target = closed if self.random.random() < 0.3 or not second.tasks else second.tasks[at]
                self.messages.append(
                    f'<bpmn:messageFlow id="{self.new_id("message")}" name="Mitteilung" '
                    f'sourceRef="{task}" targetRef="{target}" />'
                )


def generated_process(nodes: int, *, lanes: int = 4, seed: int = 7, with_pools: bool = True) -> bytes:
    """Return a BPMN file with about so many flow nodes.

    Args:
        nodes: Flow nodes in all pools together.
        lanes: Lanes in all pools together.
        seed: Chooses among equal sizes.
        with_pools: Whether there are pools and lanes at all; else it is one process without any.
    """
    making = _Making(seed)
    if with_pools:
        pools = [
            making.pool("authority", max(1, lanes - 1), nodes * 3 // 4),
            making.pool("municipality", 1, nodes - nodes * 3 // 4),
        ]
        making.connect(pools[0], pools[1], "bank")
    else:
        pools = [making.pool("authority", 1, nodes)]
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file" targetNamespace="urn:x">',
    ]
    if with_pools:
        parts.append('<bpmn:collaboration id="collaboration">')
        parts += [f'<bpmn:participant id="pool_{pool.id}" name="{pool.id}" processRef="{pool.id}" />' for pool in pools]
        parts += ['<bpmn:participant id="bank" name="Bank" />', *making.messages, "</bpmn:collaboration>"]
    for pool in pools:
        parts.append(f'<bpmn:process id="{pool.id}" isExecutable="false">')
        if with_pools:
            parts.append(f'<bpmn:laneSet id="{pool.id}_lanes">')
            for number, lane in enumerate(pool.lanes):
                parts.append(f'<bpmn:lane id="{lane}" name="Sachgebiet {number + 1}">')
                parts += [f"<bpmn:flowNodeRef>{id_}</bpmn:flowNodeRef>" for id_, at in pool.where.items() if at == lane]
                parts.append("</bpmn:lane>")
            parts.append("</bpmn:laneSet>")
        parts += [*pool.nodes, *pool.flows, "</bpmn:process>"]
    return "\n".join([*parts, "</bpmn:definitions>", ""]).encode()
