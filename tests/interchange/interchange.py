"""What other people's software says about BPMN files: the OMG's schema, bpmn-moddle, bpmnlint and bpmn-js.

Use the fixture `interchange` and mark the test `node` (schema, moddle, lint) or `browser` (bpmn-js); where the programs
are missing such tests are skipped with the reason, and fail under `CI=true`. Each call starts one Node process for all
its files, so give it all files at once.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("checks.mjs")
SCHEMA = ROOT / "node_modules" / "bpmn-moddle" / "resources" / "bpmn" / "xsd" / "BPMN20.xsd"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS_PER_CALL = 240


@dataclass(frozen=True, slots=True)
class Judged:
    """What bpmn-moddle or bpmnlint says about one file.

    Attributes:
        errors: Of lint: violations of rules that count as errors. Of moddle: why it could not be read.
        warnings: Of lint: violations that count as warnings. Of moddle: what it did not understand.
    """

    errors: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What bpmn-js, the library in Camunda Modeler, says about one file.

    Attributes:
        error: Why it could not be opened, or None.
        warnings: What was not understood.
        shapes: Number of shapes on the canvas, labels not counted.
        connections: Number of flows and associations on the canvas.
        labels: Number of names drawn outside their element.
        spilled: Ids of elements whose text takes more lines than the file has room for, in this machine's fonts.
        further: Number of shapes and connections in each further diagram of a collaboration, opened one by one.
        saved: The file as bpmn-js saves it, if asked for.
    """

    error: str | None
    warnings: tuple[str, ...]
    shapes: int
    connections: int
    labels: int
    spilled: tuple[str, ...]
    further: tuple[int, ...]
    saved: bytes | None


class Interchange:
    """The checks; see the module."""

    @cached_property
    def _schema(self) -> Any:
        return etree.XMLSchema(etree.parse(str(SCHEMA)))

    def validate_xsd(self, data: bytes) -> tuple[str, ...]:
        """Return what is invalid by the OMG's schema, each with its line; nothing for a valid file."""
        self._schema.validate(etree.fromstring(data))
        return tuple(f"line {error.line}: {error.message}" for error in self._schema.error_log)

    def moddle(self, *files: Path) -> tuple[Judged, ...]:
        """Return what bpmn-moddle says about each file."""
        return tuple(_judged(answer) for answer in _run([{"check": "moddle", "file": str(file)} for file in files]))

    def lint(self, *files: Path, rules: str = "bpmnlint:recommended") -> tuple[Judged, ...]:
        """Return what a set of rules of bpmnlint says about each file."""
        jobs = [{"check": "lint", "file": str(file), "rules": rules} for file in files]
        return tuple(_judged(answer) for answer in _run(jobs))

    def bpmn_js_import(self, *files: Path, pictures: Sequence[Path] = (), save: bool = False) -> tuple[Imported, ...]:
        """Return what bpmn-js says about each file.

        Args:
            files: The files to open.
            pictures: Where to put a PNG of each file; as many as files, or none.
            save: Also have bpmn-js save each file, as Camunda Modeler does.
        """
        jobs: list[dict[str, Any]] = [{"check": "import", "file": str(file), "save": save} for file in files]
        if pictures:
            for job, picture in zip(jobs, pictures, strict=True):
                job["picture"] = str(picture)
        return tuple(
            Imported(
                error=answer.get("error"),
                warnings=tuple(answer["warnings"]),
                shapes=answer.get("shapes", 0),
                connections=answer.get("connections", 0),
                labels=answer.get("labels", 0),
                spilled=tuple(answer.get("spilled", ())),
                further=tuple(answer.get("further", ())),
                saved=answer["saved"].encode() if answer.get("saved") else None,
            )
            for answer in _run(jobs)
        )


@pytest.fixture(scope="session")
def interchange() -> Interchange:
    """Return the checks of BPMN files by other people's software."""
    return Interchange()


def _run(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the answer to each job, all given by one Node process."""
    chromium = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps({"chromium": chromium, "jobs": jobs}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=SECONDS_PER_CALL,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def _judged(answer: dict[str, Any]) -> Judged:
    error = (answer["error"],) if "error" in answer else ()
    return Judged(errors=(*error, *answer.get("errors", ())), warnings=tuple(answer["warnings"]))
