"""The plain shape of a model says everything, and nothing twice."""

import pickle
from typing import Any

from hypothesis import given
from tests.strategies import WHOLE_MODELS, models, plain_models

from ankunft_model.model import ArrivalModel, to_plain
from ankunft_model.model.known_ids import unknown_uses
from ankunft_model.model.references import references, used_ids


@WHOLE_MODELS
@given(plain_models())
def test_a_model_survives_its_plain_shape(plain: dict[str, Any]) -> None:
    model = ArrivalModel.model_validate(plain)

    assert ArrivalModel.model_validate(to_plain(model)) == model
    assert to_plain(ArrivalModel.model_validate(to_plain(model))) == to_plain(model)


@WHOLE_MODELS
@given(models)
def test_a_model_has_no_unknown_ids_and_survives_pickling(model: ArrivalModel) -> None:
    assert list(unknown_uses(model)) == []
    assert pickle.loads(pickle.dumps(model)) == model


@WHOLE_MODELS
@given(models)
def test_every_reference_stands_where_its_path_leads(model: ArrivalModel) -> None:
    plain = to_plain(model)

    for use in references(model):
        value: Any = plain
        for key in use.path:
            if (isinstance(value, dict) and key in value) or (isinstance(value, list) and isinstance(key, int)):
                value = value[key]
        assert use.id == value or use.id in use.path


def test_what_equals_its_default_is_left_out_and_none_is_said() -> None:
    plain = {
        "format": "ankunft/1",
        "id": "m",
        "title": "M",
        "state": "as_is",
        "agreements": [],
        "data": {"d": {"name": "D", "category": "health", "reusable": True, "valid_for": "unknown"}},
        "processes": {"p": {"name": "P", "nodes": {"s": {"type": "start", "next": ["e"]}, "e": {"type": "end"}}}},
    }

    written = to_plain(ArrivalModel.model_validate(plain))

    assert written["agreements"] == "none"
    assert "actors" not in written
    assert written["data"] == {"d": {"name": "D", "category": "health"}}
    assert written["processes"]["p"]["nodes"]["s"] == {"type": "start", "next": "e"}
    assert next(iter(written)) == "format"


@given(models)
def test_the_quick_look_at_ids_sees_the_ids_that_the_long_one_sees(model: ArrivalModel) -> None:
    quick = {(id_, kinds) for kinds, ids in used_ids(model).items() for id_ in ids}

    assert quick == {(use.id, use.kinds) for use in references(model)}
