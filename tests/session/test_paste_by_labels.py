"""A pasted table goes by its labels: in any order of rows and columns, with or without totals or a head.

The files of tests/data/clipboard are what programs put on the clipboard.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.layout import Anatomy, lay_out
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Report, Value, new_report
from reportdesk.report.edits import apply_edit
from reportdesk.report.file.codec import decode
from reportdesk.session.clipboard.clip import Clip
from reportdesk.session.clipboard.paste import Pasted, paste_clip

CLIPS = Path(__file__).parents[1] / "data" / "clipboard"
BASE = Path(__file__).parents[1] / "data" / "office" / "base.gknb"
FORM = load_form("2021")
REQUESTS = FORM.tables["requests"]
(BLOCK,) = REQUESTS.blocks
TYPED = [ref for ref in REQUESTS.refs() if ref not in FORM.totals]
FIRST = CellRef("requests", "new", "person")


def clip(name: str) -> str:
    return (CLIPS / f"{name}.txt").read_text(encoding="utf-8-sig")


def pasted(text: str, html: str = "", table: str = "requests", at: CellRef = FIRST) -> tuple[Report, Pasted]:
    report = new_report(FORM, 2024, "某镇")
    result = paste_clip(report, FORM, FORM.tables[table], Clip(text, html), [at])
    apply_edit(report, result.edit)
    return report, result


def in_order_of_the_form() -> dict[CellRef, Value]:
    """word.txt has the form's rows in its order: the last seven numbers of each line, columns in order."""
    lines = [line.split("\t")[-7:] for line in clip("word").splitlines() if line.strip()]
    return {
        CellRef("requests", row.id, column.id): int(number)
        for row, numbers in zip(BLOCK.rows, lines, strict=True)
        for column, number in zip(BLOCK.columns, numbers, strict=True)
        if CellRef("requests", row.id, column.id) not in FORM.totals
    }


@pytest.mark.parametrize("name", ["word", "chrome", "swapped", "totalfirst"])
def test_what_programs_copy_lands_where_its_labels_say(name: str) -> None:
    report, result = pasted(clip(name))
    assert report.cells == in_order_of_the_form()
    assert result.says.startswith("粘贴 144 格")


@pytest.mark.parametrize("name", ["lanci-row", "two-paragraph-label"])
def test_a_row_of_column_numbers_and_a_torn_label_shift_nothing(name: str) -> None:
    right = decode(BASE.read_bytes()).report
    report, _ = pasted(clip(name))
    assert report.cells == {ref: right.cells[ref] for ref in TYPED}


@pytest.mark.parametrize(("name", "table", "count"), [("t2", "disclosure", 10), ("t4", "disputes", 12)])
def test_the_other_tables_go_by_their_labels_too(name: str, table: str, count: int) -> None:
    first = next(ref for ref in FORM.tables[table].refs() if ref not in FORM.totals)
    report, _ = pasted(clip(name), table=table, at=first)
    assert len(report.cells) == count


NUMBERS = {ref: place + 100 for place, ref in enumerate(TYPED)}


def number(row: str, column: str) -> str:
    ref = CellRef("requests", row, column)
    if ref in NUMBERS:
        return str(NUMBERS[ref])
    return ""


def labelled_rows(rows: Sequence[int], columns: Sequence[int], *, stub: bool = True) -> list[list[str]]:
    chosen = [BLOCK.columns[at] for at in columns]
    head = [*([""] * 3 if stub else [""]), *(column.label[-1] for column in chosen)]
    body = []
    for at in rows:
        row = BLOCK.rows[at]
        labels = [*row.label, *[""] * (3 - len(row.label))] if stub else [row.label[-1]]
        body.append([*labels, *(number(row.id, column.id) for column in chosen)])
    return [head, *body]


def as_text(block: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(row) for row in block)


@given(st.permutations(range(len(BLOCK.rows))), st.permutations(range(len(BLOCK.columns))))
def test_any_order_of_rows_and_columns_gives_the_same(rows: list[int], columns: list[int]) -> None:
    report, _ = pasted(as_text(labelled_rows(rows, columns)))
    assert report.cells == NUMBERS


@given(st.sets(st.integers(0, len(BLOCK.rows) - 1), min_size=1), st.sets(st.integers(0, 5), min_size=2))
def test_some_rows_and_columns_touch_no_others(rows: set[int], columns: set[int]) -> None:
    report, _ = pasted(as_text(labelled_rows(sorted(rows), sorted(columns))))
    wanted = {
        CellRef("requests", BLOCK.rows[row].id, BLOCK.columns[column].id)
        for row in rows
        for column in columns
    }
    assert report.cells == {ref: value for ref, value in NUMBERS.items() if ref in wanted}


@pytest.mark.parametrize("stub", [True, False])
def test_without_a_head_all_columns_or_all_but_the_total_go_in_order(stub: bool) -> None:  # noqa: FBT001
    every = list(range(len(BLOCK.rows)))
    for columns in (range(7), range(6)):
        _head, *body = labelled_rows(every, list(columns), stub=stub)
        report, result = pasted(as_text(body))
        assert report.cells == NUMBERS, result.says
        assert "没有表头" in result.says


