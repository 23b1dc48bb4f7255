"""A form file is read whole or refused, with the line and the reason in Chinese."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form, parse_form, read_form
from reportdesk.form.refusal import FormError
from reportdesk.form.relations import relate
from reportdesk.resources import resource
from tests.editions import THIRD, third_form

SMALL = """\
edition = "small"
name = "小"
document = "国办公开办函〔2030〕1号"
first_year = 2030
title = ["{unit}{year}年报告"]

[kinds.count]
unit = "件"

[kinds.money]
unit = "元"
places = 2

[roles.cells]
received = ["table.first.left", "table.first.right"]

[roles.parts]
start = "opening"

[opening]
id = "opening"
heading = "开头"
asks = "写开头。"

[[sections]]
id = "one"
title = "一、数字"
short = "数字"

[[sections.tables]]
id = "table"
name = "表一"
widths = [2, 1, 1, 1, 1]
text_size = 10
row_height = 16

[[sections.tables.blocks]]
stubhead = "项目"
columns = [
  { id = "left", label = ["左"] },
  { id = "right", label = ["右"] },
  { id = "both", label = ["合计"], total_of = ["left", "right"] },
  { id = "paid", label = ["金额"], kind = "money" },
]
rows = [
  { id = "first", label = ["甲"] },
  { id = "second", label = ["乙"] },
  { id = "whole", label = ["总计"], total_of = ["first", "second"] },
]
balances = [{ plus = ["first"], equals = ["second"], says = "甲 = 乙" }]
"""


def refusal(source: str) -> FormError:
    with pytest.raises(FormError) as caught:
        parse_form(source)
    return caught.value


def line_with(words: str, source: str = SMALL) -> int:
    return next(number for number, line in enumerate(source.splitlines(), 1) if words in line)


def test_the_small_form_is_sound() -> None:
    form = parse_form(SMALL)
    assert list(form.tables) == ["table"]
    assert len(form.kind_of) == 12


@pytest.mark.parametrize(
    ("good", "bad", "line", "reason"),
    [
        # what TOML itself forbids
        ('name = "小"', 'name = "小', 'name = "小"', "不符合 TOML 的写法"),
        ("widths = [2, 1, 1, 1, 1]", "widths = [2, 1, 1, 1, 1", "widths", "不符合 TOML 的写法"),
        ('name = "小"', 'name = "小"\nname = "大"', "document", "不符合 TOML 的写法"),
        # keys
        ("text_size", "textsize", 'id = "table"', "缺少 text_size"),
        ("text_size = 10", "text_size = 10\ncolour = 3", "row_height", "不认识的键 colour"),
        ('short = "数字"', 'short = "数字"\nkapitel = 1', "[[sections.tables]]", "不认识的键 kapitel"),
        ("stubhead", "stub_head", "stubhead", "不认识的键 stub_head"),
        ('{ id = "left", label = ["左"] }', '{ id = "left", lable = ["左"] }', '"left"', "缺少 label"),
        ('"左"] }', '"左"], sum = 1 }', '"left"', "不认识的键 sum"),
        ("total_of", "totalof", '"both"', "不认识的键 totalof"),
        ("first_year = 2030\n", "", None, "缺少 first_year"),
        ('[opening]\nid = "opening"', "[opening]", "[opening]", "缺少 id"),
        ("[kinds.count]\nunit", "[kinds.count]\nunits", "[kinds.count]", "缺少 unit"),
        # types
        ("text_size = 10", 'text_size = "10"', "text_size", "text_size 的值类型不对"),
        ("text_size = 10", "text_size = true", "text_size", "text_size 的值类型不对"),
        ("text_size = 10", "text_size = -1", "text_size", "text_size 只能是大于 0 的数"),
        ("text_size = 10", "text_size = nan", "text_size", "text_size 只能是大于 0 的数"),
        ("first_year = 2030", "first_year = true", "first_year", "first_year 的值类型不对"),
        ("first_year = 2030", "first_year = 1", "first_year", "first_year 不是年份"),
        ("first_year = 2030", "first_year = 2030\nfamily = 1", "first_year", "family 的值类型不对"),
        ("first_year = 2030", 'first_year = 2030\nfamily = "../x"', "first_year", "family 只能用小写字母"),
        ("places = 2", "places = true", "places", "places 的值类型不对"),
        ("places = 2", "places = 99", "places", "places 只能是 0 到 8"),
        ("places = 2", 'places = 2\nsigned = "是"', "places", "signed 的值类型不对"),
        ('label = ["左"]', 'label = "左"', '"left"', "label 的值类型不对"),
        ('label = ["左"]', "label = [1]", '"left"', "label 里只能是文字，不能有空的"),
        ('label = ["左"]', 'label = ["左", ""]', '"left"', "label 里只能是文字，不能有空的"),
        ('title = ["{unit}{year}年报告"]', "title = []", "title", "title 不能为空"),
        ('name = "表一"', 'name = " "', "表一", "name 不能为空"),
        ("[kinds.money]", "[kinds]\nmoney = 3\n[kinds.other]", "[kinds.money]", "kinds 的写法不对，应为 [kinds.名称]"),
        ("columns = [\n", "columns = [\n  3,\n", "columns", "columns 的写法不对"),
        ("[2, 1, 1, 1, 1]", "[2, 1, 1, 1, inf]", "widths", "widths 只能是大于 0 的数"),
        ("[2, 1, 1, 1, 1]", "[2, 1, 1, 1, true]", "widths", "widths 只能是大于 0 的数"),
        ("[2, 1, 1, 1, 1]", f"[2, 1, 1, 1, 1{'0' * 400}]", "widths", "widths 只能是大于 0 的数"),
        # ids
        ('id = "one"', 'id = "One"', "[[sections]]", "id “One” 只能用小写字母"),
        ('id = "table"', 'id = "a.b"', "[[sections.tables]]", "id “a.b” 只能用小写字母"),
        ('id = "first", ', 'id = "first.one", ', '"first"', "id “first.one” 只能用小写字母"),
        ('id = "left"', f'id = "{"l" * 61}"', '"left"', "只能用小写字母"),
        ('edition = "small"', 'edition = "../small"', "edition", "edition 只能用字母"),
        ('id = "second", ', 'id = "first", ', '"second"', "行 id “first” 出现了两次"),
        ('id = "right", ', 'id = "left", ', '"right"', "列 id “left” 出现了两次"),
        ('id = "opening"', 'id = "table"', 'id = "table"', "部分或表 id “table” 出现了两次"),
        # what cannot be summed
        ('kind = "money"', 'kind = "gold"', '"paid"', "没有定义单元格类型 gold"),
        ('total_of = ["left", "right"]', 'total_of = ["left", "up"]', '"both"', "没有 id 为 “up” 的列"),
        ('total_of = ["first", "second"]', 'total_of = ["third"]', '"whole"', "没有 id 为 “third” 的行"),
        ('total_of = ["left", "right"]', 'total_of = ["left", "left"]', '"both"', "total_of 里有重复的"),
        ('total_of = ["left", "right"]', "total_of = []", '"both"', "total_of 不能为空"),
        ('total_of = ["left", "right"]', 'total_of = ["left", "both"]', '"first"', "的合计包含了它自己"),
        ('total_of = ["left", "right"]', 'total_of = ["left", "paid"]', '"both"', "合计列 both 的类型装不下 paid 的数"),
        ('plus = ["first"]', 'plus = ["zero"]', "balances", "没有 id 为 “zero” 的行"),
        ('plus = ["first"]', "plus = []", "balances", "plus 不能为空"),
        # roles
        ('"table.first.left"', '"table.third.left"', "received", "received 里没有“table.third.left”这一格"),
        ('"table.first.left"', '"table.first"', "received", "received 里应写成 表.行.列"),
        ('"table.first.left"', "3", "received", "received 里只能是文字"),
        ('["table.first.left", "table.first.right"]', "[]", "received", "received 不能为空"),
        ('start = "opening"', 'start = "table"', "start", "start 指的“table”不是文字部分"),
        ("[roles.parts]", "[roles.part]", "[roles.cells]", "不认识的键 part"),
        # shape
        ("widths = [2, 1, 1, 1, 1]", "widths = [2, 1, 1, 1]", "widths", "表一 的 widths 有 4 个，应有 5 个"),
        ('label = ["左"]', "label = []", '"left"', "列 left 没有栏目名称"),
        ('label = ["甲"]', "label = []", '"first"', "行 first 没有名称"),
    ],
)  # fmt: skip
def test_a_bad_form_is_refused_with_line_and_reason(
    good: str, bad: str, line: str | None, reason: str
) -> None:
    assert good in SMALL
    error = refusal(SMALL.replace(good, bad, 1))
    assert reason in error.reason
    expected = 1 if line is None else line_with(line)
    assert abs(error.line - expected) <= 1, f"line {error.line}, expected {expected}"
    assert str(error).startswith(f"第 {error.line} 行：")


@pytest.mark.parametrize(
    ("cut", "reason"),
    [
        ("rows = [", "rows 不能为空"),
        ("columns = [", "columns 不能为空"),
    ],
)
def test_a_block_without_rows_or_columns_is_refused(cut: str, reason: str) -> None:
    head, _, tail = SMALL.partition(cut)
    error = refusal(head + cut + "]" + tail[tail.index("\n]") + 2 :])
    assert error.reason == reason


def test_a_section_needs_parts_or_tables() -> None:
    assert "既没有文字部分也没有表" in refusal(SMALL[: SMALL.index("[[sections.tables]]")]).reason


def test_a_form_needs_sections() -> None:
    head = SMALL[: SMALL.index("[[sections]]")]
    assert refusal(head).reason == "缺少 sections"
    assert refusal(f"sections = []\n{head}").reason == "sections 不能为空"


def test_circular_totals_of_rows_are_refused() -> None:
    source = SMALL.replace('label = ["乙"] }', 'label = ["乙"], total_of = ["whole"] }')
    assert "的合计包含了它自己" in refusal(source).reason


def test_deep_nesting_is_refused() -> None:
    assert refusal("edition = " + "[" * 5000).reason == "不符合 TOML 的写法"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_bytes(SMALL.encode("gb18030"))
    with pytest.raises(FormError, match="不是 UTF-8 编码"):
        read_form(path)


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_bytes(SMALL.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_form(path).edition == "small"


@pytest.mark.parametrize("edition", ["1999", "", "../2021", "2021.toml", "a/b", "x" * 50, "二〇二一"])
def test_an_edition_that_is_not_shipped_is_refused(edition: str) -> None:
    with pytest.raises(FormError, match=r"[一-鿿]"):
        load_form(edition)


def test_a_shipped_form_is_named_as_its_edition() -> None:
    for path in resource("forms").glob("*.toml"):
        assert load_form(path.stem).edition == path.stem


def test_a_form_is_read_once() -> None:
    assert load_form("2021") is load_form("2021")


SOURCES = (resource("forms", "2021.toml").read_bytes(), THIRD.read_bytes())


def refused_or_sound(content: bytes) -> None:
    """What is neither refused nor usable would fail in the window: only FormError may come."""
    try:
        form = parse_form(content.decode("utf-8", "replace"))
    except FormError as error:
        refused = error
    else:
        relate(form)
        assert all(form.name_of(ref) for ref in form.kind_of)
        return
    assert re.search("[一-鿿]", refused.reason)
    assert 0 <= refused.line <= content.count(b"\n") + 1


@given(st.sampled_from(SOURCES), st.data())
def test_a_form_with_lines_lost_or_doubled_is_refused_or_sound(source: bytes, data: st.DataObject) -> None:
    lines = source.splitlines(keepends=True)
    start = data.draw(st.integers(0, len(lines) - 1))
    end = data.draw(st.integers(start, min(len(lines), start + 8)))
    again = data.draw(st.integers(0, 2))
    refused_or_sound(b"".join(lines[:start] + lines[start:end] * again + lines[end:]))


@given(st.sampled_from(SOURCES), st.data())
def test_a_form_with_bytes_changed_is_refused_or_sound(source: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start, min(len(source), start + 30)))
    refused_or_sound(source[:start] + data.draw(st.binary(max_size=4)) + source[end:])


@given(st.sampled_from(SOURCES), st.data())
def test_a_form_with_another_value_is_refused_or_sound(source: bytes, data: st.DataObject) -> None:
    text = source.decode()
    settings = list(re.finditer(r"= (\"[^\"\n]*\"|\[[^\n]*\]|[0-9.]+)", text))
    chosen = data.draw(st.sampled_from(settings))
    value = data.draw(
        st.sampled_from(['""', '"x"', "[]", "[[]]", "{}", "0", "-1", "1e400", "nan", "true", '["x"]'])
    )
    refused_or_sound((text[: chosen.start(1)] + value + text[chosen.end(1) :]).encode())


def test_the_third_edition_is_what_it_claims_to_be() -> None:
    form = third_form()
    columns = [column for table in form.tables.values() for block in table.blocks for column in block.columns]
    rows = [row for table in form.tables.values() for block in table.blocks for row in block.rows]
    assert max(len(column.label) for column in columns) == 4
    assert max(len(row.label) for row in rows) == 4
    kinds = {(bool(kind.places), kind.signed) for kind in form.kind_of.values()}
    assert kinds == {(False, False), (False, True), (True, False), (True, True)}
    assert any(section.parts and section.tables for section in form.sections)
