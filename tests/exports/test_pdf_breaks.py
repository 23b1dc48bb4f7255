"""Where the PDF's pages end: tables, headings, and the unit with its date."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from reportdesk.exports.pdf.pages import PageSpan
from reportdesk.exports.pdf.writer import PdfResult
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact
from tests.exports.made_pdf import BOTTOM, CLOSE, FORM, RIGHT, TOP, filled, render
from tests.exports.reading import MM, read_pages, text_of
from tests.test_example import example


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


def pieces_of(table: str, result: PdfResult) -> list[PageSpan]:
    return [place for place in result.places if place.source.holder == table]


def test_a_table_that_fits_a_page_is_not_broken_but_between_its_blocks() -> None:
    for paragraphs in range(12):
        result = render(filled(FORM, "\n".join(["公开政府信息工作年报。"] * paragraphs)))
        assert [len(pieces_of(table, result)) for table in ("requests", "disputes")] == [1, 1]
        assert len(pieces_of("disclosure", result)) <= 2


def test_no_page_stays_half_empty_before_a_table_that_could_begin_there() -> None:
    parted = 0
    for paragraphs in range(2, 26):
        report = filled(FORM)
        report.prose["overview.disclosure"] = "\n".join(["公开政府信息工作年报。"] * paragraphs)
        result = render(report)
        pieces = pieces_of("disclosure", result)
        before = max(
            place.bottom
            for place in result.places
            if place.page == pieces[0].page - 1
            or (place.bottom < pieces[0].top and place.page == pieces[0].page)
        )
        if pieces[0].page and pieces[0].top < (TOP + 20) * MM:
            assert before > (TOP + 0.55 * (BOTTOM - TOP)) * MM
        if len(pieces) == 2:
            parted += 1
            pages = read_pages(result.content)
            lines = [text_of(line) for line in pages[pieces[1].page].lines]
            assert lines[0].startswith("第二十条第（")
    assert parted


def test_labels_are_broken_by_their_meaning() -> None:
    lines = cell_lines(render(example()))
    for whole in (
        "不予",
        "无法",
        "其他",
        "本年度",
        "办理",
        "或重新出具已获取信息",
        "不补正、行政机关不再处理",
    ):
        assert any(line.startswith(whole) for line in lines), whole


def cell_lines(result: PdfResult) -> list[str]:
    """What stands in one line of a cell."""
    lines: list[str] = []
    for page in read_pages(result.content):
        lines.append("")
        for last, char in itertools.pairwise([page.chars[0], *page.chars]):
            if abs(last.baseline - char.baseline) > 0.01 or abs(char.x - last.end) > 1.5:
                lines.append("")
            lines[-1] += char.text
    return lines


def test_the_numbers_of_a_table_are_all_of_one_size() -> None:
    report = filled(FORM, figure=0)
    report.cells[CellRef("requests", "new", "person")] = 123_456_789_012
    for page in read_pages(render(report).content):
        if "申请人情况" in "".join(map(text_of, page.lines)):
            chars = [char for line in page.lines[:-1] for char in line]
            figures = [
                char
                for char, following in itertools.pairwise([*chars, chars[-1]])
                if char.text.isdigit() and following.text != "."  # as in 1.属于国家秘密
            ]
            assert len(figures) > 12
            assert len({char.size for char in figures}) == 1
            assert figures[0].size < 8


def test_a_unit_too_long_for_a_line_is_broken_by_its_meaning_and_stands_right() -> None:
    report = filled(FORM)
    report.facts[Fact.CLOSING_UNIT] = "示例省示例市示例区示例镇人民政府综合便民服务中心退役军人服务站"
    report.facts[Fact.CLOSING_DATE] = "2025年1月9日"
    *_, first, second, _date = read_pages(render(report).content)[-1].prose()
    assert text_of(first) + text_of(second) == report.facts[Fact.CLOSING_UNIT]
    assert text_of(first).endswith(("镇", "政府", "中心"))
    for line in (first, second):
        assert line[-1].end == pytest.approx(RIGHT - 2 * 156 / 28, abs=CLOSE)


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
