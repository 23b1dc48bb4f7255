"""A block copied from a spreadsheet goes where it should, and what does not is told."""

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form, read_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report, Value, new_report
from reportdesk.report.edits import apply_edit, set_cells
from reportdesk.session.clipboard.clip import Clip, read_block
from reportdesk.session.clipboard.paste import Pasted, paste_block, paste_clip, write_block
from reportdesk.session.session import Session

FORM = load_form("2021")
THIRD = read_form(Path(__file__).parents[1] / "data" / "forms" / "third.toml")
REQUESTS = FORM.tables["requests"]
PROSE = "2024年，常乐镇坚持以习近平新时代中国特色社会主义思想为指导，\n全面贯彻落实条例。\n" * 20


def blank(form: Form = FORM) -> Report:
    return new_report(form, 2024, "常乐镇人民政府")


def requests(row: str, column: str) -> CellRef:
    return CellRef("requests", row, column)


def paste(report: Report, text: str, *selected: CellRef, form: Form = FORM) -> Pasted:
    """Paste and make the edit; what the report holds then is what a clerk sees."""
    pasted = paste_clip(report, form, form.tables[selected[0].table], Clip(text), selected)
    if pasted.edit:
        apply_edit(report, pasted.edit)
    return pasted


def test_a_block_goes_row_by_row_from_the_selected_cell() -> None:
    report = blank()
    pasted = paste(report, "1\t2\n3\t4\n", requests("new", "person"))
    assert report.cells == {
        requests("new", "person"): 1,
        requests("new", "enterprise"): 2,
        requests("carried_in", "person"): 3,
        requests("carried_in", "enterprise"): 4,
    }
    assert pasted.says == "粘贴 4 格。"


@pytest.mark.parametrize(
    ("written", "value"),
    [("１２", 12), ("1,234", 1234), (" 7 ", 7), ("\u00a08", 8), ('"1,234"', 1234), ("0", 0), ("12\r\n", 12)],
)
def test_a_number_is_understood_as_people_write_it(written: str, value: int) -> None:
    report = blank()
    paste(report, written, requests("new", "person"))
    assert report.cells == {requests("new", "person"): value}


def test_totals_in_the_way_keep_their_place_and_are_told() -> None:
    report = blank()
    pasted = paste(report, "1\t0\t1\n2\t0\t2\n", requests("new", "legal_service"))
    assert report.cells[requests("new", "legal_service")] == 1
    assert report.cells[requests("carried_in", "other")] == 0
    assert not report.cells.keys() & FORM.totals
    assert pasted.says == "粘贴 4 格，2 格未粘贴：合计 2 格自动计算。"


def test_a_pasted_total_that_differs_from_the_computed_one_is_named() -> None:
    report = blank()
    pasted = paste(report, "1\t2\t5", requests("new", "legal_service"))
    assert "与粘贴的不同：表三 一、本年新收政府信息公开申请数量 总计 粘贴的是 5，算出 3" in pasted.says


@pytest.mark.parametrize("written", ["/", "—", "无", "1.5", "-1", "9" * 30])
def test_what_is_no_number_leaves_the_cell_and_says_why(written: str) -> None:
    report = blank()
    report.cells[requests("new", "person")] = 7
    pasted = paste(report, written, requests("new", "person"))
    assert report.cells == {requests("new", "person"): 7}
    assert not pasted.edit
    assert pasted.says.startswith("没有粘贴：")
    assert pasted.says.endswith("。")


def test_a_refused_cell_among_good_ones_is_named() -> None:
    report = blank()
    pasted = paste(report, "1\t/\t3", requests("new", "person"))
    assert pasted.says == (
        "粘贴 2 格，1 格未粘贴：表三 一、本年新收政府信息公开申请数量 法人或其他组织 商业企业 "
        "“/”不是数字，请填不小于 0 的整数，没有请填 0。"
    )


def test_a_page_of_prose_meets_one_sentence() -> None:
    report = blank()
    pasted = paste(report, PROSE, requests("new", "person"))
    assert report.cells == {}
    assert pasted.says.startswith("没有粘贴：")
    assert pasted.says.count("。") == 1
    assert len(pasted.says) < 120


def test_a_blank_makes_blank_and_is_told() -> None:
    report = blank()
    report.cells[requests("new", "enterprise")] = 7
    pasted = paste(report, "1\t\t3", requests("new", "person"))
    assert report.cells == {requests("new", "person"): 1, requests("new", "research"): 3}
    assert pasted.says == "粘贴 2 格，清空 1 格。"


