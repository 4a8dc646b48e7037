"""What the kinds of defects of a drawing are called."""

from __future__ import annotations

from typing import Final

from ankunft_model.layout.check import DefectKind
from ankunft_model.wording import Wording

DEFECT_WORDS: Final[dict[DefectKind, Wording]] = {
    "box-overlap": Wording(de="Elemente liegen aufeinander", en="elements lie on each other"),
    "outside-band": Wording(
        de="Element außerhalb seiner Bahn oder seines Pools", en="element outside its lane or pool"
    ),
    "outside-container": Wording(de="Element außerhalb seines Teilprozesses", en="element outside its sub-process"),
    "band-overlap": Wording(
        de="Pools oder Bahnen liegen aufeinander oder ragen heraus", en="pools or lanes overlap or stick out"
    ),
    "lanes-do-not-tile": Wording(de="Bahnen füllen ihren Pool nicht", en="lanes do not fill their pool"),
    "line-through-box": Wording(de="Linie durch ein Element", en="line through an element"),
    "line-through-own-box": Wording(de="Linie durch ihr eigenes Element", en="line through its own element"),
    "slanted-line": Wording(de="schräge Linie", en="slanted line"),
    "end-off-outline": Wording(de="Ende neben dem Umriss", en="end off the outline"),
    "lines-on-each-other": Wording(de="Linien liegen aufeinander", en="lines lie on each other"),
    "label-on-box": Wording(de="Text auf einem Element", en="text on an element"),
    "label-on-line": Wording(de="Text auf einer Linie", en="text on a line"),
    "label-on-label": Wording(de="Texte liegen aufeinander", en="texts lie on each other"),
    "label-far": Wording(de="Text weit weg", en="text far away"),
    "label-missing": Wording(de="Name ohne Platz für seinen Text", en="name without a place for its text"),
    "missing": Wording(de="nicht gezeichnet", en="not drawn"),
}
