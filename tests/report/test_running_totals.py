"""Totals that follow edits are the same as those computed from scratch, after each of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Value
from reportdesk.report.running_totals import RunningTotals
from reportdesk.report.totals import Total, compute_totals
from tests.editions import EDITION_IDS, FORMS
from tests.strategies import cells

FORM = load_form("2021")


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@given(data=st.data())
def test_after_each_edit_they_are_as_from_scratch(form: Form, data: st.DataObject) -> None:
    numbers = data.draw(cells(form))
    running = RunningTotals(relate(form), numbers)
    typed = sorted(ref for ref in form.kind_of if ref not in form.totals)
    for _ in range(data.draw(st.integers(1, 6))):
        before = dict(running.totals)
        changed = data.draw(st.sets(st.sampled_from(typed), max_size=12))
        wanted = data.draw(cells(form))
        for ref in changed:
            numbers.pop(ref, None)
            if ref in wanted:
                numbers[ref] = wanted[ref]
        told = running.follow(numbers, changed)
        totals, balances = compute_totals(relate(form), numbers)
        assert (running.totals, running.balances) == (totals, balances)
        assert list(running.totals) == list(totals)
        assert told == {ref for ref, total in totals.items() if shown(before[ref]) != shown(total)}


def shown(total: Total) -> tuple[str, bool]:
    return str(total.value), total.provisional


def test_totals_that_somebody_kept_stay_as_they_were() -> None:
    numbers: dict[CellRef, Value] = dict.fromkeys(FORM.typed_of(FORM.tables["requests"]), 0)
    running = RunningTotals(relate(FORM), numbers)
    kept, balances = running.totals, running.balances
    new = CellRef("requests", "new", "person")
    numbers[new] = 7
    assert running.follow(numbers, [new]) == {CellRef("requests", "new", "total")}
    assert kept[CellRef("requests", "new", "total")].value == 0
    assert balances != running.balances


def test_a_total_that_is_only_written_otherwise_looks_other() -> None:
    form = next(form for form in FORMS if any(form.kind_of[ref].places for ref in form.totals))
    total = next(ref for ref in form.totals if form.kind_of[ref].places)
    ref = relate(form).typed_under[total][0]
    numbers: dict[CellRef, Value] = {ref: Decimal("3.50")}
    running = RunningTotals(relate(form), numbers)
    numbers[ref] = Decimal("3.5")
    assert total in running.follow(numbers, [ref])
