"""Printing of results and of what was done."""

from __future__ import annotations

import json
import sys

from ankunft_model.wording import Language, Wording


def print_result(text: str) -> None:
    """Print a result to standard output, ended by one line break."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def print_json(data: object) -> None:
    """Print a result as JSON."""
    print_result(json.dumps(data, ensure_ascii=False, indent=2))


def tell(wording: Wording, language: Language) -> None:
    """Tell what was done, on standard error."""
    print(wording.in_language(language), file=sys.stderr)


def tell_written(path: str, language: Language) -> None:
    """Tell that a file was written."""
    tell(Wording(de=f"Geschrieben: {path}", en=f"written: {path}"), language)
