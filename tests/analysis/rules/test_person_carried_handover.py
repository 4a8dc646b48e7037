"""What the rule `person-carried-handover` reports, and what it must not report."""

from __future__ import annotations

from .cases import found, handed

CARRIED = "channel: paper_carried, data: [%s]"


def test_names_the_group_when_all_its_members_are_carried() -> None:
    model = handed(CARRIED % "both", first=", collects: [both]", then=", needs: [both]")

    (finding,) = found("person-carried-handover", model)

    assert "„Stammdaten“" in finding.message.de
    assert finding.data == ("name", "bank")


def test_is_critical_where_money_depends_on_it() -> None:
    model = handed(CARRIED % "name", first=", collects: [name]", then=", needs: [name], kind: benefit_start")

    assert [finding.severity for finding in found("person-carried-handover", model)] == ["error"]


def test_is_silent_where_the_data_also_come_another_way() -> None:
    systems = "systems:\n  s: {name: S, operated_by: sozialamt, readers: [jobcenter], holds: none}\n"
    model = handed(CARRIED % "name", first=", collects: [name], records_in: [s]", then=", needs: [name]", more=systems)

    assert not found("person-carried-handover", model)


def test_is_silent_about_what_nobody_needs() -> None:
    assert not found("person-carried-handover", handed(CARRIED % "name", first=", collects: [name]"))


def test_the_english_sentence_counts_what_is_brought_along() -> None:
    def said(items: str) -> str:
        model = handed(CARRIED % items, first=f", collects: [{items}]", then=f", needs: [{items}]")
        (finding,) = found("person-carried-handover", model)
        return finding.message.en

    assert "brings it along" in said("name")
    assert "brings them along" in said("name, health")
