"""`ankunft data`: how often each datum is asked, who knows it, where it is missing."""

from __future__ import annotations

import argparse

from ankunft_model.analysis import Computations, data_overview
from ankunft_model.cli.output import print_json, print_result
from ankunft_model.doors import read


def run(arguments: argparse.Namespace) -> int:
    """Print the overview."""
    overview = data_overview(Computations(read(arguments.model)))
    if arguments.format == "json":
        print_json(overview.to_dict())
    else:
        print_result(overview.to_text(arguments.language))
    return 0
