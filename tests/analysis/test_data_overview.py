"""The data overview has every item of the model, in its order, in the shape that programs read."""

from __future__ import annotations

import json

import jsonschema

from ankunft_model.analysis import Computations, data_overview
from ankunft_model.sources.schemas import schema

from .rules.cases import case

NODES = (
    "first: {name: A, actor: sozialamt, collects: [name], next: then}\n"
    "then: {name: B, actor: jobcenter, collects: [name], needs: [bank], next: ende}"
)


def test_every_item_is_there_in_the_order_of_the_model() -> None:
    model = case(NODES)

    overview = data_overview(Computations(model)).to_dict()

    assert list(overview["items"]) == ["name", "bank", "health", "both"]
    assert overview["items"]["health"]["collections"] == {"min": 0, "max": 0}
    assert overview["items"]["name"]["collections"] == {"min": 2, "max": 2}
    assert overview["items"]["name"]["by_process"] == {"p": {"min": 2, "max": 2}}
    assert overview["items"]["name"]["collected_at"] == ["first", "then"]
    assert overview["items"]["name"]["avoidable"] == [
        {
            "node": "then",
            "certainty": "definite",
            "depends_on": [],
            "known_to": ["sozialamt"],
            "witness": ["beginn", "then"],
        }
    ]
    assert overview["items"]["bank"]["gaps"] == [
        {"node": "then", "actor": "jobcenter", "certainty": "definite", "depends_on": [], "witness": ["beginn", "then"]}
    ]


def test_it_keeps_to_its_schema() -> None:
    overview = data_overview(Computations(case(NODES))).to_dict()

    jsonschema.validate(json.loads(json.dumps(overview)), schema("ankunft-data-1"))


def test_an_item_under_another_name_has_the_figures_of_its_main_name() -> None:
    # entries of a registry may come in any order
    model = case(NODES)
    model = model.changed(
        data=[*model.data.values(), {"id": "alias", "name": "Name", "category": "identity", "canonical": "name"}]
    )

    items = data_overview(Computations(model)).to_dict()["items"]

    assert items["alias"] == items["name"]


def test_a_loop_has_no_upper_bound() -> None:
    model = case(
        "first: {type: exclusive, next: ask}\nask: {name: A, actor: sozialamt, collects: [name], next: done}\n"
        "done: {type: exclusive, name: Fertig?, next: [{to: first, when: nein}, {to: ende, when: ja}]}"
    )

    assert data_overview(Computations(model)).to_dict()["items"]["name"]["collections"] == {"min": 1, "max": None}


def test_data_of_other_members_of_the_household_stand_apart() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, collects: [name], for: [kind], next: ende}",
        more="cohorts:\n  c: {name: Familie, members: {kind: {name: Kind, role: child}}}\n",
    )

    item = data_overview(Computations(model)).to_dict()["items"]["name"]

    assert item["collections"] == {"min": 0, "max": 0}
    assert item["by_member"]["kind"]["collections"] == {"min": 1, "max": 1}


def test_the_text_is_a_table_with_the_silent_items_last() -> None:
    text = data_overview(Computations(case(NODES))).to_text()

    assert text.splitlines()[1].split() == ["Familienname", "2", "–", "1"]
    assert text.splitlines()[-1].startswith("Weder erfragt noch vermisst: Befund")


def test_the_mean_per_case_follows_the_shares() -> None:
    nodes = (
        "first: {{type: exclusive, name: Was?, next: [{{to: a, when: a{share}}}, {{to: b, when: b}}]}}\n"
        "a: {{name: A, actor: sozialamt, collects: [name, bank], next: zu}}\n"
        "b: {{name: B, actor: sozialamt, collects: [name], repeats: {{min: 2, max: 2}}, next: zu}}\n"
        "zu: {{type: exclusive, next: ende}}"
    )

    stated = data_overview(Computations(case(nodes.format(share=", share: 0.25")))).to_dict()["items"]
    open_ = data_overview(Computations(case(nodes.format(share="")))).to_dict()["items"]

    assert stated["name"]["expected"] == {"min": 1.75, "max": 1.75}
    assert stated["bank"]["expected"] == {"min": 0.25, "max": 0.25}
    assert stated["health"]["expected"] == {"min": 0, "max": 0}
    assert open_["bank"]["expected"] == {"min": 0, "max": 1}