def test_nothing_but_blanks_on_blank_cells_says_so() -> None:
    assert paste(blank(), "\t\t\n", requests("new", "person")).says == "剪贴板里是空白，没有粘贴。"


def test_one_number_fills_the_whole_selection() -> None:
    report = blank()
    cells = [requests("new", column) for column in ("person", "enterprise", "total")]
    pasted = paste(report, "0\n", *cells)
    assert report.cells == {cells[0]: 0, cells[1]: 0}
    assert pasted.says == "粘贴 2 格，1 格未粘贴：合计 1 格自动计算。"


def test_what_is_beyond_the_table_is_counted() -> None:
    report = blank()
    pasted = paste(report, "1\n2\n3", requests("carried_out", "person"))
    assert report.cells == {requests("carried_out", "person"): 1}
    assert pasted.says == "粘贴 1 格，2 格未粘贴：超出表格 2 格；没有粘贴的列在表格上面。"
    assert [(one.ref, one.text) for one in pasted.refused] == [(None, "2"), (None, "3")]


def test_the_forms_own_labels_tell_where_the_numbers_go() -> None:
    report = blank()
    text = (
        "\t自然人\t商业企业\n一、本年新收政府信息公开申请数量\t5\t1\n二、上年结转政府信息公开申请数量\t2\t0\n"
    )
    pasted = paste(report, text, requests("new", "person"))
    assert report.cells == {
        requests("new", "person"): 5,
        requests("new", "enterprise"): 1,
        requests("carried_in", "person"): 2,
        requests("carried_in", "enterprise"): 0,
    }
    assert pasted.says == "粘贴 4 格。"


def test_a_column_of_slashes_is_no_label() -> None:
    report = blank()
    paste(report, "/\t1\n/\t2", requests("new", "person"))
    assert report.cells == {requests("new", "enterprise"): 1, requests("carried_in", "enterprise"): 2}


def test_a_merged_cell_takes_the_number_at_its_beginning() -> None:
    report = blank()
    licences = CellRef("disclosure", "licences", "decisions")
    assert paste(report, "12\t\t\n", licences).says == "粘贴 1 格。"
    assert report.cells == {licences: 12}


def test_money_and_signed_cells_of_another_edition() -> None:
    report = blank(THIRD)
    text = "3\t-2\t1,200.50\n4\t+1\t1.234"
    pasted = paste(report, text, CellRef("services", "licences", "handled"), form=THIRD)
    assert report.cells == {
        CellRef("services", "licences", "handled"): 3,
        CellRef("services", "licences", "change"): -2,
        CellRef("services", "licences", "charged"): Decimal("1200.50"),
        CellRef("services", "confirmations", "handled"): 4,
        CellRef("services", "confirmations", "change"): 1,
    }
    assert "最多 2 位" in pasted.says


def test_quotes_that_no_spreadsheet_set_are_prose() -> None:
    assert read_block('"不完整的引号\t1') == [['"不完整的引号', "1"]]
    assert read_block('"两行\n一格"\t2') == [["两行\n一格", "2"]]


def test_a_paste_is_one_step_of_undo() -> None:
    session = Session(FORM, blank(), dt.date(2025, 1, 10))
    pasted = paste_block(
        session.report, FORM, REQUESTS, read_block("1\t2\n3\t4"), [requests("new", "person")]
    )
    session.apply(pasted.edit)
    session.undo()
    assert session.report.cells == {}


TYPED = [ref for ref in REQUESTS.refs() if ref not in FORM.totals]


@given(st.dictionaries(st.sampled_from(TYPED), st.integers(0, 10**6), min_size=1))
def test_what_was_copied_and_pasted_in_place_is_what_was_there(values: Mapping[CellRef, Value]) -> None:
    source, target = filled(values), filled(dict.fromkeys(TYPED, 3))
    cells: Sequence[CellRef] = list(REQUESTS.refs())
    session = Session(FORM, source, dt.date(2025, 1, 10))
    text = write_block(source, session.totals, REQUESTS, cells)
    paste(target, text, cells[0])
    assert target.cells == source.cells


