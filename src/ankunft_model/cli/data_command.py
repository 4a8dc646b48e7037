"""`ankunft data`: how often each datum is asked, who knows it, where it is missing."""

from __future__ import annotations

import argparse

from ankunft_model.analysis import Computations, data_overview
from ankunft_model.cli.data_text import as_text
from ankunft_model.cli.output import print_json, print_result, width_of_output
from ankunft_model.cli.subject import model_of


def run(arguments: argparse.Namespace) -> int:
    """Print the overview."""
    model = model_of(arguments)
    overview = data_overview(Computations(model))
    if arguments.format == "json":
        print_json(overview.to_dict())
    else:
        print_result(as_text(model, overview, language=arguments.language, width=width_of_output()))
    return 0
