"""A profile file as pydantic models: what a district's file must look like, and what is wrong.

Kept apart from ``profile`` so that pydantic is imported only where such a file is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from reportdesk.report.document import FACTS, UNIT_FACTS, Fact, UnitKind
from reportdesk.store.user_data.unit_profile import (
    FORMAT,
    ID,
    MAX_UNITS,
    VERSION,
    Deadline,
    HandIn,
    UnitProfile,
)


class ProfileError(ValueError):
    """Something in a profile file is wrong; the message says in Chinese which unit and what."""


_LEAP_YEAR = 2024


def _month_and_day(text: str) -> str:
    """Refuse what is no day of a year; 29 February is one."""
    if text:
        dt.date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    return text


def _one_line(text: str) -> str:
    if re.search(r"[\x00-\x1f\u2028\u2029]", text):
        raise ValueError("more than a line")
    return text


Line = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True), AfterValidator(_one_line)]
Postcode = Annotated[str, StringConstraints(pattern=r"^([0-9]{6})?$", strip_whitespace=True)]
Email = Annotated[
    str, StringConstraints(max_length=300, pattern=r"^([^@\s]+@[^@\s]+)?$", strip_whitespace=True)
]
MonthAndDay = Annotated[
    str, StringConstraints(pattern=r"^([0-9]{2}-[0-9]{2})?$"), AfterValidator(_month_and_day)
]


class UnitEntry(BaseModel):
    """One unit in a profile file: the facts of the table, in its order, then what only a profile has."""

    model_config = ConfigDict(extra="allow", strict=True)

    id: Line = Field("", description="单位编号")
    full_name: Annotated[Line, StringConstraints(min_length=1)] = Field(description=Fact.FULL_NAME.says)
    title_name: Line = Field("", description=FACTS[Fact.TITLE_NAME].in_file)
    unit_kind: Literal["", *(kind.value for kind in UnitKind)] = Field("", description=Fact.UNIT_KIND.says)  # type: ignore[valid-type]
    county: Line = Field("", description="所属县区")
    city: Line = Field("", description=Fact.CITY.says)
    province: Line = Field("", description=Fact.PROVINCE.says)
    address: Line = Field("", description=Fact.ADDRESS.says)
    postcode: Postcode = Field("", description=Fact.POSTCODE.says)
    telephone: Line = Field("", description=Fact.TELEPHONE.says)
    email: Email = Field("", description=Fact.EMAIL.says)
    website: Line = Field("", description=Fact.WEBSITE.says)
    deadline: MonthAndDay = Field("", description="报送期限")
    report_to: Line = Field("", description="报送地址")
    hand_in: list[Literal[*(name.value for name in HandIn)]] = Field(  # type: ignore[valid-type]
        default_factory=list, description="报送哪些文件"
    )


_ASKED: Mapping[str, str] = {
    "full_name": "不能为空，写机关全称",
    "unit_kind": f"只能写 {'、'.join(UnitKind)} 之一，或不写",
    "postcode": "应为 6 位数字",
    "email": "应像 name@example.com 这样写",
    "deadline": "应为“月-日”，如 01-31",
    "hand_in": f"只能写 {'、'.join(HandIn)}，用方括号括起来",
}


def parse_profiles(document: Mapping[str, Any]) -> tuple[UnitProfile, ...]:
    """The units of a parsed profile file.

    Raises:
        ProfileError: something is wrong; the first such thing is told.
    """
    version = document.get("version")
    if document.get("format") != FORMAT or not isinstance(version, int) or isinstance(version, bool):
        raise ProfileError("这不是年报台的单位资料文件")
    if version > VERSION:
        raise ProfileError("它是给更新版本的年报台用的，请先升级本程序")
    units = document.get("units")
    if version < 1 or not isinstance(units, list) or not units:
        raise ProfileError("“units”里没有单位")
    if len(units) > MAX_UNITS:
        raise ProfileError(f"单位太多，有 {len(units)} 个，最多 {MAX_UNITS} 个")
    return tuple(_unit(number, entry) for number, entry in enumerate(units, 1))


def faults_of(entry: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with one unit's fields, by the field's name: a sentence each; empty if nothing is."""
    try:
        UnitEntry.model_validate(entry)
    except ValidationError as error:
        return {str(one["loc"][0]): _asked(str(one["loc"][0]), one["type"]) for one in error.errors()}
    return {}


def _asked(field: str, kind: str) -> str:
    if kind == "string_too_long":
        return "太长，最多 300 个字"
    return _ASKED.get(field, "应为一行文字，用引号括起来")


def _unit(number: int, entry: object) -> UnitProfile:
    try:
        read = UnitEntry.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        raise ProfileError(_complaint(number, entry, first["loc"], first["type"])) from error
    month, _, day = read.deadline.partition("-")
    return UnitProfile(
        facts={fact: text for fact in UNIT_FACTS if (text := getattr(read, fact))},
        deadline=Deadline(int(month), int(day)) if read.deadline else None,
        report_to=read.report_to,
        hand_in=tuple(dict.fromkeys(HandIn(name) for name in read.hand_in)),
        extras={**(read.model_extra or {}), **({ID: read.id} if read.id else {})},
    )


def _complaint(number: int, entry: object, place: tuple[int | str, ...], kind: str) -> str:
    name = entry.get(Fact.FULL_NAME.value) if isinstance(entry, dict) else None
    who = f"第 {number} 个单位" + (
        f"（{_printable(name)}）" if isinstance(name, str) and name.strip() else ""
    )
    field = str(place[0]) if place else ""
    known = UnitEntry.model_fields.get(field)
    if known is None or known.description is None:
        return f"{who}的写法不对，应写在一对花括号里"
    what = known.description.partition("；")[0]
    asked = _asked(field, kind)
    return f"{who}的“{what}”{asked}" if asked.startswith("太长") else f"{who}的“{what}”不对，{asked}"


def _printable(name: str) -> str:
    """The name in one short line that every console and file takes."""
    return " ".join(name.split())[:40].encode("utf-8", "replace").decode("utf-8")
