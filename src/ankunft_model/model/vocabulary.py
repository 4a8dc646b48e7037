"""The words of the first version: closed vocabularies as types, open ones as the words that are known.

Names of the words in German and English, validity and sources are data of the `registries` room.
"""

from typing import Final, Literal, TypeAlias

ModelState: TypeAlias = Literal["as_is", "to_be", "reference"]

MunicipalityKind: TypeAlias = Literal[
    "kreisfreie_stadt", "kreisangehoerige_stadt", "gemeinde", "verbandsgemeinde", "kreis", "region"
]

BodyType: TypeAlias = Literal[
    "public_federal",
    "public_state",
    "public_local_kreis",
    "public_local_gemeinde",
    "statutory_corporation",
    "welfare_private",
    "private",
    "volunteer",
    "person",
]

Domain: TypeAlias = Literal[
    "first_contact",
    "unaccompanied_minors",
    "residence_status",
    "family_reunification",
    "health",
    "benefit_receipt",
    "benefit_provision",
    "employment",
    "education",
    "early_childhood",
    "language",
    "housing",
    "participation",
    "counselling",
    "governance",
    "information",
]

Channel: TypeAlias = Literal[
    "in_person",
    "paper_letter",
    "paper_carried",
    "phone",
    "email",
    "fax",
    "file_list",
    "shared_software",
    "read_access",
    "interface_xoev",
    "register_retrieval",
    "online_service",
    "video",
    "conference",
]

DataCategory: TypeAlias = Literal[
    "identity",
    "biometric",
    "contact",
    "residence_status",
    "family",
    "biography",
    "education_work",
    "financial",
    "health",
    "religion_beliefs",
    "ethnic_origin",
    "political_opinions",
    "genetic",
    "trade_union",
    "sexual_orientation",
    "criminal",
    "administrative_id",
    "housing",
    "education_record",
    "case_management",
    "employment_contract",
]

SPECIAL_CATEGORIES: Final[frozenset[str]] = frozenset(
    {
        "biometric",
        "health",
        "religion_beliefs",
        "ethnic_origin",
        "political_opinions",
        "genetic",
        "trade_union",
        "sexual_orientation",
    }
)
"""Categories of data that Art. 9 GDPR protects by themselves."""

SystemKind: TypeAlias = Literal["register", "case_file", "shared", "list", "portal"]
LegalBasisKind: TypeAlias = Literal[
    "statute", "cooperation_agreement", "consent", "public_task", "contract", "internal_instruction"
]
LegalStage: TypeAlias = Literal["in_force", "draft", "repealed"]
AgreementKind: TypeAlias = Literal[
    "cooperation_agreement",
    "service_contract",
    "administrative_agreement",
    "joint_controllership",
    "processing_contract",
    "informal",
]
ConsentForm: TypeAlias = Literal["written", "electronic", "oral"]
BodyKind: TypeAlias = Literal["steering_body", "case_conference", "conference", "working_group"]
BodyLevel: TypeAlias = Literal["management", "operational"]
BenefitBegin: TypeAlias = Literal["day", "month_start"]
BenefitEnd: TypeAlias = Literal["day", "month_end"]
PaymentRhythm: TypeAlias = Literal["monthly_in_advance", "monthly_in_arrears", "once", "continuous"]
HouseholdRole: TypeAlias = Literal["applicant", "spouse", "child", "parent", "other"]
DutyBinding: TypeAlias = Literal["statute", "agreement", "instruction", "voluntary", "none"]
HandoverBinding: TypeAlias = Literal["statute", "contract", "written", "informal", "none"]
Initiative: TypeAlias = Literal["person", "push", "pull", "timer", "status_event", "document"]
DeadlineDays: TypeAlias = Literal["calendar", "werktage", "working"]
DeadlineStrength: TypeAlias = Literal["must", "should"]
DeadlineConsequence: TypeAlias = Literal["loses_status", "loses_benefit", "excluded", "fine", "other"]
ConfidenceLevel: TypeAlias = Literal["fact", "source_needed", "assumption"]

