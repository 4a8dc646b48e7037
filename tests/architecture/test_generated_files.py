"""What is generated is up to date, and every page can be found."""

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

import ankunft_model as am

ROOT = Path(__file__).resolve().parents[2]
INDEX = ROOT / "docs" / "index.md"


def tool(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script `tools/NAME.py`, which may import its neighbours."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    sys.modules.pop(name, None)
    return importlib.import_module(name)


def test_every_generated_file_is_up_to_date(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status = tool("generate", monkeypatch).main(["--check"])

    assert (status, capsys.readouterr().out) == (0, "")


def test_generating_twice_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    generators = tool("generate", monkeypatch).GENERATORS

    assert [dict(generator()) for generator in generators] == [dict(generator()) for generator in generators]


def test_every_code_of_the_source_is_explained_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    script = tool("generate_error_codes_page", monkeypatch)

    assert script.codes_in_source() == script.codes_explained()


def test_a_code_without_a_meaning_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    script = tool("generate_error_codes_page", monkeypatch)
    monkeypatch.setattr(script, "EXCEPTIONS", {})

    with pytest.raises(ValueError, match="unusable-source"):
        script.page()


@pytest.mark.parametrize(
    "content",
    ["a: *b\na: &c 1\n", "format: ankunft/9\nid: m\nactors: {A: {kind: x}, b: {part_of: b, name: 3, kindd: y}}\n", ""],
    ids=["syntax", "structure", "empty"],
)
def test_codes_of_real_problems_are_explained(content: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tool("generate_error_codes_page", monkeypatch)
    file = tmp_path / "wrong.yaml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(am.SourceError) as caught:
        am.read(file)

    assert {problem.code for problem in caught.value.problems} <= script.codes_explained()


def test_the_readme_shows_what_its_command_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"<!-- the first \d+ lines of: ankunft (\w+)", readme) == ["check"]
    assert "![" in readme
    assert "(docs/pictures/qualification.svg)" in readme


def test_every_page_is_linked_from_the_index_or_from_a_page_of_rules() -> None:
    linked: set[Path] = set()
    for page in (INDEX, ROOT / "docs" / "reference" / "rules" / "index.md"):
        targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        linked |= {(page.parent / target).resolve() for target in targets}

    assert sorted(page for page in (ROOT / "docs").rglob("*.md") if page not in linked and page != INDEX) == []


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", *(page.relative_to(ROOT).as_posix() for page in ROOT.glob("docs/**/*.md"))]
)
def test_no_page_has_a_path_of_one_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert re.findall(r"(?<![\w.])/(?:home|tmp|work|root|Users)/\w+", text) == []
