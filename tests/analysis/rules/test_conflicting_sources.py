"""What the rule `conflicting-sources` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found

RULE = "conflicting-sources"
SYSTEMS = """\
systems:
  register: {name: Register, operated_by: sozialamt, readers: [sozialamt, jobcenter], holds: none}
  akte:     {name: Akte, operated_by: jobcenter, readers: [jobcenter, sozialamt], holds: none}
"""
BOTH_READ = (
    "lesen: {name: Nachsehen, actor: jobcenter, retrieves: [{from: akte, data: [name]}], next: auch}\n"
    "auch: {name: Auch nachsehen, actor: sozialamt, retrieves: [{from: register, data: [name]}], next: ende}"
)


def test_reports_systems_that_are_filled_independently_while_none_leads() -> None:
    model = case(
        "first: {name: Anmelden, actor: sozialamt, collects: [name], records_in: [register], next: then}\n"
        "then: {name: Melden, actor: jobcenter, collects: [name], records_in: [akte], next: lesen}\n" + BOTH_READ,
        more=SYSTEMS,
    )

    (finding,) = found(RULE, model)

    assert [element.id for element in finding.elements] == ["akte", "register", "lesen", "auch"]
    assert finding.certainty == "possible"
    assert [fact.path for fact in finding.depends_on] == ["data.name.source_of_truth"]


def test_is_silent_where_one_system_is_filled_from_the_other_or_both_at_once() -> None:
    copied = case(
        "first: {name: Anmelden, actor: sozialamt, collects: [name], records_in: [register], next: then}\n"
        "then: {name: Übernehmen, actor: jobcenter, retrieves: [{from: register, data: [name]}], "
        "records_in: [{system: akte, data: [name]}], next: lesen}\n" + BOTH_READ,
        more=SYSTEMS,
    )
    together = case(
        "first: {name: Anmelden, actor: sozialamt, collects: [name], records_in: [register, akte], next: lesen}\n"
        + BOTH_READ,
        more=SYSTEMS,
    )

    assert not found(RULE, copied)
    assert not found(RULE, together)


def test_is_silent_where_only_one_system_is_looked_up() -> None:
    model = case(
        "first: {name: Anmelden, actor: sozialamt, collects: [name], records_in: [register], next: then}\n"
        "then: {name: Melden, actor: jobcenter, collects: [name], records_in: [akte], next: lesen}\n"
        "lesen: {name: Nachsehen, actor: jobcenter, retrieves: [{from: akte, data: [name]}], next: ende}",
        more=SYSTEMS,
    )

    assert not found(RULE, model)
