"""`ankunft import`: from a BPMN file of our own back to the canonical form."""

from __future__ import annotations

import argparse
from pathlib import Path

from ankunft_model.cli.output import print_json, tell, tell_written
from ankunft_model.doors import to_json, to_yaml
from ankunft_model.sources import read_bpmn
from ankunft_model.wording import Wording


def run(arguments: argparse.Namespace) -> int:
    """Write the model that the BPMN file carries, and tell what was understood."""
    model = read_bpmn(arguments.file)
    write = to_json if Path(arguments.output).suffix.lower() == ".json" else to_yaml
    write(model, arguments.output)
    understood = {
        "actors": len(model.actors),
        "data": len(model.data),
        "processes": len(model.processes),
        "nodes": len(model.nodes),
        "handovers": len(model.handovers),
    }
    if arguments.format == "json":
        print_json({"format": "ankunft-import/1", "model": model.id, "understood": understood, "carried": []})
    tell(
        Wording(
            de=f"Verstanden: {understood['processes']} Prozesse, {understood['nodes']} Knoten, "
            f"{understood['handovers']} Übergaben, {understood['actors']} Akteure, {understood['data']} Angaben.",
            en=f"understood: {understood['processes']} processes, {understood['nodes']} nodes, "
            f"{understood['handovers']} handovers, {understood['actors']} actors, {understood['data']} data items.",
        ),
        arguments.language,
    )
    tell_written(arguments.output, arguments.language)
    return 0
