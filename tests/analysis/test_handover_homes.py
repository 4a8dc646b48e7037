"""Where a file lists a handover changes no result."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis import Computations, data_overview
from ankunft_model.analysis.check import check
from ankunft_model.model import ArrivalModel

from .small_models import build, plain_models


def results(model: ArrivalModel) -> dict[str, Any]:
    found = check(model)
    return {
        "findings": sorted((finding.rule, finding.certainty, finding.message.en) for finding in found),
        "data": data_overview(Computations(model)).to_dict(),
        "soundness": model.soundness().to_dict(),
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(plain_models.filter(lambda plain: len(plain["processes"]) > 1), st.data())
def test_a_handover_may_be_listed_under_any_process(plain: dict[str, Any], data: st.DataObject) -> None:
    here = build(plain)
    listed = [handover for process in plain["processes"].values() for handover in process["handovers"]]
    moved = {id_: {**process, "handovers": []} for id_, process in plain["processes"].items()}
    for handover in listed:
        moved[data.draw(st.sampled_from(sorted(moved)))]["handovers"].append(handover)
    there = build({**plain, "processes": moved})

    assert results(there) == results(here)
