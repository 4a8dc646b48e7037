"""The whole table of the layout: quality on BPMN files by others and on generated procedures, and speed.

Usage: python benchmarks/layout.py [--corpus FOLDER] [--rival NODE_MODULES] [--quick]

FOLDER has folders of .bpmn files; what people drew is in the files themselves, and `NAME.baseline.json` beside a folder
may hold what another engine scored ({file: {"crossings", "bends"}}, or {file: {"auto_layout_2": {…} | null}}). The
default is `../shared/corpus`. NODE_MODULES is a folder in which `npm install bpmn-auto-layout@1.3.0` was run; the
project's own is the default. Times are processor time of this process; compare them only within one run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.diagrams.generated_processes import generated_process  # noqa: E402
from tests.layout.local_edits import stability  # noqa: E402

import ankunft_model as am  # noqa: E402

SIZES = (
    (30, 4, 10, None),
    (100, 6, 50, 12),
    (300, 6, None, 55),
    (1000, 8, 1000, 450),
    (10_000, 8, 10_000, None),
)
"""Nodes, lanes, and the most milliseconds and crossings."""
NOT_DRAWN_BY_PEOPLE = ("auto-layout-fixtures",)
"""Folders of files without drawings, or with drawings by another engine."""
RIVAL_NODES = 400
RUNS = 5
RIVAL = """
import { layoutProcess } from 'bpmn-auto-layout';
import { readFileSync, writeFileSync } from 'node:fs';
const xml = readFileSync(process.argv[2], 'utf8');
const inside = [];
for (let run = 0; run < Number(process.argv[4]); run++) {
  const begin = process.cpuUsage();
  writeFileSync(process.argv[3], await layoutProcess(xml));
  const used = process.cpuUsage(begin);
  inside.push((used.user + used.system) / 1000);
}
console.log(JSON.stringify(inside.sort((a, b) => a - b)));
"""


def figures_of(report: am.LayoutReport) -> Counter[str]:
    """Return the sums over all diagrams of a file."""
    total: Counter[str] = Counter()
    for diagram in report.diagrams:
        figures = diagram.figures
        total["lines"] += figures.lines
        total["crossings"] += figures.crossings
        total["bends"] += figures.bends
        total["straight"] += figures.straight_lines
        total["length"] += figures.line_length
        total["area"] += figures.width * figures.height
        total["defects"] += len(diagram.defects)
    total["missing"] = len(report.missing)
    return total


def rival_of(baseline: dict[str, Any], name: str) -> dict[str, Any] | None:
    """Return what the other engine scored on a file, or None if it failed or is not known."""
    found = baseline.get(name)
    return found.get("auto_layout_2") if found is not None and "auto_layout_2" in found else found


def bar(what: str, value: float, most: float, *, below: bool = False) -> None:
    """Print a figure beside what it must not go beyond, or must stay below, and whether it does."""
    is_met = value < most if below else value <= most
    sign = "<" if below else "≤"
    print(f"    {what:52} {value:10.2f} {sign} {most:10.2f}   {'ok' if is_met else 'MISSED'}")


def row(name: str, figures: Counter[str]) -> str:
    """Return one line of the table."""
    lines = max(1, figures["lines"])
    return (
        f"  {name:34} {figures['crossings']:7} {figures['bends']:6} {figures['bends'] / lines:6.2f} "
        f"{100 * figures['straight'] / lines:6.1f} % {figures['length'] / lines:7.1f} {figures['area'] / 1e6:8.2f} "
        f"{figures['defects']:5} {figures['missing']:5}"
    )


def quality(folder: Path) -> None:
    """Print one folder of files: ours, what people drew, and the other engine."""
    baseline_file = folder.with_name(f"{folder.name}.baseline.json")
    baseline = json.loads(baseline_file.read_text(encoding="utf-8")) if baseline_file.is_file() else {}
    ours: Counter[str] = Counter()
    people: Counter[str] = Counter()
    ours_where_rival: Counter[str] = Counter()
    people_where_rival: Counter[str] = Counter()
    rival: Counter[str] = Counter()
    above: list[str] = []
    is_drawn_by_people = folder.name not in NOT_DRAWN_BY_PEOPLE
    files = sorted(folder.glob("*.bpmn"))
    for path in files:
        drawn = am.lay_out_bpmn(path)
        mine, theirs = figures_of(am.check_bpmn_layout(drawn.data)), figures_of(am.check_bpmn_layout(path))
        ours.update(mine)
        people.update(theirs)
        other = rival_of(baseline, path.stem)
        if other is not None and "crossings" in other:
            ours_where_rival.update(mine)
            people_where_rival.update(theirs)
            rival.update({"crossings": other["crossings"], "bends": other["bends"], "lines": other["edges"]})
            above += [
                f"{path.stem}: {kind} {mine[kind]} against {other[kind]}"
                for kind in ("crossings", "bends")
                if mine[kind] > 1.2 * other[kind] + 1
            ]
    print(f"{folder.name}: {len(files)} files")
    print("                                       crossings  bends per line straight  length     Mpx  def. miss.")
    print(row("ours", ours))
    print(row("drawn by people", people))
    bar("defects and elements that are not drawn", ours["defects"] + ours["missing"], 0)
    if rival:
        print(row("ours, where the other engine drew", ours_where_rival))
        print(row("people, where the other engine drew", people_where_rival))
        print(f"  {'the other engine':34} {rival['crossings']:7} {rival['bends']:6}")
        for kind in ("crossings", "bends"):
            bar(f"{kind}, against the other engine", ours_where_rival[kind], rival[kind], below=True)
        if is_drawn_by_people:
            print(f"    figures above 1.2 times the other engine + 1: {len(above)}")
        else:
            bar("figures above 1.2 times the other engine + 1", len(above), 0)
        for line in above:
            print(f"      {line}")
    if people["lines"] and is_drawn_by_people:
        _bars_beside_people(*((ours_where_rival, people_where_rival) if rival else (ours, people)))


def _bars_beside_people(ours: Counter[str], people: Counter[str]) -> None:
    """Print how the drawings compare with those of people."""
    for kind in ("crossings", "bends"):
        bar(f"{kind}, against people", ours[kind], people[kind])
    bar("bends per line", ours["bends"] / ours["lines"], 0.45)
    bar("lines that are not straight, in percent", 100 - 100 * ours["straight"] / ours["lines"], 30)
    length, theirs = ours["length"] / ours["lines"], people["length"] / people["lines"]
    bar("mean length, against 1.2 times that of people", length, 1.2 * theirs)
    bar("area, against 1.2 times that of people", ours["area"] / 1e6, 1.2 * people["area"] / 1e6)


def generated(*, quick: bool) -> None:
    """Print quality and time on generated procedures."""
    print("generated procedures")
    print("                                       crossings  bends per line straight  length     Mpx  def. miss.")
    times: list[tuple[int, float]] = []
    for nodes, lanes, most_ms, most_crossings in SIZES[:-1] if quick else SIZES:
        data = generated_process(nodes, lanes=lanes)
        used: list[float] = []
        for _ in range(3 if nodes <= 1000 else 1):
            begin = time.process_time()
            drawn = am.lay_out_bpmn(data)
            used.append(time.process_time() - begin)
        times.append((nodes, min(used)))
        figures = figures_of(am.check_bpmn_layout(drawn.data))
        print(row(f"{nodes} nodes, {lanes} lanes", figures))
        bar("defects and elements that are not drawn", figures["defects"] + figures["missing"], 0)
        if most_crossings is not None:
            bar("crossings", figures["crossings"], most_crossings)
        if most_ms is None:
            print(f"    {min(used) * 1000:.0f} ms from bytes to bytes")
        else:
            bar("ms from bytes to bytes", min(used) * 1000, most_ms)
    (small, fast), (large, slow) = times[1], times[-1]
    import math

    bar(f"growth exponent from {small} to {large} nodes", math.log(slow / fast) / math.log(large / small), 1.3)


def edited(*, quick: bool) -> None:
    """Print how many pairs of boxes a local edit turns round: a task more, a task less, a flow more."""
    print(
        "local edits                pairs turned round: mean   95 %     99 %     most   none at all   with the earlier"
    )
    for nodes, lanes, seeds in ((30, 4, 24), (100, 4, 10)) if quick else ((30, 4, 72), (100, 4, 10), (300, 6, 3)):
        found = stability(nodes, lanes=lanes, seeds=range(seeds))
        kept = stability(nodes, lanes=lanes, seeds=range(seeds), with_earlier_drawing=True)
        shares = (found.mean, found.reached_by(0.95), found.reached_by(0.99), found.shares[-1])
        print(
            f"  {nodes:5} nodes, {len(found.shares):4} edits {'':19}"
            + "".join(f"{100 * share:7.2f} %" for share in shares)
            + f" {100 * found.none:10.0f} % {100 * kept.mean:19.3f} %"
        )
        bar("pairs turned round on average, in percent", 100 * found.mean, 0.5)


def speed(modules: Path) -> None:
    """Print the time side by side with `bpmn-auto-layout` from npm, in its process and from start to file."""
    print(f"{RIVAL_NODES} nodes without pools, median of {RUNS} runs")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, out = folder / "in.bpmn", folder / "out.bpmn"
        source.write_bytes(generated_process(RIVAL_NODES, with_pools=False))
        data = source.read_bytes()
        mine: list[float] = []
        for _ in range(RUNS):
            begin = time.process_time()
            am.lay_out_bpmn(data)
            mine.append((time.process_time() - begin) * 1000)
        whole = whole_process([sys.executable, "-m", "ankunft_model.cli", "layout", str(source), "-o", str(out)])
        print(f"  ours: {sorted(mine)[RUNS // 2]:.0f} ms in the process, {whole:.0f} ms from start to file")
        if not (modules / "bpmn-auto-layout").is_dir():
            print("  bpmn-auto-layout is not installed: npm install --no-save bpmn-auto-layout@1.3.0")
            return
        (folder / "node_modules").symlink_to(modules)
        script = folder / "rival.mjs"
        script.write_text(RIVAL, encoding="utf-8")
        command = ["node", str(script), str(source), str(out)]
        answer = subprocess.run([*command, str(RUNS)], check=True, capture_output=True, text=True)
        inside = json.loads(answer.stdout)[RUNS // 2]
        rival_whole = whole_process([*command, "1"])
        print(f"  bpmn-auto-layout: {inside:.0f} ms in its process, {rival_whole:.0f} ms from start to file")
        ratio = sorted(mine)[RUNS // 2] / inside
        bar("times the rival in the process", ratio, 1, below=True)
        bar("times the rival from start to file", whole / rival_whole, 1.5)


def whole_process(command: list[str]) -> float:
    """Return the median processor time of a program in milliseconds."""
    used: list[float] = []
    for _ in range(RUNS):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        used.append(
            1000 * (after.children_user + after.children_system - before.children_user - before.children_system)
        )
    return sorted(used)[RUNS // 2]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--rival", type=Path, default=ROOT / "node_modules")
    parser.add_argument("--quick", action="store_true", help="without 10,000 nodes")
    arguments = parser.parse_args()
    folders = sorted(path for path in arguments.corpus.glob("*") if any(path.glob("*.bpmn")))
    if not folders:
        print(f"no BPMN files by others in {arguments.corpus}; name their folder with --corpus")
    for folder in folders:
        quality(folder)
    generated(quick=arguments.quick)
    edited(quick=arguments.quick)
    speed(arguments.rival.resolve())


if __name__ == "__main__":
    main()
