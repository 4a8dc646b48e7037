"""`ankunft init`: a commented example file to fill in."""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

from ankunft_model.cli.output import print_result, tell_written
from ankunft_model.errors import Location, OutputError
from ankunft_model.wording import Wording


def run(arguments: argparse.Namespace) -> int:
    """Print the example, or write it to the given file."""
    text = files("ankunft_model.cli").joinpath("init_example.yaml").read_text(encoding="utf-8")
    if arguments.output is None:
        print_result(text)
        return 0
    from ankunft_model.sources import write_text_atomically

    if Path(arguments.output).exists() and not arguments.force:
        raise OutputError(
            Wording(
                de="Die Datei gibt es schon; mit --force wird sie ersetzt.",
                en="the file exists already; --force replaces it.",
            ),
            location=Location(arguments.output),
        )
    write_text_atomically(arguments.output, text)
    tell_written(arguments.output, arguments.language)
    return 0
