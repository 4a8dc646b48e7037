"""All words of the page that do not come from the model."""

from __future__ import annotations

from typing import Final

from ankunft_model.wording import Language, Wording

WORDS: Final[dict[str, Wording]] = {
    "report": Wording("Bericht", "Report"),
    "skip": Wording("Zum Inhalt springen", "Skip to content"),
    "contents": Wording("Inhalt", "Contents"),
    "as_of": Wording("Rechtsstand", "Law as of"),
    "state": Wording("Zustand", "State"),
    "unknown": Wording("unbekannt", "unknown"),
    "none": Wording("keine", "none"),
    "nothing": Wording("nichts", "nothing"),
    "not_needed": Wording("nicht nötig", "not needed"),
    "nobody": Wording("niemand", "nobody"),
    "summary": Wording("Zusammenfassung", "Summary"),
    "overview": Wording("Befunde nach Regel", "Findings by rule"),
    "rule": Wording("Regel", "Rule"),
    "total": Wording("Summe", "Total"),
    "comparison": Wording("Ist und Soll", "As is and to be"),
    "as_is": Wording("Ist", "As is"),
    "to_be": Wording("Soll", "To be"),
    "gone": Wording("entfällt", "gone"),
    "remains": Wording("bleibt", "remains"),
    "new": Wording("neu", "new"),
    "gone_list": Wording("Was entfällt", "What is gone"),
    "pictures": Wording("Bild des Ablaufs", "Picture of the process"),
    "zoom": Wording("Größe", "Size"),
    "whole": Wording("ganz", "whole"),
    "picture_help": Wording(
        "Das Bild lässt sich verschieben. Marken zeigen Befunde; die Zahl ist ihre Anzahl, ein Klick führt zur Liste.",
        "The picture can be scrolled. Marks show findings; the number counts them, a click leads to the list.",
    ),
    "print_help": Wording(
        "Auf Papier steht das Bild verkleinert; lesbar ist es am Bildschirm und in der BPMN- oder SVG-Datei.",
        "On paper the picture is reduced; it can be read on screen and in the BPMN or SVG file.",
    ),
    "findings": Wording("Befunde", "Findings"),
    "findings_to_be": Wording("Befunde im Soll", "Findings of the to-be state"),
    "no_findings": Wording("Keine Befunde.", "No findings."),
    "why": Wording("Warum das wichtig ist", "Why it matters"),
    "certainty": Wording("Sicherheit", "Certainty"),
    "witness": Wording("So kommt es dazu", "How it comes about"),
    "because": Wording("Beruht auf", "Rests on"),
    "recommendation": Wording("Empfehlung", "Recommendation"),
    "measures": Wording("Maßnahmen", "Measures"),
    "concerns": Wording("Betrifft", "Concerns"),
    "depends_on": Wording("Offene Frage dazu", "Open question"),
    "details": Wording("Ablauf, Grundlagen", "Run, grounds"),
    "show_in_picture": Wording("im Bild zeigen", "show in the picture"),
    "steps": Wording("Befunde je Schritt und Übergabe", "Findings by step and handover"),
    "element": Wording("Schritt oder Übergabe", "Step or handover"),
    "actor": Wording("Stelle", "Body"),
    "handover": Wording("Übergabe", "Handover"),
    "process": Wording("Prozess", "Process"),
    "handovers": Wording("Übergaben", "Handovers"),
    "from": Wording("Von", "From"),
    "to": Wording("An", "To"),
    "channel": Wording("Weg", "Channel"),
    "data": Wording("Angaben", "Data"),
    "agreement": Wording("Vereinbarung", "Agreement"),
    "legal_basis": Wording("Rechtsgrundlage", "Legal basis"),
    "consent": Wording("Einwilligung", "Consent"),
    "handover_help": Wording(
        "„Keine“ heißt: Es ist bekannt, dass es sie nicht gibt. „Unbekannt“ heißt: Niemand hat es gesagt. Ohne "
        "Angabe zur Einwilligung bleibt, was auf einer Rechtsgrundlage beruht.",
        "“None” means: it is known that there is none. “Unknown” means: nobody has said. Consent may be left unsaid "
        "where there is a legal basis.",
    ),
    "once_only": Wording("Mehrfach erfragte Angaben", "Data asked several times"),
    "once_only_help": Wording(
        "Wie oft die Person innerhalb eines Ablaufs nach derselben Angabe gefragt wird: kleinste und größte Zahl über "
        "alle möglichen Abläufe.",
        "How often the person is asked for the same datum within one run: least and greatest number over all possible "
        "runs.",
    ),
    "item": Wording("Angabe", "Datum"),
    "category": Wording("Art", "Category"),
    "times": Wording("Mal je Ablauf", "Times per run"),
    "askers": Wording("Erfragt von", "Asked by"),
    "asked_at": Wording("Schritte", "Steps"),
    "asked_once": Wording("Höchstens einmal erfragt", "Asked once at most"),
    "without_bound": Wording("beliebig oft", "any number"),
    "not_computed": Wording("Für diesen Bericht nicht berechnet.", "Not computed for this report."),
    "benefits": Wording("Leistungen", "Benefits"),
    "benefit": Wording("Leistung", "Benefit"),
    "regime": Wording("Rechtskreis", "Regime"),
    "payer": Wording("Träger", "Payer"),
    "covers": Wording("Bedarf", "Need"),
    "begins": Wording("Beginn", "Begins"),
    "ends": Wording("Ende", "Ends"),
    "paid": Wording("Auszahlung", "Payment"),
    "open_questions": Wording("Offene Fragen", "Open questions"),
    "open_questions_help": Wording(
        "Antworten können Befunde entfernen oder sichern. Wer sie kennt, trägt sie im Modell ein.",
        "Answers can remove findings or make them certain. Who knows them enters them in the model.",
    ),
    "question": Wording("Frage", "Question"),
    "findings_concerned": Wording("Befunde, die davon abhängen", "Findings that depend on it"),
    "place": Wording("Stelle im Modell", "Place in the model"),
    "also_unknown": Wording("Außerdem nicht angegeben", "Also not stated"),
    "no_questions": Wording("Keine offenen Fragen.", "No open questions."),
    "sources": Wording("Quellen", "Sources"),
    "source": Wording("Quelle", "Source"),
    "date": Wording("Stand", "Date"),
    "cited": Wording("Zitiert", "Cited"),
    "confidence": Wording("Belastbarkeit der Angaben", "How sure the statements are"),
    "not_stated_plain": Wording("nicht angegeben", "not stated"),
    "not_stated": Wording("nicht eingeschätzt", "not assessed"),
    "elements_count": Wording("Elemente", "elements"),
    "colophon": Wording("Über diesen Bericht", "About this report"),
    "legal_note": Wording(
        "Der Bericht zeigt, was aus den Angaben im Modell folgt. Er ist keine rechtliche Prüfung: Die rechtliche "
        "Bewertung ist Aufgabe der Kommune und der beteiligten Behörden.",
        "The report shows what follows from the statements in the model. It is no legal review: legal assessment is "
        "the task of the municipality and the authorities involved.",
    ),
    "exact_note": Wording(
        "„Sicher“ heißt: in jedem Ablauf, der den Schritt ausführt. „Möglich“ heißt: in manchen Abläufen, oder es "
        "hängt von etwas ab, das nicht bekannt ist.",
        "“Certain” means: on every run that executes the step. “Possible” means: on some runs, or it depends on "
        "something that is not known.",
    ),
    "made_with": Wording("Erstellt mit ankunft-model", "Made with ankunft-model"),
    "model_id": Wording("Kennung des Modells", "Id of the model"),
    "definite": Wording("sicher", "certain"),
    "possible": Wording("möglich", "possible"),
    "not_exact": Wording("nicht abschließend berechnet", "not computed to the end"),
    "days_entitlement": Wording("Tage ohne Anspruch", "days without entitlement"),
    "days_payment": Wording("Tage ohne Auszahlung", "days without payment"),
    "times_asked": Wording("Mal dieselbe Frage", "times the same question"),
    "carried": Wording("trägt die Person", "carried by the person"),
}


class Words:
    """The words in one language; a template that asks for an unknown one fails.

    Example:
        >>> Words("en")["summary"]
        'Summary'
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __getitem__(self, key: str) -> str:
        return WORDS[key].in_language(self.language)

    def of(self, wording: Wording) -> str:
        """Return any statement in the language of the page."""
        return wording.in_language(self.language)
