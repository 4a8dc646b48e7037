"""Whether a consent is there when data pass: given before, for these data, for this recipient."""

from __future__ import annotations

from dataclasses import dataclass

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.knowledge.exploration import explore
from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.possible_moves import PossibleMoves
from ankunft_model.analysis.transfers import Transfer, institution_of
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import Certainty
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import Consent


@dataclass(frozen=True, slots=True)
class ConsentCheck:
    """What a named consent lacks for a transfer.

    Attributes:
        uncovered: Items that pass and are not in its scope.
        covers_recipient: Whether the recipient is in its scope.
        missing_on: A run on which the handover happens before consent was given; None: always given before.
        certainty: Of the missing consent: `definite` if it is given before on no run.
    """

    uncovered: tuple[str, ...]
    covers_recipient: bool
    missing_on: Run | None
    certainty: Certainty
    limits: tuple[Limit, ...]

    @property
    def exact(self) -> bool:
        """Whether all runs were looked at."""
        return not self.limits

    @property
    def suffices(self) -> bool:
        """Whether nothing is lacking."""
        return not self.uncovered and self.covers_recipient and self.missing_on is None


def check_consent(computed: Computations, transfer: Transfer, consent: Consent) -> ConsentCheck:
    """Return what `consent` lacks for `transfer`, over all runs."""
    model = computed.model
    scope = {model.canonical(item) for item in model.items_of(consent.data)}
    uncovered = tuple(item for item in transfer.data or () if model.canonical(item) not in scope)
    recipients = {institution_of(model, actor) for actor in consent.recipients} | set(consent.recipients)
    covers_recipient = bool({transfer.receiver, institution_of(model, transfer.receiver)} & recipients)
    missing_on: Run | None = None
    certainty: Certainty = "possible"
    limits: list[Limit] = []
    for runs in computed.runs:
        index_of = runs.game.graph.index_of
        sender = index_of.get(transfer.handover.from_node or "")
        if sender is None:
            continue
        given = 1
        facts = {
            index_of[node]: NodeFacts(own=given, is_produced=True) for node in consent.given_at if node in index_of
        }
        if sender in facts:
            continue
        facts[sender] = NodeFacts(has=given, is_needed=True)
        found = explore(runs, facts, 0, given, PossibleMoves(runs.game))
        seen = found.observations[sender]
        limits += found.limits
        if seen.lacks >= 0:
            missing_on = found.run(seen.lacks, sender)
            certainty = "definite" if seen.has < 0 and found.is_exact else "possible"
    return ConsentCheck(uncovered, covers_recipient, missing_on, certainty, in_order(limits))
