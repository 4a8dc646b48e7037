"""Personal data are kept without a stated time.

What it finds: systems in which steps of the model record personal data, or that hold such data, without a stated
retention.

Why it matters: personal data may be kept only as long as they are needed (Art. 5 (1) (e) GDPR).

How to resolve it: state how long they are kept, or when they are deleted.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, OpenFact
from ankunft_model.model import Activity, ArrivalModel
from ankunft_model.wording import Wording


def find_missing_retention(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per system, in the order of the model."""
    for system in computed.model.systems.values():
        if system.retention is not None:
            continue
        nodes, items = _kept(computed.model, system.id)
        if not items:
            continue
        name = computed.names.knower(system.id)
        who = computed.names.actor(system.operated_by)
        yield Observation(
            message=Wording(
                de=f"Wie lange Angaben in {name.de} aufbewahrt werden, ist nicht angegeben ({who.de}).",
                en=f"How long data are kept in {name.en} is not stated ({who.en}).",
            ),
            recommendation=Wording(
                de="Die Aufbewahrungs- oder Löschfrist angeben (`retention`), mit der Norm, aus der sie folgt.",
                en="State the time of retention or deletion (`retention`), with the norm that it follows from.",
            ),
            elements=(ElementRef("system", system.id),),
            depends_on=(
                OpenFact(
                    f"systems.{system.id}.retention",
                    Wording(
                        de=f"Wie lange werden Angaben in {name.de} aufbewahrt?",
                        en=f"How long are data kept in {name.en}?",
                    ),
                ),
            ),
            witness=nodes,
        )


def _kept(model: ArrivalModel, system: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the steps that record in a system, and the data that it gets or holds, each in the order of the model."""
    nodes: list[str] = []
    ids: list[str] = list(model.systems[system].holds or ())
    for node in model.nodes.values():
        for recording in (node.records_in or ()) if isinstance(node, Activity) else ():
            if recording.system == system and isinstance(node, Activity):
                nodes.append(node.id)
                own = (*(entry.item for entry in node.collects or ()), *(node.produces or ()))
                ids.extend(own if recording.data is None else recording.data)
    kept = {model.canonical(item) for item in model.items_of(ids)}
    return tuple(dict.fromkeys(nodes)), tuple(item for item in model.data if item in kept)


_REST = """\
data:
  family_name: {name: Familienname, category: identity}
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:    {type: start, name: Antrag gestellt, actor: person, next: aufnehmen}
      aufnehmen: {name: Antrag aufnehmen, actor: jobcenter, collects: [family_name], records_in: [akte], next: ende}
      ende:      {type: end, name: Aufgenommen}
    handovers: none
"""

RULE = Rule(
    id="missing-retention",
    codes=("D-18",),
    title=Wording(de="Aufbewahrungsfrist fehlt", en="Missing retention"),
    group="data",
    severity="info",
    dimension="binding",
    finds=Wording(
        de="Systeme, in die Schritte personenbezogene Angaben eintragen oder die welche enthalten, ohne angegebene "
        "Aufbewahrungsfrist. Nicht gemeldet werden Systeme, in die im Modell nichts eingetragen wird.",
        en="Systems in which steps record personal data, or that hold some, without a stated time of retention. Not "
        "reported: systems in which nothing is recorded in the model.",
    ),
    matters=Wording(
        de="Personenbezogene Daten dürfen nur so lange gespeichert werden, wie sie gebraucht werden.",
        en="Personal data may be kept only as long as they are needed.",
    ),
    resolve=Wording(
        de="Frist und Norm angeben.",
        en="State time and norm.",
    ),
    sources=("D-18", "DSGVO Art. 5 Abs. 1 Buchst. e"),
    sound=example_model(
        "systems:\n  akte: {name: Fachverfahren, operated_by: jobcenter, readers: [jobcenter], holds: none, retention: P10Y}\n"
        + _REST
    ),
    broken=example_model(
        "systems:\n  akte: {name: Fachverfahren, operated_by: jobcenter, readers: [jobcenter], holds: none}\n" + _REST
    ),
    find=find_missing_retention,
)
