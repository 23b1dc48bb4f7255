"""Whole files: published ones, those of another edition, and what is attached to our own."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.table import Table as WordTable

from reportdesk.exports.html import render_page
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.form.layout import lay_out
from reportdesk.form.load import load_form, parse_form
from reportdesk.form.spec import CellRef
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.files.visible import Seen, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.readers.pdf.reader import read_pdf
from reportdesk.readers.recognise.proposal import Proposal, propose, propose_best, propose_report
from reportdesk.readers.text.html import read_web
from reportdesk.readers.word.reader import read_word
from reportdesk.report.document import Fact, Report, UnitKind, Value
from reportdesk.report.file.codec import encode
from reportdesk.report.public_copy import public_copy
from reportdesk.resources import resource
from tests.readers.laid import edited, figures, laid
from tests.test_example import example

DATA = Path(__file__).parents[1] / "data"
OLD, FORM = load_form("2019"), load_form("2021")


def numbered(edition: str) -> dict[CellRef, Value]:
    form = load_form(edition)
    typed = [ref for ref in form.kind_of if ref not in form.totals]
    return {ref: Decimal(n) if form.kind_of[ref].places else n for n, ref in enumerate(typed, 101)}


def doubts(proposal: Proposal) -> str:
    return "\n".join(outcome.says for outcome in proposal.of(Standing.DOUBTFUL))


@pytest.fixture(scope="module")
def huaian() -> Proposal:
    return propose_best(read_pdf((DATA / "huaian-2024.pdf").read_bytes()))


def test_all_200_numbers_of_a_published_pdf_are_right(huaian: Proposal) -> None:
    known = json.loads((DATA / "huaian-2024.json").read_text(encoding="utf-8"))
    wanted = [*known["表二"], *(number for row in known["表三"] for number in row), *known["表四"]]
    read = {**huaian.cells, **huaian.reported}
    assert [str(read.get(ref)) for ref in FORM.kind_of] == [str(number) for number in wanted]
    assert len(wanted) == 200
    assert not huaian.disagreements
    assert not huaian.missing


def test_the_prose_of_a_published_pdf_stands_in_its_sections(huaian: Proposal) -> None:
    ends = {part: (text[:10], text[-10:]) for part, text in huaian.prose.items()}
    assert ends == {
        "opening": ("本报告由淮安市人民政", "@163.com）。"),
        "overview.disclosure": ("2024年，我市坚持", "法规、回应舆论关切。"),
        "overview.requests": ("定期对政府信息公开申", "9件，尚未审结7件。"),
        "overview.management": ("在政府网站、政务新媒", "互联网政务服务平台。"),
        "overview.platforms": ("进一步优化政务公开专", "合格率均为100%。"),
        "overview.supervision": ("根据省政务公开年度和", "员的工作能力和水平。"),
        "problems.problems": ("对照上级新要求和公众", "、流动性过快的问题。"),
        "problems.improvements": ("针对存在问题，下一步", "励，增强队伍凝聚力。"),
        "other_matters.text": ("2024年，市政府严", "息处理费3940元。"),
    }
    assert huaian.headings["overview.platforms"] == "（四）政府信息公开平台建设情况。"
    assert huaian.facts == {Fact.YEAR: "2024", Fact.TITLE_NAME: "淮安市人民政府"}


def filled_template(shown: dict[CellRef, str]) -> bytes:
    """The official Word template with a number typed into every cell of its tables."""
    document = docx.Document(str(DATA / "form-template.docx"))
    for table, word in zip(FORM.tables.values(), document.tables, strict=True):
        fill(word, {(cell.row, cell.column): shown[ref] for ref, cell in lay_out(table).place_of.items()})
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def fill(word: WordTable, texts: dict[tuple[int, int], str]) -> None:
    for (row, column), text in texts.items():
        cell = word.rows[row].cells[column]
        cell.paragraphs[0].text = text


def test_the_official_template_filled_in_is_read() -> None:
    wanted = numbered("2021")
    proposal = propose_best(read_word(filled_template(figures(FORM, wanted))))
    assert proposal.cells == wanted
    assert len(proposal.reported) == 34
    assert not proposal.disagreements


def page_of(edition: str) -> Seen:
    """A report of that edition as our page shows it, every cell another number."""
    form = load_form(edition)
    report = Report(edition, {Fact.YEAR: "2020", Fact.TITLE_NAME: "青禾县白河镇"}, cells=numbered(edition))
    return read_web(render_page(form, report).encode())


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_edition_that_fits_is_chosen(edition: str) -> None:
    proposal = propose_best(page_of(edition))
    assert proposal.form.edition == edition
    assert proposal.cells == numbered(edition)
    assert proposal.to_report().edition == edition


def test_changes_of_2019_are_signed_and_amounts_have_units() -> None:
    table = OLD.tables["disclosure"]
    change, amount = (
        CellRef("disclosure", "licences", "change"),
        CellRef("disclosure", "central_procurement", "amount"),
    )
    shown = {**figures(OLD, numbered("2019")), change: "+2", amount: "123.4567万元"}
    shown[change._replace(row="penalties")] = "-3"
    proposal = propose(Seen((laid(table, shown),)), OLD)
    assert proposal.cells[change] == 2
    assert proposal.cells[change._replace(row="penalties")] == -3
    assert str(proposal.cells[amount]) == "123.4567"


def test_a_mixed_report_is_read_by_the_edition_that_loses_least() -> None:
    """表二 of 2021 beside 表三 with one row （六）, as published between 2022 and 2025."""
    old, new = figures(OLD, numbered("2019")), figures(FORM, numbered("2021"))
    tables = (
        laid(FORM.tables["disclosure"], new),
        laid(OLD.tables["requests"], old),
        laid(FORM.tables["disputes"], new),
    )
    proposal = propose_best(Seen((VisibleParagraph("青禾县白河镇2023年政府信息公开工作年度报告"), *tables)))
    assert proposal.form.edition == FORM.edition
    assert "已计入“3.其他”" in doubts(proposal)
    assert not proposal.disagreements


def test_columns_of_another_edition_are_not_taken_for_ours() -> None:
    proposal = propose(page_of("2019"), FORM)
    assert CellRef("disclosure", "regulations", "issued") in proposal.missing
    assert "表二里有数字没有读入" in doubts(proposal)


def our_pdf(report: Report, attached: Report | None = None) -> Seen:
    seen = read_pdf(render_pdf(FORM, report, faces=bundled_faces()).content)
    return replace(seen, attached=encode(public_copy(attached or report)))


def test_attached_data_give_what_is_not_printed() -> None:
    report = example()
    report.facts[Fact.UNIT_KIND] = UnitKind.TOWNSHIP.value
    proposal = propose(our_pdf(report), FORM)
    assert proposal.attached is not None
    back = proposal.to_report()
    assert back.facts == public_copy(report).facts
    assert (back.prose, back.headings, back.cells) == (report.prose, report.headings, report.cells)


def changed_number(report: Report) -> None:
    report.cells[CellRef("requests", "new", "person")] = 5


def changed_sentence(report: Report) -> None:
    report.prose["problems.problems"] = "改过的一句。"


@pytest.mark.parametrize("change", [changed_number, changed_sentence])
def test_what_is_visible_counts_where_attached_data_say_otherwise(change: Callable[[Report], None]) -> None:
    visible = example()
    change(visible)
    proposal = propose(our_pdf(visible, attached=example()), FORM)
    assert proposal.attached is None
    assert proposal.to_report().cells == visible.cells
    assert proposal.to_report().prose == visible.prose
    assert "附带的数据与看得见的内容不一致" in doubts(proposal)


def test_attached_data_that_are_broken_are_passed_over() -> None:
    seen = replace(our_pdf(example()), attached=b'{"format": "reportdesk"')
    assert propose(seen, FORM).to_report().cells == example().cells


def test_our_own_file_is_proposed_whole() -> None:
    proposal = propose_report(example(), FORM, ("校验码不符。",))
    assert proposal.to_report() == example()
    assert proposal.to_report().cells is not example().cells
    assert not proposal.missing
    assert "校验码不符。" in doubts(proposal)


def test_a_file_without_a_report_proposes_nothing() -> None:
    proposal = propose_best(Seen((VisibleParagraph("关于召开会议的通知"), VisibleParagraph("请准时参加。"))))
    assert proposal.is_empty
    assert proposal.missing == {ref for ref in FORM.kind_of if ref not in FORM.totals}


def test_a_label_that_was_mistyped_in_our_own_page_is_read_all_the_same() -> None:
    shown = figures(FORM, numbered("2021"))
    table = edited(
        laid(FORM.tables["disputes"], shown), 未经复议直接起诉="未经复议直接诉讼", 尚未审结="未审结"
    )
    assert propose(Seen((table,)), FORM).cells == {
        ref: value for ref, value in numbered("2021").items() if ref.table == "disputes"
    }


def test_our_sheets_of_prose_are_read_whatever_a_program_made_of_them() -> None:
    """A browser's or a printer's copy of the workbook: what stands beside each line is a table's cell."""
    lines = (
        ("标题", "一、总体情况"),
        ("小标题", "（一）主动公开"),
        ("正文", "公开了10条。"),
        ("接上行", "还有2条。"),
    )
    cells = tuple(
        VisibleCell(text, row, column) for row, line in enumerate(lines) for column, text in enumerate(line)
    )
    proposal = propose(Seen((VisibleTable(cells),)), FORM)
    assert proposal.prose["overview.disclosure"] == "公开了10条。\n还有2条。"
    assert not any("不是年报里的" in outcome.says for outcome in proposal.of(Standing.DOUBTFUL))


def test_an_opening_that_a_form_gives_no_heading_is_named_all_the_same() -> None:
    source = resource("forms", "2021.toml").read_text(encoding="utf-8")
    form = parse_form(source.replace('heading = "开头"', 'heading = ""'))
    assert not form.parts["opening"].heading
    proposal = propose_report(Report("2021", prose={"opening": "本年报按要求编制。"}), form)
    assert "开头：读到文字。" in [outcome.says for outcome in proposal.of(Standing.FOUND)]
