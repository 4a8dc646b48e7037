"""What all tests share: where things lie, how hypothesis searches, what to do where a program is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Programs inside the environment count, also where it is not activated.
os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))

settings.register_profile("project", deadline=None, print_blob=True)
settings.register_profile("ci", parent=settings.get_profile("project"), derandomize=True)
# Where it only counts whether a test fails (`make mutation`), a small example need not be sought.
settings.register_profile("mutation", parent=settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate])


def is_ci() -> bool:
    """Return whether what is missing has to be a failure."""
    return os.environ.get("CI") in ("true", "1")


settings.load_profile("ci" if is_ci() else "project")


@cache
def reason_without_dot() -> str | None:
    """Return why the tests marked `dot` cannot run, or None if they can."""
    return None if shutil.which("dot") else "the Graphviz program dot is missing (Debian: apt-get install graphviz)"


@cache
def reason_without_node() -> str | None:
    """Return why the tests marked `node` cannot run, or None if they can."""
    node = shutil.which("node")
    if node is None:
        return "Node.js is missing (make setup installs it into .venv)"
    able = subprocess.run([node, "-e", "process.exit(process.features.require_module ? 0 : 1)"], check=False)
    if able.returncode != 0:
        return f"Node.js from 20.19 on is needed, {node} is older (make setup installs one into .venv)"
    if not (ROOT / "node_modules").is_dir():
        return "the npm packages are missing (make setup installs them into node_modules)"
    return None


@cache
def reason_without_browser() -> str | None:
    """Return why the tests marked `browser` cannot run, or None if they can."""
    if not any(shutil.which(name) for name in CHROMIUM_NAMES):
        return "Chromium is missing (Debian: apt-get install chromium fonts-liberation)"
    return reason_without_node()


REASON_BY_MARKER = {
    "dot": reason_without_dot,
    "node": reason_without_node,
    "browser": reason_without_browser,
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, and under `CI=true` fail, a test whose program is missing."""
    for marker, reason_without in REASON_BY_MARKER.items():
        if item.get_closest_marker(marker) is None:
            continue
        reason = reason_without()
        if reason is None:
            continue
        if is_ci():
            pytest.fail(f"{reason}; under CI=true this is a failure", pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the folder of pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def examples_dir() -> Path:
    """Return the folder of the example models."""
    return ROOT / "examples"
