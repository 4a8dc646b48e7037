"""What the rule `collected-but-unused` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found, model_of

RULE = "collected-but-unused"
SYSTEMS = """\
systems:
  akte: {name: Akte, kind: case_file, operated_by: sozialamt, readers: [sozialamt], holds: none}
  register: {name: Register, kind: register, operated_by: agentur, readers: [agentur], holds: none}
  gemeinsam: {name: Gemeinsam, kind: case_file, operated_by: sozialamt, readers: [sozialamt, jobcenter], holds: none}
"""
MORE = """\
legal_bases:
  norm: {cite: Beispielgesetz § 1, kind: statute}
documents:
  bescheid: {name: Bescheid, issuer: sozialamt, prints: [name]}
"""


def asked(first: str, then: str = "actor: jobcenter", *, handovers: str = "none") -> list[tuple[str, ...]]:
    model = case(
        f"first: {{name: Fragen, actor: sozialamt, needs: none, {first}, next: then}}\n"
        f"then: {{name: Weiter, {then}, next: ende}}",
        more=SYSTEMS + MORE,
        handovers=handovers,
    )
    return [finding.data for finding in found(RULE, model)]


def test_reports_what_nobody_needs_afterwards() -> None:
    assert asked("collects: [both]", "actor: jobcenter, needs: [bank]") == [("name",)]


def test_keeping_it_in_the_own_file_states_no_purpose() -> None:
    assert asked("collects: [name], records_in: [akte]") == [("name",)]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("collects: [name], records_in: [register]", "actor: jobcenter"),
        ("collects: [name], records_in: [gemeinsam]", "actor: jobcenter"),
        ("collects: [{item: name, justified_by: norm}]", "actor: jobcenter"),
        ("collects: [name], documents_out: [bescheid]", "actor: jobcenter"),
        ("collects: [name]", "actor: jobcenter, confirms: [name]"),
        ("collects: [name]", "actor: sozialamt, documents_out: [bescheid]"),
    ],
)
def test_is_silent_about_what_is_needed_kept_for_others_demanded_or_made_into_a_document(first: str, then: str) -> None:
    assert asked(first, then) == []


def test_is_silent_about_what_is_handed_over() -> None:
    handover = "[{id: h, from: first, to: then, channel: email, data: [name]}]"

    assert asked("collects: [name]", handovers=handover) == []


@pytest.mark.parametrize(("channel", "reported"), [("phone", 0), ("in_person", 1)])
def test_is_silent_about_a_number_over_which_somebody_is_reached_later(channel: str, reported: int) -> None:
    model = model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        "actors:\n  sozialamt: {name: Sozialamt, kind: social_welfare_office}\n"
        "data:\n  phone: {name: Telefon, category: contact}\n"
        "processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        "      beginn: {type: start, name: Beginn, actor: sozialamt, next: first}\n"
        "      first: {name: Fragen, actor: sozialamt, needs: none, collects: [phone], next: then}\n"
        f"      then: {{name: Melden, actor: sozialamt, channel: {channel}, next: ende}}\n"
        "      ende: {type: end, name: Ende}\n"
    )

    assert len(found(RULE, model)) == reported


def test_a_use_before_the_question_does_not_count_but_one_in_a_parallel_branch_does() -> None:
    before = case(
        "first: {name: Brauchen, actor: jobcenter, needs: [name], next: then}\n"
        "then: {name: Fragen, actor: sozialamt, needs: none, collects: [name], next: ende}"
    )
    beside = case(
        "first: {type: parallel, next: [links, rechts]}\n"
        "links: {name: Fragen, actor: sozialamt, needs: none, collects: [name], next: zusammen}\n"
        "rechts: {name: Brauchen, actor: jobcenter, needs: [name], next: zusammen}\n"
        "zusammen: {type: parallel, next: ende}"
    )

    assert [finding.data for finding in found(RULE, before)] == [("name",)]
    assert not found(RULE, beside)


def test_a_use_on_a_branch_that_excludes_the_question_does_not_count() -> None:
    model = case(
        "first: {type: exclusive, name: Wie?, next: [{to: links, when: a}, {to: rechts, when: b}]}\n"
        "links: {name: Fragen, actor: sozialamt, needs: none, collects: [name], next: ende}\n"
        "rechts: {name: Brauchen, actor: jobcenter, needs: [name], next: ende}"
    )

    assert [finding.data for finding in found(RULE, model)] == [("name",)]


def test_is_a_hint_while_nobody_has_said_what_the_step_needs() -> None:
    model = case("first: {name: Fragen, actor: sozialamt, collects: [name], next: ende}")

    (finding,) = found(RULE, model)

    assert (finding.severity, finding.certainty) == ("hint", "possible")
    assert [fact.path for fact in finding.depends_on] == ["processes.p.nodes.first.needs"]


def test_is_silent_about_what_is_an_act_by_itself_and_what_the_person_notes_down() -> None:
    text = case("first: {name: Fragen, actor: sozialamt, needs: none, collects: [name], next: ende}").to_yaml()

    assert found(RULE, model_of(text))
    assert not found(RULE, model_of(text.replace("category: identity", "category: identity, reusable: false")))
    assert not found(RULE, case("first: {name: Notieren, actor: person, needs: none, collects: [name], next: ende}"))


def test_a_question_that_no_norm_demands_is_reported() -> None:
    assert asked("collects: [{item: name, justified_by: none}]") == [("name",)]


def test_is_only_possible_while_nobody_has_said_who_reads_the_file() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, needs: none, collects: [name], records_in: [akte], next: ende}",
        more="systems:\n  akte: {name: Akte, kind: case_file, operated_by: sozialamt, holds: none}\n",
    )

    (finding,) = found(RULE, model)

    assert (finding.severity, finding.certainty) == ("hint", "possible")
    assert [fact.path for fact in finding.depends_on] == ["systems.akte.readers"]


def test_people_of_one_household_are_asked_apart() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, needs: none, collects: [name], for: [kind, mutter], next: then}\n"
        "then: {name: Brauchen, actor: sozialamt, needs: [name], for: [mutter], next: ende}",
        more="cohorts:\n  c: {name: Familie, members: {kind: {name: Kind, role: child}, "
        "mutter: {name: Mutter, role: parent}}}\n",
    )

    (finding,) = found(RULE, model)

    assert [element.id for element in finding.elements if element.kind != "cohort"][:1] == ["first"]
    assert "Kind" in finding.message.de
    assert "Mutter" not in finding.message.de
    assert (finding.severity, finding.certainty, finding.witness) == ("warning", "definite", ("first",))


def test_steps_behind_one_of_the_person_are_looked_at_too() -> None:
    model = case(
        "first: {name: Notieren, actor: person, collects: [bank], next: then}\n"
        "then: {name: Fragen, actor: sozialamt, needs: none, collects: [name], next: ende}"
    )

    assert [finding.elements[0].id for finding in found(RULE, model)] == ["then"]
