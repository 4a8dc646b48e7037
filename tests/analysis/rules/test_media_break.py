"""What the rule `media-break` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found, handed

SYSTEMS = """\
systems:
  a: {name: Fachverfahren A, operated_by: sozialamt, readers: [sozialamt], holds: [name]}
  b: {name: Fachverfahren B, operated_by: jobcenter, readers: [jobcenter], holds: none}
"""


def test_warns_where_the_receiver_types_it_in_again() -> None:
    kept = handed("channel: email, data: [name]", more=SYSTEMS, then=", produces: [name], records_in: [b]")
    asked = handed("channel: email, data: [name]", more=SYSTEMS, then=", collects: [name], records_in: [b]")

    assert [finding.severity for finding in found("media-break", kept)] == ["hint"]
    assert [finding.severity for finding in found("media-break", asked)] == ["warning"]


@pytest.mark.parametrize("channel", ["interface_xoev", "shared_software", "[email, interface_xoev]", "none"])
def test_is_silent_where_a_way_stays_digital(channel: str) -> None:
    model = handed(f"channel: {channel}, data: [name]", more=SYSTEMS, then=", collects: [name], records_in: [b]")

    assert not found("media-break", model)


def test_is_silent_where_one_side_keeps_nothing_digitally() -> None:
    assert not found("media-break", handed("channel: email, data: [name]", more=SYSTEMS))


def test_a_handover_to_a_body_without_a_step_is_not_typed_in_again() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, next: then}\n"
        "then: {name: B, actor: jobcenter, produces: [name], records_in: [b], next: ende}",
        handovers="[{id: h, from: first, to: {actor: jobcenter}, channel: email, data: [name]}]",
        more=SYSTEMS,
    )

    (finding,) = found("media-break", model)

    assert finding.severity == "hint"
    assert finding.message.de == (
        "Sozialamt gibt „Familienname“ an Jobcenter weiter (E-Mail), obwohl beide die Angaben digital führen."
    )
    assert [element.id for element in finding.elements] == ["h", "first", "a", "b"]


def test_only_what_both_keep_and_may_read_breaks() -> None:
    def items(readers: str) -> list[tuple[str, ...]]:
        systems = SYSTEMS.replace("readers: [jobcenter]", f"readers: {readers}").replace("[name]}", "[name, bank]}")
        model = handed("channel: email, data: [name, bank]", more=systems, then=", produces: [both], records_in: [b]")
        return [finding.data for finding in found("media-break", model)]

    assert items("[jobcenter]") == [("name", "bank")]
    assert items("[{actor: jobcenter, data: [bank]}]") == [("bank",)]
    assert items("[{actor: jobcenter, used: false}]") == []
    assert items("[agentur]") == []
