"""A run that stands still: something is waited for that cannot come any more.

What it finds: places where a run gets stuck, with the nodes that wait and a run that leads there.

Why it matters: the case stays where it is, and nobody notices because everybody waits for somebody else.

How to resolve it: wait only for what surely comes: bring the ways together as they parted, or give the waiting a
deadline.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.circular_waits import find_circular_waits
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.flow_problems import find_flow_problems
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import MAX_WITNESS, ElementRef
from ankunft_model.wording import Wording


def find_deadlock(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per group of nodes at which a run gets stuck, in the order of the processes."""
    problems = tuple(find_flow_problems(computed, "deadlock"))
    yield from _between_processes(computed)
    circles = [set(circle.ids) for circle in find_circular_waits(computed) if circle.stops] if problems else []
    for problem in problems:
        if any(circle.issubset(problem.nodes) for circle in circles):
            continue
        where = listed(computed.names.node(id_) for id_ in problem.nodes)
        is_certain = problem.certainty == "definite"
        yield Observation(
            message=Wording(
                de=f"Der Ablauf {'bleibt' if is_certain else 'kann'} bei {where.de} "
                f"{'stehen' if is_certain else 'stehen bleiben'}: Es wird auf etwas gewartet, das nicht mehr kommt.",
                en=f"The process {'stops' if is_certain else 'can stop'} at {where.en}: it waits for something that "
                "does not come any more.",
            ),
            recommendation=Wording(
                de="Prüfen, ob dort auf alle Wege gewartet werden muss (nach einer Entscheidung kommt nur einer), und "
                "die Wege so zusammenführen, wie sie sich getrennt haben; oder eine Frist setzen, nach der es weitergeht.",
                en="Check whether all ways have to be waited for there (after a decision only one comes) and bring them "
                "together as they parted; or set a deadline after which it goes on.",
            ),
            elements=problem.elements,
            certainty=problem.certainty,
            witness=problem.witness,
            full_run=problem.run,
        )


def _between_processes(computed: Computations) -> Iterator[Observation]:
    """Yield what waits for a message of another process that does not come."""
    circles = [set(circle.ids) for circle in find_circular_waits(computed) if circle.stops]
    for blocked in computed.waits_between:
        if any(circle.issubset(blocked.nodes) for circle in circles):
            continue
        where = listed(computed.names.node(id_) for id_ in blocked.nodes)
        is_certain = blocked.certainty == "definite"
        yield Observation(
            message=Wording(
                de=f"Bei {where.de} {'bleibt der Fall' if is_certain else 'kann der Fall'} "
                f"{'stehen' if is_certain else 'stehen bleiben'}: Die Nachricht eines anderen Prozesses, auf die "
                f"gewartet wird, {'kommt nie' if is_certain else 'kommt nicht auf jedem Weg'}.",
                en=f"The case {'stops' if is_certain else 'can stop'} at {where.en}: the message of another process "
                f"that is waited for {'never comes' if is_certain else 'does not come on every way'}.",
            ),
            recommendation=Wording(
                de="Dafür sorgen, dass der andere Prozess auf jedem Weg eine Antwort gibt, auch eine ablehnende; oder "
                "eine Frist setzen, nach der es weitergeht.",
                en="See that the other process answers on every way, also with a refusal; or set a deadline after "
                "which it goes on.",
            ),
            elements=tuple(ElementRef("node", id_) for id_ in sorted(blocked.nodes)),
            certainty=blocked.certainty,
            witness=blocked.witness[-MAX_WITNESS:],
            full_run=blocked.witness,
        )


_PROCESS = """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:   {{type: start, name: Antrag gestellt, actor: person, next: art}}
      art:
        type: exclusive
        name: Allein oder mit Familie?
        actor: sozialamt
        next: [{{to: allein, when: allein}}, {{to: familie, when: mit Familie}}]
      allein:   {{name: Antrag prüfen, actor: sozialamt, next: zusammen}}
      familie:  {{name: Antrag der Familie prüfen, actor: sozialamt, next: zusammen}}
      zusammen: {{type: {join}, actor: sozialamt, next: ende}}
      ende:     {{type: end, name: Antrag geprüft}}
    handovers: none
"""

RULE = Rule(
    id="deadlock",
    codes=(),
    title=Wording(de="Stillstand", en="Deadlock"),
    group="flow",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Stellen, an denen ein Ablauf stehen bleibt, weil auf etwas gewartet wird, das nicht mehr kommen kann, mit "
        "dem Weg dorthin, auch wenn die Nachricht eines anderen Prozesses fehlt; sicher, wenn kein Ablauf zu Ende "
        "kommt. Nicht gemeldet werden Schritte, die aufeinander "
        "warten (das sagt circular-dependency), und das Warten auf Nachrichten, Fristen und Ereignisse, die irgendwann "
        "eintreffen.",
        en="Places where a run gets stuck because it waits for something that cannot come any more, with the way "
        "there, also where the message of another process is missing; definite if no run comes to its end. Not reported: steps that wait for each other "
        "(circular-dependency says so), and waiting for messages, timers and events, which come some time.",
    ),
    matters=Wording(
        de="Der Fall bleibt liegen, und niemand merkt es, weil alle auf andere warten.",
        en="The case stands still, and nobody notices because everybody waits for somebody else.",
    ),
    resolve=Wording(
        de="Nur auf das warten, was sicher kommt, oder dem Warten eine Frist geben.",
        en="Wait only for what surely comes, or give the waiting a deadline.",
    ),
    sources=("ANALYSIS 1.2", "BPMN 2.0.2 (OMG formal/13-12-09), 13.4"),
    sound=example_model(_PROCESS.format(join="exclusive")),
    broken=example_model(_PROCESS.format(join="parallel")),
    find=find_deadlock,
)
