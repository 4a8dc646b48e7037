from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.cli.text_layout import labelled, table, wrapped

WORDS = st.lists(st.text("abcäöü„“-", min_size=1, max_size=12), min_size=1, max_size=30)


@given(WORDS, st.integers(40, 120))
def test_wrapping_keeps_every_word_and_no_line_is_too_wide(words: list[str], width: int) -> None:
    lines = wrapped(" ".join(words), width=width, first="  - ")

    assert " ".join(lines).split() == ["-", *words]
    assert all(len(line) <= width for line in lines)
    assert all(line.startswith("    ") for line in lines[1:])


def test_a_word_that_is_too_long_stays_whole() -> None:
    assert wrapped("a " + "b" * 60, width=40) == ["a", "b" * 60]


def test_no_text_is_one_line() -> None:
    assert wrapped("", width=40, first="  - ") == ["  -"]


def test_lines_after_a_label_are_indented_further() -> None:
    assert labelled("Ablauf", "eins zwei drei vier fünf", width=26, indent="  ") == [
        "  Ablauf: eins zwei drei",
        "    vier fünf",
    ]


def test_long_names_wrap_inside_of_their_column() -> None:
    lines = table([("", "Zahl"), ("Ein Name, der nicht in eine Zeile passt", "12")], width=34)

    assert lines == [
        "                             Zahl",
        "Ein Name, der nicht in eine    12",
        "Zeile passt",
    ]
