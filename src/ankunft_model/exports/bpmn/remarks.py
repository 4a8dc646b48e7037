"""What a person should know of a collaboration: what could not be divided, or not told, and what is left over."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Final

from ankunft_model.errors import ExportError
from ankunft_model.exports.bpmn.collaboration import draw_collaboration, is_in_one_pool
from ankunft_model.exports.bpmn.journey import draw_journey
from ankunft_model.exports.bpmn.projection import Projection
from ankunft_model.exports.bpmn.several_instances import starts_of_several_instances
from ankunft_model.model import ArrivalModel, Process, text_in
from ankunft_model.wording import Language, Wording

LARGE: Final = 150
"""Several processes with more nodes than this together are hard to read in one diagram."""


def undivided(model: ArrivalModel) -> Iterator[tuple[Process, ExportError]]:
    """Yield the processes that cannot be divided among organisations, each with the reason."""
    for process in model.processes.values():
        try:
            draw_collaboration(model, process)
        except ExportError as error:
            yield process, error


def remarks(model: ArrivalModel, *, notify: bool = False, is_one_diagram: bool = False) -> Iterator[Wording]:
    """Yield what a person should know of a collaboration: processes that stay in one pool, or in one hand.

    Args:
        model: The model.
        notify: Whether whoever decides tells those who wait when nothing more comes.
        is_one_diagram: Whether all processes stand in one diagram, so that it is told when that is large.
    """
    if is_one_diagram and len(model.processes) > 1 and len(model.nodes) > LARGE:
        yield Wording(
            de=f"Das Diagramm ist groß ({len(model.processes)} Prozesse, {len(model.nodes)} Knoten); --diagrams "
            "per-process schreibt eine Übersicht und je Prozess ein Diagramm, --process einen Prozess allein.",
            en=f"the diagram is large ({len(model.processes)} processes, {len(model.nodes)} nodes); --diagrams "
            "per-process writes an overview and a diagram per process, --process one process alone.",
        )
    for process in model.processes.values():
        try:
            projection = draw_collaboration(model, process, notify=notify)
        except ExportError as error:
            yield Wording(
                de=f"Prozess „{process.id}“ steht in einem Pool; auf Organisationen lässt er sich nicht aufteilen: "
                f"{error.in_language('de')}",
                en=f"process '{process.id}' stands in one pool, as it cannot be divided among organisations: "
                f"{error.in_language('en')}",
            )
            with contextlib.suppress(ExportError):
                yield from _of_projection(model, draw_journey(model, process))
        else:
            yield from _of_projection(model, projection)
            yield from _of_instances(model, process, is_in_one_pool=is_in_one_pool(projection))


def _of_instances(model: ArrivalModel, process: Process, *, is_in_one_pool: bool) -> Iterator[Wording]:
    starting = ", ".join(starts_of_several_instances(model, process))
    if starting and is_in_one_pool:
        yield Wording(
            de=f"Prozess „{process.id}“ kann im selben Fall mehrmals beginnen ({starting}) und steht darum in einem "
            "Pool; sonst sagte nur die Nummer des Vorgangs, zu welchem von zweien eine Nachricht gehört.",
            en=f"process '{process.id}' can begin several times in one case ({starting}) and therefore stands in one "
            "pool; else only the number of the matter would say to which of two of them a message belongs.",
        )
    elif starting:
        yield Wording(
            de=f"Prozess „{process.id}“ kann im selben Fall mehrmals beginnen ({starting}); laufen "
            "zwei zugleich, sagt nur die Nummer des Vorgangs, zu welchem eine Nachricht gehört.",
            en=f"process '{process.id}' can begin several times in one case ({starting}); while two "
            "of them run, only the number of the matter says to which of them a message belongs.",
        )


def _of_projection(model: ArrivalModel, projection: Projection) -> Iterator[Wording]:
    process = projection.process.id
    for id_ in projection.held:
        yield Wording(
            de=f"Der Teilprozess „{id_}“ gehört mehreren Organisationen und steht doch in einem Pool: "
            "er wird als Ganzes unterbrochen oder begleitet, beginnt mehrfach, endet besonders oder ist verflochten.",
            en=f"sub-process '{id_}' belongs to several organisations and yet stands in one pool: it is "
            "interrupted or watched as a whole, begins in several ways, ends in a special one or is tangled.",
        )
    if projection.held_steps:
        steps = ", ".join(projection.held_steps)
        yield Wording(
            de=f"In Prozess „{process}“ hält ein abbrechendes Ende an, was andere tun; keine Nachricht kann das, "
            f"darum stehen diese Schritte im Pool dessen, der abbricht, in eigenen Bahnen: {steps}.",
            en=f"in process '{process}' a terminating end stops what others do; no message can do that at once, so "
            f"these steps stand in the pool of who ends it, in lanes of their own: {steps}.",
        )
    for id_ in projection.left_over:
        yield Wording(
            de=f"Auf die Übergabe „{id_}“ wird nicht in jedem Ablauf gewartet, in dem sie geschieht: "
            "dann bleibt ihre Nachricht liegen.",
            en=f"handover '{id_}' is not waited for in every run in which it happens: then its message is left over.",
        )
    for id_ in projection.asked:
        yield Wording(
            de=f"Die Übergabe „{id_}“ wird nicht in jedem Ablauf gebraucht; darum fragt ihr Empfänger danach, und wer "
            "anders entscheidet, sagt ihrem Absender, dass niemand fragt. Das Modell hat diese Nachrichten nicht.",
            en=f"handover '{id_}' is not needed in every run; therefore its receiver asks for it, and who decides "
            "otherwise tells its sender that nobody will ask. The model does not have these messages.",
        )
    for id_ in projection.conditions:
        yield Wording(
            de=f"Auf die Übergabe „{id_}“ wird innerhalb eines Pools gewartet; dort kennt BPMN keine Nachricht, darum "
            "wartet ein Bedingungsereignis darauf.",
            en=f"handover '{id_}' is waited for inside one pool; BPMN knows no message there, so an event waits for it "
            "as for a condition.",
        )
    for id_ in projection.not_waited:
        yield Wording(
            de=f"Auf die Übergabe „{id_}“ wartet in dieser Zeichnung niemand, obwohl das Modell es sagt: ihr Empfänger "
            "ist kein Schritt oder Ereignis desselben Ablaufs, das warten kann.",
            en=f"nobody waits for handover '{id_}' in this drawing although the model says so: its receiver is no step "
            "or event of the same process that can wait.",
        )
    for id_ in projection.unnotified:
        yield Wording(
            de=f"In Prozess „{process}“ lässt sich „{_name(model, id_, 'de')}“ nicht überall sagen, dass nichts mehr "
            "kommt: nicht in gleichzeitigen Zweigen, und nicht, bevor dort etwas begonnen hat.",
            en=f"in process '{process}' '{_name(model, id_, 'en')}' cannot be told everywhere that nothing more comes: "
            "not in parallel branches, and not before it has begun anything.",
        )
    for conductor in projection.conductors:
        yield Wording(
            de=f"In Prozess „{process}“ sind gleichzeitige Zweige verflochten; darum beauftragt „"
            f"{_name(model, conductor, 'de')}“ die anderen und wartet auf ihre Antwort.",
            en=f"in process '{process}' parallel branches are tangled; therefore '"
            f"{_name(model, conductor, 'en')}' orders what the others do and waits for their answers.",
        )


def _name(model: ArrivalModel, actor: str, language: Language) -> str:
    found = model.actors.get(actor)
    return text_in((found.name if found is not None else None) or actor, language)
