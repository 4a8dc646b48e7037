"""From a path to bytes and from bytes to text: bounded, checked, nothing guessed.

The bytes of a file are read only after its kind and size are known. Text is UTF-8, or UTF-16 with its mark at the
beginning (BOM); other encodings are refused with the place of the first byte that gives them away, because a wrong
guess turns every umlaut into something else without a word.
"""

from __future__ import annotations

import codecs
import os
import stat
from typing import Final, NoReturn, TypeAlias

from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.file_formats import name_of_other_format
from ankunft_model.wording import Wording

MAX_BYTES: Final = 10_000_000
"""A file may be so large; a model of 500 steps has about 0.2 million bytes."""

FilePath: TypeAlias = str | os.PathLike[str]

_UTF_32_MARKS: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT: Final = 400


def shown_name(path: FilePath) -> str:
    """Return the name of a file as the user gave it, fit for messages even if the name is no text."""
    return os.fsencode(path).decode("utf-8", "replace").replace("\n", " ")


def read_bytes(path: FilePath, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of the file at `path`, at least one and at most `limit`.

    Folders, devices, pipes and files that are too large are refused before anything is read.

    Raises:
        SourceError: `file-not-found`, `not-a-file`, `not-readable`, `file-too-large` or `empty-file`.
    """
    file = shown_name(path)
    try:
        _refuse_by_status(os.stat(path), file, limit)  # noqa: PTH116 - `path` may be a string that no Path can be
        # Between looking and opening, a pipe may have taken the file's place: opening must not wait for a writer.
        descriptor = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        )
        with os.fdopen(descriptor, "rb") as stream:
            _refuse_by_status(os.fstat(descriptor), file, limit)
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _unreadable(error, file) from error
    if len(data) > limit:
        _refuse_as_too_large(len(data), file, limit)
    if not data:
        _refuse("empty-file", _empty(), file)
    return data


def decode(data: bytes, *, file: str | None) -> str:
    r"""Return the text of a file, in NFC, without byte order mark, every line ended by `\n`.

    Raises:
        SourceError: `empty-file`, `not-a-text-file`, `unknown-encoding`, `not-utf-8`, or one problem per forbidden
            character (`control-character`, `bidirectional-control`, `lone-surrogate`), with line and column.

    Example:
        >>> decode(b"\xef\xbb\xbfname: D\xc3\xbcren\r\n", file="a.yaml")
        'name: Düren\n'
    """
    name = name_of_other_format(data)
    if name is not None:
        _refuse("not-a-text-file", _other_format(name), file)
    if data.startswith(_UTF_16_MARKS) and not data.startswith(_UTF_32_MARKS):
        text = _decoded(data, "utf-16", file)
    elif data.startswith(_UTF_32_MARKS) or _looks_wide(data):
        _refuse("unknown-encoding", _wide_encoding(), file)
    else:
        text = _decoded(data.removeprefix(codecs.BOM_UTF8), "utf-8", file)
    text = checked_text(text, file=file)
    if not text.strip():
        _refuse("empty-file", _empty(), file)
    return text


def checked_text(text: str, *, file: str | None) -> str:
    r"""Return `text` in NFC, without byte order mark, every line ended by `\n`.

    Raises:
        SourceError: One problem per forbidden character.
    """
    # here, because the room of the model loads pydantic: reading the bytes of a foreign file does not need that
    from ankunft_model.model.characters import as_nfc, forbidden_character_problems

    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")

    problems = forbidden_character_problems(text, file=file)
    if problems:
        raise SourceError(problems)
    return as_nfc(text)


def _refuse_by_status(status: os.stat_result, file: str, limit: int) -> None:
    """Raise if this is no ordinary file, or a too large one."""
    if stat.S_ISDIR(status.st_mode):
        _refuse(
            "not-a-file",
            Wording(
                de="Das ist ein Ordner. Erwartet wird eine Datei; bitte die Datei in dem Ordner nennen.",
                en="This is a folder. A file is expected; please name the file in the folder.",
            ),
            file,
        )
    if not stat.S_ISREG(status.st_mode):
        _refuse(
            "not-a-file",
            Wording(
                de="Das ist ein Gerät, eine Leitung (Pipe) oder ein Anschluss (Socket). "
                "Erwartet wird eine Datei; bitte den Inhalt zuerst in einer Datei speichern.",
                en="This is a device, a pipe or a socket. A file is expected; please save the content to a file first.",
            ),
            file,
        )
    if status.st_size > limit:
        _refuse_as_too_large(status.st_size, file, limit)


def _unreadable(error: OSError | ValueError, file: str) -> SourceError:
    """Return what to say when the system refuses to open or read a file."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _error(
            "file-not-found",
            Wording(
                de="Diese Datei gibt es nicht. Bitte Schreibweise, Endung und Ordner prüfen.",
                en="There is no such file. Please check spelling, suffix and folder.",
            ),
            file,
        )
    if isinstance(error, PermissionError):
        return _error(
            "not-readable",
            Wording(
                de="Diese Datei darf nicht gelesen werden (keine Berechtigung). "
                "Bitte die Rechte prüfen; vielleicht ist sie in einem anderen Programm geöffnet.",
                en="This file may not be read (no permission). "
                "Please check the permissions; perhaps another program has it open.",
            ),
            file,
        )
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return _error(
        "not-readable",
        Wording(
            de=f"Diese Datei lässt sich nicht lesen; das System meldet: {reason}. Bitte Namen und Datenträger prüfen.",
            en=f"This file cannot be read; the system says: {reason}. Please check the name and the disk.",
        ),
        file,
    )


