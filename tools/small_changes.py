"""The small changes that `tools/mutation.py` makes: where a module can be changed, and a sample of these places."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = Path("src/ankunft_model")
LEFT_OUT: Final = ("VariableInserter", "VariableReplacer", "RemoveDecorator", "ExceptionReplacer")
"""Kinds of changes that need settings of their own, or that mostly change nothing that runs."""
SAME_COMPARISON: Final = ("Eq_Is", "NotEq_IsNot", "Is_Eq", "IsNot_NotEq")
"""Small numbers, words of the source and None are the same object where they are equal: nothing could notice these."""


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


@dataclass(frozen=True)
class Place:
    """What a change concerns: lines of one statement, and the lines of the function around it, if there is one."""

    statement: range
    function: range | None


def find_changes(module: Path) -> Iterator[Change]:
    """Yield all changes that can be made in a module; what nothing executes is left alone."""
    from cosmic_ray.ast import Visitor, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    code = module.read_text(encoding="utf-8")
    silent = [*type_spans(code), *only_stated(code)]
    tree = get_ast(code)
    for name in operator_names():
        kind = name.split("/")[1]
        if kind.split("_")[0] in LEFT_OUT or kind.removeprefix("ReplaceComparisonOperator_") in SAME_COMPARISON:
            continue
        operator = get_operator(name)()
        places: list[tuple[int, int]] = []

        class Finding(Visitor):  # type: ignore[misc]  # cosmic-ray has no types
            def visit(self, node: Any, operator: Any = operator, places: list[tuple[int, int]] = places) -> Any:
                places.extend(start for start, _ in operator.mutation_positions(node))
                return node

        Finding().walk(tree)
        for occurrence, (line, column) in enumerate(places):
            if not any(begin <= (line, column) < end for begin, end in silent):
                yield Change(module.relative_to(ROOT / SOURCES).as_posix(), line, column, name, occurrence)


Span = tuple[tuple[int, int], tuple[int, int]]


def type_spans(code: str) -> Iterator[Span]:
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
                yield _span(part)


def only_stated(code: str) -> Iterator[Span]:
    """Yield what states what holds anyway: arguments of @dataclass, which types check, and `strict` of zip."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "dataclass":
            yield from (_span(keyword.value) for keyword in node.keywords)
        elif node.func.id == "zip":
            yield from (_span(keyword.value) for keyword in node.keywords if keyword.arg == "strict")


def _span(part: ast.expr) -> Span:
    return (part.lineno, part.col_offset), (part.end_lineno or part.lineno, part.end_col_offset or part.col_offset)


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


@cache
def places(code: str) -> tuple[Place | None, ...]:
    """Return for each line the innermost statement it belongs to, without the statements inside."""
    found: list[Place | None] = [None] * (code.count("\n") + 2)
    waiting: list[tuple[Sequence[ast.stmt], range | None]] = [(ast.parse(code).body, None)]
    while waiting:
        body, function = waiting.pop()
        for statement in body:
            end = (statement.end_lineno or statement.lineno) + 1
            inner = function
            if isinstance(statement, ast.FunctionDef):
                inner = range(statement.body[0].lineno, end)
            blocks = [block for name in ("body", "orelse", "finalbody") if (block := getattr(statement, name, None))]
            blocks += [part.body for name in ("handlers", "cases") for part in getattr(statement, name, ())]
            head = min([end, *(block[0].lineno for block in blocks)])
            lines = range(statement.lineno, max(head, statement.lineno + 1))
            for line in range(statement.lineno, end):
                found[line] = Place(lines if line in lines else range(line, line + 1), function)
            if isinstance(statement, ast.FunctionDef):  # its head is executed once, what it says counts in its body
                for line in lines:
                    found[line] = Place(range(statement.lineno, end), function or inner)
            waiting += [(block, inner) for block in blocks]
    return tuple(found)
