"""Plain functions behind the methods of `ArrivalModel` that reach rooms above it: they call, write and return.

Every room is imported when its door is opened, so that nothing is loaded that is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, cast

if TYPE_CHECKING:
    import networkx as nx

    from ankunft_model.analysis import BurdenParameters, MetricsOverview, TimeOverview
    from ankunft_model.analysis.knowledge.who_knows import KnownAt, Lineage
    from ankunft_model.analysis.suggestions.results import Suggestions
    from ankunft_model.bpmn_xml.elements import Definitions
    from ankunft_model.diagrams import BpmnLayout, LayoutReport
    from ankunft_model.findings import Findings, Severity
    from ankunft_model.graph.soundness_overview import SoundnessOverview
    from ankunft_model.model import ArrivalModel
    from ankunft_model.report import Subject
    from ankunft_model.sources import BpmnReading, Merge
    from ankunft_model.wording import Language, Wording

View: TypeAlias = Literal["collaboration", "journey"]
Level: TypeAlias = Literal["steps", "processes", "organisations"]
Diagrams: TypeAlias = Literal["one", "per-process"]
Destination: TypeAlias = "str | Path | None"
Content = TypeVar("Content", str, bytes)


def check(
    model: ArrivalModel,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity] | None = None,
    file: str | None = None,
) -> Findings:
    """Return what the rules find; see `ArrivalModel.check`."""
    from ankunft_model.analysis import check as find

    return find(model, select=select, ignore=ignore, severities=severities, file=file)


def soundness(model: ArrivalModel) -> SoundnessOverview:
    """Return the verdict on each process; see `ArrivalModel.soundness`."""
    from ankunft_model.graph.model_soundness import check_model

    return check_model(model)


def who_knows(model: ArrivalModel, item: str, *, at: str) -> KnownAt:
    """Return who knows an item at a node; see `ArrivalModel.who_knows`."""
    from ankunft_model.analysis.knowledge.who_knows import who_knows as find

    return find(model, item, at=at)


def lineage(model: ArrivalModel, item: str) -> Lineage:
    """Return the way of an item; see `ArrivalModel.lineage`."""
    from ankunft_model.analysis.knowledge.who_knows import lineage as find

    return find(model, item)


def disclosure(model: ArrivalModel, *, with_open_facts: bool = False) -> dict[str, tuple[str, ...]]:
    """Return who ever sees what; see `ArrivalModel.disclosure`."""
    from ankunft_model.analysis.knowledge.who_knows import disclosure as find

    return find(model, with_open_facts=with_open_facts)


def to_bpmn(
    model: ArrivalModel,
    path: Destination = None,
    *,
    view: View | None = None,
    only: Iterable[str] = (),
    level: Level = "steps",
    diagrams: Diagrams = "one",
    notify: bool = False,
    findings: Findings | None = None,
    notes: bool = False,
    templates: bool = False,
    language: Language = "de",
) -> bytes:
    """Return the model as BPMN 2.0; see `ArrivalModel.to_bpmn`."""
    from ankunft_model.exports.bpmn import Extras
    from ankunft_model.exports.bpmn import to_bpmn as export

    extras = Extras(tuple(findings or ()), notes=notes, templates=templates)
    written = export(
        model,
        view=view,
        only=tuple(only),
        level=level,
        diagrams=diagrams,
        notify=notify,
        extras=extras,
        language=language,
    )
    return _written(path, written)


def remarks(model: ArrivalModel, *, notify: bool = False, is_one_diagram: bool = False) -> tuple[Wording, ...]:
    """Return what a person should know of a model's collaboration; see `exports.bpmn.remarks`."""
    from ankunft_model.exports.bpmn import remarks as find

    return tuple(find(model, notify=notify, is_one_diagram=is_one_diagram))


def merge(model: ArrivalModel, source: str | Path | bytes) -> Merge:
    """Return `model` with the edits that somebody made in its BPMN file.

    The file is one that was exported from the model, in any view, or, for a model that was read from a file of another
    tool, a newer version of that. It is compared with the model as it was exported: what was changed in the diagram is
    taken over, all other fields stay. What the model says otherwise by now, too, is a conflict, and the model's own
    version is kept.

    Args:
        model: The model as it is now.
        source: The edited file, or its content.

    Raises:
        SourceError: the file cannot be used or is of another model.
    """
    from ankunft_model.sources import merge_foreign, merge_own, understand_bpmn

    reading = understand_bpmn(source)
    if not reading.is_own:
        return merge_foreign(model, reading)
    return merge_own(model, reading, _writer_of(reading))


