"""The document type declaration of a file: one that declares nothing is left out, any other is refused.

Some tools write `<!DOCTYPE definitions>` or name the DTD of another standard. Nothing is ever fetched for it, and BPMN
has no use for it; what it could do is declare entities, which pull in other files or grow without bound.
"""

from __future__ import annotations

import codecs
from typing import Final
from xml.parsers import expat

_WIDE: Final = {codecs.BOM_UTF16_LE: "utf_16_le", codecs.BOM_UTF16_BE: "utf_16_be"}


class _FoundError(Exception):
    """Stops the parser behind the declaration."""


def without_doctype(data: bytes) -> bytes | None:
    r"""Return the file without its document type declaration; line breaks in it stay.

    None says that the declaration cannot be left out, because it declares something itself, or cannot be read.

    Example:
        >>> without_doctype(b'<!DOCTYPE\na SYSTEM "a.dtd"><a/>'), without_doctype(b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')
        (b'\n<a/>', None)
    """
    parser = expat.ParserCreate()
    end = -1

    def stop(_name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        nonlocal end
        if not has_internal_subset:
            end = parser.CurrentByteIndex  # where the declaration is closed
        raise _FoundError

    parser.StartDoctypeDeclHandler = stop
    try:
        parser.Parse(data, True)  # noqa: FBT003 the name of the argument is not public
    except _FoundError:
        pass
    except (expat.ExpatError, ValueError, LookupError):
        return None
    codec = next((codec for mark, codec in _WIDE.items() if data.startswith(mark)), "ascii")
    begin = data.rfind("<!DOCTYPE".encode(codec), 0, max(end, 0))
    if begin < 0:
        return None
    line_break = "\n".encode(codec)
    behind = end + len(line_break)
    return data[:begin] + line_break * data.count(line_break, begin, behind) + data[behind:]
