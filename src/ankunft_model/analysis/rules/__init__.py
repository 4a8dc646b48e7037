"""The rules: one module each; their order here is the order of the report."""

from ankunft_model.analysis.rule import Rule
from ankunft_model.analysis.rules.access_mismatch import RULE as ACCESS_MISMATCH
from ankunft_model.analysis.rules.asked_twice_by_same_actor import RULE as ASKED_TWICE_BY_SAME_ACTOR
from ankunft_model.analysis.rules.avoidable_collection import RULE as AVOIDABLE_COLLECTION
from ankunft_model.analysis.rules.benefit_gap import RULE as BENEFIT_GAP
from ankunft_model.analysis.rules.capacity_gap import RULE as CAPACITY_GAP
from ankunft_model.analysis.rules.circular_dependency import RULE as CIRCULAR_DEPENDENCY
from ankunft_model.analysis.rules.collected_but_unused import RULE as COLLECTED_BUT_UNUSED
from ankunft_model.analysis.rules.conflicting_sources import RULE as CONFLICTING_SOURCES
from ankunft_model.analysis.rules.consent_without_refusal_path import RULE as CONSENT_WITHOUT_REFUSAL_PATH
from ankunft_model.analysis.rules.dangling_handover import RULE as DANGLING_HANDOVER
from ankunft_model.analysis.rules.dead_end import RULE as DEAD_END
from ankunft_model.analysis.rules.dead_node import RULE as DEAD_NODE
from ankunft_model.analysis.rules.deadlock import RULE as DEADLOCK
from ankunft_model.analysis.rules.document_expires import RULE as DOCUMENT_EXPIRES
from ankunft_model.analysis.rules.duplicate_collection import RULE as DUPLICATE_COLLECTION
from ankunft_model.analysis.rules.empty_domain import RULE as EMPTY_DOMAIN
from ankunft_model.analysis.rules.equivalent_items import RULE as EQUIVALENT_ITEMS
from ankunft_model.analysis.rules.funding_dependency import RULE as FUNDING_DEPENDENCY
from ankunft_model.analysis.rules.group_without_path import RULE as GROUP_WITHOUT_PATH
from ankunft_model.analysis.rules.handover_without_agreement import RULE as HANDOVER_WITHOUT_AGREEMENT
from ankunft_model.analysis.rules.impossible_deadline import RULE as IMPOSSIBLE_DEADLINE
from ankunft_model.analysis.rules.improper_completion import RULE as IMPROPER_COMPLETION
from ankunft_model.analysis.rules.label_style import RULE as LABEL_STYLE
from ankunft_model.analysis.rules.lack_of_synchronization import RULE as LACK_OF_SYNCHRONIZATION
from ankunft_model.analysis.rules.media_break import RULE as MEDIA_BREAK
from ankunft_model.analysis.rules.missing_evaluation import RULE as MISSING_EVALUATION
from ankunft_model.analysis.rules.missing_governance import RULE as MISSING_GOVERNANCE
from ankunft_model.analysis.rules.missing_information import RULE as MISSING_INFORMATION
from ankunft_model.analysis.rules.missing_responsibility import RULE as MISSING_RESPONSIBILITY
from ankunft_model.analysis.rules.missing_retention import RULE as MISSING_RETENTION
from ankunft_model.analysis.rules.missing_start_or_end import RULE as MISSING_START_OR_END
from ankunft_model.analysis.rules.needed_but_unavailable import RULE as NEEDED_BUT_UNAVAILABLE
from ankunft_model.analysis.rules.non_public_recipient import RULE as NON_PUBLIC_RECIPIENT
from ankunft_model.analysis.rules.not_shareable import RULE as NOT_SHAREABLE
from ankunft_model.analysis.rules.opaque_path import RULE as OPAQUE_PATH
from ankunft_model.analysis.rules.over_transfer import RULE as OVER_TRANSFER
from ankunft_model.analysis.rules.overlapping_responsibility import RULE as OVERLAPPING_RESPONSIBILITY
from ankunft_model.analysis.rules.oversized_process import RULE as OVERSIZED_PROCESS
from ankunft_model.analysis.rules.payment_gap import RULE as PAYMENT_GAP
from ankunft_model.analysis.rules.person_carried_handover import RULE as PERSON_CARRIED_HANDOVER
from ankunft_model.analysis.rules.prefill_possible import RULE as PREFILL_POSSIBLE
from ankunft_model.analysis.rules.proof_gap import RULE as PROOF_GAP
from ankunft_model.analysis.rules.reactive_trigger import RULE as REACTIVE_TRIGGER
from ankunft_model.analysis.rules.redundant_exchange import RULE as REDUNDANT_EXCHANGE
from ankunft_model.analysis.rules.regime_change_without_safeguard import RULE as REGIME_CHANGE_WITHOUT_SAFEGUARD
from ankunft_model.analysis.rules.repeated_biometrics import RULE as REPEATED_BIOMETRICS
from ankunft_model.analysis.rules.repeated_document import RULE as REPEATED_DOCUMENT
from ankunft_model.analysis.rules.repeated_examination import RULE as REPEATED_EXAMINATION
from ankunft_model.analysis.rules.representation_gap import RULE as REPRESENTATION_GAP
from ankunft_model.analysis.rules.special_category_unprotected import RULE as SPECIAL_CATEGORY_UNPROTECTED
from ankunft_model.analysis.rules.stale_legal_basis import RULE as STALE_LEGAL_BASIS
from ankunft_model.analysis.rules.tight_deadline import RULE as TIGHT_DEADLINE
from ankunft_model.analysis.rules.transfer_without_consent import RULE as TRANSFER_WITHOUT_CONSENT
from ankunft_model.analysis.rules.transfer_without_legal_basis import RULE as TRANSFER_WITHOUT_LEGAL_BASIS
from ankunft_model.analysis.rules.transition_at_majority import RULE as TRANSITION_AT_MAJORITY
from ankunft_model.analysis.rules.uninformed_participant import RULE as UNINFORMED_PARTICIPANT
from ankunft_model.analysis.rules.unknown_share import RULE as UNKNOWN_SHARE
from ankunft_model.analysis.rules.unknown_word import RULE as UNKNOWN_WORD
from ankunft_model.analysis.rules.unvalidated_assumption import RULE as UNVALIDATED_ASSUMPTION
from ankunft_model.analysis.rules.wait_without_owner import RULE as WAIT_WITHOUT_OWNER

