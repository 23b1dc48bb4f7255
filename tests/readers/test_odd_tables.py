"""Tables whose cells stand askew, twice, in other groups or on their side: read where it is certain, else told."""

from decimal import Decimal

import pytest

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.readers.files.visible import VisibleCell, VisibleTable
from tests.readers.laid import cut, edited, figures, laid
from tests.readers.numbered import (
    DISCLOSURE,
    DISPUTES,
    FORM,
    REQUESTS,
    doubts,
    in_table,
    numbered,
    read,
)


def headless(table: VisibleTable, rows: int) -> VisibleTable:
    return VisibleTable(tuple(cell._replace(row=cell.row - rows) for cell in table.cells if cell.row >= rows))


def test_a_table_without_a_head_is_read_by_the_forms_order_and_told() -> None:
    shown = figures(FORM, numbered())
    proposal = read(laid(DISCLOSURE, shown), headless(laid(REQUESTS, shown), 3))
    assert proposal.cells == in_table("disclosure") | in_table("requests")
    assert "没有找到表三的表头，数字按格式里各栏的顺序读入，请核对。" in doubts(proposal)
    assert not proposal.disagreements


ASKEW = "这一行的格子与表头没有对齐，请对照原文件逐格核对"


def grid_lines(shown: dict[CellRef, str] | None = None) -> list[list[str]]:
    """表三 as a sheet without merges shows it: three columns of labels, seven of numbers."""
    cells = laid(REQUESTS, shown or figures(FORM, numbered()), spans=False).cells
    height = max(cell.row for cell in cells) + 1
    return [[cell.text for cell in cells if cell.row == row] for row in range(height)]


def sheet(lines: list[list[str]]) -> VisibleTable:
    return VisibleTable(
        tuple(
            VisibleCell(text, row, column)
            for row, line in enumerate(lines)
            for column, text in enumerate(line)
        )
    )


def row_of(lines: list[list[str]], label: str) -> int:
    return next(row for row, line in enumerate(lines) if label in line[:3])


def row_name(row: str, table: str = "requests") -> set[CellRef]:
    return {ref for ref in in_table(table) if ref.row == row}


def test_numbers_of_a_row_that_lacks_cells_of_the_stub_are_taken_in_order_and_told() -> None:
    lines = grid_lines()
    lines[3] = [lines[3][0], *lines[3][3:]]
    proposal = read(sheet(lines))
    assert proposal.cells == in_table("requests")
    assert f"表三 一、本年新收政府信息公开申请数量（整行）：{ASKEW}。" in doubts(proposal)


def test_numbers_of_a_row_that_lacks_a_cell_are_told_to_be_doubtful() -> None:
    lines = grid_lines()
    del lines[5][5]
    assert f"表三 （一）予以公开（整行）：{ASKEW}。" in doubts(read(sheet(lines)))


@pytest.mark.parametrize("written", ["0", "12"])
def test_a_number_across_columns_goes_into_none_of_them(written: str) -> None:
    table = laid(REQUESTS, figures(FORM, numbered()))
    row = next(cell.row for cell in table.cells if cell.text.startswith("二、上年结转"))
    kept = [cell for cell in table.cells if cell.row != row or not cell.text.isdecimal()]
    proposal = read(VisibleTable((*kept, VisibleCell(written, row, 3, 1, 7))))
    assert proposal.cells.keys() == in_table("requests").keys() - row_name("carried_in")
    assert f"“{written}”占了几格，分不清是哪一格的数字，没有读入" in doubts(proposal)


def test_a_number_beside_two_rows_goes_into_neither() -> None:
    table = laid(REQUESTS, figures(FORM, numbered()))
    rows = {cell.row for cell in table.cells if cell.text.startswith(("一、本年新收", "二、上年结转"))}
    kept = [cell for cell in table.cells if cell.row not in rows or cell.column != 3]
    proposal = read(VisibleTable((*kept, VisibleCell("55", min(rows), 3, 2, 1))))
    people = {CellRef("requests", row, "person") for row in ("new", "carried_in")}
    assert proposal.cells.keys() == in_table("requests").keys() - people
    assert "“55”占了几格" in doubts(proposal)


