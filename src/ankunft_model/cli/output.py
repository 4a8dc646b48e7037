"""Printing: results on standard output, what was done and what went wrong on standard error."""

from __future__ import annotations

import io
import json
import os
import sys

from ankunft_model.wording import Language, Wording

PIPED_WIDTH = 100
"""Columns of text that does not go to a terminal."""
_WIDTHS = range(40, 121)


def speak_utf8() -> None:
    """Write UTF-8 everywhere, whatever the environment says; what no text can hold is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def width_of_output() -> int:
    """Return how many columns a line of text may have."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, OSError, ValueError):  # no terminal, or no standard output at all
        return PIPED_WIDTH
    return min(max(columns, _WIDTHS.start), _WIDTHS.stop - 1) if columns else PIPED_WIDTH


def print_result(text: str) -> None:
    """Print a result to standard output, ended by one line break.

    Raises:
        OutputError: it cannot be written. A reader that has seen enough, such as `head`, is no error.
    """
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    except BrokenPipeError:
        _discard_results()
    except (AttributeError, OSError) as error:
        raise _not_printed(error) from error
    flush_results()


def print_json(data: object) -> None:
    """Print a result as JSON.

    Raises:
        OutputError: as in `print_result`.
    """
    print_result(json.dumps(data, ensure_ascii=False, indent=2))


def flush_results() -> None:
    """Hand over what was printed; nothing is left to fail when the program ends.

    Raises:
        OutputError: as in `print_result`.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_results()
    except AttributeError:  # the program was started without a standard output
        return
    except OSError as error:
        raise _not_printed(error) from error


def tell(text: str) -> None:
    """Tell what was done or what went wrong, on standard error."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except (AttributeError, OSError):  # nobody listens
        return


def tell_written(path: str, language: Language) -> None:
    """Tell that a file was written."""
    tell(Wording(de=f"Geschrieben: {path}", en=f"written: {path}").in_language(language))


def _discard_results() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _not_printed(error: Exception) -> Exception:
    from ankunft_model.errors import OutputError

    if isinstance(error, OSError):
        _discard_results()
        reason = error.strerror or str(error)
    else:
        reason = "closed"
    return OutputError(
        Wording(
            de=f"Das Ergebnis konnte nicht auf die Standardausgabe geschrieben werden ({reason}).",
            en=f"the result could not be written to standard output ({reason}).",
        )
    )
