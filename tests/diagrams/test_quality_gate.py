"""The quality of drawings does not get worse: no defects, and no more crossings, bends and room than recorded."""

from __future__ import annotations

import pytest
from tests.diagrams.generated_processes import generated_process

import ankunft_model as am

RECORDED = {  # nodes, lanes: crossings, bends, megapixels; lower them when a change makes drawings better
    (30, 4): (0, 15, 2.1),
    (100, 6): (3, 58, 12.3),
    (300, 6): (18, 190, 47.0),
}


def figures_of(data: bytes) -> tuple[int, int, float]:
    report = am.check_bpmn_layout(data)
    assert report.is_clean, report
    return (
        sum(diagram.figures.crossings for diagram in report.diagrams),
        sum(diagram.figures.bends for diagram in report.diagrams),
        sum(diagram.figures.width * diagram.figures.height for diagram in report.diagrams) / 1e6,
    )


def test_generated_procedures_have_no_more_crossings_bends_and_room_than_recorded() -> None:
    found = [figures_of(am.lay_out_bpmn(generated_process(nodes, lanes=lanes)).data) for nodes, lanes in RECORDED]

    totals = [sum(figures) for figures in zip(*found, strict=True)]
    recorded = [sum(figures) for figures in zip(*RECORDED.values(), strict=True)]
    assert all(total <= most for total, most in zip(totals, recorded, strict=True)), found


@pytest.mark.parametrize("seed", range(4))
def test_procedures_of_any_shape_are_drawn_without_defects(seed: int) -> None:
    for direction in ("horizontal", "vertical"):
        layout = am.lay_out_bpmn(
            generated_process(60, lanes=4 + seed, seed=seed, with_pools=seed != 3),
            direction=direction,  # type: ignore[arg-type]  # one of two words
        )
        assert layout.notes == ()
        figures_of(layout.data)


@pytest.mark.slow
@pytest.mark.parametrize("nodes", [1000, 10_000])
def test_large_procedures_are_drawn_without_defects(nodes: int) -> None:
    figures_of(am.lay_out_bpmn(generated_process(nodes, lanes=8)).data)
