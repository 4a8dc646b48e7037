"""What the rule `missing-evaluation` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found, handed

PASSED = "channel: email, data: none"


def body(more: str) -> str:
    return f"bodies:\n  runde: {{name: Runde, kind: steering_body, members: [sozialamt, jobcenter]{more}}}\n"


def test_asks_whether_a_body_evaluates_that_nobody_spoke_about() -> None:
    (finding,) = found("missing-evaluation", handed(PASSED, more=body("")))

    assert [fact.path for fact in finding.depends_on] == ["bodies.runde.evaluates"]
    assert finding.severity == "info"


def test_is_definite_where_no_body_evaluates() -> None:
    (finding,) = found("missing-evaluation", handed(PASSED, more=body(", evaluates: false")))

    assert finding.certainty == "definite"


def test_is_silent_where_somebody_looks_back() -> None:
    assert not found("missing-evaluation", handed(PASSED, more=body(", evaluates: true")))
    assert not found("missing-evaluation", handed(PASSED, then=", kind: review", more="bodies: none\n"))


def test_is_silent_about_the_work_of_one_institution() -> None:
    model = case("first: {name: Prüfen, actor: sozialamt, next: ende}", more="bodies: none\n")

    assert not found("missing-evaluation", model)


def test_is_silent_where_a_case_passes_within_one_institution_or_to_the_person() -> None:
    def handing(receiver: str) -> bool:
        model = case(
            "first: {name: Prüfen, actor: sozialamt, next: then}\n"
            f"then: {{name: Zahlen, actor: {receiver}, next: ende}}",
            handovers="[{id: h, from: first, to: then, channel: email, data: none}]",
            more="bodies: none\n",
        )
        return bool(found("missing-evaluation", model))

    assert [handing(receiver) for receiver in ("sozialamt", "person", "jobcenter")] == [False, False, True]


def test_is_silent_about_a_reference_model() -> None:
    model = handed(PASSED, more=body(", evaluates: false"))

    assert found("missing-evaluation", model)
    assert not found("missing-evaluation", model.changed(state="reference"))


def test_only_a_body_for_this_process_evaluates_it() -> None:
    assert not found("missing-evaluation", handed(PASSED, more=body(", covers: [p], evaluates: true")))
    assert found("missing-evaluation", handed(PASSED, more=body(", covers: [h], evaluates: true")))
    assert found("missing-evaluation", handed(PASSED, more=body(", covers: none, evaluates: true")))


def test_asks_for_bodies_while_nobody_has_said_that_there_are_none() -> None:
    (unknown,) = found("missing-evaluation", handed(PASSED))
    (none,) = found("missing-evaluation", handed(PASSED, more="bodies: none\n"))

    assert [fact.path for fact in unknown.depends_on] == ["bodies"]
    assert unknown.message.de.startswith("Es ist nicht bekannt")
    assert (none.depends_on, none.certainty) == ((), "definite")
    assert none.message.de.startswith("Niemand wertet aus")
    assert none.witness == ("first", "then")
