"""A critical finding that rests on an assumption.

What it finds: elements in critical findings of other rules about which the model states something as an assumption and
nobody has confirmed it.

Why it matters: a steering body that decides on a finding must know which part of it is known and which is assumed.

How to resolve it: ask whoever performs the step, and enter the answer with source, or who confirmed it when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, Finding
from ankunft_model.model import ArrivalModel, Element
from ankunft_model.model.part import PartialConfidence
from ankunft_model.wording import Wording

_TIME: Final = frozenset(
    {"wait", "duration", "delay", "latency", "repeats", "entitles", "ends_entitlement", "starts", "stops", "dates"}
)
_DATA: Final = frozenset(
    {"collects", "needs", "produces", "changes", "retrieves", "records_in", "documents_in", "documents_out", "discards",
     "data", "documents", "channel", "prints", "readers", "holds"}
)  # fmt: skip
_ENDS: Final = frozenset({"from", "to", "actor", "responsible", "channel"})

_TRANSFER: Final = frozenset({"from", "to", "actor", "legal_basis", "consent", "data", "documents"})

RESTS_ON: Final[Mapping[str, frozenset[str]]] = {
    "benefit-gap": _TIME,
    "payment-gap": _TIME,
    "proof-gap": _TIME | {"documents_out", "proves"},
    "needed-but-unavailable": _DATA,
    "person-carried-handover": _DATA,
    "missing-responsibility": _ENDS,
    "dangling-handover": _ENDS | {"wanted"},
    "handover-without-agreement": frozenset({"from", "to", "actor", "agreement", "starts", "stops", "kind"}),
    "transfer-without-legal-basis": _TRANSFER,
    "transfer-without-consent": _TRANSFER,
}
"""The fields that findings of a rule rest on; those of other rules may rest on any field."""

FIELD_NAMES: Final[Mapping[str, Wording]] = {
    "wait": Wording(de="Wartezeit", en="waiting time"),
    "duration": Wording(de="Dauer", en="duration"),
    "channel": Wording(de="Übergabeweg", en="channel"),
    "collects": Wording(de="was erfragt wird", en="what is asked"),
    "needs": Wording(de="was gebraucht wird", en="what is needed"),
    "produces": Wording(de="was entsteht", en="what is produced"),
    "records_in": Wording(de="wo eingetragen wird", en="where it is recorded"),
    "retrieves": Wording(de="was abgerufen wird", en="what is retrieved"),
    "data": Wording(de="welche Angaben", en="which data"),
    "stops": Wording(de="Einstellung der Leistung", en="stop of the benefit"),
    "starts": Wording(de="Beginn der Leistung", en="start of the benefit"),
    "legal_basis": Wording(de="Rechtsgrundlage", en="legal basis"),
    "to": Wording(de="Empfänger", en="receiver"),
    "actor": Wording(de="ausführende Stelle", en="performing body"),
}


def find_unvalidated_assumption(computed: Computations, findings: Sequence[Finding]) -> Iterator[Observation]:
    """Yield one observation per assumed element in critical findings, in the order of the findings.

    Args:
        computed: The model.
        findings: What the other rules found.
    """
    critical: dict[ElementRef, dict[str, None]] = {}
    for finding in findings:
        if finding.severity == "error":
            for element in finding.elements:
                critical.setdefault(element, {}).setdefault(finding.rule)
    for reference, rules in critical.items():
        stated = _registries(computed.model).get(reference.kind, {}).get(reference.id)
        if stated is None or stated.validated_by or stated.validated_on is not None:
            continue
        assumed = {rule: _assumed(stated, rule) for rule in rules}
        relevant = {rule: fields for rule, fields in assumed.items() if fields is not None}
        if not relevant:
            continue
        name = _name(computed, reference, stated)
        all_fields = dict.fromkeys(field for fields in relevant.values() for field in fields)
        named = listed(FIELD_NAMES.get(field, Wording(field, field)) for field in all_fields)
        what = Wording(de=f" ({named.de})", en=f" ({named.en})") if all_fields else Wording("", "")
        titles = ", ".join(relevant)
        yield Observation(
            message=Wording(
                de=f"Was das Modell über {name.de} sagt{what.de}, ist eine Annahme; darauf beruht Kritisches ({titles}).",
                en=f"What the model says about {name.en}{what.en} is an assumption; something critical rests on it "
                f"({titles}).",
            ),
            recommendation=Wording(
                de="Von der Stelle bestätigen lassen, die es weiß, und Quelle oder „validated_by“ mit Tag eintragen.",
                en="Have it confirmed by whoever knows, and state the source, or 'validated_by' with the day.",
            ),
            elements=(reference,),
            witness=_nodes(computed.model, reference),
        )


def _name(computed: Computations, reference: ElementRef, element: Element) -> Wording:
    """Return the name of an element in a sentence; a handover without a name is called after its ends."""
    names = computed.names
    if reference.kind != "handover" or element.name is not None:
        return names.quoted(Wording(de=element.label("de"), en=element.label("en")))
    handover = computed.model.handovers[reference.id]
    sender, receiver = names.actor(computed.sender(handover)), names.actor(computed.receiver(handover))
    return Wording(
        de=f"die Übergabe von {sender.de} an {receiver.de}", en=f"the handover from {sender.en} to {receiver.en}"
    )


def _find_nothing(_: Computations) -> Iterator[Observation]:
    """Yield nothing: the model alone does not show what is critical."""
    return iter(())


def _assumed(element: Element, rule: str) -> tuple[str, ...] | None:
    """Return the assumed fields that findings of the rule rest on; empty if all are assumed; None if none is."""
    confidence = element.confidence
    if not isinstance(confidence, PartialConfidence):
        return () if confidence == "assumption" else None
    if confidence.default == "assumption":
        return ()
    fields = tuple(dict.fromkeys(_head(name) for name, level in confidence.fields if level == "assumption"))
    rests_on = RESTS_ON.get(rule)
    return (fields if rests_on is None else tuple(field for field in fields if field in rests_on)) or None


def _head(field: str) -> str:
    """Return the field that a path leads into: `repeats` of `repeats.max`, `collects` of `collects[phone]`."""
    return re.split(r"[.\[]", field, maxsplit=1)[0]


def _registries(model: ArrivalModel) -> Mapping[str, Mapping[str, Element]]:
    return {
        "node": model.nodes,
        "handover": model.handovers,
        "data": model.data,
        "benefit": model.benefits,
        "document": model.documents,
        "actor": model.actors,
        "system": model.systems,
        "consent": model.consents,
        "agreement": model.agreements,
        "case": model.cases,
        "information_duty": model.information_duties,
    }


def _nodes(model: ArrivalModel, reference: ElementRef) -> tuple[str, ...]:
    """Return the nodes at which the element can be seen."""
    if reference.kind == "node":
        return (reference.id,)
    if reference.kind == "handover":
        handover = model.handovers[reference.id]
        return tuple(id_ for id_ in (handover.from_node, handover.to_node) if id_ is not None)
    return tuple(model.nodes)[:1]


_PROCESS = """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:   {{type: start, name: Antrag gestellt, actor: person, next: pruefen}}
      pruefen:  {{name: Antrag prüfen, actor: none, next: ende, confidence: {confidence}}}
      ende:     {{type: end, name: Antrag geprüft}}
    handovers: none
