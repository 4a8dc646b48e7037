"""What merges no further is looked at by itself: answers equal a plain enumeration and stay exact in large models."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.large_models import tangled
from hypothesis import example, given, seed, settings
from hypothesis import strategies as st
from tests.conftest import is_ci

from ankunft_model.analysis import Computations, check
from ankunft_model.analysis.rules import opaque_path
from ankunft_model.graph import check_process, control_flow_of

from .small_models import build
from .tangled_blocks import some_inclusive_models, some_tangled_models, some_waiting_models
from .test_against_plain_reference import (
    EXAMPLES,
    SLOW_DATA,
    knowledge_equals_the_enumeration,
    soundness_equals_the_enumeration,
)


@pytest.mark.parametrize(
    "models",
    [some_tangled_models(), some_waiting_models(), some_inclusive_models()],
    ids=["tangled", "waiting", "inclusive"],
)
def test_soundness_and_knowledge_equal_the_enumeration(models: st.SearchStrategy[dict[str, Any]]) -> None:
    def both(plain: dict[str, Any]) -> None:
        soundness_equals_the_enumeration(plain)
        knowledge_equals_the_enumeration(plain)

    drawn = seed(1)(given(models)(both)) if is_ci() else given(models)(both)
    settings(max_examples=EXAMPLES, suppress_health_check=SLOW_DATA)(drawn)()


def interrupted() -> dict[str, Any]:
    """Return a sub-process in which two bodies ask one after the other, unless a timer ends it before."""
    inside = {
        "b": {"type": "start", "actor": "person", "next": [{"to": "t"}]},
        "t": {"name": "T", "actor": "one", "collects": ["alpha"], "next": [{"to": "u"}]},
        "u": {"name": "U", "actor": "two", "collects": ["alpha"], "next": [{"to": "f"}]},
        "f": {"type": "end", "actor": "one"},
    }
    nodes = {
        "s": {"type": "start", "actor": "person", "next": [{"to": "sub"}]},
        "sub": {"type": "subprocess", "name": "S", "actor": "one", "nodes": inside, "next": [{"to": "e"}]},
        "timer": {"type": "boundary", "attached_to": "sub", "trigger": "timer", "actor": "one", "next": [{"to": "e"}]},
        "e": {"type": "end", "actor": "person"},
    }
    unread: dict[str, Any] = {"file": "none", "register": "none"}
    return {
        "processes": {"p": {"name": "P", "nodes": nodes, "handovers": []}},
        "readers": unread,
        "holds": unread,
        "held": {"letter": False, "card": False},
    }


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW_DATA)
@example(interrupted())
@given(some_tangled_models())
def test_the_longest_unguided_path_is_as_long_with_nets_as_on_all_states(plain: dict[str, Any]) -> None:
    with_nets, on_states = Computations(build(plain)), Computations(build(plain))
    for runs in on_states.runs:
        runs.__dict__["regions"] = runs.__dict__["blocks"] = None
    if not all(runs.followed.is_complete for runs in on_states.runs):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opaque_path, "MANY_BODIES", 1)
        found, plainly = (
            [(seen.certainty, seen.message.de.split(" Stellen")[0]) for seen in opaque_path.find_opaque_path(computed)]
            for computed in (with_nets, on_states)
        )

    assert found == plainly


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW_DATA)
@given(some_tangled_models())
def test_a_witness_names_only_what_executes_on_its_run(plain: dict[str, Any]) -> None:
    for finding in check(build(plain), select=["data"]):
        assert set(finding.witness) <= set(finding.run())


@pytest.mark.parametrize("parts", [1, 3, 10])
def test_every_datum_of_a_large_model_with_nets_is_answered_exactly(parts: int) -> None:
    model = tangled(300, 30, parts=parts)
    (process,) = model.processes.values()
    computed = Computations(model)

    assert [key for part in computed.knowledge for key, item in part.items.items() if not item.is_exact] == []
    (regions,) = (runs.regions for runs in computed.runs)
    assert regions is not None
    assert len(regions.nets) == parts
    assert check_process(control_flow_of(process)).sound
