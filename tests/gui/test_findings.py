"""审核 in the window: findings appear as one types, and lead to their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reportdesk.checks.engine import Finding, Severity
from reportdesk.form.spec import FRONT, CellRef
from reportdesk.gui.common.confirm_button import SETTLE_MS
from reportdesk.gui.common.locations import Place, place_of_edit, place_of_finding
from reportdesk.gui.findings import background_check, word_check
from reportdesk.gui.findings.compared_page import ComparedPage
from reportdesk.gui.findings.entry import FindingEntry
from reportdesk.gui.report.panel_room import NARROW
from reportdesk.report.document import Fact, Value, new_report
from reportdesk.report.edits import (
    Edit,
    EntryChange,
    Slot,
    TextChange,
    combine,
    replace_text,
    set_cells,
    set_entry,
    set_fact,
    set_heading,
)
from tests.gui.open_window import FORM, NONE, SHIFT, OpenWindow
from tests.gui.test_checking import PATIENCE_MS


@pytest.fixture(autouse=True)
def _nothing_is_found_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """What reading the prose and its words adds comes only where a test asks for it, however fast the computer."""
    monkeypatch.setattr(background_check, "PAUSE_MS", 600_000)
    monkeypatch.setattr(word_check, "PAUSE_MS", 600_000)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    """The window with two findings."""
    desk = OpenWindow(qtbot, tmp_path)
    unbalance(desk)
    return desk


def unbalance(desk: OpenWindow) -> None:
    """Fill 表三 so that two columns do not balance."""
    table = FORM.tables["requests"]
    values: dict[CellRef, Value | None] = {ref: 0 for ref in table.refs() if ref not in FORM.totals}
    values[CellRef("requests", "new", "person")] = 5
    desk.session.apply(set_cells(desk.report, FORM, values))
    QApplication.processEvents()


def entries(desk: OpenWindow) -> list[FindingEntry]:
    return desk.view.side_panels.findings.entries


def current_cell(desk: OpenWindow) -> object:
    from reportdesk.gui.grid.table_page import TablePage

    return desk.shown(TablePage)[0].current_ref()


def test_findings_are_grouped_by_section_with_their_numbers(desk: OpenWindow) -> None:
    first, second = (entry.text() for entry in entries(desk))
    assert "“自然人”列" in first
    assert "5" in first
    assert "“总计”列" in second
    assert desk.says("必须改　2 处")
    assert desk.says("2 错")
    assert desk.window.menus._findings_button.text() == "审核　2 错"


def test_errors_come_before_whatever_else_is_found(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.session.apply(replace_text(desk.report, FORM, "overview.disclosure", "按照××要求公开。", "编辑文字"))
    desk.session.check_prose(while_writing=True)
    held = [desk.session.holds_back]
    desk.click(desk.button("全面审核"))
    qtbot.waitUntil(lambda: desk.says("已全面审核"), timeout=PATIENCE_MS)
    assert [*held, desk.session.holds_back] == [True, False]
    severities = [entry.finding.severity for entry in entries(desk)]
    errors = severities.count(Severity.ERROR)
    assert desk.says(f"已全面审核：{errors} 错 ")
    assert 2 < errors < len(severities)
    assert severities[:errors] == [Severity.ERROR] * errors
    assert desk.says("一、总体情况　")


def test_a_click_goes_to_the_cell(desk: OpenWindow) -> None:
    desk.click(entries(desk)[0])
    assert desk.view.current_section == "requests"
    assert current_cell(desk) == CellRef("requests", "new", "person")


def test_arrows_and_enter_go_to_the_cell(desk: OpenWindow) -> None:
    entries(desk)[0].setFocus()
    desk.key(Qt.Key.Key_Down)
    assert entries(desk)[1].hasFocus()
    assert desk.view.current_section == FRONT
    desk.key(Qt.Key.Key_Return)
    assert current_cell(desk) == CellRef("requests", "new", "total")


def test_f8_goes_round_and_shift_f8_back(desk: OpenWindow) -> None:
    person, total = CellRef("requests", "new", "person"), CellRef("requests", "new", "total")
    walked = []
    for modifier in (NONE, NONE, NONE, SHIFT, SHIFT):
        desk.key(Qt.Key.Key_F8, modifier)
        walked.append(current_cell(desk))
    assert walked == [person, total, person, total, person]


def test_f9_folds_the_panel_and_the_button_still_counts(desk: OpenWindow) -> None:
    assert desk.view.side_panels.findings.isVisible()
    desk.key(Qt.Key.Key_F9)
    assert not desk.view.side_panels.findings.isVisible()
    assert desk.window.menus._findings_button.isVisible()
    assert not desk.window.menus._findings_button.isChecked()
    desk.key(Qt.Key.Key_F9)
    assert desk.view.side_panels.findings.isVisible()


@pytest.mark.parametrize("size", [(1024, 600), (1024, 728), (1366, 728)])
def test_f9_leads_to_the_first_finding_and_back_to_where_one_typed(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = OpenWindow(qtbot, tmp_path, size)
    desk.view.side_panels.unfold_findings(shown=False)
    unbalance(desk)
    desk.go_to_section(3)
    typed_in = desk.focus()
    desk.key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: desk.focus() is entries(desk)[0], timeout=PATIENCE_MS)
    desk.key(Qt.Key.Key_F9)
    assert desk.focus() is typed_in


@pytest.mark.parametrize("size", [(1024, 600), (1366, 728)])
def test_f9_without_a_finding_leaves_the_focus_where_something_can_be_seen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    desk = OpenWindow(qtbot, tmp_path, size)
    desk.view.side_panels.unfold_findings(shown=False)
    desk.session.findings = []
    monkeypatch.setattr(desk.view, "check_whole", lambda then: then())  # the rules find something any day
    desk.view.side_panels.findings.show_findings()
    desk.go_to_section(3)
    typed_in = desk.focus()
    desk.key(Qt.Key.Key_F9)
    qtbot.wait(50)
    panel, focus = desk.view.side_panels.findings, desk.focus()
    assert focus is typed_in if typed_in.isVisible() else panel.isAncestorOf(focus)
    desk.key(Qt.Key.Key_F9)
    assert desk.focus() is typed_in


def test_a_folded_panel_tells_the_finding_at_the_foot(desk: OpenWindow) -> None:
    desk.click(desk.button("收起"))
    desk.key(Qt.Key.Key_F8)
    assert not desk.view.side_panels.findings.isVisible()
    assert desk.says("“自然人”列")


def test_a_mended_number_takes_the_finding_away(desk: OpenWindow) -> None:
    granted = CellRef("requests", "granted", "person")
    desk.session.apply(set_cells(desk.report, FORM, {granted: 5}))
    assert entries(desk) == []
    desk.key(Qt.Key.Key_F8)
    assert desk.says("写到的部分没有查出问题") or desk.says("还没有审核")
    assert not desk.says("没有发现问题")


def test_in_a_narrow_window_the_findings_stand_under_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    desk = OpenWindow(qtbot, tmp_path, size=(NARROW - 200, 700))
    unbalance(desk)
    assert not desk.view.side_panels.findings.isVisible()
    desk.key(Qt.Key.Key_F9)
    QApplication.processEvents()
    panel, view = desk.view.side_panels.findings, desk.view
    assert panel.mapTo(view, panel.rect().topLeft()).y() > view.height() / 2
    desk.window.resize(NARROW + 200, 700)
    QApplication.processEvents()
    assert panel.mapTo(view, panel.rect().topLeft()).y() == 0
    assert panel.mapTo(view, panel.rect().topLeft()).x() > view.width() / 2


def test_whole_sentences_are_to_be_seen(desk: OpenWindow) -> None:
    QApplication.processEvents()
    for entry in entries(desk):
        lines = -(-entry.fontMetrics().horizontalAdvance(entry.text()) // (entry.width() - 44))
        assert lines > 1
        assert entry.height() >= lines * entry.fontMetrics().height()


def _typed(table: str) -> CellRef:
    """The first cell of that table that is typed."""
    return next(ref for ref in FORM.tables[table].refs() if ref not in FORM.totals)


def test_places_of_edits() -> None:
    report = new_report(FORM, 2024, "常乐镇")
    part = "problems.improvements"
    person = CellRef("requests", "new", "person")
    assert place_of_edit(FORM, set_cells(report, FORM, {person: 1})) == Place("requests", cell=person)
    assert place_of_edit(FORM, set_heading(report, FORM, part, "二")) == Place(
        "problems", part=part, offset=None
    )
    typed = Edit("", (TextChange(part, 2, "", "三字经"),))
    assert place_of_edit(FORM, typed) == Place("problems", part=part, offset=5)
    assert place_of_edit(FORM, set_fact(report, Fact.YEAR, "2023")) == Place(FRONT, fact=Fact.YEAR)
    mark = set_entry(report, Slot.FINISHED, "requests", True, "")
    assert place_of_edit(FORM, mark) == Place("requests")
    opening = Edit("", (TextChange("opening", 0, "", "根据"),))
    assert place_of_edit(FORM, opening) == Place(FRONT, part="opening", offset=2)
    assert place_of_edit(FORM, Edit("", ())) is None


def test_a_step_and_its_undo_lead_to_what_comes_first_in_the_report() -> None:
    report = new_report(FORM, 2024, "常乐镇")
    person, review = CellRef("requests", "new", "person"), _typed("disputes")
    one_after_another = combine(
        "导入",
        (
            Edit("", (TextChange("problems.problems", 0, "", "一是。"),)),
            set_cells(report, FORM, {review: 1, person: 2}, ""),
            set_fact(report, Fact.TELEPHONE, "0955"),
        ),
    )
    here = Place(FRONT, fact=Fact.TELEPHONE)
    assert place_of_edit(FORM, one_after_another) == here
    assert place_of_edit(FORM, one_after_another.inverse()) == here
    cells = set_cells(report, FORM, {review: 1, person: 2}, "")
    assert (
        place_of_edit(FORM, cells) == place_of_edit(FORM, cells.inverse()) == Place("requests", cell=person)
    )


def test_places_of_findings() -> None:
    person = CellRef("requests", "new", "person")
    in_cell = Finding("X", Severity.ERROR, "", "requests", (person,))
    assert place_of_finding(FORM, in_cell) == Place("requests", cell=person)
    in_prose = Finding("X", Severity.ERROR, "", "overview", part="overview.requests")
    assert place_of_finding(FORM, in_prose) == Place("overview", part="overview.requests")


def test_a_total_that_the_source_file_got_wrong_is_given_up_for_the_sum_of_its_items(
    desk: OpenWindow, qtbot: QtBot
) -> None:
    corner = CellRef("requests", "handled", "total")
    edit = Edit("导入", (EntryChange(Slot.REPORTED, corner, None, 1),))
    desk.session.apply(edit)
    desk.session.check_prose()
    qtbot.wait(SETTLE_MS + 100)  # the check in a pause lists nothing anew after that
    stated = [entry for entry in entries(desk) if "来源文件写的是 1" in entry.text()]
    assert len({entry.text() for entry in stated}) == 2  # of the row and of the column, told apart
    cells = dict(desk.report.cells)
    desk.click(stated[0])
    QApplication.processEvents()
    desk.click(desk.button("改正…"))
    QApplication.processEvents()
    assert desk.says("来源文件写的 1")
    assert desk.focus() is desk.button("改正 1 处")
    desk.key(Qt.Key.Key_Return)
    assert desk.report.reported == {corner: 1}  # the second press of a double click confirms nothing
    qtbot.wait(SETTLE_MS + 100)
    desk.key(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not any("来源文件" in entry.text() for entry in entries(desk))
    assert desk.report.cells == cells
    desk.session.undo()
    assert desk.report.reported == {corner: 1}


def test_the_panel_tells_on_demand_what_was_compared(desk: OpenWindow) -> None:
    desk.click(desk.button("审核了什么…"))
    (page,) = desk.shown(ComparedPage)
    assert "表三" in page.text.toPlainText()
    page.close()
