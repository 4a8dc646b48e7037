"""`ankunft import`: from a BPMN file of any tool to the canonical form, or its edits into a model that is there."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ankunft_model.cli.import_text import merge_as_json, merge_as_text, report_as_json, report_as_text
from ankunft_model.cli.output import print_json, print_result, tell, tell_written
from ankunft_model.cli.paths import refuse_same_file
from ankunft_model.doors import import_bpmn, merge, read, to_json, to_yaml
from ankunft_model.errors import ExportError, Location
from ankunft_model.sources import write_into_yaml
from ankunft_model.sources.file_bytes import shown_name
from ankunft_model.wording import Wording

if TYPE_CHECKING:
    from ankunft_model.model import ArrivalModel

_WRITERS: Final = {".yaml": to_yaml, ".yml": to_yaml, ".json": to_json}


def run(arguments: argparse.Namespace) -> int:
    """Write the model that the BPMN file states, or the edits in it, and answer what was understood."""
    if arguments.into is not None:
        return _merge(arguments)
    if arguments.output is None:
        raise ExportError(
            Wording(
                de="-o MODELL.yaml fehlt: wohin das Modell geschrieben wird (oder --into MODELL.yaml, um Änderungen in "
                "ein vorhandenes zu übernehmen).",
                en="-o MODEL.yaml is missing: where the model is written to (or --into MODEL.yaml to take edits over "
                "into one that is there).",
            )
        )
    write = _writer(arguments.output)
    refuse_same_file(arguments.file, arguments.output)
    reading, edits = import_bpmn(arguments.file)
    model = reading.model if edits is None else edits.model
    write(model, arguments.output)
    if arguments.format == "json":
        answer = report_as_json(model.id, reading.report)
        print_json({**answer, "edits": None if edits is None else merge_as_json(edits)})
    else:
        print_result(report_as_text(reading.report, arguments.language))
        if edits is not None:
            print_result(merge_as_text(edits, arguments.language))
    tell_written(shown_name(arguments.output), arguments.language)
    return 0


def _merge(arguments: argparse.Namespace) -> int:
    """Take the edits in the BPMN file over into a model; write it where it stands, or to `--output`."""
    write = _writer(arguments.output or arguments.into)
    refuse_same_file(arguments.file, arguments.output or arguments.into)
    model = read(arguments.into)
    merged = merge(model, arguments.file)
    output = arguments.output or arguments.into
    if arguments.output is not None or Path(output).suffix.lower() == ".json":
        write(merged.model, output)
    elif merged.model != model and not write_into_yaml(output, model, merged.model):
        tell(
            Wording(
                de="Die Datei ließ sich nicht im Kleinen ändern; sie wurde ganz neu geschrieben, ohne ihre Kommentare.",
                en="The file could not be changed in small; it was written anew as a whole, without its comments.",
            ).in_language(arguments.language)
        )
    if arguments.format == "json":
        print_json(merge_as_json(merged))
    else:
        print_result(merge_as_text(merged, arguments.language))
    tell_written(shown_name(output), arguments.language)
    return 0


def _writer(output: str) -> Callable[[ArrivalModel, str], str]:
    """Return what writes a model in the form that the suffix names."""
    write = _WRITERS.get(Path(output).suffix.lower())
    if write is None:
        raise ExportError(
            Wording(
                de="Das Modell wird als .yaml, .yml oder .json geschrieben; bitte eine dieser Endungen nehmen.",
                en="the model is written as .yaml, .yml or .json; please take one of these suffixes.",
            ),
            location=Location(shown_name(output)),
        )
    return write
