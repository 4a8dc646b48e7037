"""The person is not told in time what it must know.

What it finds: information duties that no step fulfils, that are fulfilled too late on some run, only in languages that
the people concerned do not speak, or only voluntarily although a deadline or a law hangs on them.

Why it matters: who does not know a deadline misses it; who does not know an offer does not use it.

How to resolve it: name the step, body and language bindingly in which it is told, before it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import Preceded
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import ElementRef, OpenFact, Reason, Severity
from ankunft_model.model import InformationDuty
from ankunft_model.wording import Wording


def find_missing_information(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per information duty that is not met, in the order of the model."""
    for duty in computed.model.information_duties.values():
        found = (
            _nowhere(computed, duty)
            or _too_late(computed, duty)
            or _not_understood(computed, duty)
            or _not_binding(computed, duty)
        )
        if found is not None:
            yield found


def _nowhere(computed: Computations, duty: InformationDuty) -> Observation | None:
    if duty.at:
        return None
    name, before = _name(duty), _before(computed, duty)
    question = Wording(de=f"Bei welchem Schritt wird {name.de} mitgeteilt?", en=f"At which step is {name.en} told?")
    seen = _moment(computed, duty)
    return Observation(
        message=Wording(
            de=f"Niemand teilt der Person mit: {name.de}.{before.de}"
            if duty.at is not None
            else f"Wo die Person erfährt: {name.de}, ist nicht angegeben.{before.de}",
            en=f"Nobody tells the person: {name.en}.{before.en}"
            if duty.at is not None
            else f"Where the person learns {name.en} is not stated.{before.en}",
        ),
        recommendation=_recommendation(computed, duty),
        elements=(ElementRef("information_duty", duty.id),),
        severity=_severity(duty),
        depends_on=(OpenFact(f"information_duties.{duty.id}.at", question),) if duty.at is None else (),
        because=_bases(duty),
        witness=() if seen is None else seen.witness(_moments(duty)),
        full_run=() if seen is None else seen.ids,
    )


def _too_late(computed: Computations, duty: InformationDuty) -> Observation | None:
    """Return what is told after it is needed, or not at all, on some run."""
    needed = duty.needed_before
    if needed is None or not duty.at:
        return None
    seen = _told_before(computed, needed, duty.at)
    if seen is None or seen.unmarked is None:
        return None
    name = _name(duty)
    step = computed.names.node(needed)
    where = listed([computed.names.node(node) for node in duty.at])
    always = seen.certainty_unmarked == "definite"
    return Observation(
        message=Wording(
            de=f"{name.de} erfährt die Person {'erst nach' if always else 'in manchen Abläufen nicht vor'} {step.de} "
            f"(mitgeteilt bei {where.de}).",
            en=f"The person learns {name.en} {'only after' if always else 'on some runs not before'} {step.en} (told at "
            f"{where.en}).",
        ),
        recommendation=_recommendation(computed, duty),
        elements=(ElementRef("information_duty", duty.id),),
        severity=_severity(duty),
        certainty=seen.certainty_unmarked,
        exact=seen.is_exact,
        limits=seen.limits,
        because=_bases(duty),
        witness=seen.unmarked.witness((needed,)),
        full_run=seen.unmarked.ids,
    )


def _told_before(computed: Computations, needed: str, at: tuple[str, ...]) -> Preceded | None:
    """Return what runs say about the order; None if the steps do not lie in processes that run together."""
    for order in computed.orders:
        if needed in order.graph.index_of and any(node in order.graph.index_of for node in at):
            return order.preceded([needed], at).get(needed)
    return None


def _not_understood(computed: Computations, duty: InformationDuty) -> Observation | None:
    """Return what is told in languages only that a target group does not speak."""
    if not duty.languages:
        return None
    groups = [
        cohort
        for cohort in computed.model.cohorts.values()
        if duty.to in (None, cohort.id) and cohort.languages and not _speak(cohort.languages, duty.languages)
    ]
    if not groups:
        return None
    name = _name(duty)
    who = listed([Wording(cohort.label("de"), cohort.label("en")) for cohort in groups])
    told = ", ".join(duty.languages)
    spoken = ", ".join(dict.fromkeys(language for cohort in groups for language in cohort.languages or ()))
    at = tuple(node for node in duty.at or ())
    return Observation(
        message=Wording(
            de=f"{name.de} wird nur in diesen Sprachen mitgeteilt: {told}; gesprochen werden ({who.de}): {spoken}.",
            en=f"{name.en} is told in these languages only: {told}; spoken are ({who.en}): {spoken}.",
        ),
        recommendation=Wording(
            de="Übersetzen, dolmetschen oder in einfacher Sprache mit Bildern mitteilen.",
            en="Translate it, have it interpreted, or tell it in plain language with pictures.",
        ),
        elements=(
            ElementRef("information_duty", duty.id),
            *(ElementRef("cohort", cohort.id) for cohort in groups),
        ),
        because=_bases(duty),
        witness=at,
    )


