from __future__ import annotations

import pytest

from ankunft_model.model import ArrivalModel

from .cases import case, found, model_of

DOCUMENTS = """\
documents:
  vorlaeufig: {name: Vorläufige Bescheinigung, proves: [status], provisional: true}
  final:      {name: Ausweis, proves: [status]ASKED}
"""


def issued(*, first: str = "", asked: str = ", needed_by: [jobcenter]", between: str = "") -> ArrivalModel:
    return case(
        f"first: {{name: Titel erteilen, actor: sozialamt, produces: [status], status: fiktion{first}, next: mid}}\n"
        f"mid: {{name: Warten, actor: jobcenter, wait: {{min: P3D, max: P5D}}{between}, next: last}}\n"
        "last: {name: Ausweis ausgeben, actor: sozialamt, wait: P2D, documents_out: [final], next: ende}",
        more=DOCUMENTS.replace("ASKED", asked),
    )


def test_names_the_days_between_status_and_document() -> None:
    (finding,) = found("proof-gap", issued())

    assert "5 bis 7 Tage ohne Nachweis" in finding.message.de
    assert finding.certainty == "definite"
    assert [element.id for element in finding.elements] == ["first", "last", "final"]


def test_is_silent_where_nobody_asks() -> None:
    assert not found("proof-gap", issued(asked=""))


def test_counts_a_step_that_asks_in_the_meantime() -> None:
    (finding,) = found("proof-gap", issued(asked="", between=", documents_in: [final]"))

    assert "Danach fragt: „Warten“" in finding.message.de


def test_is_silent_about_what_is_proved_in_the_same_step() -> None:
    assert not found("proof-gap", issued(first=", documents_out: [final]"))


def test_asks_whether_a_provisional_document_suffices_where_somebody_outside_asks() -> None:
    (finding,) = found("proof-gap", issued(first=", documents_out: [vorlaeufig]"))

    assert finding.certainty == "possible"
    assert [fact.path for fact in finding.depends_on] == ["documents.final.needed_by"]


def test_is_silent_where_a_provisional_document_bridges_and_nobody_outside_asks() -> None:
    model = issued(first=", documents_out: [vorlaeufig]", asked="", between=", documents_in: [final]")

    assert not found("proof-gap", model)


def test_a_measure_of_the_plan_at_the_step_makes_the_provisional_document_suffice() -> None:
    model = issued(first=", documents_out: [vorlaeufig]")
    measure = {"id": "t", "name": "Sofort aushändigen", "changes": ["first"], "resolves": ["proof-gap"]}

    assert found("proof-gap", model.changed(measures=[measure]))
    assert not found("proof-gap", model.changed(state="to_be", measures=[measure]))


def test_counts_entitlement_from_the_first_of_the_month_in_a_dated_case() -> None:
    more = (
        "benefits:\n  geld: {name: Geld, regime: sgb2, payer: jobcenter, covers: subsistence, begins: month_start}\n"
        "documents:\n  bescheid: {name: Bescheid, proves: [geld], needed_by: [sozialamt]}\n"
        "cases:\n  fall: {name: Fall, dates: {first: 2025-05-07, last: 2025-06-11}}\n"
    )
    model = case(
        "first: {name: Antrag aufnehmen, actor: jobcenter, entitles: [geld], next: last}\n"
        "last: {name: Bescheid erteilen, actor: jobcenter, wait: P30D, documents_out: [bescheid], next: ende}",
        more=more,
    )

    (finding,) = found("proof-gap", model)

    assert "41 Tage ohne Nachweis (1.5.2025 bis 10.6.2025)" in finding.message.de


def test_says_that_the_proof_of_a_benefit_never_comes() -> None:
    more = (
        "benefits:\n  geld: {name: Geld, regime: sgb2, payer: jobcenter, covers: subsistence}\n"
        "documents:\n  bescheid: {name: Bescheid, proves: [geld], needed_by: [agentur]}\n"
    )
    model = case("first: {name: Bewilligen, actor: jobcenter, entitles: [geld], next: ende}", more=more)

    (finding,) = found("proof-gap", model)

    assert finding.message.de == (
        "„Geld“ gilt ab „Bewilligen“; „Bescheid“ weist das nach, wird danach aber auf keinem Ablauf ausgestellt. "
        "Danach fragt: Agentur für Arbeit."
    )
    assert "is issued afterwards on no run" in finding.message.en
    assert (finding.certainty, finding.data, finding.witness) == ("definite", (), ("beginn", "first"))


def test_names_the_provisional_document_the_item_and_the_norm() -> None:
    more = "legal_bases:\n  norm: {cite: AufenthG § 78, kind: statute}\n" + DOCUMENTS.replace(
        "ASKED", ", needed_by: [jobcenter], legal_basis: norm"
    )
    text = issued(first=", documents_out: [vorlaeufig]").to_yaml()
    head, rest = text.split("documents:\n")
    _, processes = rest.split("processes:\n")
    (finding,) = found("proof-gap", model_of(f"{head}{more}processes:\n{processes}"))

    assert "„Vorläufige Bescheinigung“ überbrückt nur, wo sie genügt." in finding.message.de
    assert [(reason.kind, reason.id) for reason in finding.because] == [("legal_basis", "norm")]
    assert finding.data == ("status",)
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("changes", "resolves"), [(["mid"], ["proof-gap"]), (["first"], ["benefit-gap"]), ([], ["proof-gap"])]
)
def test_a_measure_elsewhere_or_against_something_else_does_not_make_it_suffice(
    changes: list[str], resolves: list[str]
) -> None:
    model = issued(first=", documents_out: [vorlaeufig]")
    measure = {"id": "t", "name": "Sofort aushändigen", "changes": changes, "resolves": resolves}

    assert found("proof-gap", model.changed(state="to_be", measures=[measure]))


@pytest.mark.parametrize(("least", "certainty"), [("P0D", "possible"), ("P1D", "definite")])
def test_is_certain_only_where_every_run_has_a_day_without_proof(least: str, certainty: str) -> None:
    model = case(
        "first: {name: Titel erteilen, actor: sozialamt, produces: [status], status: fiktion, next: last}\n"
        f"last: {{name: Ausgeben, actor: sozialamt, wait: {{min: {least}, max: P5D}}, documents_out: [final], "
        "next: ende}",
        more=DOCUMENTS.replace("ASKED", ", needed_by: [jobcenter]"),
    )

    assert [finding.certainty for finding in found("proof-gap", model)] == [certainty]


def test_is_silent_where_the_document_comes_without_any_time() -> None:
    model = case(
        "first: {name: Titel erteilen, actor: sozialamt, produces: [status], status: fiktion, next: last}\n"
        "last: {name: Ausgeben, actor: sozialamt, wait: P0D, duration: P0D, documents_out: [final], next: ende}",
        more=DOCUMENTS.replace("ASKED", ", needed_by: [jobcenter]"),
    )

    assert not found("proof-gap", model)
