"""Files with expectations: read with all problems at once, and run by pytest as tests of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ankunft_model.errors import SourceError
from ankunft_model.testing import read_model_test

from .test_assertions import MODEL

EXPECT = """
expect:
  - {sound: true}
  - {no: [payment-gap, benefit-gap]}
  - {rule: needed-but-unavailable, at_least: 1, at_most: 3}
  - {step: antrag, always_after: fragen, at_most: 1, always: true}
  - {step: senden, always_before: [bescheid], sometimes: true}
  - {data: iban, asked: 1, there_at: antrag}
  - {data: status, asked: {at_most: 1}}
"""


def write(folder: Path, expectations: str = EXPECT) -> Path:
    (folder / "wechsel.yaml").write_text(MODEL, encoding="utf-8")
    path = folder / "wechsel.ankunft.yaml"
    path.write_text(f"model: wechsel.yaml\n{expectations}", encoding="utf-8")
    return path


def run_pytest(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_every_expectation_is_a_test_of_its_own(tmp_path: Path) -> None:
    write(tmp_path)

    ended = run_pytest(tmp_path, "-v")

    assert ended.returncode == 1
    assert "2 failed, 5 passed" in ended.stdout
    assert "wechsel.ankunft.yaml:8:5: expect[4]: “Akte senden” is not always before “Bescheid”." in ended.stdout
    assert "run: Los → Einwilligung fragen → Erteilt? – nein → Antrag aufnehmen" in ended.stdout
    assert "“Status” is asked 2 to 2 times per run, expected at most 1." in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr


def test_a_model_may_carry_its_expectations_itself(tmp_path: Path) -> None:
    path = tmp_path / "wechsel.ankunft.yaml"
    path.write_text(MODEL + "expect:\n  - {sound: true}\n", encoding="utf-8")

    assert "1 passed" in run_pytest(tmp_path).stdout


def test_a_file_that_cannot_be_used_fails_with_place_and_cause(tmp_path: Path) -> None:
    write(tmp_path, "expect:\n  - {step: antrag, at_mots: 1}\n")

    ended = run_pytest(tmp_path)

    assert ended.returncode == 2
    assert "wechsel.ankunft.yaml:3:20: expect[0].at_mots: 'at_mots' is no key here; did you mean 'at_most'?" in (
        ended.stdout
    )
    assert "Traceback" not in ended.stdout


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "expect:\n"
        "  - sound\n"
        "  - {sound: yes}\n"
        "  - {step: antrag}\n"
        "  - {step: a, data: b}\n"
        "  - {rule: dead-end, at_most: -1}\n"
        "  - {data: iban, asked: {most: 1}}\n"
        "  - {no: [{a: b}]}\n",
    )

    with pytest.raises(SourceError) as error:
        read_model_test(path)

    assert [problem.location.line for problem in error.value.problems] == [3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("name", ["../wechsel.yaml", "/etc/passwd", "{a: b}"])
def test_a_model_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.ankunft.yaml"
    path.write_text(f"model: {name}\nexpect: []\n", encoding="utf-8")

    with pytest.raises(SourceError, match="beside this one or below"):
        read_model_test(path)


def test_a_file_without_expectations_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ankunft.yaml"
    path.write_text("model: x.yaml\n", encoding="utf-8")

    with pytest.raises(SourceError, match="the key 'expect'"):
        read_model_test(path)


def test_a_misspelt_step_is_told_at_the_expectation(tmp_path: Path) -> None:
    write(tmp_path, "expect:\n  - {step: antrga, at_most: 1}\n")

    assert "expect[0]: there is no step 'antrga'. Did you mean 'antrag'?" in run_pytest(tmp_path).stdout


def test_the_page_shows_the_file_of_the_example_as_it_is() -> None:
    root = Path(__file__).parents[2]
    file = (root / "examples" / "qualification" / "model.ankunft.yaml").read_text(encoding="utf-8")

    assert f"```yaml\n{file}```" in (root / "docs" / "how-to" / "test-a-model.md").read_text(encoding="utf-8")
