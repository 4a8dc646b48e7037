from __future__ import annotations

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.layout.text_metrics import break_as_tools_do, longest_word_width, measure, text_width, wrap

texts = st.text(st.sampled_from("aäßWi -/\n"), max_size=40)


def test_width_follows_the_advance_widths_of_the_font() -> None:
    # H 722, a 556, u 556, s 500: 2334 thousandths of 10 pixels
    assert text_width("Haus", 10) == 24


def test_an_umlaut_is_as_wide_as_its_letter() -> None:
    assert text_width("äöüÄÖÜ", 12) == text_width("aouAOU", 12)


def test_words_stay_whole_and_hyphens_end_a_line() -> None:
    assert wrap("Bundesverwaltungsamt", 20, 12) == ("Bundesverwaltungsamt",)
    assert wrap("Deutschkurs-Anmeldung", 80, 11) == ("Deutschkurs-", "Anmeldung")


@given(texts, st.integers(10, 200))
def test_wrapping_loses_nothing_but_space(text: str, width: int) -> None:
    lines = wrap(text, width, 11)

    assert "".join("".join(lines).split()) == "".join(text.split())


@given(texts, st.integers(10, 200))
def test_a_line_exceeds_the_width_only_if_one_word_does(text: str, width: int) -> None:
    limit = max(width, longest_word_width(text, 11))

    assert all(text_width(line, 11) <= limit for line in wrap(text, width, 11))


@given(texts)
def test_a_block_holds_its_longest_word(text: str) -> None:
    block = measure(text)

    assert block.width >= longest_word_width(text, 11)
    assert block.width % 2 == block.height % 2 == 0


@given(texts)
def test_a_label_has_room_for_the_lines_that_other_tools_break_it_into(text: str) -> None:
    block = measure(text)

    drawn = break_as_tools_do(text, block.width, 11) if text.strip() else ()

    assert len(drawn) * 11 * 1.2 <= block.height + 1


@given(texts, st.integers(1, 300))
def test_breaking_as_tools_do_loses_no_sign(text: str, width: int) -> None:
    lines = break_as_tools_do(text, width, 11)

    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_label_of_german_words_breaks_in_other_tools_as_here() -> None:
    block = measure("In Deutschland angekommen")

    assert break_as_tools_do("In Deutschland angekommen", block.width, 11) == block.lines


def broken_piece_by_piece(text: str, width_px: int, font_px: int) -> tuple[str, ...]:
    """Break as bpmn-js does, measuring the whole rest of the text again for each line."""
    waiting = text.splitlines()
    lines: list[str] = []
    while waiting:
        whole = waiting.pop(0)
        line = whole
        while len(line) > 1 and line.strip() and (needed := text_width(line, font_px)) > width_px:
            fitting = max(len(line) * width_px / needed, 1.0)
            kept = ""
            for piece in re.split(r"(\s|-)", line):
                if len(kept) + len(piece) >= fitting:
                    kept = kept.rpartition(" ")[0] if piece == "-" else kept
                    break
                kept += piece
            line = kept or line[: max(math.floor(fitting - 0.5), 1)]
        if len(line) < len(whole):
            waiting.insert(0, whole[len(line) :].strip())
        lines.append(line.strip())
    return tuple(lines)


@given(st.text(alphabet="abimW -\t\n\u00a0ä/–", max_size=80), st.integers(min_value=1, max_value=160))
def test_running_widths_break_a_text_as_measuring_it_anew_does(text: str, width_px: int) -> None:
    assert break_as_tools_do(text, width_px, 11) == broken_piece_by_piece(text, width_px, 11)
