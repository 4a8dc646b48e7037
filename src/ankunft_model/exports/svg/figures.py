"""What is drawn: elements of BPMN reduced to what their picture shows, and the diagram that places them.

A figure is made from the elements of our own exports (`figures_of_definitions`) or from the XML of any file
(`figures_of_xml`); everything that draws knows figures only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ankunft_model.bpmn_xml.diagram import BPMNEdge, BPMNShape
from ankunft_model.wording import Language, Wording

Trait: TypeAlias = Literal[
    "ad-hoc",
    "bottom",
    "called-process",
    "collection",
    "compensation",
    "conditional",
    "default",
    "event-sub-process",
    "initiating",
    "instantiating",
    "loop",
    "message-shown",
    "non-interrupting",
    "open",
    "parallel-event",
    "parallel-instances",
    "sequential-instances",
    "top",
]
"""What changes the picture of an element.

`ad-hoc`, `loop`, `parallel-instances`, `sequential-instances` and `compensation` are markers of activities (two of
them also of participants and choreographies); `called-process`: a call of what has parts of its own (a process, a
choreography, a collaboration); `collection`: data; `conditional`: a flow out of an activity under a condition;
`default`: a default flow; `event-sub-process`; `instantiating`: receive tasks and event-based gateways;
`non-interrupting`: start and boundary events, and event sub-processes by the event that starts them; `open`: a
participant whose process is shown; `parallel-event`: events and event-based gateways for which everything has to
happen; `initiating`, `message-shown`, `top`, `bottom`: bands of participants in choreographies.
"""

TASKS: Final = frozenset(
    {"task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask"}
)
SUB_PROCESSES: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
CALLS: Final = frozenset({"callActivity"})
ACTIVITIES: Final = TASKS | SUB_PROCESSES | CALLS
CATCH_EVENTS: Final = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
THROW_EVENTS: Final = frozenset({"intermediateThrowEvent", "endEvent", "implicitThrowEvent"})
EVENTS: Final = CATCH_EVENTS | THROW_EVENTS
GATEWAYS: Final = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"}
)
DATA: Final = frozenset({"dataObject", "dataObjectReference", "dataInput", "dataOutput"})
DATA_STORES: Final = frozenset({"dataStore", "dataStoreReference"})
CHOREOGRAPHIES: Final = frozenset({"choreographyTask", "subChoreography", "callChoreography"})
CONVERSATIONS: Final = frozenset({"conversation", "subConversation", "callConversation"})
CONNECTIONS: Final = frozenset(
    {
        "sequenceFlow",
        "messageFlow",
        "association",
        "dataInputAssociation",
        "dataOutputAssociation",
        "conversationLink",
    }
)
SHAPES: Final = frozenset(
    ACTIVITIES
    | EVENTS
    | GATEWAYS
    | DATA
    | DATA_STORES
    | CHOREOGRAPHIES
    | CONVERSATIONS
    | {"participant", "participantBand", "lane", "textAnnotation", "group", "message"}
)
LABELLED_OUTSIDE: Final = EVENTS | GATEWAYS | DATA | DATA_STORES | CONVERSATIONS | {"group", "message"}
"""Kinds whose name stands beside or below them."""

_STEP: Final = Wording(de="Schritt", en="Step")
_DATA: Final = Wording(de="Daten", en="Data")
_STORE: Final = Wording(de="Datenspeicher", en="Data store")
_ASSOCIATION: Final = Wording(de="Zuordnung", en="Association")
_CONVERSATION: Final = Wording(de="Austausch", en="Conversation")
_CHOREOGRAPHY: Final = Wording(de="Austausch zwischen Beteiligten", en="Exchange of participants")

KIND_NAMES: Final = {
    "participant": Wording(de="Organisation", en="Organisation"),
    "participantBand": Wording(de="Organisation", en="Organisation"),
    "lane": Wording(de="Bereich", en="Lane"),
    "task": _STEP,
    "userTask": Wording(de="Schritt mit Software", en="Step with software"),
    "manualTask": Wording(de="Schritt von Hand", en="Manual step"),
    "serviceTask": Wording(de="Automatischer Schritt", en="Automated step"),
    "scriptTask": Wording(de="Automatischer Schritt", en="Automated step"),
    "businessRuleTask": Wording(de="Entscheidung nach Regeln", en="Decision by rules"),
    "sendTask": Wording(de="Senden", en="Send"),
    "receiveTask": Wording(de="Empfangen", en="Receive"),
    "callActivity": Wording(de="Aufruf eines anderen Prozesses", en="Call of another process"),
    "subProcess": Wording(de="Teilprozess", en="Sub-process"),
    "transaction": Wording(de="Transaktion", en="Transaction"),
    "adHocSubProcess": Wording(de="Teilprozess ohne feste Folge", en="Ad-hoc sub-process"),
    "startEvent": Wording(de="Beginn", en="Start"),
    "endEvent": Wording(de="Ende", en="End"),
    "intermediateCatchEvent": Wording(de="Warten auf Ereignis", en="Wait for event"),
    "intermediateThrowEvent": Wording(de="Ereignis", en="Event"),
    "implicitThrowEvent": Wording(de="Ereignis", en="Event"),
    "boundaryEvent": Wording(de="Ereignis während des Schritts", en="Event during the step"),
    "exclusiveGateway": Wording(de="Entweder-oder", en="Either-or"),
    "inclusiveGateway": Wording(de="Ein Weg oder mehrere", en="One or several ways"),
    "parallelGateway": Wording(de="Gleichzeitig", en="In parallel"),
    "eventBasedGateway": Wording(de="Was zuerst eintritt", en="Whichever happens first"),
    "complexGateway": Wording(de="Nach eigener Regel", en="By a rule of its own"),
    "sequenceFlow": Wording(de="Folge", en="Flow"),
    "messageFlow": Wording(de="Nachricht", en="Message"),
    "message": Wording(de="Nachricht", en="Message"),
    "association": _ASSOCIATION,
    "dataInputAssociation": _ASSOCIATION,
    "dataOutputAssociation": _ASSOCIATION,
    "conversationLink": _CONVERSATION,
    "dataObject": _DATA,
    "dataObjectReference": _DATA,
    "dataInput": Wording(de="Eingehende Daten", en="Data input"),
    "dataOutput": Wording(de="Ausgehende Daten", en="Data output"),
    "dataStore": _STORE,
    "dataStoreReference": _STORE,
    "textAnnotation": Wording(de="Anmerkung", en="Note"),
    "group": Wording(de="Gruppe", en="Group"),
    "conversation": _CONVERSATION,
    "subConversation": _CONVERSATION,
    "callConversation": _CONVERSATION,
    "choreographyTask": _CHOREOGRAPHY,
    "subChoreography": _CHOREOGRAPHY,
    "callChoreography": _CHOREOGRAPHY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One element as its picture shows it.

    Attributes:
        kind: Name of the element in the standard; `participantBand` for a participant in a choreography.
        id: Its id in the file.
        name: Its name, or its text, in the language of the picture; "" for none.
        triggers: Names of its event definitions, without the ending `EventDefinition`; of event sub-processes: those of
            the event that starts them.
        traits: What else changes its picture.
        called: Of call activities: the kind of the global task that is called, as the kind of a task; "" for a process.
        direction: Of associations: `None`, `One` or `Both`.
        bands: Of choreography activities: the heights that bands of participants take at the top and at the bottom;
            None if the file does not tell.
        references: Kind and id of each element of the model that this one draws; none in files that say nothing of one.
    """

    kind: str
    id: str
    name: str = ""
    triggers: tuple[str, ...] = ()
    traits: frozenset[Trait] = frozenset()
    called: str = ""
    direction: str = "None"
    bands: tuple[float, float] | None = None
    references: tuple[tuple[str, str], ...] = ()

    @property
    def is_throwing(self) -> bool:
        """Whether it is an event that happens when flow reaches it."""
        return self.kind in THROW_EVENTS

    def title(self, language: Language) -> str:
        """Return what the element is and how it is called, for those who cannot see it.

        Example:
            >>> Figure(kind="task", id="a", name="Decide").title("en")
            'Step: Decide'
        """
        kind = KIND_NAMES.get(self.kind)
        name = " ".join(self.name.split())
        return ": ".join(part for part in (kind.in_language(language) if kind else "", name) if part)


@dataclass(frozen=True, slots=True)
class Scene:
    """One diagram: what is drawn where, in the order of the file.

    Attributes:
        name: Name of the diagram or of what it shows; "" for none.
        shapes: Figures with their shapes.
        edges: Figures with their edges.
        language: Language of names and titles.
    """

    name: str
    shapes: tuple[tuple[Figure, BPMNShape], ...]
    edges: tuple[tuple[Figure, BPMNEdge], ...]
    language: Language
