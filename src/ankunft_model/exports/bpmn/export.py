"""The model as a BPMN 2.0 file: choice of the view, semantic part, diagram.

A model that came from a file of another tool is written back into that file, unless a view is asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from ankunft_model._version import __version__
from ankunft_model.bpmn_xml.elements import Definitions
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.errors import ExportError, Location, SourceError
from ankunft_model.exports.bpmn.diagram import with_diagram
from ankunft_model.exports.bpmn.extension import whole_text
from ankunft_model.exports.bpmn.hand_drawn import with_hand_drawn
from ankunft_model.exports.bpmn.journey import draw_journey
from ankunft_model.exports.bpmn.projection import project
from ankunft_model.exports.bpmn.selection import show_only
from ankunft_model.exports.bpmn.semantic import build_definitions
from ankunft_model.interchange.writing_back import is_whole_file, write_back
from ankunft_model.model import ArrivalModel, to_plain
from ankunft_model.wording import Language, Wording

View = Literal["collaboration", "journey"]


def to_definitions(
    model: ArrivalModel, *, view: View | None = None, only: Collection[str] = (), language: Language = "de"
) -> Definitions:
    """Return the model as the elements of a BPMN file, with its diagram.

    Args:
        model: The model.
        view: `collaboration`: a pool per organisation; `journey`: one pool with a lane per actor; None: the file that
            the model came from, if it carries one, else a collaboration if more than one organisation acts.
        only: Actors whose pools show their process, the others closed; empty: all. Collaborations only.
        language: Language of the names; the others are kept as translations.

    Raises:
        ExportError: the model cannot be shown in this view; the message says where, why and what to do.
        UnknownElementError: an actor of `only` is not known.
    """
    if model.carried is not None and is_whole_file(model.carried) and view is None and not only:
        return _drawn(_into_carried(model))
    chosen = view or ("collaboration" if len(_acting_organisations(model)) > 1 else "journey")
    draw = draw_journey if chosen == "journey" else project
    projections = tuple(draw(model, process) for process in model.processes.values())
    definitions = build_definitions(
        model,
        projections,
        is_journey=chosen == "journey",
        language=language,
        version=__version__,
        options=_options(view, only, language),
    )
    if only and chosen == "collaboration":
        definitions = show_only(definitions, model, only)
    definitions = with_diagram(definitions)
    if model.carried is not None and not is_whole_file(model.carried):
        return with_hand_drawn(definitions, model.carried)
    return definitions


def _options(view: View | None, only: Collection[str], language: Language) -> dict[str, str]:
    """Return what was asked for otherwise than by default, as it is noted in the file."""
    asked = {"view": view or "", "only": " ".join(only), "language": language if language != "de" else ""}
    return {name: value for name, value in asked.items() if value}


def to_bpmn(
    model: ArrivalModel, *, view: View | None = None, only: Collection[str] = (), language: Language = "de"
) -> bytes:
    """Return the model as a BPMN 2.0 XML file with its diagram; equal models give equal bytes.

    Args:
        model: The model.
        view: As in `to_definitions`.
        only: As in `to_definitions`.
        language: Language of the names.

    Raises:
        ExportError: as in `to_definitions`, or a text has a character that XML cannot carry.
    """
    if model.carried is not None and is_whole_file(model.carried) and view is None and not only:
        return _into_carried(model)
    return write_definitions(to_definitions(model, view=view, only=only, language=language))


def _into_carried(model: ArrivalModel) -> bytes:
    """Return the file that the model came from, with everything that the model says otherwise."""
    plain = to_plain(model)
    carried = plain.pop("carried")
    try:
        return write_back(plain, carried, version=__version__, to_json=whole_text)
    except SourceError as error:
        raise _unusable(error) from error


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
