"""Render drawings of different kinds with bpmn-js in chromium, beside what people drew, onto one page.

Usage: python tools/contact_sheet.py [--corpus FOLDER] [--output FOLDER] [--most NUMBER]

Writes OUTPUT/contact-sheet.html and OUTPUT/contact-sheet.png. Of the files in FOLDER those are taken that show the most
kinds of elements not shown before; examples and generated procedures follow.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.diagrams.generated_processes import generated_process  # noqa: E402

import ankunft_model as am  # noqa: E402

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHEET = """
import { chromium } from 'playwright-core';
const [page_, picture, program] = process.argv.slice(2);
const args = ['--headless', '--no-sandbox', '--disable-gpu'];
const browser = await chromium.launch({ executablePath: program, args });
const page = await browser.newPage({ viewport: { width: 2000, height: 1000 } });
await page.goto('file://' + page_, { waitUntil: 'load' });
await page.screenshot({ path: picture, fullPage: true });
await browser.close();
"""


def chosen(corpus: Path, most: int) -> list[Path]:
    """Return files that differ: each shows the most kinds and structures that those before do not."""
    kinds = {
        path: set(re.findall(r"<(?:\w+:)?(\w+)[ >/]", path.read_text(encoding="utf-8", errors="replace")))
        | {f"size {len(path.read_bytes()) // 12_000}", f"folder {path.parent.name}"}
        for path in sorted(corpus.glob("*/*.bpmn"))
    }
    shown: set[str] = set()
    found: list[Path] = []
    while kinds and len(found) < most:
        best = max(kinds, key=lambda path: (len(kinds[path] - shown), -len(kinds[path]), str(path)))
        if not kinds[best] - shown:
            shown.clear()
        shown |= kinds.pop(best)
        found.append(best)
    return found


def in_utf_8(data: bytes) -> bytes:
    """Return a file that says it is Latin-1 in UTF-8, the only encoding that bpmn-js reads."""
    if b"ISO-8859-1" not in data[:100]:
        return data
    return data.decode("iso-8859-1").replace("ISO-8859-1", "UTF-8", 1).encode()


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "contact-sheet")
    parser.add_argument("--most", type=int, default=20)
    arguments = parser.parse_args()
    output: Path = arguments.output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    pairs: list[tuple[str, Path | None, Path]] = []
    for path in chosen(arguments.corpus, arguments.most):
        ours = output / f"{path.parent.name}.{path.stem}.ours.bpmn"
        theirs = output / f"{path.parent.name}.{path.stem}.theirs.bpmn"
        theirs.write_bytes(in_utf_8(path.read_bytes()))
        am.lay_out_bpmn(theirs, ours)
        pairs.append((f"{path.parent.name}/{path.stem}", theirs, ours))
    for nodes in (30, 60):
        ours = output / f"generated.{nodes}.bpmn"
        am.lay_out_bpmn(generated_process(nodes), ours)
        pairs.append((f"generated, {nodes} nodes", None, ours))
        turned = output / f"generated.{nodes}.vertical.bpmn"
        am.lay_out_bpmn(generated_process(nodes), turned, direction="vertical")
        pairs.append((f"generated, {nodes} nodes, downwards", None, turned))
    for model in sorted((ROOT / "examples").glob("*/*.yaml")):
        if "\nformat: ankunft/1" not in f"\n{model.read_text(encoding='utf-8')}":
            continue  # a part that others include
        ours = output / f"example.{model.parent.name}.{model.stem}.bpmn"
        am.read(model).to_bpmn(ours)
        pairs.append((f"example {model.parent.name}/{model.stem}", None, ours))
    render(output, pairs)


def render(output: Path, pairs: list[tuple[str, Path | None, Path]]) -> None:
    """Have bpmn-js draw all files and put the pictures side by side."""
    chromium = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if chromium is None:
        raise SystemExit("chromium is missing; make setup installs it")
    jobs: list[dict[str, str]] = []
    for number, (_, theirs, ours) in enumerate(pairs):
        for side, file in (("theirs", theirs), ("ours", ours)):
            if file is not None:
                jobs.append({"check": "import", "file": str(file), "picture": str(output / f"{number}.{side}.png")})
    done = subprocess.run(
        ["node", str(ROOT / "tests" / "interchange" / "checks.mjs")],
        input=json.dumps({"chromium": chromium, "jobs": jobs}),
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    for job, answer in zip(jobs, json.loads(done.stdout), strict=True):
        if answer.get("error") or answer.get("warnings"):
            print(f"{job['file']}: {answer.get('error') or answer['warnings'][0]}")
    rows: list[str] = []
    for number, (name, theirs, ours) in enumerate(pairs):
        figures = [(theirs, "theirs"), (ours, "ours")]
        cells = ""
        for file, side in figures:
            picture = output / f"{number}.{side}.png"
            caption = "" if file is None else caption_of(file)
            image = f'<img src="{picture.name}">' if picture.is_file() and file is not None else ""
            cells += f"<td>{image}<p>{html.escape(caption)}</p></td>"
        rows.append(f"<tr><th colspan=2>{html.escape(name)}</th></tr><tr>{cells}</tr>")
    page = output / "contact-sheet.html"
    page.write_text(
        "<!doctype html><meta charset=utf-8><style>body{font:14px sans-serif}td{width:50%;vertical-align:top;"
        "border:1px solid #ccc}img{max-width:960px;max-height:900px}th{text-align:left}</style>"
        f"<table><tr><th>drawn by people</th><th>ours</th></tr>{''.join(rows)}</table>",
        encoding="utf-8",
    )
    script = ROOT / "node_modules" / ".contact-sheet.mjs"
    script.write_text(SHEET, encoding="utf-8")
    subprocess.run(["node", str(script), str(page), str(page.with_suffix(".png")), chromium], check=True)
    print(f"written: {page} and .png, {len(pairs)} drawings")


def caption_of(file: Path) -> str:
    """Return the figures of a drawing in one line."""
    report = am.check_bpmn_layout(file)
    crossings = sum(diagram.figures.crossings for diagram in report.diagrams)
    bends = sum(diagram.figures.bends for diagram in report.diagrams)
    defects = sum(len(diagram.defects) for diagram in report.diagrams)
    return f"{crossings} crossings, {bends} bends, {defects} defects"


if __name__ == "__main__":
    main()
