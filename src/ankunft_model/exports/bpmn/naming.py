"""Names of what the projection adds: messages, their events, ends; in German and English, and unique for messages."""

from __future__ import annotations

from typing import Final

from ankunft_model.exports.bpmn.pool_elements import PoolMessage
from ankunft_model.graph.participation.normal_form import JOINS, NormalFlow, NormalForm, NormalNode
from ankunft_model.model import ArrivalModel, Element, Event, Flow, Handover, Text, Translations, text_in
from ankunft_model.wording import Language, Wording

LANGUAGES: tuple[Language, ...] = ("de", "en")
"""The languages in which our own words are written."""

BEGIN = Wording(de="Beginn", en="Start")
END = Wording(de="Ende", en="End")
DECISION = Wording(de="Entscheidung", en="Decision")
OTHERWISE = Wording(de="sonst", en="otherwise")
PART_COMPLETED = Wording(de="Beitrag abgeschlossen", en="Contribution completed")
EVENT = Wording(de="Ereignis", en="Event")
UNKNOWN_ORGANISATION = Wording(de="Zuständigkeit ungeklärt", en="Responsibility unclear")

MAX_LISTED_DOCUMENTS = 2
"""A handover without a name is called after its documents if it has at most so many."""


def text_of(wording: Wording) -> Text:
    """Return our own words as a text in both languages."""
    return Translations({"de": wording.de, "en": wording.en})


def composed(pattern: Wording, **parts: Text) -> Text:
    """Return a text in both languages, made from a pattern such as `{name} eingegangen` and texts of the model."""
    return Translations(
        {
            language: pattern.in_language(language).format_map(
                {key: text_in(part, language) for key, part in parts.items()}
            )
            for language in LANGUAGES
        }
    )


def name_of(element: Element, otherwise: Wording | None = None) -> Text:
    """Return the name of an element of the model; without one `otherwise`, or its id."""
    if element.name is not None:
        return element.name
    return element.id if otherwise is None else text_of(otherwise)


def message_received(message: Text) -> Text:
    """Return the name of an event that catches a message."""
    return composed(Wording(de="{name} eingegangen", en="{name} received"), name=message)


def is_at_hand(handover: Text) -> Text:
    """Return the name of an event that waits for something inside a pool."""
    return composed(Wording(de="{name} liegt vor", en="{name} is at hand"), name=handover)


def handover_name(model: ArrivalModel, handover: Handover) -> Text | None:
    """Return what a handover is called: its name, or what it carries; None if it says neither."""
    if handover.name is not None:
        return handover.name
    documents = handover.documents or ()
    if not 0 < len(documents) <= MAX_LISTED_DOCUMENTS:
        return None
    names = [name_of(model.documents[document]) for document in documents if document in model.documents]
    if len(names) == 1:
        return names[0]
    return composed(Wording(de="{one} und {other}", en="{one} and {other}"), one=names[0], other=names[1])


class MessageNames:
    """Gives each message of a file a name of its own."""

    def __init__(self, model: ArrivalModel) -> None:
        self._model = model
        self._taken: set[str] = set()

    def name(self, form: NormalForm, message: PoolMessage, receiver: Text) -> Text:
        """Return the name of `message`, followed by its receiver or a number if the name is taken."""
        base = self._base(form, message)
        addressed = composed(Wording(de="{name} (an {to})", en="{name} (to {to})"), name=base, to=receiver)
        for candidate in (base, addressed):
            if self._take(candidate):
                return candidate
        number = 2
        while True:
            pattern = f"{{name}} {number}"
            candidate = composed(Wording(de=pattern, en=pattern), name=addressed)
            if self._take(candidate):
                return candidate
            number += 1

    def _take(self, candidate: Text) -> bool:
        found = {text_in(candidate, language) for language in LANGUAGES}
        is_free = not found & self._taken
        if is_free:
            self._taken |= found
        return is_free

    def is_named_by_handover(self, message: PoolMessage) -> bool:
        """Return whether the message is called what one handover is called."""
        return self._handover_name(message) is not None

    def _handover_name(self, message: PoolMessage) -> Text | None:
        names = [handover_name(self._model, self._model.handovers[id_]) for id_ in message.handovers]
        known = list(dict.fromkeys(name for name in names if name is not None))
        return known[0] if len(known) == 1 else None

    def _base(self, form: NormalForm, message: PoolMessage) -> Text:
        name = self._handover_name(message)
        if name is not None:
            return name
        if message.about is not None:
            return self._about(
                form, message, handover_or_sender_name(self._model, self._model.handovers[message.about])
            )
        if message.note is not None:
            return self._note(form, message.note)
        if message.flow is None:
            sender = self._model.nodes.get(self._model.handovers[message.id].from_node or "")
            return message.id if sender is None else _done(sender)
        source = form.nodes[message.flow.source]
        if source.kind in ("exclusive_split", "inclusive_split") and source.element is not None:
            return _decided(source.element, message.flow.flow)
        acting = _acting_before(form, source)
        done = _done(acting.element)
        if form.nodes[message.flow.target].kind in ("parallel_join", "inclusive_join"):
            return composed(Wording(de="Rückmeldung: {name}", en="Reply: {name}"), name=done)
        return done

    @staticmethod
    def _note(form: NormalForm, note: NormalFlow) -> Text:
        """Return the name of a note that nothing more comes: after which decision or event."""
        pattern = Wording(de="{cause} – nichts weiter zu tun", en="{cause} – nothing further to do")
        return composed(pattern, cause=_cause(form, note))

    @staticmethod
    def _about(form: NormalForm, message: PoolMessage, name: Text) -> Text:
        """Return the name of a request for what a handover brings, or of a note that it is not needed."""
        if message.note is None:
            return composed(Wording(de="Anfrage: {name}", en="Request: {name}"), name=name)
        if form.nodes[message.note.source].kind in JOINS:
            return composed(Wording(de="{name} nicht mehr nötig", en="{name} no longer needed"), name=name)
        pattern = Wording(de="{cause} – {name} nicht nötig", en="{cause} – {name} not needed")
        return composed(pattern, cause=_cause(form, message.note), name=name)


