"""Deadlines: where they stand, between which moments they run, and what the times of the process make of them."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.deadline_wording import name_of_deadline
from ankunft_model.analysis.timing.deadlines import DeadlineTimes
from ankunft_model.model import ArrivalModel

from ..rules.cases import case

DAY = 86_400


def deadlines(model: ArrivalModel) -> dict[str, DeadlineTimes]:
    """Return the deadlines by their path without the process."""
    return {times.stated.path.removeprefix("processes.p."): times for times in Computations(model).deadlines}


def three_steps(of_last: str = "", *, handovers: str = "none", more: str = "") -> ArrivalModel:
    return case(
        "first: {name: Anzeigen, actor: sozialamt, duration: PT1H, next: mid}\n"
        "mid: {name: Prüfen, actor: jobcenter, wait: P2D, next: last}\n"
        f"last: {{name: Melden, actor: agentur, wait: P5D{of_last}, next: ende}}",
        handovers=handovers,
        more=more,
    )


def test_a_deadline_of_a_step_ends_with_the_step() -> None:
    found = deadlines(three_steps(", deadlines: [{within: P3D, after: mid}, {within: P9D, after: first, until: mid}]"))

    assert {path: (times.stated.since, times.stated.until) for path, times in found.items()} == {
        "nodes.last.deadlines[0]": ("mid", "last"),
        "nodes.last.deadlines[1]": ("first", "mid"),
    }
    assert [times.least for times in found.values()] == [5 * DAY, 2 * DAY]


def test_a_deadline_before_a_step_runs_up_to_it() -> None:
    (times,) = deadlines(three_steps(", deadlines: [{within: P3D, before: last, until: mid}]")).values()

    assert (times.stated.since, times.stated.until) == ("mid", "last")


def test_a_deadline_of_a_handover_ends_at_its_receiver_or_without_one_at_its_sender() -> None:
    model = three_steps(
        handovers="\n      - {id: h, from: first, to: mid, deadlines: [{within: P1D, after: first}]}\n"
        "      - {id: k, from: last, to: {actor: person}, deadlines: [{within: P1D, after: mid}]}"
    )

    found = deadlines(model)

    assert {path: (times.stated.until, times.least) for path, times in found.items()} == {
        "handovers.h.deadlines[0]": ("mid", 2 * DAY),
        "handovers.k.deadlines[0]": ("last", 5 * DAY),
    }


def test_a_deadline_of_an_information_duty_counts_at_each_step_that_tells_it() -> None:
    duty = (
        "information_duties:\n  duty: {name: Beratung, by: agentur, at: [mid, last], "
        "deadline: {within: P3D, after: first}}\n"
    )

    times = Computations(three_steps(more=duty)).deadlines

    assert [(one.stated.until, one.verdict) for one in times] == [("mid", "kept"), ("last", "impossible")]
    assert {one.stated.owner.kind for one in times} == {"information_duty"}


def test_a_deadline_without_a_name_is_called_after_what_is_to_be_told_or_done() -> None:
    def named(at: str) -> list[str]:
        duty = f"duty: {{name: Beratung, by: agentur, at: {at}, deadline: {{within: P3D, after: first}}}}\n"
        computed = Computations(
            three_steps(", deadlines: [{within: P9D, after: mid}]", more=f"information_duties:\n  {duty}")
        )
        return [name_of_deadline(computed, times).de for times in computed.deadlines]

    assert named("mid") == ["Frist für „Melden“", "Frist für die Mitteilung „Beratung“"]
    assert named("[mid, last]")[1:] == [
        "Frist für die Mitteilung „Beratung“ bei „Prüfen“",
        "Frist für die Mitteilung „Beratung“ bei „Melden“",
    ]


def test_without_a_moment_to_count_from_a_deadline_says_nothing() -> None:
    assert deadlines(three_steps(", deadlines: [{within: P3D}]")) == {}


def test_what_has_to_begin_in_time_need_not_be_done() -> None:
    model = case(
        "first: {name: Anzeigen, actor: sozialamt, next: last}\n"
        "last: {name: Begutachten, actor: agentur, wait: P2D, duration: {min: P3D, max: P6D}, next: ende, deadlines: "
        "[{within: P3D, after: first}, {within: P3D, after: first, of: start}]}"
    )

    done, begun = deadlines(model).values()

    assert [(times.least, times.most, times.verdict) for times in (done, begun)] == [
        (5 * DAY, 8 * DAY, "impossible"),
        (2 * DAY, 2 * DAY, "kept"),
    ]


def test_a_sub_process_begins_with_what_comes_first_inside() -> None:
    model = case(
        "first: {name: Anzeigen, actor: sozialamt, next: part}\n"
        "part: {type: subprocess, name: Verfahren, actor: agentur, next: ende, nodes: {a: {name: A, actor: agentur, "
        "wait: P10D, next: b}, b: {name: B, actor: agentur, wait: P1D, next: c}, c: {type: end}}, deadlines: "
        "[{within: P3D, after: first, of: start}, {within: P3D, after: first}]}"
    )

    begun, done = deadlines(model).values()

    assert (begun.least, begun.most, begun.verdict) == (0, 0, "kept")
    assert (done.least, done.most, done.verdict) == (11 * DAY, 11 * DAY, "impossible")


def test_only_the_first_wait_of_a_repeated_step_lies_before_its_beginning() -> None:
    model = case(
        "first: {name: Anzeigen, actor: sozialamt, next: last}\n"
        "last: {name: Treffen, actor: agentur, wait: P2D, duration: PT1H, repeats: {min: 5, max: 5}, next: ende, "
        "deadlines: [{within: P3D, after: first, of: start}]}"
    )

    (times,) = deadlines(model).values()

    assert (times.least, times.most, times.verdict) == (2 * DAY, 2 * DAY, "kept")


def test_when_a_step_begins_is_open_where_nothing_is_said_about_its_time() -> None:
    model = case(
        "first: {name: Anzeigen, actor: sozialamt, next: last}\n"
        "last: {name: Melden, actor: agentur, next: ende, deadlines: [{within: P3D, after: first, of: start}]}"
    )

    (times,) = deadlines(model).values()

    assert (times.verdict, times.unknown) == ("unknown", (("last", "wait"),))


def test_what_has_to_begin_in_time_before_a_step_counts_its_own_work_too() -> None:
    def judged(of: str, work: str = "duration: P4D") -> DeadlineTimes:
        model = case(
            f"first: {{name: Prüfen, actor: sozialamt, wait: P9D, {work}, next: last}}\n"
            "last: {name: Melden, actor: agentur, wait: P2D, next: ende, deadlines: "
            f"[{{within: P3D, before: last, until: first{of}}}]}}"
        )
        return next(iter(deadlines(model).values()))

    assert (judged("").least, judged("").most, judged("").verdict) == (2 * DAY, 2 * DAY, "kept")
    begun = judged(", of: start")
    assert (begun.least, begun.most, begun.verdict) == (6 * DAY, 6 * DAY, "impossible")
    assert judged(", of: start", "duration: {min: PT1H}").verdict == "unknown"
    assert judged(", of: start", "duration: PT1H, repeats: {min: 3}").verdict == "unknown"


@pytest.mark.parametrize(
    ("wait", "verdict", "certainty"),
    [
        ("P3D", "kept", "definite"),
        ("P4D", "impossible", "definite"),
        ("{min: P2D, likely: P3D, max: P9D}", "kept", "definite"),
        ("{min: P2D, likely: P6D, max: P9D}", "tight", "definite"),
        ("unknown", "unknown", "possible"),
        ("{min: P4D}", "impossible", "definite"),
    ],
)
def test_the_verdict_follows_from_the_time_it_takes(wait: str, verdict: str, certainty: str) -> None:
    model = case(
        "first: {name: Anzeigen, actor: sozialamt, next: last}\n"
        f"last: {{name: Melden, actor: agentur, wait: {wait}, next: ende, deadlines: [{{within: P3D, after: first}}]}}"
    )

    (times,) = deadlines(model).values()

    assert (times.verdict, times.certainty) == (verdict, certainty)
    assert bool(times.unknown) == (wait in ("unknown", "{min: P4D}"))


def test_a_deadline_between_steps_of_different_branches_is_kept_on_no_run() -> None:
    model = case(
        "first: {type: exclusive, actor: sozialamt, next: [{to: a, when: a}, {to: b, when: b}]}\n"
        "a: {name: A, actor: sozialamt, next: ende}\n"
        "b: {name: B, actor: sozialamt, next: ende, deadlines: [{within: P3D, after: a}]}"
    )

    (times,) = deadlines(model).values()

    assert (times.verdict, times.certainty, times.least, times.most) == ("unknown", "possible", None, None)


@pytest.mark.parametrize(
    ("within", "wait", "verdict"),
    [
        ("P3D", "P3DT23H59M59S", "kept"),
        ("P3D", "P4D", "impossible"),
        ("PT2H", "PT2H", "kept"),
        ("PT2H", "PT2H1S", "impossible"),
        ("PT2H", "{min: PT1H, likely: PT2H, max: PT9H}", "kept"),
        ("PT2H", "{min: PT1H, likely: PT2H1S, max: PT9H}", "tight"),
        ("PT2H", "{min: PT2H, likely: PT3H, max: PT9H}", "tight"),
        ("P1M", "{min: P20D, likely: P29D, max: P40D}", "tight"),
        ("P1M", "P31D", "tight"),
        ("P1M", "P32D", "impossible"),
        ("P1M", "{min: P20D, likely: P28D, max: P40D}", "kept"),
    ],
)
def test_the_last_second_is_in_time_and_the_next_one_is_not(within: str, wait: str, verdict: str) -> None:
    model = case(
        "first: {name: Anzeigen, actor: sozialamt, next: last}\n"
        f"last: {{name: Melden, actor: agentur, wait: {wait}, next: ende, "
        f"deadlines: [{{within: {within}, after: first}}]}}"
    )

    (times,) = deadlines(model).values()

    assert times.verdict == verdict


def test_ways_of_different_length_are_told_apart() -> None:
    nodes = (
        "first: {name: Anzeigen, actor: sozialamt, next: weg}\n"
        "weg: {type: exclusive, name: Wohin?, next: [{to: kurz, when: a}, {to: lang, when: b}, {to: ganz, when: c}]}\n"
        "kurz: {name: Kurz, actor: sozialamt, wait: {min: P1D, likely: P2D, max: P3D}, next: zu}\n"
        "lang: {name: Lang, actor: sozialamt, wait: {min: P10D, likely: P12D, max: P15D}, next: zu}\n"
        "ganz: {name: Ganz lang, actor: sozialamt, wait: {min: P20D, likely: P21D, max: P30D}, next: zu}\n"
        "zu: {type: exclusive, next: last}\n"
        "last: {name: Melden, actor: agentur, duration: P1D, next: ende, deadlines: [{within: P7D, after: first}]}"
    )

    (times,) = deadlines(case(nodes)).values()

    assert (times.verdict, times.certainty) == ("impossible", "possible")
    assert (times.least, times.most, times.late_least) == (2 * DAY, 31 * DAY, 21 * DAY)
    assert times.usual == (3 * DAY, 22 * DAY)
    assert not times.is_same_everywhere
    assert times.run is not None
    assert "ganz" in times.run.ids
    (same,) = deadlines(case(nodes.replace("{to: lang, when: b}, {to: ganz, when: c}", "{to: zu, when: b}"))).values()
    assert (same.verdict, same.late_least, same.is_same_everywhere, same.run) == ("kept", None, False, None)


def test_where_all_ways_are_alike_that_is_said_and_what_is_usual_is_asked() -> None:
    model = case(
        "first: {name: Anzeigen, actor: sozialamt, next: weg}\n"
        "weg: {type: exclusive, name: Wohin?, next: [{to: a, when: a}, {to: b, when: b}]}\n"
        "a: {name: A, actor: sozialamt, wait: {min: P1D, max: P9D}, next: zu}\n"
        "b: {name: B, actor: sozialamt, wait: {min: P1D, max: P9D}, next: zu}\nzu: {type: exclusive, next: last}\n"
        "last: {name: Melden, actor: agentur, duration: P1D, next: ende, deadlines: [{within: P7D, after: first}]}"
    )

    (times,) = deadlines(model).values()

    assert (times.verdict, times.certainty, times.is_same_everywhere) == ("tight", "possible", True)
    assert times.untypical == (("a", "wait.likely"), ("b", "wait.likely"))
    assert (times.least, times.most, times.exact, times.unknown) == (2 * DAY, 10 * DAY, True, ())


def test_a_dated_case_is_in_time_on_the_last_day() -> None:
    def kept(done: str) -> list[tuple[str, bool]]:
        dates = f"{{first: 2025-03-01, last: {done}}}"
        cases = f"cases:\n  a: {{name: A, dates: {dates}}}\n  b: {{name: B, dates: {{first: 2025-03-01}}}}\n"
        model = case(
            "first: {name: Anzeigen, actor: sozialamt, next: last}\n"
            "last: {name: Melden, actor: agentur, wait: P1D, next: ende, deadlines: [{within: P3D, after: first}]}",
            more=cases,
        )
        (times,) = deadlines(model).values()
        return [(found.case, found.is_kept) for found in times.cases]

    assert kept("2025-03-04") == [("a", True)]
    assert kept("2025-03-05") == [("a", False)]