def _refuse_as_too_large(size: int, file: str, limit: int) -> NoReturn:
    german, german_limit = (f"{number:,}".replace(",", ".") for number in (size, limit))
    _refuse(
        "file-too-large",
        Wording(
            de=f"Die Datei hat {german} Byte; gelesen werden höchstens {german_limit}. "
            "Bitte in mehrere Dateien teilen oder prüfen, ob es die richtige ist.",
            en=f"The file has {size:,} bytes; at most {limit:,} are read. "
            "Please split it, or check that it is the right one.",
        ),
        file,
    )


def _looks_wide(data: bytes) -> bool:
    """Return whether every other byte at the beginning is zero, as in UTF-16 and UTF-32 of Latin letters."""
    beginning = data[:_LOOKED_AT]
    zeros = beginning[::2].count(0), beginning[1::2].count(0)
    return len(beginning) >= 2 and max(zeros) * 4 > len(beginning) and min(zeros) * 3 < len(beginning)


def _decoded(data: bytes, encoding: str, file: str | None) -> str:
    """Return `data` decoded, or raise with line and column of the first byte that does not fit."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        byte = error.object[error.start]
        found = f"Byte {byte:#04x}"
        code = "not-utf-8" if encoding == "utf-8" else "not-utf-16"
        name = encoding.upper()
        raise SourceError(
            [
                Problem(
                    code,
                    Wording(
                        de=f"Ab hier ist die Datei nicht in {name} ({found}). Vielleicht wurde sie als Windows-1252 "
                        "oder Latin-1 („ANSI“) gespeichert oder abgeschnitten. Bitte als UTF-8 speichern.",
                        en=f"From here the file is not {name} ({found}). Perhaps it was saved as Windows-1252 "
                        'or Latin-1 ("ANSI"), or cut off. Please save it as UTF-8.',
                    ),
                    Location(file, line, column),
                )
            ]
        ) from error


def _empty() -> Wording:
    return Wording(
        de="Die Datei ist leer. Erwartet wird ein Modell; bitte prüfen, ob sie richtig gespeichert wurde.",
        en="The file is empty. A model is expected; please check that it was saved properly.",
    )


def _other_format(name: str) -> Wording:
    return Wording(
        de=f"Die Datei ist im Format {name}, kein Text. "
        "Bitte entpacken oder in dem Programm, aus dem sie stammt, als Textdatei (UTF-8) speichern.",
        en=f"The file is {name}, not text. "
        "Please unpack it, or save it as text (UTF-8) in the program that it comes from.",
    )


def _wide_encoding() -> Wording:
    return Wording(
        de="Die Datei ist in UTF-16 ohne Kennzeichen am Anfang (BOM) oder in UTF-32. Bitte als UTF-8 speichern.",
        en="The file is UTF-16 without byte order mark, or UTF-32. Please save it as UTF-8.",
    )


def _refuse(code: str, wording: Wording, file: str | None) -> NoReturn:
    raise _error(code, wording, file)


def _error(code: str, wording: Wording, file: str | None) -> SourceError:
    return SourceError([Problem(code, wording, Location(file))])
