"""How long all rules take on large models of several kinds, beside plain passes over the same flows.

Usage: python benchmarks/analysis_speed.py [STEPS…] [--items N] [--kinds KIND…] [--rules RULE…] [--files]

For each kind and size: seconds of `check` with all rules and of the knowledge alone, as ratio to building the plain
adjacency of the same flows and walking it once, in plain Python and with networkx; memory per step and item pair that
occurs; and the growth exponent. With `--files` also: reading the model from YAML, and `ankunft check FILE` as a whole.
Times are those of the processor.
"""

from __future__ import annotations

import argparse
import gc
import math
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
from large_models import KINDS

from ankunft_model import read
from ankunft_model.analysis import Computations, check
from ankunft_model.model import ArrivalModel


def seconds(action: Callable[[], Any], repeat: int = 1) -> tuple[float, Any]:
    """Return the least time of the processor that the action took, and its last result."""
    best, result = math.inf, None
    for _ in range(repeat):
        gc.collect()
        begin = time.process_time()
        result = action()
        best = min(best, time.process_time() - begin)
    return best, result


def plain_pass(model: ArrivalModel) -> int:
    """Build adjacency lists of all flows and walk them once from every start; return how many nodes were met."""
    number = {id_: index for index, id_ in enumerate(model.nodes)}
    nexts: list[list[int]] = [[] for _ in number]
    for process in model.processes.values():
        for flow in process.flows:
            nexts[number[flow.source]].append(number[flow.target])
    seen = {index for id_, index in number.items() if model.nodes[id_].type == "start"}
    stack = list(seen)
    while stack:
        for target in nexts[stack.pop()]:
            if target not in seen:
                seen.add(target)
                stack.append(target)
    return len(seen)


def networkx_pass(model: ArrivalModel) -> int:
    """Do the same with networkx: a digraph of all flows, and what each start leads to."""
    graph = nx.DiGraph()
    for process in model.processes.values():
        graph.add_edges_from((flow.source, flow.target) for flow in process.flows)
    starts = [node.id for node in model.nodes.values() if node.type == "start"]
    return len({node for start in starts for node in nx.descendants(graph, start)})


def memory_per_pair(model: ArrivalModel) -> tuple[int, int]:
    """Return how many pairs of step and item occur, and the bytes that the knowledge of all takes for each."""
    gc.collect()
    tracemalloc.start()
    computed = Computations(model)
    knowledge = computed.knowledge
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    pairs = sum(len(facts) for part in knowledge for facts in part.facts.by_node.values())
    return pairs, taken // max(pairs, 1)


def measure_files(model: ArrivalModel) -> str:
    """Return what reading and checking a file of the model takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.yaml"
        model.to_yaml(path)
        reading, _ = seconds(lambda: read(path))
        before = os.times()
        command = [Path(sys.executable).with_name("ankunft"), "check", str(path), "--format", "json"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        after = os.times()
        whole = after.children_user - before.children_user + after.children_system - before.children_system
        size = path.stat().st_size / 1e6
    return f"reading {size:.1f} MB of YAML {reading:.2f} s; ankunft check FILE {whole:.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("steps", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--items", type=int, default=2_000)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--rules", nargs="*", default=None)
    parser.add_argument("--files", action="store_true")
    parser.add_argument("--memory", action="store_true", help="measure memory too; takes several times as long")
    arguments = parser.parse_args()
    for kind in arguments.kinds:
        measured: list[tuple[int, float]] = []
        for steps in arguments.steps:
            making, model = seconds(lambda kind=kind, steps=steps: KINDS[kind](steps, arguments.items))
            plain, _ = seconds(lambda model=model: plain_pass(model), 3)
            foreign, _ = seconds(lambda model=model: networkx_pass(model), 3)
            knowing, _ = seconds(lambda model=model: Computations(model).knowledge)
            whole, findings = seconds(lambda model=model: check(model, select=arguments.rules))
            measured.append((steps, whole))
            print(
                f"{kind}, {steps} steps: all rules {whole:.2f} s ({len(findings)} findings; {whole / plain:.0f}× plain "
                f"pass, {whole / foreign:.0f}× networkx pass); of that knowledge {knowing:.2f} s "
                f"({knowing / plain:.0f}×, {knowing / foreign:.0f}×); building the model before {making:.2f} s",
                flush=True,
            )
            if arguments.memory:
                pairs, taken = memory_per_pair(model)
                print(f"  {pairs} pairs of step and item, {taken} B each")
            if arguments.files:
                print(f"  {measure_files(model)}", flush=True)
        for (few, short), (many, long) in pairwise(measured):
            print(f"  growth exponent {few} to {many}: {math.log(long / short) / math.log(many / few):.2f}")


if __name__ == "__main__":
    main()