def test_without_a_head_another_number_of_columns_is_refused_and_its_rows_are_named() -> None:
    _head, *body = labelled_rows([0, 1], [0, 1, 2])
    report, result = pasted(as_text(body))
    assert report.cells == {}
    assert "本年新收" in result.says


def test_totals_first_without_a_head_are_not_taken_for_persons() -> None:
    head, *body = clip("totalfirst").splitlines()
    assert "总计" in head
    report, result = pasted("\n".join(body))
    assert report.cells == {}
    assert "合计对不上" in result.says


def test_words_that_are_no_labels_of_the_form_are_refused() -> None:
    report, result = pasted("甲村委会\t3\t4\n乙村委会\t5\t6")
    assert report.cells == {}
    assert "左边 1 列" in result.says


def test_a_strange_row_among_the_forms_is_named_and_shifts_nothing() -> None:
    head, *body = labelled_rows([0, 1, 2], list(range(6)))
    body.insert(1, ["镇里自己加的一行", "", "", *map(str, range(6))])
    report, result = pasted(as_text([head, *body]))
    assert "镇里自己加的一行" in result.says
    assert report.cells == {
        ref: NUMBERS[ref] for ref in NUMBERS if ref.row in {row.id for row in BLOCK.rows[:3]}
    }


def test_another_tables_content_is_told_and_not_taken() -> None:
    report, result = pasted(clip("t2"))
    assert report.cells == {}
    assert "表二" in result.says


def test_a_cell_that_is_no_number_keeps_what_stood_there_and_is_named() -> None:
    head, *body = labelled_rows([0], list(range(6)))
    body[0][4] = "见附件"
    report = new_report(FORM, 2024, "某镇")
    kept = CellRef("requests", BLOCK.rows[0].id, BLOCK.columns[1].id)
    report.cells[kept] = 77
    result = paste_clip(report, FORM, REQUESTS, Clip(as_text([head, *body])), [FIRST])
    apply_edit(report, result.edit)
    assert report.cells[kept] == 77
    assert "见附件" in result.says


def as_html(block: Sequence[Sequence[str]], cell: Callable[[str], str] = escape) -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell(text)}</td>" for text in row) + "</tr>" for row in block)
    return f"<html><body><!--StartFragment--><table>{rows}</table><!--EndFragment--></body></html>"


def one_cell_a_line(block: Sequence[Sequence[str]]) -> str:
    return "\n".join(text for row in block for text in row)


def test_the_web_page_of_the_clipboard_goes_before_its_text() -> None:
    shuffled = random.Random(3).sample(range(len(BLOCK.rows)), len(BLOCK.rows))
    block = labelled_rows(shuffled, [6, 5, 4, 3, 2, 1, 0])
    report, _ = pasted(one_cell_a_line(block), as_html(block, lambda text: f"<p>{escape(text)}</p>"))
    assert report.cells == NUMBERS


def test_a_bare_block_of_a_word_processor_goes_by_its_cells() -> None:
    block = [["1", "2"], ["3", "4"]]
    report, _ = pasted(one_cell_a_line(block), as_html(block))
    assert [
        report.cells[CellRef("requests", row, column)]
        for row, column in (
            ("new", "person"),
            ("new", "enterprise"),
            ("carried_in", "person"),
            ("carried_in", "enterprise"),
        )
    ] == [1, 2, 3, 4]


def test_one_cell_a_line_is_put_into_rows_where_the_head_keeps_the_forms_order() -> None:
    cells = sorted(lay_out(REQUESTS).cells, key=lambda cell: (cell.row, cell.column))
    lines = [
        cell.text if cell.ref is None else str(NUMBERS.get(cell.ref, ""))
        for cell in cells
        if cell.anatomy is not Anatomy.BANNER
    ]
    report, _ = pasted("\n".join(lines))
    assert report.cells == NUMBERS


def test_one_cell_a_line_with_its_columns_in_another_order_is_refused() -> None:
    block = labelled_rows(list(range(len(BLOCK.rows))), [6, 0, 1, 2, 3, 4, 5], stub=False)
    report, _ = pasted(one_cell_a_line([[text for text in row if text] for row in block]))
    assert report.cells == {}


def test_a_huge_or_broken_page_falls_back_to_the_text() -> None:
    assert pasted("5", "<table>" * 100_000)[0].cells == {FIRST: 5}
    assert pasted("5", "<t\x00\ud842")[0].cells == {FIRST: 5}


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_clipboard_is_pasted_or_refused_in_one_sentence(text: str, html: str) -> None:
    report, result = pasted(text, f"<table><tr><td>{html}</td></tr></table>")
    assert result.says.endswith("。")
    assert set(report.cells) <= set(result.cells)


