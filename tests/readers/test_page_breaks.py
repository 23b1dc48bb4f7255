"""A table over a page's end is read whole: a row that is cut, a second head, the line 续表."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportdesk.readers.files.visible import VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.readers.pdf.reader import read_pdf
from reportdesk.readers.recognise.proposal import propose_best
from reportdesk.store.file import read_report
from tests.readers.laid import cut, figures, laid
from tests.readers.numbered import FORM, REQUESTS, doubts, in_table, numbered, read

OFFICE = Path(__file__).parents[1] / "data" / "office"
TABLE = laid(REQUESTS, figures(FORM, numbered()))


def row_of(label: str) -> int:
    return next(cell.row for cell in TABLE.cells if cell.text.startswith(label))


def torn(label: str, after: int, *, head: bool, numbers_below: bool = False) -> list[VisibleTable]:
    """表三 cut through the row of that label: some of its characters stand on the next page."""
    row = row_of(label)
    first, second = cut(TABLE, row + 1, head_rows=3 if head else 0)
    top = 3 if head else 0
    below = [cell._replace(row=cell.row + 1) if cell.row >= top else cell for cell in second.cells]
    below = [
        cell._replace(row=top, rows=cell.rows + 1)
        if cell.row == top + 1 and not cell.text and cell.column < 3
        else cell
        for cell in below
    ]
    above = []
    for cell in first.cells:
        if cell.row == row and cell.text.startswith(label):
            below.append(VisibleCell(cell.text[after:], top, cell.column, 1, cell.columns))
            above.append(cell._replace(text=cell.text[:after]))
        elif cell.row == row and cell.column >= 3:
            below.append(cell._replace(row=top, text=cell.text if numbers_below else ""))
            above.append(cell._replace(text="" if numbers_below else cell.text))
        else:
            above.append(cell)
    return [VisibleTable(tuple(above)), VisibleTable(tuple(below))]


@pytest.mark.parametrize("numbers", ["above", "below"])
@pytest.mark.parametrize("head", ["a second head", "no second head"])
@pytest.mark.parametrize(
    ("label", "after"), [("1.信访", 4), ("3.危及", 5), ("2.申请人逾期", 12), ("7.属于行政", 3)]
)
def test_a_row_that_a_pages_end_cuts_is_one_row(label: str, after: int, head: str, numbers: str) -> None:
    proposal = read(*torn(label, after, head=head == "a second head", numbers_below=numbers == "below"))
    assert proposal.cells == in_table("requests")
    assert "表三" not in doubts(proposal)


def test_two_whole_rows_at_a_pages_end_stay_two() -> None:
    row = row_of("2.重复申请")
    blank = {
        ref: "" if ref.row == "not_processed_repeat" else text
        for ref, text in figures(FORM, numbered()).items()
    }
    proposal = read(*cut(laid(REQUESTS, blank), row, head_rows=3))
    assert {ref.row for ref in proposal.blank if ref.table == "requests"} == {"not_processed_repeat"}
    assert not any(ref.table == "requests" for ref in proposal.missing)


@pytest.mark.parametrize("says", ["续表", "（续表）", "续上表", "表三（续）", "续表1：", "接上页"])
def test_a_line_that_says_that_the_table_goes_on_is_no_prose(says: str) -> None:
    first, second = cut(TABLE, row_of("2.重复申请"), head_rows=3)
    heading = VisibleParagraph("三、收到和处理政府信息公开申请情况", 1)
    proposal = read(heading, first, VisibleParagraph(says), second)
    assert proposal.cells == in_table("requests")
    assert says not in doubts(proposal)
    assert says not in "".join(proposal.prose.values())


def test_an_offices_row_cut_by_a_pages_end_is_read() -> None:
    proposal = propose_best(read_pdf((OFFICE / "row-cut-by-page-end.pdf").read_bytes()))
    assert proposal.cells == read_report(OFFICE / "base2025.gknb").report.cells
    assert doubts(proposal) == ""
