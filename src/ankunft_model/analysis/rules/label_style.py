"""A name that does not tell the reader what it means.

What it finds: names that are placeholders, ids, all in capitals, very long, or end with a full stop; decisions whose
question does not end with a question mark; and two steps of one body with the same name.

Why it matters: the picture is read by people who were not in the room when it was made.

How to resolve it: steps as thing and verb (“check application”), events as what has happened (“application filed”),
decisions as a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import MAX_WITNESS, ElementRef
from ankunft_model.model import Activity, AnyNode
from ankunft_model.wording import Wording

MAX_LENGTH: Final = 100
"""Characters of a name at most; longer ones do not fit into a box of the picture."""

_PLACEHOLDER: Final = re.compile(
    r"(aufgabe|aktivität|schritt|task|activity|step|ereignis|event|gateway|entscheidung|decision|neu|new|todo|tbd|xxx+|"
    r"\?+|\.{2,}|-+)\s*[0-9a-z]?[0-9]*",
    re.IGNORECASE,
)
_LIKE_ID: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")

_ADVICE: Final = Wording(
    de="Schritte als Sache und Tätigkeit benennen („Antrag prüfen“), Ereignisse als erreichten Stand („Antrag gestellt“), "
    "Entscheidungen als Frage („Anspruch?“).",
    en="Name steps as thing and verb (“check application”), events as the state reached (“application filed”), decisions "
    "as a question (“entitled?”).",
)


def find_label_style(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per node whose name does not help, in the order of the model."""
    names = computed.names
    for process in computed.model.processes.values():
        same: dict[tuple[str, str], list[str]] = {}
        for node in process.all_nodes:
            if node.name is None:
                continue
            german, english = node.label("de"), node.label("en")
            problem = _problem(node, german) or (_problem(node, english) if english != german else None)
            performer = computed.performer_of[node.id]
            if problem is None and isinstance(node, Activity) and performer is not None:
                same.setdefault((performer, german.casefold()), []).append(node.id)
            if problem is not None:
                name = names.node(node.id)
                yield Observation(
                    message=Wording(de=f"Der Name {name.de} {problem.de}.", en=f"The name {name.en} {problem.en}."),
                    recommendation=_ADVICE,
                    elements=(ElementRef("node", node.id),),
                    witness=(node.id,),
                )
        for (performer, _), ids in same.items():
            if len(ids) > 1:
                name, actor = names.node(ids[0]), names.actor(performer)
                yield Observation(
                    message=Wording(
                        de=f"{len(ids)} Schritte von {actor.de} heißen gleich: {name.de}.",
                        en=f"{len(ids)} steps of {actor.en} have the same name: {name.en}.",
                    ),
                    recommendation=_ADVICE,
                    elements=tuple(ElementRef("node", id_) for id_ in sorted(ids)),
                    witness=tuple(ids[:MAX_WITNESS]),
                )


def _problem(node: AnyNode, name: str) -> Wording | None:
    """Return what is wrong with a name, or None."""
    stripped = name.strip()
    letters = [letter for letter in stripped if letter.isalpha()]
    if _PLACEHOLDER.fullmatch(stripped) or not letters:
        return Wording(de="ist ein Platzhalter", en="is a placeholder")
    if _LIKE_ID.fullmatch(stripped):
        return Wording(de="ist eine Kennung, kein Name", en="is an id, not a name")
    if len(letters) > 8 and stripped == stripped.upper():
        return Wording(de="steht ganz in Großbuchstaben", en="is all in capitals")
    if len(stripped) > MAX_LENGTH:
        return Wording(de=f"ist zu lang ({len(stripped)} Zeichen)", en=f"is too long ({len(stripped)} characters)")
    if stripped.endswith(".") and not re.search(r"\b\w{1,5}\.$|\.\.\.$", stripped):
        return Wording(de="ist ein Satz", en="is a sentence")
    if node.type in ("exclusive", "inclusive") and len(node.next) > 1 and not stripped.endswith("?"):
        return Wording(
            de="ist keine Frage, obwohl hier entschieden wird", en="is no question although this is a decision"
        )
    return None


_PROCESS = """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:    {{type: start, name: Antrag gestellt, actor: person, next: anspruch}}
      anspruch:
        type: exclusive
        name: {name}
        actor: sozialamt
        next: [{{to: bewilligt, when: ja}}, {{to: abgelehnt, when: nein}}]
      bewilligt: {{type: end, name: Bewilligt}}
      abgelehnt: {{type: end, name: Abgelehnt}}
    handovers: none
"""

RULE = Rule(
    id="label-style",
    codes=(),
    title=Wording(de="Name, der nichts sagt", en="Name that tells nothing"),
    group="modelling",
    severity="info",
    dimension="transparent",
    finds=Wording(
        de="Namen von Knoten, die Platzhalter, Kennungen, ganz großgeschrieben, Sätze oder über "
        f"{MAX_LENGTH} Zeichen lang sind; Entscheidungen, deren Name keine Frage ist; zwei Schritte derselben Stelle mit "
        "gleichem Namen. Nicht gemeldet werden unbenannte Gateways, Hauptwörter statt Tätigkeiten („Anhörung“) und "
        "Abkürzungen.",
        en="Names of nodes that are placeholders, ids, all in capitals, sentences or longer than "
        f"{MAX_LENGTH} characters; decisions whose name is no question; two steps of one body with the same name. Not "
        "reported: gateways without a name, nouns instead of activities, and abbreviations.",
    ),
    matters=Wording(
        de="Das Bild lesen Menschen, die nicht dabei waren, als es entstand.",
        en="The picture is read by people who were not there when it was made.",
    ),
    resolve=Wording(
        de="So benennen, dass es ohne Erklärung verständlich ist.",
        en="Choose a name that can be understood without explanation.",
    ),
    sources=("R:bpmn-io/bpmnlint, Regel label-required", "GK:Sieben Leitlinien der Prozessmodellierung (7PMG), G6"),
    sound=example_model(_PROCESS.format(name="Anspruch?")),
    broken=example_model(_PROCESS.format(name="Entscheidung 1")),
    find=find_label_style,
)
