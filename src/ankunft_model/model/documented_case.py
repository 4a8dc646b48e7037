"""A documented case: what happened to one person, in order, under a pseudonym."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

CASE_FORMAT: Final = "ankunft-case/1"


@dataclass(frozen=True, slots=True)
class DocumentedStep:
    """One thing that happened.

    Attributes:
        node: Id of the node of the model; None: something that the model does not know, see `name`.
        on: Day of completion; None: not known.
        paid: Day on which money was paid, if that is another.
        name: What happened, in words.
    """

    node: str | None
    on: date | None = None
    paid: date | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentedCase:
    """What happened in one case, in order.

    Attributes:
        id: A pseudonym; results leave it out.
        model: Id of the model that it is about, or None.
        cohort: Id of the target group, or None.
        steps: In the order in which they happened.
    """

    id: str
    steps: tuple[DocumentedStep, ...]
    model: str | None = None
    cohort: str | None = None
