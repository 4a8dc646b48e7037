"""What a layout tells about a file: everything that has no place in its drawing, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ankunft_model.errors import Location
from ankunft_model.wording import Language, Wording

NoteCode = Literal[
    "missing-end",
    "end-not-drawn",
    "end-in-other-diagram",
    "missing-id",
    "repeated-id",
    "missing-host",
    "missing-lane-member",
    "lane-not-drawn",
    "repeated-participant",
    "empty-group",
    "not-supported",
    "kept-diagram",
    "second-drawing-dropped",
    "joined-diagrams",
    "stale-shape",
    "nothing-to-draw",
]
"""What was noticed; stable, in small letters."""

_WORDING_OF: Final[dict[NoteCode, Wording]] = {
    "missing-end": Wording(
        de="Ein Ende der Verbindung gibt es in der Datei nicht ({detail}); sie wird nicht gezeichnet.",
        en="an end of the connection does not exist in the file ({detail}); it is not drawn.",
    ),
    "end-not-drawn": Wording(
        de="Ein Ende der Verbindung wird nicht gezeichnet oder kann keins sein ({detail}); sie wird nicht gezeichnet.",
        en="an end of the connection is not drawn or cannot be one ({detail}); it is not drawn.",
    ),
    "end-in-other-diagram": Wording(
        de="Ein Ende liegt in einem zugeklappten Teilprozess; die Verbindung endet an dessen Rand ({detail}).",
        en="an end lies in a collapsed sub-process; the connection ends on its border ({detail}).",
    ),
    "missing-id": Wording(
        de="„{detail}“ hat keine Kennung (id); ohne sie kann ein Diagramm nicht darauf verweisen.",
        en="{detail!r} has no id; without one a diagram cannot refer to it.",
    ),
    "repeated-id": Wording(
        de="Die Kennung gibt es mehrmals; gezeichnet wird nur das erste Element ({detail}).",
        en="the id is used several times; only the first element is drawn ({detail}).",
    ),
    "missing-host": Wording(
        de="Die Aktivität, an deren Rand das Ereignis sitzen soll, gibt es nicht ({detail}); es steht für sich.",
        en="the activity on whose border the event should sit does not exist ({detail}); it stands by itself.",
    ),
    "missing-lane-member": Wording(
        de="Die Bahn nennt ein Element, das es nicht gibt ({detail}).",
        en="the lane names an element that does not exist ({detail}).",
    ),
    "lane-not-drawn": Wording(
        de="Bahnen in einem Teilprozess werden nicht gezeichnet ({detail}).",
        en="lanes in a sub-process are not drawn ({detail}).",
    ),
    "repeated-participant": Wording(
        de="Mehrere Teilnehmer nennen denselben Prozess; nur der erste zeigt seinen Inhalt ({detail}).",
        en="several participants name the same process; only the first shows its content ({detail}).",
    ),
    "empty-group": Wording(
        de="Die Gruppe umfasst kein gezeichnetes Element; sie steht leer für sich.",
        en="the group holds no element that is drawn; it stands empty by itself.",
    ),
    "not-supported": Wording(
        de="„{detail}“ wird nicht gezeichnet: Choreografien und Konversationen sind noch nicht unterstützt.",
        en="{detail!r} is not drawn: choreographies and conversations are not supported yet.",
    ),
    "kept-diagram": Wording(
        de="Das Diagramm zeigt Choreografien oder Konversationen; es bleibt, wie es ist, und wird nicht geprüft "
        "({detail}).",
        en="the diagram shows choreographies or conversations; it stays as it is, and is not checked ({detail}).",
    ),
    "second-drawing-dropped": Wording(
        de="Das Element wurde in der Datei mehrmals gezeichnet; die neue Zeichnung zeigt es einmal ({detail}).",
        en="the element was drawn several times in the file; the new drawing shows it once ({detail}).",
    ),
    "joined-diagrams": Wording(
        de="Die Datei hat mehrere Diagramme davon; was sie zeigten, steht jetzt in einem ({detail}).",
        en="the file has several diagrams of it; what they showed now stands in one ({detail}).",
    ),
    "stale-shape": Wording(
        de="Die alte Zeichnung zeigte ein Element, das es nicht gibt ({detail}); das fällt weg.",
        en="the old drawing showed an element that does not exist ({detail}); this is left out.",
    ),
    "nothing-to-draw": Wording(
        de="Die Datei enthält nichts, was zu zeichnen wäre; sie bleibt, wie sie ist.",
        en="the file has nothing to draw; it stays as it is.",
    ),
}


@dataclass(frozen=True, slots=True)
class LayoutNote:
    """One thing that a layout could not draw as the file has it.

    Attributes:
        code: What it is; stable.
        element_id: The element concerned; "" where it has no id.
        wording: The message.
        location: File and line.
    """

    code: NoteCode
    element_id: str
    wording: Wording
    location: Location

    def in_language(self, language: Language) -> str:
        """Return `place: element: message` in `language`.

        Example:
            >>> make_note("missing-end", "flow_1", "task_9", file="a.bpmn", line=3).in_language("en")
            'a.bpmn:3: flow_1: an end of the connection does not exist in the file (task_9); it is not drawn.'
        """
        parts = (str(self.location), self.element_id, self.wording.in_language(language))
        return ": ".join(part for part in parts if part)


def make_note(
    code: NoteCode, element_id: str, detail: str = "", *, file: str | None = None, line: int | None = None
) -> LayoutNote:
    """Return the note with its words."""
    wording = _WORDING_OF[code]
    filled = Wording(wording.de.format(detail=detail), wording.en.format(detail=detail))
    return LayoutNote(code, element_id, filled, Location(file, line))