"""

RULE = Rule(
    id="unvalidated-assumption",
    codes=("G-38",),
    title=Wording(de="Offene Annahme", en="Unvalidated assumption"),
    group="modelling",
    severity="info",
    dimension="transparent",
    finds=Wording(
        de="Elemente in kritischen Befunden anderer Regeln, über die das Modell etwas annimmt („assumption“) und die "
        "niemand bestätigt hat. Nicht gemeldet werden Annahmen, an denen kein kritischer Befund hängt, Belegtes, "
        "Ungeprüftes („source_needed“, ohne Angabe) und Bestätigtes („validated_by“, „validated_on“).",
        en="Elements in critical findings of other rules about which the model assumes something ('assumption') and "
        "that nobody has confirmed. Not reported: assumptions on which no critical finding rests, what has a source, "
        "what is not checked ('source_needed', or nothing said), and what is confirmed ('validated_by', "
        "'validated_on').",
    ),
    matters=Wording(
        de="Wer über einen Befund entscheidet, muss wissen, was davon bekannt und was angenommen ist.",
        en="Whoever decides on a finding must know which part of it is known and which is assumed.",
    ),
    resolve=Wording(
        de="Bei der Stelle nachfragen, die es weiß, und die Antwort eintragen.",
        en="Ask whoever knows, and enter the answer.",
    ),
    sources=("S0-08", "FIELDS 0"),
    sound=example_model(_PROCESS.format(confidence="fact")),
    broken=example_model(_PROCESS.format(confidence="assumption")),
    find=_find_nothing,
    find_in=find_unvalidated_assumption,
)