ALL_RULES: tuple[Rule, ...] = (
    DEADLOCK,
    LACK_OF_SYNCHRONIZATION,
    DEAD_NODE,
    IMPROPER_COMPLETION,
    DEAD_END,
    MISSING_START_OR_END,
    CIRCULAR_DEPENDENCY,
    UNINFORMED_PARTICIPANT,
    MISSING_RESPONSIBILITY,
    OVERLAPPING_RESPONSIBILITY,
    DANGLING_HANDOVER,
    MISSING_GOVERNANCE,
    MISSING_EVALUATION,
    FUNDING_DEPENDENCY,
    CAPACITY_GAP,
    HANDOVER_WITHOUT_AGREEMENT,
    TRANSFER_WITHOUT_LEGAL_BASIS,
    TRANSFER_WITHOUT_CONSENT,
    CONSENT_WITHOUT_REFUSAL_PATH,
    STALE_LEGAL_BASIS,
    NON_PUBLIC_RECIPIENT,
    SPECIAL_CATEGORY_UNPROTECTED,
    BENEFIT_GAP,
    PAYMENT_GAP,
    PROOF_GAP,
    REGIME_CHANGE_WITHOUT_SAFEGUARD,
    WAIT_WITHOUT_OWNER,
    IMPOSSIBLE_DEADLINE,
    TIGHT_DEADLINE,
    DOCUMENT_EXPIRES,
    REPRESENTATION_GAP,
    TRANSITION_AT_MAJORITY,
    MEDIA_BREAK,
    PERSON_CARRIED_HANDOVER,
    REACTIVE_TRIGGER,
    MISSING_INFORMATION,
    OPAQUE_PATH,
    ACCESS_MISMATCH,
    GROUP_WITHOUT_PATH,
    EMPTY_DOMAIN,
    DUPLICATE_COLLECTION,
    AVOIDABLE_COLLECTION,
    ASKED_TWICE_BY_SAME_ACTOR,
    NEEDED_BUT_UNAVAILABLE,
    COLLECTED_BUT_UNUSED,
    NOT_SHAREABLE,
    OVER_TRANSFER,
    REDUNDANT_EXCHANGE,
    EQUIVALENT_ITEMS,
    CONFLICTING_SOURCES,
    REPEATED_DOCUMENT,
    REPEATED_BIOMETRICS,
    REPEATED_EXAMINATION,
    PREFILL_POSSIBLE,
    MISSING_RETENTION,
    UNVALIDATED_ASSUMPTION,
    UNKNOWN_SHARE,
    LABEL_STYLE,
    OVERSIZED_PROCESS,
    UNKNOWN_WORD,
)
"""All rules, in the order of the report: flow, responsibility, law, money, channel, data, modelling."""
