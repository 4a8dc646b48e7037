"""The reference page says what ships."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from ankunft_model.registries import PACK_REGISTRIES, pack_entries, shipped_measures, vocabulary, vocabulary_names

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    specification = importlib.util.spec_from_file_location(
        "registries_page", ROOT / "tools/generate_registries_page.py"
    )
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(generator: ModuleType) -> None:
    assert (ROOT / "docs/reference/registries.md").read_text(encoding="utf-8") == generator.page()


def test_the_page_names_everything_that_ships(generator: ModuleType) -> None:
    text = generator.page()

    ids = [word for name in vocabulary_names() for word in vocabulary(name)]
    ids += [id_ for name in PACK_REGISTRIES if name != "sources" for id_ in pack_entries(name)]
    ids += [tag.upper() for tag in pack_entries("sources")]
    assert [id_ for id_ in [*ids, *shipped_measures()] if f"`{id_}`" not in text] == []


def test_every_row_of_a_table_has_as_many_cells_as_its_header(generator: ModuleType) -> None:
    width = 0
    for line in generator.page().splitlines():
        cells = line.replace("\\|", "").count("|")
        width = cells if not width or not cells else width
        assert cells == width, line
