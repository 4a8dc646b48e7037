"""Files beside models: the settings that are found for a model file, and accepted findings."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ankunft_model.analysis import Baseline, Settings, parse_settings
from ankunft_model.sources.file_bytes import decode, read_bytes, shown_name

SETTINGS_FILES: Final = ("ankunft.toml", "pyproject.toml")
"""Files that settle how models beside and below them are checked, the stronger one first."""
MAX_SETTINGS_BYTES: Final = 4_000_000
"""A file of settings, or of accepted findings, may be so large."""


def find_settings(path: str | Path) -> Settings:
    """Return what is settled about checking a model file: in the nearest folder above it that settles anything.

    In each folder `ankunft.toml` comes before `[tool.ankunft]` of `pyproject.toml`; what lies further up is not read.

    Raises:
        SourceError: everything that is wrong with the settings.
    """
    for folder in Path(path).absolute().parents:
        for name in SETTINGS_FILES:
            if (folder / name).is_file():
                found = _settings(folder / name)
                if found is not None:
                    return found
    return Settings()


def read_settings(path: str | Path) -> Settings:
    """Return the settings in a file.

    Raises:
        SourceError: everything that is wrong with them.
    """
    return _settings(Path(path)) or Settings(file=str(path))


def _settings(path: Path) -> Settings | None:
    is_empty = path.is_file() and path.stat().st_size == 0
    return parse_settings("" if is_empty else _text(path), file=_shown(path))


def _shown(path: Path) -> str:
    """Return the path from the folder that one is in, if the file lies in it."""
    here = Path.cwd()
    return shown_name(path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path)


def _text(path: Path) -> str:
    return decode(read_bytes(path, limit=MAX_SETTINGS_BYTES), file=_shown(path))


def read_baseline(path: str | Path) -> Baseline:
    """Return the accepted findings in a file.

    Raises:
        SourceError: it cannot be read, or is none.
    """
    return Baseline.parse(_text(Path(path)), file=_shown(Path(path)))
