"""Writing a model and reading it again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from tests.strategies import WHOLE_MODELS, models

from ankunft_model.errors import SourceError
from ankunft_model.model import ArrivalModel
from ankunft_model.sources.file_reader import read_text
from ankunft_model.sources.file_writer import to_json, to_yaml


@WHOLE_MODELS
@given(models)
def test_a_model_survives_yaml_and_json(model: ArrivalModel) -> None:
    assert read_text(to_yaml(model), suffix=".yaml") == model
    assert read_text(to_json(model), suffix=".json") == model


@WHOLE_MODELS
@given(models)
def test_equal_models_give_equal_text(model: ArrivalModel) -> None:
    again = read_text(to_yaml(model), suffix=".yaml")

    assert to_yaml(again) == to_yaml(model)
    assert to_json(again) == to_json(model)


def small(**more: object) -> ArrivalModel:
    nodes = {"s": {"type": "start", "next": "e"}, "e": {"type": "end"}}
    plain = {"id": "m", "title": "Größe", "state": "as_is", "processes": {"p": {"name": "P", "nodes": nodes}}, **more}
    return ArrivalModel.model_validate(plain)


def test_the_format_comes_first_and_the_schema_only_if_asked() -> None:
    assert to_yaml(small()).startswith("format: ankunft/1\n")
    first, second, *_ = to_yaml(small(), schema="schemas/ankunft-1.json").splitlines()

    assert first == "# yaml-language-server: $schema=schemas/ankunft-1.json"
    assert second == "format: ankunft/1"


def test_a_schema_address_cannot_begin_a_second_line() -> None:
    text = to_yaml(small(), schema="a\nid: other")

    assert read_text(text, suffix=".yaml").id == "m"


def test_json_is_readable_and_keeps_letters() -> None:
    text = to_json(small())

    assert "Größe" in text
    assert text.startswith('{\n  "format": "ankunft/1",\n')
    assert json.loads(text)["title"] == "Größe"


def test_entries_of_packs_are_left_out_and_come_back() -> None:
    text = to_yaml(small()).replace(
        "processes:", "actors: {a: {name: A, kind: jobcenter}}\nlegal_bases: none\nprocesses:"
    )
    text = text.replace("next: e", "next: w").replace(
        "e: {type: end}", "w: {name: W, collects: {item: d, justified_by: azrg_18b}, next: e}\n      e: {type: end}"
    )
    text = text.replace("processes:", "data: {d: {name: D, category: identity}}\nprocesses:")

    model = read_text(text, suffix=".yaml")

    assert model.legal_bases["azrg_18b"].origin == "de-2025"
    assert model.legal_bases.is_stated
    assert "AZRG" not in to_yaml(model)
    assert "legal_bases: none" in to_yaml(model)
    assert read_text(to_yaml(model), suffix=".yaml") == model


def test_a_file_cannot_claim_to_be_a_pack() -> None:
    text = to_yaml(small()).replace(
        "processes:", "actors: {a: {name: A, kind: jobcenter, origin: de-2025}}\nprocesses:"
    )

    with pytest.raises(SourceError) as caught:
        read_text(text, suffix=".yaml")

    assert [problem.code for problem in caught.value.problems] == ["unknown-key"]
