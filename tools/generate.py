"""Write every generated file anew, or with --check say which ones are not up to date.

A generator returns the content of its files by path from the project's root; GENERATORS lists them all.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import ankunft_model
import generate_error_codes_page
import generate_json_formats_page
import generate_registries_page
import generate_rule_coverage_page
from ankunft_model.analysis.rule_pages import rule_pages
from ankunft_model.cli.main import main as ankunft
from ankunft_model.exports.bpmn.modeler_files import modeler_file, modeler_file_names
from ankunft_model.sources.schemas import schema, schema_names

ROOT = Path(__file__).resolve().parent.parent

Generator = Callable[[], Mapping[str, str]]

EXCERPT = re.compile(
    r"(?P<head><!-- the first (?P<lines>\d+) lines of: ankunft (?P<command>[^\n]+) -->\n\n```text\n).*?(?=^```$)",
    re.MULTILINE | re.DOTALL,
)
"""A block of the README that shows what a command prints."""


def schemas() -> Mapping[str, str]:
    """Return the JSON Schemas of the files that the library reads and writes, and the files for Camunda Modeler."""
    contents = {name: schema(name) for name in schema_names()}
    contents |= {name: modeler_file(name) for name in modeler_file_names()}
    return {
        f"schemas/{name}.json": json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        for name, content in contents.items()
    }


def reference_pages() -> Mapping[str, str]:
    """Return the pages that scripts of their own compose."""
    scripts = (
        generate_error_codes_page,
        generate_json_formats_page,
        generate_registries_page,
        generate_rule_coverage_page,
    )
    return {script.PAGE.relative_to(ROOT).as_posix(): script.page() for script in scripts}


def pictures() -> Mapping[str, str]:
    """Return the picture of the README (a small example with its findings), and those of a file with an overview."""
    model = ankunft_model.read(ROOT / "examples" / "qualification" / "model.yaml")
    picture = model.to_svg(findings=model.check(), language="en")
    several = ankunft_model.read(ROOT / "examples" / "municipality" / "model.yaml")
    file = several.to_bpmn(diagrams="per-process", language="en")
    return {
        "docs/pictures/qualification.svg": picture,
        "docs/pictures/municipality-overview.svg": ankunft_model.render_bpmn(file, diagram="1"),
        "docs/pictures/municipality-process.svg": ankunft_model.render_bpmn(file, diagram="2"),
    }


def readme() -> Mapping[str, str]:
    """Return the README with what its commands print now."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return {"README.md": EXCERPT.sub(_printed, text)}


def _printed(block: re.Match[str]) -> str:
    """Return the block with the first lines of what its command prints, without the empty ones at their end."""
    printed = io.StringIO()
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(printed):
        ankunft(block["command"].split())
    lines = printed.getvalue().splitlines()[: int(block["lines"])]
    return block["head"] + "\n".join(lines).rstrip() + "\n"


GENERATORS: tuple[Generator, ...] = (schemas, rule_pages, reference_pages, pictures, readme)


def main(arguments: list[str] | None = None) -> int:
    """Return 0 if all files are (now) up to date, else 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, say which files are not up to date")
    only_check = parser.parse_args(arguments).check
    stale: list[str] = []
    for generator in GENERATORS:
        for name, content in generator().items():
            path = ROOT / name
            if path.is_file() and path.read_bytes() == content.encode():
                continue
            stale.append(name)
            if not only_check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode())
    for name in stale:
        print(f"{name} is not up to date; run: make generate" if only_check else f"wrote {name}")
    return 1 if stale and only_check else 0


if __name__ == "__main__":
    sys.exit(main())
