"""Changes the program in small ways, one at a time, and says which changes no test notices.

    python tools/mutation.py [PART…] [--per-part N] [--module NAME] [--list]

A sample of the places that can be changed is drawn with a fixed seed from the modules that tools/mutation.toml names,
one change for each place. Sources and tests are copied first; what lies in the working folder is never changed. The
share of changes that some test notices is the mutation score. For each change those tests are run that execute the
changed statement, the quickest first, until one fails; in a process of their own, made from one that has loaded pytest
and what the program builds on, so that little time goes into starting.

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


def examine(part: dict[str, Any], changes: Sequence[Change], settings: dict[str, Any], copy: Path) -> tuple[int, int]:
    """Try changes of a part, say what came out, and return how many were noticed and how many were tried."""
    tests = watch(copy, part["tests"], settings["not_run"])
    begun = time.monotonic()
    noticed = same = 0
    for change in changes:
        file = copy / SOURCES / change.module
        code = file.read_text(encoding="utf-8")
        if reason_for_no_difference(change, code, settings):
            same += 1
            continue
        file.write_text(changed_code(code, change), encoding="utf-8")
        able = chosen(tests, change, code)
        try:
            if is_noticed(copy, able):
                noticed += 1
            else:
                print(f"  not noticed: {change} ({len(able)} tests)", flush=True)
                print(f"      {code.splitlines()[change.line - 1].strip()}", flush=True)
        finally:
            file.write_text(code, encoding="utf-8")
    tried = len(changes) - same
    low, high = interval(noticed, tried)
    print(
        f"{part['name']}: {noticed} of {tried} changes noticed ({100 * noticed / max(tried, 1):.0f} %, with certainty "
        f"95 % between {100 * low:.0f} and {100 * high:.0f} %), {same} left out that make no difference, "
        f"{time.monotonic() - begun:.0f} s",
        flush=True,
    )
    return noticed, tried


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
    options = parser.parse_args(arguments)
    parts = [part for part in settings["part"] if not options.parts or part["name"] in options.parts]
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
            hits, count = examine(part, changes, settings, copy)
            noticed, tried = noticed + hits, tried + count
    print(f"together: {noticed} of {tried} changes noticed", flush=True)
    return 0 if tried else NOTHING_TRIED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
