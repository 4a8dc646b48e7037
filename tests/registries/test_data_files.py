"""The shipped files: one canonical form, nothing twice, nothing but the standard library to read them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ankunft_model.registries.data_files import read_data

DATA = Path(__file__).resolve().parents[2] / "src" / "ankunft_model" / "registries" / "data"
NAMES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.json"))


def without_double_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), keys
    return dict(pairs)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_in_its_canonical_form(name: str) -> None:
    text = (DATA / name).read_bytes().decode("utf-8")

    again = json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"

    assert text == again


@pytest.mark.parametrize("name", NAMES)
def test_a_file_defines_nothing_twice(name: str) -> None:
    json.loads((DATA / name).read_text(encoding="utf-8"), object_pairs_hook=without_double_keys)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_empty_or_padded(name: str) -> None:
    stack, texts = [read_data(name)], []
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, str):
            texts.append(value)

    assert [text for text in texts if not text or text != text.strip() or "  " in text] == []


def test_what_is_read_belongs_to_the_caller() -> None:
    first = read_data("de_2025/data.json")
    first.clear()

    assert "family_name" in read_data("de_2025/data.json")


def test_a_file_that_does_not_ship_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        read_data("absent.json")


def test_reading_the_registries_loads_no_third_party_module() -> None:
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from ankunft_model import registries\n"
        "[registries.vocabulary(name) for name in registries.vocabulary_names()]\n"
        "[registries.pack_entries(name) for name in registries.PACK_REGISTRIES]\n"
        "registries.retrieval_rights(); registries.shipped_measures()\n"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))\n"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert set(result.stdout.split()) - set(sys.stdlib_module_names) == {"ankunft_model"}
