"""`ankunft time`: how long it takes, where nobody is covered, which deadlines hold."""

from __future__ import annotations

import argparse

from ankunft_model.analysis import Computations, time_overview
from ankunft_model.cli.output import print_json, print_result, width_of_output
from ankunft_model.cli.subject import model_of
from ankunft_model.cli.time_text import as_text


def run(arguments: argparse.Namespace) -> int:
    """Print the overview."""
    model = model_of(arguments)
    computed = Computations(model)
    overview = time_overview(computed)
    if arguments.format == "json":
        print_json(overview.to_dict())
    else:
        print_result(as_text(computed, overview, language=arguments.language, width=width_of_output()))
    return 0
