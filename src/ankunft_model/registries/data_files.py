"""The data files that ship with the package, read with the standard library only."""

from __future__ import annotations

import json
import pkgutil
from functools import cache
from typing import Any, Final

_PACKAGE: Final = "ankunft_model.registries"


def read_data(name: str) -> Any:
    """Return the content of a shipped JSON file as a new value that belongs to the caller.

    Args:
        name: Path inside the folder of data, such as `de_2025/data.json`.

    Raises:
        FileNotFoundError: no such file ships with the package.

    Example:
        >>> read_data("de_2025/pack.json")["id"]
        'de-2025'
    """
    return json.loads(_text(name))


@cache
def _text(name: str) -> str:
    content = pkgutil.get_data(_PACKAGE, f"data/{name}")
    if content is None:
        raise FileNotFoundError(f"no data file {name!r} ships with the package")
    return content.decode("utf-8")
