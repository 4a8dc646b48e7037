"""The person has to show the same document at several steps.

What it finds: documents that at least two steps demand from the person on one run.

Why it matters: each time means a way, a copy, sometimes a translation; a lost paper stops several procedures.

How to resolve it: let one office check the document and pass the result on, or look up what it proves.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import listed_nodes
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import Preceded, StepOrder, limits_of
from ankunft_model.findings import ElementRef
from ankunft_model.model import PERSON_KIND, Activity, AnyDocument, ArrivalModel
from ankunft_model.wording import Wording


def find_repeated_document(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per document and household members concerned, in the order of the model."""
    for order in computed.orders:
        for (document, _), nodes in _demands(computed, order).items():
            again = order.repeated(nodes)
            if again:
                yield _observation(computed, document, nodes, again)


def _demands(computed: Computations, order: StepOrder) -> dict[tuple[str, tuple[str, ...]], list[str]]:
    """Return the steps that demand a document without alternative, by document and by whom they are about."""
    model = computed.model
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {(document, ()): [] for document in model.documents}
    for node in order.graph.nodes:
        if not isinstance(node, Activity) or _is_by_person(model, computed.performer_of[node.id]):
            continue
        for entry in node.documents_in or ():
            documents = entry.any_of if isinstance(entry, AnyDocument) else (entry,)
            if len(documents) == 1:
                found.setdefault((documents[0], node.for_ or ()), []).append(node.id)
    return {place: nodes for place, nodes in found.items() if len(nodes) > 1}


def _is_by_person(model: ArrivalModel, actor: str | None) -> bool:
    return actor is not None and model.actors[actor].kind == PERSON_KIND


def _observation(computed: Computations, document: str, nodes: list[str], again: tuple[Preceded, ...]) -> Observation:
    label = computed.model.documents[document]
    what = Wording(de=f"„{label.label('de')}“", en=f"“{label.label('en')}”")
    where = listed_nodes(computed.names, nodes)
    who = listed(dict.fromkeys(computed.names.actor(computed.performer_of[node]) for node in nodes))
    last = again[-1]
    run = last.marked
    shown = () if run is None else run.passing(nodes)
    return Observation(
        message=Wording(
            de=f"{what.de} ist mehrfach vorzulegen: bei {where.de} ({who.de}).",
            en=f"{what.en} has to be shown several times: at {where.en} ({who.en}).",
        ),
        recommendation=Wording(
            de="Das Dokument einmal prüfen und das Ergebnis weitergeben oder das Belegte abrufen; sonst eine beglaubigte "
            "Kopie in der Akte genügen lassen.",
            en="Check the document once and pass the result on, or look up what it proves; otherwise let a certified copy "
            "in the file suffice.",
        ),
        elements=(ElementRef("document", document), *(ElementRef("node", node) for node in nodes)),
        certainty="definite" if any(seen.certainty_marked == "definite" for seen in again) else "possible",
        exact=all(seen.is_exact for seen in again),
        limits=limits_of(again),
        witness=() if run is None else run.witness(shown),
        full_run=() if run is None else run.ids,
    )


_BODY = """\
documents:
  urkunde: {name: Geburtsurkunde, prints: none}
processes:
  familie:
    name: Leistungen für das Kind
    nodes:
      beginn:    {type: start, name: Kind geboren, actor: person, next: erste}
      erste:     {name: Kind anmelden, actor: sozialamt, documents_in: [urkunde], next: zweite}
"""

RULE = Rule(
    id="repeated-document",
    codes=("D-10",),
    title=Wording(de="Dasselbe Dokument mehrfach vorlegen", en="Repeated document"),
    group="data",
    severity="hint",
    dimension="fitting",
    finds=Wording(
        de="Dokumente, die mindestens zwei Schritte eines Ablaufs von der Person verlangen. Nicht gemeldet werden "
        "Dokumente, die durch ein anderes ersetzt werden können, Schritte in Zweigen, die einander ausschließen, "
        "Dokumente verschiedener Familienmitglieder und derselbe Schritt, der sich wiederholt.",
        en="Documents that at least two steps of one run demand from the person. Not reported: documents for which "
        "another one suffices, steps on branches that exclude each other, documents of different members of the "
        "family, and one step that repeats itself.",
    ),
    matters=Wording(
        de="Jede Vorlage kostet einen Weg, eine Kopie, manchmal eine Übersetzung; ein verlorenes Papier hält mehrere "
        "Verfahren auf.",
        en="Each time costs a way, a copy, sometimes a translation; a lost paper holds up several procedures.",
    ),
    resolve=Wording(
        de="Einmal prüfen, das Ergebnis weitergeben.",
        en="Check once, pass the result on.",
    ),
    sources=("D-10", "S1-24", "W:resettlement.de"),
    sound=example_model(
        _BODY
        + """\
      zweite:    {name: Leistung bewilligen, actor: jobcenter, next: ende}
      ende:      {type: end, name: Bewilligt}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      zweite:    {name: Leistung bewilligen, actor: jobcenter, documents_in: [urkunde], next: ende}
      ende:      {type: end, name: Bewilligt}
    handovers: none
"""
    ),
    find=find_repeated_document,
)
