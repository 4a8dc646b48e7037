"""What the rule `repeated-document` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found

RULE = "repeated-document"
DOCUMENTS = """\
documents:
  pass: {name: Pass, prints: none}
  ausweis: {name: Ausweis, prints: none}
"""


def shown(first: str, then: str) -> list[tuple[str, ...]]:
    model = case(
        f"first: {{name: Anmelden, actor: sozialamt, {first}, next: then}}\n"
        f"then: {{name: Bewilligen, actor: jobcenter, {then}, next: ende}}",
        more=DOCUMENTS,
    )
    return [tuple(element.id for element in finding.elements) for finding in found(RULE, model)]


def test_reports_a_document_that_two_steps_demand() -> None:
    assert shown("documents_in: [pass]", "documents_in: [pass, ausweis]") == [("pass", "first", "then")]


def test_is_silent_where_another_document_suffices() -> None:
    assert shown("documents_in: [pass]", "documents_in: [{any_of: [pass, ausweis]}]") == []


def test_is_silent_about_branches_that_exclude_each_other_and_about_one_step_that_repeats() -> None:
    apart = case(
        "first: {type: exclusive, name: Wo?, next: [{to: links, when: a}, {to: rechts, when: b}]}\n"
        "links: {name: Anmelden, actor: sozialamt, documents_in: [pass], next: ende}\n"
        "rechts: {name: Bewilligen, actor: jobcenter, documents_in: [pass], next: ende}",
        more=DOCUMENTS,
    )
    again = case(
        "first: {name: Verlängern, actor: sozialamt, documents_in: [pass], repeats: {max: 4}, next: ende}",
        more=DOCUMENTS,
    )

    assert not found(RULE, apart)
    assert not found(RULE, again)


def test_is_silent_about_documents_of_different_members_of_the_family() -> None:
    members = (
        "cohorts:\n  familie: {name: Familie, members: "
        "{vater: {name: Vater, role: applicant}, kind: {name: Kind, role: child}}}\n"
    )
    model = case(
        "first: {name: Vater anmelden, actor: sozialamt, documents_in: [pass], for: [vater], next: then}\n"
        "then: {name: Kind anmelden, actor: sozialamt, documents_in: [pass], for: [kind], next: ende}",
        more=DOCUMENTS + members,
    )

    assert not found(RULE, model)


def test_is_only_possible_where_a_branch_leaves_one_step_out() -> None:
    model = case(
        "first: {type: exclusive, name: Neu?, next: [{to: links, when: ja}, {to: rechts, when: nein}]}\n"
        "links: {name: Anmelden, actor: sozialamt, documents_in: [pass], next: rechts}\n"
        "rechts: {name: Bewilligen, actor: jobcenter, documents_in: [pass], next: ende}",
        more=DOCUMENTS,
    )

    assert [finding.certainty for finding in found(RULE, model)] == ["possible"]
