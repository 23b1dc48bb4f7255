"""The laws of the sheet: every place is covered once, spans follow from equal beginnings."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.layout import Anatomy, LaidCell, TableLayout, lay_out
from reportdesk.form.spec import Block, CellRef, Column, LabelPath, Row, Table
from tests.editions import FORMS, third_form

TABLES = [table for form in FORMS for table in form.tables.values()]
labels = st.lists(
    st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=4).map(tuple), min_size=1, max_size=7
)


@st.composite
def blocks(draw: st.DrawFn, name: str) -> Block:
    heads: list[LabelPath] = draw(labels)
    stubs: list[LabelPath] = draw(labels | st.just([()]))
    return Block(
        draw(st.sampled_from(["", "横幅"])),
        "角",
        tuple(Column(f"c{index}", label, "count") for index, label in enumerate(heads)),
        tuple(Row(f"{name}{index}", label) for index, label in enumerate(stubs)),
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(1, 3))
    return Table("t", "表", tuple(draw(blocks(f"r{index}_")) for index in range(count)), (1.0, 2.0), 10, 16)


def shape(layout: TableLayout, anatomy: Anatomy) -> list[tuple[str, int, int, int, int]]:
    return [
        (cell.text, cell.row, cell.column, cell.row_span, cell.column_span)
        for cell in layout.cells
        if cell.anatomy is anatomy
    ]


def assert_covered_once(layout: TableLayout) -> None:
    covered = Counter(
        (row, column)
        for cell in layout.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    whole = {(row, column) for row in range(layout.row_count) for column in range(layout.column_count)}
    assert covered.keys() == whole
    assert set(covered.values()) == {1}
    assert all(layout.covering[place].text is not None for place in whole)


@given(tables())
def test_every_place_is_covered_exactly_once(table: Table) -> None:
    assert_covered_once(lay_out(table))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_place_of_a_real_table_is_covered_exactly_once(table: Table) -> None:
    assert_covered_once(lay_out(table))


@given(tables())
def test_covering_names_the_cell_that_lies_there(table: Table) -> None:
    layout = lay_out(table)
    for (row, column), cell in layout.covering.items():
        assert cell.row <= row < cell.row + cell.row_span
        assert cell.column <= column < cell.column + cell.column_span


@given(tables())
def test_each_number_stands_beside_its_row_and_below_its_column(table: Table) -> None:
    layout = lay_out(table)
    for block in table.blocks:
        for row in block.rows:
            for column in block.columns:
                cell = layout.place_of[CellRef("t", row.id, column.id)]
                assert _reading(layout, cell, up=True)[-len(column.label) :] == column.label
                if row.label:
                    assert _reading(layout, cell, up=False)[: len(row.label)] == row.label


def _reading(layout: TableLayout, cell: LaidCell, *, up: bool) -> LabelPath:
    """The texts that one passes from the sheet's edge to the cell, each merged one once."""
    places = (
        [(row, cell.column) for row in range(cell.row)]
        if up
        else [(cell.row, column) for column in range(cell.column)]
    )
    passed = dict.fromkeys(layout.covering[place] for place in places)
    return tuple(found.text for found in passed if found.ref is None)


@given(tables())
def test_widths_are_shares_of_the_whole(table: Table) -> None:
    assert sum(lay_out(table).widths) == pytest.approx(1)


def one_block(heads: list[LabelPath], stubs: list[LabelPath], banner: str = "") -> Table:
    columns = tuple(Column(f"c{index}", label, "count") for index, label in enumerate(heads))
    rows = tuple(Row(f"r{index}", label) for index, label in enumerate(stubs))
    return Table("t", "表", (Block(banner, "角", columns, rows),), (1.0,), 10, 16)


def test_equal_beginnings_share_a_spanner() -> None:
    layout = lay_out(one_block([("甲", "一"), ("甲", "二"), ("乙",)], [("行",)]))
    assert shape(layout, Anatomy.STUBHEAD) == [("角", 0, 0, 2, 1)]
    assert shape(layout, Anatomy.SPANNER) == [("甲", 0, 1, 1, 2)]
    assert shape(layout, Anatomy.COLUMN_LABEL) == [("乙", 0, 3, 2, 1), ("一", 1, 1, 1, 1), ("二", 1, 2, 1, 1)]


def test_equal_labels_apart_from_each_other_are_not_merged() -> None:
    layout = lay_out(one_block([("甲", "一"), ("乙", "一"), ("甲", "二")], [("行",)]))
    assert [text for text, *_ in shape(layout, Anatomy.SPANNER)] == ["甲", "乙", "甲"]


def test_two_columns_of_the_same_label_stay_two() -> None:
    layout = lay_out(one_block([("一",), ("一",)], [("行",)]))
    assert len(shape(layout, Anatomy.COLUMN_LABEL)) == 2


def test_a_label_that_is_also_a_spanner_stays_apart() -> None:
    layout = lay_out(one_block([("甲",), ("甲", "一")], [("行",)]))
    assert shape(layout, Anatomy.COLUMN_LABEL) == [("甲", 0, 1, 2, 1), ("一", 1, 2, 1, 1)]
    assert shape(layout, Anatomy.SPANNER) == [("甲", 0, 2, 1, 1)]


def test_only_a_table_of_one_block_without_banner_repeats_its_head() -> None:
    assert lay_out(one_block([("甲", "一")], [("行",)])).head_rows == 2
    assert lay_out(one_block([("甲", "一")], [("行",)], banner="横幅")).head_rows == 0


def test_a_block_without_a_stub_has_the_whole_width_beside_blocks_with_one() -> None:
    layout = lay_out(third_form().tables["services"])
    funds = [cell for cell in layout.cells if cell.ref is not None and cell.ref.row == "funds"]
    assert [(cell.column, cell.column_span) for cell in funds] == [(0, 2), (2, 3)]
    assert [text for text, *_ in shape(layout, Anatomy.STUBHEAD)] == ["事项", "渠道"]


def test_labels_four_deep_are_laid_out() -> None:
    layout = lay_out(third_form().tables["appeals"])
    assert (layout.row_count, layout.column_count, layout.head_rows) == (15, 14, 4)
    assert ("三、办理结果", 6, 0, 6, 1) in shape(layout, Anatomy.STUB)
    assert ("1.按期", 6, 2, 2, 1) in shape(layout, Anatomy.STUB)
    assert ("二、上年结转", 5, 0, 1, 4) in shape(layout, Anatomy.STUB)
    assert ("窗口", 2, 4, 1, 2) in shape(layout, Anatomy.SPANNER)
    assert ("比上年增减", 0, 11, 4, 1) in shape(layout, Anatomy.COLUMN_LABEL)
