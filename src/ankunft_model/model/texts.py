"""Text for people, in one language or in several."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_MAX_LANGUAGE_TAG: Final = 35


class Translations(Mapping[str, str]):
    """One text in several languages: an immutable mapping from BCP 47 language tag to text, in given order.

    Example:
        >>> name = Translations({"de": "Ausländerbehörde", "en": "immigration office"})
        >>> name["en"], str(name)
        ('immigration office', 'Ausländerbehörde')
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Translations) and self._texts == other._texts

    def __str__(self) -> str:
        return text_in(self, "de")

    def __repr__(self) -> str:
        return f"Translations({self._texts!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept a mapping of language tags to texts."""
        texts = core_schema.dict_schema(
            core_schema.str_schema(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=_MAX_LANGUAGE_TAG),
            core_schema.str_schema(min_length=1),
            min_length=1,
        )
        from_mapping = core_schema.no_info_after_validator_function(cls, texts)
        return core_schema.json_or_python_schema(
            json_schema=from_mapping,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), from_mapping]),
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of the file: an object of texts."""
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
            "additionalProperties": {"type": "string", "minLength": 1},
        }


def _check_visible(value: str | Translations) -> str | Translations:
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("empty-text", "text is empty")
    return value


Text: TypeAlias = Annotated[str | Translations, AfterValidator(_check_visible)]
"""A text: one string, or one per language (`{de: …, en: …}`)."""


def text_in(text: str | Translations, language: str) -> str:
    """Return `text` in `language`; if it lacks that language: German, then English, then the first it has.

    Example:
        >>> text_in(Translations({"de": "Schule", "en": "school"}), "ar")
        'Schule'
    """
    if isinstance(text, str):
        return text
    for tag in (language, language.split("-")[0], "de", "en"):
        if tag in text:
            return text[tag]
    return next(iter(text.values()))
