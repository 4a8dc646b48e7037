"""An organisation that has done its part and is not told when nothing more comes.

What it finds: organisations that wait for the case to come back to them, and decisions of others after which it does
not come back and nobody says so.

Why it matters: the file stays open, reminders go out, payments run on or are held back for a case that is over.

How to resolve it: whoever decides tells those who wait, also when there is nothing more for them to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, Severity
from ankunft_model.graph.participation import Division, WaitingClass
from ankunft_model.graph.participation.normal_form import NormalForm
from ankunft_model.model import PERSON_KIND, Activity, Gateway
from ankunft_model.wording import Wording


def find_uninformed_participant(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per organisation and place where it waits, in the order of action."""
    model = computed.model
    for process in model.processes.values():
        division = computed.divisions[process.id]
        if division is None:
            continue
        places = _Places(division)
        for threads in division.threads:
            pool = model.actors.get(threads.pool)
            if pool is None or pool.kind == PERSON_KIND:
                continue
            view = _View(computed, division, places, threads.pool)
            for found in {id(found): found for found in threads.class_of_exit.values()}.values():
                decisions = _silent_decisions(view, found) if found.silences else ()
                last = _last_steps(division, found) if decisions else ()
                if decisions and last:
                    yield _observation(view, found, decisions, last)


class _Places:
    """The nodes of a divided process by what they do, worked out once for all organisations when first asked for."""

    def __init__(self, division: Division) -> None:
        self._division = division
        self._nodes = division.ownership.structure.form.nodes.values()

    @cached_property
    def by_element(self) -> dict[str, list[str]]:
        """The nodes that stem from each node of the model, by its id."""
        found: dict[str, list[str]] = {}
        for node in self._nodes:
            if node.element is not None:
                found.setdefault(node.element.id, []).append(node.id)
        return found

    @cached_property
    def by_system(self) -> dict[str, list[str]]:
        """The nodes that record in each system, by its id."""
        found: dict[str, list[str]] = {}
        for node in self._nodes:
            for recording in (node.element.records_in or ()) if isinstance(node.element, Activity) else ():
                found.setdefault(recording.system, []).append(node.id)
        return found

    @cached_property
    def mattering_to(self) -> dict[str, list[str]]:
        """The steps of each organisation that matter to the person, by its id."""
        found: dict[str, list[str]] = {}
        for node in self._nodes:
            if isinstance(node.element, Activity) and _matters(node.element):
                found.setdefault(self._division.ownership.owner_of[node.id], []).append(node.id)
        return found


class _View:
    """What matters to one organisation, worked out when it is first asked for."""

    def __init__(self, computed: Computations, division: Division, places: _Places, pool: str) -> None:
        self.computed = computed
        self.division = division
        self.places = places
        self.pool = pool
        self.form = division.ownership.structure.form

    @cached_property
    def informing(self) -> frozenset[str]:
        """The nodes that hand over to the organisation, or record in a system that it reads."""
        model = self.computed.model
        ids = self.computed.informants_of.get(self.pool, frozenset())
        read = {
            system.id
            for system in model.systems.values()
            for access in system.readers or ()
            if access.used and model.top_actor(access.actor).id == self.pool
        }
        telling = (node for id_ in ids for node in self.places.by_element.get(id_, ()))
        recording = (node for system in read for node in self.places.by_system.get(system, ()))
        return frozenset((*telling, *recording))

    @cached_property
    def before_informing(self) -> frozenset[str]:
        """The nodes from which one that informs can be reached."""
        return self.form.nodes_before(self.informing)

    @cached_property
    def before_what_matters(self) -> frozenset[str]:
        """The nodes from which a step of the organisation can be reached that matters to the person."""
        return self.form.nodes_before(self.places.mattering_to.get(self.pool, ()))


def _observation(view: _View, found: WaitingClass, decisions: tuple[str, ...], last: tuple[str, ...]) -> Observation:
    computed, pool, form = view.computed, view.pool, view.form
    names = computed.names
    waiting = names.actor(pool)
    deciders = listed(dict.fromkeys(names.actor(computed.performer_of[id_]) for id_ in decisions))
    coming = [form.target(entry).element for entry in found.entries]
    steps = listed(names.node(id_) for id_ in dict.fromkeys(node.id for node in coming if node is not None))
    after, at = listed(map(names.node, last)), listed(map(names.node, decisions))
    shown = _SHOWN if found.notes else Wording(de="", en="")
    return Observation(
        message=Wording(
            de=f"{waiting.de} weiß nach {after.de} nicht, ob der Fall zurückkommt ({steps.de}): Geht er bei {at.de} einen "
            f"anderen Weg, sagt {deciders.de} es dort niemandem.",
            en=f"{waiting.en} does not know after {after.en} whether the case comes back ({steps.en}): if it goes "
            f"another way at {at.en}, {deciders.en} does not tell anybody there.",
        ),
        recommendation=Wording(
            de=f"Festlegen, dass {deciders.de} auch dann Bescheid gibt, wenn für {waiting.de} nichts mehr zu tun ist, "
            f"und die Mitteilung als Übergabe eintragen.{shown.de}",
            en=f"Lay down that {deciders.en} gives notice also when there is nothing left to do for {waiting.en}, and "
            f"state the notice as a handover.{shown.en}",
        ),
        elements=(
            ElementRef("actor", pool),
            *(ElementRef("node", id_) for id_ in decisions),
            *(ElementRef("node", id_) for id_ in last if id_ not in decisions),
        ),
        certainty="possible",
        severity=_severity(view, found),
        witness=(*last, *(id_ for id_ in decisions if id_ not in last)),
    )


