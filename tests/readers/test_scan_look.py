"""A scan that is handed in is looked at: pages, blank ones, whose report it is; what is right is not accused."""

from __future__ import annotations

import pytest

from reportdesk.readers.pdf.scan_look import look_at_scan
from reportdesk.report.document import Fact
from tests.exports.made_scan import scanned
from tests.test_example import FORM, example

BODY = "为贯彻落实《中华人民共和国政府信息公开条例》，现公布本年度报告。\n本报告由六个部分组成。"


def looked(*texts: str, specks: int = 0) -> str:
    return "".join(look_at_scan(scanned(texts, specks=specks), FORM, example()).cautions)


def titled(unit: str, year: int = 2024) -> str:
    return f"{unit}{year}年\n政府信息公开工作年度报告\n{BODY}"


def test_the_pages_are_counted_and_a_right_scan_is_not_accused() -> None:
    own = example().name_in_title()
    seen = look_at_scan(scanned([titled(own), BODY, BODY]), FORM, example())
    assert (seen.pages, seen.cautions) == (3, ())
    assert looked(titled("中卫市" + own)) == ""
    assert looked(f"沙坡头区文件\n{titled(own)}") == ""


@pytest.mark.parametrize("specks", [0, 6])
def test_blank_pages_are_told_whatever_dust_is_on_them(specks: int) -> None:
    assert "2 页看起来都是空白" in looked("", "", specks=specks)
    assert "第 2 页看起来是空白" in looked(titled(example().name_in_title()), "", specks=specks)


def test_a_page_with_a_line_on_it_is_not_blank() -> None:
    assert looked("（盖章）二〇二五年一月九日") == ""


@pytest.mark.parametrize("unit", ["柳川县石桥镇人民政府", "石桥镇", "北湖街道办事处", "某某市教育局"])
def test_the_report_of_another_unit_is_told(unit: str) -> None:
    says = looked(titled(unit))
    assert f"“{unit}2024年政府信息公开工作年度报告”" in says
    assert "有没有拿错文件" in says


def test_a_report_of_another_year_is_told() -> None:
    says = looked(titled(example().name_in_title(), 2023))
    assert "写的是 2023 年，这份年报是 2024 年的" in says


def test_a_text_that_names_no_unit_is_told_as_what_it_is() -> None:
    assert "没有找到本单位的名称" in looked(f"{BODY}\n{BODY}")


def test_letters_that_were_recognised_wrongly_make_it_no_other_unit() -> None:
    own = example().name_in_title()
    assert "不像是本单位" not in looked(titled(own.replace("乐", "东")))


@pytest.mark.parametrize("content", [b"%PDF-1.4 sealed", b"%PDF-1.7\n%%EOF", b""])
def test_what_cannot_be_opened_is_told(content: bytes) -> None:
    seen = look_at_scan(content, FORM, example())
    assert seen.pages == 0
    assert "打不开" in "".join(seen.cautions)


def test_a_report_without_a_name_accuses_nobody() -> None:
    report = example()
    for fact in (Fact.FULL_NAME, Fact.TITLE_NAME, Fact.CLOSING_UNIT):
        report.facts.pop(fact, None)
    assert look_at_scan(scanned([titled("石桥镇")]), FORM, report).cautions == ()
