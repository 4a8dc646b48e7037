"""A handover that nobody receives.

What it finds: handovers with `to: none`, and handovers to an actor that has no step in any process.

Why it matters: what is handed over to nobody is lost; the person waits for something that nobody does.

How to resolve it: agree who receives, model the receiving step, and name both sides of the handover.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.model import ActorEnd, Handover
from ankunft_model.wording import Wording


def find_dangling_handover(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per handover without receiver, in the order of the model."""
    acting = {actor for actor in computed.performer_of.values() if actor is not None}
    for process in computed.model.processes.values():
        for handover in process.handovers or ():
            sender = computed.names.actor(computed.sender(handover))
            what = _content(computed, handover)
            elements: tuple[ElementRef, ...] = (ElementRef("handover", handover.id),)
            if handover.from_node is not None:
                elements += (ElementRef("node", handover.from_node),)
            witness = () if handover.from_node is None else (handover.from_node,)
            if handover.to == "none":
                yield Observation(
                    message=Wording(
                        de=f"{sender.de} gibt {what.de} weiter, aber niemand nimmt es entgegen.",
                        en=f"{sender.en} hands over {what.en}, but nobody receives it.",
                    ),
                    recommendation=Wording(
                        de="Empfangende Stelle verbindlich vereinbaren und den empfangenden Schritt benennen.",
                        en="Agree bindingly on a receiving body and name the receiving step.",
                    ),
                    elements=elements,
                    data=computed.model.items_of((*(handover.data or ()), *(handover.wanted or ()))),
                    witness=witness,
                )
            elif isinstance(handover.to, ActorEnd) and handover.to.actor not in acting:
                receiver = computed.names.actor(handover.to.actor)
                yield Observation(
                    message=Wording(
                        de=f"{sender.de} gibt {what.de} an {receiver.de} weiter; dort ist kein Schritt bekannt, der "
                        "es aufnimmt.",
                        en=f"{sender.en} hands {what.en} to {receiver.en}; no step is known there that takes it up.",
                    ),
                    recommendation=Wording(
                        de="Mit der empfangenden Stelle klären, welcher Schritt die Übergabe aufnimmt.",
                        en="Settle with the receiving body which step takes up the handover.",
                    ),
                    elements=(*elements, ElementRef("actor", handover.to.actor)),
                    severity="warning",
                    data=computed.model.items_of(handover.data or ()),
                    witness=witness,
                )


def _content(computed: Computations, handover: Handover) -> Wording:
    items = computed.model.items_of((*(handover.data or ()), *(handover.wanted or ())))
    return computed.names.items(items) if items else Wording(de="den Fall", en="the case")


RULE = Rule(
    id="dangling-handover",
    codes=("G-03",),
    title=Wording(de="Übergabe ohne Adressat", en="Dangling handover"),
    group="responsibility",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Übergaben, zu denen keine empfangende Stelle bekannt ist (kritisch) oder deren Empfänger keinen Schritt "
        "hat (beachten). Nicht gemeldet werden Übergaben an eine Stelle, die irgendwo im Modell handelt.",
        en="Handovers without a known receiver (error), or whose receiver has no step (warning). Not reported: "
        "handovers to a body that acts somewhere in the model.",
    ),
    matters=Wording(
        de="Was niemand entgegennimmt, geht verloren; die Person wartet vergeblich.",
        en="What nobody receives is lost; the person waits in vain.",
    ),
    resolve=Wording(
        de="Empfangende Stelle und Schritt vereinbaren und eintragen.",
        en="Agree on the receiving body and step, and state them.",
    ),
    sources=("S1-16", "S3-06"),
    sound=example_model(
        """\
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn: {type: start, name: Anerkannt, actor: person, next: melden}
      melden: {name: Wechsel melden, actor: sozialamt, next: annehmen}
      annehmen: {name: Fall annehmen, actor: jobcenter, next: ende}
      ende: {type: end, name: Fall angenommen}
    handovers:
      - {id: h1, from: melden, to: annehmen, channel: email, data: none, agreement: not_needed}
"""
    ),
    broken=example_model(
        """\
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn: {type: start, name: Anerkannt, actor: person, next: melden}
      melden: {name: Wechsel melden, actor: sozialamt, next: ende}
      ende: {type: end, name: Gemeldet}
    handovers:
      - {id: h1, from: melden, to: none, channel: email, data: none, agreement: none}
"""
    ),
    find=find_dangling_handover,
)
