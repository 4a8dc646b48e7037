"""Which element of BPMN 2.0 is which word of the model, in both directions.

Source: OMG formal/2011-01-03 (BPMN 2.0), parts 8 to 10; element names of `Semantic.xsd`.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from ankunft_model.bpmn_xml.namespaces import MODEL, clark
from ankunft_model.wording import Wording


@cache
def bpmn(name: str) -> str:
    """Return the tag of an element of BPMN's semantic model."""
    return clark(MODEL, name)


STEP_OF_TAG: Final = {
    "task": "task",
    "userTask": "user",
    "manualTask": "manual",
    "serviceTask": "service",
    "sendTask": "send",
    "receiveTask": "receive",
    "scriptTask": "script",
    "businessRuleTask": "business_rule",
    "callActivity": "call",
}
SUB_PROCESS_TAGS: Final = ("subProcess", "transaction", "adHocSubProcess")
EVENT_OF_TAG: Final = {
    "startEvent": "start",
    "endEvent": "end",
    "intermediateCatchEvent": "catch",
    "intermediateThrowEvent": "throw",
    "boundaryEvent": "boundary",
}
GATEWAY_OF_TAG: Final = {
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "event_based",
    "complexGateway": "inclusive",
}
"""The condition of a complex gateway has no word; what leaves it may be taken alone or together, as in an inclusive."""
TYPE_OF_TAG: Final[dict[str, str]] = {
    bpmn(tag): type_
    for tag, type_ in (
        *STEP_OF_TAG.items(),
        *((tag, "subprocess") for tag in SUB_PROCESS_TAGS),
        *EVENT_OF_TAG.items(),
        *GATEWAY_OF_TAG.items(),
    )
}
"""Type of a node by the tag of its element; other elements of a process are no nodes."""
TAG_OF_TYPE: Final[dict[str, str]] = {
    type_: tag for tag, type_ in reversed([*TYPE_OF_TAG.items()]) if tag != bpmn("complexGateway")
}
"""Tag of the element of each type of node."""
STEPS: Final = frozenset(STEP_OF_TAG.values())
ACTIVITIES: Final = STEPS | {"subprocess"}
GATEWAYS: Final = frozenset(GATEWAY_OF_TAG.values())
EVENTS: Final = frozenset(EVENT_OF_TAG.values())

TRIGGER_OF_DEFINITION: Final = {
    bpmn(f"{name}EventDefinition"): trigger
    for name, trigger in (
        ("message", "message"),
        ("timer", "timer"),
        ("signal", "signal"),
        ("error", "error"),
        ("escalation", "escalation"),
        ("conditional", "conditional"),
        ("link", "link"),
        ("terminate", "terminate"),
        ("compensate", "compensation"),
        ("cancel", "cancel"),
    )
}
DEFINITION_OF_TRIGGER: Final = {trigger: tag for tag, trigger in TRIGGER_OF_DEFINITION.items()}
TIMES: Final = (bpmn("timeDate"), bpmn("timeDuration"), bpmn("timeCycle"))

SAID: Final[dict[str, frozenset[str]]] = {
    "model": frozenset(("format", "id", "title", "state", "actors", "systems", "documents", "processes")),
    "actors": frozenset(("name", "kind", "part_of", "description", "bpmn_id")),
    "systems": frozenset(("name", "description", "bpmn_id")),
    "documents": frozenset(("name", "description", "bpmn_id")),
    "processes": frozenset(("name", "description", "bpmn_id", "nodes", "handovers")),
    "handovers": frozenset(("id", "from", "to", "name", "description", "triggers", "bpmn_id")),
    "nodes": frozenset(
        (
            "type", "name", "description", "bpmn_id", "actor", "next", "trigger", "at", "interrupting", "attached_to",
            "repeats", "nodes", "documents_in", "documents_out", "retrieves", "records_in",
        )
    ),
}  # fmt: skip
"""The keys of the parts of a model that `understand` can find in a file."""

PROCESS: Final = Wording(de="Prozess", en="Process")
POOL: Final = Wording(de="Pool", en="Pool")
LANE: Final = Wording(de="Bahn", en="Lane")
DATA_OBJECT: Final = Wording(de="Datenobjekt", en="Data object")
DATA_STORE: Final = Wording(de="Datenspeicher", en="Data store")
STEP: Final = Wording(de="Ohne Namen", en="Without name")
TITLE: Final = Wording(de="BPMN-Modell", en="BPMN model")
"""What stands in a model where it demands a name and the file has none; it is not written back."""
