"""`ankunft report`: one self-contained HTML page."""

from __future__ import annotations

import argparse

from ankunft_model.cli.output import tell_written
from ankunft_model.doors import read, report


def run(arguments: argparse.Namespace) -> int:
    """Write the page."""
    to_be = None if arguments.to_be is None else read(arguments.to_be)
    report(read(arguments.model), arguments.output, to_be=to_be, language=arguments.language)
    tell_written(arguments.output, arguments.language)
    return 0
