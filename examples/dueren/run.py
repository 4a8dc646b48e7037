"""Check the Düren example as it is and as it should be; write BPMN, pictures and the report.

Usage: python run.py [FOLDER]
"""

import sys
from pathlib import Path

import ankunft_model as am

HERE = Path(__file__).resolve().parent


def run(folder: Path) -> None:
    """Read both states, check them and write everything to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    as_is, to_be = am.read(HERE / "as_is.yaml"), am.read(HERE / "to_be.yaml")
    for model in (as_is, to_be):
        print(model.label(), model.check(), sep="\n  ")
        model.to_bpmn(folder / f"{model.id}.bpmn")
        model.to_svg(folder / f"{model.id}.svg")
    as_is.report(folder / "report.html", to_be=to_be)


if __name__ == "__main__":
    run(Path(sys.argv[1] if len(sys.argv) > 1 else "output"))
