"""Runs in words: answers of decisions, nodes without names."""

from __future__ import annotations

import pytest

from ankunft_model import Builder
from ankunft_model.analysis.run_wording import steps_of_run
from ankunft_model.model import ArrivalModel


@pytest.fixture(scope="module")
def asked() -> ArrivalModel:
    b = Builder("m", title="M")
    with b.process("p"):
        question = b.exclusive({"de": "Ausweis da?", "en": "Passport there?"}, id="frage")
        merge = b.exclusive(id="treffpunkt")
        parted = b.parallel("Zugleich", id="zugleich")
        _ = b.start("Beginn", id="beginn") >> question
        _ = question.when({"de": "ja", "en": "yes"}) >> merge
        _ = question.when({"de": "nein", "en": "no"}, default=True) >> b.step("Nachreichen", id="spaeter") >> merge
        _ = merge >> parted >> b.step("Melden", id="melden") >> b.end(id="ende")
        _ = parted >> b.step("Beraten", id="beraten") >> b.end("Beraten worden", id="auch_ende")
    return b.build()


def test_a_decision_tells_the_answer_that_the_run_goes_on_with(asked: ArrivalModel) -> None:
    assert steps_of_run(asked, ("beginn", "frage", "spaeter", "treffpunkt"), "de") == (
        "Beginn",
        "Ausweis da? – nein",
        "Nachreichen",
    )


def test_an_answer_is_told_although_its_branch_has_no_step(asked: ArrivalModel) -> None:
    assert steps_of_run(asked, ("frage", "treffpunkt", "zugleich", "melden"), "en") == (
        "Passport there? – yes",
        "Zugleich",
        "Melden",
    )


def test_no_answer_is_told_where_the_run_leaves_it_open(asked: ArrivalModel) -> None:
    assert steps_of_run(asked, ("frage", "melden"), "de") == ("Ausweis da?", "Melden")
    assert steps_of_run(asked, ("beginn", "frage"), "de") == ("Beginn", "Ausweis da?")


def test_a_run_without_any_name_is_told_by_its_ids(asked: ArrivalModel) -> None:
    assert steps_of_run(asked, ("treffpunkt", "ende"), "de") == ("treffpunkt", "ende")
    assert steps_of_run(asked, (), "de") == ()
