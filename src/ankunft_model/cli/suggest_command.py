"""`ankunft suggest`: what to change so that gaps close and avoidable questions are spared."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ankunft_model.cli.output import print_json, print_result, tell, tell_written, width_of_output
from ankunft_model.cli.paths import refuse_same_file
from ankunft_model.cli.suggest_text import as_text
from ankunft_model.doors import read, suggest, to_json, to_yaml
from ankunft_model.errors import ExportError, Location
from ankunft_model.sources import write_into_yaml
from ankunft_model.sources.file_bytes import shown_name
from ankunft_model.wording import Wording

if TYPE_CHECKING:
    from ankunft_model.analysis import Suggestions

_WRITERS: Final = {".yaml": to_yaml, ".yml": to_yaml, ".json": to_json}


def run(arguments: argparse.Namespace) -> int:
    """Print the suggestions; write the changed model if asked to."""
    output = arguments.model if arguments.write else arguments.output
    if output is not None and Path(output).suffix.lower() not in _WRITERS:
        raise ExportError(
            Wording(
                de="Das geänderte Modell wird als .yaml, .yml oder .json geschrieben; bitte mit -o eine solche Datei "
                "nennen.",
                en="the changed model is written as .yaml, .yml or .json; please name such a file with -o.",
            ),
            location=Location(shown_name(output)),
        )
    if arguments.output is not None:
        refuse_same_file(arguments.model, arguments.output)
    found = suggest(read(arguments.model))
    if output is not None:
        _write(found, output, arguments)
    if arguments.format == "json":
        print_json(found.to_dict())
    else:
        print_result(as_text(found, language=arguments.language, width=width_of_output()))
    if output is not None:
        tell_written(shown_name(output), arguments.language)
    return 0


def _write(found: Suggestions, output: str, arguments: argparse.Namespace) -> None:
    suffix = Path(output).suffix.lower()
    if not arguments.write or suffix == ".json":
        _WRITERS[suffix](found.model, output)
    elif found.suggestions and not write_into_yaml(output, found.before, found.model):
        tell(
            Wording(
                de="Die Datei ließ sich nicht im Kleinen ändern; sie wurde ganz neu geschrieben, ohne ihre Kommentare.",
                en="The file could not be changed in small; it was written anew as a whole, without its comments.",
            ).in_language(arguments.language)
        )