def import_bpmn(source: str | Path | bytes) -> tuple[BpmnReading, Merge | None]:
    """Return what a BPMN file says, and, if it is a view of ours that was edited, the model with these edits.

    Raises:
        SourceError: the file cannot be used.
    """
    from dataclasses import replace

    from ankunft_model.sources import merge_own, understand_bpmn
    from ankunft_model.sources.bpmn import counts_of

    reading = understand_bpmn(source)
    if reading.exported is None or not reading.is_edited:
        return reading, None
    merged = merge_own(reading.exported, reading, _writer_of(reading))
    return replace(reading, report=replace(reading.report, understood=counts_of(merged.model))), merged


def read_bpmn(source: str | Path | bytes) -> ArrivalModel:
    """Return the model of a BPMN file.

    From a view that we wrote it is the model that the file carries, with everything that was edited in the diagram
    since, as `merge` takes it over. From any other file it is what a model has words for; the file itself is carried
    along (`ArrivalModel.carried`), so that nothing of it is lost when the model is exported.

    Args:
        source: A path, or the content of the file: BPMN 2.0 XML, a ZIP with one BPMN file, or a message of XProzess.

    Raises:
        SourceError: the file cannot be used.
    """
    from ankunft_model.sources import merge_own, understand_bpmn

    reading = understand_bpmn(source, report=False)
    if reading.exported is None or not reading.is_edited:
        return reading.model
    return merge_own(reading.exported, reading, _writer_of(reading)).model


def _writer_of(reading: BpmnReading) -> Callable[[bool], bytes]:
    """Return what writes a view of ours as it was before anybody edited it, with or without its diagrams."""
    from ankunft_model.exports.bpmn import to_bpmn, to_undrawn_bpmn

    options = reading.options
    model = reading.exported or reading.model

    def write(is_drawn: bool) -> bytes:  # noqa: FBT001 - called in one place for each
        return (to_bpmn if is_drawn else to_undrawn_bpmn)(
            model,
            view=cast("View | None", options.get("view")),
            only=options.get("only", "").split(),
            level=cast("Level", options.get("level", "steps")),
            diagrams=cast("Diagrams", options.get("diagrams", "one")),
            notify=options.get("notify") == "true",
            language=cast("Language", options.get("language", "de")),
        )

    return write


def to_svg(
    model: ArrivalModel,
    path: Destination = None,
    *,
    view: View | None = None,
    only: Iterable[str] = (),
    level: Level = "steps",
    findings: Findings | None = None,
    language: Language = "de",
) -> str:
    """Return the diagram as SVG; see `ArrivalModel.to_svg`."""
    from ankunft_model.exports.bpmn import to_definitions
    from ankunft_model.exports.svg import to_svg as draw

    definitions = to_definitions(model, view=view, only=tuple(only), level=level, language=language)
    return _written(path, draw(definitions, findings=findings or (), title=model.label(language), language=language))


def to_dot(
    model: ArrivalModel,
    path: Destination = None,
    *,
    view: Literal["process", "handovers"] = "process",
    language: Language = "de",
) -> str:
    """Return a Graphviz graph; see `ArrivalModel.to_dot`."""
    from ankunft_model.exports.dot import to_dot as draw

    return _written(path, draw(model, view=view, language=language))


def to_yaml(model: ArrivalModel, path: Destination = None) -> str:
    """Return the canonical text form; see `ArrivalModel.to_yaml`."""
    from ankunft_model.sources import to_yaml as write

    return _written(path, write(model))


def to_json(model: ArrivalModel, path: Destination = None) -> str:
    """Return the JSON form; see `ArrivalModel.to_json`."""
    from ankunft_model.sources import to_json as write

    return _written(path, write(model))


def to_networkx(model: ArrivalModel) -> nx.MultiDiGraph[str]:
    """Return nodes, flows and handovers as a networkx graph; see `ArrivalModel.to_networkx`."""
    from ankunft_model.graph.networkx_graph import to_networkx as build

    return build(model)


def report(
    model: ArrivalModel,
    path: Destination = None,
    *,
    to_be: ArrivalModel | None = None,
    language: Language = "de",
) -> str:
    """Return the report page; see `ArrivalModel.report`."""
    from ankunft_model.report import to_html

    as_is = _subject(model, "as_is", language)
    planned = None if to_be is None else _subject(to_be, "to_be", language)
    return _written(path, to_html(as_is, to_be=planned, language=language))


