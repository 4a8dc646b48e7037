"""Deadlines and the time a process takes for them, in words."""

from __future__ import annotations

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.rule import Observation
from ankunft_model.analysis.time_wording import day_of, length, not_counted, questions_about_time
from ankunft_model.analysis.timing.deadlines import DatedDeadline, DeadlineTimes
from ankunft_model.findings import ElementRef, Reason, Severity
from ankunft_model.model import Deadline, text_in
from ankunft_model.wording import Wording


def describe_deadline(computed: Computations, times: DeadlineTimes, *, severity: Severity) -> Observation:
    """Return the observation that a deadline makes which cannot be kept, or hardly.

    Precondition: some run passes both ends.
    """
    names, stated = computed.names, times.stated
    name = name_of_deadline(computed, times)
    within = words_of_deadline(stated.deadline)
    since, until = names.node(stated.since), names.node(stated.until)
    least = length(times.least or 0)
    some = _on_some_run(times)
    if times.verdict == "impossible":
        takes = Wording(
            de=f"der Weg dauert{some.de} mindestens {length(_shown(times)).de}",
            en=f"the way takes at least {length(_shown(times)).en}{some.en}",
        )
    elif times.usual[0] == times.usual[1]:
        usual = length(times.usual[0])
        takes = Wording(
            de=f"mindestens dauert der Weg {least.de}, üblich sind{some.de} {usual.de}",
            en=f"the way takes at least {least.en}, usually {usual.en}{some.en}",
        )
    else:
        most = length(times.usual[1])
        takes = Wording(
            de=f"mindestens dauert der Weg {least.de}{some.de}, höchstens {most.de}; üblich: nicht angegeben",
            en=f"the way takes at least {least.en}{some.en}, at most {most.en}; what is usual is not stated",
        )
    cases = [_case(computed, case) for case in times.cases]
    left_out = not_counted(names, dict.fromkeys(node for node, _ in times.unknown))
    nodes = tuple(dict.fromkeys((stated.until, stated.since)))
    is_open = times.verdict == "tight" and times.usual[0] != times.usual[1]
    basis = stated.deadline.legal_basis
    return Observation(
        message=Wording(
            de=f"{name.de}: {within.de} zwischen {since.de} und {until.de}; {takes.de}."
            + "".join(f" {case.de}" for case in cases)
            + left_out.de,
            en=f"{name.en}: {within.en} between {since.en} and {until.en}; {takes.en}."
            + "".join(f" {case.en}" for case in cases)
            + left_out.en,
        ),
        recommendation=Wording(
            de="Das langsamste Stück des Wegs verkürzen, früher beginnen, oder klären, ob eine Ausnahme "
            "von der Frist greift.",
            en="Shorten the slowest piece of the way, begin earlier, or find out whether an exception from the "
            "deadline applies.",
        ),
        elements=(
            *(ElementRef("node", node) for node in nodes),
            *((stated.owner,) if stated.owner.kind in ("handover", "process") else ()),
            *(ElementRef("case", case.case) for case in times.cases if not case.is_kept),
        ),
        certainty=times.certainty,
        severity=severity,
        exact=times.exact,
        depends_on=questions_about_time(computed.model, names, times.untypical) if is_open else (),
        witness=() if times.run is None else times.run.witness(nodes),
        full_run=() if times.run is None else times.run.ids,
        because=() if basis is None else (Reason("legal_basis", basis),),
    )


def name_of_deadline(computed: Computations, times: DeadlineTimes) -> Wording:
    """Return the name of a deadline, or words for one without."""
    stated = times.stated.deadline.name
    if stated is not None:
        return Wording(de=f"Frist „{text_in(stated, 'de')}“", en=f"Deadline “{text_in(stated, 'en')}”")
    node = computed.names.node(times.stated.until)
    if times.stated.owner.kind == "information_duty":
        duty = computed.model.information_duties[times.stated.owner.id]
        told, at = computed.names.quoted(Wording(de=duty.label("de"), en=duty.label("en"))), Wording("", "")
        if len(duty.at or ()) > 1:
            at = Wording(de=f" bei {node.de}", en=f" at {node.en}")
        return Wording(de=f"Frist für die Mitteilung {told.de}{at.de}", en=f"Deadline for telling {told.en}{at.en}")
    return Wording(de=f"Frist für {node.de}", en=f"Deadline for {node.en}")


def words_of_deadline(deadline: Deadline) -> Wording:
    """Return how much time a deadline leaves, in its own units.

    Example:
        >>> words_of_deadline(Deadline(within="P7D", after="a", days="werktage")).de
        'höchstens 7 Werktage'
    """
    within = deadline.within
    units = (
        (within.years, Wording("Jahr", "year"), Wording("Jahre", "years")),
        (within.months, Wording("Monat", "month"), Wording("Monate", "months")),
        (within.weeks, Wording("Woche", "week"), Wording("Wochen", "weeks")),
        (within.days, *_DAY_WORDS[deadline.days]),
        (within.hours, Wording("Stunde", "hour"), Wording("Stunden", "hours")),
        (within.minutes, Wording("Minute", "minute"), Wording("Minuten", "minutes")),
    )
    parts = [(count, one if count == 1 else many) for count, one, many in units if count]
    if not parts:
        return Wording(de="unverzüglich", en="without delay")
    return Wording(
        de="höchstens " + " ".join(f"{count} {word.de}" for count, word in parts),
        en="at most " + " ".join(f"{count} {word.en}" for count, word in parts),
    )


_DAY_WORDS = {
    "calendar": (Wording("Tag", "day"), Wording("Tage", "days")),
    "werktage": (Wording("Werktag", "day (Mon–Sat)"), Wording("Werktage", "days (Mon–Sat)")),
    "working": (Wording("Arbeitstag", "working day"), Wording("Arbeitstage", "working days")),
}


def _shown(times: DeadlineTimes) -> int:
    """Return the least time of the run that shows the finding: over all runs, or of the slowest."""
    if times.certainty == "definite":
        return times.least or 0
    return times.late_least if times.late_least is not None else times.least or 0


def _on_some_run(times: DeadlineTimes) -> Wording:
    """Return words for what holds on some runs only, if there is more than one."""
    if times.certainty == "definite" or times.is_same_everywhere:
        return Wording("", "")
    return Wording(" auf manchem Ablauf", " on some run")


def _case(computed: Computations, case: DatedDeadline) -> Wording:
    found = computed.model.cases[case.case]
    done, last = day_of(case.done_on), day_of(case.last_day)
    kept = Wording("eingehalten", "kept") if case.is_kept else Wording("versäumt", "missed")
    return Wording(
        de=f"Im Fall „{found.label('de')}“ {kept.de}: erledigt am {done.de}, letzter Tag {last.de}.",
        en=f"In the case “{found.label('en')}” {kept.en}: done on {done.en}, last day {last.en}.",
    )
