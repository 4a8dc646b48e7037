"""Files that include others."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankunft_model.errors import SourceError
from ankunft_model.sources.file_reader import read

MAIN = """\
format: ankunft/1
id: main
title: Main
state: as_is
include: [common.yaml]
processes: {p: {name: P, nodes: {s: {type: start, actor: abh, next: e}, e: {type: end}}}}
"""
COMMON = "actors:\n  abh: {name: ABH, kind: immigration_office, contact: Zimmer 1}\n"


def write(folder: Path, **files: str) -> Path:
    """Write files, `__` in a name stands for a folder, and return the path of the main one."""
    for name, text in {"main": MAIN, **files}.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "main.yaml"


def refused(path: Path) -> list[tuple[str, str, str]]:
    """Return code, file name and text of every problem."""
    with pytest.raises(SourceError) as caught:
        read(path)
    return [
        (problem.code, Path(problem.location.file or "").name, problem.wording.de) for problem in caught.value.problems
    ]


def test_registries_of_an_included_file_belong_to_the_model(tmp_path: Path) -> None:
    model = read(write(tmp_path, common=COMMON))

    assert model.actors["abh"].contact == "Zimmer 1"


def test_own_entries_change_included_ones_key_by_key(tmp_path: Path) -> None:
    own = MAIN + "actors: {abh: {name: Amt}, kreis: {name: Kreis, kind: other}}\n"

    model = read(write(tmp_path, main=own, common=COMMON))

    assert list(model.actors) == ["abh", "kreis"]
    assert (model.actors["abh"].name, model.actors["abh"].contact) == ("Amt", "Zimmer 1")


def test_included_files_include_others_beside_or_below_them(tmp_path: Path) -> None:
    model = read(
        write(
            tmp_path,
            common="include: deep/a.yaml\n" + COMMON,
            deep__a="include: [b.yaml]\nvocabularies: {groups: {own: {name: Eigen}}}\n",
            deep__b="systems: {azr: {name: AZR}}\n",
        )
    )

    assert list(model.systems) == ["azr"]
    assert list(model.vocabularies["groups"]) == ["own"]


def test_a_file_included_twice_is_no_circle(tmp_path: Path) -> None:
    main = MAIN.replace("[common.yaml]", "[a.yaml, b.yaml]")

    model = read(write(tmp_path, main=main, a="include: c.yaml", b="include: c.yaml", c=COMMON))

    assert list(model.actors) == ["abh"]


def test_a_circle_is_named(tmp_path: Path) -> None:
    problems = refused(write(tmp_path, common="include: [other.yaml]\n" + COMMON, other="include: [common.yaml]\n"))

    assert [code for code, *_ in problems] == ["include-cycle"]
    assert "main.yaml → common.yaml → other.yaml → common.yaml" in problems[0][2]


def test_a_file_that_includes_itself_is_a_circle(tmp_path: Path) -> None:
    path = write(tmp_path, main=MAIN.replace("common", "main"))

    assert refused(path)[0][0] == "include-cycle"


def test_a_missing_file_names_the_nearest_one(tmp_path: Path) -> None:
    problems = refused(write(tmp_path, main=MAIN.replace("common", "comon"), common=COMMON))

    assert problems[0][:2] == ("include-not-found", "main.yaml")
    assert "„common.yaml“" in problems[0][2]


@pytest.mark.parametrize(
    "name",
    ["../common.yaml", "/etc/passwd", "sub/../../common.yaml", "C:/common.yaml", "~/a.yaml", "..\\a.yaml"],
)
def test_no_path_leaves_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "common.yaml").write_text(COMMON, encoding="utf-8")
    folder = tmp_path / "models"
    folder.mkdir()

    problems = refused(write(folder, main=MAIN.replace("common.yaml", f"'{name}'")))

    assert problems[0][0] == "include-outside"


def test_no_symbolic_link_leaves_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(COMMON, encoding="utf-8")
    folder = tmp_path / "models"
    path = write(folder)
    (folder / "common.yaml").symlink_to(tmp_path / "outside.yaml")

    assert refused(path)[0][0] == "include-outside"


def test_an_included_file_holds_registries_only(tmp_path: Path) -> None:
    problems = refused(write(tmp_path, common=COMMON + "processes: none\ntitle: X\n"))

    assert [problem[:2] for problem in problems] == [("not-in-included-file", "common.yaml")] * 2


@pytest.mark.parametrize("own", ["actors: none\n", "actors: {}\n"])
def test_none_contradicts_an_include_that_fills_the_registry(tmp_path: Path, own: str) -> None:
    problems = refused(write(tmp_path, main=MAIN + own, common=COMMON))

    assert ("none-conflict", "main.yaml") in [problem[:2] for problem in problems]


def test_a_mistake_in_an_included_file_is_reported_there(tmp_path: Path) -> None:
    problems = refused(write(tmp_path, common=COMMON.replace("kind:", "kinnd:")))

    assert {problem[1] for problem in problems} == {"common.yaml"}


@pytest.mark.parametrize("value", ["{a: b}", "[[a.yaml]]", "['']", "[common.txt]"])
def test_other_values_of_include_are_refused(tmp_path: Path, value: str) -> None:
    path = write(tmp_path, main=MAIN.replace("[common.yaml]", value), common=COMMON)

    assert refused(path)[0][0] in ("wrong-type", "unknown-suffix")


def test_very_many_files_are_refused(tmp_path: Path) -> None:
    files = {f"f{number}": f"include: [f{number + 1}.yaml]" for number in range(80)}

    problems = refused(write(tmp_path, main=MAIN.replace("common", "f0"), **files))

    assert "too-many-files" in [code for code, *_ in problems]
