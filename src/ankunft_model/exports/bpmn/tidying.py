"""Leaves out what a pool's process does not need, and adds the merges that keep it unambiguous.

Source: design of the collaboration view, part 4 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from dataclasses import replace

from ankunft_model.exports.bpmn.pool_elements import JOINING, PoolElement, PoolFlow, PoolProcess
from ankunft_model.model import Event, Step


def tidy(process: PoolProcess) -> PoolProcess:
    """Return the same process without gateways that neither fork nor join, and with explicit merges.

    A step that is followed by throwing events sends their messages itself.
    """
    work = _Work(process)
    work.absorb_throws()
    work.leave_out_idle_gateways()
    work.add_merges()
    work.unite_merges()
    work.unite_flows()
    return work.result()


class _Work:
    def __init__(self, process: PoolProcess) -> None:
        self._owner = process.owner
        self._elements = {element.id: element for element in process.elements}
        self._flows: dict[int, PoolFlow] = dict(enumerate(process.flows))
        self._next_number = len(self._flows)
        self._outgoing: dict[str, list[int]] = {id_: [] for id_ in self._elements}
        self._incoming: dict[str, list[int]] = {id_: [] for id_ in self._elements}
        for number, flow in self._flows.items():
            self._outgoing[flow.source].append(number)
            self._incoming[flow.target].append(number)

    def result(self) -> PoolProcess:
        return PoolProcess(self._owner, tuple(self._elements.values()), tuple(self._flows.values()))

    def _remove(self, element: str) -> None:
        """Remove an element with one flow in and one out; the flow in leads on."""
        (entry,), (out,) = self._incoming[element], self._outgoing[element]
        target = self._flows[out].target
        label = self._flows[entry].flow or self._flows[out].flow
        self._flows[entry] = replace(self._flows[entry], target=target, flow=label)
        self._incoming[target][self._incoming[target].index(out)] = entry
        del self._flows[out], self._elements[element], self._incoming[element], self._outgoing[element]

    def absorb_throws(self) -> None:
        """Let a step, or a throwing message event of the model, send what the throws right behind it would send."""
        hosts = {element.host for element in self._elements.values() if element.host is not None}
        for element in list(self._elements.values()):
            if element.id in hosts or not _can_send(element):
                continue
            while len(self._outgoing[element.id]) == 1:
                throw = self._elements[self._flows[self._outgoing[element.id][0]].target]
                can_send = isinstance(element.node and element.node.element, Step) or not element.sends
                if throw.kind != "throw" or len(self._incoming[throw.id]) != 1 or not can_send:
                    break
                element = replace(element, sends=(*element.sends, *throw.sends))
                self._elements[element.id] = element
                self._remove(throw.id)

    def leave_out_idle_gateways(self) -> None:
        """Remove gateways with one flow in and one out."""
        for element in list(self._elements.values()):
            is_gateway = element.kind in JOINING or element.kind.endswith("_split")
            ways = (len(self._incoming[element.id]), len(self._outgoing[element.id]))
            if is_gateway and ways == (1, 1) and self._flows[self._incoming[element.id][0]].source != element.id:
                self._remove(element.id)

    def unite_flows(self) -> None:
        """Draw several flows between the same two elements as one, with all their answers.

        A decision all of whose ways lead to the same place stays; parallel ways without content fall away.
        """
        first_of: dict[tuple[str, str], int] = {}
        shortened: dict[str, None] = {}
        for number, flow in list(self._flows.items()):
            first = first_of.setdefault((flow.source, flow.target), number)
            if first == number:
                continue
            kept = self._flows[first]
            more = () if flow.flow is None else (flow.flow,)
            self._flows[first] = replace(kept, alternatives=(*kept.alternatives, *more))
            self._outgoing[flow.source].remove(number)
            self._incoming[flow.target].remove(number)
            del self._flows[number]
            shortened.update(dict.fromkeys((flow.source, flow.target)))
        for id_ in shortened:
            is_idle = len(self._incoming[id_]) == len(self._outgoing[id_]) == 1
            if is_idle and self._elements[id_].kind in (*JOINING, "parallel_split"):
                self._remove(id_)

    def add_merges(self) -> None:
        """Put an exclusive merge before everything else that has several flows in."""
        for element in list(self._elements.values()):
            entries = self._incoming[element.id]
            if len(entries) < 2 or element.kind in JOINING:
                continue
            merge = PoolElement(f"merge:{self._owner}:{element.id}", "exclusive_join")
            self._elements[merge.id] = merge
            number = self._next_number
            self._next_number += 1
            for entry in entries:
                self._flows[entry] = replace(self._flows[entry], target=merge.id)
            self._flows[number] = PoolFlow(merge.id, element.id)
            self._incoming[merge.id], self._outgoing[merge.id] = entries, [number]
            self._incoming[element.id] = [number]

    def unite_merges(self) -> None:
        """Let an added merge in front of another merge disappear in it."""
        for element in list(self._elements.values()):
            if element.kind != "exclusive_join" or element.node is not None:
                continue
            (out,) = self._outgoing[element.id]
            behind = self._flows[out].target
            if self._elements[behind].kind != "exclusive_join" or behind == element.id:
                continue
            entries = self._incoming[element.id]
            for entry in entries:
                self._flows[entry] = replace(self._flows[entry], target=behind)
            place = self._incoming[behind].index(out)
            self._incoming[behind][place : place + 1] = entries
            del self._flows[out], self._elements[element.id], self._incoming[element.id], self._outgoing[element.id]


def _can_send(element: PoolElement) -> bool:
    model = None if element.node is None else element.node.element
    if isinstance(model, Event):
        return model.type == "throw" and model.trigger == "message"
    return element.kind == "step" and element.inner is None
