"""Shipped registries: vocabularies, law, data items, documents, retrieval rights and measures, as data with sources."""

from ankunft_model.registries.channels import is_media_break, must_be_typed_in
from ankunft_model.registries.measures import ShippedMeasure, measure_entries, measures_resolving, shipped_measures
from ankunft_model.registries.packs import PACK_REGISTRIES, Pack, pack_entries, packs
from ankunft_model.registries.public_holidays import LANDS, public_holidays
from ankunft_model.registries.retrieval import RetrievalRight, retrieval_rights, retrieval_rights_of
from ankunft_model.registries.vocabularies import Vocabulary, vocabulary, vocabulary_names
from ankunft_model.registries.words import (
    ActorKindWord,
    CategoryWord,
    ChannelWord,
    DatedName,
    DocumentTypeWord,
    DomainWord,
    RegimeWord,
    StatusRegime,
    StatusWord,
    StepKindWord,
    Word,
)

__all__ = [
    "LANDS", "PACK_REGISTRIES", "ActorKindWord", "CategoryWord", "ChannelWord", "DatedName", "DocumentTypeWord",
    "DomainWord", "Pack", "RegimeWord", "RetrievalRight", "ShippedMeasure", "StatusRegime", "StatusWord",
    "StepKindWord", "Vocabulary", "Word", "is_media_break", "measure_entries", "measures_resolving",
    "must_be_typed_in", "pack_entries", "packs", "public_holidays", "retrieval_rights", "retrieval_rights_of",
    "shipped_measures", "vocabulary", "vocabulary_names",
]  # fmt: skip
