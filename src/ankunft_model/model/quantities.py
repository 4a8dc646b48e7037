"""Quantities of the file: durations, dates, shares, counts and yes/no, each in exactly one notation."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ankunft_model.model.plain import is_mapping

SECONDS_PER_DAY: Final = 86_400
_ISO_DURATION: Final = re.compile(
    r"P(?!$)(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6}(?:\.[0-9]{1,6})?)S)?)?"
)
_DURATION_PATTERN: Final = (
    r"^P([0-9]{1,6}Y)?([0-9]{1,6}M)?([0-9]{1,6}W)?([0-9]{1,6}D)?"
    r"(T([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}(\.[0-9]{1,6})?S)?)?$"
)
_DAYS_OF_MONTH: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=512)
def _month_bounds(months: int) -> tuple[int, int]:
    """Return the least and the greatest number of days of `months` months in a row, within a four-year cycle."""
    cycle = [days + (year == 0 and month == 1) for year in range(4) for month, days in enumerate(_DAYS_OF_MONTH)]
    whole, rest = divmod(months, len(cycle))
    sums = [sum((cycle * 2)[start : start + rest]) for start in range(len(cycle))]
    return whole * 1461 + min(sums), whole * 1461 + max(sums)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as ISO 8601 writes it; its parts are kept as written (`P2W` is not rewritten as `P14D`).

    Without dates a month has 28 to 31 days and a year 365 or 366; `min_seconds` and `max_seconds` say so.

    Example:
        >>> duration = Duration.parse("P1M2DT3H")
        >>> str(duration), duration.min_seconds // 86400, duration.max_seconds // 86400
        ('P1M2DT3H', 30, 33)
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: Decimal = Decimal(0)

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Return the duration that ISO 8601 `text` states; zero is `PT0S` or `P0D`.

        Raises:
            ValueError: `text` is not such a duration, is negative or has decimals other than seconds.
        """
        match = _ISO_DURATION.fullmatch(text)
        if match is None:
            raise ValueError(f"{text[:80]!r} is not an ISO 8601 duration such as P14D or PT2H")
        years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups()[:6])
        return cls(years, months, weeks, days, hours, minutes, Decimal(match.group(7) or 0))

    @property
    def _fixed_seconds(self) -> Decimal:
        days = 7 * self.weeks + self.days
        return Decimal(days * SECONDS_PER_DAY + self.hours * 3600 + self.minutes * 60) + self.seconds

    @property
    def min_seconds(self) -> int:
        """The least number of seconds, rounded down."""
        return int(_month_bounds(12 * self.years + self.months)[0] * SECONDS_PER_DAY + self._fixed_seconds)

    @property
    def max_seconds(self) -> int:
        """The greatest number of seconds, rounded up."""
        exact = _month_bounds(12 * self.years + self.months)[1] * SECONDS_PER_DAY + self._fixed_seconds
        return int(-(-exact // 1))

    def __str__(self) -> str:
        day_part = "".join(
            f"{amount}{unit}"
            for amount, unit in ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
            if amount
        )
        time_part = "".join(
            f"{amount}{unit}"
            for amount, unit in ((self.hours, "H"), (self.minutes, "M"), (self.seconds, "S"))
            if amount
        )
        return f"P{day_part}{'T' + time_part if time_part else ''}" if day_part or time_part else "PT0S"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept a `Duration` or its ISO 8601 text."""
        return core_schema.no_info_plain_validator_function(
            _to_duration, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of the text form."""
        return {"type": "string", "pattern": _DURATION_PATTERN, "minLength": 3, "examples": ["P14D", "PT30M", "P1Y6M"]}


def _to_duration(value: object) -> Duration:
    if isinstance(value, Duration):
        return value
    if isinstance(value, str):
        try:
            return Duration.parse(value)
        except ValueError:
            pass
    raise PydanticCustomError(
        "malformed-duration",
        "'{value}' is not an ISO 8601 duration such as P14D, PT30M or P1Y6M",
        {"value": str(value)[:80]},
    )


@dataclass(frozen=True, slots=True)
class DurationRange:
    """A duration with bounds: at least, most likely, at most; a part that is None is unknown.

    One single value in a file means that all three are that value.

    Example:
        >>> DurationRange.exactly("P14D").max
        Duration(years=0, months=0, weeks=0, days=14, hours=0, minutes=0, seconds=Decimal('0'))
    """

    min: Duration | None = None
    likely: Duration | None = None
    max: Duration | None = None

    @classmethod
    def exactly(cls, duration: "Duration | str") -> "DurationRange":
        """Return the range that holds just `duration`."""
        value = Duration.parse(duration) if isinstance(duration, str) else duration
        return cls(value, value, value)

    @property
    def single(self) -> Duration | None:
        """The one duration that the range consists of, or None."""
        return self.min if self.min is not None and self.min == self.likely == self.max else None

    @property
    def min_seconds(self) -> int | None:
        """The least number of seconds, or None if unknown."""
        return None if self.min is None else self.min.min_seconds

    @property
    def max_seconds(self) -> int | None:
        """The greatest number of seconds, or None if unknown."""
        return None if self.max is None else self.max.max_seconds

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept a range, a mapping with min, likely, max, or one duration."""
        parts = core_schema.typed_dict_schema(
            {
                name: core_schema.typed_dict_field(handler.generate_schema(Duration), required=False)
                for name in ("min", "likely", "max")
            },
            extra_behavior="forbid",
        )
        return core_schema.no_info_before_validator_function(
            _to_range_parts,
            core_schema.no_info_after_validator_function(_to_range, parts),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of both forms of the file."""
        one: JsonSchemaValue = {"type": "string", "pattern": _DURATION_PATTERN, "minLength": 3}
        parts: JsonSchemaValue = {
            "type": "object",
            "properties": {name: {"anyOf": [one, {"const": "unknown"}]} for name in ("min", "likely", "max")},
            "additionalProperties": False,
        }
        return {"anyOf": [one, parts]}


def _to_range_parts(value: object) -> object:
    if isinstance(value, DurationRange):
        return {
            name: part
            for name, part in (("min", value.min), ("likely", value.likely), ("max", value.max))
            if part is not None
        }
    if is_mapping(value):
        return {name: part for name, part in value.items() if part is not None and part != "unknown"}
    duration = _to_duration(value)
    return {"min": duration, "likely": duration, "max": duration}


def _to_range(parts: dict[str, Duration]) -> DurationRange:
    found = DurationRange(parts.get("min"), parts.get("likely"), parts.get("max"))
    known = [part for part in (found.min, found.likely, found.max) if part is not None]
    if any(
        shorter.min_seconds > longer.min_seconds or shorter.max_seconds > longer.max_seconds
        for shorter, longer in pairwise(known)
    ):
        raise PydanticCustomError("duration-order", "min ≤ likely ≤ max does not hold")
    return found


def _to_flag(value: object) -> object:
    if value in ("true", "True", "TRUE"):
        return True
    if value in ("false", "False", "FALSE"):
        return False
    if isinstance(value, bool):
        return value
    raise PydanticCustomError("malformed-flag", "'{value}' is neither true nor false", {"value": str(value)[:80]})


def _to_number(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", value):
        return float(value) if "." in value else int(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
        return value
    raise PydanticCustomError("malformed-number", "'{value}' is not a number", {"value": str(value)[:80]})


def _to_date(value: object) -> object:
    if type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError(
        "malformed-date", "'{value}' is not a date of the form YYYY-MM-DD", {"value": str(value)[:80]}
    )


Flag: TypeAlias = Annotated[bool, BeforeValidator(_to_flag), WithJsonSchema({"type": "boolean"})]
"""`true` or `false`; nothing else is understood as yes or no."""

Number: TypeAlias = Annotated[float, BeforeValidator(_to_number)]
Share: TypeAlias = Annotated[float, BeforeValidator(_to_number), Field(ge=0, le=1)]
"""A probability or a part of a whole, 0 to 1."""

Count: TypeAlias = Annotated[int, BeforeValidator(_to_number), Field(ge=0)]
Date: TypeAlias = Annotated[
    date, BeforeValidator(_to_date), WithJsonSchema({"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
]
"""A calendar day, `YYYY-MM-DD`."""
