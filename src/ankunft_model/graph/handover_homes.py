"""Handovers by the process that they leave from, wherever a file lists them."""

from __future__ import annotations

from collections.abc import Mapping

from ankunft_model.model import ArrivalModel, Handover, Process


def processes_with_their_handovers(model: ArrivalModel) -> Mapping[str, Process]:
    """Return the processes of a model, each with the handovers that leave from its nodes, by id.

    A file may list a handover between two processes, or within one of them, under any process; no result depends on
    where. One without a node to leave from belongs to the process where it arrives, or stays where it is listed.

    Example:
        >>> from ankunft_model.model import ArrivalModel
        >>> nodes = {"a": {"type": "start", "next": "b"}, "b": {"type": "end"}}
        >>> other = {"c": {"type": "start", "next": "d"}, "d": {"type": "end"}}
        >>> handovers = [{"id": "h", "from": "c", "to": "b"}]
        >>> model = ArrivalModel.model_validate({"id": "m", "title": "M", "state": "as_is", "processes": {
        ...     "p": {"name": "P", "nodes": nodes, "handovers": handovers}, "q": {"name": "Q", "nodes": other}}})
        >>> [handover.id for handover in processes_with_their_handovers(model)["q"].handovers]
        ['h']
    """
    homes: dict[str, list[Handover]] = {id_: [] for id_ in model.processes}
    is_moved = False
    for process in model.processes.values():
        for handover in process.handovers or ():
            home = model.process_of.get(handover.from_node or handover.to_node or "", process)
            homes[home.id].append(handover)
            is_moved = is_moved or home.id != process.id
    if not is_moved:
        return model.processes
    return {
        id_: process
        if tuple(homes[id_]) == (process.handovers or ())
        else process.model_copy(update={"handovers": tuple(homes[id_])})
        for id_, process in model.processes.items()
    }
