"""Models in which each activation of a started process is written out as a process of its own."""

from __future__ import annotations

from typing import Any

MOST_INSTANCES = 12


class TooManyInstancesError(Exception):
    """Processes start each other without end, or very often."""


def written_out(plain: dict[str, Any], entry: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the model with one process for each activation, and the id in the original of each of its nodes.

    Tokens of one instance are none of another one's business, and no enumeration has to know that.
    """
    processes = plain["processes"]
    home = {node: name for name, process in processes.items() for node in ids_in(process["nodes"])}
    handovers = [handover for process in processes.values() for handover in process["handovers"]]
    starting = [one for one in handovers if one.get("triggers")]
    instances: list[tuple[str, str]] = [(entry, "")]
    written: dict[str, Any] = {}
    origin: dict[str, str] = {}
    copies: dict[str, list[str]] = {}
    begun: list[dict[str, Any]] = []
    for process, mark in instances:  # it grows meanwhile
        nodes = renamed(processes[process]["nodes"], mark)
        for node in ids_in(processes[process]["nodes"]):
            origin[node + mark] = node
            copies.setdefault(node, []).append(node + mark)
        written[process + mark] = {"name": process, "nodes": nodes, "handovers": []}
        for handover in starting:
            if home[handover["from"]] == process:
                new = f"{mark}_{handover['id']}"
                instances.append((home[handover["to"]], new))
                begun.append({**handover, "id": f"i{new}", "from": handover["from"] + mark, "to": handover["to"] + new})
        if len(instances) > MOST_INSTANCES:
            raise TooManyInstancesError
    other = [
        {**handover, "id": f"{handover['id']}_{number}_{place}", "from": source, "to": target}
        for handover in handovers
        if not handover.get("triggers")
        for number, source in enumerate(copies.get(handover["from"], ()))
        for place, target in enumerate(
            copies.get(handover["to"], ()) if isinstance(handover["to"], str) else [handover["to"]]
        )
    ]
    written[entry]["handovers"] = [*begun, *other]
    return {**plain, "processes": written}, origin


def ids_in(nodes: dict[str, Any]) -> list[str]:
    return [id_ for name, node in nodes.items() for id_ in (name, *ids_in(node.get("nodes", {})))]


def renamed(nodes: dict[str, Any], mark: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for id_, node in nodes.items():
        new = dict(node)
        following = node.get("next", [])
        following = [following] if isinstance(following, str | dict) else following
        new["next"] = [
            {**flow, "to": flow["to"] + mark} if isinstance(flow, dict) else {"to": flow + mark} for flow in following
        ]
        if not new["next"]:
            del new["next"]
        if "attached_to" in node:
            new["attached_to"] = node["attached_to"] + mark
        if "nodes" in node:
            new["nodes"] = renamed(node["nodes"], mark)
        found[id_ + mark] = new
    return found
