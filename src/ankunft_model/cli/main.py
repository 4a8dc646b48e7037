"""`ankunft`: parses the arguments, runs one command, answers with an exit status.

0: fine. 1: findings at or above `--fail-on`. 2: input or arguments cannot be used. Results go to standard output,
diagnostics to standard error.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from ankunft_model.cli.arguments import ArgumentError, build_parser, language_of

OK: Final = 0
UNUSABLE: Final = 2
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    language = language_of(given)
    try:
        parsed = build_parser(language).parse_args(given)
    except ArgumentError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except SystemExit:  # --help and --version have answered
        return OK
    return _run(parsed.command, parsed)


def _run(command: str, parsed: object) -> int:
    from ankunft_model.errors import AnkunftError

    module = import_module(f"ankunft_model.cli.{command}_command")
    try:
        status: int = module.run(parsed)
        sys.stdout.flush()
    except AnkunftError as error:
        print(error.in_language(getattr(parsed, "language", "de")), file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    return status
