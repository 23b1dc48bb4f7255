"""Tables are recognised by their labels, however a file lays them out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportdesk.form.layout import lay_out
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.files.visible import VisibleCell, VisibleParagraph, VisibleTable
from tests.editions import EDITION_IDS, FORMS, rounds_form
from tests.readers.laid import cut, edited, figures, laid
from tests.readers.numbered import DISCLOSURE, DISPUTES, FORM, REQUESTS, doubts, in_table, numbered, read
from tests.strategies import cells


@pytest.mark.parametrize(
    "form",
    [*FORMS, load_form("2019"), load_form("website"), rounds_form()],
    ids=[*EDITION_IDS, "2019", "website", "rounds"],
)
@pytest.mark.parametrize("spans", [True, False], ids=["spans", "spans lost"])
@settings(max_examples=25)
@given(data=st.data())
def test_any_table_is_read_with_spans_or_without(form: Form, *, spans: bool, data: st.DataObject) -> None:
    wanted = data.draw(cells(form))
    shown = figures(form, wanted)
    proposal = read(*(laid(table, shown, spans=spans) for table in form.tables.values()), form=form)
    assert proposal.cells == wanted
    assert proposal.blank == {ref for ref in form.kind_of if ref not in form.totals and ref not in wanted}
    assert not proposal.missing
    assert not proposal.disagreements
    assert set(proposal.reported) == {ref for ref in form.totals if shown[ref]}


@pytest.mark.parametrize("row", range(4, 28))
@pytest.mark.parametrize("head_rows", [0, 3], ids=["no head", "head repeated"])
@pytest.mark.parametrize("spans", [True, False], ids=["spans", "spans lost"])
def test_a_table_cut_by_a_page_is_read_whole(row: int, head_rows: int, *, spans: bool) -> None:
    shown = figures(FORM, numbered())
    pieces = cut(laid(REQUESTS, shown, spans=spans), row, head_rows)
    page_number = VisibleParagraph("— 4 —")
    proposal = read(pieces[0], page_number, pieces[1])
    assert proposal.cells == in_table("requests")
    assert not proposal.disagreements


def test_a_piece_with_other_columns_is_read_by_their_order() -> None:
    first, second = cut(laid(REQUESTS, figures(FORM, numbered())), 12)
    wider = VisibleTable(tuple(cell._replace(column=cell.column + 1) for cell in second.cells))
    assert read(first, wider).cells == in_table("requests")


def test_several_tables_in_one_sheet_are_told_apart() -> None:
    shown = figures(FORM, numbered())
    sheet: list[VisibleCell] = []
    top = 0
    for table in FORM.tables.values():
        sheet.append(VisibleCell(FORM.section_of[table.id].title, top, 0))
        sheet += [cell._replace(row=cell.row + top + 1) for cell in laid(table, shown, spans=False).cells]
        top += lay_out(table).row_count + 2
    assert read(VisibleTable(tuple(sheet))).cells == numbered()


def test_rows_and_columns_in_another_order_are_read_by_their_labels() -> None:
    table = laid(DISCLOSURE, figures(FORM, numbered()))
    swapped = {1: 3, 3: 1}
    moved = VisibleTable(
        tuple(
            cell._replace(column=swapped.get(cell.column, cell.column)) if cell.columns == 1 else cell
            for cell in table.cells
        )
    )
    assert read(moved).cells == in_table("disclosure")


def test_labels_are_known_however_they_are_written() -> None:
    table = edited(
        laid(REQUESTS, figures(FORM, numbered())),
        **{
            "一、本年新收政府信息公开申请数量": "一．本年新收政府信息 公开申请数量",
            "（一）予以公开": "(一) 予以公开",
            "1.属于国家秘密": "１、属于国家秘密",
            "3.危及“三安全一稳定”": '3.危机"三安全一稳定"',
            "（三）不予公开": "（三）不\n予\n公开",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "(二)部分公开(区分处理的,只计这一情形,不计其他情形)",
            "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关确认或重新出具已获取的信息",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.申请人逾期未按收费通知要求缴纳费用",
            "3.其他": "3、其它",
            "（七）总计": "（七）合计",
            "社会公益组织": "社会\n公益\n组织",
        },
    )
    proposal = read(table)
    assert proposal.cells == in_table("requests")
    assert not proposal.disagreements
    assert "表三" not in doubts(proposal)


def test_a_label_that_is_only_like_the_forms_is_taken_and_told() -> None:
    table = edited(laid(REQUESTS, figures(FORM, numbered())), **{"7.属于行政执法案卷": "7.属于行政处罚案卷"})
    proposal = read(table)
    assert proposal.cells == in_table("requests")
    assert "表三里的“7.属于行政处罚案卷”当作“7.属于行政执法案卷”读入，请核对。" in doubts(proposal)


def test_one_row_for_other_processing_goes_to_its_rest_and_is_told() -> None:
    old = load_form("2019")
    wanted = in_table("requests", numbered(old))
    proposal = read(laid(old.tables["requests"], figures(old, wanted)))
    for column in ("person", "other"):
        assert (
            proposal.cells[CellRef("requests", "closed_other", column)]
            == wanted[CellRef("requests", "closed", column)]
        )
    assert "表三“（六）其他处理”在文件里只有一行，已计入“3.其他”，请核对。" in doubts(proposal)
    assert CellRef("requests", "closed_unpaid", "person") in proposal.missing
    assert not proposal.disagreements


def without_column(table: VisibleTable, column: int) -> VisibleTable:
    kept = []
    for cell in table.cells:
        if cell.column == column and cell.columns == 1:
            continue
        over = cell.column < column < cell.column + cell.columns
        kept.append(cell._replace(columns=cell.columns - over, column=cell.column - (cell.column > column)))
    return VisibleTable(tuple(kept))


@pytest.mark.parametrize("spans", [True, False], ids=["spans", "spans lost"])
def test_a_missing_column_of_totals_takes_nothing_away(*, spans: bool) -> None:
    table = laid(REQUESTS, figures(FORM, numbered()), spans=spans)
    proposal = read(without_column(table, 9))
    assert proposal.cells == in_table("requests")
    assert {ref.column for ref in proposal.reported} == {
        "person",
        "enterprise",
        "research",
        "welfare",
        "legal_service",
        "other",
    }


def test_a_missing_row_of_totals_takes_nothing_away() -> None:
    table = laid(REQUESTS, figures(FORM, numbered()))
    row = next(cell.row for cell in table.cells if cell.text == "（七）总计")
    kept = tuple(
        cell._replace(
            row=cell.row - (cell.row > row), rows=cell.rows - (cell.row < row < cell.row + cell.rows)
        )
        for cell in table.cells
        if cell.row != row
    )
    assert read(VisibleTable(kept)).cells == in_table("requests")


@pytest.mark.parametrize("sign", ["/", "／", "-", "—", "——", "无", "空"])
def test_a_sign_for_nothing_is_blank_and_not_zero(sign: str) -> None:
    ref = CellRef("requests", "new", "person")
    shown = {**figures(FORM, numbered()), ref: sign}
    proposal = read(laid(REQUESTS, shown))
    assert ref not in proposal.cells
    assert ref in proposal.blank
    assert f"写的是“{sign}”，不是数字，按空白读入" in doubts(proposal)
    assert proposal.cells[ref._replace(column="enterprise")] == numbered()[ref._replace(column="enterprise")]


def test_an_empty_cell_is_blank_without_a_word() -> None:
    proposal = read(laid(REQUESTS, figures(FORM, {})))
    assert proposal.blank == set(FORM.typed_cells(REQUESTS))
    assert not proposal.cells
    assert "表三" not in doubts(proposal)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("１，２３４", 1234),
        ("1,234", 1234),
        ("12 件", 12),
        ("0", 0),
        ("钊 0", None),
        ("3.5", None),
        ("-2", None),
    ],
)
def test_numbers_as_people_write_them(written: str, value: int | None) -> None:
    ref = CellRef("requests", "new", "person")
    proposal = read(laid(REQUESTS, {**figures(FORM, numbered()), ref: written}))
    assert proposal.cells.get(ref) == value
    assert (value is None) == ("没有读入" in doubts(proposal))


@pytest.mark.parametrize(
    ("label", "written", "value"),
    [
        ("本年收费金额（单位：万元）", "59237.2449", "59237.2449"),
        ("本年收费金额（单位：万元）", "3.50", "3.50"),
        ("本年收费金额", "12.5万元", "12.5"),
        ("本年收费金额（单位: 万元）", "125000元", "12.5"),
        ("本年收费金额（单位：元）", "1,250,000", "125"),
        ("本年收费金额", "1.2亿元", "12000"),
        ("本年收费金额（单位：元）", "1904573.79", "190.457379"),
        ("本年收费金额（单位：元）", "1.2345", None),
    ],
)
def test_money_is_in_ten_thousand_yuan(label: str, written: str, value: str | None) -> None:
    ref = CellRef("disclosure", "fees", "charged")
    table = laid(DISCLOSURE, {**figures(FORM, numbered()), ref: written})
    proposal = read(edited(table, **{"本年收费金额（单位：万元）": label}))
    assert (str(proposal.cells[ref]) if ref in proposal.cells else None) == value


@pytest.mark.parametrize(("written", "value"), [(".5", "0.5"), ("5.", "5"), ("．50", "0.50")])
def test_an_amount_with_a_bare_point_is_read_and_doubted(written: str, value: str) -> None:
    """The rest of it may have been cut off, so that it is not taken in silence."""
    ref = CellRef("disclosure", "fees", "charged")
    proposal = read(laid(DISCLOSURE, {**figures(FORM, numbered()), ref: written}))
    assert str(proposal.cells[ref]) == value
    assert f"写的是“{written}”，按 {value} 读入，请核对" in doubts(proposal)


def test_stated_totals_are_kept_and_compared_with_ours() -> None:
    total = CellRef("requests", "new", "total")
    proposal = read(laid(REQUESTS, {**figures(FORM, numbered()), total: "7"}))
    assert proposal.reported[total] == 7
    [differs] = proposal.disagreements
    computed = sum(value for ref, value in numbered().items() if ref[:2] == ("requests", "new"))
    assert (differs.ref, differs.stated, differs.computed) == (total, 7, computed)
    assert (
        differs.says
        == f"表三 一、本年新收政府信息公开申请数量 总计：文件写的是 7，按分项加起来是 {computed}。"
    )
    assert proposal.to_report().reported[total] == 7


def test_a_table_that_stands_there_twice_counts_once_and_a_difference_is_told() -> None:
    shown = figures(FORM, numbered())
    ref = CellRef("disputes", "cases", "direct_suit_upheld")
    twice = read(laid(DISPUTES, shown), laid(DISPUTES, shown))
    assert twice.cells == in_table("disputes")
    requests = CellRef("requests", "new", "person")
    differing = read(laid(REQUESTS, shown), laid(REQUESTS, {**shown, requests: "9"}))
    assert differing.cells[requests] == numbered()[requests]
    assert "不止一处" in doubts(differing)
    assert ref in twice.cells


def test_checks_that_somebody_put_under_a_table_are_passed_over() -> None:
    table = laid(REQUESTS, figures(FORM, numbered()), spans=False)
    bottom = max(cell.row for cell in table.cells) + 1
    check = [
        VisibleCell("平衡：一 + 二 = （七） + 四", bottom, 0),
        *(VisibleCell("0", bottom, column) for column in range(3, 10)),
    ]
    proposal = read(VisibleTable((*table.cells, *check)))
    assert proposal.cells == in_table("requests")
    assert "表三" not in doubts(proposal)


def test_numbers_of_an_unknown_row_are_named() -> None:
    table = laid(REQUESTS, figures(FORM, numbered()), spans=False)
    bottom = max(cell.row for cell in table.cells) + 1
    more = [
        VisibleCell("五、咨询数量", bottom, 0),
        *(VisibleCell("8", bottom, column) for column in range(3, 10)),
    ]
    proposal = read(VisibleTable((*table.cells, *more)))
    assert proposal.cells == in_table("requests")
    assert "表三里有数字没有读入，因为对不上格式里的行或列：“五、咨询数量”。" in doubts(proposal)


def test_a_table_of_another_kind_is_named_and_not_read() -> None:
    words = [["序号", "文件名称", "发文日期"], ["1", "关于某事的通知", "3月"], ["2", "关于别事的通知", "5月"]]
    other = VisibleTable(
        tuple(
            VisibleCell(text, row, column)
            for row, line in enumerate(words)
            for column, text in enumerate(line)
        )
    )
    proposal = read(other, laid(DISPUTES, figures(FORM, numbered())))
    assert proposal.cells == in_table("disputes")
    assert "有一张表不是年报格式里的，没有读入，开头是“序号”。" in doubts(proposal)


def test_a_missing_table_is_told() -> None:
    proposal = read(laid(DISPUTES, figures(FORM, numbered())))
    told = [outcome.says for outcome in proposal.of(Standing.NOT_FOUND)]
    assert "没有找到表二。" in told
    assert "没有找到表三。" in told
    assert set(FORM.typed_cells(REQUESTS)) <= proposal.missing


def test_spans_beyond_all_measure_are_not_followed() -> None:
    table = laid(DISPUTES, figures(FORM, numbered()))
    absurd = VisibleCell("说明", max(cell.row for cell in table.cells) + 1, 0, 100_000, 100_000)
    assert read(VisibleTable((*table.cells, absurd))).form.edition == FORM.edition


def test_a_blank_row_before_one_of_the_same_words_in_another_group_takes_no_number_of_it() -> None:
    """信息发布量 of 微博 is blank, that of 微信 is 5."""
    form = load_form("website")
    weixin = CellRef("work", "weixin_posts", "number")
    proposal = read(laid(form.tables["work"], figures(form, {weixin: 5})), form=form)
    assert proposal.cells == {weixin: 5}
    assert weixin._replace(row="weibo_posts") in proposal.blank
