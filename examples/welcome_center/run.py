"""Check the examples of a skilled worker and of a family that follows; write BPMN, pictures and reports.

Usage: python run.py [FOLDER]
"""

import sys
from pathlib import Path

import ankunft_model as am

HERE = Path(__file__).resolve().parent


def run(folder: Path) -> None:
    """Read both models, check them and write everything to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("skilled_worker", "family"):
        model = am.read(HERE / f"{name}.yaml")
        print(model.label(), model.check(), sep="\n  ")
        # pools cannot be drawn where two of them wait for each other: that process is drawn as one journey
        view = "journey" if model.check(select=["circular-dependency"]) else None
        model.to_bpmn(folder / f"{model.id}.bpmn", view=view)
        model.to_svg(folder / f"{model.id}.svg", view=view)
        model.report(folder / f"{model.id}.html")


if __name__ == "__main__":
    run(Path(sys.argv[1] if len(sys.argv) > 1 else "output"))
