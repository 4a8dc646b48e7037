"""A process that nobody looks back on.

What it finds: processes in which institutions hand over to each other, without a step of evaluation and without a
body that evaluates.

Why it matters: whether a change helped, and where people get lost now, stays a matter of opinion.

How to resolve it: let a body evaluate the process in a fixed rhythm, on figures agreed before.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import handing_over
from ankunft_model.findings import ElementRef, OpenFact
from ankunft_model.model import Activity, Body, Process
from ankunft_model.wording import Wording


def find_missing_evaluation(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per process without evaluation, in the order of the model."""
    model = computed.model
    if model.state == "reference":
        return
    for process in computed.processes.values():
        institutions, ends = handing_over(computed, process)
        if not institutions or any(isinstance(n, Activity) and n.kind == "review" for n in process.all_nodes):
            continue
        bodies = [body for body in model.bodies.values() if _covers(process, body)]
        if any(body.evaluates for body in bodies):
            continue
        name = computed.names.process(process.id)
        question = Wording(
            de=f"Wer wertet aus, wie {name.de} läuft, und wie oft?",
            en=f"Who evaluates how {name.en} runs, and how often?",
        )
        unknown = tuple(
            OpenFact(f"bodies.{body.id}.evaluates", question) for body in bodies if body.evaluates is None
        ) or (() if model.bodies.is_stated else (OpenFact("bodies", question),))
        yield Observation(
            message=Wording(
                de=f"Es ist nicht bekannt, dass jemand auswertet, wie {name.de} läuft."
                if unknown
                else f"Niemand wertet aus, wie {name.de} läuft.",
                en=f"Nobody is known to evaluate how {name.en} runs."
                if unknown
                else f"Nobody evaluates how {name.en} runs.",
            ),
            recommendation=Wording(
                de="Ein Gremium beauftragen, den Ablauf in festem Abstand auszuwerten (Dauer, Wartezeit, Lücken, "
                "Rückfragen), und „evaluates“ eintragen.",
                en="Have a body evaluate the process at fixed intervals (duration, waiting, gaps, questions back) and "
                "state 'evaluates'.",
            ),
            elements=(ElementRef("process", process.id),),
            depends_on=unknown,
            witness=ends,
        )


def _covers(process: Process, body: Body) -> bool:
    covered = {reference.split(":")[-1].strip() for reference in body.covers or ()}
    return body.covers is None or process.id in covered


_PROCESS = """\
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
    id="missing-evaluation",
    codes=("G-15",),
    title=Wording(de="Evaluation fehlt", en="Missing evaluation"),
    group="responsibility",
    severity="info",
    dimension="transparent",
    finds=Wording(
        de="Abläufe, in denen Institutionen einander Fälle übergeben, ohne Schritt der Art „review“ und ohne Gremium, das auswertet. Nicht "
        "gemeldet werden Abläufe einer einzigen Institution und Referenzmodelle.",
        en="Processes in which institutions hand cases over to each other, without a step of kind 'review' and without a body that evaluates. Not "
        "reported: processes of one institution, and reference models.",
    ),
    matters=Wording(
        de="Ob eine Änderung geholfen hat und wo heute Menschen verloren gehen, bleibt Ansichtssache.",
        en="Whether a change helped, and where people get lost now, stays a matter of opinion.",
    ),
    resolve=Wording(
        de="Auswertung durch ein Gremium in festem Abstand vereinbaren.",
        en="Agree on an evaluation by a body at fixed intervals.",
    ),
    sources=("S1-12", "S2-04"),
    sound=example_model(
        "bodies:\n  runde: {name: Lenkungsgruppe, kind: steering_body, members: [sozialamt, jobcenter], "
        "covers: [wechsel], evaluates: true}\n" + _PROCESS
    ),
    broken=example_model("bodies: none\n" + _PROCESS),
    find=find_missing_evaluation,
)
