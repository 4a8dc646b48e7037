"""`ankunft report`: one self-contained HTML page."""

from __future__ import annotations

import argparse

from ankunft_model.cli.output import tell, tell_written
from ankunft_model.cli.paths import refuse_same_file
from ankunft_model.doors import read, report
from ankunft_model.errors import SourceError
from ankunft_model.model import ArrivalModel
from ankunft_model.sources.file_bytes import shown_name

UNUSABLE = 2


def run(arguments: argparse.Namespace) -> int:
    """Write the page; 2, and every problem of both files, if one is unusable."""
    paths = [path for path in (arguments.model, arguments.to_be) if path is not None]
    models: list[ArrivalModel] = []
    errors: list[SourceError] = []
    for path in paths:
        refuse_same_file(path, arguments.output)
        try:
            models.append(read(path))
        except SourceError as error:
            errors.append(error)
    for unusable in errors:
        tell(unusable.in_language(arguments.language))
    if errors:
        return UNUSABLE
    to_be = models[1] if len(models) > 1 else None
    report(models[0], arguments.output, to_be=to_be, language=arguments.language)
    tell_written(shown_name(arguments.output), arguments.language)
    return 0
