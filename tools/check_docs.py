"""Checks the documents: every relative link leads somewhere, and every example runs.

Usage: python tools/check_docs.py [PAGE…]

A page is read from top to bottom, in an empty folder of its own that has `examples/` and `schemas/` in it:

- ```yaml file=NAME``` is written to that file, so that later blocks can use it;
- ```python``` is run; blocks of one page share their names, as in a notebook;
- ```console``` runs the lines that begin with `ankunft`; status 2 (unusable input) is a failure, status 1 (findings)
  is not. Lines that install or call make are not run, but a make target must exist;
- ```text``` and everything else is only shown.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=indent)```[ \t]*$", re.M | re.S)
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6} +(?P<title>.+?) *#*$", re.M)
TARGET = re.compile(r"^([a-z][a-z-]*):", re.M)
SECONDS_PER_COMMAND = 120


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its info string, its text, the line of the page on which the text begins."""

    info: str
    body: str
    line: int


def pages() -> list[Path]:
    """Return the documents of the project, in the order of their paths."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page, top to bottom."""
    for match in FENCE.finditer(text):
        yield Block(match["info"].strip(), match["body"], text.count("\n", 0, match.start("body")) + 1)


def without_code(text: str) -> str:
    """Return the page without fenced blocks and inline code; lines keep their numbers."""
    blanked = FENCE.sub(lambda match: "\n" * match[0].count("\n"), text)
    return re.sub(r"`[^`\n]*`", "", blanked)


def anchors_of(text: str) -> set[str]:
    """Return the anchors that the usual Markdown viewers give to the headings of a page."""
    prose = FENCE.sub("", text)
    return {
        re.sub(r"[^\w\- ]", "", match["title"].replace("`", "").lower()).replace(" ", "-")
        for match in HEADING.finditer(prose)
    }


def find_broken_links(page: Path) -> Iterator[str]:
    """Yield one message per relative link of `page` that leads nowhere."""
    prose = without_code(page.read_text(encoding="utf-8"))
    for match in LINK.finditer(prose):
        target = match["target"]
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        where = f"{page.relative_to(ROOT)}:{prose.count(chr(10), 0, match.start()) + 1}"
        if not file.exists():
            yield f"{where}: the link to {target} leads nowhere"
        elif anchor and file.suffix == ".md" and anchor not in anchors_of(file.read_text(encoding="utf-8")):
            yield f"{where}: {name or 'this page'} has no heading for #{anchor}"


def find_broken_examples(page: Path) -> Iterator[str]:
    """Yield one message per block of `page` that does not do what it shows."""
    names: dict[str, object] = {"__name__": page.stem}
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        for shared in ("examples", "schemas"):
            (folder / shared).symlink_to(ROOT / shared, target_is_directory=True)
        for block in blocks_of(page.read_text(encoding="utf-8")):
            where = f"{page.relative_to(ROOT)}:{block.line}"
            kind, _, option = block.info.partition(" ")
            if option.startswith("file="):
                (folder / option.removeprefix("file=")).write_text(block.body, encoding="utf-8")
            elif kind == "python" and block.body.lstrip().startswith(">>>"):
                yield from run_session(block, names, where)
            elif kind == "python":
                yield from run_python(block, names, where)
            elif kind == "console":
                yield from run_console(block, where)


def run_python(block: Block, names: dict[str, object], where: str) -> Iterator[str]:
    """Run a block in the names of its page; yield a message if it fails."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(block.body, where, "exec"), names)  # the page is ours
    except Exception:  # whatever a page raises is reported, and the next page is checked
        yield f"{where}: the Python example fails\n{traceback.format_exc(limit=-3)}"


def run_session(block: Block, names: dict[str, object], where: str) -> Iterator[str]:
    """Run a block that shows an interactive session; yield a message if an answer differs from the one shown."""
    test = doctest.DocTestParser().get_doctest(block.body, names, where, where, block.line)
    answers = io.StringIO()
    if (
        doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        .run(test, out=answers.write, clear_globs=False)
        .failed
    ):
        yield f"{where}: the session answers otherwise\n{answers.getvalue()}"
    names.update(test.globs)


def run_console(block: Block, where: str) -> Iterator[str]:
    """Run the `ankunft` lines of a block; yield a message per line that fails."""
    for line in block.body.splitlines():
        command = line.partition("#")[0].strip()
        if command.startswith("make "):
            target = command.split()[1]
            if target not in TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")):
                yield f"{where}: there is no make target {target!r}"
        if not command.startswith("ankunft "):
            continue
        words, _, output = command.partition(" > ")
        result = subprocess.run(
            [str(Path(sys.executable).with_name("ankunft")), *shlex.split(words)[1:]],
            capture_output=True,
            check=False,
            timeout=SECONDS_PER_COMMAND,
        )
        if result.returncode not in (0, 1):
            yield f"{where}: {command!r} ends with {result.returncode}\n{result.stderr.decode(errors='replace')}"
        elif output:
            Path(output.strip()).write_bytes(result.stdout)


def main(arguments: list[str]) -> int:
    """Check the pages named, or all; return 1 if something is broken."""
    broken = 0
    checked = [Path(argument).resolve() for argument in arguments] or pages()
    for page in checked:
        for message in (*find_broken_links(page), *find_broken_examples(page)):
            print(message, file=sys.stderr)
            broken += 1
    print(f"{len(checked)} pages checked, {broken} problems")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
