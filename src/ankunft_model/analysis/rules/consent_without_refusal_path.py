"""A consent that nobody can refuse.

What it finds: consents that a transfer rests on, for which the process has no way for people who say no.

Why it matters: a consent is voluntary only if one can refuse without losing the benefit; else it is void.

How to resolve it: add the way without consent, such as a full application to the recipient, and name its first step
as `refused_at`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, OpenFact, Reason
from ankunft_model.graph import WorkflowGraph
from ankunft_model.model import Consent, Event, Handover
from ankunft_model.wording import Wording


def find_consent_without_refusal_path(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per consent in use without a way to refuse, in the order of the model."""
    model = computed.model
    for consent in model.consents.values():
        used = [handover for handover in model.handovers.values() if handover.consent == consent.id]
        is_named = consent.refused_at not in (None, "none")
        if not used or is_named or (consent.refused_at is None and _has_way_round(computed, consent, used)):
            continue
        name, given = computed.names.consent(consent.id), listed(map(computed.names.node, consent.given_at))
        recipients = listed(map(computed.names.actor, consent.recipients))
        question = Wording(
            de=f"Was geschieht, wenn die Person bei {given.de} nicht einwilligt?",
            en=f"What happens if the person does not consent at {given.en}?",
        )
        unknown = consent.refused_at is None
        yield Observation(
            message=Wording(
                de=f"{name.de}: Wer bei {given.de} nicht in die Weitergabe an {recipients.de} einwilligt, für den gibt "
                + ("das Modell keinen Weg an." if unknown else "es keinen Weg."),
                en=f"{name.en}: for those who do not consent to passing data on to {recipients.en} at {given.en} "
                + ("the model states no way." if unknown else "there is no way."),
            ),
            recommendation=Wording(
                de="Den Weg ohne Einwilligung ergänzen (zum Beispiel vollständiger Antrag bei der empfangenden Stelle, "
                "ohne Nachteil) und seinen ersten Schritt als „refused_at“ eintragen.",
                en="Add the way without consent (such as a full application to the recipient, without disadvantage) "
                "and state its first step as 'refused_at'.",
            ),
            elements=(
                ElementRef("consent", consent.id),
                *(ElementRef("handover", handover.id) for handover in used),
                *(ElementRef("node", id_) for id_ in consent.given_at),
            ),
            depends_on=(OpenFact(f"consents.{consent.id}.refused_at", question),) if unknown else (),
            because=(Reason("consent", consent.id),),
            witness=consent.given_at,
        )


def _has_way_round(computed: Computations, consent: Consent, used: list[Handover]) -> bool:
    """Return whether from where consent is asked a run can come to an end without passing any of the data on."""
    senders = {handover.from_node for handover in used}
    for graph in computed.graphs.values():
        asked = [graph.index_of[id_] for id_ in consent.given_at if id_ in graph.index_of]
        blocked = {graph.index_of[id_] for id_ in senders if id_ in graph.index_of}
        if asked and not blocked.intersection(asked) and _reaches_end(graph, asked, blocked):
            return True
    return False


def _reaches_end(graph: WorkflowGraph, starts: list[int], blocked: set[int]) -> bool:
    """Return whether a decision behind `starts` leads to an end around the blocked nodes.

    Ways that run at the same time as the blocked nodes are no way round; therefore a parallel split is passed only if
    none of its ways leads to them.
    """
    leading = _leading_to(graph, blocked)
    seen = set(starts)
    stack = list(starts)
    while stack:
        node = stack.pop()
        element = graph.nodes[node]
        if isinstance(element, Event) and element.type == "end":
            return True
        following = [graph.target[flow] for flow in graph.outgoing[node]]
        is_choice = element.type in ("exclusive", "inclusive", "event_based")
        if not is_choice and any(next_ in leading for next_ in following):
            following = [next_ for next_ in following if next_ in leading]
        for next_ in (*following, *graph.boundary_events[node]):
            if next_ not in seen and next_ not in blocked:
                seen.add(next_)
                stack.append(next_)
    return False


def _leading_to(graph: WorkflowGraph, goals: set[int]) -> set[int]:
    found = set(goals)
    stack = list(goals)
    while stack:
        node = stack.pop()
        for flow in graph.incoming[node]:
            if graph.source[flow] not in found:
                found.add(graph.source[flow])
                stack.append(graph.source[flow])
    return found


_HEAD = """\
data:
  bank_account: {{name: Bankverbindung, category: financial}}
consents:
  weitergabe:
    name: Einwilligung in die Weitergabe
    given_at: fragen
    data: [bank_account]
    recipients: [jobcenter]{refused}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:   {{type: start, name: Anerkannt, actor: person, next: fragen}}
"""
_HANDOVER = "      - {id: h1, from: melden, to: annehmen, channel: email, data: [bank_account], consent: weitergabe}\n"

RULE = Rule(
    id="consent-without-refusal-path",
    codes=("G-07",),
    title=Wording(de="Einwilligung ohne Verweigerungszweig", en="Consent without refusal path"),
    group="agreement_and_law",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Einwilligungen, auf denen eine Übergabe beruht und für die der Ablauf keinen Weg ohne Einwilligung kennt. "
        "Nicht gemeldet werden Einwilligungen mit „refused_at“, solche, hinter denen eine Entscheidung um die Weitergabe "
        "herumführt, und Einwilligungen, auf die sich keine Übergabe stützt.",
        en="Consents that a handover rests on and for which the process knows no way without consent. Not reported: "
        "consents with 'refused_at', those behind which a decision leads around the transfer, and consents that no "
        "handover rests on.",
    ),
    matters=Wording(
        de="Freiwillig ist eine Einwilligung nur, wenn man ohne Nachteil ablehnen kann; sonst ist sie unwirksam.",
        en="A consent is voluntary only if one can refuse without disadvantage; else it is void.",
    ),
    resolve=Wording(
        de="Den Weg ohne Einwilligung einrichten und eintragen.", en="Set up the way without consent, and state it."
    ),
    sources=("LAW:SGB X § 67b Abs. 2", "DSGVO Art. 7 Abs. 4", "S1-05"),
    sound=example_model(
        _HEAD.format(refused="\n    refused_at: antrag")
        + """\
      fragen:   {name: Nach der Einwilligung fragen, actor: sozialamt, next: ja}
      ja:
        type: exclusive
        name: Eingewilligt?
        actor: sozialamt
        next: [{to: melden, when: ja}, {to: antrag, when: nein}]
      melden:   {name: Akte übersenden, actor: sozialamt, next: annehmen}
      antrag:   {name: Vollständigen Antrag stellen, actor: person, next: annehmen}
      annehmen: {name: Antrag aufnehmen, actor: jobcenter, next: ende}
      ende:     {type: end, name: Antrag aufgenommen}
    handovers:
"""
        + _HANDOVER
    ),
    broken=example_model(
        _HEAD.format(refused="\n    refused_at: none")
        + """\
      fragen:   {name: Nach der Einwilligung fragen, actor: sozialamt, next: melden}
      melden:   {name: Akte übersenden, actor: sozialamt, next: annehmen}
      annehmen: {name: Antrag aufnehmen, actor: jobcenter, next: ende}
      ende:     {type: end, name: Antrag aufgenommen}
    handovers:
"""
        + _HANDOVER
    ),
    find=find_consent_without_refusal_path,
)
