"""Something is applied for or heard in the name of a minor whom nobody represents yet.

What it finds: applications, hearings and permits of unaccompanied minors that, on some run, execute while no benefit
covering representation (guardianship, representation by the youth office) has begun.

Why it matters: without a representative an application is void or late, and nobody speaks for the child.

How to resolve it: state who represents until the guardian is appointed (the youth office, SGB VIII § 42a (3)), or let
the step wait for the guardian.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import listed_nodes
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import Preceded, limits_of
from ankunft_model.findings import ElementRef, OpenFact
from ankunft_model.model import Activity, ArrivalModel, Cohort
from ankunft_model.wording import Wording

ACTING_KINDS: Final = frozenset({"application", "hearing", "permit"})
"""Kinds of steps at which a minor needs somebody who acts for it."""

REPRESENTING_KINDS: Final = frozenset({"youth_office", "guardian", "family_court"})
"""Kinds of actors that act for a minor themselves, or decide who does."""

FULL_AGE: Final = 18


def find_representation_gap(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per group of processes and certainty, in the order of the model."""
    model = computed.model
    minors = [cohort for cohort in model.cohorts.values() if _is_unaccompanied(cohort)]
    if not minors:
        return
    covering = {benefit.id for benefit in model.benefits.values() if "representation" in benefit.covers}
    begins, ends = _changes(model, covering)
    for order in computed.orders:
        acting = [node.id for node in order.graph.nodes if _needs_representative(computed, node.id, minors)]
        found: dict[str, list[Preceded]] = {}
        for seen in order.preceded(acting, begins, cleared_by=ends).values():
            if seen.unmarked is not None:
                found.setdefault(seen.certainty_unmarked, []).append(seen)
        for certainty in ("definite", "possible"):
            if certainty in found:
                yield _observation(computed, minors, found[certainty], begins, is_modelled=bool(covering))


def _is_unaccompanied(cohort: Cohort) -> bool:
    if "unaccompanied_minor" in (cohort.group, cohort.status) or cohort.status == "unaccompanied_minor_ward":
        return True
    members = cohort.members.values()
    is_minor = any(
        member.role == "applicant" and member.age is not None and member.age < FULL_AGE for member in members
    )
    return is_minor and not any(member.role == "parent" for member in members)


def _changes(model: ArrivalModel, benefits: set[str]) -> tuple[list[str], list[str]]:
    """Return the steps at which representation begins, and those at which the last of it ends."""
    begins: list[str] = []
    ends: list[str] = []
    for node in model.nodes.values():
        if not isinstance(node, Activity):
            continue
        begun = {*(node.entitles or ()), *(change.benefit for change in node.starts or ())} & benefits
        ended = {*(node.ends_entitlement or ()), *(change.benefit for change in node.stops or ())} & benefits
        if begun:
            begins.append(node.id)
        if ended == benefits and ended:
            ends.append(node.id)
    return begins, ends


def _needs_representative(computed: Computations, node: str, minors: list[Cohort]) -> bool:
    """Return whether a step acts for a minor and is not done by somebody who represents it."""
    step = computed.model.nodes[node]
    if not isinstance(step, Activity) or step.kind not in ACTING_KINDS:
        return False
    if step.cohorts is not None and not {cohort.id for cohort in minors} & set(step.cohorts):
        return False
    involved = [computed.performer_of[node], *(step.with_ or ())]
    kinds = {computed.model.actors[actor].kind for actor in involved if actor is not None}
    return not kinds & REPRESENTING_KINDS


