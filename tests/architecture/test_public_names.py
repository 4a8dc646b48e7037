"""The front door: what `ankunft_model` names is all there, and nothing else is."""

import ast
import types
from pathlib import Path

import pytest

import ankunft_model

FRONT_DOOR = Path(ankunft_model.__file__)


def test_every_public_name_can_be_used() -> None:
    missing = [name for name in ankunft_model.__all__ if not hasattr(ankunft_model, name)]

    assert missing == []


def test_no_public_name_stands_twice() -> None:
    assert len(set(ankunft_model.__all__)) == len(ankunft_model.__all__)


def test_dir_shows_all_public_names() -> None:
    assert set(ankunft_model.__all__) <= set(dir(ankunft_model))


def test_names_that_are_not_public_begin_with_an_underscore() -> None:
    for name in ankunft_model.__all__:
        getattr(ankunft_model, name)

    extra = {
        name
        for name, value in vars(ankunft_model).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType) and name not in ankunft_model.__all__
    }

    assert extra <= {"annotations", "TYPE_CHECKING"}


def test_public_names_have_a_docstring() -> None:
    silent = [
        name
        for name in ankunft_model.__all__
        if isinstance(value := getattr(ankunft_model, name), type | types.FunctionType) and not value.__doc__
    ]

    assert silent == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = ankunft_model.no_such_name


def test_type_checkers_see_every_public_name() -> None:
    tree = ast.parse(FRONT_DOOR.read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert set(ankunft_model.__all__) - imported - {"__version__"} == set()
