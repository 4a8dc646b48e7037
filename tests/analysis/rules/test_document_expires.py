from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import case, found


def shown(
    wait: str, *, valid: str = "P3M", between: str = "", first: str = "", needed: str = "[karte]"
) -> ArrivalModel:
    return case(
        f"first: {{name: Karte ausstellen, actor: sozialamt, documents_out: [karte]{first}, next: mid}}\n"
        f"mid: {{name: Bearbeiten, actor: sozialamt, duration: P1D{between}, next: last}}\n"
        f"last: {{name: Karte verlangen, actor: jobcenter, documents_in: {needed}, wait: {wait}, next: ende}}",
        more=f"documents:\n  karte: {{name: Karte, valid_for: {valid}}}\n  brief: {{name: Brief}}\n",
    )


def test_finds_a_document_that_has_expired_on_every_run() -> None:
    (finding,) = found("document-expires", shown("P4M"))

    assert finding.certainty == "definite"
    assert [element.id for element in finding.elements] == ["last", "karte", "first"]


def test_is_possible_where_it_may_still_be_valid() -> None:
    (finding,) = found("document-expires", shown("{min: P1M, max: P4M}"))

    assert finding.certainty == "possible"


def test_is_silent_where_it_is_valid_in_any_case() -> None:
    assert not found("document-expires", shown("{min: P1M, max: P2M}"))


def test_is_silent_where_a_step_renews_it() -> None:
    assert not found("document-expires", shown("P4M", between=", documents_out: [karte]"))
    assert not found("document-expires", shown("P4M", first=", repeats: {max: 4, every: P3M}, duration: PT1H"))


def test_is_silent_about_one_of_several_documents() -> None:
    assert not found("document-expires", shown("P4M", needed="[{any_of: [karte, brief]}]"))


def test_is_silent_about_unlimited_or_unknown_validity() -> None:
    assert not found("document-expires", shown("P4M", valid="none"))
    assert not found("document-expires", shown("P4M", valid="unknown"))


def test_says_in_both_languages_whether_it_has_expired_or_may_have() -> None:
    def said(wait: str) -> tuple[str, str]:
        model = case(
            "first: {name: Ausstellen, actor: sozialamt, documents_out: [karte], next: mid}\n"
            f"mid: {{name: Warten, actor: person, wait: {wait}, next: last}}\n"
            "last: {name: Verlangen, actor: jobcenter, documents_in: [karte], next: ende}",
            more="documents:\n  karte: {name: Karte, valid_for: P9D}\n",
        )
        (finding,) = found("document-expires", model)
        return finding.message.de, finding.message.en

    sure, perhaps = said("P10D"), said("{min: P1D, max: P10D}")

    assert "verlangt das Dokument 10 Tage später, dann ist es abgelaufen." in sure[0]
    assert "asks for it after 10 days, when it has expired." in sure[1]
    assert "verlangt das Dokument 1 bis 10 Tage später, dann kann es abgelaufen sein." in perhaps[0]
    assert "asks for it after 1 to 10 days, when it may have expired." in perhaps[1]
