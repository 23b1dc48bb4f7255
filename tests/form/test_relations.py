"""What adds up to what: order of computing, typed cells under a total, circles."""

import pytest

from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from tests.editions import EDITION_IDS, FORMS, third_form

each_edition = pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)


@each_edition
def test_every_total_is_computed_once_and_after_its_items(form: Form) -> None:
    computed = list(relate(form).computed_by)
    assert sorted(computed) == sorted(form.totals)
    place = {ref: index for index, ref in enumerate(computed)}
    for ref, relation in relate(form).computed_by.items():
        assert all(place[item] < place[ref] for item in relation.items if item in place)


@each_edition
def test_every_total_rests_on_typed_cells_only(form: Form) -> None:
    for total, typed in relate(form).typed_under.items():
        assert typed, total
        assert form.totals.isdisjoint(typed)
        assert len(set(typed)) == len(typed)


@each_edition
def test_a_cell_in_a_total_row_and_a_total_column_is_summed_both_ways(form: Form) -> None:
    both = [
        CellRef(table.id, row.id, column.id)
        for table in form.tables.values()
        for block in table.blocks
        for row in block.rows
        for column in block.columns
        if row.total_of and column.total_of
    ]
    assert both
    for ref in both:
        relations = [relation for relation in relate(form).sums if relation.total == ref]
        across, down = sorted(relations, key=lambda relation: relation.items[0].row != ref.row)
        assert {item.row for item in across.items} == {ref.row}
        assert {item.column for item in down.items} == {ref.column}


def test_a_total_of_totals_rests_on_the_cells_at_the_bottom() -> None:
    under = relate(third_form()).typed_under[CellRef("appeals", "handled", "total")]
    assert {ref.row for ref in under} == {"same_day", "in_time", "late", "refused"}
    assert {ref.column for ref in under} == {"hall", "village", "phone", "website", "social"}
    assert len(under) == 20


def test_a_balance_holds_in_every_column_of_its_block() -> None:
    lines = relate(third_form()).balances
    assert len(lines) == 2 * 10
    paid = next(line for line in lines if line.column == "paid" and line.balance.rule == "REQ-1")
    assert [ref.row for ref in paid.typed] == [
        "new",
        "carried_in",
        "same_day",
        "in_time",
        "late",
        "refused",
        "carried_out",
    ]


def test_relations_are_worked_out_once() -> None:
    assert relate(third_form()) is relate(third_form())
