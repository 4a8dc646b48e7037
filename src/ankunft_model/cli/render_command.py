"""`ankunft render`: the picture of any BPMN file that has a diagram."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from ankunft_model.cli.output import tell, tell_written
from ankunft_model.cli.paths import refuse_same_file
from ankunft_model.cli.pictures import scale_of, write_picture
from ankunft_model.errors import ExportError, Location
from ankunft_model.exports.svg.picture import draw_scene
from ankunft_model.exports.svg.scenes_of_xml import DiagramFile
from ankunft_model.sources.bpmn_archive import bpmn_inside
from ankunft_model.sources.file_bytes import read_bytes, shown_name
from ankunft_model.wording import Wording

_SHOWN_DIAGRAMS: Final = 10


def run(arguments: argparse.Namespace) -> int:
    """Write the picture; tell which other diagrams the file has."""
    language, output = arguments.language, arguments.output
    kind = arguments.to or _kind_of(output)
    scale = scale_of(arguments.scale, kind)
    refuse_same_file(arguments.file, output)
    name = shown_name(arguments.file)
    data = bpmn_inside(read_bytes(arguments.file), file=name)
    file = DiagramFile(data, file=name, language=arguments.asked_language)
    svg = draw_scene(file.scene(arguments.diagram))
    write_picture(svg, output, kind=kind, scale=scale)
    entries = file.entries()
    if len(entries) > 1 and arguments.diagram is None:
        names = [f"  {entry.number}: {entry.name or entry.id or '–'}" for entry in entries[:_SHOWN_DIAGRAMS]]
        heading = Wording(
            de=f"Die Datei hat {len(entries)} Diagramme; --diagram NUMMER wählt eines:",
            en=f"the file has {len(entries)} diagrams; --diagram NUMBER chooses one:",
        )
        tell("\n".join([heading.in_language(language), *names]))
    tell_written(shown_name(output), language)
    return 0


def _kind_of(output: str) -> str:
    suffix = Path(output).suffix.lower()
    if suffix not in (".svg", ".png"):
        raise ExportError(
            Wording(
                de="Bilder werden als .svg oder .png geschrieben; bitte eine dieser Endungen nehmen, oder --to.",
                en="pictures are written as .svg or .png; please take one of these suffixes, or --to.",
            ),
            location=Location(shown_name(output)),
        )
    return suffix[1:]
