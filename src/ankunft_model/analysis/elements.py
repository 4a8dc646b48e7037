"""References to elements that several rules make alike."""

from __future__ import annotations

from ankunft_model.analysis.knowledge.facts import APPLICANT, ItemKey
from ankunft_model.findings import ElementRef


def about_member(key: ItemKey) -> tuple[ElementRef, ...]:
    """Return the member of the household that a datum is about, if it is not the applicant."""
    return () if key.member == APPLICANT else (ElementRef("member", key.member),)
