"""The builder: a model said in Python, checked like a file."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Literal, Unpack

from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.identifiers import id_from_text
from ankunft_model.model.plain import is_mapping
from ankunft_model.model.references import Path as ModelPath
from ankunft_model.model.texts import Translations, text_in
from ankunft_model.model.vocabulary import ModelState, StepType, Trigger
from ankunft_model.sources.builder_fields import (
    ActivityFields,
    Day,
    EventFields,
    FlowFields,
    Form,
    GatewayFields,
    HandoverFields,
    ProcessFields,
    Ref,
    Text,
)
from ankunft_model.sources.builder_values import (
    forbidden_characters,
    plain_fields,
    unique_names,
    with_names_resolved,
)
from ankunft_model.sources.handles import Handle, NodeHandle
from ankunft_model.sources.registry_builder import RegistryBuilder
from ankunft_model.sources.text_tree import mark_at, node_at, path_text
from ankunft_model.sources.validation import FORMAT, validated
from ankunft_model.wording import Wording

_GatewayKind = Literal["exclusive", "parallel", "inclusive", "event_based"]
_EventKind = Literal["start", "end", "catch", "throw", "boundary"]
_NODES: Final = "nodes"


class Builder(RegistryBuilder):
    """Collects what a model says and builds it; its handles, or ids and unique names, stand for elements everywhere.

    The first argument of every call is an id or a name: what has the form of an id is the id (and the name, if no
    `name` is given), from anything else the id is made. Steps, events and gateways of the same name get numbered ids.

    Example:
        >>> b = Builder("school", title="Weg in die Schule")
        >>> office = b.actor("school_office", kind="school_authority"); school = b.actor("school", kind="school")
        >>> history = b.data("school_history", category="education_work")
        >>> with b.process("enrol", domain="education"):
        ...     ask = b.step("Seiteneinsteigerberatung", office, collects=[history])
        ...     place = b.step("Platz zuweisen", office, needs=[history])
        ...     _ = b.start() >> ask >> place >> b.step("Kind aufnehmen", school) >> b.end()
        ...     _ = b.handover(place, "Kind aufnehmen", channel="email", data=[history])
        >>> model = b.build()
        >>> list(model.nodes)
        ['seiteneinsteigerberatung', 'platz_zuweisen', 'start', 'kind_aufnehmen', 'end']
    """

    def __init__(
        self,
        id: str,  # noqa: A002 - the key of the file
        *,
        title: Text,
        state: ModelState = "as_is",
        as_of: Day | None = None,
        municipality: Form | None = None,
        based_on: str | None = None,
    ) -> None:
        super().__init__()
        fields = {"title": title, "state": state, "as_of": as_of, "municipality": municipality, "based_on": based_on}
        stated = {key: value for key, value in fields.items() if value is not None}
        self._head: dict[str, Any] = {"format": FORMAT, "id": id, **plain_fields(stated)}
        self._processes: dict[str, dict[str, Any]] = {}
        self._scopes: list[dict[str, Any]] = []
        self._process: dict[str, Any] | None = None
        self._node_ids: set[str] = set()
        self._handover_ids: set[str] = set()
        self._nodes: dict[str, dict[str, Any]] = {}
        self._flows: list[tuple[str, dict[str, Any]]] = []

    # --- processes and nodes ---------------------------------------------------------------------------------------

    @contextmanager
    def process(self, id_or_name: str, /, **fields: Unpack[ProcessFields]) -> Generator[Handle, None, None]:
        """Begin a process: nodes and handovers stated inside the `with` block belong to it."""
        if self._process is not None:
            raise self._misuse(
                "process",
                "b.process(…) steht in einem anderen Prozess",
                "b.process(...) is called inside another process",
            )
        plain = plain_fields(fields)
        id_ = self._identity(plain, id_or_name, self._processes)
        handovers = plain.pop("handovers", None)
        process: dict[str, Any] = {**plain, "nodes": {}}
        if handovers is not None:
            process["handovers"] = handovers
        self._processes[id_] = process
        self._process = process
        self._scopes.append(process)
        try:
            yield Handle(id_, "processes")
        finally:
            self._scopes.pop()
            self._process = None

    @contextmanager
    def subprocess(
        self, label: Text, /, actor: Ref | None = None, **fields: Unpack[ActivityFields]
    ) -> Generator[NodeHandle, None, None]:
        """Begin a sub-process, which is a node itself; nodes stated inside the `with` block belong to it."""
        handle = self._node(label, {"type": "subprocess"}, actor, fields, base="subprocess")
        scope = self._nodes[handle.id]
        scope["nodes"] = {}
        self._scopes.append(scope)
        try:
            yield handle
        finally:
            self._scopes.pop()

    def step(
        self,
        label: Text,
        /,
        actor: Ref | None = None,
        *,
        type: StepType = "task",  # noqa: A002 - the key of the file
        **fields: Unpack[ActivityFields],
    ) -> NodeHandle:
        """Add one piece of work of one actor."""
        return self._node(label, {} if type == "task" else {"type": type}, actor, fields, base="step")

    def call(self, label: Text, /, actor: Ref | None = None, **fields: Unpack[ActivityFields]) -> NodeHandle:
        """Add a step that calls a process described elsewhere."""
        return self._node(label, {"type": "call"}, actor, fields, base="call")

    def start(
        self,
        label: Text | None = None,
        /,
        actor: Ref | None = None,
        *,
        trigger: Trigger | None = None,
        **fields: Unpack[EventFields],
    ) -> NodeHandle:
        """Add a start event."""
        return self._event("start", label, actor, {**fields, "trigger": trigger})

    def end(
        self,
        label: Text | None = None,
        /,
        actor: Ref | None = None,
        *,
        trigger: Trigger | None = None,
        **fields: Unpack[EventFields],
    ) -> NodeHandle:
        """Add an end event."""
        return self._event("end", label, actor, {**fields, "trigger": trigger})

    def catch(
        self,
        label: Text | None = None,
        /,
        actor: Ref | None = None,
        *,
        trigger: Trigger = "message",
        **fields: Unpack[EventFields],
    ) -> NodeHandle:
        """Add an event that waits for something."""
        return self._event("catch", label, actor, {**fields, "trigger": trigger})

    def throw(
        self,
        label: Text | None = None,
        /,
        actor: Ref | None = None,
        *,
        trigger: Trigger = "message",
        **fields: Unpack[EventFields],
    ) -> NodeHandle:
        """Add an event that makes something happen elsewhere."""
        return self._event("throw", label, actor, {**fields, "trigger": trigger})

    def boundary(
        self,
        attached_to: Ref,
        label: Text | None = None,
        /,
        actor: Ref | None = None,
        *,
        trigger: Trigger = "timer",
        **fields: Unpack[EventFields],
    ) -> NodeHandle:
        """Add an event that sits on the step `attached_to`."""
        return self._event("boundary", label, actor, {**fields, "attached_to": attached_to, "trigger": trigger})

    def exclusive(
        self, label: Text | None = None, /, actor: Ref | None = None, **fields: Unpack[GatewayFields]
    ) -> NodeHandle:
        """Add a gateway at which one way is taken, or where alternatives meet."""
        return self._gateway("exclusive", label, actor, fields)

    def parallel(
        self, label: Text | None = None, /, actor: Ref | None = None, **fields: Unpack[GatewayFields]
    ) -> NodeHandle:
        """Add a gateway at which all ways are taken at once, or where they wait for each other."""
        return self._gateway("parallel", label, actor, fields)

    def inclusive(
        self, label: Text | None = None, /, actor: Ref | None = None, **fields: Unpack[GatewayFields]
    ) -> NodeHandle:
        """Add a gateway at which one or more ways are taken."""
        return self._gateway("inclusive", label, actor, fields)

    def event_based(
        self, label: Text | None = None, /, actor: Ref | None = None, **fields: Unpack[GatewayFields]
    ) -> NodeHandle:
        """Add a gateway at which the event that comes first decides."""
        return self._gateway("event_based", label, actor, fields)

    def flow(self, source: Ref, target: Ref, /, **options: Unpack[FlowFields]) -> None:
        """State that `target` follows `source`; the same as `source >> target`."""
        self.add_flow(str(source), str(target), dict(options))

    def add_flow(self, source: str, target: str, options: Mapping[str, Any]) -> None:
        """Note a flow between two nodes, given by id or name; `>>` and `flow` end here."""
        self._flows.append((source, {"to": target, **plain_fields(options)}))

    def handover(self, source: Ref | Form, target: Ref | Form, /, **fields: Unpack[HandoverFields]) -> Handle:
        """Add a handover from a step to another one, to an actor (`{"actor": …}`), or to `"none"`."""
        if self._process is None:
            raise self._misuse(
                "handover",
                "b.handover(…) steht außerhalb von „with b.process(…):“",
                "b.handover(...) is called outside of 'with b.process(...):'",
            )
        plain = plain_fields({"from_": source, "to": target, **fields})
        if "id" not in plain:
            ends = [str(end.get("actor")) if is_mapping(end) else str(end) for end in (plain["from"], plain["to"])]
            plain["id"] = id_from_text(" ".join(ends), self._handover_ids)
        self._handover_ids.add(plain["id"])
        handovers = self._process.setdefault("handovers", [])
        if isinstance(handovers, str):
            raise self._misuse(
                "handover",
                'Der Prozess sagt handovers="none" und hat doch eine Übergabe',
                'the process says handovers="none" and has a handover nevertheless',
            )
        handovers.append({"id": plain.pop("id"), **plain})
        return Handle(handovers[-1]["id"], "handovers")

    # --- the end ---------------------------------------------------------------------------------------------------

    def build(self) -> ArrivalModel:
        """Return the model, completed with the entries of shipped packs that it uses.

        Raises:
            SourceError: everything that is wrong with it, each with the path of the element.
        """
        data = self._plain()
        problems = [*self._problems, *forbidden_characters(data)]
        data, unclear = with_names_resolved(data)
        return validated(data, self._locate, known_problems=[*problems, *unclear])

    def _plain(self) -> dict[str, Any]:
        nodes = {id_: {**fields} for id_, fields in self._nodes.items()}
        id_of_name = unique_names(nodes)
        lost: dict[str, dict[str, Any]] = {}
        for source, flow in self._flows:
            node = nodes.get(source) or nodes.get(id_of_name.get(source, ""))
            if node is None:
                node = lost.setdefault(source, {})
            node.setdefault("next", []).append(dict(flow) if len(flow) > 1 else flow["to"])
        for source in lost:
            self._note(
                "unknown-reference",
                ("flow",),
                f"Ein Fluss beginnt bei „{source}“, das es nicht (oder mehrfach) gibt",
                f"a flow begins at '{source}', which is not there (or several times)",
            )

        def with_flows(inner: Mapping[str, Any]) -> dict[str, Any]:
            # as deep as the nesting of sub-processes in the program
            return {
                id_: {**nodes[id_], "nodes": with_flows(fields["nodes"])} if "nodes" in fields else nodes[id_]
                for id_, fields in inner.items()
            }

        processes = {
            id_: {**process, "nodes": with_flows(process["nodes"])} for id_, process in self._processes.items()
        }
        words = {"vocabularies": self._words} if self._words else {}
        return {**self._head, **words, **self._registries, "processes": processes}

    def _locate(self, path: ModelPath, *, of_key: bool = False) -> Location:  # noqa: ARG002 - see `Locate`
        for tree in self._included:
            if len(path) > 1 and node_at(tree, path[:2]) is not None:
                return mark_at(tree, path).location(path_text(path))
        return Location(path=path_text(path))

    def _event(self, kind: _EventKind, label: Text | None, actor: Ref | None, fields: Mapping[str, Any]) -> NodeHandle:
        return self._node(label, {"type": kind}, actor, fields, base=kind)

    def _gateway(
        self, kind: _GatewayKind, label: Text | None, actor: Ref | None, fields: Mapping[str, Any]
    ) -> NodeHandle:
        return self._node(label, {"type": kind}, actor, fields, base=kind)

    def _node(
        self, label: Text | None, kind: dict[str, Any], actor: Ref | None, fields: Mapping[str, Any], *, base: str
    ) -> NodeHandle:
        if not self._scopes:
            raise self._misuse(
                base,
                f"b.{base}(…) steht außerhalb von „with b.process(…):“",
                f"b.{base}(...) is called outside of 'with b.process(...):'",
            )
        plain = plain_fields({"name": label, "actor": actor, **fields})
        stated = plain.pop("id", None)
        text = base if label is None else label if isinstance(label, str) else text_in(Translations(label), "de")
        id_ = id_from_text(text, self._node_ids) if stated is None else str(stated)
        if id_ in self._node_ids:
            self._note(
                "duplicate-id", (_NODES, id_), f"Den Knoten „{id_}“ gibt es zweimal", f"node '{id_}' is there twice"
            )
        self._node_ids.add(id_)
        self._nodes[id_] = {**kind, **plain}
        self._scopes[-1]["nodes"][id_] = self._nodes[id_]
        return NodeHandle(id_, _NODES, self)

    def _misuse(self, call: str, de: str, en: str) -> SourceError:
        return SourceError([Problem("misplaced-call", Wording(de=de, en=en), Location(path=f"b.{call}"))])
