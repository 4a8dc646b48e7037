"""How many bodies ask per run, where their combinations are more than can be kept one by one."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.knowledge.results import ItemKnowledge
from ankunft_model.model import ArrivalModel

from .rules.cases import model_of


def asked_by(count: int, first: str, steps: str) -> ArrivalModel:
    actors = "".join(f"  a{number}: {{name: A{number}, kind: other}}\n" for number in range(count))
    return model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        f"actors:\n  person: {{name: Person, kind: person}}\n{actors}"
        "data:\n  name: {name: Name, category: identity}\n"
        "processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        f"      beginn: {{type: start, name: Beginn, actor: person, next: {first}}}\n{steps}"
        "      ende: {type: end, name: Ende}\n    handovers: none\n"
    )


def known(model: ArrivalModel) -> ItemKnowledge:
    (knowledge,) = Computations(model).knowledge
    (item,) = knowledge.items.values()
    return item


def optional(count: int) -> str:
    """Return so many questions of different bodies one after the other, each of which may be left out."""
    return "".join(
        f"      w{n}: {{type: exclusive, name: Fragen?, next: [{{to: s{n}, when: ja}}, {{to: z{n}, when: nein}}]}}\n"
        f"      s{n}: {{name: S{n}, actor: a{n}, collects: [name], next: z{n}}}\n"
        f"      z{n}: {{type: exclusive, next: {f'w{n + 1}' if n + 1 < count else 'ende'}}}\n"
        for n in range(count)
    )


@pytest.mark.parametrize("count", [2, 5, 9, 14])
def test_optional_questions_of_many_bodies_are_counted_from_none_to_all(count: int) -> None:
    found = known(asked_by(count, "w0", optional(count)))

    counted = found.collections
    assert (counted.least, counted.most, counted.least_askers, counted.most_askers) == (0, count, 0, count)
    assert {id_ for id_ in found.longest.ids if id_[0] == "s"} == {f"s{number}" for number in range(count)}


@pytest.mark.parametrize("count", [3, 9, 14])
def test_alternatives_with_different_numbers_of_bodies_are_told_from_the_fewest_to_the_most(count: int) -> None:
    branches = ", ".join(f"{{to: s{n}x0, when: w{n}}}" for n in range(count))
    steps = f"      weg: {{type: exclusive, name: Wohin?, next: [{branches}]}}\n" + "".join(
        f"      s{n}x{k}: {{name: S{n}-{k}, actor: a{k}, collects: [name], "
        f"next: {f's{n}x{k + 1}' if k < n else 'zu'}}}\n"
        for n in range(count)
        for k in range(n + 1)
    )
    found = known(asked_by(count, "weg", f"{steps}      zu: {{type: exclusive, next: ende}}\n"))

    counted = found.collections
    assert (counted.least, counted.most, counted.least_askers, counted.most_askers) == (1, count, 1, count)
    assert len({id_ for id_ in found.longest.ids if id_[0] == "s"}) == count


def test_in_a_loop_each_body_counts_once_and_questions_have_no_bound() -> None:
    count = 9
    branches = ", ".join(f"{{to: s{n}, when: w{n}}}" for n in range(count))
    steps = (
        "      auf: {type: exclusive, next: weg}\n"
        f"      weg: {{type: exclusive, name: Wohin?, next: [{branches}]}}\n"
        + "".join(f"      s{n}: {{name: S{n}, actor: a{n}, collects: [name], next: zu}}\n" for n in range(count))
        + "      zu: {type: exclusive, next: noch}\n"
        "      noch: {type: exclusive, name: Noch einmal?, next: [{to: auf, when: ja}, {to: ende, when: nein}]}\n"
    )
    counted = known(asked_by(count, "auf", steps)).collections

    assert (counted.least, counted.most, counted.least_askers, counted.most_askers) == (1, None, 1, count)


def test_any_of_several_branches_may_ask_but_one_does() -> None:
    count = 9
    branches = ", ".join(f"{{to: s{n}, when: w{n}}}" for n in range(count))
    steps = f"      weg: {{type: inclusive, name: Wer?, next: [{branches}]}}\n" + "".join(
        f"      s{n}: {{name: S{n}, actor: a{n}, collects: [name], next: zu}}\n" for n in range(count)
    )
    counted = known(asked_by(count, "weg", f"{steps}      zu: {{type: inclusive, next: ende}}\n")).collections

    assert (counted.least, counted.most, counted.least_askers, counted.most_askers) == (1, count, 1, count)
