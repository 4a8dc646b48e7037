"""What counts as a transfer of data between bodies, and what it rests on."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.bodies import body_type_of, is_public, sits_in
from ankunft_model.analysis.transfers import bases_allowing, find_transfers, passed_data, stated_bases
from ankunft_model.analysis.uses_of_law import find_uses

from .rules.cases import case, handed, model_of


@pytest.mark.parametrize(
    ("handover", "data"),
    [
        ("data: [name]", ("name",)),
        ("data: [name, health]", ("health", "name")),
        ("data: [both]", ("name", "bank")),
        ("data: none", ()),
        ("data: none, documents: [befund]", ("health",)),
        ("documents: [befund]", ("health",)),
        ("message: true", None),
    ],
)
def test_what_passes_is_in_data_and_documents_special_categories_first(
    handover: str, data: tuple[str, ...] | None
) -> None:
    rest = "" if handover == "message: true" else f", {handover}"
    model = handed(f"channel: email{rest}", more="documents:\n  befund: {name: Befund, prints: [health]}\n")

    assert passed_data(model, model.handovers["h"]) == data


@pytest.mark.parametrize(
    ("handover", "count"), [("channel: email", 1), ("channel: none", 0), ("channel: paper_carried", 0)]
)
def test_what_the_person_carries_or_does_not_pass_is_no_transfer(handover: str, count: int) -> None:
    found = list(find_transfers(Computations(handed(f"{handover}, data: none"))))

    assert len(found) == count
    assert all((one.sender, one.receiver, one.ends) == ("sozialamt", "jobcenter", ("first", "then")) for one in found)


LAW = (
    "legal_bases:\n  old: {cite: A, kind: statute, stage: draft, allows: {recipients: [jobcenter], data: any}}\n"
    "  norm: {cite: B, kind: statute, allows: {recipients: [jobcenter], data: [both]}}\n"
    "  kind: {cite: C, kind: statute, allows: {recipients: [any], data: [health]}}\n"
    "  bare: {cite: D, kind: statute}\n"
)


@pytest.mark.parametrize(
    ("recipient", "items", "found"),
    [
        ("jobcenter", ["name"], ["norm"]),
        ("jobcenter", ["name", "bank"], ["norm"]),
        ("jobcenter", ["name", "health"], []),
        ("jobcenter", ["health"], ["kind"]),
        ("agentur", ["health"], ["kind"]),
        ("agentur", ["name"], []),
        ("jobcenter", [], []),
    ],
)
def test_a_basis_in_force_allows_what_it_names_as_a_whole(recipient: str, items: list[str], found: list[str]) -> None:
    model = handed("channel: email, data: none", more=LAW)

    assert [basis.id for basis in bases_allowing(model, recipient, items)] == found


@pytest.mark.parametrize(
    ("stated", "found"),
    [("[norm, bare]", ["norm", "bare"]), ("[old]", []), ("[old, norm]", ["norm"]), ("not_needed", []), ("none", [])],
)
def test_only_law_in_force_is_a_stated_basis(stated: str, found: list[str]) -> None:
    model = handed(f"channel: email, data: none, legal_basis: {stated}", more=LAW)

    assert [basis.id for basis in stated_bases(model, model.handovers["h"])] == found


def test_every_place_where_the_model_relies_on_law_is_found() -> None:
    more = (
        "legal_bases:\n  a: {cite: A, kind: statute}\n  b: {cite: B, kind: statute}\n  c: {cite: C, kind: statute}\n"
        "systems:\n  akte: {name: Akte, holds: none, readers: [{actor: jobcenter, legal_basis: a}]}\n"
        "documents:\n  karte: {name: Karte, legal_basis: b}\n"
        "benefits:\n  geld: {name: Geld, regime: sgb2, payer: jobcenter, covers: housing, legal_basis: b}\n"
        "agreements:\n  k: {name: K, parties: [sozialamt, jobcenter], "
        "bridges: {benefit: geld, until_starts: geld, legal_basis: a}}\n"
        "information_duties:\n  duty: {name: D, by: agentur, at: [first], legal_basis: a, "
        "deadline: {within: P3D, after: first, legal_basis: b}}\n"
    )
    model = case(
        "first: {name: A, actor: sozialamt, collects: [{item: name, justified_by: a}], next: then}\n"
        "then: {name: B, actor: jobcenter, retrieves: [{from: akte, data: [name], legal_basis: b}], "
        "deadlines: [{within: P3D, after: first, legal_basis: b}], next: ende}",
        handovers="[{id: h, from: first, to: then, channel: email, data: none, legal_basis: [b, a], "
        "deadlines: [{within: P3D, after: first, legal_basis: b}]}]",
        more=more,
    )

    found = {basis: [f"{one.kind}:{one.id}" for one in uses] for basis, uses in find_uses(model).items()}

    assert found == {
        "a": ["system:akte", "agreement:k", "information_duty:duty", "node:first", "handover:h"],
        "b": ["document:karte", "benefit:geld", "information_duty:duty", "node:then", "handover:h"],
    }


def test_what_kind_of_body_an_actor_is_follows_from_its_kind_or_the_unit_above() -> None:
    text = case("first: {name: A, actor: sozialamt, next: ende}").to_yaml()
    actors = (
        "  team: {name: Team, kind: other, part_of: jobcenter}\n  frei: {name: Frei, kind: other}\n"
        "  verein: {name: Verein, kind: jobcenter, body_type: volunteer}\n"
    )
    model = model_of(text.replace("data:\n", f"{actors}\ndata:\n", 1))

    assert body_type_of(model, "team") == body_type_of(model, "jobcenter")
    assert body_type_of(model, "jobcenter") is not None
    assert body_type_of(model, "frei") is None
    assert body_type_of(model, "verein") == "volunteer"
    assert [is_public(model, actor) for actor in ("jobcenter", "verein", "frei")] == [True, False, None]
    assert sits_in(model, "team", ["jobcenter"])
    assert not sits_in(model, "jobcenter", ["team"])
    assert not sits_in(model, None, ["team"])
