"""Which tests execute which lines, and how long each takes; runs of tests in processes of their own.

The tests of a file are watched once (with coverage.py, in a copy of a process that has collected them, so that nothing
is left over from another file) and what came out is kept in build/mutation until the sources or the tests change.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from small_changes import ROOT, SOURCES, Change, places

KEPT: Final = ROOT / "build" / "mutation"
FAILED: Final = KEPT / "failed.txt"
"""Says which file of tests failed while it was watched."""
QUICK: Final = (
    "--timeout=0",
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-m",
    "not slow and not node and not browser",
)
HYPOTHESIS: Final = "--hypothesis-profile=mutation"
MEMORY: Final = 4 * 2**30
TO_START: Final = 60
"""Seconds of CPU that loading the tests may take, and half of the least that all tests of a change may take."""


@dataclass(frozen=True)
class Watched:
    """One test: how long it took in seconds, and the lines of the sources that it executed, by module."""

    test: str
    seconds: float
    lines: dict[str, frozenset[int]]


class Timed:
    """A plug-in of pytest that ends a test, and the process with it, when it takes far longer than it did."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds = seconds

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        signal.setitimer(signal.ITIMER_PROF, 5 + 8 * self.seconds.get(nodeid, 5))


class Watching:
    """A plug-in of pytest that notes for each test the CPU time and the lines that it executes, file by file."""

    def __init__(self, copy: Path, coverage: Any, kept: dict[str, Path]) -> None:
        self.copy = copy
        self.coverage = coverage
        self.kept = kept
        self.begun: dict[str, float] = {}
        self.seconds: dict[str, float] = {}

    def pytest_runtestloop(self, session: Any) -> bool:
        """Run the tests of each file in a copy of this process, so that nothing is left over from another file."""
        files: dict[str, list[Any]] = {file: [] for file in self.kept}
        for item in session.items:
            files[item.nodeid.split("::")[0]].append(item)
        for file, items in files.items():
            if in_child(lambda items=items, file=file: self._run(session, items, self.kept[file])) != 0:
                FAILED.write_text(file, encoding="utf-8")
                raise session.Failed(file)
        return True

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.coverage.switch_context(nodeid)
        self.begun[nodeid] = time.process_time()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] = time.process_time() - self.begun[nodeid]

    def _run(self, session: Any, items: Sequence[Any], kept: Path) -> int:
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        self.coverage.stop()
        if session.testsfailed:
            return 1
        data = self.coverage.get_data()
        lines: dict[str, dict[str, list[int]]] = {test: {} for test in self.seconds}
        for module in data.measured_files():
            name = Path(module).relative_to(self.copy / SOURCES).as_posix()
            for number, tests in sorted(data.contexts_by_lineno(module).items()):
                for test in tests:
                    if test in lines:
                        lines[test].setdefault(name, []).append(number)
        text = {test: {"seconds": self.seconds[test], "lines": lines[test]} for test in lines}
        kept.write_text(json.dumps(text), encoding="utf-8")
        return 0


def watch(copy: Path, names: Sequence[str], not_run: Sequence[str]) -> list[Watched]:
    """Return the tests of files and folders in the copy with what they execute, the quickest first.

    Left out are those with one of the words `not_run` in their path or name.
    """
    files = sorted({file for name in names for file in _test_files(copy / name) if file.name not in not_run})
    common = hashlib.sha256()
    for path in sorted([*(copy / "src").rglob("*.py"), *(copy / "tests").rglob("*.py")]):
        if not path.name.startswith("test_"):
            common.update(path.read_bytes())
    KEPT.mkdir(parents=True, exist_ok=True)
    kept: dict[Path, Path] = {}
    for file in files:
        own = common.copy()
        own.update(str(file.relative_to(copy)).encode() + file.read_bytes())
        kept[file] = KEPT / f"{file.stem}-{own.hexdigest()[:20]}.json"
    new = {file.relative_to(copy).as_posix(): path for file, path in kept.items() if not path.is_file()}
    FAILED.write_text("they cannot be collected", encoding="utf-8")
    if new and in_child(lambda: _watch_files(copy, new)) != 0:
        raise SystemExit(f"without any change tests fail: {FAILED.read_text(encoding='utf-8')}")
    found: list[Watched] = []
    for path in kept.values():
        for test, one in json.loads(path.read_text(encoding="utf-8")).items():
            lines = {module: frozenset(numbers) for module, numbers in one["lines"].items()}
            if not any(word in test for word in not_run):
                found.append(Watched(test, one["seconds"], lines))
    return sorted(found, key=lambda one: (one.seconds, one.test))


def _test_files(path: Path) -> Iterable[Path]:
    return path.rglob("test_*.py") if path.is_dir() else (path,)


def _watch_files(copy: Path, kept: dict[str, Path]) -> int:
    """Collect the tests of files, run each file in a process of its own, and keep what its tests execute."""
    from coverage import Coverage

    coverage = Coverage(data_file=None, include=[f"{copy / SOURCES}/*"], config_file=False)
    coverage.start()
    return run_pytest(copy, sorted(kept), [Watching(copy, coverage, kept)])


def chosen(tests: Sequence[Watched], change: Change, code: str) -> list[Watched]:
    """Return the tests that can notice a change: those that execute what it concerns; all, where it is outside."""
    place = places(code)[change.line]
    if place is None or place.function is None:
        return list(tests)
    return [one for one in tests if not one.lines.get(change.module, frozenset()).isdisjoint(place.statement)]


def is_noticed(copy: Path, tests: Sequence[Watched]) -> bool:
    """Return whether one of the tests in the copy fails, or takes far longer than it did without the change."""
    seconds = {one.test: one.seconds for one in tests}

    def run() -> int:
        most = int(2 * TO_START + 8 * sum(seconds.values()))
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.setitimer(signal.ITIMER_PROF, TO_START)
        return run_pytest(copy, ["-x", *seconds], [Timed(seconds)])

    return bool(tests) and in_child(run) != 0


def in_child(run: Any) -> int:
    """Return the status of a function in a process of its own; below zero, if a signal ended it."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = run()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def run_pytest(copy: Path, arguments: Sequence[str], plugins: Sequence[object]) -> int:
    """Run tests of the copy in this process and return their status; what they print is thrown away."""
    import pytest

    os.chdir(copy)
    os.environ["CI"] = "true"  # what is drawn at random is the same each time
    os.environ.setdefault("ANKUNFT_EXAMPLES", "60")
    sys.path[:0] = [str(copy / "src"), str(copy)]
    sys.dont_write_bytecode = True
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return int(pytest.main([*QUICK, HYPOTHESIS, *arguments], plugins=list(plugins)))
