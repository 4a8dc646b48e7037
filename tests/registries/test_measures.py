"""The catalogue of measures."""

import re

import pytest

from ankunft_model.model import Measure
from ankunft_model.model.identifiers import check_id
from ankunft_model.registries import (
    ShippedMeasure,
    measure_entries,
    measures_resolving,
    pack_entries,
    shipped_measures,
)

MEASURES = [pytest.param(measure, id=measure.id) for measure in shipped_measures().values()]
RULES_WITH_A_MEASURE = (
    "missing-responsibility", "dangling-handover", "dead-end", "handover-without-agreement",
    "transfer-without-legal-basis", "transfer-without-consent", "person-carried-handover", "media-break",
    "duplicate-collection", "avoidable-collection", "needed-but-unavailable", "benefit-gap", "payment-gap",
)  # fmt: skip


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_is_one_of_the_model(measure: ShippedMeasure) -> None:
    of_model = Measure.model_validate({"id": check_id(measure.id), **measure_entries()[measure.id]})

    assert of_model.resolves == measure.resolves
    assert (of_model.label("de"), of_model.label("en")) == measure.name


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_is_explained_with_its_source(measure: ShippedMeasure) -> None:
    tags = {citation.partition(":")[0].lower() for citation in measure.source}

    assert tags
    assert tags <= set(pack_entries("sources"))
    assert all(text.endswith(".") for text in measure.description)
    assert measure.confidence == "source_needed" or tags != {"gk"}


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_names_rules_each_once(measure: ShippedMeasure) -> None:
    assert measure.resolves
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule) for rule in measure.resolves)
    assert len(set(measure.resolves)) == len(measure.resolves)


@pytest.mark.parametrize("rule", RULES_WITH_A_MEASURE)
def test_there_is_a_measure_against_every_finding(rule: str) -> None:
    assert measures_resolving(rule)


def test_the_measure_made_for_a_rule_comes_first() -> None:
    ranks = [measure.resolves.index("avoidable-collection") for measure in measures_resolving("avoidable-collection")]

    assert ranks == sorted(ranks)
    assert measures_resolving("avoidable-collection")[0].id == "register_retrieval_and_confirm"


def test_a_rule_without_a_measure_gets_none() -> None:
    assert measures_resolving("no-such-rule") == ()
