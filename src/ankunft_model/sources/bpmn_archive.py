"""The BPMN file inside something else: a ZIP, or a message of XProzess that holds a ZIP.

XProzess is the German standard for exchanging processes of the administration; it puts the model of a process as a
ZIP, written in base64, into the element `prozessmodelldatei`.

Source: XProzess 2.0 (KoSIT/FITKO), type Datei.
"""

from __future__ import annotations

import base64
import binascii
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable
from typing import Final

from ankunft_model.bpmn_xml.document import Node, parse_fragment
from ankunft_model.bpmn_xml.namespaces import MODEL
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.sources.file_bytes import MAX_BYTES
from ankunft_model.wording import Wording

MAX_ENTRIES: Final = 200
"""An archive may have so many entries."""
MAX_RATIO: Final = 200
"""A packed file may become so many times as large."""

_UNPACKING_ERRORS: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
"""What unpacking raises for a damaged archive, or one in a form that Python does not know."""
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_MODEL_FILE: Final = "prozessmodelldatei"
_MODEL_FILE_AS_BYTES: Final = b"rozessmodelldatei"
_NAMESPACE: Final = MODEL.encode()
_ENDINGS: Final = (".bpmn", ".bpmn20", ".xml")


def bpmn_inside(data: bytes, *, file: str | None) -> bytes:
    """Return the BPMN file that `data` holds; `data` itself if it is neither a ZIP nor a message of XProzess.

    Raises:
        SourceError: The archive is hostile, broken or encrypted, or holds no BPMN file, or several.
    """
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _only(_of_zip(data, file), file)
    if _MODEL_FILE_AS_BYTES in data and _NAMESPACE not in data:
        found: list[tuple[str, bytes]] = []
        for number, content in enumerate(_of_message(parse_fragment(data), file), start=1):
            if content.startswith(_ZIP):
                found += _of_zip(content, file)
            elif _NAMESPACE in content:
                found.append((f"{_MODEL_FILE} {number}", content))
        return _only(found, file)
    return data


def _of_message(root: Node, file: str | None) -> Iterable[bytes]:
    """Yield the contents of the model files of a message."""
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag.rpartition("}")[2].lower() == _MODEL_FILE:
            inner = [one for one in node.iter() if isinstance(one.tag, str) and not len(one)]
            texts = [one for one in inner if one.tag.rpartition("}")[2].lower() in ("inhalt", "content")] or inner
            for one in texts:
                text = "".join((one.text or "").split())
                if not text:
                    continue
                try:
                    yield base64.b64decode(text, validate=True)
                except (binascii.Error, ValueError) as error:
                    if one.tag.rpartition("}")[2].lower() in ("inhalt", "content"):
                        raise _refusal(
                            "broken-archive",
                            Wording(
                                de="Der Inhalt von „prozessmodelldatei“ ist nicht in base64 geschrieben. "
                                "Bitte neu exportieren.",
                                en="The content of 'prozessmodelldatei' is not written in base64. "
                                "Please export it again.",
                            ),
                            file,
                        ) from error


def _of_zip(data: bytes, file: str | None) -> list[tuple[str, bytes]]:
    """Return names and contents of the BPMN files in an archive."""
    found: list[tuple[str, bytes]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_hostile(entries, file)
            left = MAX_BYTES
            for entry in entries:
                if entry.is_dir() or not entry.filename.lower().endswith(_ENDINGS):
                    continue
                with archive.open(entry) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _too_large(file)
                if _NAMESPACE in content or _NAMESPACE.decode().encode("utf-16-le") in content:
                    found.append((entry.filename, content))
    except _UNPACKING_ERRORS as error:
        raise _broken(file) from error
    return found


def _refuse_hostile(entries: list[zipfile.ZipInfo], file: str | None) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _refusal(
            "too-many-entries",
            Wording(
                de=f"Das Archiv hat {len(entries)} Einträge; gelesen werden höchstens {MAX_ENTRIES}.",
                en=f"The archive has {len(entries)} entries; at most {MAX_ENTRIES} are read.",
            ),
            file,
        )
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or not parts[0] or ":" in parts[0] or "\x00" in entry.filename:
            raise _refusal(
                "path-in-archive",
                Wording(
                    de="Das Archiv enthält einen Eintrag, dessen Name aus dem Ordner hinausführt; "
                    "so packt kein Modellierungsprogramm.",
                    en="The archive has an entry whose name leads out of its folder; no modelling tool packs so.",
                ),
                file,
            )
        if entry.flag_bits & 1:
            raise _refusal(
                "encrypted-archive",
                Wording(
                    de="Das Archiv ist verschlüsselt. Bitte ohne Kennwort packen.",
                    en="The archive is encrypted. Please pack it without a password.",
                ),
                file,
            )
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > MAX_BYTES or total > MAX_RATIO * max(packed, 1):
        raise _too_large(file)


def _only(found: list[tuple[str, bytes]], file: str | None) -> bytes:
    if len(found) == 1:
        return found[0][1]
    if not found:
        raise _refusal(
            "no-bpmn-inside",
            Wording(
                de="Das Archiv enthält keine BPMN-2.0-Datei (.bpmn oder .xml).",
                en="The archive holds no BPMN 2.0 file (.bpmn or .xml).",
            ),
            file,
        )
    names = ", ".join(name[-60:] for name, _ in found[:10])
    raise _refusal(
        "several-bpmn-inside",
        Wording(
            de=f"Das Archiv enthält {len(found)} BPMN-Dateien ({names}); gelesen wird genau eine. "
            "Bitte auspacken und die gewünschte nennen.",
            en=f"The archive holds {len(found)} BPMN files ({names}); exactly one is read. "
            "Please unpack it and name the one you want.",
        ),
        file,
    )


def _broken(file: str | None) -> SourceError:
    return _refusal(
        "broken-archive",
        Wording(
            de="Das Archiv ist beschädigt oder in einer Form, die nicht gelesen wird. Bitte neu packen (ZIP).",
            en="The archive is damaged or of a form that is not read. Please pack it again (ZIP).",
        ),
        file,
    )


def _too_large(file: str | None) -> SourceError:
    german = f"{MAX_BYTES:,}".replace(",", ".")
    return _refusal(
        "file-too-large",
        Wording(
            de=f"Ausgepackt wäre der Inhalt des Archivs zu groß; gelesen werden höchstens {german} Byte.",
            en=f"Unpacked, the content of the archive would be too large; at most {MAX_BYTES:,} bytes are read.",
        ),
        file,
    )


def _refusal(code: str, wording: Wording, file: str | None) -> SourceError:
    return SourceError([Problem(code, wording, Location(file))])
