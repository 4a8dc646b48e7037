"""What somebody probably meant who gave an argument that argparse does not know."""

from __future__ import annotations

import re
from collections.abc import Sequence


def near_option(message: str, options: Sequence[str]) -> str | None:
    """Return the option that is nearest to the first one that argparse does not know, or None."""
    found = re.search(r"^unrecognized arguments: (?:.*? )?(--?[^\s=]+)", message, flags=re.DOTALL)
    if found is None:
        return None
    from difflib import get_close_matches  # only when something was mistyped

    return next(iter(get_close_matches(found[1], options, n=1)), None)


def near_choice(message: str) -> str | None:
    """Return the possible choice that is nearest to the one that argparse refused, or None."""
    found = re.search(r"invalid choice: '?(.*?)'? \(choose from (.+)\)$", message, flags=re.DOTALL)
    if found is None:
        return None
    from difflib import get_close_matches

    return next(iter(get_close_matches(found[1], re.findall(r"[\w-]+", found[2]), n=1)), None)
