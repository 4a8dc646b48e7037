"""The model that a command is about: a file, narrowed to a target group or to a single case if the arguments say so."""

from __future__ import annotations

import argparse

from ankunft_model.doors import for_case, for_cohort, read
from ankunft_model.model import ArrivalModel


def model_of(arguments: argparse.Namespace, path: str | None = None) -> ArrivalModel:
    """Return the model of a file, narrowed as `--cohort` and `--case` say.

    Args:
        arguments: The arguments of a command with these options.
        path: The file; None: the only one of the command.
    """
    model = read(arguments.model if path is None else path)
    if arguments.case is not None:
        return for_case(model, arguments.case)
    return model if arguments.cohort is None else for_cohort(model, arguments.cohort)
