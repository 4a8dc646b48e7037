"""An offer excludes a group that the model is about, and nothing takes its place.

What it finds: steps of a kind that only some groups have access to, with no other step of that kind for the others;
and needs that benefits cover only under regimes in which a group's residence status does not stand.

Why it matters: the group falls through although the process looks complete.

How to resolve it: open the offer, add one for the others, or state why they do not need it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.admission import admits, is_for
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import listed_nodes
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, ArrivalModel, Benefit, Cohort
from ankunft_model.registries import vocabulary
from ankunft_model.wording import Wording

OFFER_KINDS: Final = frozenset(
    {
        "accommodate", "application", "benefit_pay", "benefit_start", "counsel", "course", "enrol", "health_check",
        "inform", "protect",
    }
)  # fmt: skip
"""Kinds of steps that offer somebody something."""


REGIME_NEEDS: Final = frozenset({"subsistence", "housing"})
"""Needs for which the residence status decides under which regime somebody receives benefits."""


def find_access_mismatch(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per group and kind of offer, then per group and need, in the order of the model."""
    for cohort in computed.model.cohorts.values():
        yield from _closed_offers(computed, cohort)
        yield from _closed_benefits(computed, cohort)


def _closed_offers(computed: Computations, cohort: Cohort) -> Iterator[Observation]:
    model = computed.model
    by_kind: dict[tuple[str, str | None], list[Activity]] = {}
    for process in model.processes.values():
        for node in process.all_nodes:
            if isinstance(node, Activity) and node.kind in OFFER_KINDS:
                by_kind.setdefault((node.kind or "", node.domain or process.domain), []).append(node)
    for offers in by_kind.values():
        if any(admits(model, node.id, cohort.id) for node in offers):
            continue
        if not any(is_for(model, process, cohort.id) for process in {model.process_of[node.id].id for node in offers}):
            continue  # the whole process is for others: `group-without-path`
        nodes = [node.id for node in offers]
        who, what = _label(cohort), listed_nodes(computed.names, nodes)
        one = len(nodes) == 1
        yield Observation(
            message=Wording(
                de=f"{what.de} {'steht' if one else 'stehen'} „{who.de}“ nicht offen, und ein anderes Angebot dieser Art "
                "gibt es nicht.",
                en=f"{what.en} {'is' if one else 'are'} not open to “{who.en}”, and there is no other offer of this kind.",
            ),
            recommendation=_RECOMMENDATION,
            elements=(ElementRef("cohort", cohort.id), *(ElementRef("node", node) for node in nodes)),
            witness=tuple(nodes),
        )


def _closed_benefits(computed: Computations, cohort: Cohort) -> Iterator[Observation]:
    regimes = _regimes(computed.model, cohort)
    if not regimes:
        return
    covering: dict[str, list[Benefit]] = {}
    for benefit in computed.model.benefits.values():
        for need in benefit.covers:
            covering.setdefault(need, []).append(benefit)
    for need, benefits in covering.items():
        if need not in REGIME_NEEDS or any(_family(benefit.regime) in regimes for benefit in benefits):
            continue
        who, what = _label(cohort), _word("covers", need)
        names = listed([computed.names.benefit(benefit.id) for benefit in benefits])
        theirs = listed([_word("regimes", regime) for regime in regimes])
        nodes = _granting(computed.model, {benefit.id for benefit in benefits})
        yield Observation(
            message=Wording(
                de=f"„{who.de}“ steht unter {theirs.de}; für den Bedarf „{what.de}“ gibt es im Modell nur {names.de}.",
                en=f"“{who.en}” falls under {theirs.en}; for the need “{what.en}” the model has {names.en} only.",
            ),
            recommendation=_RECOMMENDATION,
            elements=(
                ElementRef("cohort", cohort.id),
                *(ElementRef("benefit", benefit.id) for benefit in benefits),
            ),
            witness=nodes,
        )


