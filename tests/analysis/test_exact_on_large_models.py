"""Large models made of blocks are answered exactly, within the default limits."""

from __future__ import annotations

import pytest
from benchmarks.large_models import KINDS

from ankunft_model.analysis import Computations


@pytest.mark.parametrize("kind", ["blocks", "chain", "relay", "decisions", "tangled"])
def test_every_datum_of_a_large_model_is_answered_exactly(kind: str) -> None:
    knowledge = Computations(KINDS[kind](3_000, 600)).knowledge

    assert [key for part in knowledge for key, item in part.items.items() if not item.is_exact] == []
