"""Where the PDF's pages end: tables, headings, and the unit with its date."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from reportdesk.form.spec import Form
from reportdesk.report.document import Fact
from tests.exports.made_pdf import BOTTOM, CLOSE, FORM, RIGHT, filled, render
from tests.exports.reading import read_pages, text_of


def tall_form(rows: int = 60) -> Form:
    """The shipped form with a third table of so many more rows."""
    section = next(section for section in FORM.sections if section.id == "requests")
    table = section.tables[0]
    block = table.blocks[0]
    first, *middle = block.rows
    more = tuple(
        dataclasses.replace(first, id=f"more_{n}", label=("三、本年度办理结果", f"（附加）第{n}种情形"))
        for n in range(rows)
    )
    tall = dataclasses.replace(
        table, blocks=(dataclasses.replace(block, rows=(first, *middle[:2], *more, *middle[2:])),)
    )
    sections = tuple(
        dataclasses.replace(section, tables=(tall,)) if section.id == "requests" else section
        for section in FORM.sections
    )
    return dataclasses.replace(FORM, sections=sections)


def test_a_table_longer_than_a_page_repeats_its_head_and_its_labels() -> None:
    form = tall_form()
    pages = [
        page
        for page in read_pages(render(filled(form), form).content)
        if "申请人情况" in "".join(map(text_of, page.lines))
    ]
    assert len(pages) >= 2
    head = [text_of(line) for line in pages[0].lines if "申请人情况" in text_of(line)]
    for page in pages:
        text = "".join(map(text_of, page.lines))
        assert head[0] in text.replace("三、收到和处理政府信息公开申请情况", "")
        assert "结果" in text
        assert max(rule.y1 for rule in page.rules) < BOTTOM + CLOSE
    whole = "".join("".join(map(text_of, page.lines)) for page in pages)
    assert all(f"第{n}种情形" in whole for n in range(60))


def test_a_table_that_fits_a_page_is_not_broken() -> None:
    for paragraphs in range(12):
        result = render(filled(FORM, "\n".join(["公开政府信息工作年报。"] * paragraphs)))
        for table in FORM.tables:
            assert sum(place.source.holder == table for place in result.places) == 1


@pytest.mark.parametrize("paragraphs", range(1, 13))
def test_a_heading_is_never_alone_at_a_page_s_foot(paragraphs: int) -> None:
    result = render(filled(FORM, "\n".join(["公开政府信息工作年报。"] * paragraphs)))
    for page in read_pages(result.content):
        last = page.lines[-2]  # above the page's number
        assert not {"NotoSansSC-Bold", "ReportDeskKai-Regular"} & {char.font[7:] for char in last}


def test_headings_of_a_report_just_begun_do_not_drag_each_other_to_the_next_page() -> None:
    first, *_ = read_pages(render(filled(FORM)).content)
    assert "（五）监督保障" in [text_of(line) for line in first.lines]


def test_unit_and_date_stand_right_and_with_the_last_lines() -> None:
    for paragraphs in range(14):
        report = filled(FORM, "公开政府信息工作年报。")
        report.prose["other_matters.text"] = "\n".join(
            ["公开政府信息。"] * paragraphs + ["未收取信息处理费。"]
        )
        report.facts[Fact.CLOSING_UNIT] = "示例镇人民政府"
        report.facts[Fact.CLOSING_DATE] = "2025年1月9日"
        page = read_pages(render(report).content)[-1]
        *_, last, unit, date = page.prose()
        assert text_of(last) == "未收取信息处理费。"
        assert date[0].x + sum((b.x - a.x) for a, b in itertools.pairwise(date)) < RIGHT
        assert date[-1].end == pytest.approx(RIGHT - 4 * 156 / 28, abs=CLOSE)
        assert (unit[0].x + unit[-1].end) / 2 == pytest.approx((date[0].x + date[-1].end) / 2, abs=CLOSE)
