"""What the rule `conflicting-sources` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found, model_of

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


def with_leading(first: str, then: str, *, holds: str = "none") -> list[tuple[str, ...]]:
    text = case(
        f"first: {{name: Anmelden, actor: sozialamt, {first}next: then}}\n"
        f"then: {{name: Melden, actor: jobcenter, {then}next: lesen}}\n" + BOTH_READ,
        more=SYSTEMS,
    ).to_yaml()  # fmt: skip
    model = model_of(text)
    data = [one.changed(source_of_truth="register") if one.id == "name" else one for one in model.data.values()]
    systems = [
        one if one.id != "akte" or holds == "none" else one.changed(holds=[holds]) for one in model.systems.values()
    ]
    return [
        tuple(element.id for element in finding.elements)
        for finding in found(RULE, model.changed(data=data, systems=systems))
    ]


BOTH = "collects: [name], records_in: [register, akte], "
OWN = "collects: [name], records_in: [akte], "
TAKEN = "retrieves: [{from: register, data: [name]}], records_in: [{system: akte, data: [name]}], "
INTO_REGISTER = "collects: [name], records_in: [register], "
BYPASSED = [("name", "akte", "register", "lesen")]


def test_reports_looking_up_beside_the_leading_source_what_has_a_value_of_its_own() -> None:
    assert with_leading(INTO_REGISTER, OWN) == BYPASSED


def test_is_silent_about_copies_of_the_leading_source() -> None:
    assert with_leading(INTO_REGISTER, TAKEN) == []
    assert with_leading(BOTH, "") == []


def test_a_system_that_holds_the_item_from_the_start_is_no_copy() -> None:
    assert with_leading(INTO_REGISTER, TAKEN, holds="name") == BYPASSED


def test_is_silent_while_the_leading_source_does_not_get_the_item() -> None:
    assert with_leading("", OWN) == []


def test_a_step_that_makes_the_item_gives_the_system_a_value_of_its_own() -> None:
    assert with_leading(INTO_REGISTER, OWN.replace("collects", "produces")) == BYPASSED


def test_says_where_the_item_is_looked_up_and_what_leads() -> None:
    model = case(
        "first: {name: Anmelden, actor: sozialamt, collects: [name], records_in: [register], next: then}\n"
        "then: {name: Melden, actor: jobcenter, collects: [name], records_in: [akte], next: lesen}\n" + BOTH_READ,
        more=SYSTEMS,
    )
    led = model.changed(
        data=[one.changed(source_of_truth="register") if one.id == "name" else one for one in model.data.values()]
    )

    (finding,) = found(RULE, led)

    assert finding.message.de == "„Nachsehen“: „Familienname“ wird in Akte nachgesehen, führend ist Register."
    assert (finding.certainty, finding.data, finding.witness) == ("definite", ("name",), ("lesen",))


def test_items_kept_in_the_same_systems_are_reported_together() -> None:
    model = case(
        "first: {name: Anmelden, actor: sozialamt, collects: [name, bank], records_in: [register], next: then}\n"
        "then: {name: Melden, actor: jobcenter, collects: [name, bank], records_in: [akte], next: lesen}\n"
        + BOTH_READ.replace("[name]", "[name, bank]"),
        more=SYSTEMS,
    )

    (finding,) = found(RULE, model)

    assert finding.data == ("name", "bank")
    assert [fact.path for fact in finding.depends_on] == ["data.name.source_of_truth", "data.bank.source_of_truth"]
