"""Suggestions for people: by what they rest on, then what stays and why, then what comes up with them."""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis import Suggestion, Suggestions
from ankunft_model.analysis.naming import Names, listed
from ankunft_model.analysis.suggestions.results import LAWFULNESS, Unsolved
from ankunft_model.analysis.suggestions.texts import text_of_open
from ankunft_model.cli.text_layout import CommandText
from ankunft_model.wording import Language, Wording, counted

_TITLES = {
    "same_body": Wording("Ohne neue Übermittlung", "Without any new transfer"),
    "legal_basis": Wording("Auf einer Rechtsgrundlage, die genannt ist", "On a legal basis that is stated"),
    "to_be_examined": Wording(
        "Auf einer Rechtsgrundlage, die zu prüfen ist", "On a legal basis that has to be examined"
    ),
    "consent": Wording("Nur mit Einwilligung der Person", "Only with the person's consent"),
    "unknown": Wording("Rechtsgrundlage unbekannt: erst klären", "Legal basis unknown: settle it first"),
}


def as_text(found: Suggestions, *, language: Language, width: int) -> str:
    """Return the suggestions as text."""
    return "\n".join(_SuggestText(found, language, width).lines())


class _SuggestText(CommandText):
    """The suggestions for one model in one language."""

    def __init__(self, found: Suggestions, language: Language, width: int) -> None:
        self.found = found
        super().__init__(language, width)
        self.names = Names(found.before)

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        yield from self.wrapped(self.found.before.label(self.language))
        yield ""
        yield from self.wrapped(self._summary())
        number = 0
        for kind in LAWFULNESS:
            of_kind = [one for one in self.found.suggestions if one.lawfulness == kind]
            if not of_kind:
                continue
            yield ""
            yield f"{self.words(_TITLES[kind])}:"
            for one in of_kind:
                number += 1
                yield from self._suggestion(number, one)
        yield from self._unsolved()
        yield from self._brought_up()

    def _summary(self) -> str:
        found = self.found
        if not found.before.data:
            return self.say(
                "In diesem Modell steht nicht, welche Angaben gefragt und gebraucht werden; ohne das ist nichts "
                "vorzuschlagen.",
                "This model does not say which data are asked and needed; without that there is nothing to suggest.",
            )
        if not found.suggestions and not found.unsolved:
            return self.say(
                "Nichts fehlt, und nichts wird vermeidbar gefragt.",
                "Nothing is missing, and nothing is asked avoidably.",
            )
        cured = len({id_ for one in found.suggestions for id_ in one.cures})
        least = (
            self.say("weniger geht auf diesen Wegen nicht", "fewer will not do by these ways")
            if found.exact
            else self.say("vielleicht geht es mit weniger", "perhaps fewer would do")
        )
        can_go = counted(cured, Wording("Befund lässt", "finding"), Wording("Befunde lassen", "findings"))
        with_what = counted(found.size, Wording("Ergänzung", "addition"), Wording("Ergänzungen", "additions"))
        stays = counted(len(found.unsolved), Wording("bleibt", "stays"), Wording("bleiben", "stay"))
        return self.say(
            f"{can_go.de} sich mit {with_what.de} (Übergaben, Abrufe, Leserechte, Einwilligungen, "
            f"Vereinbarungen; {least}) beheben, nachgerechnet am geänderten Modell; {stays.de}.",
            f"{can_go.en} can be cured with {with_what.en} (handovers, retrievals, rights to read, "
            f"consents, agreements; {least}), computed again on the changed model; {stays.en}.",
        )

    def _suggestion(self, number: int, one: Suggestion) -> Iterator[str]:
        yield from self.wrapped(self.words(one.text), first=f"{number:>3}. ")
        law = self.words(one.law)
        yield from self.wrapped(law, first="     ")
        if one.condition is not None:
            yield from self.wrapped(self.words(one.condition), first="     ")

    def _unsolved(self) -> Iterator[str]:
        if not self.found.unsolved:
            return
        yield ""
        yield self.say("Das bleibt:", "This stays:")
        alike: dict[tuple[str, str, bool], list[Unsolved]] = {}
        for one in self.found.unsolved:
            alike.setdefault((one.node, one.reason, one.is_question), []).append(one)
        for (node, _, is_question), group in alike.items():
            items = [one.item for one in group if one.item is not None]
            text = text_of_open(self.names, group[0].reason, node, tuple(items), is_question=is_question)
            yield from self.wrapped(self.words(text), first="  - ")

    def _brought_up(self) -> Iterator[str]:
        if not self.found.brings_up:
            return
        yield ""
        yield self.say("Danach meldet die Prüfung neu:", "The check then reports anew:")
        by_rule: dict[str, int] = {}
        for finding in self.found.brings_up:
            by_rule[finding.rule] = by_rule.get(finding.rule, 0) + 1
        counted = listed([Wording(f"{rule} ({count})", f"{rule} ({count})") for rule, count in by_rule.items()])
        yield from self.labelled(self.say("Regeln", "rules"), self.words(counted), indent="  ")
