"""The workbook as a whole: its sheets, the cover, prose, and text that must stay harmless text."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportdesk import __version__
from reportdesk.exports.excel.look import cell_text
from reportdesk.exports.excel.workbook import render_workbook
from reportdesk.form.load import load_form, parse_form
from reportdesk.form.spec import Form
from reportdesk.report.document import Fact, Report, new_report
from reportdesk.report.file.codec import decode
from tests.editions import EDITION_IDS, FORMS, THIRD, third_form
from tests.strategies import DEAR, reports, written

FORM = load_form("2021")
SEED = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
FORMULA_LIKE = ('=HYPERLINK("http://x","y")', "+1", "-1+1", "@SUM(1)", "#N/A", "=")


def opened(form: Form, report: Report) -> Workbook:
    return load_workbook(BytesIO(render_workbook(form, report)))


def seed() -> Report:
    return decode(SEED.read_bytes()).report


def fields(cover: Worksheet) -> dict[str, object]:
    return {str(row[0].value): row[1].value for row in cover.iter_rows(min_row=2)}


def lines(sheet: Worksheet) -> list[tuple[str, str]]:
    return [(str(row[0].value), str(row[1].value or "")) for row in sheet.iter_rows()]


def paragraphs(rows: list[tuple[str, str]]) -> list[str]:
    """The prose read back from its rows by their labels."""
    found: list[str] = []
    for label, text in rows:
        if label == "接上行":
            found[-1] += text
        else:
            found.append(text.removeprefix("　　"))
    return found


def test_a_sheet_for_each_part_of_the_form() -> None:
    assert opened(FORM, seed()).sheetnames == ["封面", "一 总体情况", "表二", "表三", "表四", "五六"]


def test_the_sheets_follow_any_form() -> None:
    names = opened(third_form(), Report("third")).sheetnames
    assert names == ["封面", "一 基本情况", "表甲", "表乙", "三 诉求办理", "表丙", "四 说明事项"]


def test_sheet_names_are_such_as_excel_takes() -> None:
    source = THIRD.read_text(encoding="utf-8")
    source = source.replace('name = "表甲"', 'name = "a[b]:c*d?e/f\'g"')
    source = source.replace('name = "表乙"', f'name = "{"长" * 40}"')
    source = source.replace('name = "表丙"', f'name = "{"长" * 41}"')
    names = opened(parse_form(source), Report("third")).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 7
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\']", name)


def test_the_cover_says_whose_report_it_is() -> None:
    report = seed()
    report.facts[Fact.CLOSING_UNIT] = "常乐镇人民政府"
    report.facts[Fact.CLOSING_DATE] = "2025年1月9日"
    cover = opened(FORM, report)["封面"]
    assert cover["A1"].value == "沙坡头区常乐镇\n2024年政府信息公开工作年度报告"
    found = fields(cover)
    assert found["机关全称"] == report.facts[Fact.FULL_NAME]
    assert found["标题用名"] == "沙坡头区常乐镇"
    assert found["报告年度"] == 2024
    assert found["开头"] == "　　" + report.prose["opening"]
    assert found["落款单位"] == "常乐镇人民政府"
    assert found["落款日期"] == "2025年1月9日"


def test_a_title_too_long_for_a_line_is_broken_by_its_meaning_but_not_the_clerk_s_own() -> None:
    report = seed()
    report.facts[Fact.TITLE_NAME] = "中卫市沙坡头区常乐镇人民政府综合便民服务中心"
    title = str(opened(FORM, report).worksheets[0]["A1"].value).split("\n")
    assert title[:2] == ["中卫市沙坡头区常乐镇", "人民政府综合便民服务中心"]
    assert "".join(title) == "".join(report.title_lines(FORM))
    report.facts[Fact.TITLE] = "中卫市沙坡头区常乐镇人民政府综合便民服务中心的年度报告"
    assert opened(FORM, report).worksheets[0]["A1"].value == report.facts[Fact.TITLE]


def test_prose_stands_under_its_headings_a_row_a_paragraph() -> None:
    report = seed()
    report.prose["overview.requests"] = "甲\n\n乙"
    rows = lines(opened(FORM, report)["一 总体情况"])
    assert rows[0] == ("标题", "一、总体情况")
    assert rows[1] == ("小标题", report.headings["overview.disclosure"])
    assert rows[2] == ("正文", "　　" + report.prose["overview.disclosure"])
    start = rows.index(("小标题", report.headings["overview.requests"]))
    assert rows[start + 1 : start + 4] == [("正文", "　　甲"), ("正文", ""), ("正文", "　　乙")]


def test_a_part_without_a_heading_has_no_empty_row_for_it() -> None:
    rows = lines(opened(FORM, seed())["五六"])
    start = rows.index(("标题", "六、其他需要报告的事项"))
    assert [label for label, _ in rows[start + 1 :]] == ["正文", "正文"]


@pytest.mark.parametrize("length", [30, 600, 40_000])
def test_a_long_paragraph_is_shown_and_read_back_whole(length: int) -> None:
    report = new_report(FORM, 2024, "某镇")
    long = ("按照要求，及时主动公开各类信息。" * length)[:length]
    report.prose["other_matters.text"] = f"{long}\n短"
    sheet = opened(FORM, report)["五六"]
    rows = lines(sheet)
    start = rows.index(("标题", "六、其他需要报告的事项")) + 1
    assert paragraphs(rows[start:]) == [long, "短"]
    for number, (_, text) in enumerate(rows, start=1):
        height = sheet.row_dimensions[number].height
        assert height is not None
        assert height <= 409  # the most that Excel allows
        # 28 characters a line of at most 16 × 1.25 points, as 仿宋_GB2312 takes them
        assert height >= -(-len(text) // 28) * 20
        assert len(text) <= 32_767


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    report = new_report(FORM, 2024, text)
    report.facts[Fact.TITLE] = text
    report.headings["overview.disclosure"] = text
    report.prose["overview.disclosure"] = text
    book = opened(FORM, report)
    cells = [
        book["封面"]["A1"],
        book["封面"]["B2"],
        book["一 总体情况"]["B2"],
    ]
    for cell in cells:
        assert (cell.data_type, cell.value) == ("s", text)
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))
    assert book["一 总体情况"]["B3"].value == "　　" + text
    assert not [
        cell
        for sheet in (book["封面"], book["一 总体情况"], book["五六"])
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_characters_that_no_workbook_can_hold_are_dropped() -> None:
    assert cell_text("甲\x00乙\x1b\ufffe丙\ud800") == "甲乙丙"
    assert cell_text("甲\r\n乙\r丙\t𬭎") == "甲\n乙\n丙\t𬭎"


def test_what_excel_would_unescape_is_escaped() -> None:
    assert cell_text("_x0041_ _xyz_") == "_x005F_x0041_ _xyz_"


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(max_examples=DEAR)
@given(data=st.data())
def test_any_report_gives_a_sound_file_and_always_the_same(form: Form, data: st.DataObject) -> None:
    report = data.draw(reports(form))
    content = render_workbook(form, report)
    assert content == render_workbook(form, report)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ET.fromstring(archive.read(name))
    load_workbook(BytesIO(content))


@given(prose=written)
@settings(max_examples=2 * DEAR)
def test_prose_is_read_back_from_its_rows(prose: str) -> None:
    report = Report("2021", prose={"other_matters.text": prose})
    rows = lines(opened(FORM, report)["五六"])
    start = rows.index(("标题", "六、其他需要报告的事项")) + 1
    assert paragraphs(rows[start:]) == cell_text(prose).split("\n")


def test_nothing_of_the_pc_or_of_the_clock_is_in_the_file() -> None:
    content = render_workbook(FORM, seed())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "2024年政府信息公开工作年度报告" in core
    assert "年报台" in core
    assert "created" not in core
    assert "modified" not in core


def test_the_file_names_the_version_that_made_it() -> None:
    assert opened(FORM, seed()).properties.creator == f"年报台 {__version__}"


def test_remarks_stay_inside() -> None:
    report = seed()
    ref = next(iter(report.cells))
    report.remarks[ref] = "内部备注"
    with zipfile.ZipFile(BytesIO(render_workbook(FORM, report))) as archive:
        assert not [name for name in archive.namelist() if "内部备注" in archive.read(name).decode()]


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
def test_only_what_is_filled_in_can_be_typed_into(form: Form) -> None:
    book = opened(form, new_report(form, 2024, "某镇"))
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        first = sheet[sheet.sheet_view.selection[-1].activeCell]
        assert not first.protection.locked
    cover = book["封面"]
    assert [cover[f"A{row}"].protection.locked for row in (2, 3, 4)] == [True] * 3
    assert [cover[f"B{row}"].protection.locked for row in (2, 3, 4)] == [False] * 3
    prose = book.worksheets[1]
    for row in prose.iter_rows():
        assert row[0].protection.locked
        assert row[1].protection.locked == (row[0].value == "标题")


def test_a_part_says_beside_its_cell_what_it_asks() -> None:
    sheet = opened(FORM, new_report(FORM, 2024, "某镇"))["五六"]
    prompts = {str(rule.sqref): rule.prompt for rule in sheet.data_validations.dataValidation}
    assert prompts["B3"] == FORM.parts["problems.problems"].asks
    assert all(len(prompt) <= 255 for prompt in prompts.values())


def test_a_heading_begins_the_page_with_its_text() -> None:
    report = new_report(FORM, 2024, "某镇")
    for part in ("disclosure", "requests", "management"):
        report.prose[f"overview.{part}"] = "字" * 250
    sheet = opened(FORM, report)["一 总体情况"]
    breaks = [entry.id for entry in sheet.row_breaks.brk]
    assert breaks
    labels = [label for label, _ in lines(sheet)]
    for row in breaks:
        assert labels[row] == "小标题"  # the row below the break, counted from 0


def test_every_sheet_prints_on_a4_one_page_wide_with_its_number() -> None:
    for sheet in opened(FORM, seed()).worksheets:
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr == PageSetupProperties(fitToPage=True)
        assert sheet.print_area
        assert sheet.HeaderFooter.differentOddEven
        assert str(sheet.HeaderFooter.oddFooter) == '&R&"宋体,Regular"&14 — &P —　'
        assert str(sheet.HeaderFooter.evenFooter) == '&L&"宋体,Regular"&14 　— &P —'
        margins = sheet.page_margins
        assert [round(side * 25.4, 1) for side in (margins.top, margins.left, margins.right)] == [37, 28, 26]


def test_a_paragraph_with_a_long_address_has_a_line_to_spare() -> None:
    def height(address: str) -> float:
        report = new_report(FORM, 2024, "某镇")
        report.prose["other_matters.text"] = f"本报告的电子版可在政府网站（{address}）下载。"
        sheet = opened(FORM, report)["五六"]
        number = next(row for row, (_, text) in enumerate(lines(sheet), start=1) if address in text)
        return sheet.row_dimensions[number].height or 0.0

    assert height("http://www.spt.gov.cn/") >= height("某" * 11) + 20
