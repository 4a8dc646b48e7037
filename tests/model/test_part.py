"""What all parts share: frozen, closed, unknown apart from none."""

import pytest
from pydantic import ValidationError

from ankunft_model.model import Actor, DataItem, Measure, Registry, Step, System
from ankunft_model.model.part import PartialConfidence


def actor(id_: str) -> Actor:
    return Actor(id=id_, name=id_.title(), kind="jobcenter")


def test_a_part_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError):
        actor("a").name = "b"


def test_a_change_is_checked() -> None:
    assert actor("a").changed(name="Amt").name == "Amt"
    with pytest.raises(ValidationError):
        actor("a").changed(part_of="Großes Amt")


@pytest.mark.parametrize(
    ("value", "meant"),
    [("none", ()), ([], ()), ({}, ()), ("unknown", None), ("a", ("a",)), (["a", "b"], ("a", "b"))],
)
def test_lists_tell_none_from_unknown(value: object, meant: tuple[str, ...] | None) -> None:
    assert System.model_validate({"id": "s", "name": "S", "holds": value}).holds == meant


def test_an_absent_list_is_unknown() -> None:
    assert System(id="s", name="S").holds is None


def test_nothing_is_listed_twice() -> None:
    with pytest.raises(ValidationError, match="listed twice"):
        DataItem.model_validate({"id": "d", "name": "D", "contains": ["a", "a"]})


def test_unknown_stands_for_a_single_value_but_not_for_text() -> None:
    step = Step.model_validate({"id": "s", "name": "unknown", "actor": "unknown", "duration": "unknown", "next": "e"})

    assert (step.name, step.actor, step.duration) == ("unknown", None, None)


def test_a_mapping_with_free_keys_may_be_none() -> None:
    assert Measure.model_validate({"id": "m", "name": "M", "good_for": "none"}).good_for == {}


def test_confidence_goes_field_by_field() -> None:
    step = Step.model_validate(
        {"id": "s", "name": "S", "next": "e", "confidence": {"default": "fact", "wait": "assumption"}}
    )

    assert step.confidence == PartialConfidence(default="fact", fields=(("wait", "assumption"),))
    assert (step.confidence_of("wait"), step.confidence_of("name")) == ("assumption", "fact")
    assert Step.model_validate({"id": "s", "name": "S", "next": "e"}).confidence_of("wait") is None


def test_a_registry_is_a_mapping_in_given_order() -> None:
    registry = Registry((actor("b"), actor("a")))

    assert list(registry) == ["b", "a"]
    assert registry["a"].name == "A"
    assert "c" not in registry


def test_registries_differ_by_order_and_by_what_is_stated() -> None:
    first, second = actor("a"), actor("b")

    assert Registry((first, second)) != Registry((second, first))
    assert Registry((first, second)) == Registry([first, second])
    assert Registry[Actor]() != Registry[Actor](is_stated=True)
    assert Registry((first,)) != {"a": first}
    assert hash(Registry((first,))) == hash(Registry((first,)))
