"""Shipped entries that a model uses without defining them."""

from __future__ import annotations

from typing import Any

import pytest

from ankunft_model.errors import Location, SourceError
from ankunft_model.model import ArrivalModel
from ankunft_model.model.known_ids import unknown_uses
from ankunft_model.registries.packs import pack_entries
from ankunft_model.sources.packs import complete_with_packs
from ankunft_model.sources.validation import validated


def plain(*bases: str, **more: Any) -> dict[str, Any]:
    """Return a model whose one step collects a datum for reasons of law."""
    collected = [{"item": f"d{number}", "justified_by": base} for number, base in enumerate(bases)]
    data = {f"d{number}": {"name": "D", "category": "identity"} for number in range(len(bases))}
    nodes = {
        "s": {"type": "start", "next": "w"},
        "w": {"name": "W", "collects": collected or "none", "next": "e"},
        "e": {"type": "end"},
    }
    processes = {"p": {"name": "P", "nodes": nodes}}
    head = {"format": "ankunft/1", "id": "m", "title": "M", "state": "as_is"}
    return {**head, "data": data, "processes": processes, **more}


def read(data: dict[str, Any]) -> ArrivalModel:
    return validated(data, lambda path, of_key=False: Location(path=".".join(map(str, path))))


def test_a_model_that_uses_nothing_gets_nothing() -> None:
    model = ArrivalModel.model_validate(plain())

    assert complete_with_packs(model) is model


def test_used_entries_are_put_in_with_all_that_they_use() -> None:
    for id_ in pack_entries("legal_bases"):
        model = read(plain(id_))

        assert model.legal_bases[id_].origin
        assert list(unknown_uses(model)) == []


def test_entries_come_after_the_own_ones_in_the_order_of_the_pack() -> None:
    shipped = list(pack_entries("legal_bases"))[:3]
    own = {"legal_bases": {"own": {"cite": "§ 1", "kind": "statute"}}}

    model = read(plain(*reversed(shipped), **own))

    assert list(model.legal_bases) == ["own", *shipped]


def test_an_own_entry_goes_before_a_shipped_one() -> None:
    id_ = next(iter(pack_entries("legal_bases")))

    model = read(plain(id_, legal_bases={id_: {"cite": "Eigenes", "kind": "statute"}}))

    assert model.legal_bases[id_].cite == "Eigenes"
    assert model.legal_bases[id_].origin is None


@pytest.mark.parametrize(("stated", "is_stated"), [({}, False), ({"legal_bases": "none"}, True)])
def test_whether_a_registry_is_stated_stays_as_it_is(stated: dict[str, Any], is_stated: bool) -> None:
    id_ = next(iter(pack_entries("legal_bases")))

    assert read(plain(id_, **stated)).legal_bases.is_stated is is_stated


def test_an_unknown_id_names_a_shipped_one_that_is_near() -> None:
    with pytest.raises(SourceError, match="did you mean 'azrg_18b'"):
        read(plain("azrg_18bb"))
