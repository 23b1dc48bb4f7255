"""Last year's numbers before or beside this year's in one file: this year's are read, and that is told."""

import pytest

from reportdesk.form.spec import CellRef
from reportdesk.readers.files.visible import Visible, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.report.document import Value
from tests.readers.laid import figures, laid
from tests.readers.numbered import DISPUTES, FORM, REQUESTS, doubts, in_table, numbered, read
from tests.readers.office import base, otherwise, proposed

LAST: dict[CellRef, Value] = {ref: value + 1000 for ref, value in numbered().items()}


def table(cells: dict[CellRef, Value], *, name: str = "") -> VisibleTable:
    return VisibleTable(laid(REQUESTS, figures(FORM, cells)).cells, name)


def line(text: str) -> Visible:
    return VisibleParagraph(text)


TITLE = line("常乐镇2025年政府信息公开工作年度报告")


@pytest.mark.parametrize(
    ("last", "this"),
    [("2024年：", "2025年："), ("（2024年度）", "（2025年度）"), ("上年情况", "本年情况"), ("去年", "今年"),
     ("2024年申请情况统计表", "2025年申请情况统计表"), ("附：2024年数据", "2025年数据如下：")],
)  # fmt: skip
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("titled", [True, False])
def test_a_line_over_a_table_tells_its_year(last: str, this: str, order: int, titled: bool) -> None:  # noqa: FBT001 - a parameter of tests
    shown = [(line(last), table(LAST)), (line(this), table(numbered()))][::order]
    proposal = read(*([TITLE] if titled else []), *(one for both in shown for one in both))
    assert proposal.cells == in_table("requests")
    assert "只读入了" in doubts(proposal)
    assert not [text for text in proposal.prose.values() if last in text]


def test_a_unit_may_stand_between_the_line_and_its_table() -> None:
    last, this = (
        (line("2024年："), line("（单位：件）"), table(LAST)),
        (line("2025年："), line("单位：件"), table(numbered())),
    )
    assert read(*last, *this).cells == in_table("requests")


def test_a_sheets_name_may_say_last_year() -> None:
    assert read(table(LAST, name="上年"), table(numbered(), name="本年")).cells == in_table("requests")


def beside(first: dict[CellRef, Value], second: dict[CellRef, Value], *years: str) -> VisibleTable:
    """Two years' numbers in one table, a year over the columns of each."""
    left = laid(DISPUTES, figures(FORM, first)).cells
    right = laid(DISPUTES, figures(FORM, second)).cells
    width = max(cell.column + cell.columns for cell in left)
    over = [VisibleCell(year, 0, width * at, 1, width) for at, year in enumerate(years)]
    cells = [*left, *(cell._replace(column=cell.column + width) for cell in right)]
    return VisibleTable((*over, *(cell._replace(row=cell.row + 1) for cell in cells)))


@pytest.mark.parametrize(
    ("last", "this"), [("2024年", "2025年"), ("上年", "本年"), ("2024年度数据", "2025年度数据")]
)
@pytest.mark.parametrize("first", [True, False])
def test_columns_of_last_year_beside_this_years_are_not_read(last: str, this: str, first: bool) -> None:  # noqa: FBT001 - a parameter of tests
    shown = beside(LAST, numbered(), last, this) if first else beside(numbered(), LAST, this, last)
    proposal = read(shown)
    assert proposal.cells == in_table("disputes")
    assert "只读入了最近一年的" in doubts(proposal)


