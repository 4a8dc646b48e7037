"""Personal data pass on consent, but the consent is missing, comes too late, or does not reach so far.

What it finds: transfers for which no legal basis in force is stated and whose consent is missing, is not given before on every
run, or does not cover all data or the recipient.

Why it matters: without a legal basis only an informed consent given beforehand, for these data and this recipient,
allows the transfer.

How to resolve it: ask for consent at a step before the handover, state its scope, and model what happens if it is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.consents import check_consent
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import Transfer, find_transfers, stated_bases
from ankunft_model.findings import OpenFact, Reason
from ankunft_model.model import Consent
from ankunft_model.wording import Wording

_RECOMMENDATION = Wording(
    de="Einwilligung vor der Übergabe einholen (Umfang, Empfänger, Zweck, Widerruf) und den Zweig ohne Einwilligung "
    "vorsehen.",
    en="Ask for consent before the handover (scope, recipient, purpose, withdrawal) and provide for the branch without.",
)


def find_transfer_without_consent(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per transfer whose needed consent is not there, in the order of the model."""
    model = computed.model
    for transfer in find_transfers(computed):
        handover = transfer.handover
        if transfer.data == () or handover.legal_basis == "not_needed" or stated_bases(model, handover):
            continue
        consent = model.consents.get(handover.consent or "")
        if consent is not None:
            yield from _insufficient(computed, transfer, consent)
        elif handover.legal_basis is not None:
            yield _missing(computed, transfer)


def _missing(computed: Computations, transfer: Transfer) -> Observation:
    sender, receiver = computed.names.actor(transfer.sender), computed.names.actor(transfer.receiver)
    is_unknown = transfer.handover.consent is None
    what = _what(computed, transfer.data)
    question = Wording(
        de=f"Willigt die Person ein, dass {sender.de} {what.de} an {receiver.de} übermittelt?",
        en=f"Does the person consent that {sender.en} transfers {what.en} to {receiver.en}?",
    )
    return Observation(
        message=Wording(
            de=f"{sender.de} an {receiver.de}: Die Übermittlung ({what.de}) hat keine Rechtsgrundlage; die nötige Einwilligung "
            + ("ist nicht bekannt." if is_unknown else "fehlt."),
            en=f"{sender.en} to {receiver.en}: the transfer ({what.en}) has no legal basis; the consent that is needed "
            + ("is not known." if is_unknown else "is missing."),
        ),
        recommendation=_RECOMMENDATION,
        elements=transfer.elements,
        depends_on=(OpenFact(f"{transfer.path}.consent", question),) if is_unknown else (),
        data=transfer.data or (),
        witness=transfer.ends,
    )


def _insufficient(computed: Computations, transfer: Transfer, consent: Consent) -> Iterator[Observation]:
    found = check_consent(computed, transfer, consent)
    if found.suffices:
        return
    receiver = computed.names.actor(transfer.receiver)
    name = Wording(de=f"„{consent.label('de')}“", en=f"“{consent.label('en')}”")
    lacks: list[Wording] = []
    if found.uncovered:
        items = computed.names.items(found.uncovered)
        lacks.append(Wording(de=f"sie umfasst nicht {items.de}", en=f"it does not cover {items.en}"))
    if not found.covers_recipient:
        lacks.append(Wording(de=f"sie nennt {receiver.de} nicht", en=f"it does not name {receiver.en}"))
    if found.missing_on is not None:
        lacks.append(
            Wording(de="sie wird vor der Übergabe nie erteilt", en="it is never given before the handover")
            if found.certainty == "definite"
            else Wording(
                de="sie liegt bei der Übergabe nicht in jedem Ablauf vor",
                en="it is not on every run there at the handover",
            )
        )
    run = found.missing_on
    only_run = run is not None and not found.uncovered and found.covers_recipient
    yield Observation(
        message=Wording(
            de=f"Die Einwilligung {name.de} trägt die Übermittlung an {receiver.de} nicht: "
            f"{'; '.join(lack.de for lack in lacks)}.",
            en=f"The consent {name.en} does not carry the transfer to {receiver.en}: "
            f"{'; '.join(lack.en for lack in lacks)}.",
        ),
        recommendation=_RECOMMENDATION,
        elements=transfer.elements,
        certainty=found.certainty if only_run else "definite",
        exact=found.exact,
        limits=found.limits,
        data=found.uncovered or transfer.data or (),
        witness=transfer.ends if run is None else run.witness((*consent.given_at, *transfer.ends)),
        full_run=() if run is None else run.ids,
        because=(Reason("consent", consent.id),),
    )


def _what(computed: Computations, data: tuple[str, ...] | None) -> Wording:
    if data is None:
        return Wording(de="nicht benannte Daten", en="data that are not named")
    return computed.names.items(data)


_BODY = """\
data:
  bank_account: {name: Bankverbindung, category: financial}
consents:
  ja: {name: Einwilligung, from: person, given_at: fragen, data: [bank_account], recipients: [jobcenter]}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:   {type: start, name: Anerkannt, actor: person, next: fragen}
      fragen:   {name: Einwilligung erfragen, actor: sozialamt, next: erteilt}
      erteilt:
        type: exclusive
        name: Einwilligung erteilt?
        next: [{to: senden, when: ja}, {to: verweisen, when: nein, default: true}]
      senden:    {name: Akte übersenden, actor: sozialamt, next: treffen}
      verweisen: {name: An das Jobcenter verweisen, actor: sozialamt, next: treffen}
      treffen:  {type: exclusive, next: annehmen}
      annehmen: {name: Antrag aufnehmen, actor: jobcenter, next: ende}
      ende:     {type: end, name: Antrag aufgenommen}
    handovers:
"""

RULE = Rule(
    id="transfer-without-consent",
    codes=("G-06",),
    title=Wording(de="Datenweitergabe ohne (gültige) Einwilligung", en="Transfer without valid consent"),
    group="agreement_and_law",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Übermittlungen ohne Rechtsgrundlage, deren Einwilligung fehlt, nicht in jedem Ablauf vorher erteilt ist "
        "oder Daten oder Empfänger nicht umfasst. Nicht gemeldet werden Übermittlungen mit "
        "Rechtsgrundlage und was die Person selbst trägt.",
        en="Transfers without a legal basis whose consent is missing, is not given beforehand on every run, or does "
        "not cover data or recipient. Not reported: transfers with a legal basis, and what the person carries.",
    ),
    matters=Wording(
        de="Ohne Rechtsgrundlage erlaubt nur eine vorher erteilte Einwilligung die Weitergabe, und nur in ihrem Umfang.",
        en="Without a legal basis only a consent given beforehand allows the transfer, and only within its scope.",
    ),
    resolve=Wording(
        de="Einwilligung vor der Übergabe einholen, Umfang festlegen, Verweigerungszweig vorsehen.",
        en="Ask for consent before the handover, define its scope, provide for refusal.",
    ),
    sources=("LAW:SGB X § 67b Abs. 2", "DSGVO Art. 7", "S1-05"),
    sound=example_model(
        _BODY
        + """\
      - {id: h1, from: senden, to: annehmen, channel: email, data: [bank_account], legal_basis: none, consent: ja}
"""
    ),
    broken=example_model(
        _BODY
        + """\
      - {id: h1, from: verweisen, to: annehmen, channel: email, data: [bank_account], legal_basis: none, consent: none}
"""
    ),
    find=find_transfer_without_consent,
)
