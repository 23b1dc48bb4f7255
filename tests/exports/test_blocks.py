"""What is printed, in which order, whatever the file format."""

import pytest

from reportdesk.exports.blocks import (
    Closing,
    Paragraph,
    PartHeading,
    SectionHeading,
    TableBlock,
    Title,
    clean,
    report_blocks,
)
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report, new_report
from tests.editions import EDITION_IDS, FORMS
from tests.test_example import example, plain, reference_prose

FORM = load_form("2021")


def blank() -> Report:
    return new_report(FORM, 2024, "示例市示例区示例镇人民政府", "示例镇")


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
def test_every_section_and_table_of_any_edition_is_printed_in_order(form: Form) -> None:
    blocks = report_blocks(form, new_report(form, 2024, "示例镇人民政府"))
    assert [block.text for block in blocks if isinstance(block, SectionHeading)] == [
        section.title for section in form.sections
    ]
    assert [block.table.id for block in blocks if isinstance(block, TableBlock)] == list(form.tables)
    assert isinstance(blocks[0], Title)


def test_the_example_s_prose_is_the_reference_s() -> None:
    words: list[str] = []
    for block in report_blocks(FORM, example()):
        match block:
            case Title(lines):
                words += lines
            case SectionHeading(text=text) | PartHeading(text=text):
                words.append(text)
            case Paragraph(run_in=run_in, text=text):
                words += [run_in, text]
            case _:
                pass
    printed = plain("".join(words))
    for title in (
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ):
        printed = printed.replace(plain(title), "")
    assert printed == reference_prose()


def test_a_heading_that_ends_in_a_full_stop_runs_in_with_its_first_paragraph() -> None:
    report = blank()
    report.headings["overview.disclosure"] = "（一）主动公开情况。"
    report.prose["overview.disclosure"] = "第一段。\n第二段。"
    blocks = report_blocks(FORM, report)
    assert Paragraph("overview", "overview.disclosure", "第一段。", "（一）主动公开情况。") in blocks
    assert Paragraph("overview", "overview.disclosure", "第二段。") in blocks
    assert not any(isinstance(block, PartHeading) and "主动公开" in block.text for block in blocks)


def test_the_official_heading_stands_alone() -> None:
    report = blank()
    report.prose["overview.disclosure"] = "第一段。"
    blocks = report_blocks(FORM, report)
    place = blocks.index(PartHeading("overview", "overview.disclosure", "（一）主动公开"))
    assert blocks[place + 1] == Paragraph("overview", "overview.disclosure", "第一段。")


def test_a_run_in_heading_without_text_is_still_printed() -> None:
    report = blank()
    report.headings["overview.requests"] = "（二）依申请公开情况。"
    assert PartHeading("overview", "overview.requests", "（二）依申请公开情况。") in report_blocks(
        FORM, report
    )


def test_blank_cells_print_blank_and_totals_are_computed() -> None:
    report = blank()
    report.cells[CellRef("requests", "new", "person")] = 3
    report.cells[CellRef("requests", "new", "other")] = 0
    (table,) = (
        block
        for block in report_blocks(FORM, report)
        if isinstance(block, TableBlock) and block.table.id == "requests"
    )
    assert table.figures[CellRef("requests", "new", "person")] == "3"
    assert table.figures[CellRef("requests", "new", "other")] == "0"
    assert table.figures[CellRef("requests", "new", "enterprise")] == ""
    assert table.figures[CellRef("requests", "new", "total")] == "3"


def test_unit_and_date_close_the_report_only_where_given() -> None:
    report = blank()
    assert not any(isinstance(block, Closing) for block in report_blocks(FORM, report))
    report.facts[Fact.CLOSING_DATE] = "2025年1月9日"
    assert report_blocks(FORM, report)[-1] == Closing("", "2025年1月9日")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("　　段首空格 ", "段首空格"),
        ("零\u200b宽\ufeff字\u00ad符", "零宽字符"),
        ("制\t表\u00a0符", "制 表 符"),
        ("异\U000e0100体\ufe0f", "异体"),
        ("控\x00制\x1b", "控制"),
        ("plain text ", "plain text"),
    ],
)
def test_what_has_no_shape_is_not_printed(typed: str, printed: str) -> None:
    assert clean(typed) == printed
