"""Times in which a right or a status holds and the document that proves it is not there.

What it finds: pairs of a step from which a benefit or a status holds, and a step that issues the document that proves
it, with days in between in which somebody asks for it.

Why it matters: without the document others do not act: the health insurer, the landlord, the family benefits office.

How to resolve it: hand out a provisional document at once and agree with those who ask that it suffices.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.coverage_wording import describe_case
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.time_wording import days_between, not_counted
from ankunft_model.analysis.timing.proof import ProofGap
from ankunft_model.findings import ElementRef, OpenFact, Reason
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Wording

_WITHOUT = Wording(de="ohne Nachweis", en="without proof")


def find_proof_gap(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per pair of steps and document, in the order in which what is to be proved begins."""
    for gap in computed.proof_gaps:
        if gap.most_days == 0 and not gap.cases:
            continue
        if gap.bridged_by is not None and (not gap.asked_by or _is_agreed(computed.model, gap)):
            continue
        yield _observation(computed, gap)


def _is_agreed(model: ArrivalModel, gap: ProofGap) -> bool:
    """Return whether the plan states a measure at the first step that makes the provisional document suffice."""
    return model.state == "to_be" and any(
        RULE.id in (measure.resolves or ()) and gap.began_at in {c.split(":")[-1] for c in measure.changes or ()}
        for measure in model.measures.values()
    )


def _observation(computed: Computations, gap: ProofGap) -> Observation:
    names, model = computed.names, computed.model
    document, began = names.document(gap.document), names.node(gap.began_at)
    subject = names.benefit(gap.subject) if gap.is_benefit else names.item(gap.subject)
    askers = listed([*map(names.actor, gap.asked_by), *map(names.node, gap.asked_at)])
    cases = [describe_case(computed, case, _WITHOUT) for case in gap.cases]
    left_out = not_counted(names, gap.unknown)
    if gap.issued_at is None:
        message = Wording(
            de=f"{subject.de} gilt ab {began.de}; {document.de} weist das nach, wird danach aber auf keinem Ablauf "
            f"ausgestellt. Danach fragt: {askers.de}.",
            en=f"{subject.en} holds from {began.en}; {document.en} proves it, but is issued afterwards on no run. Asked "
            f"for by: {askers.en}.",
        )
    else:
        issued, span = names.node(gap.issued_at), days_between(gap.least_days, gap.most_days)
        bridge = Wording("", "")
        if gap.bridged_by is not None:
            name = names.document(gap.bridged_by)
            bridge = Wording(
                de=f" {name.de} überbrückt nur, wo sie genügt.", en=f" {name.en} bridges only where it suffices."
            )
        message = Wording(
            de=f"{subject.de} gilt ab {began.de}; {document.de} kommt erst mit {issued.de}: {span.de} ohne Nachweis. "
            f"Danach fragt: {askers.de}.{bridge.de}" + "".join(f" {case.de}" for case in cases) + left_out.de,
            en=f"{subject.en} holds from {began.en}; {document.en} comes only with {issued.en}: {span.en} without proof. "
            f"Asked for by: {askers.en}.{bridge.en}" + "".join(f" {case.en}" for case in cases) + left_out.en,
        )
    nodes = tuple(node for node in (gap.began_at, gap.issued_at) if node is not None)
    basis = model.documents[gap.document].legal_basis
    return Observation(
        message=message,
        recommendation=Wording(
            de="Eine vorläufige Bescheinigung sofort aushändigen und mit den Stellen, die danach fragen, vereinbaren, dass "
            "sie genügt; sonst die Ausstellung beschleunigen.",
            en="Hand out a provisional document at once and agree with those who ask for it that it suffices; else issue "
            "the document faster.",
        ),
        elements=(
            *(ElementRef("node", node) for node in nodes),
            ElementRef("document", gap.document),
            *(ElementRef("case", case.case) for case in gap.cases),
        ),
        certainty="definite" if gap.exact and (gap.least_days > 0 or gap.issued_at is None) else "possible",
        exact=gap.exact,
        limits=gap.limits,
        depends_on=tuple(_open_facts(computed, gap)),
        data=() if gap.is_benefit else (gap.subject,),
        because=() if basis is None else (Reason("legal_basis", basis),),
        witness=gap.run.witness(nodes),
        full_run=gap.run.ids,
    )


