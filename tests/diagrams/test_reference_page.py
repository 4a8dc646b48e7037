"""The reference page of drawings tells every note and every kind of defect."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from ankunft_model.diagrams.notes import NoteCode
from ankunft_model.layout.check import DefectKind

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "layout.md"


def test_every_note_and_defect_stands_on_the_page_and_no_other() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = {line.split("`")[1] for line in page[page.index("## Notes") :].splitlines() if line.startswith("| `")}

    assert told == {*get_args(NoteCode), *get_args(DefectKind)}
