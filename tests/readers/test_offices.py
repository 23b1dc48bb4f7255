"""填报表 that offices return: whose numbers count, what is said of each office, and sums that are ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportdesk.exports.excel.blank_workbook import render_collection
from reportdesk.exports.excel.workbook import render_workbook
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.intake.apply_import import begin_from_file, take_in
from reportdesk.intake.differences import differences
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.read_file import read_file, read_files
from reportdesk.readers.recognise.proposal import Proposal, Standing
from reportdesk.report.document import Report, new_report
from reportdesk.report.edits import apply_edit
from tests.exports.test_collection import places

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
OFFICE = Path(__file__).parents[1] / "data" / "office"
FORM = load_form("2021")
OFFICES = ("党政办", "司法所", "自然资源所")
NEW = CellRef("requests", "new", "person")
OLD = CellRef("requests", "carried_in", "person")
LICENCES = CellRef("disclosure", "licences", "decisions")
Written = Mapping[str, Mapping[CellRef, int | str]]


@cache
def made_blank(year: int) -> bytes:
    return render_collection(FORM, unit(year), OFFICES)


def unit(year: int = 2025) -> Report:
    return new_report(FORM, year, "示例镇人民政府", "示例镇")


def returned(path: Path, written: Written, year: int = 2025) -> Path:
    """The blank form as offices fill it in, saved by a program that works no formula out."""
    book = load_workbook(BytesIO(made_blank(year)))
    for office, numbers in written.items():
        for ref, value in numbers.items():
            book[office].cell(*places(book[office], FORM)[ref]).value = value
    book.save(path)
    return path


def said(proposal: Proposal, standing: Standing) -> str:
    return "\n".join(one.says for one in proposal.of(standing))


def test_returned_workbooks_are_added_office_by_office(tmp_path: Path) -> None:
    one = returned(tmp_path / "党政办.xlsx", {"党政办": {NEW: 5, OLD: 0}})
    two = returned(tmp_path / "司法所.xlsx", {"司法所": {NEW: 7, LICENCES: 3}})
    proposal = read_files([one, two])
    assert proposal.cells == {NEW: 12, OLD: 0, LICENCES: 3}
    assert proposal.of(Standing.DOUBTFUL) == ()
    assert "“党政办”（党政办.xlsx）：填了 2 格，164 格是空白。" in said(proposal, Standing.FOUND)
    assert "“司法所”（司法所.xlsx）：填了 2 格，164 格是空白。" in said(proposal, Standing.FOUND)
    assert "没有填数字的科室：“自然资源所”。" in said(proposal, Standing.NOT_FOUND)
    sources = proposal.to_report().sources
    assert [(s.office, s.value, s.file) for s in sources[NEW]] == [
        ("党政办", 5, "党政办.xlsx"),
        ("司法所", 7, "司法所.xlsx"),
    ]


@pytest.mark.parametrize(
    ("written", "value", "says"),
    [
        ("3件", 3, "是文本，不是数字"),
        ("3", 3, "是文本，不是数字"),
        (" ３ ", 3, "是文本，不是数字"),
        ("共3件", None, "“共3件”不是数字"),
        ("约3", None, "“约3”不是数字"),
        ("见附件", None, "见附件"),
        ("1 2", None, "1 2"),
    ],
)
def test_what_is_no_plain_number_is_named_with_office_and_cell(
    tmp_path: Path, written: str, value: int | None, says: str
) -> None:
    path = returned(tmp_path / "填报表.xlsx", {"党政办": {NEW: 5}, "司法所": {NEW: written}})
    proposal = read_file(path)
    assert proposal.cells == {NEW: 5 + (value or 0)}
    (doubt,) = [one for one in proposal.of(Standing.DOUBTFUL) if says in one.says]
    assert doubt.says.startswith("“司法所”：表三 一、本年新收政府信息公开申请数量 自然人：")
    assert doubt.cells == (NEW,)
    assert begin_from_file(proposal, path.name).unverified == {NEW: True}


def test_the_same_office_twice_counts_once_and_what_differs_is_named(tmp_path: Path) -> None:
    one = returned(tmp_path / "一.xlsx", {"党政办": {NEW: 5, OLD: 1}})
    same = returned(tmp_path / "二.xlsx", {"党政办": {NEW: 5, OLD: 1}})
    other = returned(tmp_path / "三.xlsx", {"党政办": {NEW: 6, OLD: 1}})
    again = read_files([one, same])
    assert again.cells == {NEW: 5, OLD: 1}
    assert "“党政办”（二.xlsx）与“党政办”（一.xlsx）是同一个科室，数字也相同，只算了一次" in said(
        again, Standing.DOUBTFUL
    )
    differing = read_files([one, other])
    assert differing.cells == {NEW: 5, OLD: 1}
    assert (
        "有 1 格不一样（如表三 一、本年新收政府信息公开申请数量 自然人），只算了“党政办”（一.xlsx）的"
        in said(differing, Standing.DOUBTFUL)
    )


def test_a_sheet_of_another_year_is_named_and_not_counted(tmp_path: Path) -> None:
    now = returned(tmp_path / "今年.xlsx", {"党政办": {NEW: 5}})
    then = returned(tmp_path / "去年.xlsx", {"司法所": {NEW: 7}}, year=2024)
    proposal = read_files([now, then])
    assert proposal.cells == {NEW: 5}
    assert "“司法所”（去年.xlsx）填的是2024年的，不是2025年的，没有算进去" in said(
        proposal, Standing.DOUBTFUL
    )


def test_a_file_that_is_no_returned_workbook_is_named_and_the_others_are_added(tmp_path: Path) -> None:
    one = returned(tmp_path / "一.xlsx", {"党政办": {NEW: 5}})
    two = returned(tmp_path / "二.xlsx", {"司法所": {NEW: 7}})
    whole = tmp_path / "年报.xlsx"
    whole.write_bytes(render_workbook(FORM, unit()))
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    proposal = read_files([one, whole, broken, two])
    assert proposal.cells == {NEW: 12}
    assert "“年报.xlsx”没有算进去：里面没有科室填报的表" in said(proposal, Standing.DOUBTFUL)
    assert "“坏.xlsx”没有算进去" in said(proposal, Standing.DOUBTFUL)
    with pytest.raises(UnreadableError, match="年报"):
        read_files([whole, broken])


def test_numbers_typed_before_the_offices_sheets_are_not_lost(tmp_path: Path) -> None:
    """An office that filled in 表三 itself instead of its sheet."""
    one = returned(tmp_path / "一.xlsx", {"党政办": {NEW: 5}})
    typed = load_workbook(BytesIO(made_blank(2025)))
    typed["表三"]["D5"].value = 7
    typed.save(tmp_path / "二.xlsx")
    proposal = read_files([one, tmp_path / "二.xlsx"])
    assert proposal.cells == {NEW: 12}
    assert "二.xlsx里科室的表没有填，按它前面的表算作一个科室" in said(proposal, Standing.DOUBTFUL)


def test_sums_of_the_file_are_compared_with_ours(tmp_path: Path) -> None:
    path = returned(tmp_path / "填报表.xlsx", {"党政办": {NEW: 5}, "司法所": {NEW: 3}})
    book = load_workbook(path)
    book["表三"]["D5"].value = 5  # as a program keeps it that counts no text
    book.save(path)
    proposal = read_file(path)
    assert proposal.cells == {NEW: 8}
    assert "前面的表写的是 5，各科室的表相加是 8，按相加的读入" in said(proposal, Standing.DOUBTFUL)


def test_offices_numbers_go_into_the_report_with_where_they_come_from(tmp_path: Path) -> None:
    """The opening is still the draft that the blank form came with: no difference."""
    report = unit()
    report.prose[FORM.opening.id] = "自己写的开头。"
    path = returned(tmp_path / "填报表.xlsx", {"党政办": {NEW: 5}, "司法所": {NEW: 3}})
    proposal = read_file(path)
    found = differences(FORM, report, proposal)
    assert [(one.before, one.after) for one in found] == [("（空白）", "8")]
    apply_edit(report, take_in(report, FORM, proposal, found, path.name))
    assert report.cells == {NEW: 8}
    assert [(one.office, one.value, one.file) for one in report.sources[NEW]] == [
        ("党政办", 5, "填报表.xlsx"),
        ("司法所", 3, "填报表.xlsx"),
    ]


def test_a_filled_form_of_an_earlier_version_with_texts_in_it() -> None:
    """Three offices filled 1, 3 and 4 into every cell; some wrote 3件, 共3件, 约3 or /."""
    proposal = read_file(OFFICE / "offices-texts.xlsx")
    told = said(proposal, Standing.DOUBTFUL)
    odd = {
        LICENCES: 5,
        CellRef("disclosure", "penalties", "decisions"): 4,
        CellRef("requests", "new", "enterprise"): 5,
    }
    odd[CellRef("requests", "granted", "person")] = 5
    wrong = {ref: value for ref, value in proposal.cells.items() if value != odd.get(ref, 8)}
    assert wrong == {}
    assert len(proposal.cells) == 166
    for words in ("“共3件”不是数字", "“约3”不是数字", "写的是“/”", "写的是“无”"):
        assert words in told
    assert "“科室3”：表三 一、本年新收政府信息公开申请数量 自然人" in told
    assert "前面的表写的是 5，各科室的表相加是 8" in told
    doubted = {ref for one in proposal.of(Standing.DOUBTFUL) for ref in one.cells}
    assert odd.keys() <= doubted


def test_a_block_that_broke_merged_cells_of_an_earlier_version_is_named() -> None:
    """Each second number lay on a covered cell and was in no sum; nothing said so."""
    proposal = read_file(OFFICE / "offices-pasted-block.xlsx")
    (doubt,) = [one for one in proposal.of(Standing.DOUBTFUL) if one.cells]
    assert set(doubt.cells) == proposal.cells.keys()
    assert len(doubt.cells) == 27
    assert "没有对齐，请对照原文件逐格核对" in doubt.says
