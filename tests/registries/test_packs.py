"""The pack: entries in the shape of the file, valid for the model, closed, with sources."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from ankunft_model.model import ArrivalModel, DataItem, Document, LegalBasis, Source
from ankunft_model.model.vocabulary import ACTOR_KINDS
from ankunft_model.registries import PACK_REGISTRIES, pack_entries, packs

CLASS_BY_REGISTRY = {"data": DataItem, "documents": Document, "legal_bases": LegalBasis, "sources": Source}
ENTRIES = [
    pytest.param(registry, id_, entry, id=f"{registry}.{id_}")
    for registry in PACK_REGISTRIES
    for id_, entry in pack_entries(registry).items()
]


def listed(value: object) -> list[str]:
    """Return what a list of the file names; absence and `any` name nothing."""
    return [] if value in (None, "none", "any") else list(value)  # type: ignore[call-overload]


def texts_of(entry: Mapping[str, Any]) -> list[Any]:
    return [entry[key] for key in ("name", "description") if key in entry]


@pytest.mark.parametrize(("registry", "id_", "entry"), ENTRIES)
def test_an_entry_is_one_of_the_model(registry: str, id_: str, entry: dict[str, Any]) -> None:
    element = CLASS_BY_REGISTRY[registry].model_validate({"id": id_, **entry})

    assert (element.id, element.origin) == (id_, "de-2025")


@pytest.mark.parametrize(("registry", "id_", "entry"), ENTRIES)
def test_an_entry_speaks_german_and_english(registry: str, id_: str, entry: dict[str, Any]) -> None:
    texts = texts_of(entry)

    assert texts, "an entry has a name or a description"
    assert [set(text) for text in texts] == [{"de", "en"}] * len(texts)


@pytest.mark.parametrize(
    ("id_", "entry"),
    [pytest.param(*case.values[1:], id=case.id) for case in ENTRIES if case.values[0] != "sources"],
)
def test_an_entry_says_where_it_comes_from(id_: str, entry: dict[str, Any]) -> None:
    known = {tag.upper() for tag in pack_entries("sources")}
    tags = {citation.partition(":")[0] for citation in entry["source"]}
    confidence = entry["confidence"]
    default = confidence if isinstance(confidence, str) else confidence["default"]

    assert tags
    assert tags <= known
    assert default == "source_needed" or tags - {"GK", "FIM"}


@pytest.mark.parametrize(
    ("id_", "entry"),
    [
        pytest.param(*case.values[1:], id=case.id)
        for case in ENTRIES
        if isinstance(case.values[2].get("confidence"), dict)
    ],  # type: ignore[union-attr]
)
def test_confidence_speaks_of_fields_that_the_entry_has(id_: str, entry: dict[str, Any]) -> None:
    for path in set(entry["confidence"]) - {"default"}:
        value: Any = entry
        for key in path.split("."):
            assert key in value, path
            value = value[key]


def test_references_inside_the_pack_resolve() -> None:
    data, documents, bases = (pack_entries(name) for name in ("data", "documents", "legal_bases"))
    items: set[str] = set()
    for entry in data.values():
        items |= {*listed(entry.get("contains")), *listed(entry.get("derivable_from"))}
        items |= {entry["canonical"]} if "canonical" in entry else set()
    for entry in documents.values():
        items |= {*listed(entry.get("prints")), *listed(entry.get("proves"))}
    for entry in bases.values():
        items |= set(listed(entry.get("allows", {}).get("data")))

    assert items <= set(data)
    assert {entry["legal_basis"] for entry in documents.values() if "legal_basis" in entry} <= set(bases)


def test_recipients_are_kinds_of_actors_because_actors_are_the_models() -> None:
    recipients = {
        kind
        for entry in pack_entries("legal_bases").values()
        for kind in listed(entry.get("allows", {}).get("recipients"))
    }

    assert recipients <= set(ACTOR_KINDS)
    assert not any("issuer" in entry or "needed_by" in entry for entry in pack_entries("documents").values())


def test_a_model_can_take_in_the_whole_pack() -> None:
    model = ArrivalModel.model_validate(
        {
            "id": "all_of_the_pack",
            "title": "Alles",
            "state": "reference",
            "as_of": date(2025, 6, 1),
            "actors": {"person": {"name": "Person", "kind": "person"}},
            **{registry: pack_entries(registry) for registry in PACK_REGISTRIES},
            "processes": {
                "arrive": {
                    "name": "Ankommen",
                    "nodes": {
                        "begin": {"type": "start", "name": "Beginn", "actor": "person", "next": "done"},
                        "done": {"type": "end", "name": "Ende"},
                    },
                }
            },
        }
    )

    assert {entry.origin for entry in model.legal_bases.values()} == {"de-2025"}


def test_validity_does_not_end_before_it_begins() -> None:
    for entry in pack_entries("legal_bases").values():
        first, last = (
            date.fromisoformat(entry.get(key, day))
            for key, day in (("valid_from", "0001-01-01"), ("valid_to", "9999-12-31"))
        )
        assert first <= last


def test_a_draft_is_marked_as_draft() -> None:
    drafts = [id_ for id_, entry in pack_entries("legal_bases").items() if "Entwurf" in entry["cite"]]

    assert drafts
    assert all(pack_entries("legal_bases")[id_]["stage"] == "draft" for id_ in drafts)


def test_the_pack_says_of_which_day_the_law_is() -> None:
    (pack,) = packs()

    assert pack.id == "de-2025"
    assert pack.law_read_on == date.fromisoformat(pack_entries("sources")["law"]["date"])


def test_entries_belong_to_the_caller() -> None:
    pack_entries("data")["family_name"]["name"]["de"] = "geändert"

    assert pack_entries("data")["family_name"]["name"]["de"] == "Familienname"


@pytest.mark.parametrize("registry", ["actors", "benefits", "nonsense"])
def test_registries_that_are_the_models_have_no_shipped_entries(registry: str) -> None:
    assert pack_entries(registry) == {}
