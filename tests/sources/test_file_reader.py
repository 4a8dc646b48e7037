"""Reading files: everything that is wrong is said at once, with its place; nothing ends in a traceback."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from ankunft_model.errors import MAX_SHOWN_PROBLEMS, SourceError
from ankunft_model.sources.file_reader import read, read_text
from ankunft_model.sources.validation import MAX_PROBLEMS

HEAD = """\
format: ankunft/1
id: test
title: Test
state: as_is
"""
ACTORS = """\
actors:
  person: {name: Person, kind: person}
  abh: {name: Ausländerbehörde, kind: immigration_office}
"""
PROCESS = """\
processes:
  p:
    name: Prozess
    nodes:
      start: {type: start, actor: person, next: work}
      work: {name: Arbeiten, actor: abh, next: end}
      end: {type: end}
"""
SOUND = HEAD + ACTORS + PROCESS


def problems_of(text: str, suffix: str = ".yaml") -> list[tuple[str, int | None, str]]:
    """Return code, line and path of every problem."""
    with pytest.raises(SourceError) as caught:
        read_text(text, suffix=suffix)
    return [(problem.code, problem.location.line, problem.location.path) for problem in caught.value.problems]


def messages_of(text: str) -> str:
    with pytest.raises(SourceError) as caught:
        read_text(text, suffix=".yaml")
    german, english = caught.value.in_language("de"), str(caught.value)
    for internal in ("pydantic", "function-", "literal[", "Traceback", "validat", "_type"):
        assert internal not in german + english
    return f"{german}\n{english}"


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "modell.yaml"
    path.write_text(SOUND, encoding="utf-8")

    model = read(path)

    assert model.actors["abh"].label() == "Ausländerbehörde"
    assert not model.systems.is_stated


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "kind: person",
            "knd: person",
            [("missing-key", 6, "actors.person.kind"), ("unknown-key", 6, "actors.person.knd")],
        ),
        ("actor: abh", "actor: ahb", [("unknown-reference", 13, "processes.p.nodes.work.actor")]),
        ("next: end", "next: ende", [("unknown-reference", 13, "processes.p.nodes.work.next")]),
        ("actor: abh", "actor: abh, wait: 14 Tage", [("malformed-duration", 13, "processes.p.nodes.work.wait")]),
        ("actor: abh", "actor: abh, channel: mail", [("unknown-word", 13, "processes.p.nodes.work.channel")]),
        ("actor: abh", "actor: abh, needs: [x, x]", [("duplicate-entry", 13, "processes.p.nodes.work.needs")]),
        ("actor: abh", "actor: abh, wait: ", [("empty-value", 13, "processes.p.nodes.work.wait")]),
        ("actor: abh", "actor: {a: b}", [("wrong-type", 13, "processes.p.nodes.work.actor")]),
        ("type: end", "type: ende", [("unknown-word", 14, "processes.p.nodes.end.type")]),
        ("state: as_is", "state: ist", [("unknown-word", 4, "state")]),
        ("state: as_is\n", "", [("missing-key", 1, "state")]),
        ("id: test", "id: Test", [("malformed-id", 2, "id")]),
        ("format: ankunft/1\n", "", [("missing-key", 1, "format")]),
        ("format: ankunft/1", "format: ankunft/2", [("newer-format", 1, "format")]),
        ("format: ankunft/1", "format: bpmn", [("unknown-format", 1, "format")]),
        ("kind: person", "kind: person, origin: de-2025", [("unknown-key", 6, "actors.person.origin")]),
        ("kind: person", "kind: person, id: mensch", [("id-mismatch", 6, "actors.person.id")]),
        ("kind: person", "kind: person, part_of: person", [("cycle", 6, "actors.person.part_of")]),
        ("state: as_is", "state: as_is\nsystems: [a]", [("wrong-type", 5, "systems")]),
        ("state: as_is", "state: as_is\nsystems:", [("empty-value", 5, "systems")]),
        ("state: as_is", "state: as_is\ninclude: [a.yaml]", [("include-without-file", 5, "include")]),
    ],
)
def test_each_mistake_is_one_problem_at_its_place(before: str, after: str, expected: list[Any]) -> None:
    assert before in SOUND

    assert problems_of(SOUND.replace(before, after, 1)) == expected


def test_all_problems_are_reported_at_once_in_the_order_of_the_file_without_followers() -> None:
    text = (
        HEAD
        + """\
actors:
  person: {name: Person, kind: person}
  abh: {nme: ABH, kind: immigration_office, part_of: krei}
  kreis: {name: Kreis}
systems:
  register: {name: Register, operated_by: abh, readers: [abh, {actor: kreis, used: ja}]}
data:
  name: {name: Name, category: identiy}
  status: [Status]
processes:
  p:
    name: Prozess
    domain: helth
    nodes:
      start: {type: start, actor: person, next: work}
      work: {name: Arbeiten, actor: abhh, needs: [name, status, adress], next: end}
      end: {type: endd}
    handovers:
      - {from: work, to: end}
