"""The rules: one module each; their order here is the order of the report."""

from ankunft_model.analysis.rule import Rule
from ankunft_model.analysis.rules.avoidable_collection import RULE as AVOIDABLE_COLLECTION
from ankunft_model.analysis.rules.benefit_gap import RULE as BENEFIT_GAP
from ankunft_model.analysis.rules.dangling_handover import RULE as DANGLING_HANDOVER
from ankunft_model.analysis.rules.dead_end import RULE as DEAD_END
from ankunft_model.analysis.rules.duplicate_collection import RULE as DUPLICATE_COLLECTION
from ankunft_model.analysis.rules.handover_without_agreement import RULE as HANDOVER_WITHOUT_AGREEMENT
from ankunft_model.analysis.rules.media_break import RULE as MEDIA_BREAK
from ankunft_model.analysis.rules.missing_responsibility import RULE as MISSING_RESPONSIBILITY
from ankunft_model.analysis.rules.needed_but_unavailable import RULE as NEEDED_BUT_UNAVAILABLE
from ankunft_model.analysis.rules.payment_gap import RULE as PAYMENT_GAP
from ankunft_model.analysis.rules.person_carried_handover import RULE as PERSON_CARRIED_HANDOVER
from ankunft_model.analysis.rules.transfer_without_consent import RULE as TRANSFER_WITHOUT_CONSENT
from ankunft_model.analysis.rules.transfer_without_legal_basis import RULE as TRANSFER_WITHOUT_LEGAL_BASIS
from ankunft_model.analysis.rules.unknown_word import RULE as UNKNOWN_WORD

ALL_RULES: tuple[Rule, ...] = (
    DEAD_END,
    MISSING_RESPONSIBILITY,
    DANGLING_HANDOVER,
    HANDOVER_WITHOUT_AGREEMENT,
    TRANSFER_WITHOUT_LEGAL_BASIS,
    TRANSFER_WITHOUT_CONSENT,
    BENEFIT_GAP,
    PAYMENT_GAP,
    MEDIA_BREAK,
    PERSON_CARRIED_HANDOVER,
    DUPLICATE_COLLECTION,
    AVOIDABLE_COLLECTION,
    NEEDED_BUT_UNAVAILABLE,
    UNKNOWN_WORD,
)
"""All rules, in the order of the report: flow, responsibility, law, money, channel, data, modelling."""
