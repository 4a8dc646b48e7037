"""What PyYAML's messages about syntax mean for the person who wrote the file.

The messages of libyaml and of the pure parser differ in words, not in kind; both are recognised by what they share.
Where the place says more than the message (a tab, a second colon, a quotation mark before), the place decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import yaml

from ankunft_model.sources.reading_problems import shortened
from ankunft_model.sources.text_tree import Mark
from ankunft_model.wording import Wording

_MISSING_SPACE: Final = re.compile(r"^\s*(?:-\s+)*[\w.-]+:(?=[^\s/:])")
_COLON: Final = re.compile(r":(?=\s|$)")


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands where the parser stopped.

    Attributes:
        context: What the parser was doing, in its words.
        begin: Where that began; the place itself if unknown.
        at: Where it stopped.
        line: The line of `at`.
        begin_line: The line of `begin`.
    """

    context: str
    begin: Mark
    at: Mark
    line: str
    begin_line: str

    @property
    def sign(self) -> str:
        """Return the sign at the place, "" at the end of a line."""
        return self.line[self.at.column - 1 : self.at.column]

    @property
    def before(self) -> str:
        """Return what stands before the place on its line, without spaces at its end."""
        return self.line[: self.at.column - 1].rstrip()


_Message: TypeAlias = tuple[Wording, Mark]


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str | None) -> tuple[str, Wording, Mark]:
    """Return code, message and place of an error of syntax: what stands there, what was expected, frequent causes."""
    place = _place(error, text, file)
    indentation = place.line[: len(place.line) - len(place.line.lstrip())]
    if "\t" in indentation and place.at.column <= len(indentation) + 1:
        return ("yaml-tab", _TAB, Mark(file, place.at.line, indentation.index("\t") + 1))
    problem = error.problem or ""
    for pattern, explain in _EXPLANATIONS:
        if pattern.search(problem) or pattern.search(place.context):
            wording, mark = explain(place)
            return ("yaml-syntax", wording, mark)
    return (
        "yaml-syntax",
        Wording(
            de=f"Die Datei ist hier kein gültiges YAML ({problem}). {_CAUSES.de}",
            en=f"The file is not valid YAML here ({problem}). {_CAUSES.en}",
        ),
        place.at,
    )


def mark_of(error: yaml.MarkedYAMLError, file: str | None) -> Mark:
    """Return where the reading stopped; the beginning of the file where the parser does not say."""
    return _mark(error.problem_mark or error.context_mark, file)


def _place(error: yaml.MarkedYAMLError, text: str, file: str | None) -> _Place:
    lines = text.split("\n")
    at = mark_of(error, file)
    begin = _mark(error.context_mark, file) if error.context_mark is not None else at
    return _Place(error.context or "", begin, at, _line(lines, at), _line(lines, begin))


def _mark(mark: Any, file: str | None) -> Mark:
    return Mark(file, mark.line + 1, mark.column + 1) if mark is not None else Mark(file, 1, 1)


def _line(lines: list[str], mark: Mark) -> str:
    return lines[mark.line - 1] if mark.line <= len(lines) else ""


_CAUSES: Final = Wording(
    de="Häufige Ursachen: fehlende Anführungszeichen um Text mit : # [ ] { } @ % * & oder „-“ am Anfang, "
    "falsche Einrückung, eine nicht geschlossene Klammer.",
    en="Frequent causes: missing quotes around text with : # [ ] { } @ % * & or a leading '-', "
    "wrong indentation, a bracket that is not closed.",
)
EMPTY_KEY: Final = Wording(
    de="Vor dem Doppelpunkt fehlt das Wort (der Schlüssel). Bitte ergänzen oder den Doppelpunkt löschen.",
    en="The word (the key) before the colon is missing. Please add it or delete the colon.",
)
_TAB: Final = Wording(
    de="Die Zeile ist mit einem Tabulator eingerückt; YAML erlaubt nur Leerzeichen. "
    "Bitte jeden Tabulator durch zwei Leerzeichen ersetzen (viele Editoren können das für die ganze Datei).",
    en="The line is indented with a tab; YAML allows spaces only. "
    "Please replace every tab by two spaces (many editors can do so for the whole file).",
)


def _unclosed_quote(place: _Place) -> _Message:
    quote = place.begin_line[place.begin.column - 1 : place.begin.column] or '"'
    return (
        Wording(
            de=f"Das Anführungszeichen ({quote}), das hier öffnet, wird nicht geschlossen. "
            "Bitte am Ende des Textes ergänzen.",
            en=f"The quote ({quote}) that opens here is not closed. Please add it at the end of the text.",
        ),
        place.begin,
    )


def _bad_escape(place: _Place) -> _Message:
    return (
        Wording(
            de="Nach dem Schrägstrich \\ steht kein Zeichen, das YAML zwischen doppelten Anführungszeichen kennt. "
            "Gemeint ist vermutlich der Schrägstrich selbst: bitte \\\\ schreiben oder einfache Anführungszeichen "
            "('…') nehmen.",
            en="After the backslash stands no sign that YAML knows between double quotes. "
            "Probably the backslash itself is meant: please write \\\\ or use single quotes ('…').",
        ),
        place.at,
    )