def _open_facts(computed: Computations, gap: ProofGap) -> Iterator[OpenFact]:
    """Yield the question whether those who ask accept the provisional document."""
    if gap.bridged_by is not None:
        name, askers = computed.names.document(gap.bridged_by), listed(map(computed.names.actor, gap.asked_by))
        yield OpenFact(
            f"documents.{gap.document}.needed_by",
            Wording(
                de=f"Genügt {name.de} auch hier: {askers.de}?", en=f"Does {name.en} suffice here, too: {askers.en}?"
            ),
        )


_BODY = """\
data:
  status: {name: Aufenthaltsstatus, category: residence_status}
documents:
  titel: {name: Aufenthaltstitel, proves: [status], needed_by: [jobcenter]}
"""

RULE = Rule(
    id="proof-gap",
    codes=("G-10",),
    title=Wording(de="Nachweislücke", en="Proof gap"),
    group="money_papers_time",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Tage, in denen ein Anspruch oder ein Status gilt und das Dokument, das ihn nachweist (`proves`), noch nicht "
        "ausgestellt ist, obwohl jemand danach fragt: eine Stelle außerhalb des Ablaufs (`needed_by`) oder ein Schritt, der "
        "nicht erst danach kommt. Als Spanne über alle Abläufe und genau für datierte Fälle. Ein vorläufiges Dokument "
        "überbrückt, wo es genügt; ob eine Stelle außerhalb es annimmt, ist eine offene Frage. Nicht gemeldet wird, wonach "
        "in der Zwischenzeit niemand fragt, was im selben Schritt nachgewiesen wird, und im Soll, was eine Maßnahme an "
        "diesem Schritt mit einem vorläufigen Dokument löst.",
        en="Days in which entitlement or a status holds and the document that proves it (`proves`) has not been issued, "
        "although somebody asks for it: a body outside the process (`needed_by`), or a step that does not come later. As "
        "bounds over all runs and exactly for dated cases. A provisional document bridges where it suffices; whether a body "
        "outside accepts it is an open question. Not reported: what nobody asks for in the meantime, what is proved in the "
        "same step, and in a plan what a measure at that step resolves with a provisional document.",
    ),
    matters=Wording(
        de="Ohne das Dokument handeln andere nicht: Krankenkasse, Vermieter, Familienkasse, Arbeitgeber.",
        en="Without the document others do not act: health insurer, landlord, family benefits office, employer.",
    ),
    resolve=Wording(
        de="Vorläufig bescheinigen und vereinbaren, dass die Bescheinigung genügt.",
        en="Certify provisionally and agree that the certificate suffices.",
    ),
    sources=("LAW:AufenthG § 81", "W:weltoffen-bonn.de", "W:wdr.de 12/2021"),
    sound=example_model(
        _BODY
        + """\
processes:
  titel:
    name: Aufenthaltstitel
    nodes:
      beginn:     {type: start, name: Anerkannt, actor: person, next: erteilen}
      erteilen:   {name: Titel erteilen, actor: sozialamt, produces: [status], status: beneficiary_25_2, documents_out: [titel], next: ende}
      ende:       {type: end, name: Titel in der Hand}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
processes:
  titel:
    name: Aufenthaltstitel
    nodes:
      beginn:     {type: start, name: Anerkannt, actor: person, next: erteilen}
      erteilen:   {name: Titel erteilen, actor: sozialamt, produces: [status], status: beneficiary_25_2, next: aushaendigen}
      aushaendigen: {name: Titel aushändigen, actor: sozialamt, wait: {min: P4W, max: P6W}, documents_out: [titel], next: ende}
      ende:       {type: end, name: Titel in der Hand}
    handovers: none
"""
    ),
    find=find_proof_gap,
)
