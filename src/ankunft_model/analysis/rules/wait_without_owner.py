"""Somebody waits for weeks, and nobody looks after it.

What it finds: waiting of four weeks or more on every run that has neither a deadline, nor a timer that ends it, nor a
fixed appointment, nor a body that coordinates the process.

Why it matters: whoever waits does not know whether anything happens; a case that got stuck is noticed by nobody.

How to resolve it: set a deadline or a reminder, give an appointment, or name who coordinates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, ArrivalModel, Event
from ankunft_model.wording import Wording

LONG_WAIT_DAYS: Final = 28
"""From so many days on somebody has to look after a waiting."""

_SECONDS_PER_DAY: Final = 86_400


def find_wait_without_owner(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per step, in the order of the model."""
    model = computed.model
    for process in model.processes.values():
        if process.owner is not None:
            continue
        for node in process.all_nodes:
            if not isinstance(node, Activity):
                continue
            days = _least_days(node)
            if days is None or _is_looked_after(model, node):
                continue
            yield _observation(computed, node, days)


def _least_days(node: Activity) -> int | None:
    """Return the least number of days of waiting if it is long; for steps that are a waiting, their duration counts."""
    times = [node.wait, node.duration if node.kind == "wait" else None]
    least = sum(time.min_seconds or 0 for time in times if time is not None) // _SECONDS_PER_DAY
    return least if least >= LONG_WAIT_DAYS else None


def _is_looked_after(model: ArrivalModel, node: Activity) -> bool:
    """Return whether a deadline, a timer, an appointment or a body stands behind the waiting."""
    if node.deadlines or _has_timer(model, node.id) or _has_appointment(model, node.id):
        return True
    process = model.process_of[node.id]
    if any(deadline.until == node.id for deadline in process.deadlines or ()):
        return True
    elsewhere = [
        deadline for other in model.nodes.values() if isinstance(other, Activity) for deadline in other.deadlines or ()
    ]
    if any(deadline.until == node.id for deadline in elsewhere):
        return True
    return any(handover.to_node == node.id and handover.deadlines for handover in model.handovers.values())


def _has_timer(model: ArrivalModel, node: str) -> bool:
    return any(
        isinstance(event, Event) and event.attached_to == node and event.trigger == "timer"
        for event in model.nodes.values()
    )


def _has_appointment(model: ArrivalModel, node: str) -> bool:
    return any(isinstance(step, Activity) and step.appointment_for == node for step in model.nodes.values())


def _observation(computed: Computations, node: Activity, days: int) -> Observation:
    name = computed.names.node(node.id)
    actor = computed.performer_of[node.id]
    who = Wording("", "")
    if actor is not None:
        label = computed.names.actor(actor)
        who = Wording(de=f" ({label.de})", en=f" ({label.en})")
    return Observation(
        message=Wording(
            de=f"Auf {name.de}{who.de} wartet man mindestens {days} Tage; es gibt dafür weder Frist noch Erinnerung noch "
            "Termin, und niemand koordiniert den Ablauf.",
            en=f"{name.en}{who.en} takes at least {days} days of waiting; there is neither a deadline, nor a reminder, nor "
            "an appointment, and nobody coordinates the process.",
        ),
        recommendation=Wording(
            de="Eine Frist oder Wiedervorlage setzen, der Person den Stand mitteilen, oder angeben, wer den Ablauf "
            "koordiniert (`owner`).",
            en="Set a deadline or a reminder, tell the person how things stand, or state who coordinates the process "
            "(`owner`).",
        ),
        elements=(ElementRef("node", node.id),),
        witness=(node.id,),
    )


_BODY = """\
processes:
  titel:
    name: Aufenthaltstitel
    nodes:
      beginn: {type: start, name: Anerkannt, actor: person, next: titel_geben}
"""

RULE = Rule(
    id="wait-without-owner",
    codes=("G-20",),
    title=Wording(de="Warten ohne Verantwortliche", en="Wait without owner"),
    group="money_papers_time",
    severity="hint",
    dimension="binding",
    finds=Wording(
        de="Wartezeiten von mindestens vier Wochen ohne Frist, ohne Zeitereignis, ohne vergebenen Termin und ohne Stelle, "
        "die den Ablauf koordiniert. Nicht gemeldet werden kürzere Wartezeiten, solche, die nur manchmal lang sind, und "
        "unbekannte.",
        en="Waiting of at least four weeks without a deadline, a timer, an appointment or a body that coordinates the "
        "process. Not reported: shorter waiting, waiting that is long only sometimes, and waiting of unknown length.",
    ),
    matters=Wording(
        de="Wer wartet, weiß nicht, ob etwas geschieht; ein liegen gebliebener Fall fällt niemandem auf.",
        en="Whoever waits does not know whether anything happens; a case that got stuck is noticed by nobody.",
    ),
    resolve=Wording(
        de="Frist, Wiedervorlage, Termin oder Koordination.",
        en="A deadline, a reminder, an appointment or coordination.",
    ),
    sources=("G-20", "S1-10", "W:tagesschau.de"),
    sound=example_model(
        _BODY
        + """\
      titel_geben: {name: Titel erteilen, actor: sozialamt, wait: {min: P8W, max: P12W}, deadlines: [{within: P3M, after: beginn}], next: ende}
      ende:   {type: end, name: Titel erteilt}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      titel_geben: {name: Titel erteilen, actor: sozialamt, wait: {min: P8W, max: P12W}, next: ende}
      ende:   {type: end, name: Titel erteilt}
    handovers: none
"""
    ),
    find=find_wait_without_owner,
)
