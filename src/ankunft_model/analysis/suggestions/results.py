"""Suggestions as results: what to change, what it cures, on which law it rests, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, get_args

from ankunft_model.analysis.suggestions.changing import Change, with_changes
from ankunft_model.findings import Finding, Reason
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language, Wording

SUGGEST_FORMAT: Final = "ankunft-suggest/1"

Lawfulness: TypeAlias = Literal["same_body", "legal_basis", "to_be_examined", "consent", "unknown"]
"""What a way rests on, the most lawful first.

`same_body`: the datum stays where it is. `legal_basis`: a norm that is stated for it. `to_be_examined`: a norm of the
model could carry it, which nobody has said of this transfer. `consent`: only with the person's consent. `unknown`: it
rests on a transfer or a right of which nobody said what allows it.
"""
LAWFULNESS: Final[tuple[Lawfulness, ...]] = get_args(Lawfulness)

SuggestionKind: TypeAlias = Literal["own_file", "retrieval", "extended_handover", "handover", "several_ways"]

OpenReason: TypeAlias = Literal[
    "demanded_by_law",
    "document",
    "nobody_named",
    "nobody_knows",
    "not_on_every_run",
    "no_way",
    "opens_a_gap",
    "only_carried",
    "limit",
]
"""Why nothing is suggested for a finding.

`opens_a_gap`: what would cure it takes the datum from somebody else. `only_carried`: the body knows it only from what
the person carries or shows, and no law is known by which it could get it otherwise.
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One change that cures findings, with all that it needs: law, agreement, consent.

    Attributes:
        id: The kind and where it applies; stable under renaming and reordering.
        cures: Ids of the findings that it removes.
        items: Data that it is about, in the order of the model.
        because: Legal bases, consents and agreements that it rests on, with their sources.
        law: What the way rests on, in words, with the source.
        condition: Under which condition it works, or None.
        changes: What it changes in the model.
        needs: Ids of the suggestions that have to be followed first; without them it does not cure anything.
    """

    id: str
    kind: SuggestionKind
    lawfulness: Lawfulness
    cures: tuple[str, ...]
    items: tuple[str, ...]
    text: Wording
    law: Wording
    condition: Wording | None
    because: tuple[Reason, ...]
    changes: tuple[Change, ...]
    needs: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many handovers, retrievals, rights, consents and agreements it adds or extends."""
        return sum(change.counts for change in self.changes)

    def apply(self, model: ArrivalModel) -> ArrivalModel:
        """Return the model with this change; what several suggestions need is there once.

        Raises:
            pydantic.ValidationError: it is another model, in which the change makes no sense.
        """
        return with_changes(model, self.changes)

    def to_dict(self) -> dict[str, Any]:
        """Return the suggestion in the shape of `ankunft-suggest/1`."""
        return {
            "id": self.id,
            "kind": self.kind,
            "lawfulness": self.lawfulness,
            "size": self.size,
            "text": self.text._asdict(),
            "law": self.law._asdict(),
            "condition": None if self.condition is None else self.condition._asdict(),
            "because": [{"kind": reason.kind, "id": reason.id} for reason in self.because],
            "data": list(self.items),
            "cures": list(self.cures),
            "changes": [change.to_dict() for change in self.changes],
            "needs": list(self.needs),
        }


@dataclass(frozen=True, slots=True)
class Unsolved:
    """A finding for which nothing is suggested, with the reason.

    Attributes:
        item: The datum; None: a document is missing.
        is_question: Whether the step asks the person; else the datum is missing.
    """

    finding: str
    reason: OpenReason
    node: str
    item: str | None
    is_question: bool
    text: Wording

    def to_dict(self) -> dict[str, Any]:
        """Return it in the shape of `ankunft-suggest/1`."""
        return {
            "finding": self.finding,
            "reason": self.reason,
            "node": self.node,
            "data": self.item,
            "text": self.text._asdict(),
        }


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All suggestions for a model, verified by analysing the changed model.

    Attributes:
        before: The model as it was.
        model: The model with all suggestions.
        suggestions: The most lawful first, then those that cure the most.
        unsolved: Findings that stay, in the order of the model.
        resolves: Ids of all findings, of all rules, that the changed model does not have any more.
        brings_up: Findings that only the changed model has: what is to be settled next.
        exact: Whether no smaller set of equally lawful ways does the same, with one or two for each finding; False
            beyond a limit.
        rounds: How often the changed model was analysed.
    """

    before: ArrivalModel
    model: ArrivalModel
    suggestions: tuple[Suggestion, ...]
    unsolved: tuple[Unsolved, ...]
    resolves: tuple[str, ...]
    brings_up: tuple[Finding, ...]
    exact: bool
    rounds: int

    def __len__(self) -> int:
        return len(self.suggestions)

    @property
    def size(self) -> int:
        """How many handovers, retrievals, rights, consents and agreements are added or extended in all."""
        counted = {change.key: change.counts for found in self.suggestions for change in found.changes}
        return sum(counted.values())

    def to_dict(self) -> dict[str, Any]:
        """Return everything in the shape of `ankunft-suggest/1`."""
        return {
            "format": SUGGEST_FORMAT,
            "model": self.before.id,
            "exact": self.exact,
            "size": self.size,
            "suggestions": [suggestion.to_dict() for suggestion in self.suggestions],
            "unsolved": [unsolved.to_dict() for unsolved in self.unsolved],
            "resolves": list(self.resolves),
            "brings_up": [finding.to_dict() for finding in self.brings_up],
        }

    def to_text(self, language: Language = "de") -> str:
        """Return the suggestions as plain sentences, one a line."""
        return "\n".join(suggestion.text.in_language(language) for suggestion in self.suggestions)
