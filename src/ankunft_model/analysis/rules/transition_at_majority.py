"""Protection ends at eighteen, and what follows is not arranged.

What it finds: birthdays at which a person comes of age (a timer `at: {age: P18Y}`) after which benefits end although, on
some run, no other benefit covers the same need, or although the bodies before and after have no agreement, or although
nothing prepares for it.

Why it matters: on one day the youth office, the guardian and the regime change; without preparation the young person
stands without help, money or a place to live.

How to resolve it: agree on the change of responsibility (SGB VIII § 36b (1)), begin a year ahead, and name what
follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ankunft_model.analysis.agreements import have_agreed, open_agreements
from ankunft_model.analysis.complete_runs import find_complete_run
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import Names, listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import StepOrder
from ankunft_model.analysis.transfers import institution_of
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import Certainty, ElementRef, OpenFact
from ankunft_model.graph import RunGraph
from ankunft_model.model import Activity, ArrivalModel, Event, TimerAge
from ankunft_model.registries import vocabulary
from ankunft_model.wording import Wording

FULL_AGE: Final = 18

ENDS_BY_ITSELF: Final = frozenset({"representation"})
"""Needs that an adult no longer has."""


@dataclass(frozen=True, slots=True)
class _Uncovered:
    """A need that nothing covers after a benefit has ended."""

    benefit: str
    need: str
    run: Run
    certainty: Certainty


def find_transition_at_majority(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per birthday, in the order of the model."""
    for runs, order in zip(computed.runs, computed.orders, strict=True):
        for node in order.graph.nodes:
            if isinstance(node, Event) and isinstance(node.at, TimerAge) and node.at.age.years == FULL_AGE:
                found = _observation(computed, runs, order, node)
                if found is not None:
                    yield found


def _observation(computed: Computations, runs: RunGraph, order: StepOrder, birthday: Event) -> Observation | None:
    ending = _ending_after(computed.model, order, birthday.id)
    if not ending:
        return None
    after = _begun_after(computed.model, order, birthday.id, ending)
    uncovered = [
        part for benefit, nodes in ending.items() for part in _uncovered(computed.model, runs, benefit, nodes, after)
    ]
    strangers = _without_agreement(computed, ending, after)
    is_prepared = _is_prepared(computed.model, order, birthday.id)
    if not (uncovered or strangers or not is_prepared):
        return None
    names = computed.names
    what = listed([names.benefit(benefit) for benefit in ending])
    parts = [*_missing_cover(uncovered), *_missing_agreement(computed, strangers)]
    if not is_prepared:
        parts.append(Wording(de="kein Schritt bereitet den Übergang vor", en="no step prepares the transition"))
    nodes = tuple(dict.fromkeys(node for ends in ending.values() for node in ends))
    run = uncovered[0].run if uncovered else _any_run(order, birthday.id)
    definite = not uncovered or all(part.certainty == "definite" for part in uncovered)
    questions: tuple[OpenFact, ...] = ()
    if not uncovered and is_prepared:
        questions = tuple(fact for one, other in strangers for fact in open_agreements(computed, one, other))
    return Observation(
        message=Wording(
            de=f"Mit 18 {'endet' if len(ending) == 1 else 'enden'} {what.de}: {'; '.join(part.de for part in parts)}.",
            en=f"At 18 {what.en} {'ends' if len(ending) == 1 else 'end'}: {'; '.join(part.en for part in parts)}.",
        ),
        recommendation=Wording(
            de="Den Übergang ein Jahr vorher im Hilfeplan vorbereiten, die Zuständigkeit danach vereinbaren (SGB VIII § 36b "
            "Abs. 1) und Hilfe für junge Volljährige prüfen (§ 41).",
            en="Prepare the transition a year ahead in the support plan, agree on who is responsible afterwards (SGB VIII "
            "§ 36b (1)) and examine support for young adults (§ 41).",
        ),
        elements=(
            ElementRef("node", birthday.id),
            *(ElementRef("node", node) for node in nodes),
            *(ElementRef("benefit", benefit) for benefit in ending),
        ),
        severity="error" if uncovered else "warning",
        certainty="definite" if definite and runs.is_complete else "possible",
        exact=runs.is_complete,
        limits=runs.limits,
        depends_on=questions,
        witness=() if run is None else run.witness(run.passing((birthday.id, *nodes))),
        full_run=() if run is None else run.ids,
    )


