"""What the rule `unknown-share` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found

COUNTED = "cohorts:\n  alle: {name: Alle, cases_per_year: 100}\n"


def decision(*shares: str) -> str:
    ways = ", ".join(f"{{to: w{number}, when: '{number}'{share}}}" for number, share in enumerate(shares))
    ends = "\n".join(
        f"w{number}: {{name: Weg {number} gehen, actor: sozialamt, next: ende}}" for number in range(len(shares))
    )
    return f"first: {{type: exclusive, name: Wie?, actor: sozialamt, next: [{ways}]}}\n{ends}"


def test_names_a_decision_without_shares_where_cases_are_counted() -> None:
    (finding,) = found("unknown-share", case(decision("", ""), more=COUNTED))

    assert [element.id for element in finding.elements] == ["first"]
    assert [fact.path for fact in finding.depends_on] == [
        "processes.p.nodes.first.next[0].share", "processes.p.nodes.first.next[1].share",
    ]  # fmt: skip


def test_two_missing_shares_of_three_do_not_follow_from_the_third() -> None:
    assert found("unknown-share", case(decision(", share: 0.5", "", "")))


def test_is_silent_where_the_missing_share_follows_from_the_others() -> None:
    assert not found("unknown-share", case(decision(", share: 0.5", ", share: 0.2", "")))


def test_is_silent_where_nothing_is_counted() -> None:
    assert not found("unknown-share", case(decision("", "")))
