"""`ankunft`: parses the arguments, runs one command, answers with an exit status.

0: fine. 1: findings at or above `--fail-on`. 2: input or arguments cannot be used. Results go to standard output,
diagnostics to standard error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from ankunft_model.cli.arguments import ArgumentError, build_parser, language_of
from ankunft_model.cli.output import flush_results, speak_utf8, tell
from ankunft_model.wording import Language, Wording

OK: Final = 0
UNUSABLE: Final = 2
INTERRUPTED: Final = 130
_SHOWN_OF_MESSAGE: Final = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak_utf8()
    language = language_of(given)
    parser = build_parser(language)
    if not given:
        tell(parser.format_help().rstrip())
        return UNUSABLE
    try:
        parsed = parser.parse_args(given)
    except ArgumentError as error:
        tell(str(error))
        return UNUSABLE
    except SystemExit:  # --help and --version have answered
        flush_results()
        return OK
    return _run(parsed, language)


def _run(parsed: argparse.Namespace, language: Language) -> int:
    from ankunft_model.errors import AnkunftError

    try:
        command = import_module(f"ankunft_model.cli.{parsed.command}_command")
        status: int = command.run(parsed)
    except AnkunftError as error:
        tell(error.in_language(language))
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        tell(_mistake_of_ours(error).in_language(language))
        return UNUSABLE
    return status


def _mistake_of_ours(error: Exception) -> Wording:
    """Return what to say when the program itself fails; `python -X dev` shows everything."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "?" if trace is None else f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
    message = " ".join(str(error).split())[:_SHOWN_OF_MESSAGE]
    seen = f"{type(error).__name__} ({place}){': ' if message else ''}{message}"
    return Wording(
        de=f"Interner Fehler: {seen}\nDas ist ein Fehler des Programms, nicht Ihrer Datei; bitte melden Sie ihn. Alle "
        "Einzelheiten zeigt derselbe Aufruf mit „python -X dev -m ankunft_model.cli“ statt „ankunft“.",
        en=f"internal error: {seen}\nThis is a mistake of the program, not of your file; please report it. The same "
        "call with 'python -X dev -m ankunft_model.cli' instead of 'ankunft' shows all details.",
    )