def test_a_number_stands_in_the_column_that_it_lies_under_for_the_most_part() -> None:
    """Word lets a row have its own edges: here a number begins a little left of its column's head."""
    finer = laid(REQUESTS, figures(FORM, numbered()))
    row = next(cell.row for cell in finer.cells if cell.text.startswith("二、上年结转"))
    moved = []
    for cell in finer.cells:
        doubled = cell._replace(column=2 * cell.column, columns=2 * cell.columns)
        if cell.row == row and cell.column == 3:
            doubled = doubled._replace(columns=1, text="")
        elif cell.row == row and cell.column == 4:
            doubled = doubled._replace(column=doubled.column - 1, columns=3)
        moved.append(doubled)
    person = CellRef("requests", "carried_in", "person")
    proposal = read(VisibleTable(tuple(moved)))
    assert proposal.cells == {ref: value for ref, value in in_table("requests").items() if ref != person}
    assert person in proposal.blank


def test_a_number_under_no_label_is_not_passed_over_in_silence() -> None:
    lines = [
        [*line[:4], "" if row < 3 else "77", *line[4:]]  # a column without a head beside 自然人
        for row, line in enumerate(grid_lines())
    ]
    proposal = read(sheet(lines))
    assert proposal.cells == in_table("requests")
    assert f"等 25 格：{ASKEW}" in doubts(proposal)


def test_a_piece_with_more_empty_cells_than_columns_shifts_nothing() -> None:
    blank = CellRef("requests", "unavailable_not_held", "enterprise")
    first, second = cut(laid(REQUESTS, {**figures(FORM, numbered()), blank: ""}), 12)
    remarks = [VisibleCell("", row, 10) for row in {cell.row for cell in second.cells}]
    proposal = read(first, VisibleTable((*second.cells, *remarks)))
    assert proposal.cells.items() <= in_table("requests").items()
    assert "对不上格式里的行或列：“1.本机关不掌握相关政府信息”" in doubts(proposal)


def test_rows_with_their_own_numbers_before_the_label_are_read() -> None:
    lines = [["" if row < 3 else str(row - 2), *line] for row, line in enumerate(grid_lines())]
    proposal = read(sheet(lines))
    assert proposal.cells == in_table("requests")
    assert "表三" not in doubts(proposal)


def test_a_row_of_another_group_is_not_taken_for_one_of_the_same_words() -> None:
    lines = grid_lines()
    last = row_of(lines, "5.要求行政机关确认或重新出具已获取信息")
    lines.insert(last + 1, ["", "", "6.其他", "1", "2", "3", "4", "5", "6", "21"])
    proposal = read(sheet(lines))
    assert proposal.cells == in_table("requests")
    assert "对不上格式里的行或列：“6.其他”" in doubts(proposal)


@pytest.mark.parametrize(("written", "value"), [("无", None), ("3起", 3), ("2（含上年1）", None)])
def test_one_odd_cell_does_not_cost_the_row_of_a_table_without_a_stub(
    written: str, value: int | None
) -> None:
    ref = CellRef("disputes", "cases", "direct_suit_upheld")
    proposal = read(laid(DISPUTES, {**figures(FORM, numbered()), ref: written}))
    others = {cell: number for cell, number in in_table("disputes").items() if cell != ref}
    assert proposal.cells == others | ({ref: value} if value is not None else {})
    assert "表四 行政诉讼 未经复议直接起诉 结果维持：" in doubts(proposal)


def test_a_label_beside_the_row_of_a_table_without_a_stub_does_not_cost_it() -> None:
    table = laid(DISPUTES, figures(FORM, numbered()), spans=False)
    beside = VisibleCell("件数", 3, 0)
    moved = VisibleTable((*(cell._replace(column=cell.column + 1) for cell in table.cells), beside))
    assert read(moved).cells == in_table("disputes")


def test_counts_with_another_counter_are_read_and_told_in_one_sentence() -> None:
    shown = figures(FORM, numbered())
    counted = {ref: f"{text}条" if ref.row == "new" else text for ref, text in shown.items()}
    proposal = read(laid(REQUESTS, counted))
    assert proposal.cells == in_table("requests")
    assert (
        "表三 一、本年新收政府信息公开申请数量（整行）：数字后面写的是“条”，按“件”读入，请核对。"
        in doubts(proposal)
    )


