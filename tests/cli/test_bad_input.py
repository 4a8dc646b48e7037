"""Bad input through the real command line: one clear message, status 2, no traceback, nothing written, bounded."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.cli.command_line import limited_program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="measures time and memory with the limits of Linux")

GOOD = """
format: ankunft/1
id: m
title: M
state: as_is
actors:
  office: {name: Amt, kind: school_authority}
  unit: {name: Stelle, kind: department, part_of: office}
data:
  name: {name: Name, category: contact}
processes:
  p:
    name: P
    domain: education
    nodes:
      s: {type: start, actor: office, next: t}
      t: {name: Beraten, actor: unit, collects: [name], duration: PT1H, next: e}
      e: {type: end}
"""


def changed(old: str, new: str) -> bytes:
    """Return the good model with one change."""
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new).encode()


YAML_CASES: dict[str, tuple[bytes, str]] = {
    "wrong key": (changed("duration: PT1H", "duratoin: PT1H"), "duration"),
    "unknown id": (changed("actor: unit", "actor: unti"), "unit"),
    "id used twice": (
        changed("  name: {name: Name", "  name: {name: A, category: contact}\n  name: {name: Name"),
        ":11:",
    ),
    "id of two nodes": (changed("      e: {type: end}", "      e: {type: end}\n      e: {type: end}"), ":19:"),
    "circle of part_of": (changed("kind: school_authority", "kind: school_authority, part_of: unit"), "part_of"),
    "wrong duration": (changed("PT1H", "1 Stunde"), "PT"),
    "negative duration": (changed("PT1H", "-PT1H"), "duration"),
    "id that is a path": (changed("id: m\n", "id: ../../x\n"), ":3:5"),
    "key that is a path": (changed("  p:\n", "  ../../x:\n"), ":12:"),
    "id with markup": (changed("id: m\n", 'id: "<script>"\n'), ":3:5"),
    "id too long": (changed("id: m\n", f"id: {'m' * 300}\n"), ":3:5"),
    "control character": (changed("name: Beraten", 'name: "Ber\\e[31maten"'), ":17:"),
    "direction of writing": (changed("name: Beraten", "name: Ber\u202eaten"), ":17:"),
    "lone surrogate": (changed("name: Beraten", 'name: "\\ud800"'), ":17:"),
    "Latin-1": (GOOD.replace("Amt", "Behörde").encode("latin-1"), "UTF-8"),
    "UTF-16 without mark": (GOOD.encode("utf-16-le"), "UTF-16"),
    "tab": (changed("    name: P\n", "\tname: P\n"), ":13:"),
    "empty": (b"", "leer"),
    "blank": (b" \n\n", "leer"),
    "only a mark": (b"\xef\xbb\xbf", "leer"),
    "no model": (b"- 1\n- 2\n", ":1:1"),
    "ten megabytes": (b"# " + b"x" * 10_000_001, "10.000.000"),
    "bomb of aliases": (
        b"a: &a [x, x, x, x, x, x, x, x, x]\n"
        + b"".join(
            f"{c}: &{c} [{', '.join(['*' + p] * 9)}]\n".encode() for p, c in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        ":1:",
    ),
    "deep nesting": (b"a: " + b"[" * 100_000, ":1:"),
    "tag of Python": (changed("title: M", "title: !!python/object/apply:os.system [ls]"), ":4:"),
    "missing include": (changed("id: m\n", "id: m\ninclude: [absent.yaml]\n"), "absent.yaml"),
    "include outside": (changed("id: m\n", "id: m\ninclude: [../../etc/passwd]\n"), ":4:"),
    "absolute include": (changed("id: m\n", "id: m\ninclude: [/etc/passwd]\n"), ":4:"),
    "include of itself": (changed("id: m\n", "id: m\ninclude: [model.yaml]\n"), ":4:"),
    "compressed": (b"\x1f\x8b\x08\x00" + bytes(100), "gzip"),
    "workbook": (b"PK\x03\x04" + bytes(100), "ZIP"),
    "impossible date": (changed("state: as_is", "state: as_is\nas_of: 2025-02-30"), ":6:"),
    "huge number": (changed("kind: school_authority", f"kind: school_authority, capacity: {'9' * 5000}"), ":7:"),
    "twenty thousand problems": (b"format: ankunft/1\n" + b"".join(b"k%d: 1\n" % n for n in range(20_000)), "weitere"),
}
JSON_CASES: dict[str, tuple[bytes, str]] = {
    "depth": (b'{"a":' * 5_000, ":1:"),
    "key twice": (b'{"id": "a", "id": "b"}', ":1:"),
    "not a number": (b'{"id": NaN}', ":1:"),
    "cut off": (b'{"format": "ankunft/1", "id"', ":1:"),
    "YAML in a JSON file": (GOOD.encode(), ":2:"),
}
_BPMN = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">'
BPMN_CASES: dict[str, tuple[bytes, str]] = {
    "external entity": (
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions>&x;</definitions>',
        "DOCTYPE",
    ),
    "billion laughs": (
        b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (c, (b"&%c;" % (c - 1)) * 10) for c in b"bcdefghij")
        + b"]><d>&j;</d>",
        "",
    ),
    "depth": (b"<a>" * 5_000, ""),
    "many attributes": (_BPMN[:-1] + b"".join(b' a%d="1"' % n for n in range(100_000)) + b"/>", ""),
    "a million elements": (_BPMN + b"<a/>" * 1_000_000 + b"</definitions>", ""),
    "cut off": (_BPMN + b"<process>", ""),
    "JSON in a BPMN file": (b"{}", ""),
}
CASES = [
    *((f"model{suffix}", name, *case)
      for suffix, cases in ((".yaml", YAML_CASES), (".json", JSON_CASES), (".bpmn", BPMN_CASES))
      for name, case in cases.items())
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "name", "content", "said"), CASES, ids=[f"{name} ({file})" for file, name, *_ in CASES]
)
def test_bad_input_is_one_clear_message_within_time_and_memory(
    tmp_path: Path, file: str, name: str, content: bytes, said: str
) -> None:
    (tmp_path / file).write_bytes(content)

    answer = limited_program("export", file, "-o", "out.svg", folder=tmp_path)

    assert answer.status == 2, answer.err[-2_000:]
    assert answer.out == ""
    assert answer.err.startswith(file)
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert "Interner Fehler" not in answer.err
    assert len(answer.err) < 50_000
    assert [path.name for path in tmp_path.iterdir()] == [file]


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode(), GOOD.encode("utf-16")],
    ids=["byte order mark", "line ends of Windows", "UTF-16 with its mark"],
)  # fmt: skip
def test_what_editors_of_windows_write_is_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.yaml").write_bytes(content)

    answer = limited_program("export", "model.yaml", "-o", "out.svg", folder=tmp_path)

    assert (answer.status, answer.err) == (0, "Geschrieben: out.svg\n")


@pytest.mark.parametrize("file", ["absent.yaml", "folder.yaml", "model.txt", "/dev/zero"])
def test_what_is_no_model_file_is_told(tmp_path: Path, file: str) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "model.txt").write_text(GOOD, encoding="utf-8")

    answer = limited_program("check", file, "--format", "json", folder=tmp_path)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"{file}: ")
    assert len(answer.err.splitlines()) == 1


def test_messages_are_ours_and_not_those_of_a_library(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_bytes(changed("PT1H", "{min: bald, max: 1}"))

    answer = limited_program("check", "model.yaml", folder=tmp_path)

    assert answer.status == 2
    assert "ValidationError" not in answer.err
    assert "errors.pydantic.dev" not in answer.err
