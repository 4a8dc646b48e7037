"""What the rule `improper-completion` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found

NODES = (
    "first: {type: parallel, actor: sozialamt, next: [a, b]}\n"
    "a: {name: A prüfen, actor: sozialamt, next: ende}\nb: {name: B prüfen, actor: sozialamt, next: %s}\n%s"
)


def test_names_an_end_that_a_run_reaches_twice() -> None:
    (finding,) = found("improper-completion", case(NODES % ("ende", "")))

    assert [element.id for element in finding.elements] == ["ende"]
    assert finding.run().count("ende") == 2


def test_is_silent_about_several_ends_that_are_reached_once_each() -> None:
    assert not found("improper-completion", case(NODES % ("fertig", "fertig: {type: end, name: Fertig}")))


def test_is_silent_about_an_end_that_ends_everything() -> None:
    model = case(
        "first: {type: parallel, actor: sozialamt, next: [stop, b]}\n"
        "stop: {type: end, trigger: terminate, name: Abgebrochen}\nb: {name: B prüfen, actor: sozialamt, next: stop}"
    )

    assert not found("improper-completion", model)
