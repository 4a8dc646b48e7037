"""What the rule `dead-node` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found


def test_what_lies_behind_a_standstill_is_one_finding() -> None:
    model = case(
        "first: {type: exclusive, name: Allein?, actor: sozialamt, next: [{to: a, when: ja}, {to: b, when: nein}]}\n"
        "a: {name: A prüfen, actor: sozialamt, next: both}\nb: {name: B prüfen, actor: sozialamt, next: both}\n"
        "both: {type: parallel, actor: sozialamt, next: last}\nlast: {name: Bescheid, actor: sozialamt, next: ende}"
    )

    (finding,) = found("dead-node", model)

    assert [element.id for element in finding.elements] == ["both", "last", "ende"]
    assert finding.certainty == "definite"


def test_what_no_way_leads_to_is_parted_by_how_it_hangs_together() -> None:
    model = case(
        "first: {name: Prüfen, actor: sozialamt, next: ende}\n"
        "x1: {name: Vergessen, actor: sozialamt, next: x2}\nx2: {name: Auch vergessen, actor: sozialamt, next: ende}\n"
        "y: {name: Ebenfalls vergessen, actor: sozialamt, next: ende}"
    )

    assert [[e.id for e in f.elements] for f in found("dead-node", model)] == [["x1", "x2"], ["y"]]


def test_is_silent_about_what_happens_on_one_run_only() -> None:
    model = case(
        "first: {type: exclusive, name: Eilig?, actor: sozialamt, next: [{to: rare, when: ja, share: 0}, "
        "{to: ende, when: nein, share: 1}]}\nrare: {name: Selten, actor: sozialamt, next: ende}"
    )

    assert not found("dead-node", model)