def disclosure_lines(**texts: str) -> list[list[str]]:
    """表二 as a sheet without merges shows it, with other words for those that are keys."""
    cells = edited(laid(DISCLOSURE, figures(FORM, numbered()), spans=False), **texts).cells
    height = max(cell.row for cell in cells) + 1
    return [[cell.text for cell in cells if cell.row == row] for row in range(height)]


def test_a_column_that_is_only_like_another_does_not_take_its_place() -> None:
    """上年制发件数 before 本年制发件数: two signs apart, and another year."""
    lines = disclosure_lines()
    for row, line in enumerate(lines[:4]):
        line.insert(1, ("", "上年制发件数", "9", "9")[row])
    proposal = read(sheet(lines))
    assert proposal.cells == in_table("disclosure")
    assert "对不上格式里的行或列：“规章”、“行政规范性文件”" in doubts(proposal)


@pytest.mark.parametrize(
    ("label", "head", "line"),
    [
        ("行政事业性收费（元）", "本年收费金额", ""),
        ("行政事业性收费", "本年收费金额", "单位：元"),
        ("行政事业性收费", "本年收费金额（元）", "单位：万元"),
    ],
)
def test_money_in_yuan_is_reckoned_wherever_the_unit_stands(label: str, head: str, line: str) -> None:
    lines = disclosure_lines(**{"行政事业性收费": label, "本年收费金额（单位：万元）": head})
    lines[-1][1] = "125000"
    proposal = read(sheet([*lines[:-2], [line, "", "", ""], *lines[-2:]]))
    assert proposal.cells[CellRef("disclosure", "fees", "charged")] == Decimal("12.5")
    assert "写的是“125000元”，换算为 12.5 万元" in doubts(proposal)
    assert proposal.cells[CellRef("disclosure", "licences", "decisions")] == 107


def test_a_subtotal_of_a_group_is_not_taken_for_the_total_of_all() -> None:
    for spans in (True, False):
        table = laid(REQUESTS, figures(FORM, numbered()), spans=spans)
        last = next(cell.row for cell in table.cells if cell.text == "8.属于行政查询事项")
        moved = [cell._replace(row=cell.row + (cell.row > last)) for cell in table.cells]
        if spans:  # the group's cell covers its subtotal
            moved = [
                cell._replace(rows=cell.rows + (cell.row <= last < cell.row + cell.rows - 1))
                if cell.text != "（三）不予公开"
                else cell._replace(rows=cell.rows + 1)
                for cell in moved
            ]
        subtotal = [
            VisibleCell("合计", last + 1, 2),
            *(VisibleCell("5", last + 1, column) for column in range(3, 10)),
        ]
        proposal = read(VisibleTable((*moved, *subtotal)))
        assert proposal.cells == in_table("requests")
        assert not proposal.disagreements
        assert "对不上格式里的行或列：“（三）不予公开 合计”" in doubts(proposal)


def test_a_total_without_its_number_is_the_total() -> None:
    for spans in (True, False):
        table = edited(laid(REQUESTS, figures(FORM, numbered()), spans=spans), **{"（七）总计": "合计"})
        proposal = read(table)
        assert CellRef("requests", "handled", "person") in proposal.reported
        assert not proposal.disagreements
        assert "表三" not in doubts(proposal)


def test_a_column_that_adds_up_what_stands_under_one_spanner_is_not_the_total() -> None:
    lines = grid_lines()
    for row, line in enumerate(lines):
        line.insert(9, "" if row < 2 else "合计" if row == 2 else "7")
    proposal = read(sheet(lines))
    assert proposal.cells == in_table("requests")
    assert not proposal.disagreements
    assert len(proposal.reported) == 31


