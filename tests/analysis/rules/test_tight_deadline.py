from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import case, found


def waiting(wait: str, deadline: str = "{within: P14D, after: first}") -> ArrivalModel:
    return case(
        "first: {name: Anzeigen, actor: sozialamt, duration: PT1H, next: then}\n"
        f"then: {{name: Melden, actor: jobcenter, wait: {wait}, deadlines: [{deadline}], next: ende}}"
    )


def test_finds_a_usual_time_beyond_the_deadline() -> None:
    (finding,) = found("tight-deadline", waiting("{min: P5D, likely: P20D, max: P30D}"))

    assert finding.certainty == "definite"
    assert finding.severity == "warning"
    assert "üblich sind 20 Tage" in finding.message.de


def test_is_silent_if_only_the_longest_time_is_beyond() -> None:
    assert not found("tight-deadline", waiting("{min: P5D, likely: P10D, max: P30D}"))


def test_asks_for_the_usual_time_if_it_is_not_stated() -> None:
    (finding,) = found("tight-deadline", waiting("{min: P5D, max: P30D}"))

    assert finding.certainty == "possible"
    assert [fact.path for fact in finding.depends_on] == ["processes.p.nodes.then.wait.likely"]


def test_leaves_what_is_impossible_to_the_other_rule() -> None:
    assert not found("tight-deadline", waiting("{min: P20D, likely: P25D, max: P30D}"))


def test_what_only_should_be_kept_is_a_hint() -> None:
    deadline = "{within: P14D, after: first, strength: should}"

    (finding,) = found("tight-deadline", waiting("{min: P5D, likely: P20D, max: P30D}", deadline))

    assert finding.severity == "hint"
