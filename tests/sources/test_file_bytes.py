"""Whatever lies at a path: its bytes, or what is wrong and what to do."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.errors import SourceError
from ankunft_model.sources.file_bytes import decode, read_bytes


def code_of_reading(path: Path | str, limit: int = 100) -> str:
    with pytest.raises(SourceError) as caught:
        read_bytes(path, limit=limit)
    (problem,) = caught.value.problems
    assert problem.wording.de != problem.wording.en
    return problem.code


def problems_of(data: bytes) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(SourceError) as caught:
        decode(data, file="a.yaml")
    return [(problem.code, problem.location.line, problem.location.column) for problem in caught.value.problems]


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\x00\xff\r\n")

    assert read_bytes(path) == b"\x00\xff\r\n"


def test_a_file_of_just_the_limit_is_read_and_one_more_byte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"

    path.write_bytes(b"x" * 100)
    assert len(read_bytes(path, limit=100)) == 100

    path.write_bytes(b"x" * 101)
    assert code_of_reading(path) == "file-too-large"


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as stream:
        stream.truncate(10**12)

    assert code_of_reading(path) == "file-too-large"


def test_what_is_no_readable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").touch()
    (tmp_path / "loop").symlink_to("loop")

    assert code_of_reading(tmp_path / "missing.yaml") == "file-not-found"
    assert code_of_reading(tmp_path / "empty.yaml" / "x.yaml") == "file-not-found"
    assert code_of_reading(tmp_path) == "not-a-file"
    assert code_of_reading(tmp_path / "empty.yaml") == "empty-file"
    assert code_of_reading(tmp_path / "loop") == "not-readable"
    assert code_of_reading(tmp_path / ("x" * 300)) == "not-readable"
    assert code_of_reading("a\x00b") == "not-readable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_or_a_device_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert code_of_reading(tmp_path / "pipe") == "not-a-file"
    assert code_of_reading(os.devnull) == "not-a-file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x")
    path.chmod(0)

    assert code_of_reading(path) == "not-readable"


def test_the_error_names_the_file_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SourceError, match=r"^sub/\.\./a\.yaml: There is no such file"):
        read_bytes("sub/../a.yaml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_accepted_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode("name: Düren 🏛\r\nx: y\r".encode(encoding), file=None) == "name: Düren 🏛\nx: y\n"


def test_text_comes_in_one_form_of_unicode() -> None:
    assert decode("Du\u0308ren".encode(), file=None) == "Düren"


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).filter(str.strip))
def test_decoding_again_changes_nothing(text: str) -> None:
    once = decode(text.encode(), file=None)

    assert decode(once.encode(), file=None) == once


def test_the_first_byte_that_is_no_utf_8_is_shown_by_line_and_column() -> None:
    assert problems_of("a: ä\nname: Dü".encode() + b"\xfc") == [("not-utf-8", 2, 9)]
    assert problems_of("name: ü".encode()[:-1]) == [("not-utf-8", 1, 7)]


def test_utf_16_that_ends_in_the_middle_is_refused() -> None:
    assert problems_of("a: ä".encode("utf-16")[:-1]) == [("not-utf-16", 1, 4)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_wide_encodings_without_mark_are_refused(encoding: str) -> None:
    assert problems_of("name: Düren\n".encode(encoding)) == [("unknown-encoding", None, None)]


def test_zeros_in_a_text_are_control_characters_and_no_encoding() -> None:
    assert problems_of(b"\0\0\0")[0] == ("control-character", 1, 1)


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x00", "control-character"),
        ("\x1b", "control-character"),
        ("\x85", "control-character"),
        ("\u2028", "control-character"),
        ("\ufeff", "control-character"),
        ("\ufffe", "control-character"),
        ("\u202e", "bidirectional-control"),
        ("\u2066", "bidirectional-control"),
    ],
)
def test_characters_that_nobody_sees_are_shown(character: str, code: str) -> None:
    assert problems_of(f"a: b\nname: x{character}y{character}".encode()) == [(code, 2, 8), (code, 2, 10)]


def test_many_forbidden_characters_are_reported_up_to_a_bound() -> None:
    assert len(problems_of(b"x" + b"\x01" * 1_000)) == 20


@pytest.mark.parametrize(
    "data", [gzip.compress(b"id: x", mtime=0), b"PK\x03\x04xxxx", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1"]
)
def test_other_formats_are_named_instead_of_read(data: bytes) -> None:
    assert problems_of(data) == [("not-a-text-file", None, None)]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\t\r\n"])
def test_a_file_of_nothing_but_space_is_empty(data: bytes) -> None:
    assert problems_of(data) == [("empty-file", None, None)]
