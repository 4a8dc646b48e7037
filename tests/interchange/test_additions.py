"""What another tool puts into a diagram of ours stays: its attributes, its extensions, wherever they stand."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.interchange.test_merge_in_modeler import MODEL

import ankunft_model as am
from ankunft_model.bpmn_xml.document import Node, document_bytes, new_node, parse_bpmn
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.bpmn_xml.namespaces import MODEL as BPMN

VENDOR = "urn:vendor"
WRITTEN = am.read_text(MODEL, suffix=".yaml")
VALUES = st.text("aß<&\"' \u20ac\n", min_size=1, max_size=5)


def places(root: Node) -> list[Node]:
    """Return what a tool may put its own attributes into: all with an id, and what draws them."""
    drawn = ("BPMNShape", "BPMNEdge", "BPMNPlane", "BPMNDiagram")
    return [
        node
        for node in root.iter()
        if isinstance(node.tag, str)
        and (node.get("id") or node is root)
        and (node.tag.startswith(f"{{{BPMN}}}") or node.tag.endswith(drawn))
    ]


def extend(node: Node, text: str) -> None:
    """Put an extension of the vendor into a semantic element."""
    tag = f"{{{BPMN}}}extensionElements"
    holder = next((child for child in node if child.tag == tag), None)
    if holder is None:
        holder = new_node(tag, {}, near=node)
        node.insert(0, holder)
    outer = new_node(f"{{{VENDOR}}}outer", {"k": text}, near=node)
    outer.append(new_node(f"{{{VENDOR}}}inner", {f"{{{VENDOR}}}n": text}, near=node, text=text.strip()))
    holder.append(outer)


def foreign(data: bytes) -> Counter[tuple[str, ...]]:
    """Return what the vendor has put in, each with the element in which it stands."""
    found: Counter[tuple[str, ...]] = Counter()
    for node in parse_bpmn(data).root.iter():
        if not isinstance(node.tag, str) or node.tag.startswith(f"{{{ANKUNFT}}}"):
            continue
        parent = node.getparent()
        around = parent.getparent() if parent is not None else None
        of = next((one.get("id") or "" for one in (node, parent, around) if one is not None and one.get("id")), "")
        if node.tag.startswith(f"{{{VENDOR}}}"):
            found[of, node.tag, str(sorted(node.attrib.items())), (node.text or "").strip()] += 1
        else:
            found.update((of, node.tag, key, value) for key, value in node.attrib.items() if VENDOR in key)
    return found


@given(st.data(), st.sampled_from(("collaboration", "journey")))
def test_attributes_and_extensions_of_another_tool_stand_in_the_next_export(drawn: st.DataObject, view: str) -> None:
    before = WRITTEN.to_bpmn(view=view)  # type: ignore[arg-type]
    document = parse_bpmn(before)
    found = places(document.root)
    for place in drawn.draw(st.lists(st.integers(0, len(found) - 1), min_size=1, max_size=8, unique=True)):
        found[place].set(f"{{{VENDOR}}}a", drawn.draw(VALUES))
        if found[place].tag.startswith(f"{{{BPMN}}}") and found[place] is not document.root:
            extend(found[place], drawn.draw(VALUES))
    edited = document_bytes(document)

    merged = am.merge(WRITTEN, edited)

    after = merged.model.to_bpmn(view=view)  # type: ignore[arg-type]
    assert [change.path for change in merged.changes] == [("carried",)]
    assert foreign(after) == foreign(edited)
    assert am.read_bpmn(edited) == merged.model == am.read_bpmn(after)
    assert am.read_text(merged.model.to_yaml(), suffix=".yaml") == merged.model
    assert am.merge(merged.model, after).changes == ()
    assert am.merge(merged.model, before).model.to_bpmn() != b""


def put(data: bytes, old: str, new: str) -> bytes:
    text = data.decode()
    assert old in text
    return text.replace("<bpmn:definitions ", f'<bpmn:definitions xmlns:v="{VENDOR}" ', 1).replace(old, new, 1).encode()


def test_attributes_of_the_standard_that_we_do_not_write_are_kept_while_the_type_is_the_same() -> None:
    edited = put(WRITTEN.to_bpmn(), "<bpmn:task id=", '<bpmn:task startQuantity="2" id=')
    model = am.merge(WRITTEN, edited).model
    written = model.to_bpmn()
    assert written.count(b'startQuantity="2"') == 1

    id_ = next(id_ for id_, node in model.nodes.items() if node.type == "task")
    process = model.processes["p"]
    nodes = {key: node.changed(type="user") if key == id_ else node for key, node in process.nodes.items()}
    changed = model.changed(processes={"p": process.changed(nodes=nodes)}).to_bpmn()

    assert changed.count(b"<bpmn:userTask") == 1
    assert changed.count(b'startQuantity="2"') == 0


def test_what_another_tool_takes_away_is_gone_in_the_next_export() -> None:
    edited = put(WRITTEN.to_bpmn(), "<bpmndi:BPMNShape ", '<bpmndi:BPMNShape v:look="round" ')
    model = am.merge(WRITTEN, edited).model
    document = parse_bpmn(model.to_bpmn())
    for node in document.root.iter():
        node.attrib.pop(f"{{{VENDOR}}}look", None)

    merged = am.merge(model, document_bytes(document))

    assert foreign(model.to_bpmn()).total() == 1
    assert foreign(merged.model.to_bpmn()).total() == 0
    assert merged.model == WRITTEN


def test_another_view_keeps_what_it_does_not_show() -> None:
    pools = WRITTEN.to_bpmn(view="collaboration")
    document = parse_bpmn(pools)
    participant = next(node for node in document.root.iter(f"{{{BPMN}}}participant"))
    participant.set(f"{{{VENDOR}}}a", "kept")
    model = am.merge(WRITTEN, document_bytes(document)).model
    journey = parse_bpmn(model.to_bpmn(view="journey"))
    next(node for node in journey.root.iter(f"{{{BPMN}}}process")).set(f"{{{VENDOR}}}b", "new")

    both = am.merge(model, document_bytes(journey)).model

    said = {value for *_, value in foreign(both.to_bpmn(view="collaboration"))}
    assert "kept" in said
    assert {value for *_, value in foreign(both.to_bpmn(view="journey"))} == {"new"}


@pytest.mark.parametrize("strange", ["<v:odd/>", '<bpmn:task id="T" operationRef="O"/>'])
def test_what_can_neither_be_understood_nor_kept_is_named(strange: str) -> None:
    data = WRITTEN.to_bpmn()
    edited = put(data, "</bpmn:process>", f"{strange}</bpmn:process>")

    assert am.merge(WRITTEN, edited).unclear
