"""Steps that wait for each other.

What it finds: circles of steps in which each waits for a message that only another one sends, or for a paper that only
another one issues.

Why it matters: each office is right to ask for the other's paper, and together they keep the person from getting any.

How to resolve it: break the circle at one place: let one office begin without the paper, or accept a provisional one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.circular_waits import CircularWait, Want, find_circular_waits
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import Names, listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.wording import Wording


def find_circular_dependency(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per circle, in the order of the model."""
    for circle in find_circular_waits(computed):
        parts = [
            _part(computed, circle, computed.names, id_, want)
            for id_, want in zip(circle.ids, circle.wants, strict=True)
        ]
        steps = listed(computed.names.node(id_) for id_ in circle.ids)
        yield Observation(
            message=Wording(
                de=f"{steps.de} warten aufeinander: " + "; ".join(part.de for part in parts) + ".",
                en=f"{steps.en} wait for each other: " + "; ".join(part.en for part in parts) + ".",
            ),
            recommendation=Wording(
                de="Den Kreis an einer Stelle öffnen: eine Stelle beginnt ohne das Papier der anderen, nimmt eine "
                "vorläufige Bescheinigung an, oder beide klären es unmittelbar miteinander statt über die Person.",
                en="Open the circle at one place: one office begins without the other's paper or accepts a provisional "
                "one, or both settle it directly with each other instead of through the person.",
            ),
            elements=(
                *(ElementRef("node", id_) for id_ in sorted(circle.ids)),
                *(ElementRef(want.kind, want.id) for want in circle.wants),
            ),
            witness=circle.ids,
        )


def _part(computed: Computations, circle: CircularWait, names: Names, id_: str, want: Want) -> Wording:
    """Return who waits for what from whom."""
    actor = names.actor(computed.performer_of[id_])
    others = listed(names.actor(computed.performer_of[circle.graph.nodes[node].id]) for node in want.bringers)
    papers = (want.id,) if want.kind == "document" else computed.model.handovers[want.id].documents or ()
    if not papers:
        return Wording(
            de=f"{actor.de} wartet auf die Nachricht von {others.de}",
            en=f"{actor.en} waits for the message from {others.en}",
        )
    paper = listed(map(names.document, papers))
    return Wording(
        de=f"{actor.de} verlangt {paper.de} von {others.de}", en=f"{actor.en} asks for {paper.en} from {others.en}"
    )


_PROCESS = """\
documents:
  bescheid:  {{name: Bescheid des Jobcenters, issuer: jobcenter}}
  nachweis:  {{name: Nachweis des Sozialamts, issuer: sozialamt}}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:    {{type: start, name: Anerkannt, actor: person, next: teilen}}
      teilen:    {{type: parallel, actor: person, next: [einstellen, bewilligen]}}
      einstellen: {{name: Leistung einstellen, actor: sozialamt, {wants}documents_out: [nachweis], next: zusammen}}
      bewilligen: {{name: Leistung bewilligen, actor: jobcenter, documents_in: [nachweis], documents_out: [bescheid],
                   next: zusammen}}
      zusammen:  {{type: parallel, actor: person, next: ende}}
      ende:      {{type: end, name: Leistung gewechselt}}
    handovers: none
"""

RULE = Rule(
    id="circular-dependency",
    codes=("G-30",),
    title=Wording(de="Verklemmung", en="Circular dependency"),
    group="flow",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Schritte, von denen jeder auf eine Nachricht oder ein Papier wartet, das nur ein anderer von ihnen bringt. "
        "Nicht gemeldet werden Papiere, die auch ein Schritt außerhalb des Kreises ausstellt oder die die Person schon "
        "mitbringt, und ein einzelner Schritt, der zu früh nach einem Papier fragt (das sagt needed-but-unavailable).",
        en="Steps each of which waits for a message or a paper that only another one of them brings. Not reported: "
        "papers that a step outside the circle issues too or that the person already has, and a single step that asks "
        "for a paper too early (needed-but-unavailable says so).",
    ),
    matters=Wording(
        de="Jede Stelle verlangt zu Recht den Nachweis der anderen, und zusammen verhindern sie beide.",
        en="Each office is right to ask for the other's proof, and together they prevent both.",
    ),
    resolve=Wording(de="Den Kreis an einer Stelle öffnen.", en="Open the circle at one place."),
    sources=("W:info-gefluechtete-in-selm.de (Krankenkasse und Jobcenter)", "ANALYSIS 1.4"),
    sound=example_model(_PROCESS.format(wants="")),
    broken=example_model(_PROCESS.format(wants="documents_in: [bescheid], ")),
    find=find_circular_dependency,
)