def _subject(model: ArrivalModel, side: Literal["as_is", "to_be"], language: Language) -> Subject:
    """Return one side of a report: what was found, the figures, and the diagrams that can be drawn."""
    from ankunft_model.analysis import Computations, check
    from ankunft_model.errors import ExportError
    from ankunft_model.exports.bpmn import to_definitions
    from ankunft_model.report import diagram_for_report, subject_of
    from ankunft_model.wording import Wording

    computations = Computations(model)
    findings = check(model, computations=computations)
    titles: dict[View, Wording] = {
        "collaboration": Wording(de="Alle beteiligten Stellen", en="All bodies involved"),
        "journey": Wording(de="Der Weg der Person", en="The way of the person"),
    }
    drawn: dict[View, Definitions] = {}
    for view in titles:
        try:
            drawn[view] = to_definitions(model, view=None if view == "collaboration" else view, language=language)
        except ExportError:  # this view cannot show the model; the page goes without it
            continue
    pictures = [definitions.diagrams for definitions in drawn.values()]
    if len(pictures) == len(titles) and pictures[0] == pictures[1]:  # one organisation: there is only its own way
        drawn.pop("collaboration")
    diagrams = {
        titles[view].in_language(language): diagram_for_report(
            definitions, findings, side=side, name=view, title=model.label(language), language=language
        )
        for view, definitions in drawn.items()
    }
    return subject_of(computations, findings, diagrams)


def only_process(model: ArrivalModel, process: str) -> ArrivalModel:
    """Return the part of the model with one process; see `ArrivalModel.only_process`."""
    from ankunft_model.graph.views import only_process as view

    return view(model, process)


def for_cohort(model: ArrivalModel, cohort: str) -> ArrivalModel:
    """Return the part of the model for one target group; see `ArrivalModel.for_cohort`."""
    from ankunft_model.graph.narrowing import for_cohort as narrow

    return narrow(model, cohort)


def for_case(model: ArrivalModel, case: str) -> ArrivalModel:
    """Return the part of the model that a case can pass; see `ArrivalModel.for_case`."""
    from ankunft_model.graph.narrowing import for_case as narrow

    return narrow(model, case)


def time(model: ArrivalModel) -> TimeOverview:
    """Return how long it takes; see `ArrivalModel.time`."""
    from ankunft_model.analysis import Computations, time_overview

    return time_overview(Computations(model))


def metrics(model: ArrivalModel, parameters: BurdenParameters | None = None) -> MetricsOverview:
    """Return the figures of each process; see `ArrivalModel.metrics`."""
    from ankunft_model.analysis import Computations, metrics_overview

    return metrics_overview(Computations(model), parameters)


def suggest(model: ArrivalModel) -> Suggestions:
    """Return what to change so that gaps close and avoidable questions are spared; see `ArrivalModel.suggest`."""
    from ankunft_model.analysis.suggestions.suggest import suggest as find

    return find(model)


def mime_bundle(model: ArrivalModel) -> dict[str, str]:
    """Return what a notebook shows of a model: the diagram with findings marked, or words if it cannot be drawn."""
    from ankunft_model.errors import ExportError

    text = f"<ArrivalModel {model.id}: processes {', '.join(model.processes)}; {len(model.nodes)} nodes>"
    findings = check(model)
    views: tuple[View | None, ...] = (None, "journey")
    for view in views:
        try:
            return {"image/svg+xml": to_svg(model, view=view, findings=findings), "text/plain": text}
        except ExportError as error:
            text += f"\n{error}"
    return {"text/plain": text}


def read(path: str | Path) -> ArrivalModel:
    """Return the model that a file states: `.yaml`, `.yml`, `.json`, `.bpmn`, also in a `.zip` or `.xml`.

    BPMN is read as `read_bpmn` does.

    Raises:
        SourceError: everything that is wrong with the file, each with line, column and path.
    """
    from ankunft_model.sources import read as read_file
    from ankunft_model.sources.file_reader import BPMN_SUFFIXES

    return read_bpmn(path) if Path(path).suffix.lower() in BPMN_SUFFIXES else read_file(path)


