"""Documents that have expired when a step asks for them: since when, on which runs, and how surely."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.timing.expiry import Expiry
from ankunft_model.model import ArrivalModel

from ..rules.cases import case

DAY = 86_400


def expiries(model: ArrivalModel) -> list[Expiry]:
    return list(Computations(model).expiries)


def two_documents(valid: str, *, wait: str = "P10D") -> ArrivalModel:
    return case(
        "first: {name: Ausstellen, actor: sozialamt, documents_out: [karte, brief, zettel], next: mid}\n"
        f"mid: {{name: Warten, actor: person, wait: {wait}, next: last}}\n"
        "last: {name: Verlangen, actor: jobcenter, documents_in: [zettel, brief, karte], next: ende}",
        more=f"documents:\n  zettel: {{name: Zettel}}\n  brief: {{name: Brief, valid_for: P1Y}}\n"
        f"  karte: {{name: Karte, valid_for: {valid}}}\n",
    )


def by_branch(*waits: str) -> ArrivalModel:
    """Return a model with one branch per wait between issuing a card that is valid for 7 days and asking for it."""
    ways = ", ".join(f"{{to: w{number}, when: {number}}}" for number in range(len(waits)))
    return case(
        "first: {name: Ausstellen, actor: sozialamt, documents_out: [karte], next: split}\n"
        f"split: {{type: exclusive, actor: sozialamt, next: [{ways}]}}\n"
        + "".join(
            f"w{number}: {{name: Warten, actor: person, wait: {wait}, next: join}}\n"
            for number, wait in enumerate(waits)
        )
        + "join: {type: exclusive, actor: sozialamt, next: last}\n"
        "last: {name: Verlangen, actor: jobcenter, documents_in: [karte], next: ende}",
        more="documents:\n  karte: {name: Karte, valid_for: P7D}\n",
    )


@pytest.mark.parametrize(
    ("valid", "certainty"),
    [
        ("P9D", "definite"),
        ("P10D", None),
        ("{min: P9D, max: P10D}", "possible"),
        ("{min: P8D, max: P9D}", "definite"),
        ("{min: P9D}", "definite"),
        ("{max: P9D}", "definite"),
        ("{max: P11D}", None),
    ],
)
def test_a_document_expires_when_the_time_exceeds_its_validity(valid: str, certainty: str | None) -> None:
    found = [(one.document, one.certainty, one.least, one.most) for one in expiries(two_documents(valid))]

    assert found == ([] if certainty is None else [("karte", certainty, 10 * DAY, 10 * DAY)])


def test_the_worst_run_is_shown_and_the_bounds_are_those_of_all_late_runs() -> None:
    (found,) = expiries(by_branch("P8D", "P30D", "P2D", "{min: P9D, max: P20D}"))

    assert (found.least, found.most, found.certainty) == (8 * DAY, 30 * DAY, "possible")
    assert "w1" in found.run.ids


def test_a_time_without_bound_is_worse_than_any_other() -> None:
    (found,) = expiries(
        case(
            "first: {name: Ausstellen, actor: sozialamt, documents_out: [karte], next: split}\n"
            "split: {type: exclusive, actor: sozialamt, next: [{to: w0, when: 0}, {to: w1, when: 1}]}\n"
            "w0: {name: Warten, actor: person, wait: P8D, repeats: {min: 1}, next: join}\n"
            "w1: {name: Warten, actor: person, wait: P900D, next: join}\n"
            "join: {type: exclusive, actor: sozialamt, next: last}\n"
            "last: {name: Verlangen, actor: jobcenter, documents_in: [karte], next: ende}",
            more="documents:\n  karte: {name: Karte, valid_for: P7D}\n",
        )
    )

    assert (found.least, found.most) == (8 * DAY, None)
    assert "w0" in found.run.ids


def test_it_is_definite_only_if_every_run_that_shows_it_is_too_late() -> None:
    assert [one.certainty for one in expiries(by_branch("P8D", "P9D"))] == ["definite"]
    assert [one.certainty for one in expiries(by_branch("P8D", "P7D"))] == ["possible"]
    assert [one.certainty for one in expiries(by_branch("P8D", "{min: P7D, max: P9D}"))] == ["possible"]


def test_a_document_from_elsewhere_does_not_expire_on_the_way() -> None:
    model = case(
        "first: {name: Warten, actor: person, wait: P900D, next: last}\n"
        "last: {name: Verlangen, actor: jobcenter, documents_in: [karte], next: ende}",
        more="documents:\n  karte: {name: Karte, valid_for: P7D}\n",
    )

    assert expiries(model) == []
