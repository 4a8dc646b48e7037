"""Whatever somebody, or a broken tool, has made of a diagram of ours: it is read, or refused with our own error."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any, Literal

import pytest
from lxml import etree
from tests.exports.bpmn.test_levels_and_findings import tangled, with_sub_process
from tests.interchange.test_merge_in_modeler import MODEL as POOLS

import ankunft_model as am
from ankunft_model.sources import write_into_yaml

EDITS_PER_FILE = 40
VALUES = (
    "",
    "p",
    "x" * 300,
    "../../etc/passwd",
    "\u202e",
    "'; --",
    "{}",
    "none",
    "unknown",
    "  ",
    "Ümläut",
    "0",
    "=1+1",
)


def models() -> dict[str, am.ArrivalModel]:
    return {
        "pools": am.read_text(POOLS, suffix=".yaml"),
        "sub-process": with_sub_process(),
        "tangled": tangled(),
        "foreign": am.read(Path(__file__).resolve().parents[1] / "fixtures" / "foreign" / "camunda-7.bpmn"),
    }


def edited(data: bytes, random: Random) -> bytes:
    """Return the file with some edits that no tool would make: the same seed makes the same ones."""
    root: Any = etree.fromstring(data)
    for _ in range(random.randint(1, 6)):
        nodes = [node for node in root.iter() if isinstance(node.tag, str) and node is not root]
        if not nodes:
            break
        node, other = random.choice(nodes), random.choice(nodes)
        ids = [one.get("id") for one in nodes if one.get("id")] or ["none"]
        match random.randrange(7):
            case 0:
                node.getparent().remove(node)
            case 1 if other is not node and node not in other.iterancestors():
                other.append(node)
            case 2:
                node.getparent().append(etree.fromstring(etree.tostring(node)))
            case 3 if node.attrib:
                node.set(random.choice(list(node.attrib)), random.choice((*VALUES, random.choice(ids))))
            case 4 if node.attrib:
                del node.attrib[random.choice(list(node.attrib))]
            case 5:
                node.tag = other.tag
            case 6:
                node.text = random.choice((*VALUES, random.choice(ids)))
            case _:
                node.set("name", random.choice(VALUES))
    return bytes(etree.tostring(root, encoding="UTF-8"))


@pytest.mark.parametrize("name", models())
@pytest.mark.parametrize("view", [None, "journey"])
def test_broken_edits_are_taken_over_or_refused_and_never_break_the_program(
    name: str, view: Literal["journey"] | None, tmp_path: Path
) -> None:
    model = models()[name]
    written = model.to_bpmn() if name == "foreign" else model.to_bpmn(view=view)
    file = tmp_path / "model.yaml"
    text = model.to_yaml()
    taken = 0
    for seed in range(EDITS_PER_FILE):
        data = edited(written, Random(seed))
        try:
            read = am.read_bpmn(data)
            merged = am.merge(model, data)
        except am.AnkunftError:
            continue
        taken += 1
        assert am.read_text(read.to_yaml(), suffix=".yaml") == read
        file.write_text(text, encoding="utf-8")
        write_into_yaml(file, model, merged.model)
        assert am.read(file) == merged.model
    assert taken > EDITS_PER_FILE // 4  # most edits are harmless: the test has seen merges, not refusals only
