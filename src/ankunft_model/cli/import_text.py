"""What `ankunft import` answers: what was understood, carried along, found broken, and put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from ankunft_model.interchange.report import ImportReport
from ankunft_model.wording import Language, Wording

IMPORT_FORMAT: Final = "ankunft-import/1"
_MOST_SHOWN: Final = 20
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
