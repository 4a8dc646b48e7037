"""What is said about each kind of structural error: a stable code, German for case workers, English for integrators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ankunft_model.model.identifiers import nearest
from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.sources.shape import Options
from ankunft_model.sources.structural_errors import StructuralError
from ankunft_model.wording import Wording

MAX_SHOWN_VALUE: Final = 40
"""So many characters of a value are shown in a message; values may be personal data."""

_MOST_WORDS: Final = 12
"""Closed vocabularies up to this size are listed in full."""

_EXPECTED: Final[Mapping[str, Wording]] = {
    "string_type": Wording("ein Text", "a text"),
    "malformed-id": Wording("eine ID", "an id"),
    "model_type": Wording("eine Zuordnung der Form „Schlüssel: Wert“", "a mapping of the form 'key: value'"),
    "model_attributes_type": Wording("eine Zuordnung der Form „Schlüssel: Wert“", "a mapping of the form 'key: value'"),
    "dict_type": Wording("eine Zuordnung der Form „Schlüssel: Wert“", "a mapping of the form 'key: value'"),
    "tuple_type": Wording("eine Liste", "a list"),
    "list_type": Wording("eine Liste", "a list"),
    "literal_error": Wording("ein festes Wort", "one of the fixed words"),
    "malformed-date": Wording("ein Datum wie 2025-06-01", "a date such as 2025-06-01"),
    "malformed-duration": Wording("eine Dauer wie P14D oder PT30M", "a duration such as P14D or PT30M"),
    "malformed-number": Wording("eine Zahl", "a number"),
    "malformed-flag": Wording("true oder false", "true or false"),
}
_CODE_OF_TYPE: Final[Mapping[str, str]] = {
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "literal_error": "unknown-word",
    "string_pattern_mismatch": "malformed-text",
    "string_too_short": "empty-text",
    "string_too_long": "malformed-text",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "too_short": "too-few-entries",
    "int_from_float": "malformed-number",
    "int_parsing": "malformed-number",
    "finite_number": "malformed-number",
}
_TELLING: Final = frozenset(
    {
        "malformed-id",
        "reserved-id",
        "malformed-date",
        "malformed-duration",
        "malformed-number",
        "malformed-flag",
        "duration-order",
        "duplicate-entry",
        "duplicate-id",
        "entry-without-id",
        "empty-text",
        "two-anchors",
        "days-only",
    }
)
"""Errors of our own validators, whose names are our codes."""
_FORM_OF_KEY: Final[Mapping[str, Wording]] = {
    "fim_id": Wording("F, G oder S und 8 oder 11 Ziffern", "F, G or S and 8 or 11 digits"),
    "land": Wording("zwei große Buchstaben wie NW", "two capital letters such as NW"),
    "ags": Wording("2, 5 oder 8 Ziffern", "2, 5 or 8 digits"),
    "currency": Wording("drei große Buchstaben wie EUR", "three capital letters such as EUR"),
}
_LANGUAGE_FORM: Final = Wording("ein Kürzel der Sprache wie de oder en", "a language tag such as de or en")


def shown(value: object) -> str:
    """Return `value` so short that it can stand in a message."""
    if is_mapping(value):
        return "{…}"
    if is_sequence(value):
        return "[…]"
    text = "".join(sign if sign.isprintable() else "·" for sign in str(value)[: MAX_SHOWN_VALUE + 1])
    return text if len(text) <= MAX_SHOWN_VALUE else f"{text[:MAX_SHOWN_VALUE]}…"


def unknown_key(key: str, options: Options, *, lacks_value: bool, more_keys: tuple[str, ...] = ()) -> Wording:
    """Return what is said about a key that does not exist here.

    Args:
        key: The key.
        options: What may stand in the mapping.
        lacks_value: Whether nothing stands after it inside `{…}`; then quotes are probably missing before it.
        more_keys: Keys of the file that are no fields of the model.
    """
    keys = (*options.allowed_keys(), *more_keys)
    near = nearest(key, keys)
    name = shown(key)
    if lacks_value:
        return Wording(
            de=f"„{name}“ ist hier kein Schlüssel, und dahinter steht nichts: Fehlen um den Text davor die "
            "Anführungszeichen?",
            en=f"'{name}' is no key here and has no value: is the text before it missing quotes?",
        )
    if near is not None:
        return Wording(
            de=f"„{name}“ ist hier kein Schlüssel; gemeint ist wohl „{near}“",
            en=f"'{name}' is no key here; did you mean '{near}'?",
        )
    listed = ", ".join(keys[:_MOST_WORDS]) + (", …" if len(keys) > _MOST_WORDS else "")
    return Wording(
        de=f"„{name}“ ist hier kein Schlüssel" + (f"; es gibt {listed}" if keys else ""),
        en=f"'{name}' is no key here" + (f"; there are {listed}" if keys else ""),
    )


def empty_value(key: str) -> Wording:
    """Return what is said about a key after which nothing stands."""
    name = shown(key)
    return Wording(
        de=f"Hinter „{name}:“ steht nichts. Schreiben Sie none (gibt es nicht) oder unknown (nicht bekannt), "
        "oder löschen Sie den Schlüssel.",
        en=f"nothing stands after '{name}:'; write none (there is none) or unknown (not known), or delete the key",
    )


def problem_of(error: StructuralError, value: object, words: tuple[str, ...]) -> tuple[str, Wording]:
    """Return code and wording of a structural error other than an unknown key.

    Args:
        error: The error.
        value: What stands at its place.
        words: All words of the closed vocabulary there, also those of the other forms.
    """
    if error.alternatives and (error.type == "wrong_form" or len(error.alternatives) > 1):
        return "wrong-type", _expected(error.alternatives, value)
    if error.type in _TELLING:
        return error.type, _told(error, value)
    if error.type == "literal_error" and isinstance(value, str):
        return "unknown-word", _unknown_word(value, words or error.words)
    if error.type in _EXPECTED:
        return "wrong-type", _expected((error.type,), value)
    return _CODE_OF_TYPE.get(error.type, "wrong-value"), _told(error, value)


def _expected(types: tuple[str, ...], value: object) -> Wording:
    wanted = list(dict.fromkeys(_EXPECTED[type_] for type_ in types if type_ in _EXPECTED))
    kind = _kind_of(value)
    return Wording(
        de=f"Erwartet ist {' oder '.join(each.de for each in wanted) or 'etwas anderes'}, gefunden wurde {kind.de}",
        en=f"expected {' or '.join(each.en for each in wanted) or 'something else'}, found {kind.en}",
    )


def _kind_of(value: object) -> Wording:
    if is_mapping(value):
        return Wording("eine Zuordnung {…}", "a mapping {…}")
    if is_sequence(value):
        return Wording("eine Liste […]", "a list […]")
    return Wording(f"„{shown(value)}“", f"'{shown(value)}'")


def _unknown_word(value: str, words: tuple[str, ...]) -> Wording:
    near = nearest(value, words)
    listed = ", ".join(words) if len(words) <= _MOST_WORDS else ""
    return Wording(
        de=f"„{shown(value)}“ ist hier nicht vorgesehen"
        + (f"; gemeint ist wohl „{near}“" if near else "")
        + (f" (möglich: {listed})" if listed else ""),
        en=f"'{shown(value)}' is not one of the words for this"
        + (f"; did you mean '{near}'?" if near else "")
        + (f" (possible: {listed})" if listed else ""),
    )


def _told(error: StructuralError, value: object) -> Wording:
    context = error.context
    name = shown(context.get("value", value))
    key = next((key for key in reversed(error.path) if isinstance(key, str)), "")
    teller = _TOLD.get(error.type)
    if teller is not None:
        return Wording(
            teller.de.format(name=name, key=shown(key), **_bounds(context)),
            teller.en.format(name=name, key=shown(key), **_bounds(context)),
        )
    if error.type in ("string_pattern_mismatch", "string_too_long"):
        form = _LANGUAGE_FORM if error.is_about_key else _FORM_OF_KEY.get(key)
        if form is not None:
            return Wording(
                f"„{name}“ hat nicht die verlangte Form: {form.de}",
                f"'{name}' does not have the form that is needed: {form.en}",
            )
    return Wording(f"„{name}“ passt hier nicht", f"'{name}' does not fit here")


def _bounds(context: Mapping[str, Any]) -> dict[str, str]:
    return {bound: str(context.get(bound, "")) for bound in ("ge", "le", "min_length")}


_WHOLE: Final = Wording("„{name}“ ist keine ganze Zahl", "'{name}' is not a whole number")
_EMPTY: Final = Wording("Der Text ist leer", "the text is empty")
_TOLD: Final[Mapping[str, Wording]] = {
    "missing": Wording("„{key}“ fehlt", "'{key}' is missing"),
    "malformed-id": Wording(
        "„{name}“ ist keine ID: erlaubt sind a–z, dann a–z, 0–9 und _, höchstens 64 Zeichen",
        "'{name}' is not an id; expected a-z, then a-z, 0-9 or _, at most 64 characters",
    ),
    "reserved-id": Wording(
        "„{name}“ ist ein festes Wort und kann hier nicht als ID stehen",
        "'{name}' is a reserved word and cannot be an id here",
    ),
    "malformed-date": Wording(
        "„{name}“ ist kein Datum der Form 2025-06-01 (Jahr-Monat-Tag)",
        "'{name}' is not a date of the form 2025-06-01 (year-month-day)",
    ),
    "malformed-duration": Wording(
        "„{name}“ ist keine Dauer nach ISO 8601 wie P14D (14 Tage), PT30M (30 Minuten) oder P1Y6M",
        "'{name}' is not an ISO 8601 duration such as P14D (14 days), PT30M (30 minutes) or P1Y6M",
    ),
    "malformed-number": Wording("„{name}“ ist keine Zahl", "'{name}' is not a number"),
    "malformed-flag": Wording("„{name}“ ist weder true noch false", "'{name}' is neither true nor false"),
    "duration-order": Wording("min ≤ likely ≤ max gilt hier nicht", "min ≤ likely ≤ max does not hold here"),
    "duplicate-entry": Wording("„{name}“ steht zweimal in der Liste", "'{name}' is listed twice"),
    "duplicate-id": Wording("„{name}“ gibt es zweimal", "'{name}' is there twice"),
    "entry-without-id": Wording("Ein Eintrag der Liste hat keine id", "an entry of the list has no id"),
    "empty-text": _EMPTY,
    "string_too_short": _EMPTY,
    "two-anchors": Wording(
        "Eine Frist zählt ab einem Knoten: „after“ oder „before“, nicht beides",
        "a deadline counts from one node: 'after' or 'before', not both",
    ),
    "days-only": Wording(
        "werktage und working zählen nur Dauern in Tagen wie P7D",
        "werktage and working count only durations in days, such as P7D",
    ),
    "greater_than_equal": Wording("„{name}“ ist kleiner als {ge}", "'{name}' is less than {ge}"),
    "less_than_equal": Wording("„{name}“ ist größer als {le}", "'{name}' is greater than {le}"),
    "too_short": Wording(
        "Hier muss mindestens {min_length} Eintrag stehen (none ist nicht möglich)",
        "at least {min_length} entry is needed here (none is not possible)",
    ),
    "int_from_float": _WHOLE,
    "int_parsing": _WHOLE,
    "finite_number": Wording("„{name}“ ist keine endliche Zahl", "'{name}' is not a finite number"),
}
