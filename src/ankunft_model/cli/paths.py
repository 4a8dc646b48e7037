"""What the commands ask about paths before they write."""

from __future__ import annotations

from pathlib import Path

from ankunft_model.errors import Location, OutputError
from ankunft_model.sources.file_bytes import shown_name
from ankunft_model.wording import Wording


def refuse_same_file(source: str, output: str) -> None:
    """Raise if `output` is the file that is read: comments and form of the original would be lost.

    Raises:
        OutputError: they are the same.
    """
    try:
        same = Path(source).samefile(output)
    except (OSError, ValueError):  # one of them does not exist, or is no path at all: reading or writing will say so
        return
    if same:
        raise OutputError(
            Wording(
                de="Das ist die Datei, die gelesen wird; sie würde überschrieben. Bitte einen anderen Namen nehmen.",
                en="this is the file that is read; it would be overwritten. Please take another name.",
            ),
            location=Location(shown_name(output)),
        )