def _cause(form: NormalForm, note: NormalFlow) -> Text:
    """Return the decision or event after which a note is sent."""
    source = form.nodes[note.source]
    is_decision = source.kind == "exclusive_split" and source.element is not None
    return _decided(source.element, note.flow) if is_decision and source.element else _done(source.element)


def _decided(decision: Element, flow: Flow | None) -> Text:
    """Return a decision with the answer that leads along a flow."""
    name = name_of(decision, DECISION)
    joint = " " if text_in(name, "de").rstrip().endswith("?") else ": "
    pattern = Wording(de=f"{{name}}{joint}{{answer}}", en=f"{{name}}{joint}{{answer}}")
    return composed(pattern, name=name, answer=answer(flow))


def _done(element: Element | None) -> Text:
    """Return what is the case when a node has completed."""
    if element is None:
        return text_of(EVENT)
    if isinstance(element, Event):
        return name_of(element, EVENT)
    return composed(Wording(de="{name} erledigt", en="{name} done"), name=name_of(element))


def handover_or_sender_name(model: ArrivalModel, handover: Handover) -> Text:
    """Return what a handover is called, else that its sender has completed."""
    found = handover_name(model, handover)
    sender = model.nodes.get(handover.from_node or "")
    return found or (handover.id if sender is None else _done(sender))


def answer(flow: Flow | None) -> Text:
    """Return the answer that leads along a flow of a decision."""
    when = None if flow is None else flow.when or flow.name
    return when or text_of(OTHERWISE)


def any_of(answers: list[Text]) -> Text:
    """Return one answer as it is, several as `yes / no`."""
    if len(answers) == 1:
        return answers[0]
    return Translations(
        {language: " / ".join(text_in(answer, language) for answer in answers) for language in LANGUAGES}
    )


def _acting_before(form: NormalForm, node: NormalNode) -> NormalNode:
    """Return the nearest step or event at or before `node`, along first flows."""
    seen: set[str] = set()
    while node.id not in seen and (node.kind in JOINS or node.kind.endswith("_split") or node.kind == "spawn"):
        seen.add(node.id)
        node = form.source(form.incoming[node.id][0])
    return node


def documentation_of(model: ArrivalModel, element: Element, language: str) -> str:
    """Return what the documentation of an element says: its description, and where that comes from; "" for nothing."""
    paragraphs = [] if element.description is None else [text_in(element.description, language)]
    sources = [_cited(model, citation, language) for citation in element.source or ()]
    if sources:
        word = _SOURCES if len(sources) > 1 else _SOURCE
        paragraphs.append(f"{_said(word, language)}: {'; '.join(sources)}")
    if element.confidence in _CONFIDENCE_WORDS:
        paragraphs.append(_said(_CONFIDENCE_WORDS[str(element.confidence)], language))
    return "\n\n".join(paragraphs)


def languages_of(text: Text | None) -> tuple[str, ...]:
    """Return the languages in which the documentation of something with this description is written."""
    own = tuple(text) if isinstance(text, Translations) else ()
    return (*own, *(language for language in LANGUAGES if language not in own)) if own else ()


_SOURCE: Final = Wording(de="Quelle", en="Source")
_SOURCES: Final = Wording(de="Quellen", en="Sources")
_CONFIDENCE_WORDS: Final = {
    "assumption": Wording(de="Das ist eine Annahme.", en="This is an assumption."),
    "source_needed": Wording(de="Hierfür fehlt eine Quelle.", en="A source for this is missing."),
}


def _said(wording: Wording, language: str) -> str:
    return wording.in_language("de" if language.startswith("de") else "en")


def _cited(model: ArrivalModel, citation: str, language: str) -> str:
    """Return a citation with the name of the source whose tag it begins with."""
    tag, _, passage = citation.partition(":")
    source = model.sources.get(tag.lower())
    if source is None:
        return citation
    name = text_in(source.name, language)
    return f"{passage} ({name})" if passage else name
