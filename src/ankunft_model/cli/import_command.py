"""`ankunft import`: from a BPMN file of any tool to the canonical form."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from ankunft_model.cli.import_text import report_as_json, report_as_text
from ankunft_model.cli.output import print_json, print_result, tell_written
from ankunft_model.cli.paths import refuse_same_file
from ankunft_model.doors import to_json, to_yaml
from ankunft_model.errors import ExportError, Location
from ankunft_model.sources import understand_bpmn
from ankunft_model.sources.file_bytes import shown_name
from ankunft_model.wording import Wording

_WRITERS: Final = {".yaml": to_yaml, ".yml": to_yaml, ".json": to_json}


def run(arguments: argparse.Namespace) -> int:
    """Write the model that the BPMN file states, and answer what was understood."""
    write = _WRITERS.get(Path(arguments.output).suffix.lower())
    if write is None:
        raise ExportError(
            Wording(
                de="Das Modell wird als .yaml, .yml oder .json geschrieben; bitte eine dieser Endungen nehmen.",
                en="the model is written as .yaml, .yml or .json; please take one of these suffixes.",
            ),
            location=Location(shown_name(arguments.output)),
        )
    refuse_same_file(arguments.file, arguments.output)
    reading = understand_bpmn(arguments.file)
    write(reading.model, arguments.output)
    if arguments.format == "json":
        print_json(report_as_json(reading.model.id, reading.report))
    else:
        print_result(report_as_text(reading.report, arguments.language))
    tell_written(shown_name(arguments.output), arguments.language)
    return 0
