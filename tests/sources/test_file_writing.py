"""A file is written as a whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ankunft_model.errors import OutputError
from ankunft_model.sources import file_writing
from ankunft_model.sources.file_writing import write_bytes_atomically, write_text_atomically


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_text_is_written_in_utf_8_with_its_own_line_ends(tmp_path: Path) -> None:
    write_text_atomically(tmp_path / "a.yaml", "Düren\nx\r\n")

    assert (tmp_path / "a.yaml").read_bytes() == "Düren\nx\r\n".encode()
    assert names_in(tmp_path) == ["a.yaml"]


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    path.chmod(0o640)

    write_bytes_atomically(path, b"new")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_and_its_target_is_renewed(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("old")
    (tmp_path / "link.yaml").symlink_to("real.yaml")

    write_bytes_atomically(tmp_path / "link.yaml", b"new")

    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_bytes() == b"new"


def test_what_cannot_be_written_to_is_refused_and_stays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")

    for path in (tmp_path, tmp_path / "missing" / "a.yaml", tmp_path / "file" / "a.yaml", Path(os.devnull), "a\x00b"):
        with pytest.raises(OutputError):
            write_bytes_atomically(path, b"new")

    assert (tmp_path / "file").read_text() == "old"
    assert names_in(tmp_path) == ["file"]
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_text_with_half_a_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_text_atomically(tmp_path / "a.yaml", "x\ud800")

    assert names_in(tmp_path) == []


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")

    def no_space(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file_writing.os, "fsync", no_space)
    with pytest.raises(OutputError, match="No space left on device"):
        write_bytes_atomically(path, b"new")

    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["a.yaml"]
