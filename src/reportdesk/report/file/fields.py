"""What the schema of a .gknb file is built of: numbers, keys, texts, times, and objects that keep unknown keys.

Answers for single values. Which keys a file has is ``model``'s and ``record_model``'s.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pydantic_core import CoreSchema, core_schema

from reportdesk.report.document import Value

_NUMBER_PATTERN = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"
_KEY = r"[a-z][a-z0-9_]*"
_TIME_PATTERN = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?$"
)
_TIME = re.compile(_TIME_PATTERN)


def read_number(value: object) -> Value:
    """Whole numbers stand as JSON numbers, decimals as text, so that 3.50 stays 3.50."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return value
    if isinstance(value, str):
        plain = value.removeprefix("-")
        whole, point, places = plain.partition(".")
        digits = whole + places
        if (
            digits.isascii()
            and digits.isdecimal()
            and 0 < len(whole) <= 15  # noqa: PLR2004 - exact in every spreadsheet
            and (bool(places) if point else True)
            and len(places) <= 15  # noqa: PLR2004 - as above
        ):
            return Decimal(value)
    raise ValueError("必须是整数，或写成文字的小数")


def check_time(value: object) -> str:
    """A moment as ISO 8601 writes it, such as 2026-01-15T10:32:00+08:00."""
    if isinstance(value, str) and _TIME.fullmatch(value):
        dt.datetime.fromisoformat(value)
        return value
    raise ValueError("必须是日期和时间")


def extra(**told: object) -> dict[str, Any]:
    """What the JSON schema says of a value besides what follows from its type."""
    return {"pydantic_js_updates": told}


def new_object(name: str, **fields: core_schema.TypedDictField) -> core_schema.TypedDictSchema:
    """An object that keeps the keys it does not know."""
    return core_schema.typed_dict_schema(fields, extra_behavior="allow", ref=name)


def required(schema: CoreSchema, says: str) -> core_schema.TypedDictField:
    """A key that must be there."""
    return core_schema.typed_dict_field(schema, required=True, metadata=extra(description=says))


def optional(
    schema: CoreSchema, says: str, default: Callable[[], object], **told: object
) -> core_schema.TypedDictField:
    """A key that may be left out and then has the default."""
    filled = core_schema.with_default_schema(schema, default_factory=default, validate_default=True)
    return core_schema.typed_dict_field(filled, required=False, metadata=extra(description=says, **told))


# Of any length: what a clerk pasted must be read back. Only the whole file has a limit.
TEXT = core_schema.str_schema()
NUMBER = core_schema.no_info_plain_validator_function(
    read_number,
    metadata={
        "pydantic_js_functions": [
            lambda *_: {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _NUMBER_PATTERN}]}
        ]
    },
)
TIME = core_schema.no_info_plain_validator_function(
    check_time,
    metadata={
        "pydantic_js_functions": [
            lambda *_: {"type": "string", "format": "date-time", "pattern": _TIME_PATTERN}
        ]
    },
)
DAY = core_schema.str_schema(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")
"""A day such as 2026-01-15, or empty."""
CELL_KEY = core_schema.str_schema(pattern=rf"^{_KEY}\.{_KEY}\.{_KEY}$", max_length=200)
PART_KEY = core_schema.str_schema(pattern=rf"^{_KEY}(\.{_KEY})?$", max_length=100)
FAMILY = core_schema.str_schema(pattern=rf"^{_KEY}$", max_length=60)
EDITION = core_schema.str_schema(pattern=r"^[0-9A-Za-z_-]{1,40}$")
YEAR = core_schema.int_schema(ge=1900, le=9999, strict=True)
# Strict by themselves: what a definition refers to does not take that from the validator.
COUNT = core_schema.int_schema(ge=0, le=10**6, strict=True)
NUMBERS = core_schema.dict_schema(CELL_KEY, NUMBER)
PROSE = core_schema.dict_schema(PART_KEY, TEXT)


def text(says: str, **told: object) -> core_schema.TypedDictField:
    """A text that may be left out and then is empty."""
    return optional(TEXT, says, str, **told)
