"""`ankunft replay`: a documented case beside the model."""

from __future__ import annotations

import argparse

from ankunft_model.analysis.replay.replay import replay
from ankunft_model.cli.output import print_json, print_result, width_of_output
from ankunft_model.cli.replay_text import as_text
from ankunft_model.doors import read
from ankunft_model.sources.case_file import read_case


def run(arguments: argparse.Namespace) -> int:
    """Print where the case left the model and what it ran into."""
    model = read(arguments.model)
    found = replay(model, read_case(arguments.case_file))
    if arguments.format == "json":
        print_json(found.to_dict())
    else:
        print_result(as_text(model, found, language=arguments.language, width=width_of_output()))
    return 0
