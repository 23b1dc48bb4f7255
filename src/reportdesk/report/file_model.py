"""The .gknb file as a schema of pydantic: the boundary at which everything from outside is checked.

Version 1 (2026): the first. The JSON schema that ``file_schema`` makes of it is in docs/.
The report in memory is ``document``'s; bytes and migrations are ``codec``'s. The schema is
written for pydantic's core: models would do the same, but importing and building them takes
longer than all else that opening a report needs (docs/adr/0008).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Iterable, Mapping
from decimal import Decimal
from typing import Any

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from reportdesk.form.spec import CellRef
from reportdesk.report.document import Explanation, Fact, Report, Snapshot, State, UnitKind, Value

FORMAT = "reportdesk"
VERSION = 1

_NUMBER_PATTERN = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"
_KEY = r"[a-z][a-z0-9_]*"

Content = Mapping[str, Any]
"""A validated object of the file: each key of its schema is there, and unknown ones besides."""


def _read_number(value: object) -> Value:
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


def _extra(**told: object) -> dict[str, Any]:
    """What the JSON schema says of a value besides what follows from its type."""
    return {"pydantic_js_updates": told}


def _object(name: str, **fields: core_schema.TypedDictField) -> core_schema.TypedDictSchema:
    """An object that keeps the keys it does not know."""
    return core_schema.typed_dict_schema(fields, extra_behavior="allow", ref=name)


def _required(schema: CoreSchema, says: str) -> core_schema.TypedDictField:
    return core_schema.typed_dict_field(schema, required=True, metadata=_extra(description=says))


def _optional(
    schema: CoreSchema, says: str, default: Callable[[], object], **told: object
) -> core_schema.TypedDictField:
    filled = core_schema.with_default_schema(schema, default_factory=default, validate_default=True)
    return core_schema.typed_dict_field(filled, required=False, metadata=_extra(description=says, **told))


# Of any length: what a clerk pasted must be read back. Only the whole file has a limit.
_TEXT = core_schema.str_schema()
_NUMBER = core_schema.no_info_plain_validator_function(
    _read_number,
    metadata={
        "pydantic_js_functions": [
            lambda *_: {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _NUMBER_PATTERN}]}
        ]
    },
)
_CELL_KEY = core_schema.str_schema(pattern=rf"^{_KEY}\.{_KEY}\.{_KEY}$", max_length=200)
_PART_KEY = core_schema.str_schema(pattern=rf"^{_KEY}(\.{_KEY})?$", max_length=100)
_EDITION = core_schema.str_schema(pattern=r"^[0-9A-Za-z_-]{1,40}$")
_YEAR = core_schema.int_schema(ge=1900, le=9999)
_NUMBERS = core_schema.dict_schema(_CELL_KEY, _NUMBER)
_PROSE = core_schema.dict_schema(_PART_KEY, _TEXT)


def _text(says: str, **told: object) -> core_schema.TypedDictField:
    return _optional(_TEXT, says, str, **told)


# Facts that stand together in the file, each under its own value as key.
_GROUPS: Mapping[str, tuple[str, Mapping[Fact, core_schema.TypedDictField]]] = {
    "unit": (
        "填报单位",
        {
            Fact.FULL_NAME: _text(Fact.FULL_NAME.says),
            Fact.TITLE_NAME: _text("标题用名；空表示用机关全称"),
            Fact.UNIT_KIND: _text("单位类型", enum=["", *UnitKind]),
            Fact.COUNTY: _text("所属县（市、区）全称"),
            Fact.CITY: _text("所属市（州、盟）全称"),
            Fact.PROVINCE: _text("所属省（自治区、直辖市）全称"),
            Fact.ADDRESS: _text(Fact.ADDRESS.says),
            Fact.POSTCODE: _text(Fact.POSTCODE.says),
            Fact.TELEPHONE: _text(Fact.TELEPHONE.says),
            Fact.EMAIL: _text(Fact.EMAIL.says),
            Fact.WEBSITE: _text(Fact.WEBSITE.says),
        },
    ),
    # As printed, where they are not the form's own.
    "printed": (
        "标题和落款",
        {
            Fact.TITLE: _text("标题全文，各行以换行分开；空表示按格式自动生成"),
            Fact.CLOSING_UNIT: _text(Fact.CLOSING_UNIT.says),
            Fact.CLOSING_DATE: _text("落款日期，如 2025年1月9日"),
        },
    ),
    # How far the office has taken the report; never published.
    "standing": (
        "办理状态，不公开",
        {
            Fact.STATE: _text("状态；空表示草稿", enum=["", *State]),
            Fact.REOPENED: _text("每次重新打开的日期和原因，一行一次"),
        },
    ),
}
_SNAPSHOT_GROUPS = ("unit", "printed")


def _group(name: str) -> core_schema.TypedDictField:
    says, _facts_of = _GROUPS[name]
    return _optional(core_schema.definition_reference_schema(name), says, dict)


_SNAPSHOT = _object(
    "snapshot",
    year=_required(_YEAR, "那一份年报的年度"),
    edition=_required(_EDITION, "那一份年报的格式版本"),
    **{name: _group(name) for name in _SNAPSHOT_GROUPS},
    prose=_optional(_PROSE, "各部分文字", dict),
    cells=_optional(_NUMBERS, "填写的数字", dict),
    source=_text("来源文件名"),
    digest=_text("来源文件的 SHA-256"),
)
_EXPLANATION = _object(
    "explanation",
    text=_required(_TEXT, "说明"),
    settles=_required(_TEXT, "所说明的内容的指纹；内容变了，提醒会重新出现"),
)
_REPORT = _object(
    "report",
    format=_required(core_schema.literal_schema([FORMAT]), "文件类型，固定不变"),
    version=_required(core_schema.literal_schema([VERSION]), "文件格式的版本"),
    program=_text("写这个文件的程序版本"),
    edition=_required(_EDITION, "年报格式的版本，如 2021"),
    year=_optional(
        core_schema.nullable_schema(core_schema.union_schema([_YEAR, _TEXT])),
        "报告年度；没有填好时是所填的文字",
        lambda: None,
    ),
    **{name: _group(name) for name in _GROUPS},
    headings=_optional(_PROSE, "与官方标题不同的小标题", dict),
    prose=_optional(_PROSE, "各部分文字，段落以换行分开", dict),
    cells=_optional(_NUMBERS, "填写的数字：表.行.列；没有的键表示未填，0 表示零", dict),
    remarks=_optional(core_schema.dict_schema(_CELL_KEY, _TEXT), "单元格备注，不公开", dict),
    unverified=_optional(core_schema.list_schema(_CELL_KEY), "标为待核实的单元格", list),
    reported=_optional(_NUMBERS, "导入的文件自己写的合计，仅供核对", dict),
    finished=_optional(core_schema.list_schema(_PART_KEY), "标为完成的节", list),
    previous=_optional(
        core_schema.list_schema(core_schema.definition_reference_schema("snapshot")),
        "上年年报，只供比较",
        list,
    ),
    explanations=_optional(
        core_schema.dict_schema(_TEXT, core_schema.definition_reference_schema("explanation")),
        "对提醒的说明，不公开",
        dict,
    ),
    digest=_text("其余内容的 SHA-256，用来发现损坏"),
)
FILE = core_schema.definitions_schema(
    core_schema.definition_reference_schema("report"),
    [
        _REPORT,
        _SNAPSHOT,
        _EXPLANATION,
        *(
            _object(name, **{str(fact): field for fact, field in facts.items()})
            for name, (_, facts) in _GROUPS.items()
        ),
    ],
)


@functools.cache
def _validator() -> SchemaValidator:
    return SchemaValidator(FILE, core_schema.CoreConfig(strict=True))


def validate(document: Mapping[str, Any]) -> Content:
    """The file's object with every key that may be left out.

    Raises:
        pydantic_core.ValidationError: something in it is not as the format has it.
    """
    content: Content = _validator().validate_python(document)
    return content


def to_file(report: Report, program: str) -> dict[str, Any]:
    """The report as it stands in a file, but for its digest.

    It is not validated: whatever stands in a report must be saved, and is judged when read.
    """
    return {
        **report.extras,
        "format": FORMAT,
        "version": VERSION,
        "program": program,
        "edition": report.edition,
        "year": report.year or report.facts.get(Fact.YEAR),
        **_groups(_GROUPS, report.facts, report.extras),
        "headings": report.headings,
        "prose": report.prose,
        "cells": _keyed(report.cells),
        "remarks": {str(ref): text for ref, text in report.remarks.items()},
        "unverified": sorted(str(ref) for ref in report.unverified),
        "reported": _keyed(report.reported),
        "finished": sorted(report.finished),
        "previous": [_snapshot_to_file(year, report.previous[year]) for year in sorted(report.previous)],
        "explanations": {
            key: {"text": found.text, "settles": found.settles} for key, found in report.explanations.items()
        },
    }


def from_file(file: Content) -> Report:
    """The report that a validated file holds."""
    facts = _facts(_GROUPS, file)
    if file["year"] is not None:
        facts[Fact.YEAR] = str(file["year"])
    return Report(
        edition=file["edition"],
        facts=facts,
        headings=_filled(file["headings"]),
        prose=_filled(file["prose"]),
        cells=_by_ref(file["cells"]),
        remarks={CellRef.parse(key): text for key, text in file["remarks"].items() if text},
        unverified=dict.fromkeys(map(CellRef.parse, file["unverified"]), True),
        reported=_by_ref(file["reported"]),
        finished=dict.fromkeys(file["finished"], True),
        previous={entry["year"]: _snapshot_from_file(entry) for entry in file["previous"]},
        explanations={
            key: Explanation(found["text"], found["settles"]) for key, found in file["explanations"].items()
        },
        extras=_extras(_REPORT["fields"], _GROUPS, file),
    )


def _snapshot_to_file(year: int, snapshot: Snapshot) -> dict[str, Any]:
    return {
        **snapshot.extras,
        "year": year,
        "edition": snapshot.edition,
        **_groups(_SNAPSHOT_GROUPS, snapshot.facts, snapshot.extras),
        "prose": snapshot.prose,
        "cells": _keyed(snapshot.cells),
        "source": snapshot.source,
        "digest": snapshot.digest,
    }


def _snapshot_from_file(file: Content) -> Snapshot:
    return Snapshot(
        edition=file["edition"],
        facts={**_facts(_SNAPSHOT_GROUPS, file), Fact.YEAR: str(file["year"])},
        prose=_filled(file["prose"]),
        cells=_by_ref(file["cells"]),
        source=file["source"],
        digest=file["digest"],
        extras=_extras(_SNAPSHOT["fields"], _SNAPSHOT_GROUPS, file),
    )


def _groups(
    names: Iterable[str], facts: Mapping[Fact, str], extras: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """The facts as the file groups them, with unknown keys that the groups had."""
    return {
        name: {**extras.get(name, {}), **{str(fact): facts.get(fact, "") for fact in _GROUPS[name][1]}}
        for name in names
    }


def _facts(names: Iterable[str], file: Content) -> dict[Fact, str]:
    return {fact: text for name in names for fact in _GROUPS[name][1] if (text := file[name][fact])}


def _extras(known: Container[str], names: Iterable[str], file: Content) -> dict[str, Any]:
    extras = _unknown(known, file)
    for name in names:
        if unknown := _unknown(_GROUPS[name][1], file[name]):
            extras[name] = unknown
    return extras


def _unknown(known: Container[str], entries: Content) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if key not in known}


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if text}


def _by_ref(numbers: Mapping[str, Value]) -> dict[CellRef, Value]:
    return {CellRef.parse(key): value for key, value in numbers.items()}


def _keyed(numbers: Mapping[CellRef, Value]) -> dict[str, int | str]:
    """By key, whole numbers as numbers and decimals as text."""
    return {
        str(ref): value if isinstance(value, int) else format(value, "f") for ref, value in numbers.items()
    }
