"""Models that the tests of the command line share."""

from pathlib import Path

import pytest
from tests.cli.command_line import ankunft


@pytest.fixture(scope="session")
def example_text() -> str:
    """Return what `ankunft init` prints."""
    return ankunft("init").out


@pytest.fixture
def model_file(tmp_path: Path, example_text: str) -> Path:
    """Return the example as a file."""
    path = tmp_path / "modell.yaml"
    path.write_text(example_text, encoding="utf-8")
    return path


@pytest.fixture
def sound_file(tmp_path: Path) -> Path:
    """Return a model in which nothing is found."""
    path = tmp_path / "sound.yaml"
    path.write_text(
        "format: ankunft/1\nid: sound\ntitle: {de: In Ordnung, en: All is well}\nstate: as_is\n"
        "actors: {office: {name: Amt, kind: school_authority}}\n"
        "processes: {p: {name: P, domain: education, nodes: {\n"
        "  s: {type: start, actor: office, next: t}, t: {name: Beraten, actor: office, next: e}, e: {type: end}}}}\n",
        encoding="utf-8",
    )
    return path
