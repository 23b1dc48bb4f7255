"""The .gknb file as pydantic models: the boundary at which everything from outside is checked.

Version 1 (2026): the first. docs/file-format.md and its JSON schema are made from this module.
The report in memory is ``document``'s; bytes and migrations are ``codec``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from reportdesk.form.spec import CellRef
from reportdesk.report.document import Explanation, Fact, Report, Snapshot, State, UnitKind, Value

FORMAT = "reportdesk"
VERSION = 1

_NUMBER_PATTERN = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"
_KEY = r"[a-z][a-z0-9_]*"


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


Number = Annotated[
    Any,
    BeforeValidator(_read_number),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _NUMBER_PATTERN}]}),
]
CellKey = Annotated[str, StringConstraints(pattern=rf"^{_KEY}\.{_KEY}\.{_KEY}$", max_length=200)]
PartKey = Annotated[str, StringConstraints(pattern=rf"^{_KEY}(\.{_KEY})?$", max_length=100)]
Edition = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,40}$")]
Year = Annotated[int, Field(ge=1900, le=9999)]
Text = str
"""Of any length: what a clerk pasted must be read back. Only the whole file has a limit."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class _Group(_Model):
    """Facts that stand together in the file, each under its own value as key."""


class UnitModel(_Group):
    """The unit that files the report (填报单位)."""

    full_name: Text = Field("", description="机关全称")
    title_name: Text = Field("", description="标题用名；空表示用机关全称")
    unit_kind: Text = Field("", description="单位类型", json_schema_extra={"enum": ["", *UnitKind]})
    county: Text = Field("", description="所属县（市、区）全称")
    city: Text = Field("", description="所属市（州、盟）全称")
    province: Text = Field("", description="所属省（自治区、直辖市）全称")
    address: Text = Field("", description="地址")
    postcode: Text = Field("", description="邮编")
    telephone: Text = Field("", description="联系电话")
    email: Text = Field("", description="电子邮箱")
    website: Text = Field("", description="公开网站")


class TitleModel(_Group):
    """Title and closing lines as printed, where they are not the form's own."""

    title: Text = Field("", description="标题全文，各行以换行分开；空表示按格式自动生成")
    closing_unit: Text = Field("", description="落款单位")
    closing_date: Text = Field("", description="落款日期，如 2025年1月9日")


class StandingModel(_Group):
    """How far the office has taken the report; never published."""

    state: Text = Field("", description="状态；空表示草稿", json_schema_extra={"enum": ["", *State]})
    reopened: Text = Field("", description="每次重新打开的日期和原因，一行一次")


class SnapshotModel(_Model):
    """Last year's report as it was taken in, for comparison only."""

    year: Year = Field(description="那一份年报的年度")
    edition: Edition = Field(description="那一份年报的格式版本")
    unit: UnitModel = Field(default_factory=UnitModel, description="填报单位")
    printed: TitleModel = Field(default_factory=TitleModel, description="标题和落款")
    prose: dict[PartKey, Text] = Field(default_factory=dict, description="各部分文字")
    cells: dict[CellKey, Number] = Field(default_factory=dict, description="填写的数字")
    source: Text = Field("", description="来源文件名")
    digest: Text = Field("", description="来源文件的 SHA-256")


class ExplanationModel(_Model):
    """A 说明 that settles a warning."""

    text: Text = Field(description="说明")
    settles: Text = Field(description="所说明的内容的指纹；内容变了，提醒会重新出现")


class ReportFile(_Model):
    """A whole .gknb file. Unknown keys are kept and written back."""

    format: Literal["reportdesk"] = Field(description="文件类型，固定不变")
    version: Literal[1] = Field(description="文件格式的版本")
    program: Text = Field("", description="写这个文件的程序版本")
    edition: Edition = Field(description="年报格式的版本，如 2021")
    year: Year | Text | None = Field(None, description="报告年度；没有填好时是所填的文字")
    unit: UnitModel = Field(default_factory=UnitModel, description="填报单位")
    printed: TitleModel = Field(default_factory=TitleModel, description="标题和落款")
    standing: StandingModel = Field(default_factory=StandingModel, description="办理状态，不公开")
    headings: dict[PartKey, Text] = Field(default_factory=dict, description="与官方标题不同的小标题")
    prose: dict[PartKey, Text] = Field(default_factory=dict, description="各部分文字，段落以换行分开")
    cells: dict[CellKey, Number] = Field(
        default_factory=dict, description="填写的数字：表.行.列；没有的键表示未填，0 表示零"
    )
    remarks: dict[CellKey, Text] = Field(default_factory=dict, description="单元格备注，不公开")
    unverified: list[CellKey] = Field(default_factory=list, description="标为待核实的单元格")
    reported: dict[CellKey, Number] = Field(
        default_factory=dict, description="导入的文件自己写的合计，仅供核对"
    )
    finished: list[PartKey] = Field(default_factory=list, description="标为完成的节")
    previous: list[SnapshotModel] = Field(default_factory=list, description="上年年报，只供比较")
    explanations: dict[Text, ExplanationModel] = Field(
        default_factory=dict, description="对提醒的说明，不公开"
    )
    digest: str = Field("", description="其余内容的 SHA-256，用来发现损坏")