def _unclosed_bracket(place: _Place) -> _Message:
    opening = place.begin_line[place.begin.column - 1 : place.begin.column]
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    german, english = _found(place)
    comment = " #" in place.begin_line[place.begin.column - 1 :]
    de = (
        f"In der Klammer {opening}, die in Zeile {place.begin.line} öffnet, wird ein Komma oder {closing} erwartet; "
        f"in Zeile {place.at.line} steht {german}. Entweder fehlt die schließende Klammer oder ein Komma, "
        f"oder ein Text mit : , [ ] {{ }} braucht Anführungszeichen."
    )
    en = (
        f"Inside the bracket {opening} that opens in line {place.begin.line}, a comma or {closing} is expected; "
        f"in line {place.at.line} stands {english}. Either the closing bracket or a comma is missing, "
        f"or a text with : , [ ] {{ }} needs quotes."
    )
    if comment:
        de += " Achtung: # nach einem Leerzeichen beginnt einen Kommentar; in Text braucht es Anführungszeichen."
        en += " Note: # after a space begins a comment; in a text it needs quotes."
    return Wording(de=de, en=en), place.at if place.at.line == place.begin.line else place.begin


def _found(place: _Place) -> tuple[str, str]:
    """Return what stands at the place, in German and in English."""
    rest = shortened(place.line[place.at.column - 1 :].strip(), most=20)
    if not rest:
        return "nichts mehr", "nothing more"
    return f"„{rest}“", f"'{rest}'"


def _colon(place: _Place) -> _Message:
    if len(_COLON.findall(place.line[: place.at.column])) > 1:
        return (
            Wording(
                de="In dieser Zeile steht ein zweiter Doppelpunkt mit Leerzeichen. Gehört er zum Text, "
                'braucht der Text Anführungszeichen: name: "Amt: Stelle".',
                en="This line has a second colon with a space. If it belongs to the text, "
                'the text needs quotes: name: "Office: unit".',
            ),
            place.at,
        )
    return (
        Wording(
            de="Hier darf kein neuer Eintrag (Wort und Doppelpunkt) stehen: Die Zeile ist weiter eingerückt als die "
            "davor, deren Wert schon dasteht, oder die Zeile davor hat keinen Doppelpunkt. "
            "Bitte Einrückung und die Zeile davor prüfen.",
            en="No new entry (word and colon) may stand here: the line is indented deeper than the one before, "
            "which has its value already, or the line before lacks its colon. "
            "Please check the indentation and the line before.",
        ),
        Mark(place.at.file, place.at.line, len(place.line) - len(place.line.lstrip()) + 1),
    )


def _missing_colon(place: _Place) -> _Message:
    shown = shortened(place.begin_line.strip())
    if _MISSING_SPACE.match(place.begin_line):
        return (
            Wording(
                de=f"Nach dem Doppelpunkt fehlt ein Leerzeichen: „{shown}“. Erwartet wird „wort: wert“.",
                en=f"A space is missing after the colon: '{shown}'. Expected is 'word: value'.",
            ),
            place.begin,
        )
    return (
        Wording(
            de=f"Nach „{shown}“ fehlt ein Doppelpunkt; erwartet wird „wort: wert“. Soll die Zeile den Text der Zeile "
            "davor fortsetzen, muss sie weiter eingerückt sein.",
            en=f"A colon is missing after '{shown}'; expected is 'word: value'. If the line is to go on with the text "
            "of the line before, it must be indented deeper.",
        ),
        place.begin,
    )


def _forbidden_start(place: _Place) -> _Message:
    return (
        Wording(
            de=f"Ein Text ohne Anführungszeichen darf nicht mit „{place.sign}“ beginnen. "
            f'Bitte in Anführungszeichen setzen: "{place.sign}…".',
            en=f"A text without quotes may not begin with '{place.sign}'. Please put it in quotes: \"{place.sign}…\".",
        ),
        place.at,
    )


def _sign_with_meaning(place: _Place) -> _Message:
    sign = place.begin_line[place.begin.column - 1 : place.begin.column]
    return (
        Wording(
            de=f"„{sign}“ am Anfang eines Wertes hat in YAML eine eigene Bedeutung. "
            f'Ist es Text, gehört er in Anführungszeichen: "{sign}…".',
            en=f"'{sign}' at the beginning of a value has a meaning of its own in YAML. "
            f'If it is text, put it in quotes: "{sign}…".',
        ),
        place.begin,
    )


def _dash(place: _Place) -> _Message:
    return (
        Wording(
            de="Ein Listenpunkt (- …) darf nicht auf derselben Zeile nach dem Doppelpunkt beginnen. "
            'Bitte in eine neue, eingerückte Zeile setzen; ist es Text, gehört er in Anführungszeichen: "- …".',
            en="A list item (- …) may not begin on the same line after the colon. "
            'Please put it on a new, indented line; if it is text, put it in quotes: "- …".',
        ),
        place.at,
    )


