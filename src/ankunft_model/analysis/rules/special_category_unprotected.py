"""Data of a special category pass without an explicit basis, or on a channel that does not protect them.

What it finds: transfers of health, religion, biometric and other data of Art. 9 GDPR for which neither a legal basis
nor a consent is there, and transfers of such data by e-mail, fax or list.

Why it matters: what becomes known here cannot be taken back, and can be used against the person.

How to resolve it: pass on only what is needed (often just that an examination took place), on an explicit basis, in an
encrypted channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import Transfer, find_transfers, stated_bases
from ankunft_model.findings import OpenFact, Reason
from ankunft_model.wording import Wording

OPEN_CHANNELS: Final = ("email", "fax", "file_list")
"""Channels that protect nothing by themselves; whether they are encrypted the model does not say."""


def find_special_category_unprotected(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per transfer, in the order of the model; a missing basis counts more than the channel."""
    model = computed.model
    for transfer in find_transfers(computed):
        special = tuple(item for item in transfer.data or () if model.data[item].is_special)
        if not special:
            continue
        handover = transfer.handover
        has_consent = handover.consent in model.consents
        bases = stated_bases(model, handover)
        if handover.legal_basis != "not_needed" and not has_consent and not bases:
            yield _without_basis(computed, transfer, special)
            continue
        channels = tuple(channel for channel in handover.channel or () if channel in OPEN_CHANNELS)
        if channels:
            yield _open_channel(computed, transfer, special, channels, tuple(basis.id for basis in bases))


def _without_basis(computed: Computations, transfer: Transfer, special: tuple[str, ...]) -> Observation:
    sender, receiver = computed.names.actor(transfer.sender), computed.names.actor(transfer.receiver)
    what = computed.names.items(special)
    question = Wording(
        de=f"Welche Vorschrift erlaubt {sender.de}, {what.de} an {receiver.de} weiterzugeben (Art. 9 Abs. 2 DSGVO)?",
        en=f"Which provision allows {sender.en} to pass {what.en} on to {receiver.en} (Art. 9 (2) GDPR)?",
    )
    unknown = transfer.handover.legal_basis is None
    return Observation(
        message=Wording(
            de=f"{sender.de} gibt besonders geschützte Angaben an {receiver.de} weiter ({what.de}); "
            + (
                "eine ausdrückliche Grundlage ist nicht angegeben."
                if unknown
                else "eine ausdrückliche Grundlage fehlt."
            ),
            en=f"{sender.en} passes specially protected data on to {receiver.en} ({what.en}); "
            + ("no explicit basis is stated." if unknown else "an explicit basis is missing."),
        ),
        recommendation=Wording(
            de="Nicht weitergeben, was nicht gebraucht wird (oft genügt „untersucht am …“); sonst die Vorschrift "
            "benennen oder ausdrücklich in diese Angaben einwilligen lassen.",
            en="Do not pass on what is not needed (often “examined on …” is enough); else name the provision, or have "
            "the person consent explicitly to these data.",
        ),
        elements=transfer.elements,
        depends_on=(OpenFact(f"{transfer.path}.legal_basis", question),) if unknown else (),
        data=special,
        witness=transfer.ends,
    )


def _open_channel(
    computed: Computations,
    transfer: Transfer,
    special: tuple[str, ...],
    channels: tuple[str, ...],
    bases: tuple[str, ...],
) -> Observation:
    sender, receiver = computed.names.actor(transfer.sender), computed.names.actor(transfer.receiver)
    what, how = computed.names.items(special), listed(map(computed.names.channel, channels))
    question = Wording(
        de=f"Ist der Weg von {sender.de} an {receiver.de} verschlüsselt ({how.de})?",
        en=f"Is the way from {sender.en} to {receiver.en} encrypted ({how.en})?",
    )
    return Observation(
        message=Wording(
            de=f"{sender.de} gibt besonders geschützte Angaben ({what.de}) an {receiver.de} weiter: {how.de}; dass der Weg "
            "verschlüsselt ist, steht nirgends.",
            en=f"{sender.en} passes specially protected data ({what.en}) on to {receiver.en}: {how.en}; nowhere is it said "
            "that the way is encrypted.",
        ),
        recommendation=Wording(
            de="Verschlüsselt übermitteln (Fachverfahren, Schnittstelle, gesichertes Postfach) oder per Brief; Listen "
            "ohne diese Angaben führen.",
            en="Transmit in an encrypted way (case software, interface, secured mailbox) or by letter; keep these data "
            "out of lists.",
        ),
        elements=transfer.elements,
        severity="warning",
        depends_on=(OpenFact(f"{transfer.path}.channel", question),),
        data=special,
        because=tuple(Reason("legal_basis", id_) for id_ in bases),
        witness=transfer.ends,
    )


_BODY = """\
data:
  finding: {{name: Befund, category: health}}
legal_bases:
  norm: {{cite: Beispielgesetz § 1, kind: statute}}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:   {{type: start, name: Anerkannt, actor: person, next: melden}}
      melden:   {{name: Akte übersenden, actor: sozialamt, next: annehmen}}
      annehmen: {{name: Akte aufnehmen, actor: jobcenter, next: ende}}
      ende:     {{type: end, name: Akte aufgenommen}}
    handovers:
      - {{id: h1, from: melden, to: annehmen, channel: interface_xoev, data: [finding], legal_basis: {basis},
         consent: none, agreement: none}}
"""

RULE = Rule(
    id="special-category-unprotected",
    codes=("G-33",),
    title=Wording(de="Besondere Kategorie ungeschützt", en="Special category unprotected"),
    group="agreement_and_law",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Übermittlungen von Gesundheits-, Glaubens-, biometrischen und anderen Angaben nach Art. 9 DSGVO ohne "
        "Rechtsgrundlage und ohne Einwilligung (kritisch), und solche per E-Mail, Fax oder Liste (beachten, möglich: Ob "
        "verschlüsselt wird, sagt das Modell nicht). Nicht gemeldet werden Brief, Schnittstelle und Fachverfahren, was "
        "die Person selbst trägt, und ob eine angegebene Vorschrift weit genug reicht; das bleibt zu prüfen.",
        en="Transfers of health, religious, biometric and other data of Art. 9 GDPR without legal basis and without "
        "consent (error), and such transfers by e-mail, fax or list (warning, possible: the model does not say whether "
        "they are encrypted). Not reported: letters, interfaces and case software, what the person carries, and "
        "whether a stated provision reaches far enough; that remains to be checked.",
    ),
    matters=Wording(
        de="Was hier bekannt wird, lässt sich nicht zurückholen und kann der Person schaden.",
        en="What becomes known here cannot be taken back, and can be used against the person.",
    ),
    resolve=Wording(
        de="Nur Nötiges, auf ausdrücklicher Grundlage, auf verschlüsseltem Weg weitergeben.",
        en="Pass on only what is needed, on an explicit basis, in an encrypted channel.",
    ),
    sources=("DSGVO Art. 9 Abs. 2", "LAW:SGB X § 67b Abs. 1", "LAW:AZRG § 3 Abs. 2 Nr. 10"),
    sound=example_model(_BODY.format(basis="norm")),
    broken=example_model(_BODY.format(basis="none")),
    find=find_special_category_unprotected,
)
