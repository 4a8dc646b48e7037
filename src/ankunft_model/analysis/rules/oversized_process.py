"""A process with more nodes than a reader can keep together.

What it finds: processes and sub-processes with more than 50 nodes on one level.

Why it matters: mistakes grow faster than size; from some 50 elements on nobody sees the whole any more.

How to resolve it: put what belongs together into a sub-process, or part the process where the case changes hands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.model import SubProcess
from ankunft_model.wording import Wording

MAX_NODES: Final = 50
"""Nodes on one level at most."""


def find_oversized_process(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per level with too many nodes, in the order of the model, processes before their parts."""
    for process in computed.model.processes.values():
        levels = [("process", process.id, computed.names.process(process.id), process.nodes)]
        levels += [
            ("node", node.id, computed.names.node(node.id), node.nodes)
            for node in process.all_nodes
            if isinstance(node, SubProcess)
        ]
        for kind, id_, name, nodes in levels:
            if len(nodes) <= MAX_NODES:
                continue
            yield Observation(
                message=Wording(
                    de=f"{name.de} hat {len(nodes)} Knoten auf einer Ebene; über {MAX_NODES} behält niemand den Überblick.",
                    en=f"{name.en} has {len(nodes)} nodes on one level; beyond {MAX_NODES} nobody keeps track.",
                ),
                recommendation=Wording(
                    de="Zusammengehörige Schritte in einen Teilprozess legen oder den Ablauf dort teilen, wo der Fall "
                    "die Stelle wechselt (Übergabe, die den nächsten Ablauf auslöst).",
                    en="Put steps that belong together into a sub-process, or part the process where the case changes "
                    "hands (a handover that starts the next process).",
                ),
                elements=(ElementRef(kind, id_),),
                witness=(next(iter(nodes)),),
            )


def _chain(count: int) -> str:
    """Return a process with so many steps one after the other."""
    steps = "".join(
        f"      s{n}: {{name: Unterlage {n} prüfen, actor: sozialamt, next: {f's{n + 1}' if n < count else 'ende'}}}\n"
        for n in range(1, count + 1)
    )
    return (
        "processes:\n  antrag:\n    name: Antrag\n    nodes:\n"
        "      beginn: {type: start, name: Antrag gestellt, actor: person, next: s1}\n"
        f"{steps}      ende: {{type: end, name: Antrag geprüft}}\n    handovers: none\n"
    )


RULE = Rule(
    id="oversized-process",
    codes=(),
    title=Wording(de="Zu großer Ablauf", en="Oversized process"),
    group="modelling",
    severity="info",
    dimension="transparent",
    finds=Wording(
        de=f"Abläufe und Teilprozesse mit mehr als {MAX_NODES} Knoten auf einer Ebene. Nicht gemeldet werden große "
        "Modelle, deren Abläufe in Teilprozesse oder mehrere Abläufe gegliedert sind.",
        en=f"Processes and sub-processes with more than {MAX_NODES} nodes on one level. Not reported: large models whose "
        "processes are divided into sub-processes or several processes.",
    ),
    matters=Wording(
        de="Mit der Größe wachsen die Fehler; niemand prüft mehr das Ganze.",
        en="Mistakes grow with size; nobody checks the whole any more.",
    ),
    resolve=Wording(
        de="In Teilprozesse oder mehrere Abläufe gliedern.", en="Divide into sub-processes or several processes."
    ),
    sources=("GK:Sieben Leitlinien der Prozessmodellierung (7PMG), G7",),
    sound=example_model(_chain(4)),
    broken=example_model(_chain(60)),
    find=find_oversized_process,
)