_RECOMMENDATION: Final = Wording(
    de="Das Angebot öffnen, eines für diese Gruppe ergänzen, oder im Modell angeben, warum sie es nicht braucht.",
    en="Open the offer, add one for this group, or state in the model why it does not need it.",
)


def _regimes(model: ArrivalModel, cohort: Cohort) -> tuple[str, ...]:
    """Return the regimes in which the group's status stands at the day of the model; none if that is not known."""
    statuses = vocabulary("residence_statuses")
    if cohort.status is None or cohort.status not in statuses or model.as_of is None:
        return ()
    return tuple(dict.fromkeys(_family(found.regime) for found in statuses[cohort.status].regimes_on(model.as_of)))


def _family(regime: str) -> str:
    """Return the regime without its paragraph: analogous benefits (§ 2 AsylbLG) belong to the AsylbLG."""
    return "asylblg" if regime == "asylblg_2" else regime


def _granting(model: ArrivalModel, benefits: set[str]) -> tuple[str, ...]:
    found = [
        node.id
        for node in model.nodes.values()
        if isinstance(node, Activity)
        and ({*(node.entitles or ())} | {change.benefit for change in node.starts or ()}) & benefits
    ]
    return tuple(found)


def _word(name: str, id_: str) -> Wording:
    words = vocabulary(name)
    return words[id_].name if id_ in words else Wording(id_, id_)


def _label(cohort: Cohort) -> Wording:
    return Wording(de=cohort.label("de"), en=cohort.label("en"))


_BODY = """\
cohorts:
  anerkannte: {name: Anerkannte}
  geduldete:  {name: Geduldete}
processes:
  sprache:
    name: Sprache lernen
    domain: language
    nodes:
      beginn:    {type: start, name: Angekommen, actor: person, next: melden}
      melden:    {name: Bedarf aufnehmen, actor: jobcenter, kind: registration, next: lernen}
"""

RULE = Rule(
    id="access-mismatch",
    codes=("G-25",),
    title=Wording(de="Angebot schließt Gruppe aus", en="Access mismatch"),
    group="access",
    severity="warning",
    dimension="fitting",
    finds=Wording(
        de="Angebote (Kurs, Beratung, Leistung, Untersuchung …), die nur bestimmten Gruppen offenstehen, ohne Ersatz "
        "derselben Art für die übrigen; und Bedarfe, die im Modell nur Leistungen eines anderen Rechtskreises decken, "
        "als ihn der Aufenthaltsstatus der Gruppe am Stichtag hat (Lebensunterhalt, Wohnen). Nicht gemeldet werden Angebote mit Ersatz, "
        "Abläufe, die ganz für andere Gruppen sind, und Gruppen mit unbekanntem Status.",
        en="Offers (course, counselling, benefit, examination …) that are open to some groups only, with no substitute "
        "of the same kind for the others; and needs that in the model only benefits of another regime cover than that "
        "of the group's residence status at the day of the model (subsistence, housing). Not reported: offers with a substitute, processes "
        "that are for other groups as a whole, and groups whose status is not known.",
    ),
    matters=Wording(
        de="Die Gruppe fällt durch, obwohl der Ablauf vollständig aussieht.",
        en="The group falls through although the process looks complete.",
    ),
    resolve=Wording(
        de="Angebot öffnen oder ergänzen.",
        en="Open the offer or add one.",
    ),
    sources=("G-25", "S1-15", "LAW:SGB II § 7"),
    sound=example_model(
        _BODY
        + """\
      lernen:    {name: Sprachkurs besuchen, actor: jobcenter, kind: course, next: ende}
      ende:      {type: end, name: Kurs besucht}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      lernen:    {name: Integrationskurs besuchen, actor: jobcenter, kind: course, cohorts: [anerkannte], next: ende}
      ende:      {type: end, name: Kurs besucht}
    handovers: none
"""
    ),
    find=find_access_mismatch,
)