def test_a_group_in_one_row_keeps_the_doubt_of_its_cells() -> None:
    old = load_form("2019")
    table = laid(old.tables["requests"], figures(old, in_table("requests", numbered(old))))
    row = next(cell.row for cell in table.cells if cell.text == "（六）其他处理")
    doubted = VisibleTable(
        tuple(
            cell._replace(doubt="显示的不一样") if cell.row == row and cell.text.isdecimal() else cell
            for cell in table.cells
        )
    )
    assert "3.其他（整行）：显示的不一样。" in doubts(read(doubted))


def test_a_row_without_a_label_is_named_by_its_numbers() -> None:
    lines = grid_lines()
    lines.insert(row_of(lines, "（一）予以公开") + 1, ["", "", "", "8", "9", "8", "9", "8", "9", "51"])
    proposal = read(sheet(lines))
    assert proposal.cells == in_table("requests")
    assert "对不上格式里的行或列：“没有行名，数字是 8、9、8、9、8…”" in doubts(proposal)


def test_numbers_before_a_table_are_told() -> None:
    lines = [["3", "4", "5"], ["去年", "6", "7"], *grid_lines()]
    proposal = read(sheet(lines))
    assert proposal.cells == in_table("requests")
    assert "对不上格式里的行或列：“没有行名，数字是 3、4、5”、“去年”。" in doubts(proposal)


def test_cells_refused_for_the_same_reason_are_told_in_one_sentence() -> None:
    shown = figures(FORM, numbered())
    odd = {ref: f"{number}.5" if ref.row == "granted" else number for ref, number in shown.items()}
    told = [line for line in doubts(read(laid(REQUESTS, odd))).splitlines() if "没有读入" in line]
    assert len(told) == 1
    assert told[0].startswith("表三 （一）予以公开（整行）：没有读入：")
    assert "其余相仿" in told[0]


def test_two_copies_of_a_table_are_never_mixed() -> None:
    ref = CellRef("requests", "new", "person")
    shown = figures(FORM, numbered())
    gap = {**shown, ref: ""}
    other = dict.fromkeys(shown, "9")
    proposal = read(laid(REQUESTS, gap), laid(REQUESTS, other))
    assert ref in proposal.blank
    assert proposal.cells == {cell: value for cell, value in in_table("requests").items() if cell != ref}
    assert "先是空白，后是 9。只按先出现的读入" in doubts(proposal)


def test_a_blank_copy_of_a_table_gives_way_to_the_filled_one() -> None:
    proposal = read(laid(REQUESTS, figures(FORM, {})), laid(REQUESTS, figures(FORM, numbered())))
    assert proposal.cells == in_table("requests")
    assert "不止一处" not in doubts(proposal)


def test_two_copies_of_a_table_without_a_stub_are_told() -> None:
    proposal = read(
        laid(DISPUTES, figures(FORM, numbered())), laid(DISPUTES, dict.fromkeys(FORM.kind_of, "9"))
    )
    assert proposal.cells == in_table("disputes")
    assert "表四在文件里不止一处" in doubts(proposal)


def turned(table: VisibleTable) -> VisibleTable:
    return VisibleTable(
        tuple(
            cell._replace(row=cell.column, column=cell.row, rows=cell.columns, columns=cell.rows)
            for cell in table.cells
        )
    )


@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize("spans", [True, False], ids=["spans", "spans lost"])
def test_a_table_that_lies_on_its_side_is_read(edition: str, *, spans: bool) -> None:
    form = load_form(edition)
    wanted = numbered(form)
    shown = figures(form, wanted)
    proposal = read(*(turned(laid(table, shown, spans=spans)) for table in form.tables.values()), form=form)
    assert proposal.cells == wanted
    assert not proposal.disagreements


def test_a_table_that_lies_on_its_side_below_others_of_its_sheet_is_read() -> None:
    cells: list[VisibleCell] = []
    for table in FORM.tables.values():
        laid_out = laid(table, figures(FORM, numbered()))
        below = max((cell.row + cell.rows for cell in cells), default=-1) + 1  # a row is left free
        one = turned(laid_out) if table.id == "disputes" else laid_out
        cells += sorted(
            (cell._replace(row=cell.row + below) for cell in one.cells),
            key=lambda cell: (cell.row, cell.column),
        )
    assert read(VisibleTable(tuple(cells), "年报")).cells == numbered()
