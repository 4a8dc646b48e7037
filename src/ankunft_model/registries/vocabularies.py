"""The vocabularies: which words there are for a field of the model, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, Generic, Literal, TypeVar, overload

from ankunft_model.errors import UnknownElementError
from ankunft_model.registries.data_files import read_data
from ankunft_model.registries.words import (
    ActorKindWord,
    CategoryWord,
    ChannelWord,
    DocumentTypeWord,
    DomainWord,
    RegimeWord,
    StatusWord,
    StepKindWord,
    Word,
    wording,
)
from ankunft_model.wording import Wording

W = TypeVar("W", bound=Word, covariant=True)

_CLASS_OF_WORD: Final[Mapping[str, type[Word]]] = {
    "domains": DomainWord,
    "channels": ChannelWord,
    "data_categories": CategoryWord,
    "actor_kinds": ActorKindWord,
    "step_kinds": StepKindWord,
    "regimes": RegimeWord,
    "residence_statuses": StatusWord,
    "document_types": DocumentTypeWord,
}


class Vocabulary(Mapping[str, W], Generic[W]):
    """An immutable mapping from id to word, in the order in which the words are declared.

    Attributes:
        id: Name of the vocabulary, such as `actor_kinds`.
        name: What it is called.
        is_open: Whether a model may add words of its own.

    Example:
        >>> vocabulary("actor_kinds")["immigration_office"].label("en")
        'immigration office'
        >>> vocabulary("channels").is_open
        False
    """

    __slots__ = ("_words", "id", "is_open", "name")

    def __init__(self, id_: str, name: Wording, words: tuple[W, ...], *, is_open: bool) -> None:
        self.id: str = id_
        self.name: Wording = name
        self.is_open: bool = is_open
        self._words: dict[str, W] = {word.id: word for word in words}

    def __getitem__(self, id_: str) -> W:
        return self._words[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __repr__(self) -> str:
        return f"Vocabulary({self.id!r}, {list(self._words)!r}, is_open={self.is_open})"


@overload
def vocabulary(name: Literal["domains"]) -> Vocabulary[DomainWord]: ...
@overload
def vocabulary(name: Literal["channels"]) -> Vocabulary[ChannelWord]: ...
@overload
def vocabulary(name: Literal["data_categories"]) -> Vocabulary[CategoryWord]: ...
@overload
def vocabulary(name: Literal["actor_kinds"]) -> Vocabulary[ActorKindWord]: ...
@overload
def vocabulary(name: Literal["step_kinds"]) -> Vocabulary[StepKindWord]: ...
@overload
def vocabulary(name: Literal["regimes"]) -> Vocabulary[RegimeWord]: ...
@overload
def vocabulary(name: Literal["residence_statuses"]) -> Vocabulary[StatusWord]: ...
@overload
def vocabulary(name: Literal["document_types"]) -> Vocabulary[DocumentTypeWord]: ...
@overload
def vocabulary(name: str) -> Vocabulary[Word]: ...
def vocabulary(name: str) -> Vocabulary[Any]:
    """Return a shipped vocabulary.

    Raises:
        UnknownElementError: no vocabulary has this name; `vocabulary_names()` are those there are.
    """
    return _read_vocabulary(name)


def vocabulary_names() -> tuple[str, ...]:
    """Return the names of all shipped vocabularies, in the order of the file."""
    return tuple(_all_data())


@cache
def _all_data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = read_data("vocabularies.json")
    return data


@cache
def _read_vocabulary(name: str) -> Vocabulary[Any]:
    data = _all_data().get(name)
    if data is None:
        raise UnknownElementError(
            Wording(
                de=f"Das Vokabular „{name}“ gibt es nicht; es gibt {', '.join(vocabulary_names())}",
                en=f"there is no vocabulary '{name}'; there are {', '.join(vocabulary_names())}",
            ),
            element_id=name,
        )
    kind = _CLASS_OF_WORD.get(name, Word)
    words = tuple(kind.from_data(id_, word) for id_, word in data["words"].items())
    return Vocabulary(name, wording(data["name"]), words, is_open=data["is_open"])
