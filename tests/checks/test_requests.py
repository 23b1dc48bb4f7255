"""REQ-1 to REQ-3: what must add up in 表三. Three alarms and three silences each, at least."""

from decimal import Decimal

from reportdesk.checks.engine import Severity
from reportdesk.checks.fixes import find_fixes
from reportdesk.form.load import parse_form
from reportdesk.form.spec import CellRef
from reportdesk.report.edits import apply_edit
from tests.checks.tables import FORM, filled, found, messages
from tests.editions import THIRD, third_form

# ---------------------------------------------------------------- REQ-1: 一 + 二 = （七） + 四


def test_req_1_is_silent_where_every_column_balances() -> None:
    report = filled("""
        | requests    | person | enterprise |
        |-------------|--------|------------|
        | new         | 5      | 2          |
        | carried_in  | 1      | 0          |
        | granted     | 4      | 1          |
        | closed_other| 1      | 0          |
        | carried_out | 1      | 1          |
    """)
    assert found(report, "REQ-1") == []


def test_req_1_names_the_column_the_numbers_and_the_difference() -> None:
    report = filled("""
        | requests    | person |
        |-------------|--------|
        | new         | 5      |
        | carried_in  | 1      |
        | granted     | 4      |
        | carried_out | 1      |
    """)
    finding = found(report, "REQ-1")[0]
    assert finding.message == (
        "表三“自然人”列：一 + 二 = （七） + 四，现在是 5 + 1 = 6 与 4 + 1 = 5，差 1 件。"
        "可能漏填或多填了一项办理结果或结转数，请核对这一列。"
    )
    assert (finding.severity, finding.section) == (Severity.ERROR, "requests")
    assert finding.cells == tuple(
        CellRef("requests", row, "person") for row in ("new", "carried_in", "handled", "carried_out")
    )


def test_req_1_finds_too_many_results_as_well_as_too_few() -> None:
    report = filled("""
        | requests | other |
        |----------|-------|
        | new      | 2     |
        | granted  | 12    |
    """)
    message = messages(report, "REQ-1")[0]
    assert "“其他”列" in message
    assert "2 + 0 = 2 与 12 + 0 = 12，差 10 件" in message


def test_req_1_finds_errors_that_cancel_out_in_the_total_column() -> None:
    report = filled("""
        | requests | person | enterprise |
        |----------|--------|------------|
        | new      | 3      | 3          |
        | granted  | 2      | 4          |
    """)
    assert [message[:9] for message in messages(report, "REQ-1")] == ["表三“自然人”列：", "表三“商业企业”列"]


def test_req_1_is_silent_while_a_column_is_only_partly_filled() -> None:
    report = filled("""
        | requests    | person |
        |-------------|--------|
        | new         | 5      |
        | granted     | 4      |
        | carried_out | –      |
    """)
    assert found(report, "REQ-1") == []


def test_req_1_speaks_of_a_partly_filled_column_once_the_section_is_finished() -> None:
    report = filled("""
        | requests    | person |
        |-------------|--------|
        | new         | 5      |
        | granted     | 4      |
        | carried_out | –      |
    """)
    report.finished["requests"] = True
    assert "5 + 0 = 5 与 4 + 未填 = 4，差 1 件" in messages(report, "REQ-1")[0]


def test_req_1_is_silent_about_a_blank_table_even_if_finished() -> None:
    report = filled("| requests | person |\n|---|---|\n| new | – |", rest=None)
    report.finished["requests"] = True
    assert found(report, "REQ-1") == []


def test_req_1_is_silent_about_a_year_without_new_requests_but_with_carried_ones() -> None:
    report = filled("""
        | requests    | person |
        |-------------|--------|
        | new         | 0      |
        | carried_in  | 3      |
        | granted     | 3      |
    """)
    assert found(report, "REQ-1") == []


def test_req_1_watches_a_balance_of_another_edition_in_its_own_words() -> None:
    form = third_form()
    report = filled(
        """
        | appeals     | hall | paid | change |
        |-------------|------|------|--------|
        | new         | 5    | 0.50 | -2     |
        | closed      | 9    | 9    | 9      |
        | same_day    | 4    | 0.25 | -2     |
        """,
        form=form,
    )
    hall, *others = messages(report, "REQ-1", form)
    assert hall.startswith(
        "表丙“大厅”列：一 + 二 = （三）总计 + 四，现在是 5 + 0 = 5 与 4 + 0 = 4，差 1 件。"
    )
    assert any("0.50 + 0 = 0.50 与 0.25 + 0 = 0.25，差 0.25 元" in message for message in others)
    assert not any("比上年增减”列" in message and "赔付" not in message for message in others)


def test_a_balance_that_no_rule_watches_is_silent() -> None:
    form = third_form()
    report = filled("| appeals | hall |\n|---|---|\n| rated | 5 |", form=form)
    assert found(report, "REQ-1", form) == []


def test_req_1_does_without_advice_where_the_form_gives_none() -> None:
    source = THIRD.read_text(encoding="utf-8").replace(', advice = "可能漏填了一项办理结果"', "")
    form = parse_form(source)
    report = filled("| appeals | hall |\n|---|---|\n| new | 5 |", form=form)
    assert messages(report, "REQ-1", form)[0].endswith("差 5 件。请核对这一列。")


# ---------------------------------------------------------------- REQ-2: the results = （七）


def test_req_2_finds_a_stated_total_above_its_results() -> None:
    report = filled("""
        | requests     | person |
        |--------------|--------|
        | granted      | 40     |
        | closed_other | 20     |
        | handled      | 61     |
    """)
    (finding,) = found(report, "REQ-2")
    assert finding.message == (
        "表三 （七）总计 自然人：来源文件写的是 61，各项相加是 60，差 1。请核对来源文件，改正填错的那一项；是合计写错了的，以各项相加为准。"
    )
    assert finding.cells[0] == CellRef("requests", "handled", "person")
    assert len(finding.cells) == 22


