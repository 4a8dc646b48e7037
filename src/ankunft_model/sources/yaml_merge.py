"""A changed model written into the YAML file that its author wrote."""

from __future__ import annotations

import codecs
from pathlib import Path

from ankunft_model.errors import AnkunftError
from ankunft_model.model import ArrivalModel, to_plain
from ankunft_model.sources.file_bytes import FilePath, decode, read_bytes, shown_name
from ankunft_model.sources.file_writer import to_yaml
from ankunft_model.sources.file_writing import write_bytes_atomically
from ankunft_model.sources.text_reader import model_of_file_text
from ankunft_model.sources.yaml_edits import with_changes


def write_into_yaml(path: FilePath, before: ArrivalModel, after: ArrivalModel) -> bool:
    """Write `after` into the YAML file at `path`, which states `before`; comments, order and form stay.

    Returns:
        Whether they could be kept. If the file is written in a way in which small changes cannot be made, it is
        written as a whole, in canonical form.

    Raises:
        SourceError: the file cannot be read any more.
        OutputError: the file could not be written; what stood there is untouched.
    """
    data = read_bytes(path)
    text = decode(data, file=shown_name(path))
    changed = _changed(text, path, before, after)
    written = to_yaml(after) if changed is None else changed
    if b"\r\n" in data:
        written = written.replace("\n", "\r\n")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    write_bytes_atomically(Path(path), mark + written.encode())
    return changed is not None


def _changed(text: str, path: FilePath, before: ArrivalModel, after: ArrivalModel) -> str | None:
    """Return the text with the changes, or None if it would not say what it shall."""
    try:
        changed = with_changes(text, to_plain(before), to_plain(after))
        return changed if model_of_file_text(changed, path) == after else None
    except AnkunftError:
        return None
