"""Names that somebody changed by hand in a diagram of ours, in the words of the model and in the language shown."""

from __future__ import annotations

from typing import Any, Final

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.interchange.drawn_flows import own_flows, short_flows
from ankunft_model.interchange.file_index import name_of
from ankunft_model.interchange.plain_model import Plain, flows_of
from ankunft_model.model.plain import is_mapping

_PROCESS_BEHIND: Final = " – "
"""Stands between the name of an organisation and that of the process that its pool shows."""


def rename(entry: Plain, before: Node, after: Node) -> None:
    """Take over a changed name into `entry`, which the element `before` showed and `after` shows."""
    old, new = name_of(before), name_of(after)
    if old == new or old is None or new is None:
        if new is not None and old is None:
            entry["name"] = in_language_of(entry.get("name"), old, new)
        return
    own = next((text for text in _versions(entry.get("name")) if old.startswith(f"{text}{_PROCESS_BEHIND}")), None)
    if own is not None and new.endswith(old[len(own) :]):  # the name of a pool says of which process it is
        old, new = own, new[: len(new) - len(old) + len(own)].strip() or own
    entry["name"] = in_language_of(entry.get("name"), old, new)


def rename_flow(nodes: dict[str, Plain], flow_id: str | None, before: Node, after: Node) -> bool:
    """Take over the changed answer or name of a flow; return whether one of the nodes has it."""
    new = name_of(after)
    for own, source, found in own_flows(nodes):
        if own != flow_id:
            continue
        node = nodes[source]
        key = "when" if "when" in found or node.get("type") in ("exclusive", "inclusive") else "name"
        renamed = {word: value for word, value in found.items() if word != key}
        if new is not None:
            renamed[key] = in_language_of(found.get(key), name_of(before), new)
        node["next"] = short_flows([renamed if flow == found else flow for flow in flows_of(node)])
        return True
    return False


def in_language_of(text: Any, old: str | None, new: str) -> Any:
    """Return a text in which the version that the diagram showed has been replaced.

    Example:
        >>> in_language_of({"de": "Fragen", "en": "Ask"}, "Ask", "Ask once")
        {'de': 'Fragen', 'en': 'Ask once'}
    """
    if is_mapping(text):
        language = next((tag for tag, version in text.items() if version == old), next(iter(text)))
        return {**text, language: new}
    return new


def _versions(text: Any) -> tuple[str, ...]:
    """Return a text in all its languages."""
    return tuple(map(str, text.values())) if is_mapping(text) else () if text is None else (str(text),)
