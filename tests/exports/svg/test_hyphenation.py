"""Long German words are divided where a reader expects it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.exports.svg.hyphenation import divide, joints, syllable_breaks


def fits_in(letters: int):  # type: ignore[no-untyped-def]
    return lambda part: len(part) <= letters


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Aufenthaltserlaubnis", ("Aufenthalts-", "erlaubnis")),
        ("Meldebescheinigung", ("Melde-", "bescheinigung")),
        ("Wohnungsgeberbestätigung", ("Wohnungsgeber-", "bestätigung")),
        ("Rechtskreiswechsel", ("Rechtskreis-", "wechsel")),
        ("Zuständigkeitsprüfung", ("Zuständigkeits-", "prüfung")),
        ("Asyl\u00adbewerber\u00adleistungs\u00adgesetz", ("Asylbewerber-", "leistungs-", "gesetz")),
    ],
)
def test_compounds_are_divided_at_their_joints(word: str, parts: tuple[str, ...]) -> None:
    assert divide(word, fits=fits_in(15 if "\u00ad" not in word else 13)) == parts


@pytest.mark.parametrize(
    "divided",
    [
        "Auf-ent-halts|er-laub-nis", "Auf-ent-halts|ge-stat-tung", "Leis-tungs|be-scheid",
        "Asyl|ver-fah-rens|be-ra-tung", "Fik-tions|be-schei-ni-gung", "Woh-nungs|ge-ber|be-stä-ti-gung",
        "Aner-ken-nungs|stelle", "Ter-min|ver-ein-ba-rung", "Zustän-dig-keits|prü-fung", "Aus-län-der|be-hörde",
        "Flücht-lings|be-ra-tungs|stelle", "Gesund-heits|un-ter|su-chung", "Per-so-nen|stands|re-gis-ter",
        "Kran-ken|ver-si-che-rung", "Staats|an-ge-hö-rig-keit", "Wohn|sitz|auf-lage", "Ein-woh-ner|mel-de|amt",
        "Ver-wal-tungs|ge-richt", "Leis-tungs|schlüs-sel", "Sprach|fest-stel-lung", "Berufs|aus-übungs|er-laub-nis",
        "Inte-gra-tions|stra-te-gie", "Daten|aus-tausch", "Wider-spruch",
    ],
)  # fmt: skip
def test_long_words_of_administration_are_parted_into_their_joints_and_syllables(divided: str) -> None:
    word = divided.replace("|", "").replace("-", "")
    marks = dict.fromkeys(syllable_breaks(word), "-") | dict.fromkeys(joints(word), "|")

    assert "".join(marks.get(place, "") + letter for place, letter in enumerate(word)) == divided


def test_a_word_that_fits_stays_whole() -> None:
    assert divide("Amt", fits=fits_in(3)) == ("Amt",)


@given(word=st.text(alphabet="abdeghiklmnorstuvwäöüß", min_size=1, max_size=60), room=st.integers(2, 30))
def test_no_letter_is_lost_and_every_part_fits(word: str, room: int) -> None:
    parts = divide(word, fits=fits_in(room))

    assert (
        "".join(part.removesuffix("-") if place < len(parts) - 1 else part for place, part in enumerate(parts)) == word
    )
    assert all(len(part) <= room for part in parts)


def test_a_place_too_narrow_for_anything_still_ends() -> None:
    assert divide("Amt", fits=lambda part: False) == ("Amt",)
