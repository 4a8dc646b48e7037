"""Write every generated file anew, or with --check say which ones are not up to date.

A generator returns the content of its files by path from the project's root; GENERATORS lists them all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from ankunft_model.analysis.rule_pages import rule_pages
from ankunft_model.sources.schemas import schema, schema_names

ROOT = Path(__file__).resolve().parent.parent

Generator = Callable[[], Mapping[str, str]]


def schemas() -> Mapping[str, str]:
    """Return the JSON Schemas of the files that the library reads and writes."""
    return {
        f"schemas/{name}.json": json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n" for name in schema_names()
    }


GENERATORS: tuple[Generator, ...] = (schemas, rule_pages)


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
