"""Sums of unknowns with exact coefficients, and systems of equations of them, solved in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

Form: TypeAlias = dict[int, Fraction]
"""Coefficients by number of the unknown; `CONSTANT` is what stands alone. Zeros are left out."""

CONSTANT: Final = -1

ZERO: Final[Form] = {}


def add(one: Mapping[int, Fraction], other: Mapping[int, Fraction], factor: Fraction) -> Form:
    """Return `one + factor * other`.

    Example:
        >>> add({0: Fraction(1)}, {0: Fraction(2), CONSTANT: Fraction(1)}, Fraction(-1, 2))
        {-1: Fraction(-1, 2)}
    """
    found = dict(one)
    for unknown, coefficient in other.items():
        value = found.get(unknown, Fraction(0)) + factor * coefficient
        if value:
            found[unknown] = value
        else:
            found.pop(unknown, None)
    return found


def solve(unknowns: Sequence[int], equations: Mapping[int, Form]) -> dict[int, Form] | None:
    """Return each of `unknowns` in terms of the others; None if the equations do not say that.

    Args:
        unknowns: What is looked for, in the order of elimination.
        equations: What each of them equals, in terms of all unknowns.

    Example:
        >>> solve([0], {0: {CONSTANT: Fraction(1), 0: Fraction(1, 2)}})
        {0: {-1: Fraction(2, 1)}}
    """
    found: dict[int, Form] = {}
    for unknown in unknowns:
        form = dict(equations[unknown])
        for known, value in found.items():
            if (coefficient := form.pop(known, None)) is not None:
                form = add(form, value, coefficient)
        own = form.pop(unknown, Fraction(0))
        if own == 1:
            return None
        form = {other: coefficient / (1 - own) for other, coefficient in form.items()}
        for known, value in found.items():
            if (coefficient := value.get(unknown)) is not None:
                rest = {other: factor for other, factor in value.items() if other != unknown}
                found[known] = add(rest, form, coefficient)
        found[unknown] = form
    return found
