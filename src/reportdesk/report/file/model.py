"""The .gknb file as a schema of pydantic: the boundary at which everything from outside is checked.

Version 1 (2026): the first. Version 2: the form's family, hand-ins, the offices' figures, notices. The JSON schema that ``file_schema`` makes of it is in docs/.
The report in memory is ``document``'s; bytes and migrations are ``codec``'s. The schema is
written for pydantic's core: models would do the same, but importing and building them takes
longer than all else that opening a report needs (docs/adr/0008).
"""

from __future__ import annotations

import functools
from collections.abc import Container, Iterable, Mapping
from typing import Any

from pydantic_core import SchemaValidator, core_schema

from reportdesk.form.spec import DEFAULT_FAMILY, CellRef
from reportdesk.report.document import (
    FACTS,
    Explanation,
    Fact,
    FactGroup,
    FactSpec,
    Report,
    Snapshot,
    Value,
    facts_in,
)
from reportdesk.report.file.fields import (
    CELL_KEY,
    COUNT,
    DAY,
    EDITION,
    FAMILY,
    NUMBER,
    NUMBERS,
    PART_KEY,
    PROSE,
    TEXT,
    TIME,
    YEAR,
    new_object,
    optional,
    required,
    text,
)
from reportdesk.report.file.record_codec import (
    contribution_of,
    contribution_to_entry,
    hand_in_of,
    hand_in_to_entry,
    notice_of,
    notice_to_entry,
)
from reportdesk.report.records import NoticeKind, NoticeState

FORMAT = "reportdesk"
VERSION = 2

Content = Mapping[str, Any]
"""A validated object of the file: each key of its schema is there, and unknown ones besides."""


def _fields_of(group: FactGroup) -> Mapping[Fact, core_schema.TypedDictField]:
    """The facts of the group, each under its own value as key."""
    return {fact: _field(FACTS[fact]) for fact in facts_in(group)}


def _field(spec: FactSpec) -> core_schema.TypedDictField:
    choices = {"enum": ["", *spec.choices]} if spec.choices else {}
    return text(spec.in_file or spec.says, **choices)


_SAYS = {FactGroup.UNIT: "填报单位", FactGroup.PRINTED: "标题和落款", FactGroup.STANDING: "办理状态，不公开"}
_GROUPS: Mapping[str, tuple[str, Mapping[Fact, core_schema.TypedDictField]]] = {
    group.value: (says, _fields_of(group)) for group, says in _SAYS.items()
}
_SNAPSHOT_GROUPS = (FactGroup.UNIT.value, FactGroup.PRINTED.value)


def _none() -> None:
    """The default of what may be unknown."""


def _maybe_counted(says: str) -> core_schema.TypedDictField:
    return optional(core_schema.nullable_schema(COUNT), says, _none)


def _group(name: str) -> core_schema.TypedDictField:
    says, _facts_of = _GROUPS[name]
    return optional(core_schema.definition_reference_schema(name), says, dict)


