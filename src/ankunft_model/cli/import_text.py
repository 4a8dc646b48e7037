"""What `ankunft import` answers: what was understood, carried along, found broken, and put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from ankunft_model.interchange.report import ImportReport
from ankunft_model.interchange.three_way import Change, Conflict
from ankunft_model.sources.merge import Merge
from ankunft_model.sources.yaml_writer import on_one_line
from ankunft_model.wording import Language, Wording

IMPORT_FORMAT: Final = "ankunft-import/1"
MERGE_FORMAT: Final = "ankunft-merge/1"
_MOST_SHOWN: Final = 20
_MOST_CHARACTERS: Final = 100
_COUNTED: Final = {
    "processes": (Wording(de="Prozess", en="process"), Wording(de="Prozesse", en="processes")),
    "nodes": (Wording(de="Knoten", en="node"), Wording(de="Knoten", en="nodes")),
    "flows": (Wording(de="Fluss", en="flow"), Wording(de="Flüsse", en="flows")),
    "handovers": (Wording(de="Übergabe", en="handover"), Wording(de="Übergaben", en="handovers")),
    "actors": (Wording(de="Akteur", en="actor"), Wording(de="Akteure", en="actors")),
    "systems": (Wording(de="System", en="system"), Wording(de="Systeme", en="systems")),
    "data": (Wording(de="Angabe", en="data item"), Wording(de="Angaben", en="data items")),
    "documents": (Wording(de="Dokument", en="document"), Wording(de="Dokumente", en="documents")),
}
_ADDED: Final = {
    "start": Wording(de="Beginn, den die Datei weglässt", en="start that the file leaves out"),
    "end": Wording(de="Ende, das die Datei weglässt", en="end that the file leaves out"),
    "answer": Wording(de="Antwort an einer Verzweigung („? 1“)", en="answer at a branch ('? 1')"),
    "gateway": Wording(de="Gateway, als andere Art gelesen", en="gateway read as another kind"),
    "trigger": Wording(de="Auslöser eines Ereignisses", en="trigger of an event"),
    "process": Wording(de="leerer Prozess", en="empty process"),
}


def report_as_json(model: str, report: ImportReport) -> dict[str, Any]:
    """Return the answer for programs."""
    return {
        "format": IMPORT_FORMAT,
        "model": model,
        "understood": dict(report.understood),
        "carried": [{"kind": one.kind, "name": one.name, "count": one.count} for one in report.carried],
        "broken": [
            {
                "kind": one.kind,
                "element": one.element,
                "attribute": one.attribute,
                "value": one.value,
                "line": one.line,
            }
            for one in report.broken
        ],
        "added": dict(report.added),
    }


def report_as_text(report: ImportReport, language: Language) -> str:
    """Return the answer for people."""
    counted = dict(report.understood)
    understood = (
        f"{counted[name]} {forms[counted[name] != 1].in_language(language)}"
        for name, forms in _COUNTED.items()
        if name in counted
    )
    lines = [f"{Wording(de='Verstanden', en='understood').in_language(language)}: {', '.join(understood)}."]
    if report.carried:
        title = Wording(de="Mitgeführt (im Modell unter „carried“)", en="carried along (in the model under 'carried')")
        names = [f"{one.count} × {one.name}" for one in report.carried]
        lines.append(f"{title.in_language(language)}: {', '.join(_first(names, language))}.")
    if report.added:
        title = Wording(de="Eingesetzt, weil ein Modell es verlangt", en="put in because a model demands it")
        names = [f"{count} × {_ADDED[kind].in_language(language)}" for kind, count in report.added]
        lines.append(f"{title.in_language(language)}: {', '.join(names)}.")
    if report.broken:
        title = Wording(
            de="In der Datei nicht in Ordnung, unverändert übernommen", en="not in order in the file, kept as it is"
        )
        lines.append(f"{title.in_language(language)}:")
        lines += [f"  {line}" for line in _first(list(_broken(report, language)), language)]
    return "\n".join(lines)


def merge_as_json(merged: Merge) -> dict[str, Any]:
    """Return the answer of `--into` for programs."""
    return {
        "format": MERGE_FORMAT,
        "model": merged.model.id,
        "changes": [
            {"path": list(one.path), "before": one.before, "after": one.after} for one in _without_drawing(merged)
        ],
        "moved": any(one.path == ("carried",) and "BPMNDiagram" in str(one.after) for one in merged.changes),
        "conflicts": [
            {"path": list(one.path), "mine": one.mine, "theirs": one.theirs, **_reason(one)} for one in merged.conflicts
        ],
        "kept": [list(one) for one in merged.kept],
        "unclear": list(merged.unclear),
    }


def merge_as_text(merged: Merge, language: Language) -> str:
    """Return the answer of `--into` for people."""
    lines: list[str] = []
    changes = _without_drawing(merged)
    if changes:
        lines.append(Wording(de="Übernommen:", en="taken over:").in_language(language))
        lines += [f"  {'.'.join(one.path)}: {_both(one.before, one.after, language)}" for one in changes]
    if any(one.path == ("carried",) for one in merged.changes):
        lines.append(
            Wording(
                de="Was von Hand gezeichnet oder von einem anderen Programm ergänzt ist, bleibt im nächsten Export.",
                en="What is drawn by hand or added by another tool also stands in the next export.",
            ).in_language(language)
        )
    if merged.conflicts:
        title = Wording(
            de="Widersprüche (das Modell behält seinen Stand, im Diagramm steht anderes; bitte im Modell oder im "
            "Diagramm entscheiden):",
            en="conflicts (the model keeps its own, the diagram says otherwise; decide in the model or the diagram):",
        )
        lines.append(title.in_language(language))
        for one in merged.conflicts:
            why = "" if one.reason is None else f" ({one.reason.in_language(language)})"
            lines.append(f"  {'.'.join(one.path)}: {_both(one.mine, one.theirs, language)}{why}")
    if merged.kept:
        title = Wording(
            de="Behalten, obwohl die Linie beim Wechsel in einen anderen Pool verschwand (bitte prüfen)",
            en="kept, although the line vanished when an end went into another pool (please check)",
        )
        names = [" → ".join(one) for one in merged.kept]
        lines.append(f"{title.in_language(language)}: {', '.join(_first(names, language))}.")
    if merged.unclear:
        title = Wording(
            de="Nicht übernommen, weil es dafür kein Wort des Modells gibt",
            en="not taken over, because the model has no word for it",
        )
        lines.append(f"{title.in_language(language)}: {', '.join(_first(list(merged.unclear), language))}.")
    return "\n".join(lines) or Wording(de="Keine Änderungen.", en="No edits.").in_language(language)


def _reason(conflict: Conflict) -> dict[str, Any]:
    """Return why an edit cannot be, if that is known."""
    reason = conflict.reason
    return {} if reason is None else {"reason": {"de": reason.de, "en": reason.en}}


def _without_drawing(merged: Merge) -> list[Change]:
    return [one for one in merged.changes if one.path != ("carried",)]


def _both(before: Any, after: Any, language: Language) -> str:
    nothing = Wording(de="(nichts)", en="(nothing)").in_language(language)
    shown = [nothing if one is None else on_one_line(one)[:_MOST_CHARACTERS] for one in (before, after)]
    return " → ".join(shown)


def _broken(report: ImportReport, language: Language) -> Iterator[str]:
    for one in report.broken:
        place = "" if one.line is None else Wording(de="Zeile {0}: ", en="line {0}: ").in_language(language)
        if one.kind == "duplicate-id":
            wording = Wording(de="die Kennung „{1}“ ist schon vergeben", en="the id '{1}' is given already")
        else:
            wording = Wording(
                de="„{1}“, {2}: „{3}“ gibt es in der Datei nicht", en="'{1}', {2}: '{3}' is not in the file"
            )
        yield (place + wording.in_language(language)).format(one.line, one.element, one.attribute, one.value)


def _first(items: list[str], language: Language) -> Iterable[str]:
    """Return the items, or the first ones and how many are left."""
    left = len(items) - _MOST_SHOWN
    if left <= 1:
        return items
    more = Wording(de=f"und {left} weitere", en=f"and {left} more").in_language(language)
    return [*items[:_MOST_SHOWN], more]
