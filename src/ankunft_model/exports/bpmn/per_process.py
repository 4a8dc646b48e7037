"""One collaboration per process, and one on top in which organisations are closed pools: a file with several diagrams.

Each collaboration is drawn in a diagram of its own and shares no element with another, so that whoever edits one of
them in a tool that shows a single diagram leaves the others whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.exports.bpmn import naming
from ankunft_model.exports.bpmn.extension import derived
from ankunft_model.exports.bpmn.names_of_messages import flow_elements_of, joint_name, names_of_message_flows
from ankunft_model.exports.bpmn.selection import referenced
from ankunft_model.model import ArrivalModel, text_in
from ankunft_model.wording import Language, Wording

OVERVIEW: Final = Wording(de="Übersicht", en="Overview")
"""Name of the diagram on top."""


def with_collaboration_per_process(
    definitions: bpmn.Definitions, model: ArrivalModel, *, language: Language
) -> bpmn.Definitions:
    """Return the file with an overview, and one collaboration for each process of the model.

    The overview has one closed pool per organisation and one message flow for all that it sends another in any process,
    called after the first messages; its documentation names all. In the collaboration of a process the pools of other
    processes that it exchanges messages with are closed; such a message stands in the collaborations of both.

    Args:
        definitions: One collaboration with all processes, not yet laid out; its pools are named without their process.
        model: The model that it shows.
        language: Language of the names.
    """
    whole = definitions.collaboration
    if whole is None:
        return definitions
    parts = _Parts(definitions, whole, model, language)
    overview = parts.overview()
    per_process = [parts.of_process(process) for process in model.processes if process in parts.process_of.values()]
    others = (element for element in definitions.root_elements if element is not whole)
    return replace(definitions, root_elements=(overview, *per_process, *others))


@dataclass
class _Parts:
    """The state of one call.

    Attributes:
        ids: All ids given so far.
        pool_of: The pool of each flow node, and of itself; by id.
        process_of: The process of the model that a pool takes part in, by the pool's id; none for closed pools.
        used: Ids of pools and message flows that stand in a collaboration already.
    """

    definitions: bpmn.Definitions
    whole: bpmn.Collaboration
    model: ArrivalModel
    language: Language
    ids: set[str] = field(default_factory=set[str])
    pool_of: dict[str, str] = field(default_factory=dict[str, str])
    process_of: dict[str, str] = field(default_factory=dict[str, str])
    used: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        processes = {process.id: process for process in self.definitions.processes}
        self.ids |= {root.id for root in self.definitions.root_elements}
        self.ids |= {flow.id for flow in self.whole.message_flows} | {one.id for one in self.whole.artifacts}
        for pool in self.whole.participants:
            self.pool_of[pool.id] = pool.id
            process = processes.get(pool.process_ref or "")
            if process is not None:
                self.pool_of.update((element.id, pool.id) for element in flow_elements_of(process))
                self.ids |= {artifact.id for artifact in process.artifacts}
                own = referenced(pool, "process")
                if own is not None:
                    self.process_of[pool.id] = own
        self.ids |= self.pool_of.keys()

    @property
    def pools(self) -> Mapping[str, bpmn.Participant]:
        return {pool.id: pool for pool in self.whole.participants}

    def overview(self) -> bpmn.Collaboration:
        """Return the organisations as closed pools, and the messages between them put together."""
        closed: dict[str, bpmn.Participant] = {}
        name_of: dict[str, str] = {}
        for pool in self.whole.participants:
            owner = referenced(pool, "actor") or pool.id
            name_of[pool.id] = owner
            if owner not in closed:
                marks = tuple(mark for mark in pool.extension_elements if dict(mark.attributes).get("kind") == "actor")
                id_ = self.free_id(f"Overview_{owner}")
                closed[owner] = replace(pool, id=id_, process_ref=None, extension_elements=marks)
        together: dict[tuple[str, str], list[bpmn.MessageFlow]] = {}
        for flow in self.whole.message_flows:
            source, target = (name_of[self.pool_of[end]] for end in (flow.source_ref, flow.target_ref))
            if source != target:
                together.setdefault((source, target), []).append(flow)
        name_of = names_of_message_flows(self.definitions, self.model, self.language)
        flows = tuple(
            bpmn.MessageFlow(
                id=self.free_id(f"Overview_{source}_{target}"),
                name=joint_name((name_of[flow.id] for flow in found if flow.id in name_of), self.language),
                source_ref=closed[source].id,
                target_ref=closed[target].id,
                documentation=tuple(
                    bpmn.Documentation(text=name)
                    for name in dict.fromkeys(name_of[flow.id] for flow in found if flow.id in name_of)
                ),
                extension_elements=(derived(),),
            )
            for (source, target), found in together.items()
        )
        return replace(
            self.whole,
            id=self.free_id(f"Overview_{self.model.id}"),
            name=OVERVIEW.in_language(self.language),
            participants=tuple(closed.values()),
            message_flows=flows,
            artifacts=(),
        )

    def of_process(self, process: str) -> bpmn.Collaboration:
        """Return the pools of a process, what they exchange, and whom else they exchange messages with."""
        own = {pool for pool, of in self.process_of.items() if of == process}
        pools: dict[str, bpmn.Participant] = {}
        flows: list[bpmn.MessageFlow] = []
        for flow in self.whole.message_flows:
            ends = [self.pool_of[end] for end in (flow.source_ref, flow.target_ref)]
            if own.isdisjoint(ends):
                continue
            for pool in ends:
                if pool not in own and pool not in pools:
                    pools[pool] = self._closed(self.pools[pool])
            source, target = (
                end if pool in own else pools[pool].id
                for end, pool in zip((flow.source_ref, flow.target_ref), ends, strict=True)
            )
            flows.append(replace(flow, id=self._once(flow.id), source_ref=source, target_ref=target))
        return bpmn.Collaboration(
            id=self.free_id(f"Collaboration_{process}"),
            name=text_in(naming.name_of(self.model.processes[process]), self.language),
            participants=(*(pool for pool in self.whole.participants if pool.id in own), *pools.values()),
            message_flows=tuple(flows),
            artifacts=tuple(self._artifacts(own)),
        )

    def _closed(self, pool: bpmn.Participant) -> bpmn.Participant:
        """Return a pool of another process as a closed one; its name says of which process it is."""
        process = self.process_of.get(pool.id)
        id_ = self._once(pool.id) if process is None else self.free_id(f"{pool.id}_closed")
        name = pool.name
        if process is not None and referenced(pool, "actor") is not None:
            name = f"{pool.name} – {text_in(naming.name_of(self.model.processes[process]), self.language)}"
        marks = tuple(mark for mark in pool.extension_elements if dict(mark.attributes).get("kind") != "process")
        return replace(
            pool,
            id=id_,
            name=name,
            translations=pool.translations if name == pool.name else (),
            process_ref=None,
            extension_elements=marks,
        )

    def _artifacts(self, own: Iterable[str]) -> Iterator[bpmn.Artifact]:
        """Yield the notes at pools of a process, with the lines that lead to them."""
        lines = [one for one in self.whole.artifacts if isinstance(one, bpmn.Association) and one.source_ref in own]
        notes = {line.target_ref for line in lines}
        yield from (one for one in self.whole.artifacts if one in lines or one.id in notes)

    def _once(self, id_: str) -> str:
        """Return an id the first time it is asked for, then other ones made from it."""
        if id_ not in self.used:
            self.used.add(id_)
            return id_
        return self.free_id(id_)

    def free_id(self, wanted: str) -> str:
        """Return an id that the file does not have yet."""
        free, number = wanted, 1
        while free in self.ids:
            number += 1
            free = f"{wanted}_{number}"
        self.ids.add(free)
        return free
