"""Personal data pass between institutions although neither a legal basis nor a consent is there.

What it finds: transfers of data between institutions for which no legal basis in force is stated and no consent is named.

Why it matters: authorities may pass personal data only on a legal basis or with consent; without one either the law
is broken or, more often, nothing is passed and the person is asked again.

How to resolve it: name the norm that allows the transfer, ask for consent, or let the recipient retrieve the data
where a norm gives it that right. Whether a norm applies is for the municipality to judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import Transfer, bases_allowing, find_transfers, stated_bases
from ankunft_model.findings import OpenFact
from ankunft_model.wording import Wording


def find_transfer_without_legal_basis(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per transfer without basis and consent, in the order of the model."""
    model = computed.model
    for transfer in find_transfers(computed):
        handover = transfer.handover
        if transfer.data == () or handover.legal_basis == "not_needed":
            continue
        if handover.consent in model.consents or stated_bases(model, handover):
            continue
        sender, receiver = computed.names.actor(transfer.sender), computed.names.actor(transfer.receiver)
        what = (
            Wording(de="Angaben nicht benannt", en="data not named")
            if transfer.data is None
            else computed.names.items(transfer.data)
        )
        open_facts = _open_facts(transfer, sender, receiver)
        is_unknown = handover.legal_basis is None
        candidates = [basis.cite for basis in bases_allowing(model, transfer.receiver, transfer.data or ())]
        suggestion = (
            Wording(
                de=f"In Frage kommt nach den Angaben im Modell: {', '.join(candidates)}. Sonst Einwilligung einholen.",
                en=f"By what the model says these come into question: {', '.join(candidates)}. Else ask for consent.",
            )
            if candidates
            else Wording(
                de="Rechtsgrundlage benennen, Einwilligung einholen oder der empfangenden Stelle einen Abruf "
                "ermöglichen.",
                en="Name a legal basis, ask for consent, or let the recipient retrieve the data.",
            )
        )
        yield Observation(
            message=Wording(
                de=f"{sender.de} an {receiver.de}: Für die Übermittlung ({what.de}) "
                + (
                    "ist keine Rechtsgrundlage oder Einwilligung angegeben."
                    if is_unknown
                    else "gibt es weder Rechtsgrundlage noch Einwilligung."
                ),
                en=f"{sender.en} to {receiver.en}: for the transfer ({what.en}) "
                + (
                    "no legal basis or consent is stated."
                    if is_unknown
                    else "there is neither legal basis nor consent."
                ),
            ),
            recommendation=suggestion,
            elements=transfer.elements,
            depends_on=open_facts,
            data=transfer.data or (),
            witness=transfer.ends,
        )


def _open_facts(transfer: Transfer, sender: Wording, receiver: Wording) -> tuple[OpenFact, ...]:
    found: list[OpenFact] = []
    if transfer.handover.legal_basis is None:
        question = Wording(
            de=f"Auf welcher Rechtsgrundlage übermittelt {sender.de} an {receiver.de}?",
            en=f"On which legal basis does {sender.en} transfer to {receiver.en}?",
        )
        found.append(OpenFact(f"{transfer.path}.legal_basis", question))
        if transfer.handover.consent is None:
            asked = Wording(de="Liegt eine Einwilligung vor?", en="Is there a consent?")
            found.append(OpenFact(f"{transfer.path}.consent", asked))
    if transfer.data is None:
        question = Wording(
            de=f"Welche Angaben übermittelt {sender.de} an {receiver.de}?",
            en=f"Which data does {sender.en} transfer to {receiver.en}?",
        )
        found.append(OpenFact(f"{transfer.path}.data", question))
    return tuple(found)


_BODY = """\
data:
  bank_account: {name: Bankverbindung, category: financial}
legal_bases:
  norm: {cite: Beispielgesetz § 1, kind: statute, allows: {recipients: [jobcenter], data: any}}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:   {type: start, name: Anerkannt, actor: person, next: melden}
      melden:   {name: Akte übersenden, actor: sozialamt, next: annehmen}
      annehmen: {name: Akte aufnehmen, actor: jobcenter, next: ende}
      ende:     {type: end, name: Akte aufgenommen}
    handovers:
"""

RULE = Rule(
    id="transfer-without-legal-basis",
    codes=("G-05",),
    title=Wording(de="Datenweitergabe ohne Rechtsgrundlage", en="Transfer without legal basis"),
    group="agreement_and_law",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Übermittlungen zwischen Institutionen, für die weder eine Rechtsgrundlage angegeben noch eine Einwilligung "
        "genannt ist. Nicht gemeldet wird, was die Person selbst trägt, was ohne Daten weitergegeben wird und was "
        "mit „not_needed“ gekennzeichnet ist. Die rechtliche Bewertung bleibt Sache der Kommune.",
        en="Transfers between institutions for which neither a legal basis in force nor a consent is named. Not "
        "reported: what the person carries, handovers without data, and what is marked 'not_needed'. The legal "
        "assessment remains with the municipality.",
    ),
    matters=Wording(
        de="Ohne Rechtsgrundlage wird rechtswidrig übermittelt oder, häufiger, gar nicht: Dann wird erneut gefragt.",
        en="Without a legal basis the transfer is unlawful or, more often, does not happen: the person is asked again.",
    ),
    resolve=Wording(
        de="Norm benennen, Einwilligung einholen oder Abruf ermöglichen.",
        en="Name the norm, ask for consent, or enable retrieval.",
    ),
    sources=("LAW:SGB X §§ 67a Abs. 2, 67d, 78", "S1-05"),
    sound=example_model(
        _BODY
        + """\
      - {id: h1, from: melden, to: annehmen, channel: email, data: [bank_account], legal_basis: norm, agreement: none}
"""
    ),
    broken=example_model(
        _BODY
        + """\
      - {id: h1, from: melden, to: annehmen, channel: email, data: [bank_account], legal_basis: none, consent: none}
"""
    ),
    find=find_transfer_without_legal_basis,
)
