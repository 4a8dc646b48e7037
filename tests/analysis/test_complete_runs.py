"""Complete runs: what an interruption may leave out."""

from __future__ import annotations

from ankunft_model.analysis.complete_runs import find_complete_run
from ankunft_model.graph import build_run_graph, build_token_game

from .rules.cases import case


def test_an_interruption_may_leave_out_the_rest_of_a_sub_process() -> None:
    model = case(
        "first:\n"
        "  type: subprocess\n"
        "  name: Clearing\n"
        "  actor: sozialamt\n"
        "  nodes:\n"
        "    drin: {name: Fragen, actor: sozialamt, next: bericht}\n"
        "    bericht: {name: Berichten, actor: sozialamt, next: fertig}\n"
        "    fertig: {type: end}\n"
        "  next: ende\n"
        "abbruch: {type: boundary, trigger: timer, attached_to: first, next: ende}"
    )
    runs = build_run_graph(build_token_game(*model.processes.values()))

    broken_off = find_complete_run(runs, through=[["drin"]], avoiding=["bericht"])

    assert broken_off.run is not None
    assert broken_off.run.ids == ("beginn", "drin", "abbruch", "ende")
    assert find_complete_run(runs, through=[["bericht"]], avoiding=["drin"]).is_impossible
    assert find_complete_run(runs, through=[["first"], ["abbruch"]]).is_impossible
