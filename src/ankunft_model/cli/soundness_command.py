"""`ankunft soundness`: whether every run of each process comes to a proper end."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from ankunft_model.cli.output import print_json, print_result
from ankunft_model.graph.soundness_overview import SoundnessOverview

_BPMN_SUFFIXES: Final = frozenset({".bpmn", ".xml"})


def run(arguments: argparse.Namespace) -> int:
    """Print the verdicts."""
    overview = _overview(arguments.model)
    if arguments.format == "json":
        print_json(overview.to_dict())
    else:
        print_result(overview.to_text(arguments.language))
    return 0


def _overview(path: str) -> SoundnessOverview:
    if Path(path).suffix.lower() in _BPMN_SUFFIXES:
        from ankunft_model.graph.bpmn_soundness import check_bpmn
        from ankunft_model.sources.file_bytes import read_bytes, shown_name

        return check_bpmn(read_bytes(path), file=shown_name(path))
    from ankunft_model.doors import read, soundness

    return soundness(read(path))
