"""What the rule `missing-governance` reports, and what it must not report."""

from __future__ import annotations

from .cases import found, handed

PASSED = "channel: email, data: none"


def bodies(covers: str, members: str = "sozialamt, jobcenter") -> str:
    return f"bodies:\n  runde: {{name: Runde, kind: case_conference, members: [{members}]{covers}}}\n"


def test_is_only_possible_where_nobody_spoke_of_bodies() -> None:
    (finding,) = found("missing-governance", handed(PASSED))

    assert (finding.certainty, finding.depends_on[0].path) == ("possible", "bodies")


def test_is_definite_where_there_is_no_body() -> None:
    (finding,) = found("missing-governance", handed(PASSED, more="bodies: none\n"))

    assert finding.certainty == "definite"


def test_a_body_in_which_only_one_side_sits_does_not_steer() -> None:
    model = handed(PASSED, more=bodies("", members="sozialamt, agentur"))

    assert found("missing-governance", model)


def test_a_body_without_the_local_payer_is_incomplete() -> None:
    more = (
        "benefits:\n  hilfe: {name: Hilfe, payer: agentur, regime: sgb12, covers: [subsistence]}\n"
        "bodies:\n  runde: {name: Runde, kind: case_conference, members: [sozialamt, jobcenter]}\n"
    )
    model = handed(PASSED, more=more, then=", starts: [hilfe]")
    (process,) = model.processes.values()
    second = {"id": "h2", "from": "then", "to": {"actor": "agentur"}, "channel": ["email"], "data": ()}
    model = model.changed(processes=[process.changed(handovers=[*(process.handovers or ()), second])])
    assert not found("missing-governance", model), "an agency of the Federation need not sit in a local body"
    local = [a.changed(body_type="public_local_kreis") if a.id == "agentur" else a for a in model.actors.values()]

    (finding,) = found("missing-governance", model.changed(actors=local))

    assert [element.id for element in finding.elements] == ["p", "agentur"]


def test_is_silent_where_a_body_of_both_covers_the_process_or_its_handover() -> None:
    for covers in ("", ", covers: [p]", ", covers: [h]"):
        assert not found("missing-governance", handed(PASSED, more=bodies(covers)))


def test_is_silent_about_one_institution_and_about_a_process_with_an_owner() -> None:
    assert not found("missing-governance", handed(PASSED).changed(state="reference"))
    model = handed(PASSED, more="bodies: none\n")
    (process,) = model.processes.values()
    assert not found("missing-governance", model.changed(processes=[process.changed(owner="sozialamt")]))
    assert not found("missing-governance", model.changed(processes=[process.changed(handovers=())]))