def _ending_after(model: ArrivalModel, order: StepOrder, birthday: str) -> dict[str, list[str]]:
    """Return the benefits that end after the birthday, with the steps at which they do."""
    found: dict[str, list[str]] = {}
    for node in order.graph.nodes:
        if not isinstance(node, Activity):
            continue
        ended = (*(change.benefit for change in node.stops or ()), *(node.ends_entitlement or ()))
        if not ended:
            continue
        seen = order.preceded([node.id], [birthday]).get(node.id)
        if seen is not None and seen.marked is not None:
            for benefit in ended:
                nodes = found.setdefault(benefit, [])
                if node.id not in nodes:
                    nodes.append(node.id)
    return {benefit: found[benefit] for benefit in model.benefits if benefit in found}


def _begun_after(
    model: ArrivalModel, order: StepOrder, birthday: str, ending: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Return the other benefits that can cover the time after the birthday, with the steps at which they begin.

    These are those that begin after it on some run, and those that begin before and never end.
    """
    found: dict[str, list[str]] = {}
    ended: set[str] = set()
    for node in order.graph.nodes:
        if isinstance(node, Activity):
            ended |= {change.benefit for change in node.stops or ()} | set(node.ends_entitlement or ())
    for benefit in model.benefits:
        if benefit in ending:
            continue
        begins = _beginning(model, {benefit})
        seen = order.preceded(begins, [birthday])
        later = [node for node in begins if node in seen and seen[node].marked is not None]
        lasting = [] if benefit in ended else [node for node in begins if node in seen]
        if later or lasting:
            found[benefit] = later or lasting
    return found


def _uncovered(
    model: ArrivalModel, runs: RunGraph, benefit: str, ends: list[str], after: dict[str, list[str]]
) -> Iterator[_Uncovered]:
    """Yield the needs of the benefit for which a complete run has no other benefit after the birthday."""
    for need in model.benefits[benefit].covers:
        if need in ENDS_BY_ITSELF:
            continue
        begins = [node for other, nodes in after.items() if need in model.benefits[other].covers for node in nodes]
        run = find_complete_run(runs, through=[ends], avoiding=begins).run
        if run is not None:
            is_always = not begins or find_complete_run(runs, through=[ends, begins]).is_impossible
            yield _Uncovered(benefit, need, run, "definite" if is_always else "possible")


def _beginning(model: ArrivalModel, benefits: set[str]) -> list[str]:
    return [
        node.id
        for node in model.nodes.values()
        if isinstance(node, Activity)
        and {*(node.entitles or ()), *(change.benefit for change in node.starts or ())} & benefits
    ]


def _without_agreement(
    computed: Computations, ending: dict[str, list[str]], after: dict[str, list[str]]
) -> tuple[tuple[str, str], ...]:
    """Return the payers before and after that have no agreement."""
    model = computed.model
    found: dict[tuple[str, str], None] = {}
    for benefit in ending:
        old = model.benefits[benefit]
        for new in (model.benefits[other] for other in after):
            same = institution_of(model, old.payer) == institution_of(model, new.payer)
            if same or not (set(old.covers) - ENDS_BY_ITSELF) & set(new.covers):
                continue
            if not have_agreed(computed, old.payer, new.payer):
                found.setdefault((old.payer, new.payer))
    return tuple(found)


def _is_prepared(model: ArrivalModel, order: StepOrder, birthday: str) -> bool:
    """Return whether a step of the transition comes before the birthday, or a deadline counts back from it."""
    steps = [node for node in model.nodes.values() if isinstance(node, Activity)]
    deadlines = [deadline for step in steps for deadline in step.deadlines or ()]
    deadlines += [deadline for process in model.processes.values() for deadline in process.deadlines or ()]
    if any(deadline.before == birthday for deadline in deadlines):
        return True
    planning = [step.id for step in steps if step.kind == "transition"]
    seen = order.preceded([birthday], planning).get(birthday)
    return seen is not None and seen.marked is not None


def _missing_cover(uncovered: list[_Uncovered]) -> Iterator[Wording]:
    needs = dict.fromkeys(part.need for part in uncovered)
    if needs:
        what = listed([Names.quoted(_need(need)) for need in needs])
        always = all(part.certainty == "definite" for part in uncovered)
        yield Wording(
            de=f"danach deckt {'nichts' if always else 'in manchen Abläufen nichts'} den Bedarf {what.de}",
            en=f"afterwards nothing covers the need {what.en}{'' if always else ' on some runs'}",
        )


def _missing_agreement(computed: Computations, strangers: tuple[tuple[str, str], ...]) -> Iterator[Wording]:
    for one, other in strangers:
        who, whom = computed.names.actor(one), computed.names.actor(other)
        yield Wording(
            de=f"zwischen {who.de} und {whom.de} gibt es keine Vereinbarung",
            en=f"there is no agreement between {who.en} and {whom.en}",
        )


def _need(id_: str) -> Wording:
    words = vocabulary("covers")
    return words[id_].name if id_ in words else Wording(id_, id_)


def _any_run(order: StepOrder, node: str) -> Run | None:
    seen = order.preceded([node], ()).get(node)
    return None if seen is None else seen.unmarked


_BODY = """\
  jugendamt: {name: Jugendamt, kind: youth_office}
benefits:
  hilfe: {name: Hilfe zur Erziehung, regime: sgb8, payer: jugendamt, covers: [subsistence, housing]}
  danach: {name: Grundsicherung, regime: sgb2, payer: jobcenter, covers: [subsistence, housing]}
"""

_START = """\
processes:
  hilfe:
    name: Hilfe
    nodes:
      beginn:    {type: start, name: In Obhut, actor: person, next: helfen}
      helfen:    {name: Hilfe gewähren, actor: jugendamt, starts: [hilfe], next: PLAN}
      planen:    {name: Übergang planen, actor: jugendamt, kind: transition, next: achtzehn}
      achtzehn:  {type: catch, trigger: timer, at: {age: P18Y}, name: 18. Geburtstag, actor: person, next: beenden}
      beenden:   {name: Hilfe beenden, actor: jugendamt, stops: [hilfe], next: NEXT}
      beginnen:  {name: Grundsicherung bewilligen, actor: jobcenter, starts: [danach], next: ende}
      ende:      {type: end, name: Hilfe beendet}
    handovers: none
"""

RULE = Rule(
    id="transition-at-majority",
    codes=("G-35",),
    title=Wording(de="Übergang mit 18", en="Transition at majority"),
    group="money_papers_time",
    severity="error",
    dimension="fitting",
    finds=Wording(
        de="Volljährigkeit (Zeitereignis `at: {age: P18Y}`), nach der Leistungen enden, ohne dass in allen Abläufen eine "
        "andere denselben Bedarf deckt (kritisch), ohne Vereinbarung der Träger oder ohne Vorbereitung. Nicht gemeldet "
        "wird das Ende der Vertretung, die Volljährige nicht mehr brauchen, und Modelle, in denen der Geburtstag nicht "
        "vorkommt.",
        en="Coming of age (a timer `at: {age: P18Y}`) after which benefits end although not on every run another one "
        "covers the same need (an error), without an agreement of the payers, or without preparation. Not reported: the "
        "end of representation, which adults no longer need, and models in which the birthday does not occur.",
    ),
    matters=Wording(
        de="An einem Tag wechseln Jugendamt, Vormund und Rechtskreis; unvorbereitet steht der junge Mensch ohne Hilfe, Geld "
        "oder Wohnung da.",
        en="On one day youth office, guardian and regime change; unprepared, the young person stands without help, money or "
        "a place to live.",
    ),
    resolve=Wording(
        de="Ein Jahr vorher planen, Zuständigkeit vereinbaren, Anschluss benennen.",
        en="Plan a year ahead, agree on responsibility, name what follows.",
    ),
    sources=("G-35", "LAW:SGB VIII §§ 36b Abs. 1, 41 Abs. 1 bis 3"),
    sound=example_model(
        _BODY
        + "agreements:\n  koop: {name: Vereinbarung Übergang, parties: [jugendamt, jobcenter], binding: true}\n"
        + _START.replace("PLAN", "planen").replace("NEXT", "beginnen")
    ),
    broken=example_model(_BODY + "agreements: none\n" + _START.replace("PLAN", "achtzehn").replace("NEXT", "ende")),
    find=find_transition_at_majority,
)