def test_req_2_finds_a_stated_total_of_zero() -> None:
    report = filled("""
        | requests | welfare |
        |----------|---------|
        | granted  | 11      |
        | handled  | 0       |
    """)
    assert "来源文件写的是 0，各项相加是 11，差 11" in messages(report, "REQ-2")[0]


def test_req_2_finds_it_in_each_column() -> None:
    report = filled("""
        | requests | person | other |
        |----------|--------|-------|
        | granted  | 1      | 1     |
        | handled  | 2      | 3     |
    """)
    assert ["自然人" in message for message in messages(report, "REQ-2")] == [True, False]


def test_req_2_is_silent_where_the_stated_total_is_right() -> None:
    report = filled("""
        | requests | person |
        |----------|--------|
        | granted  | 60     |
        | handled  | 60     |
    """)
    assert found(report, "REQ-2") == []


def test_req_2_is_silent_where_nothing_was_stated() -> None:
    assert found(filled("| requests | person |\n|---|---|\n| granted | 60 |"), "REQ-2") == []


def test_req_2_is_silent_about_a_stated_zero_over_blank_cells() -> None:
    assert found(filled("| requests | person |\n|---|---|\n| handled | 0 |", rest=None), "REQ-2") == []


# ---------------------------------------------------------------- REQ-3: six columns = 总计


def test_req_3_finds_a_stated_total_that_its_row_does_not_add_up_to() -> None:
    report = filled("""
        | requests | person | enterprise | total |
        |----------|--------|------------|-------|
        | new      | 5      | 2          | 8     |
    """)
    (finding,) = found(report, "REQ-3")
    assert finding.message.startswith(
        "表三 一、本年新收政府信息公开申请数量 总计：来源文件写的是 8，各项相加是 7，差 1。"
    )
    assert finding.cells == tuple(
        CellRef("requests", "new", column)
        for column in ("total", "person", "enterprise", "research", "welfare", "legal_service", "other")
    )


def test_req_3_finds_a_total_stated_over_blank_cells() -> None:
    report = filled("| requests | total |\n|---|---|\n| granted | 3 |", rest=None)
    assert "来源文件写的是 3，各项相加是 0，差 3" in messages(report, "REQ-3")[0]


def test_a_corner_stated_wrongly_is_told_of_its_row_and_of_its_column() -> None:
    report = filled("""
        | requests | person | other | total |
        |----------|--------|-------|-------|
        | granted  | 2      | 1     | 3     |
        | handled  | 2      | 1     | 4     |
    """)
    corner = "表三 （七）总计 总计：来源文件写的是 4，"
    assert messages(report, "REQ-2")[0].startswith(f"{corner}这一列各项相加是 3，差 1。")
    assert messages(report, "REQ-3")[0].startswith(f"{corner}这一行各项相加是 3，差 1。")


def test_a_total_stated_wrongly_can_be_given_up_and_no_number_changes() -> None:
    report = filled("""
        | requests | person | total |
        |----------|--------|-------|
        | granted  | 2      | 2     |
        | handled  | 5      | 2     |
    """)
    cells = dict(report.cells)
    (fix,) = find_fixes(FORM, report)
    assert (fix.code, fix.cell) == ("REQ-2", CellRef("requests", "handled", "person"))
    apply_edit(report, fix.edit)
    assert found(report, "REQ-2") == found(report, "REQ-3") == []
    assert report.cells == cells
    apply_edit(report, fix.edit.inverse())
    assert len(found(report, "REQ-2")) == 1


def test_req_3_finds_it_in_each_row() -> None:
    report = filled("""
        | requests    | person | total |
        |-------------|--------|-------|
        | new         | 1      | 2     |
        | granted     | 1      | 1     |
        | carried_out | 0      | 7     |
    """)
    assert len(messages(report, "REQ-3")) == 2


def test_req_3_is_silent_where_the_row_adds_up() -> None:
    report = filled("""
        | requests | person | other | total |
        |----------|--------|-------|-------|
        | new      | 5      | 2     | 7     |
        | granted  | 5      | 2     | 7     |
        | handled  | 5      | 2     | 7     |
    """)
    assert found(report, "REQ-2") == found(report, "REQ-3") == []


def test_req_3_is_silent_where_nothing_was_stated() -> None:
    assert found(filled("| requests | person |\n|---|---|\n| new | 5 |"), "REQ-3") == []


def test_req_3_is_silent_about_a_stated_zero_of_a_row_of_zeros() -> None:
    assert found(filled("| requests | total |\n|---|---|\n| new | 0 |"), "REQ-3") == []


def test_req_3_watches_the_totals_that_another_edition_puts_under_it() -> None:
    form = third_form()
    report = filled(
        "| appeals | hall | phone | remote | total |\n|---|---|---|---|---|\n| new | 1 | 2 | 2 | 4 |",
        form=form,
    )
    assert messages(report, "REQ-3", form) == [
        "表丙 一、本年新收 来件渠道 总计：来源文件写的是 4，各项相加是 3，差 1。请核对来源文件，改正填错的那一项；是合计写错了的，以各项相加为准。"
    ]


def test_an_amount_stated_with_other_places_is_the_same_number() -> None:
    form = third_form()
    report = filled(
        """
        | services | charged |
        |----------|---------|
        | licences | 3.50    |
        | subtotal | 3.5     |
        """,
        form=form,
    )
    assert report.reported[CellRef("services", "subtotal", "charged")] == Decimal("3.5")
    assert [code for code in ("REQ-2", "REQ-3") if found(report, code, form)] == []
