"""`ankunft layout`: a new drawing for any BPMN file."""

from __future__ import annotations

import argparse
from typing import Final

from ankunft_model.cli.output import print_json, tell, tell_written
from ankunft_model.cli.paths import refuse_same_file
from ankunft_model.doors import lay_out_bpmn
from ankunft_model.sources.file_bytes import shown_name

LAYOUT_FORMAT: Final = "ankunft-layout/1"


def run(arguments: argparse.Namespace) -> int:
    """Write the file with its new drawing, and tell what has no place in it."""
    refuse_same_file(arguments.file, arguments.output)
    layout = lay_out_bpmn(arguments.file, arguments.output)
    if arguments.format == "json":
        notes = [
            {
                "code": note.code,
                "element": note.element_id,
                "line": note.location.line,
                "message": note.wording._asdict(),
            }
            for note in layout.notes
        ]
        print_json({"format": LAYOUT_FORMAT, "notes": notes})
    else:
        for note in layout.notes:
            tell(note.in_language(arguments.language))
    tell_written(shown_name(arguments.output), arguments.language)
    return 0
