"""`ankunft schema`: the JSON Schemas of the file and of the results."""

from __future__ import annotations

import argparse

from ankunft_model.cli.output import print_json, print_result
from ankunft_model.errors import UnknownElementError
from ankunft_model.model import nearest
from ankunft_model.sources.json_schemas import SCHEMAS
from ankunft_model.wording import Wording


def run(arguments: argparse.Namespace) -> int:
    """Print one schema, or the names of all."""
    if arguments.name is None:
        names = list(SCHEMAS)
        if arguments.format == "json":
            print_json({"format": "ankunft-schemas/1", "schemas": names})
        else:
            print_result("\n".join(names))
        return 0
    build = SCHEMAS.get(arguments.name)
    if build is None:
        near = nearest(arguments.name, SCHEMAS)
        known = ", ".join(SCHEMAS)
        raise UnknownElementError(
            Wording(
                de=f"Es gibt kein Schema „{arguments.name}“; möglich: {known}."
                + (f" Gemeint: „{near}“?" if near else ""),
                en=f"there is no schema '{arguments.name}'; possible: {known}."
                + (f" Did you mean '{near}'?" if near else ""),
            )
        )
    print_json(build())
    return 0
