"""What the rule `lack-of-synchronization` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found

PARALLEL = (
    "first: {type: parallel, actor: sozialamt, next: [a, b]}\n"
    "a: {name: A prüfen, actor: sozialamt, next: %s}\nb: {name: B prüfen, actor: sozialamt, next: %s}\n"
)


def test_names_the_node_behind_which_everything_happens_twice() -> None:
    model = case((PARALLEL % ("both", "both")) + "both: {type: exclusive, actor: sozialamt, next: ende}")

    (finding,) = found("lack-of-synchronization", model)

    assert [element.id for element in finding.elements] == ["both"]
    assert {"a", "b"} <= set(finding.run())


def test_a_step_with_two_inputs_joins_exclusively() -> None:
    model = case((PARALLEL % ("both", "both")) + "both: {name: Bescheid erteilen, actor: sozialamt, next: ende}")

    assert [finding.elements[0].id for finding in found("lack-of-synchronization", model)] == ["both"]


def test_is_silent_about_loops_and_about_ways_of_which_one_is_taken() -> None:
    model = case(
        "first: {type: exclusive, actor: sozialamt, next: ask}\n"
        "ask: {name: Nachfordern, actor: sozialamt, next: done}\n"
        "done: {type: exclusive, name: Da?, next: [{to: first, when: nein}, {to: ende, when: ja}]}"
    )

    assert not found("lack-of-synchronization", model)


def test_is_silent_where_ways_wait_for_each_other() -> None:
    model = case((PARALLEL % ("both", "both")) + "both: {type: parallel, actor: sozialamt, next: ende}")

    assert not found("lack-of-synchronization", model)