StepType: TypeAlias = Literal["task", "user", "manual", "service", "send", "receive", "script", "business_rule", "call"]
EventType: TypeAlias = Literal["start", "end", "catch", "throw", "boundary"]
GatewayType: TypeAlias = Literal["exclusive", "parallel", "inclusive", "event_based"]
Trigger: TypeAlias = Literal[
    "message",
    "timer",
    "signal",
    "error",
    "escalation",
    "conditional",
    "link",
    "terminate",
    "compensation",
    "cancel",
]

ACTOR_KINDS: Final[tuple[str, ...]] = (
    "person",
    "immigration_office",
    "federal_migration_office",
    "reception_centre",
    "federal_admin_office",
    "jobcenter",
    "employment_agency",
    "social_welfare_office",
    "registration_office",
    "youth_office",
    "health_office",
    "school_authority",
    "school",
    "municipal_integration_centre",
    "childcare_provider",
    "civil_registry",
    "family_court",
    "guardian",
    "court",
    "health_insurer",
    "family_benefits_office",
    "pension_insurer",
    "tax_office",
    "diplomatic_mission",
    "document_producer",
    "recognition_authority",
    "chamber",
    "employer",
    "landlord",
    "bank",
    "language_course_provider",
    "migration_counselling_adult",
    "youth_migration_service",
    "refugee_counselling",
    "municipal_case_management",
    "welcome_counsellor",
    "welcome_centre",
    "economic_development",
    "welfare_association",
    "migrant_organisation",
    "integration_council",
    "volunteer_group",
    "interpreter",
    "steering_body",
    "case_conference",
    "data_protection_officer",
    "it_service",
    "police",
    "district_administration",
    "municipal_administration",
    "state_authority",
    "state_youth_distribution_office",
    "lawyer",
    "physician",
    "accommodation_provider",
    "other",
)
STEP_KINDS: Final[tuple[str, ...]] = (
    "first_contact",
    "inform",
    "collect",
    "application",
    "appointment",
    "registration",
    "check_formal",
    "check_material",
    "decide",
    "exchange",
    "notify",
    "handover_case",
    "counsel",
    "case_conference",
    "participate",
    "benefit_start",
    "benefit_pay",
    "benefit_end",
    "accommodate",
    "health_check",
    "course",
    "permit",
    "wait",
    "review",
    "reception",
    "distribution",
    "hearing",
    "protect",
    "assess",
    "report",
    "enrol",
    "transition",
)
REGIMES: Final[tuple[str, ...]] = (
    "asylg",
    "aufenthg",
    "freizuegg",
    "asylblg",
    "asylblg_2",
    "sgb2",
    "sgb3",
    "sgb5",
    "sgb6",
    "sgb8",
    "sgb9",
    "sgb12",
    "wogg",
    "bafoeg",
    "estg_bkgg",
    "uvg",
    "bmg",
    "ifsg",
    "azrg",
    "intv",
    "bqfg",
    "sgb1",
    "sgb10",
)
RESIDENCE_STATUSES: Final[tuple[str, ...]] = (
    "asylum_seeker_without_application",
    "gestattet",
    "beneficiary_25_1",
    "beneficiary_25_2",
    "subsidiary",
    "ban_60_5_7",
    "temporary_protection_24",
    "duldung_60a",
    "work_18a_18b",
    "eu_blue_card",
    "family_27_36",
    "settlement",
    "eu_citizen",
    "unaccompanied_minor_ward",
    "visa_d",
    "fiktion",
)
COVERED_NEEDS: Final[tuple[str, ...]] = (
    "subsistence",
    "housing",
    "health",
    "representation",
    "care",
    "education",
    "language",
)
COHORT_GROUPS: Final[tuple[str, ...]] = ("third_country_national", "eu_citizen", "unaccompanied_minor")

OpenVocabulary: TypeAlias = Literal["actor_kinds", "step_kinds", "regimes", "residence_statuses", "covers", "groups"]
"""The names under which a model adds words of its own."""

OPEN_VOCABULARIES: Final[dict[OpenVocabulary, tuple[str, ...]]] = {
    "actor_kinds": ACTOR_KINDS,
    "step_kinds": STEP_KINDS,
    "regimes": REGIMES,
    "residence_statuses": RESIDENCE_STATUSES,
    "covers": COVERED_NEEDS,
    "groups": COHORT_GROUPS,
}
"""Known words of the open vocabularies; another word is a hint (`unknown-word`), no error."""
