"""What one step, wait or handover takes: bounds, usual time, waiting, and what would have to be stated."""

from __future__ import annotations

import pytest

from ankunft_model.analysis.timing.spent_time import Spent, time_of_node, time_of_part
from ankunft_model.model import Duration, DurationRange

from ..rules.cases import case

DAY = 86_400


def spent(fields: str) -> Spent:
    model = case(f"first: {{name: Schritt, actor: agentur, next: ende{fields}}}")
    return time_of_node(model.nodes["first"])


def days(of: Spent) -> tuple[float, float | None, float, tuple[float, float], float]:
    """Return least, most, stated and usual time, and the waiting, in days."""
    most = None if of.most is None else of.most / DAY
    return of.least / DAY, most, of.stated / DAY, (of.typical[0] / DAY, of.typical[1] / DAY), of.waiting / DAY


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (", wait: P2D", (2, 2, 2, (2, 2), 2)),
        (", duration: P2D", (2, 2, 2, (2, 2), 0)),
        (", wait: {min: P1D, max: P4D}, duration: P2D", (3, 6, 6, (3, 6), 4)),
        (", wait: {min: P1D, likely: P2D, max: P4D}, duration: P2D", (3, 6, 6, (4, 4), 4)),
        (", duration: P2D, repeats: {min: 2, max: 3}", (4, 6, 6, (4, 6), 0)),
        (", duration: P2D, repeats: {min: 2, max: 3, every: P10D}", (14, 26, 26, (14, 26), 20)),
        (", wait: P2D, repeats: {min: 0, max: 2}", (2, 4, 4, (2, 4), 4)),
        (", wait: P2D, repeats: {min: 3, every: {min: P1D, likely: P5D, max: P9D}}", (8, None, 24, (16, 16), 24)),
        (", duration: P0D, repeats: {min: 3}", (0, 0, 0, (0, 0), 0)),
    ],
)
def test_times_add_up(fields: str, expected: tuple[object, ...]) -> None:
    assert days(spent(fields)) == expected


@pytest.mark.parametrize(
    ("fields", "is_unbounded"),
    [
        (", duration: P1D, repeats: {min: 2}", True),
        (", duration: P0D, repeats: {every: P1D}", True),
        (", repeats: {min: 2}", True),
        (", duration: P0D, repeats: {min: 2}", False),
        (", duration: P1D, repeats: {max: 2}", False),
        ("", False),
    ],
)
def test_only_what_takes_time_again_and_again_is_without_bound(fields: str, *, is_unbounded: bool) -> None:
    assert spent(fields).is_unbounded is is_unbounded


@pytest.mark.parametrize(
    ("fields", "unknown", "untypical"),
    [
        ("", ("duration",), ()),
        (", wait: P1D", (), ()),
        (", wait: {min: P1D}", ("wait.max",), ()),
        (", duration: {min: P1D, max: P2D}", (), ("duration.likely",)),
        (", duration: P1D, repeats: {max: 3}", (), ("repeats",)),
        (", duration: P1D, repeats: {min: 3}", (), ("repeats",)),
        (", duration: P1D, repeats: {min: 3, max: 3}", (), ()),
        (
            ", duration: P1D, repeats: {min: 3, max: 3, every: {max: P1D}}",
            ("repeats.every.min",),
            ("repeats.every.likely",),
        ),
    ],
)
def test_what_would_have_to_be_stated_is_named(
    fields: str, unknown: tuple[str, ...], untypical: tuple[str, ...]
) -> None:
    assert (spent(fields).unknown, spent(fields).untypical) == (unknown, untypical)


@pytest.mark.parametrize("turned", [False, True])
def test_what_runs_beside_counts_with_the_longer(*, turned: bool) -> None:
    def ranged(*parts: str | None, is_waiting: bool = False) -> Spent:
        bounds = [None if part is None else Duration.parse(part) for part in parts]
        return time_of_part(DurationRange(*bounds), "latency", is_waiting=is_waiting)

    one = ranged("P1D", None, "P9D", is_waiting=True)
    other = ranged("P3D", "P4D", "P5D")
    unbounded = ranged("P2D")
    both = other.beside(one) if turned else one.beside(other)

    assert days(both) == (3, 9, 9, (4, 9), 9)
    assert (one.beside(unbounded) if turned else unbounded.beside(one)).most is None