@pytest.mark.parametrize("order", [1, -1])
def test_rows_of_last_year_above_this_years_are_not_read(order: int) -> None:
    whole = laid(DISPUTES, figures(FORM, numbered()))
    last = max(cell.row for cell in whole.cells)
    head = [cell._replace(column=cell.column + 1) for cell in whole.cells if cell.row < last]
    rows: list[VisibleCell] = []
    for at, (year, cells) in enumerate([("2024年", LAST), ("2025年", numbered())][::order]):
        own = [cell for cell in laid(DISPUTES, figures(FORM, cells)).cells if cell.row == last]
        rows += [
            VisibleCell(year, last + at, 0),
            *(cell._replace(row=last + at, column=cell.column + 1) for cell in own),
        ]
    proposal = read(VisibleTable((VisibleCell("年度", 0, 0, last), *head, *rows)))
    assert proposal.cells == in_table("disputes")
    assert "2024 年" in doubts(proposal)


def test_a_mere_mention_of_another_year_over_a_table_is_nothing() -> None:
    assert read(line("比2024年有所增加"), table(numbered())).cells == in_table("requests")


def test_the_given_file_with_last_years_table_first_gives_this_years_numbers() -> None:
    proposal = proposed("last-year-first.docx")
    assert not otherwise(proposal, base("base2025"))
    assert "2024年：" not in "".join(proposal.prose.values())


def on_one_sheet(*shown: Visible) -> VisibleTable:
    """All of it in the rows of one table, as a sheet that holds a whole report has it."""
    cells: list[VisibleCell] = []
    row = 0
    for visible in shown:
        if isinstance(visible, VisibleParagraph):
            cells.append(VisibleCell(visible.text, row, 0))
            row += 1
        else:
            cells += [cell._replace(row=cell.row + row) for cell in visible.cells]
            row = 1 + max(cell.row + cell.rows - 1 for cell in cells)
    return VisibleTable(tuple(cells))


@pytest.mark.parametrize("order", [1, -1])
def test_lines_among_a_sheets_rows_tell_the_years_of_what_stands_below(order: int) -> None:
    years = [
        ("2024年收到和处理政府信息公开申请情况", LAST),
        ("2025年收到和处理政府信息公开申请情况", numbered()),
    ]
    both = [one for text, cells in years[::order] for one in (line(text), table(cells))]
    section, disputes = (
        line("四、政府信息公开行政复议、行政诉讼情况"),
        laid(DISPUTES, figures(FORM, numbered())),
    )
    proposal = read(on_one_sheet(TITLE, line("三、收到和处理政府信息公开申请情况"), *both, section, disputes))
    assert proposal.cells == in_table("requests") | in_table("disputes")
    assert "只读入了" in doubts(proposal)
    assert "不一样" not in doubts(proposal)


def test_a_table_of_last_year_that_a_page_cuts_goes_on_as_last_years() -> None:
    whole = table(LAST)
    upper = VisibleTable(tuple(cell for cell in whole.cells if cell.row + cell.rows <= 6))
    lower = VisibleTable(tuple(cell._replace(row=cell.row - 6) for cell in whole.cells if cell.row >= 6))
    proposal = read(TITLE, line("2024年情况"), upper, lower, line("2025年情况"), table(numbered()))
    assert proposal.cells == in_table("requests")
    assert "不一样" not in doubts(proposal)


def test_a_day_and_a_title_among_a_sheets_rows_are_no_years_of_tables() -> None:
    proposal = read(on_one_sheet(TITLE, line("2024年公开情况另附"), table(numbered()), line("2026年1月9日")))
    assert proposal.cells == in_table("requests")


def test_a_piece_below_a_pages_end_whose_stub_is_cut_into_more_columns_is_in_no_doubt() -> None:
    whole = table(numbered())
    upper = VisibleTable(tuple(cell for cell in whole.cells if cell.row + cell.rows <= 6))
    lower = VisibleTable(
        tuple(
            cell._replace(row=cell.row - 6, column=cell.column + 1)
            if cell.column
            else cell._replace(row=cell.row - 6, columns=cell.columns + 1)
            for cell in whole.cells
            if cell.row >= 6
        )
    )
    proposal = read(TITLE, upper, lower)
    assert proposal.cells == in_table("requests")
    assert "没有对齐" not in doubts(proposal)
