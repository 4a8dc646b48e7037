"""`ankunft import`: from a BPMN file of our own back to the canonical form."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from ankunft_model.cli.output import print_json, print_result, tell_written
from ankunft_model.cli.paths import refuse_same_file
from ankunft_model.doors import to_json, to_yaml
from ankunft_model.errors import ExportError, Location
from ankunft_model.sources import read_bpmn
from ankunft_model.sources.file_bytes import shown_name
from ankunft_model.wording import Wording

IMPORT_FORMAT: Final = "ankunft-import/1"
_WRITERS: Final = {".yaml": to_yaml, ".yml": to_yaml, ".json": to_json}
_COUNTED: Final = {
    "processes": (Wording(de="Prozess", en="process"), Wording(de="Prozesse", en="processes")),
    "nodes": (Wording(de="Knoten", en="node"), Wording(de="Knoten", en="nodes")),
    "handovers": (Wording(de="Übergabe", en="handover"), Wording(de="Übergaben", en="handovers")),
    "actors": (Wording(de="Akteur", en="actor"), Wording(de="Akteure", en="actors")),
    "systems": (Wording(de="System", en="system"), Wording(de="Systeme", en="systems")),
    "data": (Wording(de="Angabe", en="data item"), Wording(de="Angaben", en="data items")),
}


def run(arguments: argparse.Namespace) -> int:
    """Write the model that the BPMN file carries, and answer what was understood."""
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
    model = read_bpmn(arguments.file)
    write(model, arguments.output)
    understood = {name: len(getattr(model, name)) for name in _COUNTED}
    language = arguments.language
    if arguments.format == "json":
        print_json({"format": IMPORT_FORMAT, "model": model.id, "understood": understood, "carried": []})
    else:
        words = (f"{number} {_COUNTED[name][number != 1].in_language(language)}" for name, number in understood.items())
        title = Wording(de="Verstanden", en="understood").in_language(language)
        print_result(f"{title}: {', '.join(words)}.")
    tell_written(shown_name(arguments.output), language)
    return 0
