"""The documents: links lead somewhere, examples run, commands named are commands that exist."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def load_tool(name: str) -> ModuleType:
    """Return the script `tools/NAME.py` as a module."""
    specification = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


check_docs = load_tool("check_docs")
PAGES = [page.relative_to(ROOT).as_posix() for page in check_docs.pages()]


def ankunft(*arguments: str) -> "subprocess.CompletedProcess[str]":
    program = Path(sys.executable).with_name("ankunft")
    return subprocess.run([program, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)


def commands_of_readme() -> set[str]:
    """Return the commands in the first column of the README's table."""
    return set(re.findall(r"^\| `ankunft ([a-z]+)", README, re.MULTILINE))


def test_the_pages_that_people_start_from_exist() -> None:
    assert {"README.md", "CONTRIBUTING.md", "docs/index.md", "docs/tutorials/first-model.md"} <= set(PAGES)


def test_the_index_lists_every_page_once() -> None:
    index = ROOT / "docs" / "index.md"
    linked = re.findall(r"\]\(([a-z-]+/[^)#]+\.md)\)", index.read_text(encoding="utf-8"))

    expected = {
        page.relative_to(index.parent).as_posix()
        for page in (ROOT / "docs").rglob("*.md")
        if page != index and page.parent != ROOT / "docs" / "reference" / "rules"
    }
    assert sorted(linked) == sorted({*expected, "reference/rules/index.md"})


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    assert list(check_docs.find_broken_links(ROOT / page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_example_does_what_it_shows(page: str) -> None:
    assert list(check_docs.find_broken_examples(ROOT / page)) == []


def test_a_broken_link_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_docs, "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](#one) [b](#two) [c](absent.md) `[d](absent.md)`\n", encoding="utf-8")

    messages = list(check_docs.find_broken_links(page))

    assert messages == [
        "page.md:2: this page has no heading for #two",
        "page.md:2: the link to absent.md leads nowhere",
    ]


def test_a_broken_example_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_docs, "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("```python\nx = 1\n```\ntext\n```python\nassert x == 2\n```\n", encoding="utf-8")

    messages = list(check_docs.find_broken_examples(page))

    assert [message.partition("\n")[0] for message in messages] == ["page.md:6: the Python example fails"]


def test_the_readme_names_every_command() -> None:
    shown = re.search(r"\{(init(?:,[a-z]+)+)\}", ankunft("--help").stdout)
    assert shown is not None

    assert commands_of_readme() == set(shown[1].split(","))


@pytest.mark.parametrize("command", sorted(commands_of_readme()))
def test_every_command_of_the_readme_explains_itself(command: str) -> None:
    result = ankunft(command, "--help")

    assert result.returncode == 0, result.stderr
    assert f"ankunft {command}" in result.stdout


def test_the_readme_begins_with_the_two_commands_that_set_everything_up() -> None:
    commands = next(block.body for block in check_docs.blocks_of(README))

    assert re.findall(r"^make (\w+)", commands, re.MULTILINE) == ["demo", "test"]


@pytest.mark.parametrize(
    "record", sorted((ROOT / "docs/explanation/decisions").glob("*.md")), ids=lambda path: path.stem
)
def test_a_decision_says_context_decision_and_consequences(record: Path) -> None:
    text = record.read_text(encoding="utf-8")

    assert re.fullmatch(r"\d{4}-[a-z0-9-]+", record.stem)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(record.name[:4]) for record in (ROOT / "docs/explanation/decisions").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
