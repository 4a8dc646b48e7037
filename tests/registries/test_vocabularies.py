"""The vocabularies: two languages, sources, and the same words as the model."""

import re
from datetime import date
from typing import Any, get_args

import pytest

from ankunft_model.errors import UnknownElementError
from ankunft_model.model import vocabulary as of_model
from ankunft_model.model.identifiers import check_id
from ankunft_model.registries import Vocabulary, Word, pack_entries, vocabulary, vocabulary_names

TYPE_BY_CLOSED_VOCABULARY: dict[str, Any] = {
    "domains": of_model.Domain,
    "channels": of_model.Channel,
    "data_categories": of_model.DataCategory,
    "system_kinds": of_model.SystemKind,
    "legal_basis_kinds": of_model.LegalBasisKind,
    "legal_stages": of_model.LegalStage,
    "agreement_kinds": of_model.AgreementKind,
    "body_kinds": of_model.BodyKind,
    "body_levels": of_model.BodyLevel,
    "body_types": of_model.BodyType,
    "municipality_kinds": of_model.MunicipalityKind,
    "model_states": of_model.ModelState,
    "consent_forms": of_model.ConsentForm,
    "payment_rhythms": of_model.PaymentRhythm,
    "household_roles": of_model.HouseholdRole,
    "duty_bindings": of_model.DutyBinding,
    "handover_bindings": of_model.HandoverBinding,
    "initiatives": of_model.Initiative,
    "deadline_days": of_model.DeadlineDays,
    "deadline_strengths": of_model.DeadlineStrength,
    "deadline_consequences": of_model.DeadlineConsequence,
    "confidence_levels": of_model.ConfidenceLevel,
}
WITH_EXPLICIT_ABSENCE = {"duty_bindings", "handover_bindings"}
ALL_WORDS = [
    pytest.param(word, id=f"{name}.{word.id}") for name in vocabulary_names() for word in vocabulary(name).values()
]


def test_closed_vocabularies_are_those_of_the_model() -> None:
    closed = {name: tuple(vocabulary(name)) for name in vocabulary_names() if not vocabulary(name).is_open}

    assert closed == {name: get_args(type_) for name, type_ in TYPE_BY_CLOSED_VOCABULARY.items()}


def test_open_vocabularies_are_those_of_the_model_and_the_document_types() -> None:
    open_ = {name: tuple(vocabulary(name)) for name in vocabulary_names() if vocabulary(name).is_open}
    document_types = open_.pop("document_types")

    assert open_ == of_model.OPEN_VOCABULARIES
    assert set(pack_entries("documents")) <= set(document_types)


@pytest.mark.parametrize("name", vocabulary_names())
def test_ids_are_well_formed(name: str) -> None:
    ids = [id_ for id_ in vocabulary(name) if not (id_ == "none" and name in WITH_EXPLICIT_ABSENCE)]

    assert [check_id(id_) for id_ in ids] == ids


@pytest.mark.parametrize("name", vocabulary_names())
def test_names_tell_the_words_apart_in_both_languages(name: str) -> None:
    words = vocabulary(name).values()

    assert len({word.name.de for word in words}) == len({word.name.en for word in words}) == len(words)


@pytest.mark.parametrize("word", ALL_WORDS)
def test_a_word_says_where_it_comes_from(word: Word) -> None:
    known = set(pack_entries("sources"))
    stated = [word, *getattr(word, "regimes", ()), *getattr(word, "benefit_names", ())]

    for statement in stated:
        tags = {citation.partition(":")[0] for citation in statement.source}
        assert tags <= {tag.upper() for tag in known}
        assert tags
        assert statement.confidence == "source_needed" or tags != {"GK"}


@pytest.mark.parametrize("word", ALL_WORDS)
def test_validity_does_not_end_before_it_begins(word: Word) -> None:
    for statement in [word, *getattr(word, "regimes", ()), *getattr(word, "benefit_names", ())]:
        assert (statement.valid_from or date.min) <= (statement.valid_to or date.max)


def test_references_between_vocabularies_resolve() -> None:
    regimes, body_types, actor_kinds = (vocabulary(name) for name in ("regimes", "body_types", "actor_kinds"))

    assert {r.regime for status in vocabulary("residence_statuses").values() for r in status.regimes} <= set(regimes)
    assert {kind.body_type for kind in vocabulary("actor_kinds").values()} - {None} <= set(body_types)
    assert {k for type_ in vocabulary("document_types").values() for k in type_.issuer_kinds} <= set(actor_kinds)
    assert {word.part_of for word in vocabulary("domains").values()} - {None} <= set(vocabulary("domains"))


def test_ten_fields_of_action_are_the_core() -> None:
    marks = [word.mark for word in vocabulary("domains").values()]

    assert marks.count("core") == 10


def test_special_categories_are_those_that_the_model_protects() -> None:
    special = {word.id for word in vocabulary("data_categories").values() if word.special == "art9"}

    assert special == of_model.SPECIAL_CATEGORIES


def test_a_body_type_decides_whether_a_kind_is_public() -> None:
    for kind in vocabulary("actor_kinds").values():
        if kind.body_type not in (None, "person"):
            public = kind.body_type.startswith("public_") or kind.body_type == "statutory_corporation"
            assert kind.is_public is public, kind.id


@pytest.mark.parametrize(
    ("day", "regimes"), [(date(2022, 5, 31), ["asylblg"]), (date(2022, 6, 1), ["sgb2"]), (date(2027, 1, 1), ["sgb2"])]
)
def test_the_regime_of_a_status_changes_with_the_law_and_not_with_drafts(day: date, regimes: list[str]) -> None:
    status = vocabulary("residence_statuses")["temporary_protection_24"]

    assert [found.regime for found in status.regimes_on(day)] == regimes


def test_a_document_type_of_the_past_is_not_valid_today() -> None:
    old = vocabulary("document_types")["buema"]

    assert old.is_valid_on(date(2016, 2, 4))
    assert not old.is_valid_on(date(2016, 2, 5))


def test_a_vocabulary_is_read_once() -> None:
    assert vocabulary("domains") is vocabulary("domains")


def test_an_unknown_vocabulary_is_named_in_both_languages() -> None:
    with pytest.raises(UnknownElementError) as caught:
        vocabulary("domain")

    for language in ("de", "en"):
        assert re.search(r"domain\b.*domains", caught.value.in_language(language))


def test_a_vocabulary_shows_its_words() -> None:
    assert repr(vocabulary("body_levels")) == "Vocabulary('body_levels', ['management', 'operational'], is_open=False)"
    assert isinstance(vocabulary("body_levels"), Vocabulary)
