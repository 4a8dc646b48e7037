"""`ankunft export`: one output of a model; the suffix of the file decides which."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from ankunft_model.cli.output import tell, tell_written
from ankunft_model.cli.paths import refuse_same_file
from ankunft_model.cli.pictures import scale_of, write_picture
from ankunft_model.doors import check, only_process, read, remarks, to_bpmn, to_dot, to_json, to_svg, to_yaml
from ankunft_model.errors import ExportError, Location
from ankunft_model.sources.file_bytes import shown_name
from ankunft_model.wording import Wording

_KIND_OF_SUFFIX: Final = {
    ".bpmn": "bpmn",
    ".xml": "bpmn",
    ".svg": "svg",
    ".png": "png",
    ".dot": "dot",
    ".gv": "dot",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
}
_VIEWS: Final = {
    "bpmn": ("collaboration", "journey"),
    "svg": ("collaboration", "journey"),
    "png": ("collaboration", "journey"),
    "dot": ("process", "handovers"),
}


def run(arguments: argparse.Namespace) -> int:
    """Write the output."""
    kind = arguments.to or _kind_of(arguments.output)
    _check_options(arguments, kind)
    scale = scale_of(arguments.scale, kind)
    refuse_same_file(arguments.model, arguments.output)
    model = read(arguments.model)
    if arguments.process is not None:
        model = only_process(model, arguments.process)
    language, path, only = arguments.language, arguments.output, arguments.only
    view, level = arguments.view, arguments.level
    wants_findings = arguments.findings or arguments.notes
    findings = check(model, file=arguments.model) if wants_findings else None
    if kind == "bpmn":
        to_bpmn(
            model,
            path,
            view=view,
            only=only,
            level=level,
            diagrams=arguments.diagrams,
            notify=arguments.notify,
            findings=findings,
            notes=arguments.notes,
            templates=arguments.templates,
            language=language,
        )
    elif kind in ("svg", "png"):
        svg = to_svg(model, view=view, only=only, level=level, findings=findings, language=language)
        write_picture(svg, path, kind=kind, scale=scale)
    elif kind == "dot":
        to_dot(model, path, view=arguments.view or "process", language=language)
    elif kind == "json":
        to_json(model, path)
    else:
        to_yaml(model, path)
    is_collaboration = arguments.view == "collaboration" or (arguments.view is None and model.carried is None)
    if kind in _VIEWS and kind != "dot" and is_collaboration:
        is_one = kind == "bpmn" and arguments.diagrams == "one" and level != "organisations"
        for remark in remarks(model, notify=arguments.notify, is_one_diagram=is_one):
            tell(remark.in_language(language))
    tell_written(shown_name(path), language)
    return 0


def _kind_of(output: str) -> str:
    kind = _KIND_OF_SUFFIX.get(Path(output).suffix.lower())
    if kind is None:
        known = " ".join(_KIND_OF_SUFFIX)
        raise ExportError(
            Wording(
                de=f"Diese Endung ist nicht bekannt; möglich sind {known}, oder --to nennt die Art der Ausgabe.",
                en=f"this suffix is not known; possible are {known}, or --to names the kind of output.",
            ),
            location=Location(shown_name(output)),
        )
    return kind


def _check_options(arguments: argparse.Namespace, kind: str) -> None:
    """Refuse options that this kind of output would ignore."""
    views = _VIEWS.get(kind, ())
    if arguments.view is not None and arguments.view not in views:
        possible = " ".join(views) or "–"
        raise ExportError(
            Wording(
                de=f"Die Sicht „{arguments.view}“ gibt es für {kind} nicht; möglich: {possible}.",
                en=f"there is no view '{arguments.view}' for {kind}; possible: {possible}.",
            )
        )
    if arguments.only and (kind not in ("bpmn", "svg", "png") or arguments.view == "journey"):
        raise ExportError(
            Wording(
                de="--only gilt für BPMN, SVG und PNG in der Sicht „collaboration“.",
                en="--only is for BPMN, SVG and PNG in the view 'collaboration'.",
            )
        )
    drawn = ("bpmn", "svg", "png")
    for option, is_given, kinds in (
        ("--findings", arguments.findings, drawn),
        ("--level", arguments.level != "steps", drawn),
        ("--diagrams", arguments.diagrams != "one", ("bpmn",)),
        ("--notify", arguments.notify, ("bpmn",)),
        ("--notes", arguments.notes, ("bpmn",)),
        ("--templates", arguments.templates, ("bpmn",)),
    ):
        if is_given and kind not in kinds:
            names = " ".join(kinds)
            raise ExportError(Wording(de=f"{option} gilt für {names}.", en=f"{option} is for {names}."))
