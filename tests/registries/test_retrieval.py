"""Retrieval rights: they rest on legal bases of the pack and go no further."""

import pytest

from ankunft_model.registries import RetrievalRight, pack_entries, retrieval_rights, retrieval_rights_of

RIGHTS = [pytest.param(right, id=right.id) for right in retrieval_rights()]
BASES = pack_entries("legal_bases")


@pytest.mark.parametrize("right", RIGHTS)
def test_a_right_goes_no_further_than_its_legal_basis(right: RetrievalRight) -> None:
    allows = BASES[right.legal_basis]["allows"]

    assert set(right.recipients) <= set(allows["recipients"])
    assert allows["data"] == "any" or (right.data is not None and set(right.data) <= set(allows["data"]))


@pytest.mark.parametrize("right", RIGHTS)
def test_a_right_names_items_of_the_pack_and_sources(right: RetrievalRight) -> None:
    assert set(right.data or ()) <= set(pack_entries("data"))
    assert right.source
    assert right.register_name.de
    assert right.register_name.en


def test_ids_of_rights_are_unique() -> None:
    ids = [right.id for right in retrieval_rights()]

    assert len(ids) == len(set(ids))


def test_the_jobcentre_may_retrieve_the_qualification_that_it_asks_for() -> None:
    (from_azr,) = (r for r in retrieval_rights_of("jobcenter", "occupation") if r.register == "azr")

    assert (from_azr.legal_basis, from_azr.mode) == ("azrg_18b", "retrieve")


def test_the_registration_office_is_sent_what_it_needs() -> None:
    modes = {right.mode for right in retrieval_rights_of("registration_office", "akn_number")}

    assert modes == {"push"}


def test_nobody_may_retrieve_what_no_basis_names() -> None:
    assert retrieval_rights_of("bank", "family_name") == ()
    assert [r for r in retrieval_rights_of("social_welfare_office", "bank_account") if r.register == "azr"] == []
