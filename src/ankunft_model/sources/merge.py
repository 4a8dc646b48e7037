"""A model and a BPMN file of it that was edited in a modelling tool, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.interchange.additions import bodies_come_or_gone, unkept_in
from ankunft_model.interchange.drawn_edits import with_drawn_edits
from ankunft_model.interchange.hand_drawn import drawing_if_changed
from ankunft_model.interchange.three_way import Change, Conflict, merge_plain
from ankunft_model.interchange.understanding import understand
from ankunft_model.interchange.writing_back import is_whole_file, parse_carried
from ankunft_model.model import ArrivalModel, to_plain
from ankunft_model.sources.bpmn import BpmnReading
from ankunft_model.sources.merge_settling import settled
from ankunft_model.wording import Wording


@dataclass(frozen=True, slots=True)
class Merge:
    """A model after edits in a diagram.

    Attributes:
        model: The model with what was taken over.
        changes: What was taken over, each with its path in the model; gone parts have `after` None.
        conflicts: What both sides have changed differently since the export, and edits that lead to no well-formed
            model, with the reason; the model's own version was kept.
        kept: Flows, as ids of their ends, whose line a modelling tool took away when one end was put into another
            pool; the model keeps them.
        unclear: Ids of elements of the diagram whose change cannot be said of the model; nothing was taken over.
    """

    model: ArrivalModel
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    unclear: tuple[str, ...] = ()


def merge_own(model: ArrivalModel, reading: BpmnReading, write: Callable[[bool], bytes]) -> Merge:
    """Return `model` with the edits in a file that we wrote.

    Args:
        model: The model as it is now.
        reading: The edited file; it holds the model as it was when the file was written.
        write: Returns the file as it was written, before the edits, with or without its diagrams.

    Raises:
        SourceError: the file is of another model.
    """
    if reading.model.id != model.id:
        raise _other_model(model, reading)
    base = to_plain(reading.exported or reading.model)
    before = parse_carried(write(False))  # noqa: FBT003 - without diagrams
    edits = with_drawn_edits(to_plain(reading.model), before, reading.document)  # its properties may be edited, too
    theirs = edits.plain
    drawing = drawing_if_changed(
        None if reading.written is None else reading.written.drawing,
        lambda: parse_carried(write(True)),  # noqa: FBT003 - with diagrams
        reading.document,
        base.get("carried"),
    )
    if drawing:
        theirs["carried"] = drawing
    elif drawing is not None:
        theirs.pop("carried", None)
    unclear = dict.fromkeys((*edits.unclear, *unkept_in(before, reading.document)))
    merged = _merge(model, base, theirs, reading, tuple(unclear))
    if not any(change.path[0] == "actors" or change.path[-1] == "actor" for change in merged.changes):
        unclear.update(dict.fromkeys(bodies_come_or_gone(before, reading.document)))  # which changes nothing
    return replace(merged, kept=tuple(edits.kept), unclear=tuple(unclear))


def merge_foreign(model: ArrivalModel, reading: BpmnReading) -> Merge:
    """Return `model`, which came from a file of another tool, with the edits in a newer version of that file.

    Raises:
        SourceError: the model carries no file.
    """
    if model.carried is None or not is_whole_file(model.carried):
        raise _other_model(model, reading)
    base_document = parse_carried(model.carried.encode())
    base = understand(base_document).plain
    text = reading.model.carried or ""  # the reading has taken our own words out of the file already
    theirs = understand(parse_carried(text.encode())).plain
    return _merge(model, {**base, "carried": ""}, {**theirs, "carried": ""}, reading, (), carried=text)


def _merge(
    model: ArrivalModel,
    base: dict[str, Any],
    theirs: dict[str, Any],
    reading: BpmnReading,
    unclear: tuple[str, ...],
    *,
    carried: str | None = None,
) -> Merge:
    mine = to_plain(model)
    if carried is not None:
        mine["carried"] = ""
    merged = merge_plain(base, mine, theirs)
    if not merged.changes and carried is None:
        return Merge(model, conflicts=merged.conflicts, unclear=unclear)
    plain = merged.plain if carried is None else {**merged.plain, "carried": carried}
    found = settled(model, base, plain, merged.changes, reading.document.file)
    return Merge(found.model, found.changes, (*merged.conflicts, *found.conflicts), unclear=unclear)


def _other_model(model: ArrivalModel, reading: BpmnReading) -> SourceError:
    return SourceError(
        [
            Problem(
                "other-model",
                Wording(
                    de=f"Die BPMN-Datei gehört nicht zum Modell „{model.id}“: Sie ist weder daraus geschrieben, noch "
                    "wurde das Modell aus ihr gelesen. Als eigenes Modell liest sie: ankunft import DATEI -o MODELL.",
                    en=f"the BPMN file does not belong to the model '{model.id}': it was not written from it, nor was "
                    "the model read from it. To read it as a model of its own: ankunft import FILE -o MODEL.",
                ),
                Location(reading.document.file),
            )
        ]
    )