_SHOWN: Final = Wording(
    de=" Wie die Mitteilung aussähe, zeigt „ankunft export --notify“.",
    en=" What the notice would look like shows 'ankunft export --notify'.",
)


def _silent_decisions(view: _View, found: WaitingClass) -> tuple[str, ...]:
    """Return the ids of the decisions after which nothing comes and of which nothing informs the pool.

    It is informed by a handover, or in a system that it reads, from the step that decides or from the way without it.
    """
    form = view.form
    silent: list[str] = []
    for node, flows in found.silences:
        element = form.nodes[node].element
        if element is None or any(
            form.flows[flow].target in view.before_informing for flow in flows if flow in form.flows
        ):
            continue
        if view.informing.isdisjoint(_steps_before(form, node)):
            silent.append(element.id)
    return tuple(dict.fromkeys(silent))


def _steps_before(form: NormalForm, node: str) -> list[str]:
    """Return the steps and events right before a node, with gateways only between."""
    found: dict[str, None] = {}
    seen = {node}
    stack = [node]
    while stack:
        for flow in form.incoming[stack.pop()]:
            before = form.source(flow)
            if before.kind in ("step", "event", "start", "boundary"):
                found.setdefault(before.id)
            elif before.id not in seen:
                seen.add(before.id)
                stack.append(before.id)
    return list(found)


def _last_steps(division: Division, found: WaitingClass) -> tuple[str, ...]:
    """Return the ids of the nodes after which the organisation does not know whether anything comes."""
    form = division.ownership.structure.form
    last: dict[str, None] = {}
    for exit_ in found.uncertain_exits:
        source = form.source(exit_.key).id if exit_.key in form.flows else exit_.key
        element = form.nodes[source].element
        is_named = element is not None and (element.name is not None or not isinstance(element, Gateway))
        for id_ in [source] if is_named else _steps_before(form, source):
            named = form.nodes[id_].element
            if named is not None:
                last.setdefault(named.id)
    return tuple(last)


def _severity(view: _View, found: WaitingClass) -> Severity:
    """It is worse where what is waited for matters to the person: a benefit or a deadline hangs on it."""
    targets = (view.form.flows[entry].target for entry in found.entries if entry in view.form.flows)
    return "hint" if view.before_what_matters.isdisjoint(targets) else "warning"


def _matters(step: Activity) -> bool:
    return bool(step.starts or step.stops or step.entitles or step.ends_entitlement or step.deadlines)


_NODES = """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:    {type: start, name: Antrag gestellt, actor: person, next: melden}
      melden:    {name: Bedarf melden, actor: sozialamt, next: pruefen}
      pruefen:   {name: Zuständigkeit prüfen, actor: jobcenter, next: erwerb}
      erwerb:
        type: exclusive
        name: Erwerbsfähig?
        actor: jobcenter
        next: [{to: uebernehmen, when: ja}, {to: zahlen, when: nein}]
      uebernehmen: {name: Fall übernehmen, actor: jobcenter, next: ende}
      zahlen:    {name: Leistung weiterzahlen, actor: sozialamt, next: weiter}
      ende:      {type: end, name: Fall übernommen}
      weiter:    {type: end, name: Leistung läuft weiter}
"""

RULE = Rule(
    id="uninformed-participant",
    codes=(),
    title=Wording(de="Beteiligte erfahren nichts", en="Uninformed participant"),
    group="responsibility",
    severity="hint",
    dimension="transparent",
    finds=Wording(
        de="Organisationen, die ihren Teil getan haben und warten, ob der Fall zu ihnen zurückkommt, und Entscheidungen "
        "anderer, nach denen er nicht zurückkommt, ohne dass es ihnen jemand sagt; beachten, wenn eine Leistung oder "
        "Frist daran hängt. Nicht gemeldet werden die Person selbst, Organisationen, denen eine Übergabe die "
        "Entscheidung mitteilt oder die sie in einem Verfahren nachsehen, und Abläufe, deren gleichzeitige Teile sich nicht auf Organisationen aufteilen lassen.",
        en="Organisations that have done their part and wait whether the case comes back, and decisions of others "
        "after which it does not, without anybody telling them; a warning where a benefit or deadline hangs on it. Not "
        "reported: the person, organisations that a handover tells the decision or that see it in a system, and processes whose parallel parts "
        "cannot be divided among organisations.",
    ),
    matters=Wording(
        de="Die Akte bleibt offen; erinnert, gezahlt oder zurückgehalten wird für einen Fall, der längst erledigt ist.",
        en="The file stays open; reminders, payments and holds go on for a case that is over.",
    ),
    resolve=Wording(
        de="Wer entscheidet, gibt allen Bescheid, die warten; die Mitteilung als Übergabe eintragen.",
        en="Whoever decides tells all who wait; state the notice as a handover.",
    ),
    sources=("S2-11", "S3-07"),
    sound=example_model(
        _NODES
        + """\
    handovers:
      - {id: h1, from: uebernehmen, to: {actor: sozialamt}, channel: email, data: none, agreement: not_needed}
"""
    ),
    broken=example_model(_NODES + "    handovers: none\n"),
    find=find_uninformed_participant,
)