def file_schema() -> dict[str, Any]:
    """The JSON schema of a .gknb file, its words in Chinese for those who read it."""
    schema: dict[str, Any] = ReportFile.model_json_schema(schema_generator=_Plain)
    return {
        "$schema": _Plain.schema_dialect,
        "title": "年报台年报文件（.gknb）",
        **schema,
        "description": f"政府信息公开工作年度报告，文件格式第 {VERSION} 版。不认识的键保留并写回。",
    }


class _Plain(GenerateJsonSchema):
    """Without what pydantic makes up: titles out of keys, and docstrings, which are for programmers."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's signature
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        plain = super().model_schema(schema)
        return {key: value for key, value in plain.items() if key not in ("title", "description")}


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
        **_groups(ReportFile, report.facts, report.extras),
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


def from_file(file: ReportFile) -> Report:
    """The report that the file holds."""
    facts = _facts(file)
    if file.year is not None:
        facts[Fact.YEAR] = str(file.year)
    return Report(
        edition=file.edition,
        facts=facts,
        headings=_filled(file.headings),
        prose=_filled(file.prose),
        cells=_by_ref(file.cells),
        remarks={CellRef.parse(key): text for key, text in file.remarks.items() if text},
        unverified=dict.fromkeys(map(CellRef.parse, file.unverified), True),
        reported=_by_ref(file.reported),
        finished=dict.fromkeys(file.finished, True),
        previous={snapshot.year: _snapshot_from_file(snapshot) for snapshot in file.previous},
        explanations={
            key: Explanation(found.text, found.settles) for key, found in file.explanations.items()
        },
        extras=_extras(file),
    )


def _snapshot_to_file(year: int, snapshot: Snapshot) -> dict[str, Any]:
    return {
        **snapshot.extras,
        "year": year,
        "edition": snapshot.edition,
        **_groups(SnapshotModel, snapshot.facts, snapshot.extras),
        "prose": snapshot.prose,
        "cells": _keyed(snapshot.cells),
        "source": snapshot.source,
        "digest": snapshot.digest,
    }


def _snapshot_from_file(file: SnapshotModel) -> Snapshot:
    return Snapshot(
        edition=file.edition,
        facts={**_facts(file), Fact.YEAR: str(file.year)},
        prose=_filled(file.prose),
        cells=_by_ref(file.cells),
        source=file.source,
        digest=file.digest,
        extras=_extras(file),
    )


def _group_models(model: type[ReportFile | SnapshotModel]) -> dict[str, type[_Group]]:
    """The groups of facts that the model has, by their key."""
    return {
        name: known.annotation
        for name, known in model.model_fields.items()
        if isinstance(known.annotation, type) and issubclass(known.annotation, _Group)
    }


def _groups(
    model: type[ReportFile | SnapshotModel], facts: Mapping[Fact, str], extras: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """The facts as the file groups them, with unknown keys that the groups had."""
    return {
        name: {
            **extras.get(name, {}),
            **{key: facts.get(Fact(key), "") for key in group.model_fields},
        }
        for name, group in _group_models(model).items()
    }


def _facts(file: ReportFile | SnapshotModel) -> dict[Fact, str]:
    return {
        Fact(key): text
        for name, group in _group_models(type(file)).items()
        for key in group.model_fields
        if (text := getattr(getattr(file, name), key))
    }


def _extras(file: ReportFile | SnapshotModel) -> dict[str, Any]:
    extras: dict[str, Any] = dict(file.model_extra or {})
    for name in _group_models(type(file)):
        group = getattr(file, name)
        if group.model_extra:
            extras[name] = dict(group.model_extra)
    return extras


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if text}


def _by_ref(numbers: Mapping[str, Value]) -> dict[CellRef, Value]:
    return {CellRef.parse(key): value for key, value in numbers.items()}


def _keyed(numbers: Mapping[CellRef, Value]) -> dict[str, int | str]:
    """By key, whole numbers as numbers and decimals as text."""
    return {
        str(ref): value if isinstance(value, int) else format(value, "f") for ref, value in numbers.items()
    }
