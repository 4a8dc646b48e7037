"""A documented case beside the model: where it left it, which way it took, which days it was without."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ankunft_model.analysis.replay.alignment import align
from ankunft_model.analysis.replay.replay import Replay, replay
from ankunft_model.errors import UnknownElementError
from ankunft_model.graph import build_token_game, entry_processes
from ankunft_model.model.documented_case import DocumentedCase, DocumentedStep

from ..rules.cases import case, model_of

MODEL = case(
    "first: {name: Prüfen, actor: sozialamt, next: weg}\n"
    "weg: {type: exclusive, name: Wohin?, next: [{to: kurz, when: a}, {to: lang, when: b}]}\n"
    "kurz: {name: Kurz, actor: sozialamt, stops: [alt], next: zu}\n"
    "lang: {name: Lang, actor: sozialamt, stops: [alt], next: mehr}\n"
    "mehr: {name: Mehr, actor: sozialamt, deadlines: [{within: P5D, after: lang}], next: zu}\n"
    "zu: {type: exclusive, next: then}\n"
    "then: {name: Zahlen, actor: jobcenter, starts: [neu], next: ende}",
    more="benefits:\n  alt: {name: Alt, regime: asylblg, payer: sozialamt, covers: subsistence}\n"
    "  neu: {name: Neu, regime: sgb2, payer: jobcenter, covers: subsistence}\n",
)


def replayed(*steps: tuple[str, str | None], **more: str) -> Replay:
    documented = tuple(
        DocumentedStep(node=node, on=None if day is None else date.fromisoformat(day)) for node, day in steps
    )
    return replay(MODEL, DocumentedCase(id="secret_pseudonym", steps=documented, **more))


def test_a_case_that_follows_the_model_to_its_end_fits() -> None:
    found = replayed(("first", None), ("kurz", None), ("then", None))

    assert found.left_at is None
    assert found.missing_at_end == ()
    assert found.choices == {"weg": ("kurz",), "zu": ("then",)} or found.choices == {"weg": ("kurz",)}


def test_steps_that_the_case_does_not_mention_are_named() -> None:
    found = replayed(("lang", None), ("then", None))

    assert [step.skipped for step in found.steps] == [("first",), ("mehr",)]


def test_the_first_step_that_is_not_foreseen_is_where_the_case_left_the_model() -> None:
    found = replayed(("first", None), ("kurz", None), ("lang", None), ("then", None))

    assert [step.fits for step in found.steps] == [True, True, False, True]
    assert found.left_at == 2


def test_what_the_model_does_not_know_does_not_fit() -> None:
    unknown = DocumentedStep(node=None, name="Abgewiesen")
    found = replay(MODEL, DocumentedCase(id="x", steps=(DocumentedStep(node="first"), unknown)))

    assert [(step.name, step.fits) for step in found.steps] == [(None, True), ("Abgewiesen", False)]
    assert found.missing_at_end == ("kurz", "then")


def test_days_give_exact_gaps_and_deadlines() -> None:
    found = replayed(("lang", "2025-03-01"), ("mehr", "2025-03-10"), ("then", "2025-03-21"))

    assert [gap.days for gap in found.gaps["payment"]] == [20]
    ((_, deadline),) = found.deadlines
    assert (deadline.last_day, deadline.is_kept) == (date(2025, 3, 6), False)
    assert "payment-gap" in {finding.rule for finding in found.findings}


def test_days_in_another_order_than_the_steps_are_named() -> None:
    found = replayed(("first", "2025-03-05"), ("kurz", "2025-03-01"), ("then", "2025-03-21"))

    assert found.out_of_order == ("kurz",)


def test_no_result_names_the_case() -> None:
    found = replayed(("lang", "2025-03-01"), ("mehr", "2025-03-10"), ("then", "2025-03-21"))

    assert "secret_pseudonym" not in json.dumps(found.to_dict()) + repr(found)


def test_unknown_nodes_cohorts_and_models_are_errors() -> None:
    for steps, more in (([("kurzz", None)], {}), ([("kurz", None)], {"cohort": "c"}), ([], {"model": "other"})):
        with pytest.raises(UnknownElementError):
            replayed(*steps, **more)


def test_a_decision_taken_both_ways_is_no_choice_of_the_case() -> None:
    model = case(
        "first: {type: exclusive, next: ask}\n"
        "ask: {name: Fragen, actor: sozialamt, next: again}\n"
        "again: {type: exclusive, name: Noch einmal?, next: [{to: first, when: ja}, {to: z, when: nein}]}\n"
        "z: {name: Zahlen, actor: sozialamt, next: ende}"
    )

    def choices(*nodes: str) -> dict[str, tuple[str, ...]]:
        steps = tuple(DocumentedStep(node=node) for node in nodes)
        return replay(model, DocumentedCase(id="x", steps=steps)).choices

    assert choices("ask", "z")["again"] == ("z",)
    assert choices("ask", "ask")["again"] == ("first",)
    assert "again" not in choices("ask", "ask", "z")


def test_the_branch_of_an_inclusive_decision_that_was_taken_counts() -> None:
    model = case(
        "first: {type: inclusive, name: Was?, next: [{to: a, when: a}, {to: b, when: b}, {to: c, when: c}]}\n"
        "a: {name: A, actor: sozialamt, next: zu}\nb: {name: B, actor: sozialamt, next: zu}\n"
        "c: {name: C, actor: sozialamt, next: zu}\nzu: {type: inclusive, next: ende}"
    )
    steps = (DocumentedStep(node="c"),)

    found = replay(model, DocumentedCase(id="x", steps=steps))

    assert found.choices["first"] == ("c",)
    assert (found.left_at, found.missing_at_end) == (None, ())


INCLUSIVE = case(
    "first: {type: inclusive, name: Was?, next: [{to: a, when: a}, {to: b, when: b}, {to: c, when: c}]}\n"
    "a: {name: A, actor: sozialamt, next: zu}\nb: {name: B, actor: sozialamt, next: zu}\n"
    "c: {name: C, actor: sozialamt, next: zu}\nzu: {type: inclusive, next: d}\n"
    "d: {name: D, actor: sozialamt, repeats: {min: 0, max: 1}, next: f}\n"
    "f: {name: F, actor: sozialamt, next: ende}"
)


@pytest.mark.parametrize("branches", ["ab", "ba", "bca", "abcf", "cadf", "df", "f"])
def test_a_case_of_several_branches_of_an_inclusive_decision_fits(branches: str) -> None:
    found = replay(INCLUSIVE, DocumentedCase(id="x", steps=tuple(DocumentedStep(node=node) for node in branches)))

    assert (found.left_at, found.limits) == (None, ())
    taken = set(branches) & set("abc")
    assert set(found.choices["first"]) == taken or (not taken and len(found.choices["first"]) == 1)


def test_a_case_leaves_the_model_at_the_first_step_that_no_run_has() -> None:
    def left(nodes: str) -> int | None:
        steps = tuple(DocumentedStep(node=node) for node in nodes)
        return replay(INCLUSIVE, DocumentedCase(id="x", steps=steps)).left_at

    assert [left(nodes) for nodes in ("aba", "abda", "fd", "ddf", "abfc")] == [2, 3, 1, 1, 3]


def test_where_the_limit_of_markings_is_reached_the_answer_says_so() -> None:
    game = build_token_game(*entry_processes(INCLUSIVE)[0])
    index = game.graph.index_of

    found = align(game, tuple(index[node] for node in "abfc"), most=3)

    assert found.limits == ("states",)
    assert align(game, tuple(index[node] for node in "abfc")).limits == ()


def test_parallel_steps_fit_in_any_order() -> None:
    model = case(
        "first: {type: parallel, next: [a, b]}\na: {name: A, actor: sozialamt, next: c}\n"
        "c: {name: C, actor: sozialamt, next: zu}\nb: {name: B, actor: sozialamt, next: zu}\n"
        "zu: {type: parallel, next: d}\nd: {name: D, actor: sozialamt, next: ende}"
    )

    def followed(*nodes: str) -> tuple[list[tuple[str, ...]], tuple[str, ...] | None]:
        steps = tuple(DocumentedStep(node=node) for node in nodes)
        found = replay(model, DocumentedCase(id="x", steps=steps))
        assert found.left_at is None
        return [step.skipped for step in found.steps], found.missing_at_end

    assert followed("b", "a", "c", "d") == ([(), (), (), ()], ())
    assert followed("a", "b") == ([(), ()], ("c", "d"))
    assert followed("c", "d") == ([("a",), ("b",)], ())


def test_goes_on_from_where_the_case_stood_after_a_step_that_does_not_fit() -> None:
    found = replayed(("first", None), ("then", None), ("kurz", None), ("then", None))

    assert [step.fits for step in found.steps] == [True, True, False, False]
    assert found.left_at == 2
    assert found.steps[1].skipped == ("kurz",)


def test_takes_the_process_that_knows_most_of_the_steps() -> None:
    text = MODEL.to_yaml().replace(
        "processes:\n",
        "processes:\n  q:\n    name: Anderer\n    nodes:\n"
        "      los: {type: start, name: Los, actor: sozialamt, next: tun}\n"
        "      tun: {name: Tun, actor: sozialamt, next: aus}\n      aus: {type: end, name: Aus}\n    handovers: none\n",
    )
    model = model_of(text)

    def process(*nodes: str) -> str:
        steps = tuple(DocumentedStep(node=node) for node in nodes)
        return replay(model, DocumentedCase(id="x", steps=steps)).process

    assert process("first", "kurz", "tun") == "p"
    assert process("tun") == "q"
    assert process("tun", "first") == "q"


def test_only_later_days_before_the_latest_one_are_out_of_order() -> None:
    found = replayed(
        ("first", "2025-03-05"), ("lang", "2025-03-05"), ("mehr", "2025-03-02"), ("then", "2025-03-04")
    )  # fmt: skip
    undated = replayed(("first", "2025-03-05"), ("kurz", None), ("then", "2025-03-06"))

    assert found.out_of_order == ("mehr", "then")
    assert undated.out_of_order == ()


def test_the_answer_is_written_in_the_order_of_the_case_with_days_and_gaps() -> None:
    written = replayed(("lang", "2025-03-01"), ("mehr", "2025-03-04"), ("then", "2025-03-21")).to_dict()

    assert written["process"] == "p"
    assert [(step["node"], step["date"], step["fits"], step["skipped"]) for step in written["steps"]] == [
        ("lang", "2025-03-01", True, ["first"]),
        ("mehr", "2025-03-04", True, []),
        ("then", "2025-03-21", True, []),
    ]
    assert written["left_at"] is None
    assert written["missing_at_end"] == []
    assert written["gaps"]["payment"] == [{"days": 20, "first_day": "2025-03-01", "last_day": "2025-03-20"}]
    assert written["gaps"]["proof"] == []
    assert [(one["last_day"], one["done_on"], one["kept"]) for one in written["deadlines"]] == [
        ("2025-03-06", "2025-03-04", True)
    ]
    assert all(element["kind"] != "case" for finding in written["findings"] for element in finding["elements"])


def test_findings_are_those_of_steps_that_the_case_went_through() -> None:
    named = {
        element.id
        for finding in replayed(("first", None), ("kurz", None), ("then", None)).findings
        for element in finding.elements
        if element.kind == "node"
    }

    assert named
    assert named <= {"first", "kurz", "then"}


def test_an_unknown_name_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UnknownElementError, match=r"Gemeint: „kurz“|Did you mean 'kurz'"):
        replayed(("kurzz", None))
    with pytest.raises(UnknownElementError, match="other"):
        replayed(("kurz", None), model="other")
