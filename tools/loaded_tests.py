"""Changes tried in copies of a process that has collected the tests: starting and collecting are paid once.

A copy (made with fork) gets the changed function in place of the one it has, and runs the tests that reach it. That is
the same as starting anew with the changed file only where nothing ran the function before: changes of functions that
are called while modules are loaded or tests collected, and changes outside of functions, are left to `is_noticed`.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import json
import os
import resource
import signal
import sys
import warnings
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, Final

from small_changes import SOURCES, Change
from tests_by_line import MEMORY, TO_START, Timed, Watched, in_child, run_pytest

Key = tuple[str, int]
FAILED: Final = 1


@dataclass(frozen=True)
class Trial:
    """A change, the code of its module without and with it, and the tests that can notice it, the quickest first."""

    change: Change
    before: str
    after: str
    tests: tuple[Watched, ...]


def try_loaded(copy: Path, trials: Sequence[Trial], answers: Path) -> dict[Change, bool]:
    """Return for each change that can be tried this way whether a test noticed it; `answers` is a file to write."""
    answers.write_text("", encoding="utf-8")
    files = sorted({one.test.split("::")[0] for trial in trials for one in trial.tests})

    def load() -> int:
        loading = _Loading(copy, trials, answers)
        sys.setprofile(loading.note)
        return run_pytest(copy, files, [loading])

    if files and in_child(load) != 0:
        raise SystemExit("the tests cannot be collected, or one that was watched is missing")
    tried = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    return {trials[number].change: noticed for number, noticed in tried}


class _Loading:
    """A plug-in of pytest that tries the changes instead of running the tests that were collected."""

    def __init__(self, copy: Path, trials: Sequence[Trial], answers: Path) -> None:
        self.sources = f"{copy / SOURCES}{os.sep}"
        self.trials = trials
        self.answers = answers
        self.called: set[tuple[str, str, int]] = set()

    def note(self, frame: FrameType, event: str, _: object) -> None:
        """Note which functions of the sources are called before the tests run."""
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(self.sources):
            self.called.add((code.co_filename, code.co_name, code.co_firstlineno))

    def pytest_runtestloop(self, session: Any) -> bool:
        """Try each change in a copy of this process."""
        for module in sorted({trial.change.module for trial in self.trials}):
            importlib.import_module(f"ankunft_model.{module.removesuffix('.py').replace('/', '.')}")
        sys.setprofile(None)
        items = {item.nodeid: item for item in session.items}
        functions = self._functions()
        gc.collect()
        gc.freeze()
        for number, trial in enumerate(self.trials):
            changed = self._changed(trial, functions)
            if changed is None:
                continue
            chosen = [items[one.test] for one in trial.tests]
            noticed = bool(chosen) and in_child(lambda: _run(session, chosen, changed, trial.tests)) != 0  # noqa: B023
            with self.answers.open("a", encoding="utf-8") as file:
                file.write(json.dumps([number, noticed]) + "\n")
        return True

    def _functions(self) -> dict[tuple[str, str, int], list[FunctionType]]:
        found: dict[tuple[str, str, int], list[FunctionType]] = {}
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(self.sources):
                code = one.__code__
                found.setdefault((code.co_filename, code.co_name, code.co_firstlineno), []).append(one)
        return found

    def _changed(
        self, trial: Trial, functions: Mapping[tuple[str, str, int], list[FunctionType]]
    ) -> list[tuple[FunctionType, CodeType]] | None:
        """Return the functions to change with their new code; None, where that is not the whole change."""
        name = f"{self.sources}{trial.change.module}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # `is not "word"`: that nobody would write it is no test
            before, after = (compile(code, name, "exec", dont_inherit=True) for code in (trial.before, trial.after))
        old, new = _outermost(before), _outermost(after)
        if old is None or new is None or old.keys() != new.keys() or _around(before) != _around(after):
            return None
        found: list[tuple[FunctionType, CodeType]] = []
        for key, code in old.items():
            if _whole(code) == _whole(new[key]):
                continue
            live = functions.get((name, *key), [])
            if not live or any(place[0] == name and place[1:] in _inner(code) for place in self.called):
                return None
            found += [(function, new[key]) for function in live]
        return found


def _run(
    session: Any, items: Sequence[Any], changed: Sequence[tuple[FunctionType, CodeType]], tests: Sequence[Watched]
) -> int:
    for function, code in changed:
        function.__code__ = code
    seconds = {one.test: one.seconds for one in tests}
    most = int(TO_START + 8 * sum(seconds.values()))
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    timed = Timed(seconds)
    for item, following in zip(items, [*items[1:], None], strict=True):
        timed.pytest_runtest_logstart(item.nodeid)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return FAILED
    signal.setitimer(signal.ITIMER_PROF, 0)
    return 0


def _is_function(code: CodeType) -> bool:
    return bool(code.co_flags & inspect.CO_OPTIMIZED) and not code.co_name.startswith("<")


def _outermost(code: CodeType) -> dict[Key, CodeType] | None:
    """Return the functions of a module and of its classes, without those inside; None, if two look the same."""
    found: dict[Key, CodeType] = {}
    waiting = [code]
    while waiting:
        for part in waiting.pop().co_consts:
            if not isinstance(part, CodeType):
                continue
            if not _is_function(part):
                waiting.append(part)
                continue
            key = (part.co_name, part.co_firstlineno)
            if key in found:
                return None
            found[key] = part
    return found


def _inner(code: CodeType) -> set[Key]:
    found: set[Key] = set()
    waiting = [code]
    while waiting:
        part = waiting.pop()
        found.add((part.co_name, part.co_firstlineno))
        waiting += [inner for inner in part.co_consts if isinstance(inner, CodeType)]
    return found


def _whole(code: CodeType) -> Hashable:
    """Return what a piece of code does, without where it stands."""
    return _said(code, tuple(_whole(one) if isinstance(one, CodeType) else (type(one), one) for one in code.co_consts))


def _around(code: CodeType) -> Hashable:
    """Return what a module does without what its functions do."""
    parts: list[Hashable] = []
    for one in code.co_consts:
        if not isinstance(one, CodeType):
            parts.append((type(one), one))
        elif _is_function(one):
            parts.append((one.co_name, one.co_firstlineno))
        else:
            parts.append(_around(one))
    return _said(code, tuple(parts))


def _said(code: CodeType, constants: Hashable) -> Hashable:
    return (code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars, code.co_argcount)