_SNAPSHOT = new_object(
    "snapshot",
    year=required(YEAR, "那一份年报的年度"),
    edition=required(EDITION, "那一份年报的格式版本"),
    **{name: _group(name) for name in _SNAPSHOT_GROUPS},
    prose=optional(PROSE, "各部分文字", dict),
    cells=optional(NUMBERS, "填写的数字", dict),
    source=text("来源文件名"),
    digest=text("来源文件的 SHA-256"),
)
_HAND_IN = new_object(
    "hand_in",
    number=required(core_schema.int_schema(ge=1, le=999, strict=True), "第几次报送"),
    made=required(TIME, "报送的时间"),
    code=required(TEXT, "所报送内容的核对码"),
    unit_id=text("单位在上级名单里的编号"),
    answers=text("所答复的退回或上级意见的编号"),
    errors=_maybe_counted("报送时没有改正的错误数"),
    warnings=_maybe_counted("报送时没有说明的提醒数"),
    content=text("报送给上级的内容的指纹；相同就是同一次报送"),
    digest=text("报送压缩包的 SHA-256"),
)
_CONTRIBUTION = new_object(
    "contribution",
    office=required(TEXT, "填数的股室或单位"),
    value=optional(core_schema.nullable_schema(NUMBER), "所填的数；空表示没有填", _none),
    file=text("来源文件名"),
)
_NOTICE = new_object(
    "notice",
    id=required(core_schema.str_schema(min_length=1, max_length=100), "意见的编号"),
    made=required(TIME, "提出的时间"),
    **{"from": text("提出意见的单位")},
    kind=text("要求的程度", enum=["", *NoticeKind]),
    place=text("所指的单元格或部分的键；空表示整份年报"),
    words=text("所指的原文"),
    objected=text("所指的数，按当时的写法"),
    text=text("意见"),
    due=optional(DAY, "要求改好的日期，如 2026-01-15；空表示没有要求", str),
    state=text("办理情况；空表示还没有处理", enum=["", *NoticeState]),
    answer=text("答复"),
    **{"return": text("带来这条意见的退回的编号；空表示单独一条")},
    also=optional(core_schema.dict_schema(CELL_KEY, TEXT), "一并所指的其他单元格和当时的数", dict),
    start=optional(
        core_schema.int_schema(ge=-1, le=10**7, strict=True),
        "所指的原文当时从第几个字起，从 0 数；-1 表示不知道",
        lambda: -1,
    ),
    times=optional(COUNT, "所指的原文当时在这一部分出现几次；0 表示不知道", int),
    part_digest=text("这一部分当时全文的 SHA-256 的前 16 位"),
    beside=text("原文前后各 8 个字的 SHA-256 的前 16 位，用空格分开"),
)
_EXPLANATION = new_object(
    "explanation",
    text=required(TEXT, "说明"),
    settles=required(TEXT, "所说明的内容的指纹；内容变了，提醒会重新出现"),
)
_REPORT = new_object(
    "report",
    format=required(core_schema.literal_schema([FORMAT]), "文件类型，固定不变"),
    version=required(core_schema.literal_schema([VERSION]), "文件格式的版本"),
    program=text("写这个文件的程序版本"),
    edition=required(EDITION, "年报格式的版本，如 2021"),
    family=optional(FAMILY, "报表的种类；政府信息公开工作年度报告为 disclosure", lambda: DEFAULT_FAMILY),
    year=optional(
        core_schema.nullable_schema(core_schema.union_schema([YEAR, TEXT])),
        "报告年度；没有填好时是所填的文字",
        lambda: None,
    ),
    **{name: _group(name) for name in _GROUPS},
    headings=optional(PROSE, "与官方标题不同的小标题", dict),
    prose=optional(PROSE, "各部分文字，段落以换行分开", dict),
    cells=optional(NUMBERS, "填写的数字：表.行.列；没有的键表示未填，0 表示零", dict),
    remarks=optional(core_schema.dict_schema(CELL_KEY, TEXT), "单元格备注，不公开", dict),
    unverified=optional(core_schema.list_schema(CELL_KEY), "标为待核实的单元格", list),
    reported=optional(NUMBERS, "导入的文件自己写的合计，仅供核对", dict),
    finished=optional(core_schema.list_schema(PART_KEY), "标为完成的节", list),
    previous=optional(
        core_schema.list_schema(core_schema.definition_reference_schema("snapshot")),
        "上年年报，只供比较",
        list,
    ),
    explanations=optional(
        core_schema.dict_schema(TEXT, core_schema.definition_reference_schema("explanation")),
        "对提醒的说明，不公开",
        dict,
    ),
    hand_ins=optional(
        core_schema.list_schema(core_schema.definition_reference_schema("hand_in")), "各次报送，不公开", list
    ),
    sources=optional(
        core_schema.dict_schema(
            CELL_KEY, core_schema.list_schema(core_schema.definition_reference_schema("contribution"))
        ),
        "单元格的数由哪些股室的数加成，不公开",
        dict,
    ),
    notices=optional(
        core_schema.list_schema(core_schema.definition_reference_schema("notice")),
        "上级对年报的意见，不公开",
        list,
    ),
    digest=text("其余内容的 SHA-256，用来发现损坏"),
)
FILE = core_schema.definitions_schema(
    core_schema.definition_reference_schema("report"),
    [
        _REPORT,
        _SNAPSHOT,
        _EXPLANATION,
        _HAND_IN,
        _CONTRIBUTION,
        _NOTICE,
        *(
            new_object(name, **{str(fact): field for fact, field in facts.items()})
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
        "family": report.family,
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
            key: {**found.extras, "text": found.text, "settles": found.settles}
            for key, found in report.explanations.items()
        },
        "hand_ins": [hand_in_to_entry(number, report.hand_ins[number]) for number in sorted(report.hand_ins)],
        "sources": {
            str(ref): [contribution_to_entry(one) for one in given] for ref, given in report.sources.items()
        },
        "notices": [notice_to_entry(known, report.notices[known]) for known in sorted(report.notices)],
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
            key: Explanation(found["text"], found["settles"], _unknown(_EXPLANATION["fields"], found))
            for key, found in file["explanations"].items()
        },
        hand_ins={entry["number"]: hand_in_of(entry) for entry in file["hand_ins"]},
        sources={
            CellRef.parse(key): tuple(contribution_of(entry) for entry in given)
            for key, given in file["sources"].items()
            if given
        },
        notices={entry["id"]: notice_of(entry) for entry in file["notices"]},
        family=file["family"],
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
