"""The setup scripts: nothing is installed unasked, and what is missing is said."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAIN_PROGRAMS = ("sh", "dirname", "cat", "cksum", "head", "ls", "mkdir")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the Makefile is for Unix shells")


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """Return a folder with the plainest programs only, an apt-get that notes its calls, and an id of nobody."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in PLAIN_PROGRAMS:
        program = shutil.which(name)
        assert program is not None
        (folder / name).symlink_to(program)
    write_program(folder / "apt-get", f"echo \"$*\" >>'{tmp_path}/apt-get-calls'")
    write_program(folder / "id", "echo 1000")
    return folder


def write_program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)


def apt_get_calls(path: Path) -> list[str]:
    calls = path.parent / "apt-get-calls"
    return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


def set_up(path: Path, *parts: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/bin/sh", str(ROOT / "tools" / "setup.sh"), *parts],
        env={"PATH": str(path), "HOME": str(path.parent), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("user", "environment"), [("0", {"NO_SYSTEM_PACKAGES": "1"}), ("1000", {})])
def test_without_permission_the_line_to_run_is_printed_and_nothing_is_installed(
    bare_path: Path, user: str, environment: dict[str, str]
) -> None:
    write_program(bare_path / "id", f"echo {user}")

    result = set_up(bare_path, "programs", **environment)

    assert result.returncode == 0, result.stderr
    line = next(line for line in result.stdout.splitlines() if "sudo apt-get install" in line)
    assert {"chromium", "graphviz"} <= set(line.split())
    assert apt_get_calls(bare_path) == []


def test_root_is_told_first_and_only_what_is_missing_is_installed(bare_path: Path) -> None:
    write_program(bare_path / "id", "echo 0")
    write_program(bare_path / "dot", "exit 0")

    result = set_up(bare_path, "programs")

    assert result.returncode == 0, result.stderr
    announced = result.stdout.splitlines()[0].rpartition("installing: ")[2].split()
    assert "chromium" in announced
    assert "graphviz" not in announced
    update, install = apt_get_calls(bare_path)
    assert "update" in update
    assert install.split()[-len(announced) :] == announced


def test_no_suitable_python_is_one_clear_message(bare_path: Path, tmp_path: Path) -> None:
    write_program(bare_path / "python3", "exit 1")

    result = set_up(bare_path, "runtime", VENV=str(tmp_path / "venv"))

    assert result.returncode == 1
    assert "no Python from 3.11 on was found" in result.stderr
    assert not (tmp_path / "venv").exists()


def test_a_wrong_interpreter_named_by_hand_is_refused(bare_path: Path, tmp_path: Path) -> None:
    result = set_up(bare_path, "runtime", VENV=str(tmp_path / "venv"), PYTHON="/bin/true-python")

    assert result.returncode == 1
    assert "PYTHON=/bin/true-python" in result.stderr


def test_missing_node_is_a_skip_on_a_desk_and_a_failure_in_ci(bare_path: Path) -> None:
    if not (ROOT / "package-lock.json").exists():
        pytest.skip("no npm packages are declared")

    at_desk = set_up(bare_path, "npm")
    in_ci = set_up(bare_path, "npm", CI="true")

    assert at_desk.returncode == 0
    assert "skipped" in at_desk.stdout
    assert in_ci.returncode == 1


def test_the_oldest_python_is_the_same_everywhere() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    script = (ROOT / "tools" / "setup.sh").read_text(encoding="utf-8")

    assert re.findall(r"^oldest_minor=(\d+)$", script, re.MULTILINE) == [declared.removeprefix(">=3.")]


def test_make_lists_its_commands() -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is missing")

    result = subprocess.run([make], cwd=ROOT, capture_output=True, text=True, check=True)

    listed = set(re.findall(r"^ +make ([a-z-]+) ", result.stdout, re.MULTILINE))
    assert {"demo", "test", "check", "generate", "snapshots", "slow", "test-pythons", "format", "clean"} <= listed
