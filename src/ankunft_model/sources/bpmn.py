"""Reading BPMN: files of our own, which carry the whole model, and files of any other tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from pydantic import ValidationError

from ankunft_model.bpmn_xml.document import Document, Node, parse_bpmn
from ankunft_model.bpmn_xml.parsing import XmlElement
from ankunft_model.collector import collector_paused
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.interchange.as_read import note_as_read
from ankunft_model.interchange.marks import Marks, marks_of
from ankunft_model.interchange.report import ImportReport, report_on
from ankunft_model.interchange.understanding import understand
from ankunft_model.interchange.writing_back import OF_THIS_FILE, carried_text, payloads_of
from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.nodes_from_words import nodes_from_words
from ankunft_model.model.plain import is_mapping
from ankunft_model.sources.bpmn_archive import bpmn_inside
from ankunft_model.sources.bpmn_properties import with_edited_properties
from ankunft_model.sources.file_bytes import FilePath, checked_text, read_bytes, shown_name
from ankunft_model.sources.text_reader import model_of_text
from ankunft_model.sources.validation import validated
from ankunft_model.wording import Wording

PAYLOAD_NAME: Final = "model"
"""Local name of the extension element, in our namespace, whose text is the model as JSON."""

_COUNTED: Final = ("processes", "nodes", "handovers", "actors", "systems", "data", "documents")


@dataclass(frozen=True, slots=True)
class BpmnReading:
    """What was read from a BPMN file.

    Attributes:
        model: The model.
        report: What was understood, carried, broken and put in.
        document: The file.
        is_own: Whether the file is one of our views of a model, and the model stands whole in it.
        options: How such a view was asked for: `view`, `only` (ids with spaces), `level`, `diagrams`, `notify`,
            `language`.
        written: The marks of such a view as it was written; None for views without them.
        exported: The model as such a view was made from it, before its properties were edited; else None.
    """

    model: ArrivalModel
    report: ImportReport
    document: Document = field(repr=False)
    is_own: bool = False
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    written: Marks | None = None
    exported: ArrivalModel | None = None

    @property
    def is_edited(self) -> bool:
        """Whether somebody may have edited a view of ours since it was written, as far as its marks tell."""
        return self.written is not None and self.written != marks_of(self.document)


def read_bpmn(source: FilePath | bytes) -> ArrivalModel:
    """Return the model of a BPMN file.

    From a file of our own it is the model that the file carries, with what was edited in its properties; edits in
    the diagram itself need the diagram as it was, which `doors.read_bpmn` makes. From any other it is what a model has
    words for; the file itself is carried along (`ArrivalModel.carried`), so that nothing of it is lost when the model
    is exported.

    Args:
        source: A path, or the content of the file: BPMN 2.0 XML, a ZIP with one BPMN file, or a message of XProzess.

    Raises:
        SourceError: the file cannot be used.
    """
    return understand_bpmn(source, report=False).model


def understand_bpmn(source: FilePath | bytes, *, report: bool = True) -> BpmnReading:
    """Return the model of a BPMN file as `read_bpmn` does, with all that is known of the file.

    Args:
        source: As for `read_bpmn`.
        report: Whether to find out what was understood and what only carried; without it the report says nothing.
    """
    with collector_paused():
        return _reading(source, report=report)


def _reading(source: FilePath | bytes, *, report: bool) -> BpmnReading:
    """Return what was read; without `report` its report says nothing but the numbers, and takes no time."""
    if isinstance(source, bytes):
        data, file = source, None
    else:
        data, file = read_bytes(source), shown_name(source)
    document = parse_bpmn(bpmn_inside(data, file=file), file=file)
    payloads = payloads_of(document)
    if len(payloads) > 1:
        raise SourceError(
            [
                Problem(
                    "several-models",
                    Wording(
                        de="Die BPMN-Datei enthält mehrere Modelle von ankunft-model; gelesen wird genau eines",
                        en="the BPMN file carries several models of ankunft-model; exactly one is read",
                    ),
                    Location(file),
                )
            ]
        )
    if payloads and payloads[0].get(OF_THIS_FILE) != "true":
        exported = _model_of_payload(payloads[0], file, carried=None)
        model = with_edited_properties(exported, cast("XmlElement", document.root), file=file)
        return BpmnReading(
            model,
            replace(ImportReport(), understood=counts_of(model)),
            document,
            is_own=True,
            options=_options(payloads[0]),
            written=_marks(payloads[0]),
            exported=exported,
        )
    payload = payloads[0] if payloads else None
    found, plain = _words_of(document, report=report)
    text = carried_text(document)
    if payload is not None:
        model = _model_of_payload(payload, file, carried=text)
    else:
        model = note_as_read(_model_of_words({**plain, "carried": text}, file))
    return BpmnReading(model, replace(found, understood=counts_of(model)), document)


def _words_of(document: Document, *, report: bool) -> tuple[ImportReport, dict[str, Any]]:
    """Return what became of a file and what it says; the index of its elements is not kept longer than needed."""
    understood = understand(document)
    return report_on(understood) if report else ImportReport(), understood.plain


def _options(payload: Node) -> dict[str, str]:
    names = ("view", "only", "level", "diagrams", "notify", "language")
    return {name: value for name in names if (value := payload.get(name))}


def _marks(payload: Node) -> Marks | None:
    words, drawing = payload.get("words"), payload.get("drawing")
    return None if words is None or drawing is None else Marks(words, drawing)


def _model_of_words(plain: dict[str, Any], file: str | None) -> ArrivalModel:
    def locate(path: tuple[str | int, ...], *, of_key: bool = False) -> Location:  # noqa: ARG001 - the caller passes it
        return Location(file, path=".".join(map(str, path)))

    try:
        return ArrivalModel.model_validate({**plain, "processes": _processes_of(plain)})  # which is well-formed
    except ValidationError:
        return validated(plain, locate)


def _processes_of(plain: dict[str, Any]) -> dict[str, Any]:
    """Return the processes with their nodes as parts of a model.

    Raises:
        ValidationError: a node is not well-formed.
    """
    processes: dict[str, Any] = plain["processes"]
    return {
        id_: {**words, "nodes": nodes_from_words(words["nodes"])} if is_mapping(words["nodes"]) else words
        for id_, words in processes.items()
    }


def _model_of_payload(payload: Node, file: str | None, *, carried: str | None) -> ArrivalModel:
    inside = f"{file or 'BPMN'} (ankunft:{PAYLOAD_NAME})"
    try:
        model = model_of_text(checked_text("".join(payload.itertext()), file=inside), suffix=".json", file=inside)
    except SourceError as error:
        raise SourceError([Problem("broken-model-in-bpmn", _BROKEN, Location(file)), *error.problems]) from error
    return model if carried is None else model.changed(carried=carried)


_BROKEN: Final = Wording(
    de=f"Das Modell, das in dieser Datei steht (ankunft:{PAYLOAD_NAME}), ist beschädigt; wie, steht darunter. "
    f"Ohne das Element ankunft:{PAYLOAD_NAME} wird die Datei wie die eines anderen Programms gelesen.",
    en=f"the model that stands in this file (ankunft:{PAYLOAD_NAME}) is damaged; how, is said below. "
    f"Without the element ankunft:{PAYLOAD_NAME} the file is read like one of another tool.",
)


def counts_of(model: ArrivalModel) -> tuple[tuple[str, int], ...]:
    """Return how many elements of each kind a model has."""
    flows = sum(len(node.next) for node in model.nodes.values())
    return (*((name, len(getattr(model, name))) for name in _COUNTED), ("flows", flows))
