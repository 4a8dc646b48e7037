"""A process that does not say where it begins or where it ends.

What it finds: processes without a start event or without an end event.

Why it matters: nobody can tell what sets the process going and when a case is done; times and counts have no anchor.

How to resolve it: add the event: what happened that makes it begin, which state is reached when it ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.wording import Wording


def find_missing_start_or_end(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per process and missing event, in the order of the model, starts before ends."""
    for process in computed.model.processes.values():
        name = computed.names.process(process.id)
        nodes = tuple(process.nodes.values())
        elements = (ElementRef("process", process.id),)
        if not any(node.type == "start" for node in nodes):
            yield Observation(
                message=Wording(
                    de=f"Der Ablauf {name.de} hat kein Startereignis: Es ist nicht gesagt, womit er beginnt.",
                    en=f"The process {name.en} has no start event: it is not said what it begins with.",
                ),
                recommendation=Wording(
                    de="Ein Startereignis ergänzen, das sagt, was geschehen ist, zum Beispiel „Antrag gestellt“.",
                    en="Add a start event that says what has happened, such as “application filed”.",
                ),
                elements=elements,
                witness=(nodes[0].id,) if nodes else (),
            )
        if not any(node.type == "end" for node in nodes):
            yield Observation(
                message=Wording(
                    de=f"Der Ablauf {name.de} hat kein Endereignis: Es ist nicht gesagt, wann ein Fall fertig ist.",
                    en=f"The process {name.en} has no end event: it is not said when a case is done.",
                ),
                recommendation=Wording(
                    de="Ein Endereignis ergänzen, das den erreichten Stand nennt, zum Beispiel „Leistung bewilligt“.",
                    en="Add an end event that names the state reached, such as “benefit granted”.",
                ),
                elements=elements,
                witness=(nodes[-1].id,) if nodes else (),
            )


_STEP = "pruefen: {name: Antrag prüfen, actor: sozialamt, next: ende}"

RULE = Rule(
    id="missing-start-or-end",
    codes=("G-19",),
    title=Wording(de="Ablauf ohne Anfang oder Ende", en="Process without start or end"),
    group="flow",
    severity="warning",
    dimension="transparent",
    finds=Wording(
        de="Abläufe ohne Startereignis oder ohne Endereignis. Nicht gemeldet werden Teilprozesse, die beides entbehren "
        "dürfen, und Enden, die ihr Ziel verfehlen (das sagt dead-end).",
        en="Processes without a start event or without an end event. Not reported: sub-processes, which may do without "
        "both, and ends that miss their goal (dead-end says so).",
    ),
    matters=Wording(
        de="Niemand weiß, was den Ablauf auslöst und wann ein Fall fertig ist; Zeiten und Zahlen haben keinen Anker.",
        en="Nobody can tell what sets the process going and when a case is done; times and counts have no anchor.",
    ),
    resolve=Wording(
        de="Das Ereignis ergänzen und nach dem benennen, was geschehen oder erreicht ist.",
        en="Add the event and name it after what has happened or is reached.",
    ),
    sources=("R:bpmn-io/bpmnlint, Regeln start-event-required und end-event-required",),
    sound=example_model(
        f"""\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:  {{type: start, name: Antrag gestellt, actor: person, next: pruefen}}
      {_STEP}
      ende:    {{type: end, name: Antrag geprüft}}
    handovers: none
"""
    ),
    broken=example_model(
        f"""\
processes:
  antrag:
    name: Antrag
    nodes:
      {_STEP}
      ende:    {{type: end, name: Antrag geprüft}}
    handovers: none
"""
    ),
    find=find_missing_start_or_end,
)
