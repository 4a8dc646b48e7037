"""What a word of a vocabulary is: its names, what it means, since when, and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self, TypeAlias

from ankunft_model.wording import Language, Wording

Confidence: TypeAlias = Literal["fact", "source_needed", "assumption"]
Medium: TypeAlias = Literal["paper", "digital", "oral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A statement with where it comes from and when it holds.

    Attributes:
        source: Citations as `TAG:passage`; the tags are entries of the shipped registry `sources`.
        valid_from, valid_to: First and last day; None: open or not known.
        stage: `draft` for what is planned law and does not count yet.
    """

    source: tuple[str, ...]
    confidence: Confidence
    valid_from: date | None = None
    valid_to: date | None = None
    stage: Literal["in_force", "draft"] = "in_force"

    def is_valid_on(self, day: date) -> bool:
        """Return whether the statement holds on `day`; drafts never do."""
        return (
            self.stage == "in_force"
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedName(Sourced):
    """A name that something has for a time, such as that of a benefit."""

    name: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRegime(Sourced):
    """The regime under which people of a residence status receive benefits, perhaps on a condition."""

    regime: str
    condition: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Sourced):
    """A word of a vocabulary."""

    id: str
    name: Wording
    description: Wording | None = None

    def label(self, language: Language = "de") -> str:
        """Return the name in `language`."""
        return self.name.in_language(language)

    @classmethod
    def from_data(cls, id_: str, data: Mapping[str, Any]) -> Self:
        """Return the word that the shipped `data` describe."""
        return cls(id=id_, **{key: _value(key, value) for key, value in data.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainWord(Word):
    """A field of action.

    Attributes:
        mark: `core` for the ten of the project Ro-DiKo, `extension` for those added.
        part_of: The larger field.
    """

    mark: Literal["core", "extension"]
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelWord(Word):
    """A channel: its medium, and whether data arrive in a structure that a system can take over."""

    medium: Medium
    structured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryWord(Word):
    """A category of data; `special` names the article of the GDPR that protects it particularly."""

    special: Literal["art9", "art10"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorKindWord(Word):
    """A kind of actor.

    Attributes:
        body_type: Word of `body_types` where the kind decides it.
        is_public: Whether such a body is public; None: it depends, or it is no body.
    """

    body_type: str | None = None
    is_public: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKindWord(Word):
    """A kind of step; `fim_rag` is the FIM reference activity group that fits (a proposal)."""

    fim_rag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeWord(Word):
    """A legal regime; `benefit_names` are the names of its benefit, in order of time."""

    benefit_names: tuple[DatedName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWord(Word):
    """A residence status: the norm that it rests on, and the regimes that it leads to, in order of time."""

    cite: str
    regimes: tuple[StatusRegime, ...] = ()

    def regimes_on(self, day: date) -> tuple[StatusRegime, ...]:
        """Return the regimes that hold on `day`; several stand for several conditions.

        Example:
            >>> from ankunft_model.registries import vocabulary
            >>> status = vocabulary("residence_statuses")["temporary_protection_24"]
            >>> [[found.regime for found in status.regimes_on(date(2022, month, 15))] for month in (5, 6)]
            [['asylblg'], ['sgb2']]
        """
        return tuple(regime for regime in self.regimes if regime.is_valid_on(day))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTypeWord(Word):
    """A type of document; `issuer_kinds` are the kinds of actors that issue it, empty where they vary."""

    issuer_kinds: tuple[str, ...] = ()


def wording(data: Mapping[str, str]) -> Wording:
    """Return the statement that is written `{"de": …, "en": …}`."""
    return Wording(de=data["de"], en=data["en"])


def _value(key: str, value: Any) -> Any:
    match key:
        case "name" | "description" | "condition":
            return wording(value)
        case "valid_from" | "valid_to":
            return date.fromisoformat(value)
        case "source" | "issuer_kinds":
            return tuple(value)
        case "regimes":
            return tuple(StatusRegime(**_values(part)) for part in value)
        case "benefit_names":
            return tuple(DatedName(**_values(part)) for part in value)
        case _:
            return value


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _value(key, value) for key, value in data.items()}
