"""Writes the documents that follow from code and forms: ``python -m tools.generate_docs [--check]``.

``--check`` writes nothing and fails where a document is stale; tests/test_docs.py does the same.
What is written by hand stands beside them in docs/ and resources/help/.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Column, Form, Row, Table
from reportdesk.readers.endings import REFUSED, SUFFIXES
from reportdesk.report.document import State, UnitKind
from reportdesk.report.file.model import FORMAT, VERSION
from reportdesk.report.file.schema import file_schema
from reportdesk.report.records import NoticeKind, NoticeState
from tools.checks_docs import checks_help, checks_reference
from tools.markdown import table_lines
from tools.rooms_docs import rooms_reference

ROOT = Path(__file__).resolve().parent.parent
_NOTE = "<!-- 由 tools/generate_docs.py 生成，请勿手工修改。 -->\n\n"
_EDITION = "2021"


def documents() -> Mapping[str, str]:
    """Every generated document by its place in the project."""
    schema = file_schema()
    return {
        "docs/gknb.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n",
        "docs/file-format.md": _NOTE + "\n".join(_file_format(schema)) + "\n",
        "docs/form-reference.md": _NOTE + "\n".join(_form_reference(load_form(_EDITION))) + "\n",
        "docs/readable-files.md": _NOTE + "\n".join(_readable_files()) + "\n",
        "docs/rooms.md": _NOTE + "\n".join(rooms_reference()) + "\n",
        "docs/checks.md": _NOTE + "\n".join(checks_reference()) + "\n",
        "resources/help/checks.md": "\n".join(checks_help()) + "\n",
    }


def _readable_files() -> Iterator[str]:
    """docs/readable-files.md: the endings of names that can be chosen, by what is read of them."""
    yield "# 能读入的文件"
    yield ""
    yield (
        "文件是什么，按内容认，不按名字；能选、能拖进来的看名字的结尾。这张表来自 `readers/endings.py`："
        "加一种结尾，只改那里。"
    )
    rows = [(kind.value, _endings(suffixes)) for kind, suffixes in SUFFIXES.items()]
    yield from table_lines(("文件", "结尾"), [*rows, ("能选，但不读，写明怎么办", _endings(REFUSED))])


def _endings(suffixes: Sequence[str]) -> str:
    return "、".join(f"`{suffix}`" for suffix in suffixes)


def stale() -> list[str]:
    """The names of documents that are missing or not as they would be written now."""
    return [
        name
        for name, text in documents().items()
        if not (ROOT / name).is_file() or (ROOT / name).read_text(encoding="utf-8") != text
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the documents, or with --check only say which are stale; 1 if any is."""
    parser = argparse.ArgumentParser(prog="python -m tools.generate_docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where one is stale")
    outdated = stale()
    if parser.parse_args(arguments).check:
        for name in outdated:
            print(f"{name} is stale: run python -m tools.generate_docs", file=sys.stderr)
        return 1 if outdated else 0
    texts = documents()
    for name in outdated:
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(texts[name], encoding="utf-8", newline="\n")
        print(name)
    return 0


# ---------------------------------------------------------------- file-format.md

_TYPES = {"string": "文字", "integer": "整数", "null": "空", "array": "列表", "object": "对象"}


def _file_format(schema: Mapping[str, Any]) -> Iterator[str]:
    yield from _FILE_HEAD.format(format=FORMAT, version=VERSION).splitlines()
    yield from table_lines(("键", "类型", "含义"), _fields(schema))
    for name, told in _groups(schema, schema):
        yield f"## {name}里的键"
        yield from table_lines(("键", "类型", "含义"), _fields(told))
    yield "## 固定用词"
    yield from table_lines(
        ("键", "取值", "含义"),
        [
            *(("unit.unit_kind", f"`{kind}`", kind.says) for kind in UnitKind),
            *(("standing.state", f"`{state}`", state.says) for state in State),
            *(("notices.kind", f"`{kind}`", kind.says) for kind in NoticeKind),
            *(("notices.state", f"`{state}`", state.says) for state in NoticeState),
        ],
    )
    yield from _FILE_TAIL.splitlines()


