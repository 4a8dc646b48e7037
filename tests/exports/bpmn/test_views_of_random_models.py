"""Every view of a random model is whole: valid, without defects of layout, with each step once and under its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.interchange.interchange import Interchange, interchange

from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.doors import check_bpmn_layout, read_bpmn
from ankunft_model.exports.bpmn import to_bpmn, to_undrawn_bpmn
from ankunft_model.model import Activity, ArrivalModel, text_in

from .exported import BPMN, journey_of
from .short_notation import random_model, random_model_with_sub_processes, random_model_with_triggers
from .token_games import TooManyStatesError, differences, is_sound

__all__ = ["interchange"]

VIEWS: tuple[dict[str, Any], ...] = (
    {"view": "journey"},
    {"view": "journey", "level": "processes"},
    {"view": "collaboration"},
    {"level": "processes"},
    {"level": "organisations"},
    {"diagrams": "per-process"},
    {"notify": True},
)
MAKERS = (random_model, random_model_with_sub_processes, random_model_with_triggers)
FEW_STATES = 3_000


def random_view(seed: int) -> tuple[ArrivalModel, dict[str, Any]]:
    random = Random(seed)
    return random.choice(MAKERS)(random, 8), random.choice(VIEWS)


def shown_steps(xml: bytes) -> Iterator[tuple[str, str]]:
    """Yield the nodes of the model that elements of the file say they are, each with the name that is written."""
    for element in etree.fromstring(xml).iter(f"{BPMN}*"):
        for reference in element.findall(f"{BPMN}extensionElements/{{{ANKUNFT}}}element"):
            if reference.get("kind") == "node":
                yield reference.get("id"), element.get("name")


@given(st.integers(0, 10**9))
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_every_view_is_drawn_without_defects_and_read_back_as_the_model(seed: int) -> None:
    model, options = random_view(seed)

    xml = to_bpmn(model, **options)
    report = check_bpmn_layout(xml)

    assert [defect for diagram in report.diagrams for defect in diagram.defects] == []
    assert read_bpmn(xml) == model


@given(st.integers(0, 10**9))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_every_view_of_steps_shows_each_step_once_and_under_its_name(seed: int) -> None:
    model, options = random_view(seed)
    steps = {
        id_: text_in(node.name, "de")
        for id_, node in model.nodes.items()
        if isinstance(node, Activity) and node.type != "subprocess" and node.name is not None
    }

    found = [(id_, name) for id_, name in shown_steps(to_undrawn_bpmn(model, **options)) if id_ in steps]

    if options.get("level") == "organisations":
        assert found == []
    else:
        assert Counter(found) == Counter(steps.items())


@given(st.integers(0, 10**9))
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_the_journey_does_the_runs_of_the_model(seed: int) -> None:
    model = random_model_with_sub_processes(Random(seed), 8)
    try:
        if is_sound(model, limit=FEW_STATES):
            assert differences(model, journey_of(model), limit=FEW_STATES) == []
    except TooManyStatesError:
        return


@pytest.mark.node
def test_every_view_is_valid_by_the_schema_and_clean_for_other_tools(interchange: Interchange, tmp_path: Path) -> None:
    files: list[Path] = []
    for seed in range(3 * len(VIEWS)):
        files.append(tmp_path / f"view_{seed}.bpmn")
        files[-1].write_bytes(to_bpmn(MAKERS[seed % 3](Random(seed), 8), **VIEWS[seed % len(VIEWS)]))

    assert [interchange.validate_xsd(file.read_bytes()) for file in files] == [()] * len(files)
    assert [judged.errors + judged.warnings for judged in interchange.moddle(*files)] == [()] * len(files)
    assert [judged.errors for judged in interchange.lint(*files)] == [()] * len(files)
