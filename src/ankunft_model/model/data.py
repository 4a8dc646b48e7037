"""Data items and the documents that carry them."""

from typing import Annotated, Literal

from pydantic import Field

from ankunft_model.model.identifiers import ActorRef, DataRef, LegalBasisRef, Reference, SystemRef
from ankunft_model.model.part import Many, Named
from ankunft_model.model.quantities import DurationRange, Flag
from ankunft_model.model.vocabulary import SPECIAL_CATEGORIES, DataCategory


class DataItem(Named):
    """One piece of information at field level, or a group of them (`contains`).

    Attributes:
        category: None only for a group.
        special_category: Whether Art. 9 GDPR protects it; None: by category, see `is_special`.
        canonical: The same item under its main name; no chains.
        reusable: False if it has to be given anew each time, such as a signature.
        contains: Makes the entry a group; its id stands for all its members, also nested ones.
    """

    category: DataCategory | None = None
    fim_id: Annotated[str, Field(pattern=r"^[FGS]([0-9]{8}|[0-9]{11})$")] | None = None
    special_category: Flag | None = None
    canonical: DataRef | None = None
    voluntary: Flag = False
    reusable: Flag = True
    contains: Many[DataRef] = None
    valid_for: DurationRange | None = None
    derivable_from: Many[DataRef] = None
    source_of_truth: SystemRef | None = None

    @property
    def is_group(self) -> bool:
        """Whether the entry stands for other items."""
        return bool(self.contains)

    @property
    def is_special(self) -> bool:
        """Whether the item is of a special category in the sense of Art. 9 GDPR."""
        if self.special_category is not None:
            return self.special_category
        return self.category in SPECIAL_CATEGORIES


class Document(Named):
    """A carrier of data: a certificate, a decision, a form.

    Attributes:
        prints: What is on it; known by whoever it is shown to.
        valid_for: From issue; `none`: without limit.
        proves: Benefits or data for which the document is the proof.
        provisional: Bridges until the final document is there.
        held_at_start: Whether the person has it when a run begins; None: unknown, but not where a step of the run
            issues it or somebody who could.
    """

    issuer: Many[ActorRef] = None
    prints: Many[DataRef] = None
    valid_for: DurationRange | Literal["none"] | None = None
    proves: Many[Annotated[str, Reference(("benefits", "data"))]] = None
    provisional: Flag = False
    needed_by: Many[ActorRef] = None
    held_at_start: Flag | None = None
    legal_basis: LegalBasisRef | None = None
