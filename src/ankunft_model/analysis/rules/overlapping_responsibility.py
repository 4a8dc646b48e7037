"""A decision in which two institutions have a hand and nobody has said who answers for it.

What it finds: decisions, permits and benefits that one institution performs together with another (`with`), without
`responsible`, without an agreement of both, and without a benefit that settles it by its payer.

Why it matters: each relies on the other; the person is sent back and forth, or gets two answers.

How to resolve it: lay down who decides and who is only heard, and state it as `responsible`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import institution_of
from ankunft_model.findings import ElementRef
from ankunft_model.model import PERSON_KIND, Activity, ArrivalModel
from ankunft_model.wording import Wording

_DECIDING: Final = frozenset({"decide", "permit", "benefit_start", "benefit_pay", "benefit_end"})


def find_overlapping_responsibility(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per shared decision, in the order of the model."""
    model = computed.model
    for node in model.nodes.values():
        if not isinstance(node, Activity) or node.kind not in _DECIDING or node.responsible is not None:
            continue
        actor = computed.performer_of[node.id]
        if actor is None or actor == "none":
            continue
        institution = institution_of(model, actor)
        others = tuple(
            other
            for other in node.with_ or ()
            if model.actors[other].kind != PERSON_KIND and institution_of(model, other) != institution
        )
        if not others or _payers(model, node) & {institution, *(institution_of(model, one) for one in others)}:
            continue
        if all(_have_agreed(model, institution, institution_of(model, other)) for other in others):
            continue
        name, first, rest = (
            computed.names.node(node.id),
            computed.names.actor(actor),
            listed(map(computed.names.actor, others)),
        )
        yield Observation(
            message=Wording(
                de=f"An {name.de} wirken {first.de} und {rest.de} mit; wer davon entscheidet, ist nicht festgelegt.",
                en=f"{first.en} and {rest.en} both have a hand in {name.en}; who of them decides is not laid down.",
            ),
            recommendation=Wording(
                de="Festlegen, wer entscheidet und wer nur beteiligt wird, und die entscheidende Stelle als "
                "„responsible“ eintragen.",
                en="Lay down who decides and who only takes part, and state the deciding body as 'responsible'.",
            ),
            elements=(ElementRef("node", node.id), *(ElementRef("actor", one) for one in (actor, *others))),
            witness=(node.id,),
        )


def _payers(model: ArrivalModel, node: Activity) -> set[str]:
    """Return the institutions that pay the benefits that the step concerns: they answer for them."""
    benefits = {
        *(change.benefit for change in (*(node.starts or ()), *(node.stops or ()))),
        *(node.entitles or ()),
        *(node.ends_entitlement or ()),
    }
    return {institution_of(model, model.benefits[id_].payer) for id_ in benefits}


def _have_agreed(model: ArrivalModel, one: str, other: str) -> bool:
    return any(
        {one, other} <= {institution_of(model, party) for party in agreement.parties}
        for agreement in model.agreements.values()
    )


_PROCESS = """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:   {{type: start, name: Antrag gestellt, actor: person, next: pruefen}}
      pruefen:  {{name: Über den Antrag entscheiden, actor: sozialamt, with: [jobcenter], kind: decide{more}, next: ende}}
      ende:     {{type: end, name: Entschieden}}
    handovers: none
"""

RULE = Rule(
    id="overlapping-responsibility",
    codes=("G-02",),
    title=Wording(de="Zuständigkeit mehrfach", en="Overlapping responsibility"),
    group="responsibility",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Entscheidungen, Dokumente und Leistungen, an denen mehrere Institutionen mitwirken („with“), ohne dass "
        "festgelegt ist, wer verantwortet. Nicht gemeldet werden Schritte mit „responsible“, Einheiten derselben "
        "Institution, Beteiligte mit Vereinbarung, Leistungen, die eine der Beteiligten zahlt (sie verantwortet), und "
        "Schritte, die nichts entscheiden (Beratung, Registrierung, Austausch).",
        en="Decisions, permits and benefits in which several institutions have a hand ('with') without saying who "
        "answers for it. Not reported: steps with 'responsible', units of one institution, parties with an agreement, "
        "benefits that one of them pays (it answers for them), and steps that decide nothing (counselling, "
        "registration, exchange).",
    ),
    matters=Wording(
        de="Jede Stelle verlässt sich auf die andere; die Person wird hin- und hergeschickt oder erhält zwei Antworten.",
        en="Each relies on the other; the person is sent back and forth, or gets two answers.",
    ),
    resolve=Wording(
        de="Regeln, wer entscheidet, und als „responsible“ eintragen.",
        en="Settle who decides, and state it as 'responsible'.",
    ),
    sources=("S4-01", "LAW:SGB I § 16"),
    sound=example_model(_PROCESS.format(more=", responsible: sozialamt")),
    broken=example_model(_PROCESS.format(more="")),
    find=find_overlapping_responsibility,
)
