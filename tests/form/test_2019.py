"""The edition of 2019: for reading old files; what it shares with 2021 has the same names."""

from reportdesk.form.load import known_forms, load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef

OLD, NEW = load_form("2019"), load_form("2021")


def test_the_newest_edition_is_offered_first() -> None:
    assert [form.edition for form in known_forms()][:2] == ["2021", "2019"]


def test_table_two_counts_items_made_and_amounts_spent() -> None:
    heads = [
        [block.banner, *(column.label[-1] for column in block.columns)]
        for block in OLD.tables["disclosure"].blocks
    ]
    assert heads == [
        ["第二十条第（一）项", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["第二十条第（五）项", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["第二十条第（六）项", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["第二十条第（八）项", "上一年项目数量", "本年增/减"],
        ["第二十条第（九）项", "采购项目数量", "采购总金额"],
    ]
    signed = {ref.column for ref, kind in OLD.kind_of.items() if kind.signed}
    assert signed == {"change"}


def test_other_processing_is_one_row() -> None:
    rows = [row.label[-1] for row in OLD.tables["requests"].blocks[0].rows]
    assert len(rows) == 23
    assert "（六）其他处理" in rows


def test_its_totals_and_balances_are_those_of_2021() -> None:
    assert len(relate(OLD).balances) == len(relate(NEW).balances)
    assert OLD.totals == NEW.totals - {
        CellRef("requests", row, "total") for row in ("closed_not_amended", "closed_unpaid", "closed_other")
    } | {CellRef("requests", "closed", "total")}


def test_cells_of_the_same_name_count_the_same() -> None:
    shared = OLD.kind_of.keys() & NEW.kind_of.keys()
    for ref in shared:
        old = OLD.tables[ref.table].block_of(ref).row(ref.row).label
        assert old == NEW.tables[ref.table].block_of(ref).row(ref.row).label
    assert {ref.column for ref in shared if ref.table == "disclosure"} == {"decisions"}
    assert not {ref for ref in shared if ref.row.startswith("closed")}


def test_sections_and_parts_keep_their_names() -> None:
    assert list(OLD.parts) == list(NEW.parts)
    assert [section.id for section in OLD.sections] == [section.id for section in NEW.sections]
    assert OLD.sections[4].title == "五、政府信息公开工作存在的主要问题及改进情况"
