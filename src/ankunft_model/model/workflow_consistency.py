"""What holds between the nodes of a process: flows stay inside, gateways can decide, events have what they need."""

from collections.abc import Container, Iterator

from pydantic_core import InitErrorDetails

from ankunft_model.model.inconsistencies import inconsistency
from ankunft_model.model.nodes import Activity, AnyNode, Event, Gateway, Step, SubProcess, node_kind
from ankunft_model.model.part import Registry
from ankunft_model.model.references import Path
from ankunft_model.wording import Wording


def find_in_nodes(nodes: Registry[AnyNode], path: Path, known: Container[str]) -> Iterator[InitErrorDetails]:
    """Yield what is wrong with the flows, gateways and events among `nodes` and in their sub-processes.

    Args:
        nodes: The nodes of one process or sub-process.
        path: Where they stand in the file.
        known: The ids of all nodes of the model; what is not among them is not reported here.
    """
    for node in nodes.values():
        if type(node) is Step and len(node.next) == 1:
            target = nodes.get(node.next[0].to)
            if target is not None and target.type not in ("start", "boundary"):
                continue  # as most are: nothing else can be wrong
        here = (*path, node.id)
        yield from _flows(node, nodes, here, known)
        match node_kind(node), node:
            case "gateway", Gateway():
                yield from _conditions(node, here)
                yield from _event_based_targets(node, nodes, here)
            case "event", Event():
                yield from _event(node, nodes, here, known)
            case "subprocess", SubProcess():
                yield from find_in_nodes(node.nodes, (*here, "nodes"), known)
            case _:
                pass


def _flows(node: AnyNode, nodes: Registry[AnyNode], path: Path, known: Container[str]) -> Iterator[InitErrorDetails]:
    is_end = node.type == "end"
    if is_end and node.next:
        yield inconsistency(
            "end-with-next",
            Wording(de="Ein Endereignis hat kein „next“", en="an end event has no next"),
            (*path, "next"),
            value=node.id,
        )
    if not is_end and not node.next:
        yield inconsistency(
            "missing-next",
            Wording(
                de=f"„next“ fehlt: Wie geht es nach „{node.id}“ weiter?",
                en=f"'next' is missing: what comes after '{node.id}'?",
            ),
            path,
            value=node.id,
        )
    for index, flow in enumerate(node.next):
        target = nodes.get(flow.to)
        if target is None:
            if flow.to in known:
                yield inconsistency(
                    "flow-leaves-scope",
                    Wording(
                        de=f"„{flow.to}“ gehört nicht zum selben Prozess oder Teilprozess",
                        en=f"'{flow.to}' is not in the same process or sub-process",
                    ),
                    (*path, "next", index, "to"),
                    value=flow.to,
                )
        elif target.type in ("start", "boundary"):
            yield inconsistency(
                "flow-into-start",
                Wording(
                    de=f"Zum Ereignis „{flow.to}“ (type: {target.type}) kann kein Fluss führen",
                    en=f"a flow cannot lead to the {target.type} event '{flow.to}'",
                ),
                (*path, "next", index, "to"),
                value=flow.to,
                type=target.type,
            )
    if len(node.next) > 1 and sum(flow.default for flow in node.next) > 1:
        yield inconsistency(
            "two-defaults",
            Wording(de="Zwei Flüsse tragen default: true", en="two flows are marked as default"),
            (*path, "next"),
            value=node.id,
        )


def _conditions(gateway: Gateway, path: Path) -> Iterator[InitErrorDetails]:
    if gateway.type not in ("exclusive", "inclusive"):
        return
    if len(gateway.next) > 1:
        for index, flow in enumerate(gateway.next):
            if flow.when is None and not flow.default:
                yield inconsistency(
                    "missing-condition",
                    Wording(
                        de=f"„when“ fehlt: Bei welcher Antwort geht es zu „{flow.to}“?",
                        en=f"'when' is missing: which answer leads to '{flow.to}'?",
                    ),
                    (*path, "next", index),
                    value=flow.to,
                )
    shares = [flow.share for flow in gateway.next if flow.share is not None]
    if gateway.type == "exclusive" and shares:
        total = sum(shares)
        if total > 1 + 1e-9 or (len(shares) == len(gateway.next) and abs(total - 1) > 1e-6):
            yield inconsistency(
                "wrong-shares",
                Wording(
                    de=f"Die Anteile (share) ergeben zusammen {total:g} statt 1",
                    en=f"the shares sum to {total:g}, expected 1",
                ),
                (*path, "next"),
                total=f"{total:g}",
            )


def _event_based_targets(gateway: Gateway, nodes: Registry[AnyNode], path: Path) -> Iterator[InitErrorDetails]:
    if gateway.type != "event_based":
        return
    for index, flow in enumerate(gateway.next):
        target = nodes.get(flow.to)
        if target is not None and target.type not in ("catch", "receive"):
            yield inconsistency(
                "event-expected",
                Wording(
                    de=f"„{flow.to}“ folgt auf ein ereignisbasiertes Gateway und muss deshalb ein Zwischenereignis "
                    "(type: catch) oder ein Empfangsschritt (type: receive) sein",
                    en=f"'{flow.to}' follows an event-based gateway and must be a catch event or a receive task",
                ),
                (*path, "next", index, "to"),
                value=flow.to,
            )


def _event(event: Event, nodes: Registry[AnyNode], path: Path, known: Container[str]) -> Iterator[InitErrorDetails]:
    if event.type not in ("start", "end") and event.trigger is None:
        yield inconsistency(
            "missing-trigger",
            Wording(
                de=f"„trigger“ fehlt: Worauf reagiert „{event.id}“?",
                en=f"'trigger' is missing: what does '{event.id}' react to?",
            ),
            path,
            value=event.id,
        )
    if event.type == "boundary":
        if event.attached_to is None:
            yield inconsistency(
                "missing-host",
                Wording(
                    de=f"„attached_to“ fehlt: An welchem Schritt sitzt „{event.id}“?",
                    en=f"'attached_to' is missing: on which step does '{event.id}' sit?",
                ),
                path,
                value=event.id,
            )
        elif event.attached_to in nodes and not isinstance(nodes[event.attached_to], Activity):
            yield inconsistency(
                "wrong-host",
                Wording(
                    de=f"„{event.attached_to}“ ist kein Schritt; angeheftete Ereignisse sitzen an Schritten",
                    en=f"'{event.attached_to}' is no step; boundary events sit on steps",
                ),
                (*path, "attached_to"),
                value=event.attached_to,
            )
        elif event.attached_to not in nodes and event.attached_to in known:
            yield inconsistency(
                "wrong-host",
                Wording(
                    de=f"„{event.attached_to}“ gehört nicht zum selben Prozess oder Teilprozess",
                    en=f"'{event.attached_to}' is not in the same process or sub-process",
                ),
                (*path, "attached_to"),
                value=event.attached_to,
            )
    elif event.attached_to is not None:
        yield inconsistency(
            "wrong-host",
            Wording(
                de="Nur Ereignisse mit type: boundary sitzen an einem Schritt",
                en="only boundary events are attached to a step",
            ),
            (*path, "attached_to"),
            value=event.id,
        )
