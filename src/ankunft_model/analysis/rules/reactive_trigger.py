"""The person has to ask although the authority knows that it is time.

What it finds: appointments and renewals that the person has to ask for, although the authority that gives them was
told about the event before, or issued the document that runs out itself.

Why it matters: whoever does not know that it is time to ask loses weeks, and with them money, papers and rights.

How to resolve it: let the authority send the appointment, with date and list of papers, when the event reaches it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.bodies import is_public
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.order import Order
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import institution_of
from ankunft_model.findings import ElementRef
from ankunft_model.model import PERSON_KIND, Activity, Handover
from ankunft_model.wording import Wording


def find_reactive_trigger(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per step that the person has to ask for, in the order of the model."""
    model = computed.model
    asked: list[Activity] = [n for n in model.nodes.values() if isinstance(n, Activity) and n.initiated_by == "person"]
    order = Order(computed, _earlier_candidates(computed, asked))
    for node in asked:
        actor = computed.performer_of[node.id]
        if actor is None or is_public(model, actor) is False or model.actors[actor].kind == PERSON_KIND:
            continue
        name, body = computed.names.node(node.id), computed.names.actor(actor)
        told = _told_before(computed, order, node, actor)
        issued = _issued_before(computed, order, node, actor)
        if told:
            events = listed(computed.names.node(id_) for id_ in dict.fromkeys(str(h.from_node) for h in told))
            reason = Wording(de=f"erfährt von {events.de}", en=f"is told about {events.en}")
        elif issued:
            papers = listed(map(computed.names.document, issued))
            reason = Wording(
                de=f"hat {papers.de} selbst befristet ausgestellt", en=f"issued {papers.en} for a limited time itself"
            )
        else:
            continue
        yield Observation(
            message=Wording(
                de=f"{body.de} {reason.de} und wartet bei {name.de} trotzdem, bis die Person sich meldet.",
                en=f"{body.en} {reason.en} and nevertheless waits at {name.en} until the person asks.",
            ),
            recommendation=Wording(
                de=f"{body.de} vergibt den Termin von sich aus, sobald das Ereignis bekannt ist: Brief mit Tag, "
                "Unterlagen und Ansprechperson in einer verständlichen Sprache.",
                en=f"{body.en} sets the appointment by itself as soon as the event is known: a letter with day, papers "
                "and contact in a language that the person understands.",
            ),
            elements=(ElementRef("node", node.id),),
            witness=(*dict.fromkeys(str(handover.from_node) for handover in told), node.id),
        )


def _earlier_candidates(computed: Computations, asked: list[Activity]) -> list[str]:
    """Return the nodes that could tell of an event, or issue what is renewed."""
    model = computed.model
    renewed = {document for step in asked for document in step.documents_out or ()}
    senders = [h.from_node for h in model.handovers.values() if h.from_node is not None] if asked else []
    issuers = [
        n.id for n in model.nodes.values() if isinstance(n, Activity) and renewed.intersection(n.documents_out or ())
    ]
    return [*senders, *issuers]


def _told_before(computed: Computations, order: Order, node: Activity, actor: str) -> list[Handover]:
    """Return the handovers that tell the authority about what the appointment is for, always before it is given."""
    model = computed.model
    if node.kind != "appointment" or node.appointment_for is None:
        return []
    goals = {node.id, node.appointment_for}
    found: list[Handover] = []
    for handover in model.handovers.values():
        receiver, sender = computed.receiver(handover), computed.sender(handover)
        if handover.to_node not in goals and not (handover.to_node is None and receiver == actor):
            continue
        if receiver is None or institution_of(model, receiver) != institution_of(model, actor):
            continue
        if sender is None or model.actors[sender].kind == PERSON_KIND:
            continue
        if handover.from_node is None or handover.channel == () or handover.is_carried_by_person:
            continue
        if order.is_before(handover.from_node, node.id):
            found.append(handover)
    return found


def _issued_before(computed: Computations, order: Order, node: Activity, actor: str) -> list[str]:
    """Return the documents that the step renews and that the authority itself issued before, for a limited time."""
    model = computed.model
    shown = {document for document in node.documents_in or () if isinstance(document, str)}
    return [
        id_
        for id_ in node.documents_out or ()
        if id_ in shown
        and model.documents[id_].valid_for not in (None, "none")
        and any(
            isinstance(other, Activity)
            and other.id != node.id
            and id_ in (other.documents_out or ())
            and computed.performer_of[other.id] == actor
            and order.is_before(other.id, node.id)
            for other in model.nodes.values()
        )
    ]


_PROCESS = """\
  abh: {{name: Ausländerbehörde, kind: immigration_office}}
  bamf: {{name: BAMF, kind: federal_migration_office}}
processes:
  titel:
    name: Aufenthaltstitel
    nodes:
      beginn:      {{type: start, name: Asylantrag gestellt, actor: person, next: entscheiden}}
      entscheiden: {{name: Über den Asylantrag entscheiden, actor: bamf, kind: decide, next: termin}}
      termin:      {{name: Termin vergeben, actor: abh, kind: appointment, initiated_by: {by}, appointment_for: antrag,
                    next: antrag}}
      antrag:      {{name: Titel beantragen, actor: abh, kind: permit, next: ende}}
      ende:        {{type: end, name: Titel beantragt}}
    handovers:
      - {{id: h1, from: entscheiden, to: antrag, channel: interface_xoev, data: none, agreement: not_needed}}
"""

RULE = Rule(
    id="reactive-trigger",
    codes=("G-24",),
    title=Wording(de="Reaktiv statt proaktiv", en="Reactive where proactive is possible"),
    group="channel",
    severity="hint",
    dimension="fitting",
    finds=Wording(
        de="Termine und Verlängerungen, um die die Person bitten muss, obwohl die Behörde das auslösende Ereignis aus "
        "einer Übergabe kennt oder das ablaufende Dokument selbst ausgestellt hat. Nicht gemeldet werden Anträge, die "
        "das Gesetz verlangt, Ereignisse, von denen die Behörde nur durch die Person erfährt, und Schritte, bei denen "
        "nicht angegeben ist, wer sie auslöst.",
        en="Appointments and renewals that the person has to ask for although the authority knows the event from a "
        "handover, or issued the document that runs out itself. Not reported: applications that the law demands, "
        "events that the authority learns about only through the person, and steps of which nobody said who sets them "
        "going.",
    ),
    matters=Wording(
        de="Wer nicht weiß, dass er sich melden muss, verliert Wochen und mit ihnen Geld, Papiere und Rechte.",
        en="Whoever does not know that it is time to ask loses weeks, and with them money, papers and rights.",
    ),
    resolve=Wording(
        de="Die Behörde vergibt den Termin von sich aus, wenn sie das Ereignis erfährt.",
        en="The authority sets the appointment by itself when it learns about the event.",
    ),
    sources=("S1-08",),
    sound=example_model(_PROCESS.format(by="status_event")),
    broken=example_model(_PROCESS.format(by="person")),
    find=find_reactive_trigger,
)