def _fields(told: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    required = told.get("required", [])
    for key, field in told["properties"].items():
        words = field.get("description", "")
        yield f"`{key}`", _type(field), f"{words}（必需）" if key in required else words


def _type(field: Mapping[str, Any]) -> str:
    if "const" in field:
        return f"固定为 `{json.dumps(field['const'])}`"
    if "anyOf" in field:
        return " 或 ".join(dict.fromkeys(_type(choice) for choice in field["anyOf"]))
    if "$ref" in field:
        return "对象"
    return _TYPES[field["type"]]


def _groups(told: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects among the fields that have keys of their own, with how they are called."""
    for key, field in told["properties"].items():
        for place, target in (
            (f"`{key}` ", field),
            (f"`{key}` 每一项", field.get("items", {})),
            (f"`{key}` 每一项", field.get("additionalProperties", {})),
            (f"`{key}` 每一项的每一项", _inner(field)),
        ):
            if isinstance(target, dict) and "$ref" in target:
                yield place, schema["$defs"][target["$ref"].rsplit("/", 1)[1]]


def _inner(field: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the lists in an object of lists hold."""
    for held in field.get("patternProperties", {}).values():
        inner: Mapping[str, Any] = held.get("items", {})
        return inner
    return {}


_FILE_HEAD = """\
# 年报文件（.gknb）的格式

一个 `.gknb` 文件是一份年报：UTF-8 编码的 JSON，一个对象，现为第 {version} 版。机器可读的定义在 [gknb.schema.json](gknb.schema.json)，也可用 `reportdesk schema` 打印。

- **未填和零不同**：`cells` 里没有的键表示未填，`0` 表示零。
- **整数写成数，带小数的写成文字**：`"3.50"` 读回仍是 3.50。整数部分和小数部分各不超过 15 位。
- **合计不写**：合计由各项算出，写进 `cells` 的文件不予打开。导入的文件自己写的合计在 `reported`，只供核对。
- **单元格的键**是“表.行.列”，部分的键是“节.部分”，都在[格式说明](form-reference.md)里。
- **不认识的键**保留并原样写回；键重复、不成文字的代码、`NaN`、嵌套超过 32 层的文件不予打开，原文件不动。
- **同样的内容总是同样的字节**：键按字母顺序，缩进一格，末尾一个换行。
- **`digest`** 是去掉它自己以后全文的 SHA-256（键排序、无空白的 JSON）。不符时照常打开，并提示逐项核对。
- 文件最大 16 MB，`hand_ins` 最多 999 项，`notices` 和 `explanations` 各 5000 项，`sources` 2000 格，`previous` 100 份，全部内容 60 万项；超过的不予打开。更高版本的文件不予打开，提示升级；旧版本的文件打开时自动转换，tests/old-files 里每版都有样本。

```json
{{
 "format": "{format}",
 "version": {version},
 "edition": "2021",
 "year": 2024,
 "unit": {{"full_name": "常乐镇人民政府"}},
 "prose": {{"overview.disclosure": "第一段。\\n第二段。"}},
 "cells": {{"requests.new.person": 0, "disclosure.fees.charged": "3.50"}}
}}
```

## 键
"""

_FILE_TAIL = """\
## 版本

| 版 | 程序 | 变化 |
|---|---|---|
| 1 | 0.1.0 | 第一版 |
| 2 | 0.1.0 以后 | 加入 `family`、`hand_ins`、`sources`、`notices`；0.1.0 打不开，提示升级 |
"""

# ---------------------------------------------------------------- form-reference.md


def _form_reference(form: Form) -> Iterator[str]:
    yield from _FORM_HEAD.splitlines()
    for place, keys in _FORM_KEYS:
        yield f"### {place}"
        yield from table_lines(("键", "类型", "含义"), keys)
    yield f"## {form.name}的内容"
    yield ""
    yield f"{form.document}，用于 {form.first_year} 年度以来的年报，文件 `resources/forms/{form.edition}.toml`。"
    yield from table_lines(("节", "标题", "部分", "表"), _section_rows(form))
    yield from table_lines(
        ("部分", "小标题", "要求写明"),
        ((f"`{p.id}`", p.heading or "（无）", p.asks) for p in form.parts.values()),
    )
    for table in form.tables.values():
        yield f"### {table.name}（`{table.id}`）"
        yield from _celltable(form, table)
        yield from _relation_list(form, table)


def _section_rows(form: Form) -> Iterator[tuple[str, str, str, str]]:
    for section in form.sections:
        parts = "、".join(f"`{part.id}`" for part in section.parts)
        tables = "、".join(f"`{table.id}`（{table.name}）" for table in section.tables)
        yield f"`{section.id}`", section.title, parts, tables


def _celltable(form: Form, table: Table) -> Iterator[str]:
    yield from table_lines(
        ("单元格", "名称", "单位", "填法"),
        (
            (f"`{ref}`", form.name_of(ref).partition(" ")[2], form.kind_of[ref].unit, _how(form, ref))
            for ref in table.refs()
        ),
    )


def _how(form: Form, ref: CellRef) -> str:
    if ref in form.totals:
        return "自动计算"
    kind = form.kind_of[ref]
    sign = "可为负的" if kind.signed else ""
    return f"{sign}数，最多 {kind.places} 位小数" if kind.places else f"{sign}整数"


def _relation_list(form: Form, table: Table) -> Iterator[str]:
    """What adds up to what, each relation of rows or columns once."""
    for block in table.blocks:
        members: tuple[Column | Row, ...] = (*block.columns, *block.rows)
        for member in members:
            if member.total_of:
                kind = "列" if isinstance(member, Column) else "行"
                items = "、".join(f"`{name}`" for name in member.total_of)
                yield f"- {kind} `{member.id}` = {items} 之和{_watched(member.rule)}"
        for balance in block.balances:
            yield f"- 每一列：{balance.says}{_watched(balance.rule)}"
    if any(relation.total.table == table.id for relation in relate(form).sums):
        yield ""


def _watched(rule: str) -> str:
    return f"（[{rule}](checks.md)）" if rule else ""


_FORM_HEAD = """\
# 年报格式文件（resources/forms/*.toml）

一个 TOML 文件写明一版年报格式：节、文字部分、表、栏目、单元格类型、合计和勾稽关系。表格、导出、导入和审核都只读这个文件，程序里不另写任何一张表。文件有错时程序不用它，并指出行号和原因。

## 键
"""

_Keys = tuple[tuple[str, str, str], ...]
_TEXT, _NUMBER, _LIST = "文字", "数", "文字的列表"
_FORM_KEYS: tuple[tuple[str, _Keys], ...] = (
    (
        "最上层",
        (
            ("`edition`", _TEXT, "版本号，与文件名相同"),
            (
                "`family`",
                _TEXT,
                (
                    "报表的种类，可不写，不写为 `disclosure`（政府信息公开工作年度报告）；年报文件记下它。"
                    "新建年报、比较上年、换版只在同一种里进行；只讲政府信息公开年报的审核规则不管别的种类"
                ),
            ),
            ("`name`", _TEXT, "这一版的名称"),
            ("`document`", _TEXT, "依据的文号"),
            (
                "`first_year`",
                "整数",
                "从哪一年度的年报起使用；同一年度有几版的，用文号较新的，文号相同用程序自带的",
            ),
            ("`title`", _LIST, "标题各行；`{unit}` 和 `{year}` 换成机关名称和年度"),
            ("`kinds`", "表", "单元格类型，见 `[kinds.名称]`"),
            ("`opening`", "表", "开头一段，键与 `[[sections.parts]]` 相同"),
            ("`sections`", "列表", "各节，按印出的顺序"),
            ("`roles`", "表", "审核要用的单元格和部分，见 `[roles]`；缺的不审核"),
        ),
    ),
    (
        "`[kinds.名称]`",
        (
            ("`unit`", _TEXT, "单位，如 件、万元"),
            ("`places`", "整数", "最多几位小数，不写为 0，即只能填整数"),
            ("`signed`", "是否", "是否可为负数，不写为否"),
        ),
    ),
    (
        "`[roles.cells]` 和 `[roles.parts]`",
        (
            ("`cells`", "表", "名称 = 单元格的列表（“表.行.列”），几格合在一起算"),
            ("`parts`", "表", "名称 = 部分的 id"),
        ),
    ),
    (
        "`[[sections]]`",
        (
            ("`id`", _TEXT, "小写字母、数字和下划线，一经使用不再改动"),
            ("`title`", _TEXT, "印出的标题"),
            ("`short`", _TEXT, "窗口左侧的短名"),
            ("`parts`", "列表", "文字部分"),
            ("`tables`", "列表", "表"),
        ),
    ),
    (
        "`[[sections.parts]]`",
        (
            ("`id`", _TEXT, "如 `overview.disclosure`，可有一个点"),
            ("`heading`", _TEXT, "官方小标题，可为空"),
            ("`asks`", _TEXT, "要求写明什么，在编辑框上方显示"),
            (
                "`draft`",
                _TEXT,
                (
                    "新建年报时填入的初稿，可不写；`{unit}`、`{year}` 等换成单位和年度，"
                    "方括号里的话在所需资料没有时略去，`\\|` 分开的各项用逗号连接"
                ),
            ),
        ),
    ),
    (
        "`[[sections.tables]]`",
        (
            ("`id`", _TEXT, "表的 id"),
            ("`name`", _TEXT, "提示中的名称，如 表三"),
            ("`widths`", "数的列表", "各列宽度之比，先行标题列"),
            ("`text_size`", _NUMBER, "字号，磅"),
            ("`row_height`", _NUMBER, "最小行高，磅"),
            ("`blocks`", "列表", "上下相接的各块"),
        ),
    ),
    (
        "`[[sections.tables.blocks]]`",
        (
            ("`banner`", _TEXT, "块上方通栏的一行，可不写"),
            ("`stubhead`", _TEXT, "左上角，可不写"),
            ("`columns`", "列表", "数字列"),
            ("`rows`", "列表", "数字行"),
            ("`balances`", "列表", "勾稽关系，可不写"),
        ),
    ),
    (
        "`columns` 和 `rows` 的每一项",
        (
            ("`id`", _TEXT, "列或行的 id，表内的行不能重复，块内的列不能重复"),
            ("`label`", _LIST, "从外到内各层栏目名称；相邻的项开头相同的层合并。块里只有一行时可为空"),
            ("`kind`", _TEXT, "单元格类型。列不写为 `count`；行不写就照各列的，写了就不照列的"),
            ("`total_of`", _LIST, "是哪些列（行）之和；写了就自动计算，不能填"),
            ("`rule`", _TEXT, "核对这个合计的规则，可不写"),
        ),
    ),
    (
        "`balances` 的每一项",
        (
            ("`plus`", _LIST, "一边的行"),
            ("`equals`", _LIST, "另一边的行；每一列里两边之和应相等"),
            ("`says`", _TEXT, "关系式，显示在提示里"),
            ("`advice`", _TEXT, "不相等时从哪里查起，可不写"),
            ("`rule`", _TEXT, "核对它的规则，可不写"),
        ),
    ),
)

if __name__ == "__main__":
    sys.exit(main())
