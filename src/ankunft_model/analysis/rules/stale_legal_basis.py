"""A legal basis that does not hold on the day of the model.

What it finds: legal bases that something in the model rests on and that are repealed, still a draft, or not valid on
the day at which the model judges law (`as_of`).

Why it matters: what rests on law that is gone, or not there yet, is unlawful from one day to the next.

How to resolve it: name the norm that holds now, and check everything that rested on the old one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.uses_of_law import find_uses
from ankunft_model.findings import ElementRef, Reason, Severity
from ankunft_model.model import ArrivalModel, LegalBasis
from ankunft_model.wording import Wording


def find_stale_legal_basis(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per legal basis in use that does not hold, in the order of the model."""
    model = computed.model
    for id_, uses in find_uses(model).items():
        basis = model.legal_bases[id_]
        why = _why_not(basis, model.as_of)
        if why is None:
            continue
        successor = _successor(model, basis)
        is_plan = basis.stage == "draft" and model.state == "to_be"
        severity: Severity = "hint" if is_plan else "warning"
        yield Observation(
            message=Wording(
                de=f"{basis.label('de')} {why.de}; darauf {'stützt' if len(uses) == 1 else 'stützen'} sich "
                f"{_counted(len(uses)).de}.",
                en=f"{basis.label('en')} {why.en}; {_counted(len(uses)).en} {'rests' if len(uses) == 1 else 'rest'} "
                "on it.",
            ),
            recommendation=Wording(
                de=f"Auf {successor.cite} umstellen und prüfen, ob es dasselbe erlaubt."
                if successor is not None
                else "Die heute geltende Norm benennen und alles prüfen, was sich auf die alte stützt.",
                en=f"Move to {successor.cite} and check whether it allows the same."
                if successor is not None
                else "Name the norm that holds now, and check everything that rests on the old one.",
            ),
            elements=(ElementRef("legal_basis", id_), *uses),
            severity=severity,
            because=(Reason("legal_basis", id_),),
            witness=tuple(use.id for use in uses if use.kind == "node") or _ends(model, uses),
        )


def _counted(count: int) -> Wording:
    return Wording(
        de="eine Stelle des Modells" if count == 1 else f"{count} Stellen des Modells",
        en="one place of the model" if count == 1 else f"{count} places of the model",
    )


def _ends(model: ArrivalModel, uses: tuple[ElementRef, ...]) -> tuple[str, ...]:
    """Return the nodes at the ends of the handovers that rest on the basis."""
    handovers = [model.handovers[use.id] for use in uses if use.kind == "handover"]
    ends = (id_ for handover in handovers for id_ in (handover.from_node, handover.to_node) if id_ is not None)
    return tuple(dict.fromkeys(ends))


def _why_not(basis: LegalBasis, day: date | None) -> Wording | None:
    if basis.stage == "repealed":
        return Wording(de="ist aufgehoben", en="is repealed")
    if basis.stage == "draft":
        return Wording(de="ist noch nicht in Kraft (Entwurf)", en="is not in force yet (draft)")
    if day is None:
        return None
    if basis.valid_to is not None and basis.valid_to < day:
        return Wording(
            de=f"galt nur bis zum {basis.valid_to:%d.%m.%Y}", en=f"was valid until {basis.valid_to.isoformat()} only"
        )
    if basis.valid_from is not None and basis.valid_from > day:
        return Wording(
            de=f"gilt erst ab dem {basis.valid_from:%d.%m.%Y}", en=f"is valid from {basis.valid_from.isoformat()} only"
        )
    return None


def _successor(model: ArrivalModel, basis: LegalBasis) -> LegalBasis | None:
    """Return another entry with the same citation that holds."""
    others = (other for other in model.legal_bases.values() if other.id != basis.id and other.cite == basis.cite)
    return next((other for other in others if _why_not(other, model.as_of) is None), None)


_BODY = """\
as_of: 2025-06-01
data:
  bank_account: {{name: Bankverbindung, category: financial}}
legal_bases:
  norm: {{cite: Beispielgesetz § 1, kind: statute, valid_to: {valid_to}}}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:   {{type: start, name: Anerkannt, actor: person, next: melden}}
      melden:   {{name: Akte übersenden, actor: sozialamt, next: annehmen}}
      annehmen: {{name: Akte aufnehmen, actor: jobcenter, next: ende}}
      ende:     {{type: end, name: Akte aufgenommen}}
    handovers:
      - {{id: h1, from: melden, to: annehmen, channel: email, data: [bank_account], legal_basis: norm, agreement: none}}
"""

RULE = Rule(
    id="stale-legal-basis",
    codes=("G-31",),
    title=Wording(de="Veraltete Rechtsgrundlage", en="Stale legal basis"),
    group="agreement_and_law",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Rechtsgrundlagen, auf die sich das Modell stützt und die aufgehoben, noch im Entwurf oder am Stichtag "
        "(„as_of“) nicht in Geltung sind; Entwürfe in Soll-Modellen als Hinweis. Nicht gemeldet werden Grundlagen, die "
        "niemand nutzt, und ohne Stichtag die Geltungsdauer.",
        en="Legal bases that the model rests on and that are repealed, still a draft or not valid on the day of the "
        "model ('as_of'); drafts in to-be models as a hint. Not reported: bases that nobody uses, and without a day "
        "the period of validity.",
    ),
    matters=Wording(
        de="Was sich auf aufgehobenes oder künftiges Recht stützt, ist von einem Tag auf den anderen rechtswidrig.",
        en="What rests on law that is gone, or not there yet, is unlawful from one day to the next.",
    ),
    resolve=Wording(
        de="Die geltende Norm benennen und prüfen, was darauf beruht.",
        en="Name the norm that holds, and check what rests on it.",
    ),
    sources=("S0-16", "LAW:GG Art. 20 Abs. 3"),
    sound=example_model(_BODY.format(valid_to="2030-12-31")),
    broken=example_model(_BODY.format(valid_to="2024-12-31")),
    find=find_stale_legal_basis,
)
