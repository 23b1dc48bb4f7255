"""Cells that show no single plain number: each costs itself only, and is named with what it says."""

from decimal import Decimal

import pytest

from reportdesk.form.spec import CellRef
from reportdesk.readers.files.visible import Visible, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.readers.recognise.proposal import Proposal
from tests.readers.laid import edited, figures, laid
from tests.readers.numbered import DISCLOSURE, DISPUTES, FORM, REQUESTS, in_table, numbered, read
from tests.readers.office import base, doubts, otherwise, proposed

FEES = CellRef("disclosure", "fees", "charged")
FEE_HEAD = "本年收费金额（单位：万元）"
UNKNOWN_UNIT = "表头和格子里都没有写单位，按万元读入，请核对是不是万元"


def with_text(ref: CellRef, text: str) -> Proposal:
    """All three tables, one cell of which says something else."""
    shown = figures(FORM, numbered()) | {ref: text}
    return read(*(laid(table, shown) for table in (DISCLOSURE, REQUESTS, DISPUTES)))


@pytest.mark.parametrize(
    "text", ["12 3", "12/3", "12、3", "12\n3", "12；3", "1 234", "１２　３", "12 件 3 件"]
)
@pytest.mark.parametrize("table", ["requests", "disputes"])
def test_two_numbers_in_one_cell_are_a_doubt(table: str, text: str) -> None:
    ref = next(iter(in_table(table)))
    proposal = with_text(ref, text)
    assert proposal.cells == {other: value for other, value in numbered().items() if other != ref}
    assert [says for says in doubts(proposal) if FORM.name_of(ref) in says and "没有读入" in says]


@pytest.mark.parametrize(
    "text",
    [
        "见附件",
        "O",
        "ｏ",
        "○",
        "？",
        "?",
        "#REF!",
        "#N/A",
        "#DIV/0!",
        "####",
        "十二",
        "1O4",
        "详见附件2",
        "暂无",
        "待核",
    ],
)
@pytest.mark.parametrize("table", ["disclosure", "requests", "disputes"])
def test_one_odd_cell_costs_itself_only(table: str, text: str) -> None:
    ref = next(iter(in_table(table)))
    proposal = with_text(ref, text)
    assert proposal.cells == {other: value for other, value in numbered().items() if other != ref}
    assert [says for says in doubts(proposal) if FORM.name_of(ref) in says and text in says]


@pytest.mark.parametrize("text", ["零", "〇", "零件"])
def test_a_written_zero_is_read_as_0_and_told(text: str) -> None:
    ref = next(iter(in_table("disputes")))
    proposal = with_text(ref, text)
    assert proposal.cells == numbered() | {ref: 0}
    assert f"{FORM.name_of(ref)}：写的是“{text}”，按 0 读入，请核对。" in doubts(proposal)


@pytest.mark.parametrize("text", ["无", "—", "零", "见附件", "#REF!"])
def test_a_whole_row_of_odd_words_is_still_the_tables_row(text: str) -> None:
    shown = figures(FORM, numbered()) | dict.fromkeys(in_table("disputes"), text)
    for ref in FORM.totals:
        if ref.table == "disputes":
            shown[ref] = text
    proposal = read(*(laid(table, shown) for table in (REQUESTS, DISPUTES)))
    assert "没有找到表四。" not in [outcome.says for outcome in proposal.outcomes]
    assert not [ref for ref in proposal.missing if ref.table == "disputes"]


def test_numbers_of_columns_under_a_head_are_no_numbers_of_the_report() -> None:
    whole = laid(DISPUTES, figures(FORM, numbered()))
    last = max(cell.row for cell in whole.cells)
    cells = [cell._replace(row=cell.row + (cell.row == last)) for cell in whole.cells]
    columns = max(cell.column + cell.columns for cell in whole.cells)
    counted = [VisibleCell(str(number + 1), last, number) for number in range(columns)]
    assert read(VisibleTable((*cells, *counted))).cells == in_table("disputes")


def test_a_given_cell_of_two_numbers_is_named_and_no_other_is_lost() -> None:
    proposal = proposed("two-numbers.docx")
    name = "表三 一、本年新收政府信息公开申请数量 自然人"
    assert otherwise(proposal, base()) == {name: (None, 104)}
    assert [says for says in doubts(proposal) if name in says and "12 3" in says]


def test_a_given_cell_that_says_to_see_an_annex_costs_itself_only() -> None:
    proposal = proposed("see-attachment.docx")
    name = "表四 行政诉讼 未经复议直接起诉 结果纠正"
    assert otherwise(proposal, base("base2025")) == {name: (None, 10)}
    assert [says for says in doubts(proposal) if name in says and "见附件" in says]


def test_a_given_fee_without_a_unit_is_a_doubt() -> None:
    assert f"表二 行政事业性收费 本年收费金额：{UNKNOWN_UNIT}。" in doubts(proposed("fee-without-unit.docx"))


def fee(written: str, head: str, *before: Visible) -> Proposal:
    """表二 with a fee written so under such a head."""
    shown = figures(FORM, numbered()) | {FEES: written}
    return read(*before, edited(laid(DISCLOSURE, shown), **{FEE_HEAD: head}))


@pytest.mark.parametrize(
    ("written", "head", "meant"),
    [
        ("350214", "本年收费金额（单位：元）", Decimal("35.0214")),
        ("350214", "本年收费金额（元）", Decimal("35.0214")),
        ("35.0214", "本年收费金额（万元）", Decimal("35.0214")),
        ("350.214", "本年收费金额（千元）", Decimal("35.0214")),
        ("350214元", "本年收费金额", Decimal("35.0214")),
        ("35.0214万元", "本年收费金额", Decimal("35.0214")),
        ("35.0214万元", "本年收费金额（单位：元）", Decimal("35.0214")),
    ],
)
def test_a_fee_is_read_in_the_unit_that_stands_there(written: str, head: str, meant: Decimal) -> None:
    proposal = fee(written, head)
    assert proposal.cells[FEES] == meant
    assert not [says for says in doubts(proposal) if UNKNOWN_UNIT in says]


def test_a_line_above_the_table_may_say_the_unit() -> None:
    assert fee("350214", "本年收费金额", VisibleParagraph("单位：元")).cells[FEES] == Decimal("35.0214")
    assert not [
        says
        for says in doubts(fee("3", "本年收费金额", VisibleParagraph("（单位：万元）")))
        if UNKNOWN_UNIT in says
    ]


def test_a_fee_of_0_needs_no_unit() -> None:
    assert not [says for says in doubts(fee("0", "本年收费金额")) if UNKNOWN_UNIT in says]
    assert [says for says in doubts(fee("3", "本年收费金额")) if UNKNOWN_UNIT in says]
