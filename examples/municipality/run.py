"""Check the example of several processes; write BPMN with an overview and a diagram per process, picture and report.

Usage: python run.py [FOLDER]
"""

import sys
from pathlib import Path

import ankunft_model as am

HERE = Path(__file__).resolve().parent


def run(folder: Path) -> None:
    """Read the model, check it and write everything to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    model = am.read(HERE / "model.yaml")
    print(model.label(), model.check(), sep="\n  ")
    model.to_bpmn(folder / f"{model.id}.bpmn", diagrams="per-process")
    model.to_svg(folder / f"{model.id}.svg", level="organisations")
    model.report(folder / "report.html")


if __name__ == "__main__":
    run(Path(sys.argv[1] if len(sys.argv) > 1 else "output"))