def lay_out_bpmn(
    source: str | Path | bytes,
    path: Destination = None,
    *,
    lanes: Literal["auto", "declared"] = "auto",
    direction: Literal["horizontal", "vertical"] = "horizontal",
    previous: str | Path | bytes | None = None,
) -> BpmnLayout:
    """Return any BPMN 2.0 file with a new drawing, and write it to `path` if one is given.

    The part that describes the process stays as it is, byte for byte; only the diagrams are new. Ids, colours and
    markers of shapes stay. Equal input gives equal output.

    Args:
        source: A path, or the content of the file.
        path: Where to write the file.
        lanes: `declared` keeps pools and lanes in the order of the file; `auto` puts them so that connections become
            short, and keeps the order of the file where that makes no difference.
        direction: `horizontal`: flows run to the right, pools lie under each other; `vertical`: flows run down, pools
            stand side by side.
        previous: A file with an earlier drawing, perhaps changed by hand; it may be `source` itself. What it shows
            keeps its order from left to right and from top to bottom; what is new finds its place in between.

    Raises:
        SourceError: The file cannot be read, or is no BPMN 2.0 file; a file that can be read is always drawn.
        OutputError: The file cannot be written.

    Example:
        >>> model = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
        >>> model += b'<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="gone"/></process></definitions>'
        >>> layout = lay_out_bpmn(model)
        >>> layout.data.count(b"BPMNShape"), [(note.code, note.element_id) for note in layout.notes]
        (2, [('missing-end', 'f')])
    """
    from ankunft_model.diagrams.drawing import lay_out_bpmn as lay_out

    data, file = _content(source)
    earlier = None if previous is None else _content(previous)[0]
    layout = lay_out(data, file=file, lanes=lanes, direction=direction, previous=earlier)
    _written(path, layout.data)
    return layout


def render_bpmn(
    source: str | Path | bytes,
    path: Destination = None,
    *,
    diagram: str | None = None,
    scale: float | None = None,
    language: Language | None = None,
) -> str:
    """Return the picture of a diagram in any BPMN 2.0 file as SVG, and write it to `path` if one is given.

    Everything stands where the file says, in its colours. Equal input gives equal output.

    Args:
        source: A path, or the content of the file, also in a ZIP or a message of XProzess; it must have a diagram
            (`lay_out_bpmn` gives it one).
        path: Where to write the picture; with the suffix `.png` it is written as PNG, which needs the extra `png`.
        diagram: Its number from 1, its id or its name, or the id of what it shows; None: the first with content.
        scale: Pixels of a PNG per pixel of the drawing; None: 2.
        language: Language of names that the file has in several; None: as the file names everything, which is what
            its drawing has room for.

    Raises:
        SourceError: The file cannot be read, is no BPMN 2.0 file, or has no such diagram.
        ExportError: The picture would be too large, or `scale` is out of range.
        MissingProgramError: PNG is wanted, and what makes it is not installed.
        OutputError: The file cannot be written.

    Example:
        >>> model = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
        >>> model += b'<task id="a" name="Ask"/></process></definitions>'
        >>> picture = render_bpmn(lay_out_bpmn(model).data)
        >>> picture[:4], "Ask" in picture
        ('<svg', True)
    """
    from ankunft_model.exports.svg.picture import draw_scene
    from ankunft_model.exports.svg.scenes_of_xml import DiagramFile
    from ankunft_model.sources.bpmn_archive import bpmn_inside

    data, file = _content(source)
    data = bpmn_inside(data, file=file)
    svg = draw_scene(DiagramFile(data, file=file, language=language).scene(diagram))
    if path is not None and Path(path).suffix.lower() == ".png":
        from ankunft_model.exports.png import USUAL_SCALE, to_png

        _written(path, to_png(svg, scale=USUAL_SCALE if scale is None else scale))
        return svg
    return _written(path, svg)


def check_bpmn_layout(source: str | Path | bytes) -> LayoutReport:
    """Return the defects of the drawing that any BPMN 2.0 file has, whoever made it, and figures such as crossings.

    Args:
        source: A path, or the content of the file.

    Raises:
        SourceError: The file cannot be read, or is no BPMN 2.0 file.

    Example:
        >>> model = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
        >>> model += b'<task id="a"/></process></definitions>'
        >>> check_bpmn_layout(model).missing, check_bpmn_layout(lay_out_bpmn(model).data).is_clean
        (('a',), True)
    """
    from ankunft_model.diagrams.checking import check_bpmn_layout as check_layout

    data, file = _content(source)
    return check_layout(data, file=file)


def _content(source: str | Path | bytes) -> tuple[bytes, str | None]:
    """Return the bytes of a source and its name."""
    if isinstance(source, bytes):
        return source, None
    from ankunft_model.sources.file_bytes import read_bytes, shown_name

    return read_bytes(source), shown_name(source)


def _written(path: Destination, content: Content) -> Content:
    """Write `content` to `path`, if there is one, whole or not at all; return it."""
    if path is not None:
        from ankunft_model.sources import write_bytes_atomically, write_text_atomically

        if isinstance(content, bytes):
            write_bytes_atomically(path, content)
        else:
            write_text_atomically(path, content)
    return content
