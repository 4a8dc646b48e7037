"""The colours can be told apart and read, in light and in dark surroundings."""

from __future__ import annotations

import pytest

from ankunft_model.exports.svg import palette

TEXTS = [(palette.INK, palette.PAPER), (palette.INK, palette.SURFACE), (palette.INK, palette.STRIP)]
LINES = [(palette.LINE, palette.PAPER), (palette.LINE, palette.SURFACE), (palette.QUIET, palette.PAPER)]
BADGES = [(palette.PAPER, colour) for colour in palette.COLOUR_OF_SEVERITY.values()]


@pytest.mark.parametrize(("ink", "ground"), [*TEXTS, *LINES, *BADGES])
def test_contrast_is_enough_for_small_text(ink: palette.Colour, ground: palette.Colour) -> None:
    assert palette.contrast(ink.light, ground.light) >= 4.5
    assert palette.contrast(ink.dark, ground.dark) >= 4.5


@pytest.mark.parametrize("background", ["#ffffff", "#000000", "#777777", "#b3261e", "#ffcc00"])
def test_the_ink_on_a_given_colour_can_be_read(background: str) -> None:
    assert palette.contrast(palette.ink_on(background), background) >= 4.5


def test_every_rule_is_limited_to_pictures() -> None:
    sheet = palette.style_sheet().replace("@media screen and (prefers-color-scheme:dark){", "")

    selectors = [part for rule in sheet.split("}") if "{" in rule for part in rule.split("{")[0].split(",")]

    assert selectors
    assert all(selector.startswith(".ankunft-picture ") for selector in selectors)
