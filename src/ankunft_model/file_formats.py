"""Which format a file has that somebody gave by mistake, as far as its first bytes tell."""

from __future__ import annotations

from typing import Final

_NAME_BY_BEGINNING: Final = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP (.xlsx, .docx, .zip)"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office (.xls, .doc)"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_BPMN: Final = "//www.omg.org/spec/BPMN/2"
"""Part of the namespaces of BPMN 2.0; there is no BPMN file without it."""
_LOOKED_AT: Final = 4_000


def name_of_other_format(data: bytes) -> str | None:
    r"""Return the name of the format of a file that is no text; None if it may be text.

    Example:
        >>> name_of_other_format(b"%PDF-1.7"), name_of_other_format(b"format: ankunft/1\n")
        ('PDF', None)
    """
    return next((name for beginning, name in _NAME_BY_BEGINNING if data.startswith(beginning)), None)


def is_xml(text: str) -> bool:
    """Return whether a text is XML or HTML: no YAML and no JSON of ours begins with a tag.

    Example:
        >>> is_xml("  <definitions/>"), is_xml("a: <b>")
        (True, False)
    """
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def is_bpmn(text: str) -> bool:
    """Return whether XML looks like BPMN 2.0.

    Example:
        >>> is_bpmn('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'), is_bpmn("<svg/>")
        (True, False)
    """
    return _BPMN in text[:_LOOKED_AT]
