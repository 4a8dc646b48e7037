"""`ankunft layout`: a new drawing for any BPMN file, or a check of the one that it has."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Final

from ankunft_model.cli.output import print_json, print_result, tell, tell_written
from ankunft_model.cli.paths import refuse_same_file
from ankunft_model.diagrams import CheckedDiagram, LayoutNote, LayoutReport
from ankunft_model.diagrams.defect_words import DEFECT_WORDS
from ankunft_model.doors import check_bpmn_layout, lay_out_bpmn
from ankunft_model.errors import ExportError
from ankunft_model.layout.check import DefectKind
from ankunft_model.sources.file_bytes import shown_name
from ankunft_model.wording import Language, Wording

LAYOUT_FORMAT: Final = "ankunft-layout/1"
CHECK_FORMAT: Final = "ankunft-layout-check/1"
_MOST_SHOWN: Final = 20


def run(arguments: argparse.Namespace) -> int:
    """Write the file with its new drawing and tell what has no place in it, or check and answer 1 for defects."""
    if arguments.check == (arguments.output is not None):
        raise ExportError(
            Wording(
                de="Bitte entweder -o FILE (neu zeichnen) oder --check (die vorhandene Zeichnung prüfen) angeben.",
                en="please give either -o FILE (draw anew) or --check (check the drawing that is there).",
            )
        )
    if arguments.check:
        return _check(arguments)
    refuse_same_file(arguments.file, arguments.output)
    layout = lay_out_bpmn(
        arguments.file,
        arguments.output,
        lanes=arguments.lanes,
        direction=arguments.direction,
        previous=arguments.previous,
    )
    if arguments.format == "json":
        print_json({"format": LAYOUT_FORMAT, "notes": [_note_data(note) for note in layout.notes]})
    else:
        for note in layout.notes:
            tell(note.in_language(arguments.language))
    tell_written(shown_name(arguments.output), arguments.language)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    report = check_bpmn_layout(arguments.file)
    if arguments.format == "json":
        print_json(_report_data(report))
    else:
        print_result("\n".join(_report_lines(report, arguments.language)))
    return 0 if report.is_clean else 1


def _note_data(note: LayoutNote) -> dict[str, object]:
    return {
        "code": note.code,
        "element": note.element_id or None,
        "line": note.location.line,
        "message": note.wording._asdict(),
    }


def _report_data(report: LayoutReport) -> dict[str, object]:
    return {
        "format": CHECK_FORMAT,
        "clean": report.is_clean,
        "diagrams": [
            {
                "element": diagram.element_id or None,
                "defects": [{"kind": defect.kind, "elements": list(defect.elements)} for defect in diagram.defects],
                "figures": {
                    name: getattr(diagram.figures, name)
                    for name in (
                        "boxes", "lines", "crossings", "bends", "straight_lines", "line_length", "width", "height",
                    )
                },
            }
            for diagram in report.diagrams
        ],
        "missing": list(report.missing),
        "notes": [_note_data(note) for note in report.notes],
    }  # fmt: skip


def _report_lines(report: LayoutReport, language: Language) -> list[str]:
    lines: list[str] = []
    for diagram in report.diagrams:
        lines.append(f"{diagram.element_id or '–'}: {_figure_words(diagram, language)}")
        count_of: Counter[DefectKind] = Counter(defect.kind for defect in diagram.defects)
        for kind in sorted(count_of):
            lines.append(f"  {kind} ({DEFECT_WORDS[kind].in_language(language)}): {count_of[kind]}")
            shown = [" · ".join(defect.elements) for defect in diagram.defects if defect.kind == kind]
            lines += [f"    {elements}" for elements in shown[:_MOST_SHOWN]]
            if len(shown) > _MOST_SHOWN:
                lines.append("    …")
    if report.missing:
        lines.append(f"missing ({DEFECT_WORDS['missing'].in_language(language)}): {len(report.missing)}")
        lines += [f"    {element}" for element in report.missing[:_MOST_SHOWN]]
    lines += [note.in_language(language) for note in report.notes]
    if report.is_clean:
        lines.append(Wording(de="Keine Mängel.", en="no defects.").in_language(language))
    return lines


def _figure_words(diagram: CheckedDiagram, language: Language) -> str:
    figures = diagram.figures
    return Wording(
        de=f"{figures.boxes} Elemente, {figures.lines} Linien, {figures.crossings} Kreuzungen, {figures.bends} Knicke, "
        f"{figures.width} × {figures.height} px",
        en=f"{figures.boxes} elements, {figures.lines} lines, {figures.crossings} crossings, {figures.bends} bends, "
        f"{figures.width} × {figures.height} px",
    ).in_language(language)
