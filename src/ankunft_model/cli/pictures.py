"""What commands that write pictures share: the magnification, and an SVG as the file that was asked for."""

from __future__ import annotations

import math

from ankunft_model.errors import ExportError
from ankunft_model.wording import Wording


def scale_of(text: str | None, kind: str) -> float:
    """Return the magnification that `--scale` names, checked.

    Raises:
        ExportError: it is no number, out of range, or `kind` is not PNG.
    """
    from ankunft_model.exports.png import USUAL_SCALE, check_scale

    if text is None:
        return USUAL_SCALE
    if kind != "png":
        raise ExportError(Wording(de="--scale gilt für PNG.", en="--scale is for PNG."))
    try:
        scale = float(text)
    except ValueError:
        scale = math.nan
    check_scale(scale)
    return scale


def write_picture(svg: str, output: str, *, kind: str, scale: float) -> None:
    """Write a picture of ours to `output`, as SVG or PNG.

    Raises:
        ExportError, MissingProgramError, OutputError: it cannot be made or written.
    """
    from ankunft_model.sources.file_writing import write_bytes_atomically, write_text_atomically

    if kind == "svg":
        write_text_atomically(output, svg)
        return
    from ankunft_model.exports.png import to_png

    write_bytes_atomically(output, to_png(svg, scale=scale))
