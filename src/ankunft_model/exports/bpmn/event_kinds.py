"""BPMN classes for the nodes of a model: tasks by their type, event definitions by their trigger."""

from __future__ import annotations

from datetime import date

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.model import Duration, Event, Step

TASK_CLASS: dict[str, type[bpmn.Task]] = {
    "task": bpmn.Task,
    "user": bpmn.UserTask,
    "manual": bpmn.ManualTask,
    "service": bpmn.ServiceTask,
    "send": bpmn.SendTask,
    "receive": bpmn.ReceiveTask,
    "script": bpmn.ScriptTask,
    "business_rule": bpmn.BusinessRuleTask,
}
"""The class of each type of step; `call` is no task but a call activity."""


def activity_class(step: Step) -> type[bpmn.Task | bpmn.CallActivity]:
    """Return the BPMN class of a step."""
    return bpmn.CallActivity if step.type == "call" else TASK_CLASS[step.type]


def event_definition(event: Event, id_: str, name: str) -> bpmn.EventDefinition | None:
    """Return what triggers an event, or what it triggers; None for plain starts and ends.

    Args:
        event: The event of the model.
        id_: Id of the definition.
        name: Name of the event; a condition or link is called so.
    """
    match event.trigger:
        case None:
            return None
        case "message":
            return bpmn.MessageEventDefinition(id=id_)
        case "timer":
            return _timer(event, id_)
        case "signal":
            return bpmn.SignalEventDefinition(id=id_)
        case "error":
            return bpmn.ErrorEventDefinition(id=id_)
        case "escalation":
            return bpmn.EscalationEventDefinition(id=id_)
        case "conditional":
            return bpmn.ConditionalEventDefinition(id=id_, condition=name)
        case "link":
            return bpmn.LinkEventDefinition(id=id_, name=name)
        case "terminate":
            return bpmn.TerminateEventDefinition(id=id_)
        case "compensation":
            return bpmn.CompensateEventDefinition(id=id_)
        case "cancel":
            return bpmn.CancelEventDefinition(id=id_)


def _timer(event: Event, id_: str) -> bpmn.TimerEventDefinition:
    """Return the timer; an age of the person is no date of BPMN and stands in the event's name and our extension."""
    if isinstance(event.at, date):
        return bpmn.TimerEventDefinition(id=id_, time_date=event.at.isoformat())
    if isinstance(event.at, Duration):
        return bpmn.TimerEventDefinition(id=id_, time_duration=str(event.at))
    return bpmn.TimerEventDefinition(id=id_)
