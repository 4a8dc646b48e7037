"""Generated administrative processes of any size, for measuring speed and quality of the layout.

A process of an authority with several lanes and one of a person, and a pool without content; blocks (decisions,
parallel work, loops) lie in each other, 35 % of steps are handed over to another lane, 15 % of blocks are loops, 5 % of
tasks have an event on their border, 10 % of tasks read or write data. Equal arguments give equal graphs.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line, LineKind

HANDOVER = 0.35
LOOP = 0.15
BOUNDARY = 0.05
DATA = 0.10
MESSAGE = 0.07
DENSE = 0.6
"""The share of tasks among blocks with which a process of 100 boxes has 1.21 lines per box, a larger one 1.25."""
AS_DESCRIBED = 0.74
"""The share with which there are as many lines per box as in the processes on which the goals were measured.

Those had 119 lines at 102 boxes, 365 at 304 and 1,217 at 1,009: 1.17, 1.20 and 1.21 each.
"""
VERBS = ("prüfen", "anfordern", "erfassen", "weiterleiten", "bescheiden", "ausgeben")
NOUNS = ("Antrag", "Unterlagen", "Aufenthaltstitel", "Meldebescheinigung", "Zuständigkeit", "Termin")


def administrative_process(
    nodes: int, *, lanes: int = 4, seed: int = 7, pools: bool = True, tasks: float = DENSE
) -> LayoutGraph:
    """Return a process of about `nodes` boxes; without `pools`, one process without bands.

    `tasks` is the share of tasks among blocks; the others are decisions, parallel work and loops.
    """
    growing = _Growing(random.Random(f"{nodes} {lanes} {seed} {pools}"), tasks)
    if not pools:
        growing.pool([None], nodes)
        return LayoutGraph((), tuple(growing.boxes), tuple(growing.lines))
    share = max(5, nodes // 5)
    bands = [Band("authority", name="Ausländerbehörde")]
    bands += [Band(f"lane{number}", "authority", f"Sachgebiet {number}") for number in range(lanes)]
    bands += [Band("person", name="Geflüchtete Person"), Band("register", name="Register", closed=True)]
    growing.pool([f"lane{number}" for number in range(lanes)], nodes - share)
    first = len(growing.tasks)
    growing.pool(["person"], share)
    growing.messages(first, max(1, round(nodes * MESSAGE)))
    return LayoutGraph(tuple(bands), tuple(growing.boxes), tuple(growing.lines))


@dataclass
class _Growing:
    """A drawing that grows block by block; each block begins behind `end` and returns its own last box."""

    random: random.Random
    share_of_tasks: float
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    lanes: list[str | None] = field(default_factory=list)
    lane: str | None = None

    def pool(self, lanes: list[str | None], count: int) -> None:
        """Add one process of about `count` boxes."""
        self.lanes, self.lane = lanes, lanes[0]
        start, target = self.box("event", "Antrag eingegangen", is_start=True), len(self.boxes) + count - 2
        last = start
        while len(self.boxes) < target:
            last = self.block(last, "", 0, target)
        end = self.box("event", "Verfahren beendet")
        self.line(last, end)

    def box(self, kind: str, label: str, *, host: str | None = None, is_start: bool = False) -> str:
        """Add a box in the present lane."""
        width, height = {"activity": (100, 80), "event": (36, 36), "gateway": (50, 50), "data": (36, 50)}[kind]
        id_ = f"n{len(self.boxes)}"
        self.boxes.append(
            Box(id_, None if host else self.lane, kind, width, height, label, host, is_start=is_start)  # type: ignore[arg-type]
        )
        return id_

    def line(
        self, source: str, target: str, kind: LineKind = "sequence", label: str = "", *, is_default: bool = False
    ) -> None:
        """Add a line."""
        self.lines.append(Line(f"f{len(self.lines)}", source, target, kind, label, is_default))

    def hand_over(self) -> None:
        """Go on in another lane, now and then."""
        if len(self.lanes) > 1 and self.random.random() < HANDOVER:
            self.lane = self.random.choice([lane for lane in self.lanes if lane != self.lane])

    def task(self, last: str, label: str, *, is_default: bool = False) -> str:
        """Add a task behind `last`, now and then with data or an event on its border."""
        self.hand_over()
        name = f"{self.random.choice(NOUNS)} {self.random.choice(VERBS)}"
        task = self.box("activity", name)
        self.tasks.append(task)
        self.line(last, task, label=label, is_default=is_default)
        if self.random.random() < DATA:
            data = self.box("data", self.random.choice(NOUNS))
            ends = (data, task) if self.random.random() < 0.5 else (task, data)
            self.line(*ends, kind="association")
        if self.random.random() < BOUNDARY:
            event = self.box("event", "Frist abgelaufen", host=task)
            late = self.box("activity", "Erinnerung senden")
            self.line(event, late)
            end = self.box("event", "Abgebrochen")
            self.line(late, end)
        return task

    def block(self, last: str, label: str, depth: int, target: int, *, is_default: bool = False) -> str:
        """Add a task, a decision, parallel work, or a loop behind `last`."""
        draw = self.random.random()
        if depth >= 3 or draw < self.share_of_tasks or target - len(self.boxes) < 6:
            return self.task(last, label, is_default=is_default)
        self.hand_over()
        draw = (draw - self.share_of_tasks) / (1 - self.share_of_tasks)
        if draw < LOOP * 2:
            entry = self.box("gateway", "")
            self.line(last, entry, label=label, is_default=is_default)
            body = self.block(entry, "", depth + 1, target)
            exit_ = self.box("gateway", "Vollständig?")
            self.line(body, exit_)
            if self.random.random() < 0.5:
                self.line(self.task(exit_, "nein"), entry)
            else:
                self.line(exit_, entry, label="nein")
            return exit_
        is_decision = draw < 0.75
        split = self.box("gateway", "Zuständig?" if is_decision else "")
        self.line(last, split, label=label, is_default=is_default)
        ends: list[str] = []
        for branch in range(self.random.choice((2, 2, 2, 3))):
            here, text = split, ("ja", "nein", "teilweise")[branch] if is_decision else ""
            for _ in range(self.random.choice((0, 1, 1, 2, 3) if branch else (1, 2, 3))):
                here = self.block(here, text, depth + 1, target, is_default=branch == 0 and is_decision)
                text = ""
            ends.append(here)
        self.hand_over()
        join = self.box("gateway", "")
        for end in ends:
            self.line(end, join)
        return join

    def messages(self, first: int, count: int) -> None:
        """Add messages between the pools, nearly in step, and with the pool without content."""
        own, theirs = self.tasks[:first], self.tasks[first:]
        for _ in range(count):
            place = self.random.random()
            task = own[int(place * len(own))]
            if self.random.random() < 0.2:
                ends = (task, "register")
            else:
                near = min(len(theirs) - 1, max(0, int(place * len(theirs)) + self.random.choice((-1, 0, 1))))
                ends = (task, theirs[near])
            if self.random.random() < 0.5:
                ends = ends[::-1]
            self.line(*ends, kind="message", label=self.random.choice(("", "Bescheid", "Nachweis")))
