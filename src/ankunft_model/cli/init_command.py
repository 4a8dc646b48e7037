"""`ankunft init`: a commented example file to fill in."""

from __future__ import annotations

import argparse
import os
from importlib.resources import files

from ankunft_model.cli.output import print_result, tell_written
from ankunft_model.errors import ExportError, Location, OutputError
from ankunft_model.sources import write_text_atomically
from ankunft_model.sources.file_bytes import shown_name
from ankunft_model.wording import Wording


def run(arguments: argparse.Namespace) -> int:
    """Print the example, or write it to the given file."""
    if arguments.excel:
        raise ExportError(
            Wording(
                de="Arbeitsmappen gibt es in dieser Version noch nicht; „ankunft init“ ohne --excel schreibt ein "
                "Beispiel als YAML.",
                en="this version has no workbooks yet; 'ankunft init' without --excel writes an example as YAML.",
            )
        )
    example = files("ankunft_model.cli").joinpath(f"init_example_{arguments.language}.yaml")
    text = example.read_text(encoding="utf-8")
    if arguments.output is None:
        print_result(text)
        return 0
    output = shown_name(arguments.output)
    if os.path.lexists(arguments.output) and not arguments.force:
        raise OutputError(
            Wording(
                de="Die Datei gibt es schon; mit --force wird sie ersetzt.",
                en="the file exists already; --force replaces it.",
            ),
            location=Location(output),
        )
    write_text_atomically(arguments.output, text)
    tell_written(output, arguments.language)
    return 0
