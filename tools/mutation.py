"""Changes the program in small ways, one at a time, and says which changes no test notices.

    python tools/mutation.py [PART…] [--per-part N] [--seed N] [--module NAME] [--tests PATH…] [--quick] [--list]

A sample of the places that can be changed is drawn with a fixed seed from the modules that tools/mutation.toml names,
one change for each place. Sources and tests are copied first; what lies in the working folder is never changed. The
share of changes that some test notices is the mutation score. For each change those tests are run that execute the
changed statement, the quickest first, until one fails; in a process of their own, made from one that has collected the
tests (see tools/loaded_tests.py) or, where that would not be the same, has loaded what the program builds on.

Needs cosmic-ray (it knows the changes), coverage.py and an operating system that can fork.
"""

from __future__ import annotations

import argparse
import importlib
import math
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from loaded_tests import Trial, try_loaded
from small_changes import ROOT, SOURCES, Change, changed_code, sample
from tests_by_line import chosen, is_noticed, watch

SETTINGS: Final = ROOT / "tools" / "mutation.toml"
COPIED: Final = (
    "src",
    "tests",
    "examples",
    "schemas",
    "docs",
    "tools",
    "benchmarks",
    "pyproject.toml",
    "README.md",
    "Makefile",
)
LOADED_ONCE: Final = ("pytest", "pydantic", "networkx", "lxml.etree", "yaml")
"""Not hypothesis: pytest wants to load its plug-ins itself."""
NOTHING_TRIED: Final = 1


def copied(folder: Path) -> Path:
    """Return a copy of everything that tests look at."""
    copy = folder / "copy"
    copy.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        elif source.is_file():
            shutil.copy2(source, copy / name)
    return copy


def reason_for_no_difference(change: Change, code: str, settings: dict[str, Any]) -> str | None:
    """Return why a change makes no difference that a test could notice, where the settings say so."""
    line = code.splitlines()[change.line - 1]
    for one in settings.get("no_difference", ()):
        if one["module"] == change.module and one["line"] in line and one["change"] in change.operator:
            return str(one["reason"])
    return None


def examine(
    part: dict[str, Any], changes: Sequence[Change], settings: dict[str, Any], copy: Path, *, is_quick: bool
) -> tuple[int, int]:
    """Try changes of a part, say what came out, and return how many were noticed and how many were tried."""
    tests = watch(copy, part["tests"], settings["not_run"])
    begun = time.monotonic()
    trials: list[Trial] = []
    for change in changes:
        code = (copy / SOURCES / change.module).read_text(encoding="utf-8")
        if not reason_for_no_difference(change, code, settings):
            trials.append(Trial(change, code, changed_code(code, change), tuple(chosen(tests, change, code))))
    known = try_loaded(copy, trials, copy.parent / "answers")
    anew = len(trials) - len(known)
    if is_quick:
        trials = [trial for trial in trials if trial.change in known]
    noticed = 0
    for trial in trials:
        change = trial.change
        if known[change] if change in known else noticed_anew(copy, trial):
            noticed += 1
        else:
            print(f"  not noticed: {change} ({len(trial.tests)} tests)", flush=True)
            print(f"      {trial.before.splitlines()[change.line - 1].strip()}", flush=True)
    tried = len(trials)
    same = len(changes) - len(known) - anew
    low, high = interval(noticed, tried)
    print(
        f"{part['name']}: {noticed} of {tried} changes noticed ({100 * noticed / max(tried, 1):.0f} %, with certainty "
        f"95 % between {100 * low:.0f} and {100 * high:.0f} %), {same} left out that make no difference, "
        f"{anew} {'left out that need' if is_quick else 'tried with'} tests loaded anew, "
        f"{time.monotonic() - begun:.0f} s",
        flush=True,
    )
    return noticed, tried


def noticed_anew(copy: Path, trial: Trial) -> bool:
    """Return whether a test notices a change, all loaded anew with the changed file in place."""
    file = copy / SOURCES / trial.change.module
    file.write_text(trial.after, encoding="utf-8")
    try:
        return is_noticed(copy, trial.tests)
    finally:
        file.write_text(trial.before, encoding="utf-8")


def interval(hits: int, tried: int) -> tuple[float, float]:
    """Return Wilson's interval of a share for a certainty of 95 %."""
    if not tried:
        return 0.0, 1.0
    z = 1.959964
    share, spread = hits / tried, z * z / tried
    middle = share + spread / 2
    reach = z * math.sqrt(share * (1 - share) / tried + spread / (4 * tried))
    return (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)


def main(arguments: Sequence[str]) -> int:
    """Try the changes of the parts that are named, or of all."""
    settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--per-part", type=int, default=settings["per_part"], metavar="N")
    parser.add_argument(
        "--module", metavar="NAME", default="", help="only changes of modules whose path has this in it"
    )
    parser.add_argument("--seed", type=int, default=settings["seed"], metavar="N", help="draw another sample")
    parser.add_argument("--list", action="store_true", help="list the sample, try nothing")
    parser.add_argument(
        "--tests",
        nargs="+",
        metavar="PATH",
        help="let only the tests in these files and folders notice changes: what comes out is too low, never too high",
    )
    parser.add_argument(
        "--quick", action="store_true", help="leave out changes for which the tests have to be loaded anew"
    )
    options = parser.parse_args(arguments)
    parts = [
        {**part, "tests": options.tests or part["tests"]}
        for part in settings["part"]
        if not options.parts or part["name"] in options.parts
    ]
    samples = [
        [change for change in sample(part, options.per_part, options.seed) if options.module in change.module]
        for part in parts
    ]
    if options.list:
        for part, changes in zip(parts, samples, strict=True):
            for change in changes:
                print(f"{part['name']}: {change}")
        return 0
    for name in LOADED_ONCE:
        importlib.import_module(name)
    noticed = tried = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        for part, changes in zip(parts, samples, strict=True):
            hits, count = examine(part, changes, settings, copy, is_quick=options.quick)
            noticed, tried = noticed + hits, tried + count
    print(f"together: {noticed} of {tried} changes noticed", flush=True)
    return 0 if tried else NOTHING_TRIED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
