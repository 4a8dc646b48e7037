"""References to elements, their places and their names, as several rules make them alike."""

from __future__ import annotations

from collections.abc import Iterable

from ankunft_model.analysis.knowledge.facts import APPLICANT, ItemKey
from ankunft_model.analysis.naming import Names, listed
from ankunft_model.findings import ElementRef
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Wording


def about_member(key: ItemKey) -> tuple[ElementRef, ...]:
    """Return the member of the household that a datum is about, if it is not the applicant."""
    return () if key.member == APPLICANT else (ElementRef("member", key.member),)


def node_path(model: ArrivalModel, node: str, field: str) -> str:
    """Return the place in the model of a field of a node, as open facts name it."""
    return f"processes.{model.process_of[node].id}.nodes.{node}.{field}"


def listed_nodes(names: Names, nodes: Iterable[str]) -> Wording:
    """Return the quoted names of nodes as a list, each name once."""
    return listed(dict.fromkeys(names.node(node) for node in nodes))
