import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.command_line import CLI, ankunft, program

from ankunft_model import __version__


def test_without_arguments_it_explains_itself_and_ends_with_2() -> None:
    answer = ankunft()

    assert (answer.status, answer.out) == (2, "")
    assert "Befehle" in answer.err


def test_help_speaks_german_unless_english_is_asked_for() -> None:
    german, english = ankunft("--help"), ankunft("--language", "en", "--help")

    assert (german.status, english.status) == (0, 0)
    assert "Aufruf: ankunft" in german.out
    assert "usage: ankunft" in english.out
    assert "usage" not in german.out


def test_the_language_may_stand_before_or_after_the_command(model_file: Path) -> None:
    before = ankunft("--language", "en", "check", model_file)
    after = ankunft("check", model_file, "--language=en")

    assert before.out == after.out
    assert "Benefit" in before.out or "benefit" in before.out


def test_the_environment_does_not_choose_the_language(model_file: Path) -> None:
    environment = {"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8", "LANGUAGE": "en"}

    result = program("check", model_file, environment=environment)

    assert "Leistungslücke" in result.stdout.decode()


def test_version_is_told() -> None:
    assert ankunft("--version").out == f"ankunft-model {__version__}\n"


def test_an_unknown_command_comes_with_the_nearest_one() -> None:
    answer = ankunft("chek")

    assert (answer.status, answer.out) == (2, "")
    assert "Gemeint: „check“?" in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "es fehlt: MODEL"),
        (["check", "m.yaml", "--fail-on", "bad"], "'bad' gibt es nicht"),
        (["check", "m.yaml", "--format"], "hier fehlt eine Angabe"),
        (["check", "m.yaml", "--formt", "json"], "unbekannte Angaben: --formt"),
        (["--language", "fr", "check", "m.yaml"], "'fr' gibt es nicht"),
        (["data", "a.yaml", "b.yaml"], "unbekannte Angaben: b.yaml"),
    ],
)
def test_arguments_that_cannot_be_used_end_with_2_and_a_german_sentence(arguments: list[str], said: str) -> None:
    answer = ankunft(*arguments)

    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}],
    ids=["PYTHONIOENCODING", "LC_ALL"],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_output_is_utf_8_whatever_the_environment_says(
    model_file: Path, environment: dict[str, str], form: str
) -> None:
    expected = ankunft("check", model_file, "--format", form)

    result = program("check", model_file, "--format", form, environment=environment)

    assert result.stdout.decode("utf-8") == expected.out
    assert "ü" in expected.out


def test_messages_are_utf_8_whatever_the_environment_says(tmp_path: Path) -> None:
    result = program("check", "für_nichts.yaml", environment={"PYTHONIOENCODING": "ascii"}, folder=tmp_path)

    assert result.returncode == 2
    assert result.stderr.decode("utf-8").startswith("für_nichts.yaml: ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other terminals")
@pytest.mark.parametrize("columns", [60, 80])
def test_text_is_as_wide_as_the_terminal(model_file: Path, columns: int) -> None:
    import fcntl
    import pty
    import struct
    import termios

    outside, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    with subprocess.Popen([*CLI, "check", model_file.name], stdout=inside, cwd=model_file.parent) as running:
        os.close(inside)
        shown = b""
        with contextlib.suppress(OSError), os.fdopen(outside, "rb", buffering=0) as terminal:
            while part := terminal.read(4096):
                shown += part
    widths = [len(line) for line in shown.decode().splitlines()]

    assert running.returncode == 1
    assert columns - 20 < max(widths) <= columns


def test_the_seed_of_hashes_changes_nothing(model_file: Path) -> None:
    first, second = (program("check", model_file, environment={"PYTHONHASHSEED": seed}) for seed in ("1", "2"))

    assert first.stdout == second.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="file names of Windows are text")
def test_a_file_name_that_is_no_text_is_still_named(tmp_path: Path) -> None:
    result = subprocess.run([*CLI, "check", b"\xff.yaml"], capture_output=True, cwd=tmp_path, check=False)

    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.decode("utf-8").startswith("�.yaml: ")


@pytest.mark.skipif(sys.platform == "win32", reason="uses a shell")
@pytest.mark.parametrize(
    "arguments", ["check {model} --witness full", "rules benefit-gap", "schema ankunft-1", "--help"]
)
def test_a_reader_that_has_seen_enough_is_no_error(model_file: Path, arguments: str) -> None:
    command = f"{' '.join(CLI)} {arguments.format(model=model_file)} | true; exit ${{PIPESTATUS[0]}}"

    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False)

    assert result.returncode in (0, 1)
    assert result.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_result_that_cannot_be_written_is_told(model_file: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run([*CLI, "check", model_file], stdout=full, stderr=subprocess.PIPE, check=False)

    assert result.returncode == 2
    assert result.stderr.decode().startswith("Das Ergebnis konnte nicht")
    assert b"Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="uses a shell")
def test_closed_streams_are_no_reason_to_crash(model_file: Path) -> None:
    closed_output = subprocess.run(["bash", "-c", f"{' '.join(CLI)} rules >&-"], capture_output=True, check=False)
    closed_errors = subprocess.run(
        ["bash", "-c", f"{' '.join(CLI)} check absent.yaml 2>&-"], capture_output=True, check=False
    )

    assert closed_output.returncode == 2
    assert b"Traceback" not in closed_output.stderr
    assert (closed_errors.returncode, closed_errors.stdout) == (2, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
def test_an_interrupt_ends_quietly(tmp_path: Path) -> None:
    code = (
        "import os, signal, threading, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored where this runs in the background
        "from ankunft_model.cli import check_command\n"
        "from ankunft_model.cli.main import main\n"
        "check_command.run = lambda arguments: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(main(['check', 'm.yaml']))\n"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=os.environ)

    assert result.returncode == 128 + signal.SIGINT
    assert result.stderr == b""


def test_a_mistake_of_the_program_is_not_taken_for_findings(model_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(arguments: object) -> int:
        raise ZeroDivisionError("so\nnot")

    monkeypatch.setattr("ankunft_model.cli.check_command.run", fail)

    answer = ankunft("check", model_file)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("Interner Fehler: ZeroDivisionError (test_main.py:")
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("check", "x.yaml", "--fail_on", "error"), "Gemeint: „--fail-on“?"),
        (("check", "x.yaml", "--fail_on=error"), "Gemeint: „--fail-on“?"),
        (("export", "x.yaml", "-o", "y.svg", "--diagramms", "one"), "Gemeint: „--diagrams“?"),
        (("check", "x.yaml", "--langauge", "en"), "Gemeint: „--language“?"),
    ],
)
def test_an_unknown_option_comes_with_the_nearest_one_of_the_command(arguments: tuple[str, ...], near: str) -> None:
    answer = ankunft(*arguments)

    assert (answer.status, answer.out) == (2, "")
    assert near in answer.err


def test_an_option_of_another_command_is_not_offered() -> None:
    assert "Gemeint" not in ankunft("check", "x.yaml", "--diagramms").err
