"""NUM-1 and NUM-2: cells that are blank, and numbers that do not suit their cell."""

from decimal import Decimal

import pytest

from reportdesk.checks.engine import Finding
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Report, Value
from tests.checks.tables import FORM, filled, found, messages
from tests.editions import third_form

FEES = CellRef("disclosure", "fees", "charged")
NEW = CellRef("requests", "new", "person")


def in_table(report: Report, table: str) -> list[Finding]:
    """What NUM-1 says of one table."""
    return [one for one in found(report, "NUM-1") if one.cells[0].table == table]


# ---------------------------------------------------------------- NUM-1


def test_num_1_names_how_many_cells_are_blank_and_which() -> None:
    report = filled("""
        | requests    | person |
        |-------------|--------|
        | new         | –      |
        | carried_out | –      |
    """)
    (finding,) = in_table(report, "requests")
    assert finding.message == (
        "表三还有 2 格未填：一、本年新收政府信息公开申请数量 自然人、四、结转下年度继续办理 自然人。请补填，没有的填 0。"
    )
    assert finding.cells == (NEW, CellRef("requests", "carried_out", "person"))


def test_num_1_names_the_first_three_of_many() -> None:
    report = filled("| disputes | direct_suit_upheld |\n|---|---|\n| cases | 1 |", rest=None)
    (finding,) = in_table(report, "disputes")
    assert finding.message == (
        "表四还有 11 格未填：行政复议 结果维持、行政复议 结果纠正、行政复议 其他结果等。请补填，没有的填 0。"
    )
    assert len(finding.cells) == 11


def test_num_1_speaks_of_each_table_whatever_is_marked_finished() -> None:
    report = filled("| disputes | direct_suit_upheld |\n|---|---|\n| cases | 1 |", rest=None)
    expected = ["表二还有 10 格未填", "表三还有 144 格未填", "表四还有 11 格未填"]
    for finished in ({}, {"disclosure": True, "requests": True}):
        report.finished = dict(finished)
        assert [message.partition("：")[0] for message in messages(report, "NUM-1")] == expected


def test_num_1_is_silent_where_every_cell_is_filled() -> None:
    assert in_table(filled("| requests | person |\n|---|---|\n| new | 0 |"), "requests") == []


def test_num_1_is_silent_about_totals() -> None:
    assert in_table(filled("| disputes | direct_suit_upheld |\n|---|---|\n| cases | 0 |"), "disputes") == []


def test_num_1_holds_for_the_tables_of_another_edition() -> None:
    form = third_form()
    report = filled("| staff | village |\n|---|---|\n| posts | – |", form=form)
    said = [one.message for one in found(report, "NUM-1", form) if one.cells[0].table == "staff"]
    assert said == ["表甲还有 1 格未填：村（社区）信息员。请补填，没有的填 0。"]


# ---------------------------------------------------------------- NUM-2


@pytest.mark.parametrize(
    ("ref", "value", "message"),
    [
        (NEW, -1, "表三 一、本年新收政府信息公开申请数量 自然人：-1 小于 0，请核对后重填。"),
        (NEW, Decimal("2.5"), "表三 一、本年新收政府信息公开申请数量 自然人：2.5 不是整数，请核对后重填。"),
        (NEW, Decimal("2.0"), "表三 一、本年新收政府信息公开申请数量 自然人：2.0 不是整数，请核对后重填。"),
        (
            FEES,
            Decimal("0.1234567"),
            "表二 行政事业性收费 本年收费金额：0.1234567 有 7 位小数，最多 6 位，请核对后重填。",
        ),
        (FEES, Decimal("-0.5"), "表二 行政事业性收费 本年收费金额：-0.5 小于 0，请核对后重填。"),
    ],
)
def test_num_2_finds_what_does_not_suit_its_cell(ref: CellRef, value: Value, message: str) -> None:
    report = filled("| requests | person |\n|---|---|\n| new | 0 |")
    report.cells[ref] = value
    (finding,) = found(report, "NUM-2")
    assert (finding.message, finding.cells) == (message, (ref,))


@pytest.mark.parametrize(
    ("ref", "value"),
    [
        (NEW, 0),
        (NEW, 1472),
        (NEW, Decimal(3)),
        (FEES, 0),
        (FEES, 59237),
        (FEES, Decimal("59237.2449")),
        (FEES, Decimal("0.0000")),
    ],
)
def test_num_2_is_silent_about_what_suits(ref: CellRef, value: Value) -> None:
    report = filled("| requests | person |\n|---|---|\n| new | 0 |")
    report.cells[ref] = value
    assert found(report, "NUM-2") == []


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("change", -3, ""),
        ("change", Decimal("-3.5"), "-3.5 不是整数"),
        ("paid_change", Decimal("-3.25"), ""),
        ("paid_change", Decimal("-3.125"), "-3.125 有 3 位小数，最多 2 位"),
        ("paid", Decimal("-3.25"), "-3.25 小于 0"),
    ],
)
def test_num_2_knows_signed_and_money_cells_of_another_edition(
    column: str, value: Value, reason: str
) -> None:
    form = third_form()
    report = filled("| appeals | hall |\n|---|---|\n| new | 0 |", form=form)
    report.cells[CellRef("appeals", "new", column)] = value
    assert [reason in message for message in messages(report, "NUM-2", form)] == [True] * bool(reason)


def test_every_section_of_a_finding_is_one_of_the_form() -> None:
    report = filled("| requests | person |\n|---|---|\n| new | 5 |")
    report.cells[FEES] = Decimal(-1)
    sections = {section.id for section in FORM.sections}
    assert {finding.section for finding in found(report, "REQ-1") + found(report, "NUM-2")} <= sections
