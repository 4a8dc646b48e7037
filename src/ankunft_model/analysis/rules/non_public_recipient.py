"""Personal data go to somebody who is no public body, and nothing carries that.

What it finds: transfers to welfare associations, volunteers, banks and other non-public bodies without consent,
without a contract, and without a legal basis of a kind that can carry them.

Why it matters: who is no authority is bound by other rules; social data may reach it only for a purpose that the law
or the person allows, and stay bound to that purpose.

How to resolve it: ask for consent, conclude a contract that binds the recipient to the purpose, or name the norm.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.bodies import is_public
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import Transfer, agreement_of, find_transfers, stated_bases
from ankunft_model.findings import OpenFact, Reason
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Wording

_CARRYING_BASES: Final = frozenset({"statute", "consent", "contract"})
_CARRYING_AGREEMENTS: Final = frozenset({"service_contract", "processing_contract", "joint_controllership"})


def find_non_public_recipient(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per transfer to a non-public body that nothing carries, in the order of the model."""
    model = computed.model
    for transfer in find_transfers(computed):
        handover = transfer.handover
        if (
            transfer.data == ()
            or handover.legal_basis == "not_needed"
            or is_public(model, transfer.receiver) is not False
        ):
            continue
        if handover.consent in model.consents or _is_carried(model, transfer):
            continue
        sender, receiver = computed.names.actor(transfer.sender), computed.names.actor(transfer.receiver)
        what = (
            Wording(de="nicht benannte Angaben", en="data not named")
            if transfer.data is None
            else computed.names.items(transfer.data)
        )
        bases = stated_bases(model, handover)
        reach = Wording(
            de="Die angegebene Grundlage trägt das nicht: " + ", ".join(basis.cite for basis in bases) + "."
            if bases
            else "Dafür ist weder Einwilligung noch Vertrag noch Rechtsgrundlage angegeben.",
            en="The basis stated does not carry it: " + ", ".join(basis.cite for basis in bases) + "."
            if bases
            else "Neither consent nor contract nor legal basis is stated for it.",
        )
        yield Observation(
            message=Wording(
                de=f"{sender.de} gibt {what.de} an {receiver.de} weiter, also an keine öffentliche Stelle. {reach.de}",
                en=f"{sender.en} passes {what.en} on to {receiver.en}, which is no public body. {reach.en}",
            ),
            recommendation=Wording(
                de="Einwilligung einholen oder einen Vertrag schließen, der die Angaben an den Zweck bindet "
                "(Auftragsverarbeitung, Leistungsvertrag); sonst nur weitergeben, was die Person selbst mitteilt.",
                en="Ask for consent, or conclude a contract that binds the data to the purpose (processing on behalf, "
                "service contract); else let the person tell it herself.",
            ),
            elements=transfer.elements,
            depends_on=_open_facts(transfer, sender, receiver),
            data=transfer.data or (),
            because=tuple(Reason("legal_basis", basis.id) for basis in bases),
            witness=transfer.ends,
        )


def _is_carried(model: ArrivalModel, transfer: Transfer) -> bool:
    agreement = agreement_of(model, transfer.handover)
    if agreement is not None and agreement.kind in _CARRYING_AGREEMENTS:
        return True
    return any(basis.kind in _CARRYING_BASES for basis in stated_bases(model, transfer.handover))


def _open_facts(transfer: Transfer, sender: Wording, receiver: Wording) -> tuple[OpenFact, ...]:
    question = Wording(
        de=f"Worauf stützt sich die Weitergabe von {sender.de} an {receiver.de}?",
        en=f"What does the transfer from {sender.en} to {receiver.en} rest on?",
    )
    found: list[OpenFact] = []
    if transfer.handover.legal_basis is None:
        found.append(OpenFact(f"{transfer.path}.legal_basis", question))
        if transfer.handover.consent is None:
            found.append(OpenFact(f"{transfer.path}.consent", question))
    if transfer.data is None:
        asked = Wording(de=f"Welche Angaben erhält {receiver.de}?", en=f"Which data does {receiver.en} receive?")
        found.append(OpenFact(f"{transfer.path}.data", asked))
    return tuple(found)


_BODY = """\
  verein: {{name: Begegnungsverein, kind: volunteer_group, body_type: volunteer}}
data:
  phone: {{name: Telefonnummer, category: contact}}
{more}processes:
  ankommen:
    name: Ankommen
    nodes:
      beginn:  {{type: start, name: Angekommen, actor: person, next: fragen}}
      fragen:  {{name: Nach Kontaktwunsch fragen, actor: sozialamt, next: nennen}}
      nennen:  {{name: Kontakt nennen, actor: sozialamt, next: anrufen}}
      anrufen: {{name: Familie anrufen, actor: verein, next: ende}}
      ende:    {{type: end, name: Kontakt besteht}}
    handovers:
      - {{id: h1, from: nennen, to: anrufen, channel: phone, data: [phone], legal_basis: none, consent: {consent}}}
"""
_CONSENT = """\
consents:
  kontakt: {name: Einwilligung in den Kontakt, given_at: fragen, data: [phone], recipients: [verein]}
"""

RULE = Rule(
    id="non-public-recipient",
    codes=("G-32",),
    title=Wording(de="Weitergabe an nichtöffentliche Stelle", en="Non-public recipient"),
    group="agreement_and_law",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Übermittlungen an Wohlfahrtsverbände, Ehrenamt, Banken und andere nichtöffentliche Stellen ohne "
        "Einwilligung, ohne Vertrag und ohne Gesetz, das sie trägt; eine Kooperationsvereinbarung oder Weisung allein "
        "genügt nicht. Nicht gemeldet wird, was die Person selbst trägt oder mitteilt, was ohne Daten geschieht, und "
        "Stellen, von denen nicht bekannt ist, ob sie öffentlich sind.",
        en="Transfers to welfare associations, volunteers, banks and other non-public bodies without consent, contract "
        "or a statute that carries them; a cooperation agreement or instruction alone does not. Not reported: what the "
        "person carries or tells, handovers without data, and bodies of which nobody knows whether they are public.",
    ),
    matters=Wording(
        de="Wer keine Behörde ist, darf Sozialdaten nur zu dem Zweck erhalten, den Gesetz oder Person erlauben, und "
        "bleibt daran gebunden.",
        en="Who is no authority may receive social data only for a purpose that the law or the person allows, and stays "
        "bound to it.",
    ),
    resolve=Wording(
        de="Einwilligung einholen oder Vertrag mit Zweckbindung schließen.",
        en="Ask for consent, or conclude a contract that binds the purpose.",
    ),
    sources=("LAW:SGB X §§ 67d, 78", "S1-18"),
    sound=example_model(_BODY.format(more=_CONSENT, consent="kontakt")),
    broken=example_model(_BODY.format(more="", consent="none")),
    find=find_non_public_recipient,
)
