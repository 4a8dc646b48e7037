"""A handover between two institutions that no agreement covers.

What it finds: handovers between different institutions on which something passes, whose `agreement` is `none` or
unknown and that no steering body or case conference of both sides covers.

Why it matters: without an agreement each side decides for itself when and how it hands over; that is where money
and information stop.

How to resolve it: conclude an agreement (parties, subject, form, deadline, review) and name it at the handover.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import Transfer, agreement_of, find_transfers
from ankunft_model.findings import OpenFact, Reason, Severity
from ankunft_model.model import Activity, ArrivalModel
from ankunft_model.wording import Wording

_VITAL_KINDS: Final = frozenset({"benefit_start", "benefit_pay", "benefit_end", "handover_case"})


def find_handover_without_agreement(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per handover without agreement, in the order of the model."""
    model = computed.model
    for transfer in find_transfers(computed):
        handover = transfer.handover
        if handover.agreement == "not_needed" or agreement_of(model, handover) is not None:
            continue
        bases = () if handover.legal_basis in (None, "not_needed") else handover.legal_basis
        if any(model.legal_bases[id_].mandatory for id_ in bases or ()) or _is_steered(model, transfer):
            continue
        sender, receiver = computed.names.actor(transfer.sender), computed.names.actor(transfer.receiver)
        unknown = handover.agreement is None
        question = Wording(
            de=f"Gibt es zwischen {sender.de} und {receiver.de} eine Vereinbarung über diese Übergabe?",
            en=f"Is there an agreement on this handover between {sender.en} and {receiver.en}?",
        )
        yield Observation(
            message=Wording(
                de=f"{sender.de} an {receiver.de}: Für diese Übergabe "
                + ("ist keine Vereinbarung bekannt." if unknown else "gibt es keine Vereinbarung."),
                en=f"{sender.en} to {receiver.en}: "
                + ("no agreement on this handover is known." if unknown else "there is no agreement on this handover."),
            ),
            recommendation=Wording(
                de=f"Kooperationsvereinbarung zwischen {sender.de} und {receiver.de} schließen: Gegenstand, Form, "
                "Frist, Ansprechpersonen, Überprüfung.",
                en=f"Conclude a cooperation agreement between {sender.en} and {receiver.en}: subject, form, deadline, "
                "contacts, review.",
            ),
            elements=transfer.elements,
            severity=_severity(model, transfer),
            depends_on=(OpenFact(f"{transfer.path}.agreement", question),) if unknown else (),
            data=transfer.data or (),
            because=tuple(Reason("legal_basis", id_) for id_ in bases or ()),
            witness=transfer.ends,
        )


def _severity(model: ArrivalModel, transfer: Transfer) -> Severity:
    """A handover on which a benefit depends is critical."""
    for id_ in (transfer.handover.from_node, transfer.handover.to_node):
        node = model.nodes.get(id_ or "")
        if isinstance(node, Activity) and (node.kind in _VITAL_KINDS or node.starts or node.stops):
            return "error"
    return "warning"


def _is_steered(model: ArrivalModel, transfer: Transfer) -> bool:
    """Whether a body in which both sides sit covers the handover or its process."""
    for body in model.bodies.values():
        covered = {reference.split(":")[-1].strip() for reference in body.covers or ()}
        if covered & {transfer.handover.id, transfer.process.id} and all(
            _sits_in(model, actor, body.members) for actor in (transfer.sender, transfer.receiver)
        ):
            return True
    return False


def _sits_in(model: ArrivalModel, actor: str | None, members: tuple[str, ...]) -> bool:
    while actor is not None:
        if actor in members:
            return True
        actor = model.actors[actor].part_of
    return False


_NODES = """\
    nodes:
      beginn:   {type: start, name: Anerkannt, actor: person, next: melden}
      melden:   {name: Leistungsende melden, actor: sozialamt, next: annehmen}
      annehmen: {name: Fall annehmen, actor: jobcenter, next: ende}
      ende:     {type: end, name: Fall angenommen}
"""

RULE = Rule(
    id="handover-without-agreement",
    codes=("G-04",),
    title=Wording(de="Übergabe ohne Vereinbarung", en="Handover without agreement"),
    group="agreement_and_law",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Übergaben zwischen verschiedenen Institutionen, über die es keine Vereinbarung gibt; kritisch, wenn eine "
        "Leistung daran hängt. Nicht gemeldet wird, was die Person selbst trägt, was ein Gesetz zu übermitteln "
        "verpflichtet, was ein gemeinsames Gremium steuert und was mit „not_needed“ gekennzeichnet ist.",
        en="Handovers between different institutions without an agreement; an error where a benefit depends on it. "
        "Not reported: what the person carries, what a law obliges to transfer, what a body of both sides steers, "
        "and what is marked 'not_needed'.",
    ),
    matters=Wording(
        de="Ohne Vereinbarung entscheidet jede Seite für sich, wann und wie sie übergibt: Dort entstehen Lücken.",
        en="Without an agreement each side decides for itself when and how to hand over: that is where gaps arise.",
    ),
    resolve=Wording(
        de="Vereinbarung schließen und bei der Übergabe als „agreement“ eintragen.",
        en="Conclude an agreement and state it as 'agreement' at the handover.",
    ),
    sources=("S1-06", "S1-11", "S2-11"),
    sound=example_model(
        f"""\
agreements:
  koop: {{name: Kooperationsvereinbarung, parties: [sozialamt, jobcenter], binding: true}}
processes:
  wechsel:
    name: Wechsel
{_NODES}    handovers:
      - {{id: h1, from: melden, to: annehmen, channel: email, data: none, agreement: koop}}
"""
    ),
    broken=example_model(
        f"""\
processes:
  wechsel:
    name: Wechsel
{_NODES}    handovers:
      - {{id: h1, from: melden, to: annehmen, channel: email, data: none, agreement: none}}
"""
    ),
    find=find_handover_without_agreement,
)
