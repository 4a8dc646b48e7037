"""A process of several institutions that no common body steers.

What it finds: processes in which institutions hand over to each other, without a steering body, conference or working
group in which at least two of them sit, and without an owner; and bodies from which a local payer of a benefit of the
process is missing.

Why it matters: what goes wrong between two institutions belongs to neither; without a place to settle it, it stays.

How to resolve it: give the process an owner, or a body in which those sit who hand over to each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.bodies import body_type_of, sits_in
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import handing_over, institution_of
from ankunft_model.findings import ElementRef, OpenFact
from ankunft_model.model import Activity, ArrivalModel, Body, Process
from ankunft_model.wording import Wording


def find_missing_governance(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per process without common steering, in the order of the model."""
    model = computed.model
    if model.state == "reference":
        return
    for process in computed.processes.values():
        institutions, ends = handing_over(computed, process)
        if not institutions or process.owner is not None:
            continue
        name = computed.names.process(process.id)
        bodies = [body for body in model.bodies.values() if _steers(process, body)]
        joint = [body for body in bodies if sum(sits_in(model, one, body.members) for one in institutions) > 1]
        left_out = [
            payer
            for payer in _local_payers(model, process)
            if payer in institutions and not any(sits_in(model, payer, body.members) for body in joint)
        ]
        if joint and not left_out:
            continue
        elements = (ElementRef("process", process.id),)
        if joint:
            missing = listed(map(computed.names.actor, left_out))
            yield Observation(
                message=Wording(
                    de=f"Im Gremium für {name.de} fehlt, wer die Leistung zahlt: {missing.de}.",
                    en=f"The body that steers {name.en} lacks who pays the benefit: {missing.en}.",
                ),
                recommendation=Wording(
                    de=f"{missing.de} in das Gremium aufnehmen.", en=f"Take {missing.en} into the body."
                ),
                elements=(*elements, *(ElementRef("actor", payer) for payer in left_out)),
                witness=ends,
            )
            continue
        who = listed(map(computed.names.actor, institutions))
        unknown = not model.bodies.is_stated
        question = Wording(
            de=f"Gibt es ein Gremium, das {name.de} steuert, und wer sitzt darin?",
            en=f"Is there a body that steers {name.en}, and who sits in it?",
        )
        yield Observation(
            message=Wording(
                de=f"In {name.de} arbeiten {len(institutions)} Institutionen zusammen ({who.de}); "
                + (
                    "ein gemeinsames Gremium ist nicht bekannt."
                    if unknown
                    else "ein gemeinsames Gremium gibt es nicht."
                ),
                en=f"{len(institutions)} institutions work together in {name.en} ({who.en}); "
                + ("no common body is known." if unknown else "there is no common body."),
            ),
            recommendation=Wording(
                de="Eine Stelle benennen, die den Ablauf koordiniert („owner“), oder eine Lenkungsgruppe, Fallkonferenz "
                "oder Arbeitsgruppe der beteiligten Institutionen einrichten und unter „bodies“ eintragen.",
                en="Name a body that coordinates the process ('owner'), or set up a steering body, case conference or "
                "working group of the institutions involved and state it under 'bodies'.",
            ),
            elements=elements,
            depends_on=(OpenFact("bodies", question),) if unknown else (),
            witness=ends,
        )


def _steers(process: Process, body: Body) -> bool:
    """Whether the body covers the process or one of its handovers, or nobody said what it covers."""
    covered = {reference.split(":")[-1].strip() for reference in body.covers or ()}
    handovers = {handover.id for handover in process.handovers or ()}
    return body.covers is None or process.id in covered or bool(covered & handovers)


def _local_payers(model: ArrivalModel, process: Process) -> tuple[str, ...]:
    """Return the local institutions that pay a benefit which the process starts or stops, in order."""
    benefits = dict.fromkeys(
        change.benefit
        for node in process.all_nodes
        if isinstance(node, Activity)
        for change in (*(node.starts or ()), *(node.stops or ()))
    )
    payers = dict.fromkeys(institution_of(model, model.benefits[id_].payer) for id_ in benefits)
    return tuple(payer for payer in payers if (body_type_of(model, payer) or "").startswith("public_local"))


_BODY = """\
processes:
  wechsel:
    name: Wechsel vom Sozialamt zum Jobcenter
    nodes:
      beginn:   {type: start, name: Anerkannt, actor: person, next: melden}
      melden:   {name: Leistungsende melden, actor: sozialamt, next: annehmen}
      annehmen: {name: Fall annehmen, actor: jobcenter, next: ende}
      ende:     {type: end, name: Fall angenommen}
    handovers:
      - {id: h1, from: melden, to: annehmen, channel: email, data: none, agreement: not_needed}
"""

RULE = Rule(
    id="missing-governance",
    codes=("G-14",),
    title=Wording(de="Steuerung fehlt", en="Missing governance"),
    group="responsibility",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Abläufe, in denen Institutionen einander Fälle übergeben, ohne gemeinsames Gremium und ohne koordinierende "
        "Stelle; und Gremien, in denen eine örtliche Stelle fehlt, die eine Leistung des Ablaufs zahlt. Nicht gemeldet "
        "werden Abläufe einer einzigen Institution, Abläufe mit „owner“ und Stellen des Bundes, des Landes oder "
        "Private, die nicht im örtlichen Gremium sitzen.",
        en="Processes in which institutions hand cases over to each other without a common body or a coordinating "
        "office; and bodies that lack a local office which pays a benefit of the process. Not reported: processes of "
        "one institution, processes with an 'owner', and federal, state or private bodies that do not sit in a local "
        "body.",
    ),
    matters=Wording(
        de="Was zwischen zwei Institutionen schiefgeht, gehört keiner von beiden; ohne Ort dafür bleibt es so.",
        en="What goes wrong between two institutions belongs to neither; without a place to settle it, it stays.",
    ),
    resolve=Wording(
        de="Den Ablauf einer koordinierenden Stelle geben oder ein gemeinsames Gremium einrichten.",
        en="Give the process a coordinating office, or set up a common body.",
    ),
    sources=("S2-10", "S1-12", "S1-13"),
    sound=example_model(
        "bodies:\n  runde: {name: Fallkonferenz, kind: case_conference, members: [sozialamt, jobcenter], "
        "covers: [wechsel]}\n" + _BODY
    ),
    broken=example_model("bodies: none\n" + _BODY),
    find=find_missing_governance,
)
