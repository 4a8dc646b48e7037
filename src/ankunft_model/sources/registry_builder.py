"""The builder's registries: actors, data, law and all that steps refer to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Unpack

from ankunft_model.errors import Location, Problem
from ankunft_model.model.identifiers import ID_PATTERN, RESERVED_WORDS, id_from_text
from ankunft_model.model.plain import is_mapping
from ankunft_model.model.references import Path as ModelPath
from ankunft_model.model.vocabulary import OpenVocabulary
from ankunft_model.sources.builder_fields import (
    ActorFields,
    AgreementFields,
    BenefitFields,
    BodyFields,
    CaseFields,
    CohortFields,
    ConsentFields,
    DataItemFields,
    DocumentFields,
    ElementFields,
    InformationDutyFields,
    LegalBasisFields,
    MeasureFields,
    SiteFields,
    SourceFields,
    SystemFields,
)
from ankunft_model.sources.builder_values import plain_fields
from ankunft_model.sources.file_bytes import FilePath
from ankunft_model.sources.handles import Handle
from ankunft_model.sources.text_reader import read_registries
from ankunft_model.sources.text_tree import MappingNode, path_text, to_plain
from ankunft_model.wording import Wording

RegistryName = Literal[
    "actors", "systems", "data", "documents", "legal_bases", "agreements", "consents", "bodies", "benefits", "cohorts",
    "cases", "information_duties", "measures", "sources", "sites",
]  # fmt: skip


class RegistryBuilder:
    """The part of the builder that collects entries of registries."""

    def __init__(self) -> None:
        self._registries: dict[str, dict[str, Any] | str] = {}
        self._words: dict[str, dict[str, Any]] = {}
        self._problems: list[Problem] = []
        self._included: list[MappingNode] = []

    def actor(self, id_or_name: str, /, **fields: Unpack[ActorFields]) -> Handle:
        """Add an actor."""
        return self._entry("actors", id_or_name, fields)

    def system(self, id_or_name: str, /, **fields: Unpack[SystemFields]) -> Handle:
        """Add a register or a piece of software."""
        return self._entry("systems", id_or_name, fields)

    def data(self, id_or_name: str, /, **fields: Unpack[DataItemFields]) -> Handle:
        """Add a data item, or with `contains` a group of them."""
        return self._entry("data", id_or_name, fields)

    def document(self, id_or_name: str, /, **fields: Unpack[DocumentFields]) -> Handle:
        """Add a document."""
        return self._entry("documents", id_or_name, fields)

    def legal_basis(self, id_or_name: str, /, **fields: Unpack[LegalBasisFields]) -> Handle:
        """Add a legal basis; those of the shipped packs need not be added."""
        return self._entry("legal_bases", id_or_name, fields, has_name=False)

    def agreement(self, id_or_name: str, /, **fields: Unpack[AgreementFields]) -> Handle:
        """Add an agreement."""
        return self._entry("agreements", id_or_name, fields)

    def consent(self, id_or_name: str, /, **fields: Unpack[ConsentFields]) -> Handle:
        """Add a consent."""
        return self._entry("consents", id_or_name, fields)

    def body(self, id_or_name: str, /, **fields: Unpack[BodyFields]) -> Handle:
        """Add a steering body or conference."""
        return self._entry("bodies", id_or_name, fields)

    def benefit(self, id_or_name: str, /, **fields: Unpack[BenefitFields]) -> Handle:
        """Add a benefit."""
        return self._entry("benefits", id_or_name, fields)

    def cohort(self, id_or_name: str, /, **fields: Unpack[CohortFields]) -> Handle:
        """Add a target group."""
        return self._entry("cohorts", id_or_name, fields)

    def case(self, id_or_name: str, /, **fields: Unpack[CaseFields]) -> Handle:
        """Add a documented or assumed single case."""
        return self._entry("cases", id_or_name, fields)

    def information_duty(self, id_or_name: str, /, **fields: Unpack[InformationDutyFields]) -> Handle:
        """Add a duty to inform."""
        return self._entry("information_duties", id_or_name, fields)

    def measure(self, id_or_name: str, /, **fields: Unpack[MeasureFields]) -> Handle:
        """Add a measure."""
        return self._entry("measures", id_or_name, fields)

    def source(self, id_or_name: str, /, **fields: Unpack[SourceFields]) -> Handle:
        """Add a source that statements cite as `TAG:passage`."""
        return self._entry("sources", id_or_name, fields)

    def site(self, id_or_name: str, /, **fields: Unpack[SiteFields]) -> Handle:
        """Add a place where actors work."""
        return self._entry("sites", id_or_name, fields)

    def word(self, vocabulary: OpenVocabulary, id_or_name: str, /, **fields: Unpack[ElementFields]) -> str:
        """Add a word of your own to an open vocabulary and return it."""
        words = self._words.setdefault(vocabulary, {})
        plain = plain_fields(fields)
        id_ = self._identity(plain, id_or_name, words)
        words[id_] = plain
        return id_

    def none(self, *registries: RegistryName) -> None:
        """State that there are no entries of these registries, as `agreements: none` does in a file."""
        for registry in registries:
            if self._registries.get(registry):
                self._note(
                    "none-conflict", (registry,), f"„{registry}“ hat schon Einträge", f"'{registry}' has entries"
                )
            else:
                self._registries[registry] = "none"

    def include(self, path: FilePath) -> None:
        """Take over the registries of a file; call it before adding entries of your own.

        Raises:
            SourceError: everything that keeps the file from being read.
        """
        tree = read_registries(path)
        plain = to_plain(tree)
        assert is_mapping(plain)
        for name, entries in plain.items():
            known = self._words if name == "vocabularies" else self._registries
            if name == "vocabularies" and is_mapping(entries):
                for vocabulary, words in entries.items():
                    self._words.setdefault(vocabulary, {}).update(words if is_mapping(words) else {})
            elif name in known:
                self._note(
                    "duplicate-id",
                    (name,),
                    f"„{name}“ gibt es schon; include gehört an den Anfang",
                    f"'{name}' is there already; include comes first",
                )
            else:
                self._registries[name] = dict(entries) if is_mapping(entries) else entries
        self._included.append(tree)

    def _entry(
        self, registry: RegistryName, id_or_name: str, fields: Mapping[str, Any], *, has_name: bool = True
    ) -> Handle:
        entries = self._registries.setdefault(registry, {})
        if isinstance(entries, str):
            self._note(
                "none-conflict",
                (registry,),
                f"„{registry}“ wurde als none erklärt und hat doch einen Eintrag",
                f"'{registry}' was stated as none and has an entry nevertheless",
            )
            entries = self._registries[registry] = {}
        plain = plain_fields(fields)
        id_ = self._identity(plain, id_or_name, entries, has_name=has_name)
        if id_ in entries:
            self._note("duplicate-id", (registry, id_), f"„{id_}“ gibt es zweimal", f"'{id_}' is there twice")
        entries[id_] = plain
        return Handle(id_, registry)

    def _identity(
        self, plain: dict[str, Any], id_or_name: str, taken: Mapping[str, Any], *, has_name: bool = True
    ) -> str:
        """Return the id of an element, and put its name into `plain` if none is stated."""
        stated = plain.pop("id", None)
        if stated is not None:
            plain.setdefault("name", id_or_name)
            return str(stated)
        if ID_PATTERN.fullmatch(id_or_name) and id_or_name not in RESERVED_WORDS:
            if has_name:
                plain.setdefault("name", id_or_name)
            return id_or_name
        plain.setdefault("name", id_or_name)
        return id_from_text(id_or_name, taken)

    def _note(self, code: str, path: ModelPath, de: str, en: str) -> None:
        self._problems.append(Problem(code, Wording(de=de, en=en), Location(path=path_text(path))))
