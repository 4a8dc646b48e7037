"""What the rule `needed-but-unavailable` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found


def test_says_whether_it_is_never_there_or_only_sometimes() -> None:
    never = case("first: {name: A, actor: jobcenter, needs: [name], next: ende}")
    sometimes = case(
        "first: {type: exclusive, name: Da?, next: [{to: a, when: ja}, {to: b, when: nein}]}\n"
        "a: {name: A, actor: jobcenter, collects: [name], next: b}\n"
        "b: {name: B, actor: jobcenter, needs: [name], next: ende}"
    )

    assert [finding.certainty for finding in found("needed-but-unavailable", never)] == ["definite"]
    (finding,) = found("needed-but-unavailable", sometimes)
    assert finding.certainty == "possible"
    assert finding.witness == ("beginn", "first", "b")


def test_an_unknown_reader_could_remove_it() -> None:
    systems = "systems:\n  s: {name: Register, operated_by: agentur, holds: [name]}\n"

    (finding,) = found(
        "needed-but-unavailable", case("first: {name: A, actor: jobcenter, needs: [name], next: ende}", more=systems)
    )

    assert finding.certainty == "possible"
    assert [fact.path for fact in finding.depends_on] == ["systems.s.readers"]


def test_a_document_must_be_issued_before_it_is_shown() -> None:
    more = "documents:\n  paper: {name: Bescheid, issuer: [sozialamt], prints: [name]}\n"
    model = case(
        "first: {name: A, actor: jobcenter, documents_in: [paper], next: b}\n"
        "b: {name: B, actor: sozialamt, documents_out: [paper], next: ende}",
        more=more,
    )

    (finding,) = found("needed-but-unavailable", model)

    assert "„Bescheid“" in finding.message.de
    assert finding.elements[1].kind == "document"


def test_is_silent_about_documents_that_the_person_has_at_the_beginning() -> None:
    more = "documents:\n  passport: {name: Pass, held_at_start: true, prints: [name]}\n"

    assert not found(
        "needed-but-unavailable",
        case("first: {name: A, actor: jobcenter, documents_in: [passport], needs: [name], next: ende}", more=more),
    )


def test_asks_once_about_a_document_that_nobody_issues() -> None:
    more = "documents:\n  passport: {name: Pass}\n"

    (finding,) = found(
        "needed-but-unavailable",
        case(
            "first: {name: A, actor: jobcenter, documents_in: [passport], next: b}\n"
            "b: {name: B, actor: sozialamt, documents_in: [passport], next: ende}",
            more=more,
        ),
    )

    assert (finding.severity, finding.certainty) == ("hint", "possible")
    assert [fact.path for fact in finding.depends_on] == ["documents.passport.held_at_start"]
    assert [element.id for element in finding.elements] == ["first", "b", "passport"]


def test_warns_about_a_document_that_nobody_issues_and_the_person_does_not_have() -> None:
    more = "documents:\n  passport: {name: Pass, held_at_start: false}\n"

    (finding,) = found(
        "needed-but-unavailable",
        case("first: {name: A, actor: jobcenter, documents_in: [passport], next: ende}", more=more),
    )

    assert (finding.severity, finding.certainty, finding.depends_on) == ("warning", "definite", ())


def test_is_silent_about_what_the_step_asks_itself_and_what_the_person_needs() -> None:
    model = case(
        "first: {name: A, actor: jobcenter, collects: [name], needs: [name], next: b}\n"
        "b: {name: B, actor: person, needs: [bank], next: ende}"
    )

    assert not found("needed-but-unavailable", model)


def test_says_whether_a_document_is_issued_at_all_in_time_or_on_some_runs() -> None:
    more = "documents:\n  karte: {name: Karte, held_at_start: false}\n"

    def said(nodes: str) -> list[str]:
        return [
            f.message.de for f in found("needed-but-unavailable", case(nodes, more=more)) if "Karte" in f.message.de
        ]

    show = "show: {name: Zeigen, actor: jobcenter, documents_in: [karte], next: %s}\n"
    issue = "issue: {name: Ausstellen, actor: sozialamt, documents_out: [karte], next: %s}"
    fork = "first: {type: exclusive, name: Da?, next: [{to: issue, when: ja}, {to: show, when: nein}]}\n"
    start = "first: {name: A, actor: sozialamt, next: show}\n"

    (never,) = said(start + show % "ende")
    (late,) = said(start + show % "issue" + issue % "ende")
    (sometimes,) = said(fork + show % "ende" + issue % "show")

    assert never.endswith("kein Schritt stellt es aus.")
    assert late.endswith("in keinem Ablauf ist es bis dahin ausgestellt.")
    assert sometimes.endswith("nicht in jedem Ablauf ist es bis dahin ausgestellt.")


def test_advises_to_pass_on_what_somebody_knows_and_to_ask_for_what_nobody_does() -> None:
    def advised(first: str, *, handover: str = "none") -> str:
        model = case(
            f"first: {{name: A, actor: sozialamt, {first}next: then}}\n"
            "then: {name: B, actor: jobcenter, needs: [name], next: ende}",
            handovers=handover,
        )
        (finding,) = found("needed-but-unavailable", model)
        return finding.recommendation.de

    assert advised("collects: [name], ").startswith("Bekannt ist die Angabe bei: Sozialamt.")
    assert advised("").startswith("Niemand erhebt die Angabe: Abfrage bei der Person vorsehen")
