"""More cases come than an actor can take.

What it finds: actors whose stated capacity (cases per year, or posts) is less than what the stated numbers of cases
bring to their steps for certain.

Why it matters: the queue grows without end; every waiting time in the model becomes longer than it says.

How to resolve it: more posts, fewer steps in each case, or steps shared with another body.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.order import Order
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, Actor
from ankunft_model.wording import Wording

HOURS_PER_POST: Final = 52 * 40
"""Hours that one post has in a year at the very most: every week of it, without leave or illness.

A bound, no estimate: who has too few hours even so has too few for certain.
"""


def find_capacity_gap(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per actor whose capacity does not suffice, in the order of the model."""
    model = computed.model
    limited = [actor for actor in model.actors.values() if actor.capacity is not None]
    steps_of: dict[str, list[Activity]] = {actor.id: [] for actor in limited}
    for node in model.nodes.values():
        performer = computed.performer_of[node.id]
        if isinstance(node, Activity) and performer in steps_of and _cases(computed, node):
            steps_of[performer].append(node)
    order = Order(computed, [step.id for steps in steps_of.values() for step in steps])
    for actor in limited:
        demand = {step.id: _cases(computed, step) for step in steps_of[actor.id] if order.is_unavoidable(step.id)}
        if not demand:
            continue
        found = _too_many_cases(computed, actor, demand) or _too_many_hours(computed, actor, demand)
        if found is None:
            continue
        yield Observation(
            message=found,
            recommendation=Wording(
                de="Stellen aufstocken, den Aufwand je Fall senken (zum Beispiel weniger erneut erheben) oder einen "
                "Schritt einer anderen Stelle geben; und die Zahlen im Modell prüfen.",
                en="Add posts, lower the effort per case (such as by asking less again), or give a step to another "
                "body; and check the figures in the model.",
            ),
            elements=(ElementRef("actor", actor.id), *(ElementRef("node", id_) for id_ in demand)),
            witness=tuple(demand)[:MAX_STEPS],
        )


MAX_STEPS: Final = 10
"""So many of the actor's steps are shown."""


def _cases(computed: Computations, node: Activity) -> int:
    """Return how many cases a year the cohorts have that the step concerns."""
    cohorts = computed.model.cohorts
    concerned = cohorts if node.cohorts is None else node.cohorts
    return sum(cohorts[id_].cases_per_year or 0 for id_ in concerned)


def _too_many_cases(computed: Computations, actor: Actor, demand: dict[str, int]) -> Wording | None:
    most = actor.capacity.cases if actor.capacity is not None else None
    cases = max(demand.values())
    if most is None or cases <= most:
        return None
    name, steps = computed.names.actor(actor.id), listed(map(computed.names.node, demand))
    return Wording(
        de=f"{name.de} kann {most} Fälle im Jahr annehmen; zu {steps.de} kommen mindestens {cases}.",
        en=f"{name.en} can take {most} cases a year; at least {cases} come to {steps.en}.",
    )


def _too_many_hours(computed: Computations, actor: Actor, demand: dict[str, int]) -> Wording | None:
    posts = actor.capacity.fte if actor.capacity is not None else None
    hours = sum(cases * _least_hours(computed, id_) for id_, cases in demand.items())
    if posts is None or hours <= posts * HOURS_PER_POST:
        return None
    name, steps = computed.names.actor(actor.id), listed(map(computed.names.node, demand))
    needed = hours / HOURS_PER_POST
    return Wording(
        de=f"{name.de} hat {posts:g} Stellen; {steps.de} braucht mindestens {int(hours)} Stunden im Jahr, das sind "
        f"{needed:.1f} Stellen ohne einen Tag Urlaub.",
        en=f"{name.en} has {posts:g} posts; {steps.en} takes at least {int(hours)} hours a year, which is {needed:.1f} "
        "posts without a day of leave.",
    )


def _least_hours(computed: Computations, node: str) -> float:
    """Return the hours of work of one case at the step; whole days are left out, since nobody works all day on it."""
    activity = computed.model.nodes[node]
    if not isinstance(activity, Activity) or activity.duration is None or activity.duration.min is None:
        return 0.0
    least = activity.duration.min
    return least.hours + least.minutes / 60


_BODY = """\
  beratung:  {{name: Willkommensberatung, kind: welcome_counsellor, capacity: {{cases: {cases}}}}}
cohorts:
  alle: {{name: Alle Ankommenden, cases_per_year: 600}}
processes:
  ankommen:
    name: Ankommen
    nodes:
      beginn:  {{type: start, name: Angekommen, actor: person, next: beraten}}
      beraten: {{name: Erstgespräch führen, actor: beratung, kind: counsel, duration: PT1H, next: ende}}
      ende:    {{type: end, name: Beraten}}
    handovers: none
"""

RULE = Rule(
    id="capacity-gap",
    codes=("G-29",),
    title=Wording(de="Ressourcenmangel", en="Capacity gap"),
    group="responsibility",
    severity="hint",
    dimension="fitting",
    finds=Wording(
        de="Stellen, deren angegebene Kapazität (Fälle im Jahr oder Stellen) kleiner ist als das, was die angegebenen "
        "Fallzahlen sicher zu ihnen bringen. Nicht gemeldet werden Stellen ohne Angabe der Kapazität, Modelle ohne "
        "Fallzahlen und Schritte, die nur ein Teil der Fälle durchläuft.",
        en="Bodies whose stated capacity (cases a year, or posts) is less than what the stated numbers of cases bring "
        "to them for certain. Not reported: bodies without stated capacity, models without numbers of cases, and steps "
        "that only some of the cases go through.",
    ),
    matters=Wording(
        de="Die Warteschlange wächst ohne Ende; jede Wartezeit im Modell wird länger, als dort steht.",
        en="The queue grows without end; every waiting time in the model becomes longer than it says.",
    ),
    resolve=Wording(
        de="Stellen schaffen, Aufwand je Fall senken oder Schritte teilen.",
        en="Create posts, lower the effort per case, or share steps.",
    ),
    sources=("S1-20", "S1-21"),
    sound=example_model(_BODY.format(cases=800)),
    broken=example_model(_BODY.format(cases=400)),
    find=find_capacity_gap,
)
