"""An edit read back from JSON is the edit that was written, to the last sign."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Explanation
from reportdesk.report.edits import Edit, EntryChange, Slot, TextChange
from reportdesk.report.file.edit_codec import EditFormatError, edit_from_json, edit_to_json
from reportdesk.report.records import Contribution, HandedIn, Notice
from tests.strategies import (
    contributions,
    edits,
    hand_ins,
    json_values,
    notices,
    reports,
    snapshots,
    text,
)

FORM = load_form("2021")
FEES = CellRef("disclosure", "fees", "charged")
any_text = st.text(st.characters())
"""Half of a surrogate pair as well: a damaged clipboard yields it."""


def through_json(edit: Edit) -> Edit:
    written = json.dumps(edit_to_json(edit), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return edit_from_json(json.loads(written.decode("utf-8", "surrogatepass")))


def is_exactly(one: Edit, other: Edit) -> bool:
    return one == other and repr(one) == repr(other)


@given(st.data())
def test_an_edit_of_a_clerk_is_read_back_exactly(data: st.DataObject) -> None:
    report = data.draw(reports(FORM))
    edit = data.draw(edits(FORM, report))
    assert is_exactly(through_json(edit), edit)
    assert is_exactly(through_json(edit.inverse()), edit.inverse())


@given(any_text, any_text, any_text)
def test_any_text_is_read_back_exactly(label: str, removed: str, inserted: str) -> None:
    edit = Edit(label, (TextChange("overview.disclosure", 3, removed, inserted),))
    assert is_exactly(through_json(edit), edit)


@given(snapshots(FORM), text, text)
def test_last_year_and_explanations_are_read_back_exactly(last: object, says: str, settles: str) -> None:
    explained = EntryChange(Slot.EXPLANATIONS, "REQ-1", None, Explanation(says, settles))
    taken_in = EntryChange(Slot.PREVIOUS, 2023, last, None)
    stated = EntryChange(Slot.REPORTED, CellRef("requests", "new", "total"), 3, None)
    marked = EntryChange(Slot.UNVERIFIED, CellRef("requests", "new", "person"), True, None)
    edit = Edit("导入", (explained, taken_in, stated, marked))
    assert is_exactly(through_json(edit), edit)


@given(hand_ins, contributions(FORM.kind_of[FEES]), notices, text)
def test_records_are_read_back_exactly(
    made: HandedIn, given_by: list[Contribution], said: Notice, known: str
) -> None:
    handed_in = EntryChange(Slot.HAND_INS, 3, None, made)
    given_for = EntryChange(Slot.SOURCES, FEES, tuple(given_by), None)
    told = EntryChange(Slot.NOTICES, known, said, replace(said, answer="已改"))
    edit = Edit("报送", (handed_in, given_for, told))
    assert is_exactly(through_json(edit), edit)


@given(json_values.filter(lambda value: not (isinstance(value, list) and len(value) == 2)))
def test_any_other_json_is_refused(value: object) -> None:
    with pytest.raises(EditFormatError):
        edit_from_json(value)


@pytest.mark.parametrize(
    "change",
    [
        {"slot": "cells", "key": "requests.new.person", "before": None, "after": "1E+999999999"},
        {"slot": "cells", "key": "requests.new.person", "before": None, "after": True},
        {"slot": "cells", "key": "requests", "before": None, "after": 1},
        {"slot": "facts", "key": "unheard_of", "before": None, "after": "x"},
        {"slot": "prose", "key": "overview.disclosure", "before": None, "after": "x"},
        ["overview.disclosure", True, "", "x"],
        {"slot": "hand_ins", "key": "1", "before": None, "after": None},
        {"slot": "hand_ins", "key": 1, "before": None, "after": {"made": "2026-01-15"}},
        {"slot": "sources", "key": "disclosure.fees.charged", "before": None, "after": [{"office": 1}]},
        {"slot": "notices", "key": "1", "before": None, "after": {"made": 1}},
    ],
)
def test_what_no_program_wrote_is_refused(change: object) -> None:
    with pytest.raises(EditFormatError):
        edit_from_json(["填数", [change]])


def test_every_slot_has_a_way_to_be_written() -> None:
    kept = {Slot.PREVIOUS, Slot.EXPLANATIONS, Slot.HAND_INS, Slot.NOTICES}
    for slot in set(Slot) - kept:
        key = (
            CellRef("requests", "new", "person") if slot not in ("facts", "headings", "finished") else "year"
        )
        edit = Edit("", (EntryChange(slot, key, None, None),))
        assert through_json(replace(edit, label="改")) == replace(edit, label="改")
