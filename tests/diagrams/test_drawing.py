"""A new drawing for any BPMN file: the process stays byte for byte, everything drawable is drawn, the rest is named."""

from __future__ import annotations

import pytest
from tests.diagrams.bpmn_files import CORPUS, bpmn, drawing_of, flow, node, process, without_diagrams

import ankunft_model as am

SMALL = process(node("startEvent", "start", name="Beginn") + node("task", "check") + flow("start", "check"))


def test_a_file_without_diagram_gets_one_at_the_end() -> None:
    layout = am.lay_out_bpmn(bpmn(SMALL))

    drawing = drawing_of(layout.data)
    assert drawing.planes == ["process"]
    assert set(drawing.shapes) == {"start", "check"}
    assert set(drawing.edges) == {"start-check"}
    assert "start" in drawing.labels
    assert without_diagrams(layout.data).replace(b"\n", b"") == bpmn(SMALL).replace(b"\n", b"")


def test_laying_out_a_laid_out_file_changes_nothing() -> None:
    once = am.lay_out_bpmn(bpmn(SMALL)).data

    assert am.lay_out_bpmn(once).data == once


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no BPMN files by others in {CORPUS}")
@pytest.mark.parametrize("folder", ["auto-layout-fixtures", "for-research", "miwg"])
def test_files_by_others_keep_every_byte_outside_of_their_diagrams(folder: str) -> None:
    for path in sorted((CORPUS / folder).glob("*.bpmn")):
        data = path.read_bytes()
        if b"ISO-8859-1" in data[:100]:
            continue  # its diagrams are found by another way in another test
        laid_out = am.lay_out_bpmn(data).data
        assert without_diagrams(laid_out) == without_diagrams(data), path.name
        assert am.lay_out_bpmn(laid_out).data == laid_out, path.name