"""
    )

    assert problems_of(text) == [
        ("missing-key", 7, "actors.abh.name"),
        ("unknown-key", 7, "actors.abh.nme"),
        ("unknown-reference", 7, "actors.abh.part_of"),
        ("missing-key", 8, "actors.kreis.kind"),
        ("malformed-flag", 10, "systems.register.readers[1].used"),
        ("unknown-word", 12, "data.name.category"),
        ("wrong-type", 13, "data.status"),
        ("unknown-word", 17, "processes.p.domain"),
        ("unknown-reference", 20, "processes.p.nodes.work.actor"),
        ("unknown-reference", 20, "processes.p.nodes.work.needs[2]"),
        ("unknown-word", 21, "processes.p.nodes.end.type"),
        ("missing-key", 23, "processes.p.handovers[0].id"),
    ]


def test_messages_name_what_was_probably_meant() -> None:
    text = SOUND.replace("kind: immigration_office", "knd: immigration_office").replace("actor: abh", "actor: ahb")

    told = messages_of(text)

    for part in ("„kind“", "'kind'", "gemeint ist wohl „abh“", "did you mean 'abh'"):
        assert part in told


def test_a_comma_in_a_text_without_quotes_is_guessed() -> None:
    text = SOUND.replace("processes:", "legal_bases:\n  l: {cite: AsylG §§ 19, 22, kind: statute}\nprocesses:", 1)

    told = messages_of(text)

    assert "Fehlen um den Text davor die Anführungszeichen?" in told
    assert "missing quotes?" in told


def test_an_empty_value_says_what_to_write() -> None:
    told = messages_of(SOUND.replace("kind: person", "kind: person, part_of: "))

    for part in ("none", "unknown", "löschen"):
        assert part in told


def test_long_values_are_not_repeated() -> None:
    secret = "Geheim " * 50

    told = messages_of(SOUND.replace("actor: abh", f'actor: abh, wait: "{secret}"'))

    assert len(told) < 600


def test_json_has_places_too() -> None:
    text = json.dumps({"format": "ankunft/1", "id": "m", "titel": "M", "state": "as_is", "processes": {}}, indent=1)

    assert ("unknown-key", 4, "titel") in problems_of(text, ".json")


@pytest.mark.parametrize("text", ["- a\n- b\n", "hello\n", "[]"])
def test_what_is_no_mapping_is_no_model(text: str) -> None:
    assert [code for code, *_ in problems_of(text)] == ["wrong-type"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leer.yaml", b""),
        ("nur_leer.yaml", b"\n  \n# nichts\n"),
        ("latin1.yaml", SOUND.encode("latin-1")),
        ("tabs.yaml", SOUND.replace("  person", "\tperson").encode()),
        ("doppelt.yaml", (SOUND + "id: noch_einmal\n").encode()),
        ("anker.yaml", ("a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9))).encode()),
        ("tief.yaml", b"[" * 100_000),
        ("tag.yaml", b"!!python/object/apply:os.system [ls]"),
        ("gross.yaml", b"#" + b"x" * 10_000_001),
        ("steuer.yaml", SOUND.replace("Arbeiten", "Arbei\x07ten").encode()),
        ("tief.json", b"[" * 200_000),
        ("doppelt.json", b'{"id": 1, "id": 2}'),
        ("unendlich.json", b'{"id": NaN}'),
        ("zahl.json", b'{"id": ' + b"9" * 1_000_000 + b"}"),
        ("modell.xlsx", b"PK\x03\x04"),
        ("modell.txt", SOUND.encode()),
        ("modell.bpmn", b"<a/>"),
        ("modell.bpmn", b"\x1f\x8b\x00"),
        ("fehlt.yaml", None),
    ],
)
def test_unusable_files_are_refused_with_a_message_in_time(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    began = time.monotonic()

    with pytest.raises(SourceError) as caught:
        read(path)

    assert time.monotonic() - began < 5
    assert caught.value.problems[0].location.file is not None
    assert len(caught.value.in_language("de")) > 20


def test_a_byte_order_mark_and_windows_line_ends_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())

    assert read(path) == read_text(SOUND, suffix=".yaml")


def test_a_hundred_thousand_mistakes_are_cut_off_in_time() -> None:
    wrong = "".join(f"  d{number}: {{nam: x}}\n" for number in range(50_000))
    began = time.process_time()

    with pytest.raises(SourceError) as caught:
        read_text(HEAD + "data:\n" + wrong + PROCESS, suffix=".yaml")

    assert time.process_time() - began < 20
    assert len(caught.value.problems) <= 2 * MAX_PROBLEMS
    assert caught.value.in_language("de").count("\n") == MAX_SHOWN_PROBLEMS


def test_very_many_unknown_ids_are_found_in_time() -> None:
    nodes = "".join(f"      n{number}: {{name: N, next: m{number}}}\n" for number in range(3000))
    began = time.monotonic()

    found = problems_of(HEAD + "processes:\n  p:\n    name: P\n    nodes:\n" + nodes)

    assert {code for code, *_ in found} == {"unknown-reference"}
    assert time.monotonic() - began < 10


def test_a_long_chain_is_read() -> None:
    chain = "".join(f"      n{number}: {{name: N, next: n{number + 1}}}\n" for number in range(3000))

    text = HEAD + "processes:\n  p:\n    name: P\n    nodes:\n" + chain + "      n3000: {type: end}\n"

    model = read_text(text, suffix=".yaml")

    assert len(model.nodes) == 3001