@given(st.text(max_size=300))
def test_any_text_is_pasted_or_refused_in_one_sentence(text: str) -> None:
    report = blank()
    pasted = paste(report, text, requests("granted", "other"))
    assert pasted.says.endswith("。")
    assert set(report.cells) <= set(pasted.cells)


def filled(values: Mapping[CellRef, Value]) -> Report:
    report = blank()
    apply_edit(report, set_cells(report, FORM, values))
    return report


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_whole_columns_are_pasted_without_the_blank_rows_at_their_end(line_end: str) -> None:
    """As a spreadsheet copies them: to the last of its 1,048,576 rows."""
    report = blank()
    text = line_end.join(("1\t2\t", "3\t4\t", *["\t\t"] * 1_048_574))
    begun = time.process_time()
    pasted = paste(report, text, requests("new", "person"))
    assert time.process_time() - begun < 2
    assert report.cells == {
        requests("new", "person"): 1,
        requests("new", "enterprise"): 2,
        requests("carried_in", "person"): 3,
        requests("carried_in", "enterprise"): 4,
    }
    assert pasted.says.startswith("粘贴 4 格")


@pytest.mark.parametrize("text", ["1\t2\t3\n" * 1_500_000, "1\t" * 2_000_000, "1" * 5_000_000])
def test_what_is_longer_than_any_table_is_refused_at_once(text: str) -> None:
    report = blank()
    begun = time.process_time()
    pasted = paste(report, text, requests("new", "person"))
    assert time.process_time() - begun < 2
    assert report.cells == {}
    assert pasted.says.startswith("没有粘贴：剪贴板里有 ")


def test_nothing_but_blank_rows_changes_nothing() -> None:
    report = blank()
    report.cells[requests("new", "person")] = 7
    says = paste(report, "\t\t\n" * 1_000_000, requests("carried_in", "person")).says
    assert report.cells == {requests("new", "person"): 7}
    assert says


WORDY = "本年新收政府信息公开申请数量\n12\n"
FIRST = requests("new", "person")


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("1\t2\t3\n" * 10_000, "10000 行"),
        ("1\t2\t3\r\n" * 300_000, "300000 行"),
        ("1\r" * 2_000, "2000 行"),
        (WORDY * 1_000, "2000 行"),
        ("\t\n" * 900 + "1\t2", "901 行"),
        ('"1"\t"2"\n' * 5_000, "5000 行"),
        ("1\t" * 5_000 + "1", "5001 列"),
        ("某" * 1_000_000, "1000000 个字符"),
    ],
)
def test_far_more_than_the_table_holds_is_refused_before_it_is_taken_apart(
    text: str, has: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_given: object) -> None:
        pytest.fail("it was taken apart")

    monkeypatch.setattr("reportdesk.session.clipboard.clipboard_tables.read_block", read)
    monkeypatch.setattr("reportdesk.session.clipboard.paste.read_block", read)
    report = blank()
    pasted = paste(report, text, FIRST)
    assert pasted.says == f"没有粘贴：剪贴板里有 {has}，表三只有 28 行。请只复制要填的行和列，再粘贴。"
    assert not pasted.refused
    assert not report.cells


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whole_columns_with_numbers_at_their_head_are_pasted_and_clear_nothing_below(end: str) -> None:
    report = blank()
    paste(report, "9", requests("carried_out", "person"))
    pasted = paste(report, f"1\t2\t{end}3\t\t4{end}" + f"\t\t{end}" * 1_048_574, FIRST)
    assert pasted.says == "粘贴 4 格。"
    assert report.cells[requests("carried_out", "person")] == 9


def test_whole_blank_columns_are_told_blank_and_clear_nothing() -> None:
    report = blank()
    paste(report, "9", FIRST)
    assert paste(report, "\t\t\r\n" * 100_000, FIRST).says == "剪贴板里是空白，没有粘贴。"
    assert report.cells == {FIRST: 9}


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<TR><td>某村</td><td>1</td></TR>" * 5_000 + "</table>",
        "<table>" + ("<tr>" + "<td>1</td>" * 200 + "</tr>") * 400 + "</table>",
    ],
)
def test_a_page_with_far_too_many_cells_is_not_read_and_its_text_is(
    html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportdesk.readers.text.html.read_web", lambda *_: pytest.fail("it was read"))
    report = blank()
    clip = Clip("1\t2\n" + "\t\n" * 600, html)
    assert paste_clip(report, FORM, REQUESTS, clip, [FIRST]).says == "粘贴 2 格。"