def of_program(name: str) -> tuple[str, str]:
    """The text and the web page that a program puts on the clipboard."""
    text, page = ((CLIPS / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("txt", "html"))
    return text, page


@pytest.mark.parametrize("name", ["libreoffice-writer", "libreoffice-calc"])
def test_the_whole_table_out_of_writer_and_calc_lands_in_144_of_144_cells(name: str) -> None:
    right = decode(BASE.read_bytes()).report
    text, page = of_program(name)
    for html in (page, ""):
        report, result = pasted(text, html)
        assert report.cells == {ref: right.cells[ref] for ref in TYPED}, result.says
        assert "对不上" not in result.says


ALL_ROWS, ALL_COLUMNS = list(range(len(BLOCK.rows))), list(range(len(BLOCK.columns)))
SPREADSHEET = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=Generator content="Microsoft Excel 15"><style>
<!-- td {mso-number-format:General;} .xl65 {text-align:center;} rt {display:none;} --></style></head><body>
<!--StartFragment--><table border=0 style='border-collapse:collapse'>{rows}
<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]></table>
<!--EndFragment--></body></html>"""


def spreadsheet(block: Sequence[Sequence[str]], columns: str = "", hidden: Sequence[int] = ()) -> str:
    """The page that a spreadsheet puts on the clipboard; ``hidden`` are rows, ``columns`` its elements col."""
    rows = "".join(
        ("<tr height=0 style='display:none;mso-height-source:userset'>" if at in hidden else "<tr height=19>")
        + "".join(f"<td class=xl65 {'x:num' if text.isdigit() else ''}>{text}</td>" for text in row)
        + "</tr>"
        for at, row in enumerate(block)
    )
    return SPREADSHEET.replace("{rows}", columns + rows)


def test_a_row_that_the_spreadsheet_hides_is_not_pasted_and_told() -> None:
    block = labelled_rows(ALL_ROWS, ALL_COLUMNS)
    report, result = pasted(as_text(block), spreadsheet(block, hidden=[2]))
    hidden = BLOCK.rows[1].id
    assert report.cells == {ref: value for ref, value in NUMBERS.items() if ref.row != hidden}
    assert "隐藏" in result.says


@pytest.mark.parametrize(
    "columns",
    [
        "<col width=72 span=3><col width=0 style='display:none;mso-width-source:userset'><col span=6>",
        "<colgroup><col><col><col><col style='visibility:collapse'></colgroup>",
        "<colgroup span=3></colgroup><colgroup style='display:none'></colgroup>",
    ],
)
def test_a_column_that_the_spreadsheet_hides_is_not_pasted_and_told(columns: str) -> None:
    block = labelled_rows(ALL_ROWS, ALL_COLUMNS)
    report, result = pasted(as_text(block), spreadsheet(block, columns))
    hidden = BLOCK.columns[0].id
    assert report.cells == {ref: value for ref, value in NUMBERS.items() if ref.column != hidden}
    assert "隐藏" in result.says


def two(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> str:
    """A page with both tables."""
    return as_html(one).replace(
        "</table>", f"</table><p></p>{as_html(other).partition('<body>')[2].partition('</table>')[0]}</table>"
    )


def test_two_tables_with_other_numbers_are_refused_and_the_same_twice_is_not() -> None:
    block = labelled_rows(ALL_ROWS, ALL_COLUMNS)
    other = [[str(int(text) + 1) if text.isdigit() else text for text in row] for row in block]
    report, result = pasted(as_text(block), two(block, other))
    assert report.cells == {}
    assert "不止一处" in result.says
    assert "剪贴板" in result.says
    assert pasted(as_text(block), two(block, block))[0].cells == NUMBERS


@pytest.mark.parametrize("labels", [["栏次", "", ""], ["甲", "乙", "丙"]])
def test_a_row_that_numbers_the_columns_is_nothing_to_tell(labels: list[str]) -> None:
    head, *body = labelled_rows(ALL_ROWS, ALL_COLUMNS)
    block = [head, [*labels, *map(str, range(1, len(ALL_COLUMNS) + 1))], *body]
    report, result = pasted(as_text(block), spreadsheet(block))
    assert report.cells == NUMBERS
    assert "对不上" not in result.says


def test_a_head_that_begins_left_of_the_numbers_puts_none_under_another_column() -> None:
    """As a browser copies from the lowest row of the head on, the cells beside it being of rows above."""
    head, *body = labelled_rows(ALL_ROWS, ALL_COLUMNS)
    report, result = pasted("", as_html([[text for text in head[4:9] if text], *body]))
    assert report.cells == {}
    assert result.says.startswith("没有粘贴")


def test_rows_that_lack_a_cell_under_the_head_are_refused_by_name() -> None:
    head, *body = labelled_rows(ALL_ROWS, ALL_COLUMNS)
    report, result = pasted("", as_html([head, *([*row[:3], *row[4:-1], "7"] for row in body)]))
    assert report.cells == {}
    assert "没有对齐" in result.says


def test_what_is_doubtful_of_a_pasted_number_is_told() -> None:
    head, *body = labelled_rows([0], list(range(6)))
    body[0][4] = "8<sup>1</sup>"
    report, result = pasted("", as_html([head, *body], lambda text: text))
    assert report.cells[CellRef("requests", BLOCK.rows[0].id, BLOCK.columns[1].id)] == 8
    assert "标记" in result.says
