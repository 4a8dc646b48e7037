from pathlib import Path

import pytest
from tests.cli.command_line import ankunft

import ankunft_model


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_is_that_of_the_model(model_file: Path, tmp_path: Path, language: str) -> None:
    output = tmp_path / "page.html"

    answer = ankunft("report", model_file, "-o", output, "--language", language)

    expected = ankunft_model.read(model_file).report(language="en" if language == "en" else "de")
    assert (answer.status, answer.out) == (0, "")
    assert output.read_text(encoding="utf-8") == expected
    assert f'lang="{language}"' in expected


def test_two_models_are_compared(model_file: Path, sound_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.html"

    answer = ankunft("report", model_file, sound_file, "-o", output)

    model, to_be = ankunft_model.read(model_file), ankunft_model.read(sound_file)
    assert answer.status == 0, answer.err
    assert output.read_text(encoding="utf-8") == model.report(to_be=to_be)


def test_both_unusable_files_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    answer = ankunft("report", tmp_path / "a.yaml", tmp_path / "b.yaml", "-o", tmp_path / "page.html")

    assert (answer.status, answer.out) == (2, "")
    assert [line.partition(": ")[0] for line in answer.err.splitlines()] == [
        str(tmp_path / "a.yaml"),
        str(tmp_path / "b.yaml"),
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_model_is_not_overwritten_by_its_page(model_file: Path, example_text: str) -> None:
    assert ankunft("report", model_file, "-o", model_file).status == 2
    assert model_file.read_text(encoding="utf-8") == example_text
