"""Check the example in which qualification is asked three times; write BPMN, the picture and the report.

Usage: python run.py [FOLDER]
"""

import sys
from pathlib import Path

import ankunft_model as am

HERE = Path(__file__).resolve().parent


def run(folder: Path) -> None:
    """Read and check the model, print the findings and write everything to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    model = am.read(HERE / "model.yaml")
    for finding in model.check():
        print(finding.message.de)
    model.to_bpmn(folder / "qualification.bpmn")
    model.to_svg(folder / "qualification.svg")
    model.report(folder / "report.html")


if __name__ == "__main__":
    run(Path(sys.argv[1] if len(sys.argv) > 1 else "output"))
