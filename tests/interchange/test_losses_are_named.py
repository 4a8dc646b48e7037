"""Whatever another tool puts anywhere into a file is there in the next export, or named; nothing is lost silently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.interchange.test_foreign_files import FILES
from tests.interchange.test_merge_in_modeler import MODEL

import ankunft_model as am
from ankunft_model.bpmn_xml.document import Node, copy_of, document_bytes, new_node, parse_bpmn
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, DI, clark
from ankunft_model.interchange.words import bpmn

MARK = "zzq"
VENDOR = "{urn:vendor}"
MODEL_OF_OURS = am.read_text(MODEL, suffix=".yaml")


def put_attribute(node: Node) -> bool:
    node.set(f"{VENDOR}a", MARK)
    return True


def put_extension(node: Node) -> bool:
    if not node.tag.startswith(bpmn("")):
        return False
    tag = bpmn("extensionElements")
    holder = node if node.tag == tag else next(iter(node.iterchildren(tag)), None)
    if holder is None:
        holder = new_node(tag, {}, near=node)
        node.insert(0, holder)
    holder.append(new_node(f"{VENDOR}{MARK}", {}, near=node))
    return True


def put_reference(node: Node) -> bool:
    if not node.tag.startswith(bpmn("")):
        return False
    node.set("messageRef", MARK)
    return True


def put_child(node: Node) -> bool:
    node.append(new_node(f"{VENDOR}{MARK}", {}, near=node))
    return True


def put_extension_of_drawing(node: Node) -> bool:
    if node.tag.startswith(bpmn("")):
        return False
    extension = new_node(clark(DI, "extension"), {}, near=node)
    extension.append(new_node(f"{VENDOR}{MARK}", {}, near=node))
    node.insert(0, extension)
    return True


PUT: tuple[Callable[[Node], bool], ...] = (
    put_attribute,
    put_extension,
    put_reference,
    put_child,
    put_extension_of_drawing,
)


def kinds_of(data: bytes) -> list[tuple[str, str]]:
    """Return every kind of element in a file, with the kind of what is around it."""
    return list(dict.fromkeys(map(kind_of, parse_bpmn(data).root.iter("*"))))


def kind_of(node: Node) -> tuple[str, str]:
    around = node.getparent()
    return str(node.tag), "" if around is None else str(around.tag)


@pytest.mark.parametrize("put", PUT, ids=lambda put: str(put.__name__))
@pytest.mark.parametrize("view", ["collaboration", "journey"])
def test_what_another_tool_puts_into_any_kind_of_element_of_ours_is_kept_or_named(
    put: Callable[[Node], bool], view: str
) -> None:
    data = MODEL_OF_OURS.to_bpmn(view=view)  # type: ignore[arg-type]
    lost: list[tuple[str, str]] = []
    for kind in kinds_of(data):
        document = parse_bpmn(data)
        node = [one for one in document.root.iter("*") if kind_of(one) == kind][-1]
        if kind[0].startswith(f"{{{ANKUNFT}}}") or not put(node):
            continue

        merged = am.merge(MODEL_OF_OURS, document_bytes(document))

        is_kept = MARK in merged.model.to_bpmn(view=view).decode()  # type: ignore[arg-type]
        if not (is_kept or merged.unclear or merged.conflicts):
            lost.append(kind)
    assert lost == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_stands_in_any_element_of_a_file_of_another_tool_stands_in_the_export(path: Path) -> None:
    document = parse_bpmn(path.read_bytes())
    for number, node in enumerate(list(document.root.iter("*"))):
        PUT[number % len(PUT)](node)
    data = document_bytes(document)

    model = am.read_text(am.read_bpmn(data).to_yaml(), suffix=".yaml")

    assert model.to_bpmn().count(MARK.encode()) == data.count(MARK.encode())


def test_a_file_of_ours_as_it_was_written_has_nothing_to_name() -> None:
    for view in ("collaboration", "journey"):
        merged = am.merge(MODEL_OF_OURS, MODEL_OF_OURS.to_bpmn(view=view))  # type: ignore[arg-type]

        assert (merged.changes, merged.conflicts, merged.unclear) == ((), (), ())


def with_copy_of(data: bytes, tag: str) -> bytes:
    """Return the file with a second of the first element of a kind, under ids of its own."""
    document = parse_bpmn(data)
    node = next(iter(document.root.iter(bpmn(tag))))
    copied = copy_of(node)
    for inner in copied.iter("*"):
        if inner.get("id"):
            inner.set("id", f"{inner.get('id')}_{MARK}")
    for reference in [*copied.iterchildren(bpmn("incoming"), bpmn("outgoing"))]:
        copied.remove(reference)
    around = node.getparent()
    assert around is not None
    around.append(copied)
    return document_bytes(document)


@pytest.mark.parametrize("view", ["collaboration", "journey"])
@pytest.mark.parametrize(
    "tag",
    ["task", "startEvent", "endEvent", "exclusiveGateway", "sequenceFlow", "lane", "laneSet", "participant", "process"],
)
def test_a_copy_of_an_element_of_ours_becomes_a_part_of_its_own_or_is_named(view: str, tag: str) -> None:
    merged = am.merge(MODEL_OF_OURS, with_copy_of(MODEL_OF_OURS.to_bpmn(view=view), tag))  # type: ignore[arg-type]

    assert any(MARK in part for change in merged.changes for part in map(str, change.path)) or merged.unclear
    assert MODEL_OF_OURS.nodes.keys() <= merged.model.nodes.keys()
    for id_ in MODEL_OF_OURS.nodes:
        assert merged.model.nodes[id_].name == MODEL_OF_OURS.nodes[id_].name


def test_a_message_that_another_tool_adds_is_named() -> None:
    document = parse_bpmn(MODEL_OF_OURS.to_bpmn())
    document.root.insert(0, new_node(bpmn("message"), {"id": "M", "name": "Neu"}, near=document.root))

    assert am.merge(MODEL_OF_OURS, document_bytes(document)).unclear == ("M",)


def test_a_lane_that_is_deleted_without_what_stands_in_it_is_named() -> None:
    document = parse_bpmn(MODEL_OF_OURS.to_bpmn(view="journey"))
    lane = [*document.root.iter(bpmn("lane"))][-1]
    around = lane.getparent()
    assert around is not None
    around.remove(lane)

    merged = am.merge(MODEL_OF_OURS, document_bytes(document))

    assert merged.changes or merged.unclear == (lane.get("id"),)
