"""The model: every word of the library as frozen, checked data; the ground that everything else is computed from."""

from ankunft_model.model.actors import PERSON_KIND, Actor, Capacity, Funding, Site
from ankunft_model.model.arrival_model import ArrivalModel, Municipality, PopulationRange
from ankunft_model.model.benefits import Amount, Benefit
from ankunft_model.model.canonical import to_plain
from ankunft_model.model.data import DataItem, Document
from ankunft_model.model.deadlines import Deadline
from ankunft_model.model.governance import Body, Cost, Measure, Source
from ankunft_model.model.handovers import ActorEnd, Handover
from ankunft_model.model.identifiers import id_from_text, nearest
from ankunft_model.model.law import Agreement, Allowance, Bridge, Consent, LegalBasis
from ankunft_model.model.nodes import (
    Activity,
    AnyDocument,
    AnyNode,
    Collection,
    Event,
    Flow,
    FlowRepetition,
    Gateway,
    Node,
    Observation,
    PaymentChange,
    Recording,
    Repetition,
    Retrieval,
    StartOfBenefit,
    Step,
    SubProcess,
    TimerAge,
)
from ankunft_model.model.part import Element, Named, Part, PartialConfidence, Registry, Sourced
from ankunft_model.model.people import Case, CaseDates, Cohort, InformationDuty, Member
from ankunft_model.model.processes import Process, SequenceFlow
from ankunft_model.model.quantities import Duration, DurationRange
from ankunft_model.model.references import Use, references
from ankunft_model.model.systems import Access, System
from ankunft_model.model.texts import Text, Translations, text_in

__all__ = [
    "PERSON_KIND", "Access", "Activity", "Actor", "ActorEnd", "Agreement", "Allowance", "Amount", "AnyDocument",
    "AnyNode", "ArrivalModel", "Benefit", "Body", "Bridge", "Capacity", "Case", "CaseDates", "Cohort", "Collection",
    "Consent", "Cost", "DataItem", "Deadline", "Document", "Duration", "DurationRange", "Element", "Event", "Flow",
    "FlowRepetition", "Funding", "Gateway", "Handover", "InformationDuty", "LegalBasis", "Measure", "Member",
    "Municipality", "Named", "Node", "Observation", "Part", "PartialConfidence", "PaymentChange", "PopulationRange",
    "Process", "Recording", "Registry", "Repetition", "Retrieval", "SequenceFlow", "Site", "Source", "Sourced",
    "StartOfBenefit", "Step", "SubProcess", "System", "Text", "TimerAge", "Translations", "Use", "id_from_text",
    "nearest", "references", "text_in", "to_plain",
]  # fmt: skip
