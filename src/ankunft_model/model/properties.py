"""Properties: what a person may see and change of an element in a tool that shows single words beside a diagram.

A property is a field of a node, actor or handover, shown as one line of text: `none` for what is known to be absent,
ids with commas between them for lists. No text at all says nothing: the field is unknown, or the tool has lost it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from ankunft_model.model.actors import Actor
from ankunft_model.model.handovers import Handover
from ankunft_model.model.nodes import Activity
from ankunft_model.model.part import Element
from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.wording import Wording

PropertyKind: TypeAlias = Literal["node", "actor", "handover"]
"""The kinds of elements that have properties; of the nodes only steps and sub-processes."""

NONE: Final = "none"
_SEPARATORS: Final = re.compile(r"[\s,;]+")
_MAIN_KEYS: Final = ("item", "system", "id")


@dataclass(frozen=True, slots=True)
class Property:
    """One property.

    Attributes:
        word: Name of the field, as the file of a model writes it.
        label: What it is called.
        hint: What belongs into it.
        is_list: Whether it holds several values.
        vocabulary: The vocabulary whose words it holds, or None for ids of the model.
    """

    word: str
    label: Wording
    hint: Wording
    is_list: bool = True
    vocabulary: str | None = None


_IDS: Final = Wording(
    de="Kennungen, durch Komma getrennt; none: bekannt, dass es nichts gibt",
    en="ids, separated by commas; none: known to be nothing",
)
_ONE_ID: Final = Wording(
    de="Kennung; none: bekannt, dass es keine gibt; not_needed: nicht nötig",
    en="id; none: known not to exist; not_needed: not needed",
)
_BASES: Final = Wording(
    de="Kennungen, durch Komma getrennt; none: bekannt, dass es keine gibt; not_needed: nicht nötig",
    en="ids, separated by commas; none: known not to exist; not_needed: not needed",
)
_WORD: Final = Wording(de="ein Wort des Vokabulars oder ein eigenes", en="a word of the vocabulary or one of your own")
_WORDS: Final = Wording(
    de="Wörter des Vokabulars, durch Komma getrennt", en="words of the vocabulary, separated by commas"
)


PROPERTIES: Final[Mapping[PropertyKind, tuple[Property, ...]]] = {
    "node": (
        Property(
            "kind", Wording(de="Art des Schritts", en="Kind of step"), _WORD, is_list=False, vocabulary="step_kinds"
        ),
        Property("collects", Wording(de="Erfragt (Angaben)", en="Asks for (data)"), _IDS),
        Property("needs", Wording(de="Braucht (Angaben)", en="Needs (data)"), _IDS),
        Property("produces", Wording(de="Erzeugt (Angaben)", en="Creates (data)"), _IDS),
        Property("documents_out", Wording(de="Gibt aus (Dokumente)", en="Issues (documents)"), _IDS),
        Property(
            "channel", Wording(de="Weg zur Person (Kanal)", en="Channel to the person"), _WORDS, vocabulary="channels"
        ),
    ),
    "actor": (
        Property(
            "kind", Wording(de="Art des Akteurs", en="Kind of actor"), _WORD, is_list=False, vocabulary="actor_kinds"
        ),
    ),
    "handover": (
        Property("channel", Wording(de="Kanal", en="Channel"), _WORDS, vocabulary="channels"),
        Property("data", Wording(de="Übergebene Angaben", en="Data passed"), _IDS),
        Property("documents", Wording(de="Übergebene Dokumente", en="Documents passed"), _IDS),
        Property("agreement", Wording(de="Vereinbarung", en="Agreement"), _ONE_ID, is_list=False),
        Property("legal_basis", Wording(de="Rechtsgrundlage", en="Legal basis"), _BASES),
        Property("consent", Wording(de="Einwilligung", en="Consent"), _ONE_ID, is_list=False),
    ),
}
"""All properties, in the order in which they are shown."""


def property_kind(element: Element) -> PropertyKind | None:
    """Return what kind of properties an element has; None for none."""
    if isinstance(element, Activity):
        return "node"
    if isinstance(element, Actor):
        return "actor"
    return "handover" if isinstance(element, Handover) else None


def property_texts(element: Element) -> tuple[tuple[str, str], ...]:
    """Return the properties of an element that are known, word and text.

    Example:
        >>> property_texts(Actor(id="abh", name="ABH", kind="immigration_office"))
        (('kind', 'immigration_office'),)
    """
    kind = property_kind(element)
    if kind is None:
        return ()
    texts = ((found.word, _text(getattr(element, found.word))) for found in PROPERTIES[kind])
    return tuple((word, text) for word, text in texts if text is not None)


def property_value(kind: PropertyKind, word: str, text: str, before: Any = None) -> Any:
    """Return the value that `text` states, in the shape of a model's file.

    What stays of a list keeps everything that was said about it (such as why a datum may be asked again).

    Args:
        kind: Kind of the element.
        word: Name of the property.
        text: What a person has written.
        before: The value until now, in the shape of a model's file.

    Raises:
        KeyError: there is no such property.

    Example:
        >>> property_value("node", "collects", "name; bank", [{"item": "bank", "justified_by": "none"}, "status"])
        ['name', {'item': 'bank', 'justified_by': 'none'}]
        >>> property_value("handover", "agreement", " koop ")
        'koop'
    """
    found = next((known for known in PROPERTIES[kind] if known.word == word), None)
    if found is None:
        raise KeyError(word)
    tokens = _tokens(text)
    if not found.is_list:
        return text.strip()
    if tokens in ([NONE], ["not_needed"]):
        return tokens[0]
    known = {main: entry for entry in _entries(before) if (main := _main(entry)) is not None}
    return [known.get(token, token) for token in dict.fromkeys(tokens)]


def is_same_text(one: str, other: str) -> bool:
    """Return whether two texts of a property state the same, whatever separates their words.

    Example:
        >>> is_same_text("a, b", " a b;")
        True
    """
    return _tokens(one) == _tokens(other)


def _tokens(text: str) -> list[str]:
    return [token for token in _SEPARATORS.split(text) if token]


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return value
    shown = [main for entry in value if (main := _main(entry)) is not None]
    if len(shown) < len(value):  # something that one line cannot say
        return None
    return ", ".join(shown) or NONE


def _entries(value: Any) -> Iterable[Any]:
    if value is None or value == NONE:
        return ()
    return value if is_sequence(value) else (value,)


def _main(entry: Any) -> str | None:
    """Return the id that an entry of a list is about."""
    if isinstance(entry, str):
        return entry
    for key in _MAIN_KEYS:
        found: object = entry.get(key) if is_mapping(entry) else getattr(entry, key, None)
        if isinstance(found, str):
            return found
    return None