def _speak(spoken: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Return whether two lists of languages share one; regions and scripts do not count."""
    return bool({language.split("-")[0].lower() for language in spoken} & {one.split("-")[0].lower() for one in told})


def _not_binding(computed: Computations, duty: InformationDuty) -> Observation | None:
    """Return what is told voluntarily only although a deadline or a law hangs on it."""
    if not duty.at or duty.binding not in ("voluntary", "none") or (duty.deadline is None and duty.legal_basis is None):
        return None
    name = _name(duty)
    where = listed([computed.names.node(node) for node in duty.at])
    return Observation(
        message=Wording(
            de=f"{name.de} wird bei {where.de} nur freiwillig mitgeteilt, obwohl ein Recht oder eine Frist daran hängt.",
            en=f"{name.en} is told at {where.en} voluntarily only although a right or a deadline hangs on it.",
        ),
        recommendation=_recommendation(computed, duty),
        elements=(ElementRef("information_duty", duty.id),),
        severity="hint",
        because=_bases(duty),
        witness=duty.at,
    )


def _name(duty: InformationDuty) -> Wording:
    return Wording(de=f"„{duty.label('de')}“", en=f"“{duty.label('en')}”")


def _before(computed: Computations, duty: InformationDuty) -> Wording:
    if duty.needed_before is None:
        return Wording("", "")
    step = computed.names.node(duty.needed_before)
    return Wording(de=f" Nötig wäre es vor {step.de}.", en=f" It is needed before {step.en}.")


def _recommendation(computed: Computations, duty: InformationDuty) -> Wording:
    if duty.by:
        who = listed([computed.names.actor(actor) for actor in duty.by])
        one = len(duty.by) == 1
        return Wording(
            de=f"Verbindlich festlegen, bei welchem Schritt {who.de} es {'mitteilt' if one else 'mitteilen'}, und in "
            "welchen Sprachen.",
            en=f"Lay down bindingly at which step {who.en} {'tells' if one else 'tell'} it, and in which languages.",
        )
    return Wording(
        de="Verbindlich festlegen, welche Stelle es bei welchem Schritt und in welchen Sprachen mitteilt.",
        en="Lay down bindingly which body tells it at which step and in which languages.",
    )


def _severity(duty: InformationDuty) -> Severity:
    """It is critical where a deadline runs: who does not know it loses a right."""
    return "error" if duty.deadline is not None else "warning"


def _bases(duty: InformationDuty) -> tuple[Reason, ...]:
    return () if duty.legal_basis is None else (Reason("legal_basis", duty.legal_basis),)


def _moments(duty: InformationDuty) -> tuple[str, ...]:
    """Return the latest useful moment, else the one from which the deadline runs."""
    if duty.needed_before is not None:
        return (duty.needed_before,)
    return () if duty.deadline is None or duty.deadline.after is None else (duty.deadline.after,)


def _moment(computed: Computations, duty: InformationDuty) -> Run | None:
    """Return a run to the moment at which the person should know."""
    for node in _moments(duty):
        for order in computed.orders:
            seen = order.preceded([node], ()).get(node)
            if seen is not None:
                return seen.unmarked
    return None


def _example(at: str) -> str:
    duty = f"  frist: {{name: Anzeige binnen drei Monaten, by: [sozialamt], at: {at}, needed_before: ablaufen}}\n"
    return example_model("information_duties:\n" + duty + _BODY)


_BODY = """\
processes:
  nachzug:
    name: Familiennachzug
    nodes:
      beginn:    {type: start, name: Anerkannt, actor: person, next: beraten}
      beraten:   {name: Beraten, actor: sozialamt, next: ablaufen}
      ablaufen:  {type: catch, trigger: timer, at: P3M, name: Frist abgelaufen, next: ende}
      ende:      {type: end, name: Frist vorbei}
    handovers: none
"""

RULE = Rule(
    id="missing-information",
    codes=("G-16",),
    title=Wording(de="Informationslücke", en="Missing information"),
    group="access",
    severity="warning",
    dimension="transparent",
    finds=Wording(
        de="Informationspflichten, die kein Schritt erfüllt oder die in manchen Abläufen zu spät erfüllt werden "
        "(kritisch, wenn eine Frist daran hängt), die nur in fremden Sprachen oder nur freiwillig erfüllt werden. Nicht "
        "gemeldet wird, was rechtzeitig mitgeteilt wird, und Sprachen, solange offen ist, welche gesprochen werden.",
        en="Information duties that no step fulfils, or that are fulfilled too late on some run (an error where a "
        "deadline hangs on them), only in languages that the people do not speak, or only voluntarily. Not reported: "
        "what is told in time, and languages while it is open which ones are spoken.",
    ),
    matters=Wording(
        de="Wer eine Frist nicht kennt, versäumt sie; wer ein Angebot nicht kennt, nutzt es nicht.",
        en="Who does not know a deadline misses it; who does not know an offer does not use it.",
    ),
    resolve=Wording(
        de="Stelle, Schritt und Sprache verbindlich festlegen.",
        en="Lay down body, step and language bindingly.",
    ),
    sources=("G-16", "S1-16", "LAW:AsylG § 47 Abs. 4", "LAW:AufenthG § 29 Abs. 2"),
    sound=_example("[beraten]"),
    broken=_example("none"),
    find=find_missing_information,
)
