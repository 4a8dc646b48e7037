"""A word that the vocabulary does not know.

What it finds: kinds of actors and steps, regimes, residence statuses and needs that are neither in the shipped
vocabulary nor declared under `vocabularies`.

Why it matters: an unknown word may be a slip of the pen; then rules that look for the right word miss the element.

How to resolve it: use the known word, or declare your own under `vocabularies`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, ArrivalModel, nearest
from ankunft_model.model.vocabulary import OPEN_VOCABULARIES, OpenVocabulary
from ankunft_model.wording import Wording


def find_unknown_word(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per use of an unknown word, in the order of the model."""
    for element, vocabulary, word in _words(computed.model):
        known = (*OPEN_VOCABULARIES[vocabulary], *computed.model.vocabularies.get(vocabulary, ()))
        if word in known:
            continue
        near = nearest(word, known)
        yield Observation(
            message=Wording(
                de=f"Das Wort „{word}“ bei {element.id} ist im Vokabular „{vocabulary}“ nicht bekannt"
                + (f"; gemeint „{near}“?" if near else "."),
                en=f"The word '{word}' at {element.id} is not known in the vocabulary '{vocabulary}'"
                + (f"; did you mean '{near}'?" if near else "."),
            ),
            recommendation=Wording(
                de=f"Das bekannte Wort verwenden oder „{word}“ unter „vocabularies: {vocabulary}“ erklären.",
                en=f"Use the known word, or declare '{word}' under 'vocabularies: {vocabulary}'.",
            ),
            elements=(element,),
        )


def _words(model: ArrivalModel) -> Iterator[tuple[ElementRef, OpenVocabulary, str]]:
    for actor in model.actors.values():
        yield ElementRef("actor", actor.id), "actor_kinds", actor.kind
    for benefit in model.benefits.values():
        yield ElementRef("benefit", benefit.id), "regimes", benefit.regime
        for need in benefit.covers:
            yield ElementRef("benefit", benefit.id), "covers", need
    for cohort in model.cohorts.values():
        if cohort.status is not None:
            yield ElementRef("cohort", cohort.id), "residence_statuses", cohort.status
        if cohort.group is not None:
            yield ElementRef("cohort", cohort.id), "groups", cohort.group
    for node in model.nodes.values():
        if node.status is not None:
            yield ElementRef("node", node.id), "residence_statuses", node.status
        if isinstance(node, Activity) and node.kind is not None:
            yield ElementRef("node", node.id), "step_kinds", node.kind
        if isinstance(node, Activity) and node.regime is not None:
            yield ElementRef("node", node.id), "regimes", node.regime


_PROCESS = """\
    name: Antrag
    nodes:
      beginn:  {type: start, name: Antrag gestellt, actor: person, next: pruefen}
"""

RULE = Rule(
    id="unknown-word",
    codes=(),
    title=Wording(de="Unbekanntes Wort", en="Unknown word"),
    group="modelling",
    severity="hint",
    dimension="transparent",
    finds=Wording(
        de="Wörter offener Vokabulare (Arten von Akteuren und Schritten, Rechtskreise, Aufenthaltsstatus, Bedarfe), die "
        "weder mitgeliefert noch im Modell erklärt sind. Nicht gemeldet werden eigene Wörter unter „vocabularies“.",
        en="Words of open vocabularies (kinds of actors and steps, regimes, residence statuses, needs) that are neither "
        "shipped nor declared in the model. Not reported: own words under 'vocabularies'.",
    ),
    matters=Wording(
        de="Ein Schreibfehler lässt Regeln das Element übersehen.",
        en="A slip of the pen makes rules overlook the element.",
    ),
    resolve=Wording(
        de="Das bekannte Wort verwenden oder das eigene erklären.",
        en="Use the known word, or declare your own.",
    ),
    sources=("FIELDS 6",),
    sound=example_model(
        f"""\
processes:
  antrag:
{_PROCESS}      pruefen: {{name: Antrag prüfen, actor: sozialamt, kind: check_formal, next: ende}}
      ende:    {{type: end, name: Antrag geprüft}}
    handovers: none
"""
    ),
    broken=example_model(
        f"""\
processes:
  antrag:
{_PROCESS}      pruefen: {{name: Antrag prüfen, actor: sozialamt, kind: check_fromal, next: ende}}
      ende:    {{type: end, name: Antrag geprüft}}
    handovers: none
"""
    ),
    find=find_unknown_word,
)
