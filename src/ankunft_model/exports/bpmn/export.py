"""The model as a BPMN 2.0 file: choice of the view, semantic part, diagram.

A model that came from a file of another tool is written back into that file, unless a view is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, TypeAlias

from ankunft_model._version import __version__
from ankunft_model.bpmn_xml.document import parse_bpmn
from ankunft_model.bpmn_xml.elements import Definitions
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.collector import collector_paused
from ankunft_model.errors import ExportError, Location, SourceError
from ankunft_model.exports.bpmn.additions import with_additions
from ankunft_model.exports.bpmn.collaboration import draw_collaboration_or_journey
from ankunft_model.exports.bpmn.diagram import with_diagram
from ankunft_model.exports.bpmn.extension import whole_text
from ankunft_model.exports.bpmn.finding_marks import with_colours, with_notes
from ankunft_model.exports.bpmn.hand_drawn import read_hand_drawing, with_hand_drawn
from ankunft_model.exports.bpmn.hand_notes import with_notes_by_hand
from ankunft_model.exports.bpmn.journey import draw_journey
from ankunft_model.exports.bpmn.per_process import with_collaboration_per_process
from ankunft_model.exports.bpmn.selection import close_all, show_only
from ankunft_model.exports.bpmn.semantic import build_definitions
from ankunft_model.findings import Finding
from ankunft_model.interchange.as_read import is_as_read, plain_by_identity
from ankunft_model.interchange.local_changes import local_changes
from ankunft_model.interchange.marks import marks_of
from ankunft_model.interchange.understanding import understand
from ankunft_model.interchange.writing_back import (
    is_whole_file,
    parse_carried,
    write_as_read,
    write_back,
    write_changes,
    write_into,
)
from ankunft_model.model import ArrivalModel, to_plain
from ankunft_model.model.ancestry import ancestor_of
from ankunft_model.wording import Language, Wording

_PAYLOAD: Final = b"<ankunft:model"
"""The start of the element that carries the model; in texts this sign is escaped."""

View: TypeAlias = Literal["collaboration", "journey"]
Level: TypeAlias = Literal["steps", "processes", "organisations"]
"""How much is shown: every step; sub-processes closed, each with a diagram of its own; closed pools and messages."""


Diagrams: TypeAlias = Literal["one", "per-process"]
"""Whether everything stands in one diagram, or each process in one of its own, after an overview of organisations."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a file may show beside the model.

    Attributes:
        findings: Shapes that they name are coloured.
        notes: What the findings say also stands in notes.
        templates: Elements name the template with which Camunda Modeler shows their properties.
    """

    findings: tuple[Finding, ...] = ()
    notes: bool = False
    templates: bool = False


def to_definitions(
    model: ArrivalModel,
    *,
    view: View | None = None,
    only: Collection[str] = (),
    level: Level = "steps",
    diagrams: Diagrams = "one",
    notify: bool = False,
    extras: Extras | None = None,
    language: Language = "de",
) -> Definitions:
    """Return the model as the elements of a BPMN file, with its diagram.

    Args:
        model: The model.
        view: `collaboration`: a pool per organisation, in which a process that cannot be divided among pools stays in
            one with a lane per actor (`undivided` says which and why); `journey`: one pool with a lane per actor; None:
            the file that the model came from, if it carries one and nothing else is asked for, else a collaboration if
            more than one organisation acts.
        only: Actors whose pools show their process, the others closed; empty: all. Collaborations only.
        level: How much is shown.
        diagrams: Whether all processes stand in one diagram.
        notify: Whether whoever decides that nothing more comes tells the organisations that wait, by a message that the
            model does not have; where a note cannot tell them, `remarks` says so.
        extras: What the file shows beside the model.
        language: Language of the names; the others are kept as translations.

    Raises:
        ExportError: the model cannot be shown in this view; the message says where, why and what to do.
        UnknownElementError: an actor of `only` is not known.
    """
    if not notify and _is_written_back(model, view, only, level, diagrams, extras):
        return _drawn(_into_carried(model))
    wanted = extras or Extras()
    definitions = _undrawn(model, view, only, level, diagrams, wanted, language, notify=notify)
    by_hand = None
    if model.carried is not None and not is_whole_file(model.carried):
        by_hand = read_hand_drawing(model.carried)
        definitions = with_notes_by_hand(definitions, by_hand.notes)
    drawn = with_diagram(definitions, collapsed=level == "processes")
    if by_hand is not None:
        drawn = with_additions(with_hand_drawn(drawn, by_hand), by_hand.additions)
    return with_colours(drawn, wanted.findings) if wanted.findings else drawn


def _undrawn(
    model: ArrivalModel,
    view: View | None,
    only: Collection[str],
    level: Level,
    diagrams: Diagrams,
    wanted: Extras,
    language: Language,
    *,
    notify: bool,
) -> Definitions:
    """Return the elements of a view without a diagram."""
    if diagrams == "per-process":
        _refuse_one_diagram(view, level)
    if notify and view == "journey":
        raise ExportError(
            Wording(
                de="In der Sicht „journey“ ist niemandem Bescheid zu geben; --notify gilt für „collaboration“.",
                en="In the view 'journey' there is nobody to be told; --notify is for 'collaboration'.",
            )
        )
    is_journey = view == "journey" or (view is None and diagrams == "one" and len(_acting_organisations(model)) <= 1)

    draw = draw_journey if is_journey else partial(draw_collaboration_or_journey, notify=notify)
    definitions = build_definitions(
        model,
        tuple(draw(model, process) for process in model.processes.values()),
        is_journey=is_journey,
        language=language,
        version=__version__,
        has_templates=wanted.templates,
        options=_options(view, only, level, diagrams, language, notify=notify),
        is_per_process=diagrams == "per-process",
    )
    if only and not is_journey:
        definitions = show_only(definitions, model, only)
    if level == "organisations":
        definitions = close_all(definitions, model, language=language)
    if wanted.notes:
        definitions = with_notes(definitions, wanted.findings, language=language)
    if diagrams == "per-process":
        definitions = with_collaboration_per_process(definitions, model, language=language)
    return definitions


def _refuse_one_diagram(view: View | None, level: Level) -> None:
    """Refuse what shows all processes in one diagram by its nature."""
    if view == "journey" or level == "organisations":
        raise ExportError(
            Wording(
                de="Mehrere Diagramme gibt es nur in der Sicht „collaboration“ und nicht mit --level organisations; "
                "die Übersicht der Organisationen ist dabei das erste Diagramm.",
                en="several diagrams are there only in the view 'collaboration' and not with --level organisations; "
                "the overview of organisations is the first of them.",
            )
        )


def _options(
    view: View | None, only: Collection[str], level: Level, diagrams: Diagrams, language: Language, *, notify: bool
) -> dict[str, str]:
    """Return what was asked for otherwise than by default, as it is noted in the file."""
    asked = {
        "view": view or "",
        "only": " ".join(only),
        "level": level if level != "steps" else "",
        "diagrams": diagrams if diagrams != "one" else "",
        "notify": "true" if notify else "",
        "language": language if language != "de" else "",
    }
    return {name: value for name, value in asked.items() if value}


def to_bpmn(
    model: ArrivalModel,
    *,
    view: View | None = None,
    only: Collection[str] = (),
    level: Level = "steps",
    diagrams: Diagrams = "one",
    notify: bool = False,
    extras: Extras | None = None,
    language: Language = "de",
) -> bytes:
    """Return the model as a BPMN 2.0 XML file with its diagram; equal models give equal bytes.

    Args:
        model: The model.
        view: As in `to_definitions`.
        only: As in `to_definitions`.
        level: As in `to_definitions`.
        diagrams: As in `to_definitions`.
        notify: As in `to_definitions`.
        extras: As in `to_definitions`.
        language: Language of the names.

    Raises:
        ExportError: as in `to_definitions`, or a text has a character that XML cannot carry.
    """
    if not notify and _is_written_back(model, view, only, level, diagrams, extras):
        return _into_carried(model)
    definitions = to_definitions(
        model, view=view, only=only, level=level, diagrams=diagrams, notify=notify, extras=extras, language=language
    )
    return _marked(write_definitions(definitions))


def to_undrawn_bpmn(
    model: ArrivalModel,
    *,
    view: View | None = None,
    only: Collection[str] = (),
    level: Level = "steps",
    diagrams: Diagrams = "one",
    notify: bool = False,
    language: Language = "de",
) -> bytes:
    """Return a view of the model as `to_bpmn` does, without a diagram: for comparing what two files say.

    Raises:
        ExportError: as in `to_bpmn`.
    """
    return write_definitions(_undrawn(model, view, only, level, diagrams, Extras(), language, notify=notify))


def _marked(data: bytes) -> bytes:
    """Return the file with the marks by which edits are noticed later."""
    marks = marks_of(parse_bpmn(data, max_bytes=len(data), max_elements=len(data)))
    attributes = f' words="{marks.words}" drawing="{marks.drawing}"'
    return data.replace(_PAYLOAD, _PAYLOAD + attributes.encode(), 1)


def _is_written_back(
    model: ArrivalModel,
    view: View | None,
    only: Collection[str],
    level: Level,
    diagrams: Diagrams,
    extras: Extras | None,
) -> bool:
    """Return whether the model goes back into the file that it came from: it carries one, and nothing else is asked."""
    is_plain = view is None and not only and level == "steps" and diagrams == "one" and extras in (None, Extras())
    return is_plain and model.carried is not None and is_whole_file(model.carried)


def _into_carried(model: ArrivalModel) -> bytes:
    """Return the file that the model came from, with everything that the model says otherwise."""
    try:
        if model.carried is not None and is_as_read(model):
            return write_as_read(model.carried, version=__version__)
        with collector_paused():
            read = ancestor_of(model)
            if model.carried is not None and read is not None and is_as_read(read):
                return _with_changes(model, read, model.carried)
            plain = _plain_without_file(model)
            return write_back(plain, model.carried or "", version=__version__, to_json=whole_text)
    except SourceError as error:
        raise _unusable(error) from error


def _with_changes(model: ArrivalModel, read: ArrivalModel, carried: str) -> bytes:
    """Return the file of a model that was made from another one by changes; `read` is exactly as it was read."""
    changes = local_changes(model, read)
    if changes is not None:
        plain = _plain_without_file(model) if changes.has_more else {}
        written = write_changes(carried, changes, version=__version__, plain=plain, to_json=whole_text)
        if written is not None:
            return written
    understood = understand(parse_carried(carried.encode()))
    plain = _plain_without_file(model, plain_by_identity(read, understood.plain))
    return write_into(understood, plain, version=__version__, to_json=lambda _: whole_text(_plain_without_file(model)))


def _plain_without_file(model: ArrivalModel, known: Mapping[int, dict[str, Any]] | None = None) -> dict[str, Any]:
    plain = to_plain(model, known)
    del plain["carried"]
    return plain


def _drawn(data: bytes) -> Definitions:
    """Return the elements of a file with its diagram, or with a new one where it has none."""
    try:
        definitions = read_definitions(data)
    except SourceError as error:
        raise _unusable(error) from error
    return definitions if definitions.diagrams or not definitions.processes else with_diagram(definitions)


def _unusable(error: SourceError) -> ExportError:
    first = error.problems[0].wording
    return ExportError(
        Wording(
            de=f"Die mitgeführte BPMN-Datei (carried) lässt sich hierfür nicht verwenden: {first.de} "
            "Mit --view wird das Modell neu gezeichnet.",
            en=f"The BPMN file carried along (carried) cannot be used for this: {first.en} "
            "With --view the model is drawn anew.",
        ),
        location=Location(path="carried"),
    )


def _acting_organisations(model: ArrivalModel) -> set[str]:
    """Return the organisations that nodes name as their actor."""
    return {model.top_actor(node.actor).id for node in model.nodes.values() if node.actor not in (None, "none")}