def _question_mark(place: _Place) -> _Message:
    return (
        Wording(
            de="Ein Text ohne Anführungszeichen darf nicht mit „? “ beginnen. "
            'Bitte in Anführungszeichen setzen: "? …".',
            en="A text without quotes may not begin with '? '. Please put it in quotes: \"? …\".",
        ),
        place.at,
    )


def _no_content(place: _Place) -> _Message:
    german, english = _found(place)
    return (
        Wording(
            de=f"Hier wird ein Wert erwartet; es steht {german}. Vielleicht ist ein Komma zu viel, "
            "oder der Text braucht Anführungszeichen.",
            en=f"A value is expected here; there stands {english}. Perhaps there is a comma too many, "
            "or the text needs quotes.",
        ),
        place.at,
    )


def _unexpected_in_block(place: _Place) -> _Message:
    german, english = _found(place)
    if place.sign == ":" and not place.before:
        return EMPTY_KEY, place.at
    if place.sign in ("]", "}"):
        return (
            Wording(
                de=f"Die schließende Klammer {place.sign} ist zu viel. Bitte löschen oder die öffnende ergänzen.",
                en=f"The closing bracket {place.sign} is one too many. Please delete it or add the opening one.",
            ),
            place.at,
        )
    if place.before.endswith(('"', "'", "]", "}")):
        return (
            Wording(
                de=f"Nach dem schließenden Zeichen {place.before[-1]} steht noch {german}. Der ganze Text gehört in "
                "Anführungszeichen; Anführungszeichen in ihm werden verdoppelt ('…''…') oder mit \\ versehen.",
                en=f"After the closing {place.before[-1]} there is still {english}. Put the whole text in quotes; "
                "double the quotes inside it ('…''…') or write \\ before them.",
            ),
            place.at,
        )
    if place.sign == "-" and not place.before:
        return (
            Wording(
                de="Hier beginnt ein Listenpunkt (- …), erwartet wird aber „wort: wert“ wie in den Zeilen davor "
                f"(ab Zeile {place.begin.line}). Bitte Einrückung prüfen.",
                en="A list item (- …) begins here, but 'word: value' is expected as in the lines before "
                f"(from line {place.begin.line}). Please check the indentation.",
            ),
            place.at,
        )
    if "collection" in place.context or "sequence" in place.context:
        return (
            Wording(
                de=f"Hier wird ein Listenpunkt (- …) erwartet wie in den Zeilen davor (ab Zeile {place.begin.line}); "
                f"es steht {german}. Bitte Einrückung prüfen.",
                en=f"A list item (- …) is expected here as in the lines before (from line {place.begin.line}); "
                f"there stands {english}. Please check the indentation.",
            ),
            place.at,
        )
    return (
        Wording(
            de=f"{german} passt nicht zu den Einträgen, die in Zeile {place.begin.line}, Spalte {place.begin.column} "
            "beginnen. Einträge derselben Ebene müssen gleich weit eingerückt sein.",
            en=f"{english} does not fit the entries that begin in line {place.begin.line}, column "
            f"{place.begin.column}. Entries of one level must be indented alike.",
        ),
        place.at,
    )


def _after_the_end(place: _Place) -> _Message:
    german, english = _found(place)
    return (
        Wording(
            de=f"Das Dokument ist hier schon zu Ende, danach steht noch {german}. "
            "Vielleicht ist eine Klammer zu viel, oder die erste Zeile ist weiter eingerückt als diese.",
            en=f"The document has ended here, but there is still {english}. "
            "Perhaps there is a bracket too many, or the first line is indented deeper than this one.",
        ),
        place.at,
    )


def _directive(place: _Place) -> _Message:
    return (
        Wording(
            de="Eine Zeile, die mit % beginnt, ist für YAML eine Anweisung; bekannt ist nur %YAML 1.2. "
            "Ist es Text, gehört er in Anführungszeichen; sonst bitte die Zeile löschen.",
            en="A line that begins with % is a directive for YAML; only %YAML 1.2 is known. "
            "If it is text, put it in quotes; else please delete the line.",
        ),
        place.begin,
    )


_EXPLANATIONS: Final[tuple[tuple[re.Pattern[str], Callable[[_Place], _Message]], ...]] = (
    (re.compile("found a tab character"), lambda place: (_TAB, place.at)),
    (re.compile("directive|incompatible YAML document"), _directive),
    (re.compile("unexpected end of stream|unexpected document"), _unclosed_quote),
    (re.compile("hexa?decimal number|escape character|character escape|escape sequence"), _bad_escape),
    (re.compile("scanning an? (alias|anchor|tag|block scalar)|tag handle"), _sign_with_meaning),
    (re.compile("expected '[,]' or"), _unclosed_bracket),
    (re.compile("mapping values are not allowed"), _colon),
    (re.compile("could not find expected ':'"), _missing_colon),
    (re.compile("cannot start any token"), _forbidden_start),
    (re.compile("sequence entries are not allowed"), _dash),
    (re.compile("mapping keys are not allowed"), _question_mark),
    (re.compile("node content"), _no_content),
    (re.compile("document start"), _after_the_end),
    (re.compile("expected key|'-' indicator|block end"), _unexpected_in_block),
)
"""By what the message of either parser contains; the first that fits counts."""
