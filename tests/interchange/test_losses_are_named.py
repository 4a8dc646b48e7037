"""Whatever another tool puts anywhere into a file is there in the next export, or named; nothing is lost silently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.interchange.test_foreign_files import FILES
from tests.interchange.test_merge_in_modeler import MODEL

import ankunft_model as am
from ankunft_model.bpmn_xml.document import Node, document_bytes, new_node, parse_bpmn
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
