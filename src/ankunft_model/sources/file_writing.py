"""Writing a file as a whole: afterwards the new content stands there, or the old one, never half of it."""

from __future__ import annotations

import os
import stat
from itertools import count
from pathlib import Path
from typing import Final, NoReturn

from ankunft_model.errors import Location, OutputError
from ankunft_model.sources.file_bytes import FilePath, shown_name
from ankunft_model.wording import Wording

_MOST_TRIES: Final = 1_000
_KEPT_OF_NAME: Final = 40
"""Characters of the name in the name of the temporary file; systems allow 255 bytes in all."""


def write_text_atomically(path: FilePath, text: str) -> None:
    r"""Write `text` to `path` in UTF-8, line ends as they are in `text`, on every system.

    Raises:
        OutputError: The file could not be written, or `text` holds half surrogates; what stood there is untouched.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        position = error.start
        raise _failure(path, f"character {position + 1} is half a surrogate pair") from error
    write_bytes_atomically(path, data)


def write_bytes_atomically(path: FilePath, data: bytes) -> None:
    """Write `data` to `path`: first to a new file in the same folder, which then takes the place of the old one.

    A symbolic link stays and its target is renewed; the permissions of an existing file are kept.

    Raises:
        OutputError: The file could not be written; what stood there is untouched and nothing else is left behind.
    """
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_of_existing(target, path)
        _replace(target, data, mode)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _failure(path, reason) from error


def _mode_of_existing(target: Path, path: FilePath) -> int | None:
    """Return the permissions of the file that is to be replaced, or None if there is none."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        _refuse(path, de="das ist ein Ordner; bitte einen Dateinamen nennen", en="it is a folder; please name a file")
    if not stat.S_ISREG(mode):
        _refuse(path, de="das ist ein Gerät oder eine Leitung (Pipe)", en="it is a device or a pipe")
    return stat.S_IMODE(mode)


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    """Write a temporary file beside `target` and let it take its place."""
    temporary, descriptor = _open_beside(target)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _open_beside(target: Path) -> tuple[Path, int]:
    """Return a new file in the folder of `target`, open for writing, with the usual permissions of new files."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    for number in count():
        temporary = target.with_name(f".{target.name[:_KEPT_OF_NAME]}.{os.getpid()}-{number}.part")
        try:
            return temporary, os.open(temporary, flags, 0o666)
        except FileExistsError:
            if number >= _MOST_TRIES:
                raise
    raise AssertionError("count() does not end")


def _refuse(path: FilePath, *, de: str, en: str) -> NoReturn:
    file = shown_name(path)
    raise OutputError(
        Wording(de=f"Hierhin lässt sich nicht schreiben: {de}.", en=f"This cannot be written to: {en}."),
        location=Location(file),
    )


def _failure(path: FilePath, reason: str) -> OutputError:
    """Return what to say when the system refuses to write."""
    return OutputError(
        Wording(
            de=f"Die Datei wurde nicht geschrieben; das System meldet: {reason}. Bitte Ordner, Rechte und freien "
            "Speicherplatz prüfen. Was dort stand, ist unverändert.",
            en=f"The file was not written; the system says: {reason}. Please check folder, permissions and free "
            "space. What stood there is unchanged.",
        ),
        location=Location(shown_name(path)),
    )
