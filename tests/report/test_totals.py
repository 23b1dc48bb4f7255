"""Totals and balances equal what one would add up by hand; blank is not zero."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Value
from reportdesk.report.totals import BalanceState, Total, compute_totals
from tests.editions import EDITION_IDS, FORMS, third_form
from tests.strategies import cells, typed_cells

FORM = load_form("2021")
each_edition = pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)


def by_hand(form: Form, numbers: Mapping[CellRef, Value], ref: CellRef) -> tuple[Value | None, bool]:
    """Sum and provisional, straight from the form: over columns if there is such a total, else over rows."""
    if ref not in form.totals:
        return numbers.get(ref), ref not in numbers
    block = form.tables[ref.table].block_of(ref)
    across = block.column(ref.column).total_of
    items = (
        [CellRef(ref.table, ref.row, column) for column in across]
        if across
        else [CellRef(ref.table, row, ref.column) for row in block.row(ref.row).total_of]
    )
    parts = [by_hand(form, numbers, item) for item in items]
    filled = [value for value, _ in parts if value is not None]
    return (sum(filled) if filled else None), any(provisional for _, provisional in parts)


@each_edition
@given(data=st.data())
def test_every_total_is_what_one_adds_up_by_hand(form: Form, data: st.DataObject) -> None:
    numbers = data.draw(cells(form))
    totals, _ = compute_totals(relate(form), numbers)
    assert {ref: tuple(total) for ref, total in totals.items()} == {
        ref: by_hand(form, numbers, ref) for ref in form.totals
    }


@each_edition
@given(data=st.data())
def test_both_ways_to_a_corner_give_the_same_sum(form: Form, data: st.DataObject) -> None:
    totals, _ = compute_totals(relate(form), numbers := data.draw(cells(form)))
    for relation in relate(form).sums:
        values = [totals[item].value if item in totals else numbers.get(item) for item in relation.items]
        filled = [value for value in values if value is not None]
        assert totals[relation.total].value == (sum(filled) if filled else None)


@each_edition
@given(data=st.data())
def test_every_balance_is_what_one_adds_up_by_hand(form: Form, data: st.DataObject) -> None:
    numbers = data.draw(cells(form))
    _, balances = compute_totals(relate(form), numbers)
    for result in balances:
        plus = sum(by_hand(form, numbers, ref)[0] or 0 for ref in result.line.plus)
        equals = sum(by_hand(form, numbers, ref)[0] or 0 for ref in result.line.equals)
        assert (result.plus, result.equals, result.difference) == (plus, equals, plus - equals)
        filled = sum(ref in numbers for ref in result.line.typed)
        expected = (
            BalanceState.BLANK
            if not filled
            else BalanceState.FILLED
            if filled == len(result.line.typed)
            else BalanceState.PARTIAL
        )
        assert result.state is expected


HANDLED = CellRef("requests", "handled", "person")


def test_a_total_is_blank_while_every_item_is() -> None:
    totals, _ = compute_totals(relate(FORM), {})
    assert set(totals.values()) == {Total(None, provisional=True)}


def test_a_zero_makes_a_total_zero_and_not_blank() -> None:
    totals, _ = compute_totals(relate(FORM), {CellRef("requests", "granted", "person"): 0})
    assert totals[HANDLED] == Total(0, provisional=True)


def test_a_total_is_provisional_until_its_last_item_is_filled() -> None:
    results = relate(FORM).typed_under[HANDLED]
    numbers: dict[CellRef, Value] = dict.fromkeys(results[:-1], 2)
    assert compute_totals(relate(FORM), numbers)[0][HANDLED] == Total(40, provisional=True)
    numbers[results[-1]] = 0
    assert compute_totals(relate(FORM), numbers)[0][HANDLED] == Total(40, provisional=False)


def test_a_total_over_a_provisional_total_is_provisional() -> None:
    form = third_form()
    row = {CellRef("appeals", "new", column): 1 for column in ("hall", "village", "phone", "website")}
    totals, _ = compute_totals(relate(form), row)
    assert totals[CellRef("appeals", "new", "remote")] == Total(2, provisional=True)
    assert totals[CellRef("appeals", "new", "total")] == Total(4, provisional=True)


def test_amounts_add_up_exactly() -> None:
    form = third_form()
    paid = {
        CellRef("services", "licences", "charged"): Decimal("0.10"),
        CellRef("services", "confirmations", "charged"): Decimal("0.20"),
        CellRef("services", "inquiries", "charged"): Decimal(0),
    }
    total = compute_totals(relate(form), paid)[0][CellRef("services", "subtotal", "charged")]
    assert (str(total.value), total.provisional) == ("0.30", False)


def test_signed_items_may_cancel_out_to_zero_which_is_not_blank() -> None:
    change = {
        CellRef("services", "licences", "change"): -3,
        CellRef("services", "inquiries", "change"): 3,
    }
    total = compute_totals(relate(third_form()), change)[0][CellRef("services", "subtotal", "change")]
    assert total == Total(0, provisional=True)


def test_totals_are_listed_for_every_computed_cell_and_no_other() -> None:
    totals, _ = compute_totals(relate(FORM), dict.fromkeys(typed_cells(FORM), 1))
    assert totals.keys() == FORM.totals


def test_a_report_is_added_up_anew_whatever_was_filled_emptied_or_filled_in_another_order() -> None:
    form = load_form("2021")
    relations = relate(form)
    typed = [ref for ref in form.kind_of if ref not in form.totals]
    report: dict[CellRef, Value] = {ref: number for number, ref in enumerate(typed)}
    compute_totals(relations, report)
    for ref in (typed[0], typed[-1], typed[len(typed) // 2]):
        value = report.pop(ref)
        assert compute_totals(relations, report) == compute_totals(relate(form), dict(report))
        report[ref] = value + 1  # it stands last now, and every other cell one place further to the front
        backwards = dict(reversed(report.items()))
        assert compute_totals(relations, report) == compute_totals(relations, backwards)
    for total, sum_ in relations.computed_by.items():
        by_hand = sum(report[ref] for ref in relations.typed_under[total])
        assert compute_totals(relations, report)[0][total] == Total(by_hand, False), sum_
