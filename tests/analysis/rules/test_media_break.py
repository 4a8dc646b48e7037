"""What the rule `media-break` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import found, handed

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