def _observation(
    computed: Computations, minors: list[Cohort], found: list[Preceded], begins: list[str], *, is_modelled: bool
) -> Observation:
    nodes = [seen.node for seen in found]
    where = listed_nodes(computed.names, nodes)
    since = listed_nodes(computed.names, begins)
    who = Wording(de=minors[0].label("de"), en=minors[0].label("en"))
    always = found[0].certainty_unmarked == "definite"
    question = Wording(
        de="Wer vertritt die Minderjährigen, und ab wann?", en="Who represents the minors, and since when?"
    )
    run = found[0].unmarked
    return Observation(
        message=Wording(
            de=f"„{who.de}“: bei {where.de} vertritt {'niemand' if always else 'in manchen Abläufen niemand'} die "
            + (f"Minderjährigen; die Vertretung beginnt erst mit {since.de}." if begins else "Minderjährigen."),
            en=f"“{who.en}”: at {where.en} {'nobody' if always else 'on some runs nobody'} represents the minors"
            + (f"; representation begins only with {since.en}." if begins else "."),
        ),
        recommendation=Wording(
            de="Angeben, wer bis zur Bestellung des Vormunds vertritt (das Jugendamt, SGB VIII § 42a Abs. 3), oder den "
            "Schritt auf die Bestellung warten lassen.",
            en="State who represents until the guardian is appointed (the youth office, SGB VIII § 42a (3)), or let the "
            "step wait for the appointment.",
        ),
        elements=(
            *(ElementRef("node", node) for node in nodes),
            *(ElementRef("cohort", cohort.id) for cohort in minors),
        ),
        certainty=found[0].certainty_unmarked,
        exact=all(seen.is_exact for seen in found),
        limits=limits_of(found),
        depends_on=() if is_modelled else (OpenFact("benefits", question),),
        witness=() if run is None else run.witness(nodes[:1]),
        full_run=() if run is None else run.ids,
    )


_BODY = """\
  jugendamt: {name: Jugendamt, kind: youth_office}
  bamf:      {name: BAMF, kind: federal_migration_office}
  vormund:   {name: Vormund, kind: guardian}
  gericht:   {name: Familiengericht, kind: family_court}
cohorts:
  kinder: {name: Unbegleitete Minderjährige, group: unaccompanied_minor}
benefits:
  vertretung: {name: Vormundschaft, regime: sgb8, payer: vormund, covers: [representation]}
processes:
  schutz:
    name: Schutz
    nodes:
      beginn:    {type: start, name: Angekommen, actor: person, next: schuetzen}
      schuetzen: {name: In Obhut nehmen, actor: jugendamt, kind: protect, next: FIRST}
      bestellen: {name: Vormund bestellen, actor: gericht, kind: decide, starts: [vertretung], next: SECOND}
      antrag:    {name: Asylantrag aufnehmen, actor: bamf, kind: application, next: THIRD}
      ende:      {type: end, name: Geschützt}
    handovers: none
"""


def _in_order(first: str, second: str) -> str:
    """Return the example with the two steps in this order."""
    after = {first: second, second: "ende"}
    text = _BODY.replace("FIRST", first).replace("SECOND", after["bestellen"]).replace("THIRD", after["antrag"])
    return example_model(text)


RULE = Rule(
    id="representation-gap",
    codes=("G-34",),
    title=Wording(de="Vertretungslücke", en="Representation gap"),
    group="money_papers_time",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Anträge, Anhörungen und Erteilungen bei unbegleiteten Minderjährigen, während noch keine Leistung mit dem "
        "Bedarf „Vertretung“ begonnen hat. Nicht gemeldet werden Schritte, die Jugendamt, Vormund oder Familiengericht "
        "ausführen oder an denen sie teilnehmen, und Modelle ohne unbegleitete Minderjährige.",
        en="Applications, hearings and permits of unaccompanied minors while no benefit covering representation has "
        "begun. Not reported: steps that the youth office, the guardian or the family court performs or takes part in, "
        "and models without unaccompanied minors.",
    ),
    matters=Wording(
        de="Ohne Vertretung ist ein Antrag unwirksam oder kommt zu spät, und niemand spricht für das Kind.",
        en="Without a representative an application is void or late, and nobody speaks for the child.",
    ),
    resolve=Wording(
        de="Angeben, wer bis zur Bestellung des Vormunds vertritt, oder auf ihn warten.",
        en="State who represents until the guardian is appointed, or wait for the guardian.",
    ),
    sources=("G-34", "LAW:SGB VIII §§ 42 Abs. 2 und 3, 42a Abs. 3"),
    sound=_in_order("bestellen", "antrag"),
    broken=_in_order("antrag", "bestellen"),
    find=find_representation_gap,
)
