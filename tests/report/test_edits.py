"""Every change is an edit, and every edit can be taken back to the byte."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report, Value, new_report
from reportdesk.report.edits import (
    Edit,
    EditError,
    EntryChange,
    Slot,
    TextChange,
    apply_edit,
    change_text,
    combine,
    replace_text,
    set_cells,
    set_entry,
    set_fact,
    set_heading,
)
from reportdesk.report.file.codec import encode
from tests.editions import EDITION_IDS, FORMS
from tests.strategies import DEAR, edits, reports

FORM = load_form("2021")
NEW = CellRef("requests", "new", "person")
GRANTED = CellRef("requests", "granted", "person")
HANDLED = CellRef("requests", "handled", "person")
CORNER = CellRef("requests", "handled", "total")
FEES = CellRef("disclosure", "fees", "charged")
PART = "overview.disclosure"


@pytest.fixture
def report() -> Report:
    return new_report(FORM, 2024, "常乐镇人民政府")


def changed(report: Report, edit: Edit) -> Report:
    apply_edit(report, edit)
    return report


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_edits_taken_back_in_reverse_give_the_first_report_to_the_byte(
    form: Form, data: st.DataObject
) -> None:
    report = data.draw(reports(form))
    stages, made = [encode(report)], []
    for _ in range(data.draw(st.integers(1, 6))):
        edit = data.draw(edits(form, report))
        apply_edit(report, edit)
        made.append(edit)
        stages.append(encode(report))
    for edit in reversed(made):
        assert encode(report) == stages.pop()
        apply_edit(report, edit.inverse())
    assert encode(report) == stages.pop()


@settings(max_examples=DEAR)
@given(st.data())
def test_the_inverse_of_an_inverse_is_the_edit(data: st.DataObject) -> None:
    report = data.draw(reports(FORM))
    edit = data.draw(edits(FORM, report))
    assert edit.inverse().inverse() == edit


def test_an_edit_that_does_not_fit_changes_nothing(report: Report) -> None:
    before = encode(report)
    fits = EntryChange(Slot.CELLS, NEW, None, 5)
    for unfit in (
        EntryChange(Slot.CELLS, GRANTED, 7, 8),
        TextChange(PART, 3, "", "字"),
        TextChange(PART, -1, "", "字"),
        TextChange("opening", 0, "别的文字", "字"),
    ):
        with pytest.raises(EditError):
            apply_edit(report, Edit("填数", (fits, unfit)))
        assert encode(report) == before


@pytest.mark.parametrize(
    ("standing", "before"), [(Decimal("3.50"), Decimal("3.5")), (1, True), (Decimal(3), 3), (0, None)]
)
def test_an_edit_for_a_number_written_otherwise_does_not_fit(
    report: Report, standing: Value, before: Value | None
) -> None:
    report.cells[FEES] = standing
    with pytest.raises(EditError):
        apply_edit(report, Edit("填数", (EntryChange(Slot.CELLS, FEES, before, 9),)))
    assert report.cells[FEES] is standing


def test_filling_and_blanking_cells(report: Report) -> None:
    apply_edit(report, set_cells(report, FORM, {NEW: 5, GRANTED: 0}))
    assert report.cells == {NEW: 5, GRANTED: 0}
    apply_edit(report, set_cells(report, FORM, {NEW: None, GRANTED: 0}))
    assert report.cells == {GRANTED: 0}


def test_what_is_there_already_is_no_edit(report: Report) -> None:
    report.cells[FEES] = Decimal("3.50")
    assert not set_cells(report, FORM, {FEES: Decimal("3.50"), NEW: None})
    assert not set_fact(report, Fact.YEAR, " 2024 ")
    assert not set_heading(report, FORM, PART, "（一）主动公开")
    assert not replace_text(report, FORM, PART, "", "清空")
    assert not change_text(report, FORM, TextChange(PART, 0, "", ""))


def test_the_same_amount_with_other_places_is_an_edit(report: Report) -> None:
    report.cells[FEES] = Decimal("3.5")
    assert set_cells(report, FORM, {FEES: Decimal("3.50")})


@pytest.mark.parametrize("ref", [HANDLED, CORNER, CellRef("requests", "new", "martian")])
def test_a_total_or_a_cell_that_is_not_there_cannot_be_typed(report: Report, ref: CellRef) -> None:
    with pytest.raises(ValueError, match=str(ref)):
        set_cells(report, FORM, {ref: 1})


def test_filling_a_cell_drops_the_stated_totals_over_it_and_no_other(report: Report) -> None:
    other = CellRef("requests", "new", "total")
    report.reported = {HANDLED: 61, CORNER: 61, other: 3}
    edit = set_cells(report, FORM, {GRANTED: 60})
    assert changed(report, edit).reported == {other: 3}
    assert changed(report, edit.inverse()).reported == {HANDLED: 61, CORNER: 61, other: 3}


def test_filling_a_cell_takes_back_the_mark_of_its_section_in_the_same_edit(report: Report) -> None:
    report.finished = {"requests": True, "disputes": True}
    edit = set_cells(report, FORM, {NEW: 5})
    assert changed(report, edit).finished == {"disputes": True}
    assert changed(report, edit.inverse()).finished == {"requests": True, "disputes": True}
    assert report.cells == {}


def test_typing_prose_takes_back_the_mark_of_its_section(report: Report) -> None:
    report.finished = {"overview": True, "requests": True}
    apply_edit(report, change_text(report, FORM, TextChange(PART, 0, "", "本年")))
    assert report.finished == {"requests": True}
    assert report.prose[PART] == "本年"


def test_the_opening_stands_in_no_section(report: Report) -> None:
    report.finished = {"overview": True}
    apply_edit(report, replace_text(report, FORM, "opening", "根据", "改开头"))
    assert report.finished == {"overview": True}


def test_nothing_changed_keeps_mark_and_stated_totals(report: Report) -> None:
    report.cells, report.reported, report.finished = {GRANTED: 60}, {HANDLED: 61}, {"requests": True}
    assert not set_cells(report, FORM, {GRANTED: 60})


def test_prose_that_is_all_removed_is_absent(report: Report) -> None:
    apply_edit(report, replace_text(report, FORM, PART, "一段", "写"))
    apply_edit(report, replace_text(report, FORM, PART, "", "清空"))
    assert PART not in report.prose


def test_a_stated_total_of_zero_is_not_blank(report: Report) -> None:
    apply_edit(report, set_entry(report, Slot.REPORTED, HANDLED, 0, "导入"))
    assert report.reported == {HANDLED: 0}


@pytest.mark.parametrize("nothing", [None, "", False])
def test_an_entry_set_to_nothing_goes(report: Report, nothing: object) -> None:
    report.remarks[NEW] = "待问"
    apply_edit(report, set_entry(report, Slot.REMARKS, NEW, nothing, "备注"))
    assert report.remarks == {}


def test_the_official_heading_is_not_stored(report: Report) -> None:
    apply_edit(report, set_heading(report, FORM, PART, "（一）政府信息主动公开情况"))
    assert report.heading(FORM.parts[PART]) == "（一）政府信息主动公开情况"
    apply_edit(report, set_heading(report, FORM, PART, "（一）主动公开"))
    assert report.headings == {}


def test_edits_of_one_section_make_one_step(report: Report) -> None:
    report.finished, report.reported = {"requests": True}, {CORNER: 61}
    before = encode(report)
    both = combine("导入", [set_cells(report, FORM, {NEW: 5}), set_cells(report, FORM, {GRANTED: 3}),
                            set_cells(report, FORM, {GRANTED._replace(column="other"): 2})])  # fmt: skip
    apply_edit(report, both)
    assert (report.finished, report.reported, len(report.cells)) == ({}, {}, 3)
    apply_edit(report, both.inverse())
    assert encode(report) == before


def test_an_edit_names_the_cells_and_parts_it_changes(report: Report) -> None:
    report.reported, report.finished = {HANDLED: 61}, {"requests": True}
    assert set(set_cells(report, FORM, {GRANTED: 3}).cells()) == {GRANTED, HANDLED}
    assert list(set_entry(report, Slot.REMARKS, NEW, "待问", "备注").cells()) == [NEW]
    assert list(change_text(report, FORM, TextChange(PART, 0, "", "字")).parts()) == [PART]
    assert list(set_heading(report, FORM, PART, "别的").parts()) == [PART]
    assert list(set_fact(report, Fact.YEAR, "2025").parts()) == []


def test_drafts_are_filled_in_a_new_report(report: Report) -> None:
    assert "《常乐镇人民政府2024年政府信息公开工作年度报告》" in report.prose["opening"]
    assert "{" not in report.prose["opening"]
    assert report.year == 2024


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        ({}, ("2024年政府信息公开工作年度报告",)),
        ({Fact.FULL_NAME: "某镇人民政府"}, ("某镇人民政府", "2024年政府信息公开工作年度报告")),
        (
            {Fact.FULL_NAME: "某镇人民政府", Fact.TITLE_NAME: "某镇"},
            ("某镇", "2024年政府信息公开工作年度报告"),
        ),
        ({Fact.FULL_NAME: "某镇", Fact.TITLE: "某镇2024年\n\n年度报告"}, ("某镇2024年", "年度报告")),
    ],
)
def test_the_title_follows_the_unit_and_the_year(facts: dict[Fact, str], lines: tuple[str, ...]) -> None:
    report = Report("2021", {Fact.YEAR: "2024", **facts})
    assert report.title_lines(FORM) == lines
