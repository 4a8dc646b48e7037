"""BPMN inside a ZIP or a message of XProzess."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest

from ankunft_model.errors import SourceError
from ankunft_model.sources.bpmn import read_bpmn
from ankunft_model.sources.bpmn_archive import MAX_ENTRIES
from ankunft_model.sources.file_bytes import MAX_BYTES

BPMN = (
    b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x">'
    b'<process id="p" name="P"><task id="t" name="T"/></process></definitions>'
)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """Return an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(
                zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED
            )  # without the clock, which would name the test
    return stream.getvalue()


def xprozess(*contents: bytes, element: str = "inhalt") -> bytes:
    """Return a message with files of process models."""
    files = "".join(
        f"<x:prozessmodelldatei><x:dateiname>m</x:dateiname><x:{element}>{base64.encodebytes(content).decode()}"
        f"</x:{element}></x:prozessmodelldatei>"
        for content in contents
    )
    head = '<x:alleInhalteExport0303 xmlns:x="urn:xoev-de:mv:em:standard:xprozess_2"><x:prozess><x:prozessmodell>'
    return f"{head}{files}</x:prozessmodell></x:prozess></x:alleInhalteExport0303>".encode()


def codes(data: bytes) -> list[str]:
    with pytest.raises(SourceError) as caught:
        read_bpmn(data)
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    "data",
    [
        zipped(("a.bpmn", BPMN)),
        zipped(("ordner/", b""), ("ordner/bild.svg", b"<svg/>"), ("ordner/prozess.xml", BPMN)),
        zipped(("andere.xml", b"<a/>"), ("a.bpmn20.xml", BPMN)),
        xprozess(zipped(("modell.bpmn", BPMN))),
        xprozess(BPMN),
        xprozess(b"%PDF-1.7", zipped(("modell.bpmn", BPMN))),
    ],
)
def test_the_one_bpmn_file_inside_is_read(data: bytes) -> None:
    assert read_bpmn(data) == read_bpmn(BPMN)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped(), "no-bpmn-inside"),
        (zipped(("a.txt", BPMN)), "no-bpmn-inside"),
        (zipped(("a.bpmn", BPMN), ("b.bpmn", BPMN)), "several-bpmn-inside"),
        (xprozess(zipped(("a.bpmn", BPMN)), zipped(("b.bpmn", BPMN))), "several-bpmn-inside"),
        (xprozess(b"%PDF-1.7"), "no-bpmn-inside"),
        (xprozess(BPMN).replace(b"<x:inhalt>", b"<x:inhalt>!"), "broken-archive"),
        (zipped(*((f"{number}.bpmn", BPMN) for number in range(MAX_ENTRIES + 1))), "too-many-entries"),
        (zipped(("../../etc/a.bpmn", BPMN)), "path-in-archive"),
        (zipped(("/etc/a.bpmn", BPMN)), "path-in-archive"),
        (zipped(("C:\\a.bpmn", BPMN)), "path-in-archive"),
        (zipped(("a.bpmn", b" " * (MAX_BYTES + 1))), "file-too-large"),
        (zipped(("a.bpmn", b" " * 5_000_000)), "file-too-large"),  # packed a thousandfold
        (zipped(("a.bpmn", BPMN))[:60], "broken-archive"),
        (zipped(("a.bpmn", b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + BPMN)), "document-type-declaration"),
    ],
    ids=lambda value: value if isinstance(value, str) else "archive",
)
def test_hostile_and_unclear_archives_are_refused(data: bytes, code: str) -> None:
    assert codes(data) == [code]


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    data = zipped(("a.bpmn", b" " * 200_000 + BPMN))
    size = (200_000 + len(BPMN)).to_bytes(4, "little")
    assert data.count(size) == 2

    assert codes(data.replace(size, (500).to_bytes(4, "little"))) == ["broken-archive"]


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(zipped(("a.bpmn", BPMN)))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert codes(bytes(data)) == ["encrypted-archive"]
