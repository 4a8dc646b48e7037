"""The page as a reader meets it: in Chromium, on a desktop and on a phone."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.interchange.interchange import CHROMIUM_NAMES

import ankunft_model as am

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SCRIPT = Path(__file__).with_name("page.mjs")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Chromium tells of the report on the Düren models."""
    page = tmp_path_factory.mktemp("report") / "dueren.html"
    am.read(EXAMPLES / "dueren/as_is.yaml").report(page, to_be=am.read(EXAMPLES / "dueren/to_be.yaml"))
    chromium = next(path for name in CHROMIUM_NAMES if (path := shutil.which(name)))
    job = json.dumps({"chromium": chromium, "page": str(page)})
    ended = subprocess.run(
        ["node", str(SCRIPT)], input=job, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout))


@pytest.mark.browser
def test_it_loads_nothing_but_itself_and_without_complaint(seen: dict[str, Any]) -> None:
    assert [url for url in seen["requests"] if not url.startswith("file:")] == []
    assert len(seen["requests"]) == 2
    assert seen["complaints"] == []


@pytest.mark.browser
def test_it_fits_a_desktop_and_a_phone(seen: dict[str, Any]) -> None:
    assert seen["overflow"] == {"desktop": 0, "phone": 0}


@pytest.mark.browser
def test_every_link_leads_somewhere_and_no_id_stands_twice(seen: dict[str, Any]) -> None:
    assert seen["links"] > 100
    assert seen["broken"] == []
    assert seen["double"] == []


@pytest.mark.browser
def test_headings_skip_no_level_and_pictures_are_named(seen: dict[str, Any]) -> None:
    levels = seen["headings"]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert seen["unnamed"] == 0
    assert (seen["language"], seen["title"]) != ("", "")
