"""`ankunft render`: the picture of any BPMN file, and what it says when it cannot be drawn."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.cli.command_line import ankunft, limited_program
from tests.exports.svg.zoo import zoo

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "qualification" / "model.yaml"
TWO = '<bpmndi:BPMNDiagram name="Zweites"><bpmndi:BPMNPlane bpmnElement="p" /></bpmndi:BPMNDiagram></definitions>'


@pytest.fixture
def bpmn(tmp_path: Path) -> Path:
    path = tmp_path / "zoo.bpmn"
    path.write_text(zoo().text(), encoding="utf-8")
    return path


def test_writes_svg_and_png_by_suffix(bpmn: Path, tmp_path: Path) -> None:
    svg, png = tmp_path / "o.svg", tmp_path / "o.png"

    answers = [ankunft("render", bpmn, "-o", svg), ankunft("render", bpmn, "-o", png, "--scale", "1")]

    assert [answer.status for answer in answers] == [0, 0]
    assert svg.read_text(encoding="utf-8").startswith("<svg ")
    assert png.read_bytes().startswith(b"\x89PNG")


def test_is_the_same_every_time(bpmn: Path, tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        ankunft("render", bpmn, "-o", tmp_path / name)

    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_tells_which_diagrams_there_are_and_draws_the_chosen_one(bpmn: Path, tmp_path: Path) -> None:
    bpmn.write_text(zoo().text().replace("</definitions>", TWO), encoding="utf-8")

    first = ankunft("render", bpmn, "-o", tmp_path / "o.svg")
    second = ankunft("render", bpmn, "-o", tmp_path / "o.svg", "--diagram", "Zweites")
    third = ankunft("render", bpmn, "-o", tmp_path / "o.svg", "--diagram", "3", "--language", "en")

    assert "2: Zweites" in first.err
    assert second.status == 0
    assert (third.status, "there is no diagram '3'" in third.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["-o", "o.pdf"], ".svg oder .png"),
        (["-o", "o.svg", "--scale", "2"], "--scale gilt für PNG"),
        (["-o", "o.png", "--scale", "1000"], "0.05 bis 8"),
        (["-o", "o.png", "--scale", "nan"], "0.05 bis 8"),
    ],
)
def test_refuses_what_it_cannot_do(
    bpmn: Path, tmp_path: Path, options: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    answer = ankunft("render", bpmn, *options)

    assert answer.status == 2
    assert expected in answer.err
    assert not list(tmp_path.glob("o.*"))


def test_without_the_library_for_png_it_says_what_to_install(
    bpmn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)

    answer = ankunft("render", bpmn, "-o", tmp_path / "o.png")

    assert answer.status == 2
    assert "ankunft-model[png]" in answer.err
    assert not (tmp_path / "o.png").exists()


def test_an_export_can_be_a_png(model_file: Path, tmp_path: Path) -> None:
    answer = ankunft("export", model_file, "-o", tmp_path / "o.png", "--findings", "--scale", "0.5")

    assert answer.status == 0
    assert (tmp_path / "o.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(sys.platform != "linux", reason="measures time and memory with the limits of Linux")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('x="100" y="40"', 'x="1e8" y="40"'),
        ('x="100" y="40"', 'x="NaN" y="40"'),
        ("<process ", '<!DOCTYPE a [<!ENTITY b "c">]><process '),
        ("</definitions>", "<a>" * 20_000),
        ("</definitions>", "<a/>" * 260_000 + "</definitions>"),
        ("http://www.omg.org/spec/BPMN/20100524/MODEL", "urn:other"),
    ],
)
def test_hostile_files_get_one_message_in_bounded_time(tmp_path: Path, old: str, new: str) -> None:
    text = zoo().text()
    assert old in text
    (tmp_path / "bad.bpmn").write_text(text.replace(old, new), encoding="utf-8")

    answer = limited_program("render", "bad.bpmn", "-o", "o.svg", folder=tmp_path)

    assert answer.status == 2
    assert "Traceback" not in answer.err
    assert "bad.bpmn" in answer.err
    assert not (tmp_path / "o.svg").exists()


def test_names_are_translated_only_if_somebody_asks_for_a_language(tmp_path: Path) -> None:
    file = tmp_path / "m.bpmn"
    ankunft("export", EXAMPLE, "-o", file, "--language", "en")
    pictures: list[str] = []
    for asked in ((), ("--language", "de"), ("--language", "en")):
        answer = ankunft(*asked, "render", file, "-o", tmp_path / "o.svg")
        assert answer.status == 0
        pictures.append((tmp_path / "o.svg").read_text(encoding="utf-8"))

    assert ["Employment agency" in picture for picture in pictures] == [True, False, True]
    assert ["Agentur für Arbeit" in picture for picture in pictures] == [False, True, False]
