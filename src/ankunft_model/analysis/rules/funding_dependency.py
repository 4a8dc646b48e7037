"""A step that hangs on money which ends.

What it finds: actors that perform steps and whose funding ends on a known day, or of which nobody has said until when
it runs.

Why it matters: when the programme ends the step falls away, and with it whatever comes after it.

How to resolve it: secure the funding, move the step to a body that stays, or plan what happens from that day on.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.order import Order
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, OpenFact
from ankunft_model.model import Activity, Actor, Funding
from ankunft_model.wording import Wording


def find_funding_dependency(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per actor and funding that ends, or whose end is unknown, in the order of the model."""
    model = computed.model
    steps_of: dict[str, list[str]] = {}
    for node in model.nodes.values():
        performer = computed.performer_of[node.id]
        if isinstance(node, Activity) and performer in model.actors:
            steps_of.setdefault(performer or "", []).append(node.id)
    funded = [actor for actor in model.actors.values() if actor.funding]
    judged = [id_ for steps in steps_of.values() for id_ in steps[:MAX_JUDGED]] if funded else []
    order = Order(computed, judged)
    for actor in funded:
        steps = [id_ for unit in model.actors if _is_within(computed, unit, actor.id) for id_ in steps_of.get(unit, ())]
        if not steps:
            continue
        unavoidable = [id_ for id_ in steps[:MAX_JUDGED] if order.is_unavoidable(id_)]
        for position, funding in enumerate(actor.funding or ()):
            yield _observation(computed, actor, position, funding, unavoidable or steps, is_vital=bool(unavoidable))


def _is_within(computed: Computations, unit: str, organisation: str) -> bool:
    here: str | None = unit
    while here is not None and here != organisation:
        here = computed.model.actors[here].part_of
    return here is not None


def _observation(
    computed: Computations, actor: Actor, position: int, funding: Funding, steps: list[str], *, is_vital: bool
) -> Observation:
    name, what = computed.names.actor(actor.id), listed(map(computed.names.node, steps))
    as_of = computed.model.as_of
    question = Wording(
        de=f"Bis wann ist {name.de} durch „{funding.by}“ finanziert, und was kommt danach?",
        en=f"Until when does '{funding.by}' fund {name.en}, and what comes after?",
    )
    if funding.until is None:
        end = Wording(de=", deren Ende nicht bekannt ist", en=", whose end is not known")
    elif as_of is not None and funding.until < as_of:
        end = Wording(
            de=f", die am {funding.until:%d.%m.%Y} ausgelaufen ist", en=f", which ended on {funding.until.isoformat()}"
        )
    else:
        end = Wording(de=f", die am {funding.until:%d.%m.%Y} endet", en=f", which ends on {funding.until.isoformat()}")
    return Observation(
        message=Wording(
            de=f"{what.de} {'hängt' if len(steps) == 1 else 'hängen'} an einer Förderung von {name.de} durch "
            f"„{funding.by}“{end.de}.",
            en=f"{what.en} {'depends' if len(steps) == 1 else 'depend'} on funding of {name.en} by "
            f"“{funding.by}”{end.en}.",
        ),
        recommendation=Wording(
            de="Verstetigung klären, den Schritt einer Stelle übertragen, die bleibt, oder festlegen, wie es danach "
            "ohne ihn geht.",
            en="Settle lasting funding, move the step to a body that stays, or lay down how it goes on without it.",
        ),
        elements=(ElementRef("actor", actor.id), *(ElementRef("node", id_) for id_ in steps)),
        severity="warning" if is_vital and funding.until is not None else "hint",
        depends_on=(OpenFact(f"actors.{actor.id}.funding[{position}].until", question),)
        if funding.until is None
        else (),
        witness=tuple(steps[:MAX_STEPS]),
    )


MAX_STEPS = 10
"""So many of the actor's steps are shown."""
MAX_JUDGED = 100
"""Of so many steps of one unit it is told whether a case can do without them; of more, none is called unavoidable."""

_BODY = """\
  beratung:  {{name: Willkommensberatung, kind: welcome_counsellor{funding}}}
processes:
  ankommen:
    name: Ankommen
    nodes:
      beginn:  {{type: start, name: Angekommen, actor: person, next: beraten}}
      beraten: {{name: Erstgespräch führen, actor: beratung, kind: counsel, next: ende}}
      ende:    {{type: end, name: Beraten}}
    handovers: none
"""

RULE = Rule(
    id="funding-dependency",
    codes=("G-28",),
    title=Wording(de="Abhängigkeit von Drittmitteln", en="Funding-dependent step"),
    group="responsibility",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Schritte von Stellen, deren Förderung endet (beachten, wenn kein Fall ohne den Schritt auskommt, sonst "
        "Hinweis) oder deren Ende nicht bekannt ist. Nicht gemeldet werden Stellen ohne Angaben zur Förderung, Stellen, "
        "die keinen Schritt ausführen, und wer nur beteiligt ist.",
        en="Steps of bodies whose funding ends (a warning if no case does without the step, else a hint) or whose end "
        "is not known. Not reported: bodies without statements on funding, bodies that perform no step, and who only "
        "takes part.",
    ),
    matters=Wording(
        de="Endet das Programm, fällt der Schritt weg und mit ihm alles, was darauf aufbaut.",
        en="When the programme ends the step falls away, and with it whatever builds on it.",
    ),
    resolve=Wording(
        de="Finanzierung sichern oder den Schritt einer Stelle geben, die bleibt.",
        en="Secure the funding, or move the step to a body that stays.",
    ),
    sources=("S0-16", "S1-17", "S2-09"),
    sound=example_model(_BODY.format(funding="")),
    broken=example_model(_BODY.format(funding=", funding: [{by: Landesprogramm, share: 1, until: 2026-12-31}]")),
    find=find_funding_dependency,
)
