"""Runs the command line, in this process or as a program of its own, and keeps what it said."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ankunft_model.cli.main import main

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CLI = (sys.executable, "-m", "ankunft_model.cli")
SECONDS = 2
MEGABYTES = 300

_LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds} + 1))
resource.setrlimit(resource.RLIMIT_AS, ({bytes}, {bytes}))
sys.argv = ["ankunft", *sys.argv[1:]]
runpy.run_module("ankunft_model.cli", run_name="__main__")
"""


@dataclass(frozen=True)
class Answer:
    """Exit status, standard output and standard error of one call."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Return standard output as JSON."""
        return json.loads(self.out)


def ankunft(*arguments: str | Path) -> Answer:
    """Run the command line in this process."""
    streams = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        status = main([str(argument) for argument in arguments])
    out, err = (_written(stream) for stream in streams)
    return Answer(status, out, err)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    content = stream.buffer
    assert isinstance(content, io.BytesIO)
    return content.getvalue().decode()


def program(
    *arguments: str | Path, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a program of its own."""
    return subprocess.run(
        [*CLI, *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **(environment or {})},
        cwd=folder,
        check=False,
        timeout=60,
    )


def limited_program(*arguments: str | Path, folder: Path) -> Answer:
    """Run the command line as a program that is stopped when it takes too much time or memory."""
    code = _LIMITED.format(seconds=SECONDS, bytes=MEGABYTES * 1_000_000)
    result = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, cwd=folder, check=False, timeout=60
    )
    return Answer(result.returncode, result.stdout.decode(), result.stderr.decode())
