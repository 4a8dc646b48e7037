"""Changes the program in small ways, one at a time, and says which changes no test notices.

    python tools/mutation.py [PART…] [--per-part N] [--list]

A sample of the places that can be changed is drawn with a fixed seed from the modules that tools/mutation.toml names,
one change for each place. Sources and tests are copied first; what lies in the working folder is never changed. The
share of changes that some test notices is the mutation score. The tests of a change run in a process of their own, made
from one that has loaded pytest and what the program builds on, so that little time goes into starting.

Needs cosmic-ray (it knows the changes) and an operating system that can fork.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = Path("src/ankunft_model")
SETTINGS: Final = ROOT / "tools" / "mutation.toml"
COPIED: Final = ("src", "tests", "examples", "schemas", "docs", "tools", "pyproject.toml", "README.md", "Makefile")
LOADED_ONCE: Final = ("pytest", "pydantic", "networkx", "lxml.etree", "yaml")
"""Not hypothesis: pytest wants to load its plug-ins itself."""
LEFT_OUT: Final = ("VariableInserter", "VariableReplacer", "RemoveDecorator", "ExceptionReplacer")
"""Kinds of changes that need settings of their own, or that mostly change nothing that runs."""
NOTICED: Final = 1


@dataclass(frozen=True, order=True)
class Change:
    """One way to change one place of a module."""

    module: str
    line: int
    column: int
    operator: str
    occurrence: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line}:{self.column} {self.operator.removeprefix('core/')}"


def find_changes(module: Path) -> Iterator[Change]:
    """Yield all changes that can be made in a module; types, which nothing executes, are left alone."""
    from cosmic_ray.ast import Visitor, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    code = module.read_text(encoding="utf-8")
    types = list(type_spans(code))
    tree = get_ast(code)
    for name in operator_names():
        if name.split("/")[1].split("_")[0] in LEFT_OUT:
            continue
        operator = get_operator(name)()
        places: list[tuple[int, int]] = []

        class Finding(Visitor):  # type: ignore[misc]  # cosmic-ray has no types
            def visit(self, node: Any, operator: Any = operator, places: list[tuple[int, int]] = places) -> Any:
                places.extend(start for start, _ in operator.mutation_positions(node))
                return node

        Finding().walk(tree)
        for occurrence, (line, column) in enumerate(places):
            if not any(begin <= (line, column) < end for begin, end in types):
                yield Change(module.relative_to(ROOT / SOURCES).as_posix(), line, column, name, occurrence)


def type_spans(code: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield where annotations and aliases of types stand."""
    for node in ast.walk(ast.parse(code)):
        found: list[ast.expr | None] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(node.returns)
        elif isinstance(node, ast.arg):
            found.append(node.annotation)
        elif isinstance(node, ast.AnnAssign):
            found.append(node.annotation)
            if isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias":
                found.append(node.value)
        elif isinstance(node, ast.Subscript):
            found.append(node.slice if isinstance(node.value, ast.Name) and node.value.id[0].islower() else None)
        for part in found:
            is_type = part is not None and not (isinstance(node, ast.Subscript) and not _is_union(part))
            if part is not None and is_type:
                end = (part.end_lineno or part.lineno, part.end_col_offset or part.col_offset)
                yield (part.lineno, part.col_offset), end


def _is_union(part: ast.expr) -> bool:
    """Return whether a subscript names types, as in `list[A | None]()`."""
    return any(isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.BitOr) for inner in ast.walk(part)) and any(
        isinstance(inner, ast.Constant) and inner.value is None for inner in ast.walk(part)
    )


def sample(part: dict[str, Any], count: int, seed: int) -> list[Change]:
    """Return changes at so many places of a part, one for each place; the same each time."""
    modules = sorted({path for glob in part["modules"] for path in (ROOT / SOURCES).glob(glob)})
    by_place: dict[tuple[str, int, int], list[Change]] = {}
    for module in modules:
        for change in find_changes(module):
            by_place.setdefault((change.module, change.line, change.column), []).append(change)
    chance = random.Random(f"{seed} {part['name']}")
    places = chance.sample(sorted(by_place), min(count, len(by_place)))
    return sorted(chance.choice(sorted(by_place[place])) for place in places)


def changed_code(code: str, change: Change) -> str:
    """Return the code with the change made."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    found = mutate_code(code, get_operator(change.operator)(), change.occurrence)
    if found is None:
        raise ValueError(f"{change} cannot be made")
    return str(found)


def is_noticed(copy: Path, tests: Sequence[str], seconds: float) -> bool:
    """Return whether the tests in the copy fail, or do not come to an end, in a process of their own."""
    child = os.fork()
    if child == 0:
        os._exit(run_tests(copy, tests))
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def run_tests(copy: Path, tests: Sequence[str]) -> int:
    """Run tests of the copy in this process and return their status; what they print is thrown away."""
    import pytest

    os.chdir(copy)
    os.environ["CI"] = "true"  # what is drawn at random is the same each time
    sys.path[:0] = [str(copy / "src"), str(copy)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    options = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not slow and not node and not browser"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return int(pytest.main([*options, *tests]))


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


def examine(part: dict[str, Any], count: int, settings: dict[str, Any], copy: Path) -> list[Change]:
    """Try a sample of changes of a part, say what came out, and return those that no test noticed."""
    changes = sample(part, count, settings["seed"])
    if is_noticed(copy, part["tests"], 10 * settings["seconds_per_change"]):
        raise SystemExit(f"{part['name']}: its tests fail without any change")
    survivors: list[Change] = []
    begun = time.monotonic()
    for change in changes:
        file = copy / SOURCES / change.module
        code = file.read_text(encoding="utf-8")
        file.write_text(changed_code(code, change), encoding="utf-8")
        try:
            if not is_noticed(copy, part["tests"], settings["seconds_per_change"]):
                survivors.append(change)
                print(f"  not noticed: {change}", flush=True)
        finally:
            file.write_text(code, encoding="utf-8")
    noticed = len(changes) - len(survivors)
    share = 100 * noticed / len(changes) if changes else 100.0
    print(
        f"{part['name']}: {noticed} of {len(changes)} changes noticed ({share:.0f} %), "
        f"{time.monotonic() - begun:.0f} s",
        flush=True,
    )
    return survivors


def main(arguments: Sequence[str]) -> int:
    """Try the changes of the parts that are named, or of all."""
    settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--per-part", type=int, default=settings["per_part"], metavar="N")
    parser.add_argument("--list", action="store_true", help="list the sample, try nothing")
    chosen = parser.parse_args(arguments)
    parts = [part for part in settings["part"] if not chosen.parts or part["name"] in chosen.parts]
    if chosen.list:
        for part in parts:
            for change in sample(part, chosen.per_part, settings["seed"]):
                print(f"{part['name']}: {change}")
        return 0
    for name in LOADED_ONCE:
        importlib.import_module(name)
    survivors: list[Change] = []
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        for part in parts:
            survivors += examine(part, chosen.per_part, settings, copy)
            tried += chosen.per_part
    print(f"together: {len(survivors)} of {tried} changes not noticed", flush=True)
    return NOTICED if not tried else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
