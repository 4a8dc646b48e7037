"""`ankunft metrics`: what a case costs the person, how the bodies work together, what is not known."""

from __future__ import annotations

import argparse

from ankunft_model.analysis import BurdenParameters, Computations, metrics_overview
from ankunft_model.cli.metrics_text import as_text
from ankunft_model.cli.output import print_json, print_result, width_of_output
from ankunft_model.cli.subject import model_of


def run(arguments: argparse.Namespace) -> int:
    """Print the metrics."""
    model = model_of(arguments)
    parameters = BurdenParameters(
        minutes_per_contact=arguments.minutes_per_contact,
        minutes_per_visit=arguments.minutes_per_visit,
        minutes_per_form=arguments.minutes_per_form,
        minutes_per_question=arguments.minutes_per_question,
        minutes_per_document=arguments.minutes_per_document,
        euros_per_hour=arguments.euros_per_hour,
        cases_per_year=arguments.cases_per_year,
    )
    overview = metrics_overview(Computations(model), parameters)
    if arguments.format == "json":
        print_json(overview.to_dict())
    else:
        print_result(as_text(model, overview, language=arguments.language, width=width_of_output()))
    return 0
