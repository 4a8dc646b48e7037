"""What untyped input is: the questions that every reader of plain values asks."""

from typing import Any, TypeGuard


def is_mapping(value: object) -> TypeGuard[dict[str, Any]]:
    """Return whether `value` is a dictionary, as files state a part."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Return whether `value` is a list, which can be changed."""
    return isinstance(value, list)


def is_sequence(value: object) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """Return whether `value` is a list or a tuple, as files and programs state several values."""
    return isinstance(value, list | tuple)
