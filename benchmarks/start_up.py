"""What starting the command line costs, as a ratio to `import pydantic`: processor time, median of interleaved runs.

Usage: python benchmarks/start_up.py [RUNS]

Goal: `--version` and `--help` at most 2 times. The other lines are shown for comparison.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 15
GOAL = 2.0
CLI = ("-m", "ankunft_model.cli")
REFERENCE = ("-c", "import pydantic; pydantic.BaseModel")


def programs(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return what is measured, by the name that is printed."""
    model, diagram = str(folder / "model.yaml"), str(folder / "model.bpmn")
    subprocess.run([sys.executable, *CLI, "init", "-o", model], check=True, capture_output=True)
    return {
        "import pydantic": REFERENCE,
        "python -c pass": ("-c", "pass"),
        "import ankunft_model": ("-c", "import ankunft_model"),
        "ankunft --version": (*CLI, "--version"),
        "ankunft --help": (*CLI, "--help"),
        "ankunft rules": (*CLI, "rules"),
        "ankunft_model.ArrivalModel": ("-c", "import ankunft_model; ankunft_model.ArrivalModel"),
        "ankunft check (small model)": (*CLI, "check", model, "--fail-on", "never"),
        "ankunft export (small model)": (*CLI, "export", model, "-o", diagram),
    }


def seconds_of(arguments: tuple[str, ...]) -> float:
    """Return the processor time of one run, of user and system together."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main(runs: int) -> int:
    """Measure and print; return 1 if the goal is missed."""
    with tempfile.TemporaryDirectory() as name:
        measured = programs(Path(name))
        seconds: dict[str, list[float]] = {title: [] for title in measured}
        for _ in range(runs):  # interleaved, so that a busy machine is busy for all of them
            for title, arguments in measured.items():
                seconds[title].append(seconds_of(arguments))
    reference = statistics.median(seconds["import pydantic"])
    for title, found in seconds.items():
        median = statistics.median(found)
        print(f"{title:30} {median * 1000:6.0f} ms  {median / reference:5.2f} x")
    worst = max(statistics.median(seconds[f"ankunft {option}"]) for option in ("--version", "--help")) / reference
    print(f"goal: at most {GOAL:g} x, found {worst:.2f} x")
    return int(worst > GOAL)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
