"""`ankunft schema`: the JSON Schemas of the file and of the results, and the files for Camunda Modeler."""

from __future__ import annotations

import argparse

from ankunft_model.cli.output import print_json, print_result
from ankunft_model.errors import UnknownElementError
from ankunft_model.exports.bpmn.modeler_files import modeler_file, modeler_file_names
from ankunft_model.model import nearest
from ankunft_model.sources.schemas import schema, schema_names
from ankunft_model.wording import Wording


def run(arguments: argparse.Namespace) -> int:
    """Print one schema, or the names of all."""
    names = (*schema_names(), *modeler_file_names())
    name = arguments.name
    if name is None:
        if arguments.format == "json":
            print_json({"format": "ankunft-schemas/1", "schemas": list(names)})
        else:
            print_result("\n".join(names))
        return 0
    if name not in names:
        near = nearest(name, names)
        raise UnknownElementError(
            Wording(
                de=f"Es gibt kein Schema „{name}“; möglich: {', '.join(names)}."
                + (f" Gemeint: „{near}“?" if near else ""),
                en=f"there is no schema '{name}'; possible: {', '.join(names)}."
                + (f" Did you mean '{near}'?" if near else ""),
            ),
            element_id=name,
        )
    print_json(schema(name) if name in schema_names() else modeler_file(name, language=arguments.language))
    return 0
