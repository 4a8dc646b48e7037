"""Drawing a Graphviz graph with the program `dot`, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from typing import Final, Literal, TypeAlias, get_args

from ankunft_model.errors import ExportError, MissingProgramError
from ankunft_model.wording import Wording

DotFormat: TypeAlias = Literal["svg", "png", "pdf"]
TIME_LIMIT_SECONDS: Final = 60.0


def render_dot(source: str, format: DotFormat = "svg", *, time_limit: float = TIME_LIMIT_SECONDS) -> bytes:  # noqa: A002
    """Return the picture that `dot` draws of `source`.

    Args:
        source: A graph from `to_dot`. Graphs from elsewhere may name files and addresses; do not give those of others.
        format: Format of the picture.
        time_limit: Seconds after which `dot` is stopped.

    Raises:
        MissingProgramError: `dot` is not installed.
        ExportError: `dot` did not understand the graph, or took longer than `time_limit`.
        ValueError: the format is not known.
    """
    if format not in get_args(DotFormat):
        raise ValueError(f"the format {format!r} is not known; known are {', '.join(get_args(DotFormat))}")
    program = shutil.which("dot")
    if program is None:
        raise MissingProgramError(
            Wording(
                de="Das Programm „dot“ von Graphviz fehlt (Debian: apt-get install graphviz). Ohne es gibt es den "
                "Graphen als Text (.dot) und das BPMN-Diagramm als SVG.",
                en="the program 'dot' of Graphviz is missing (Debian: apt-get install graphviz). Without it there are "
                "the graph as text (.dot) and the BPMN diagram as SVG.",
            )
        )
    try:
        done = subprocess.run(  # noqa: S603 - no shell, the arguments are ours, the graph goes in as input
            [program, f"-T{format}"], input=source.encode(), capture_output=True, timeout=time_limit, check=False
        )
    except subprocess.TimeoutExpired:
        raise ExportError(
            Wording(
                de=f"„dot“ wurde nach {time_limit:g} Sekunden abgebrochen; der Graph ist zu groß. "
                "Einen Ausschnitt zeichnen.",
                en=f"'dot' was stopped after {time_limit:g} seconds; the graph is too large. Draw a part of it.",
            )
        ) from None
    if done.returncode != 0:
        reason = done.stderr.decode(errors="replace").strip().splitlines()[:1]
        raise ExportError(
            Wording(
                de=f"„dot“ konnte den Graphen nicht zeichnen: {' '.join(reason)}",
                en=f"'dot' could not draw the graph: {' '.join(reason)}",
            )
        )
    return done.stdout
