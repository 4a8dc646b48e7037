"""The floors of the house: who imports whom, and where third-party libraries live."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ankunft_model"
ROOM_OF_LIBRARY = {
    "lxml": "bpmn_xml",
    "yaml": "sources",
    "networkx": "graph",
    "graphviz": "exports/dot",
    "jinja2": "report",
}
OPTIONAL = {"pandas", "pydantic_core", "pytest"}  # used if the caller has it; part of pydantic; calls its plug-in
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported_by(module: Path) -> set[str]:
    """Return the top names of all modules that `module` imports at run time, also inside functions."""
    names: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(module.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting.extend(node.orelse)
            continue
        waiting.extend(ast.iter_child_nodes(node))
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


def test_every_import_contract_holds() -> None:
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"

    result = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("library", "room"), ROOM_OF_LIBRARY.items())
def test_a_library_is_imported_in_its_room_only(library: str, room: str) -> None:
    users = [module.relative_to(PACKAGE).as_posix() for module in modules() if library in imported_by(module)]

    assert [user for user in users if not user.startswith((f"{room}/", f"{room}.py"))] == []


def test_what_is_imported_is_declared_as_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    declared = [*project["dependencies"], *(requirement for extra in extras for requirement in extra)]
    known = {"ankunft_model", "yaml", *OPTIONAL, *sys.stdlib_module_names}
    known |= {requirement.partition(">")[0].strip().lower().replace("-", "_") for requirement in declared}

    foreign = {name: module for module in modules() for name in imported_by(module) if name not in known}

    assert foreign == {}


def test_no_module_is_named_after_nothing() -> None:
    assert [
        module for module in modules() if set(module.relative_to(PACKAGE).with_suffix("").parts) & FORBIDDEN_NAMES
    ] == []


def test_every_module_says_in_its_first_line_what_it_is() -> None:
    silent = [module for module in modules() if not ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))]

    assert silent == []
