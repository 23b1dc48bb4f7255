"""What stands in an open editor is noted within a second and offered again: after a kill and after an ordinary end."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.common.preferences import Preferences
from reportdesk.gui.grid.delegate import CellEditor
from reportdesk.gui.grid.table_page import TablePage
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.saving.question_bar import QuestionBar
from reportdesk.gui.start.new_report import NewReportDialog
from reportdesk.gui.start.settings_dialog import SettingsDialog
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.report.document import Fact
from reportdesk.report.edits import replace_text, set_cells
from reportdesk.store.folders import find_folders
from reportdesk.store.user_data.profile import write_profiles
from reportdesk.store.user_data.typed_texts import Kind, Typed, file_of, read_typed, write_typed
from reportdesk.store.user_data.unit_profile import UnitProfile
from tests.gui.open_window import FORM, OpenWindow

PERSON = CellRef("requests", "new", "person")
SECOND = 1.0


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTDESK_HOME", str(tmp_path / "home"))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


def noted(path: Path | None) -> tuple[Typed, ...]:
    return read_typed(file_of(find_folders().typed, path))


def wait_until_noted(qtbot: QtBot, path: Path | None, text: str) -> None:
    """Within a second; a machine that is busy gets a little more."""
    begun = time.monotonic()
    qtbot.waitUntil(lambda: any(one.text == text for one in noted(path)), timeout=5_000)
    assert time.monotonic() - begun < 2 * SECOND


def begin_cell(desk: OpenWindow) -> Typed:
    desk.go_to_section(3)
    desk.keys("1x2")
    return Typed(Kind.CELL, str(PERSON), "1x2")


def begin_remark(desk: OpenWindow) -> Typed:
    desk.go_to_section(3)
    (page,) = desk.shown(TablePage)
    page.remark.write(PERSON)
    desk.keys("问了民政所")
    return Typed(Kind.REMARK, str(PERSON), "问了民政所")


def begin_year(desk: OpenWindow) -> Typed:
    desk.go_to_section(0)
    line = desk.line("报告年度")
    desk.click(line)
    line.selectAll()
    desk.keys("20")
    return Typed(Kind.FACT, Fact.YEAR.value, "20")


def begin_reason(desk: OpenWindow) -> Typed:
    words = "2019年3月，我镇公开信息。"
    desk.session.apply(replace_text(desk.report, FORM, "overview.disclosure", words, "写"))
    desk.session.check_prose()
    entry = next(one for one in desk.view.side_panels.findings.entries if "2019" in one.text())
    desk.click(entry)
    QApplication.processEvents()
    desk.click(desk.button("说明…"))
    desk.keys("这件事确实在2019年")
    return Typed(Kind.REASON, entry.finding.key, "这件事确实在2019年")


def begin_move(desk: OpenWindow) -> Typed:
    from reportdesk.report.document import State

    for state in (State.REVIEW, State.FINAL):
        desk.session.move_to(state)
    desk.autosave.save()
    standing = desk.window.the_standing()
    standing.show()
    move = next(move for move in moves(desk) if move.reopens)
    standing.go(move)
    desk.keys("数字要改")
    return Typed(Kind.MOVE, move.to.value, "数字要改")


def moves(desk: OpenWindow) -> list:  # type: ignore[type-arg]
    from reportdesk.session.workflow import moves_from

    return list(moves_from(desk.report.state))


BEGIN = [begin_cell, begin_remark, begin_year, begin_reason, begin_move]


def kill(desk: OpenWindow) -> None:
    """What is on the disk stays; nothing of what an end would do is done."""
    autosave = desk.autosave
    desk.window.keeper.typed._timer.stop()
    keeping = autosave.keeping
    for timer in (autosave._save_later, autosave._sync_later, autosave._look_again):
        timer.stop()
    keeping._wait_for_sync()
    if keeping._writer is not None:
        keeping._writer.close()
    if keeping.lock is not None:
        keeping._release()


def open_again(qtbot: QtBot, desk: OpenWindow) -> OpenWindow:
    """The next start of the program, with the same report."""
    again = object.__new__(OpenWindow)
    again.path = desk.path
    again.window = MainWindow(theme_for(Scheme.LIGHT))
    qtbot.addWidget(again.window)
    again.window.resize(1366, 728)
    again.window.show()
    qtbot.waitExposed(again.window)
    assert again.window.open_path(again.path)
    again.window.activateWindow()
    QApplication.processEvents()
    return again


def answer(qtbot: QtBot, desk: OpenWindow, text: str) -> None:
    qtbot.waitUntil(lambda: any(bar.isVisible() for bar in desk.shown(QuestionBar)))
    desk.click(desk.button(text))
    QApplication.processEvents()


@pytest.mark.parametrize("begin", BEGIN)
def test_it_is_noted_within_a_second_and_put_back_after_a_kill(
    qtbot: QtBot, desk: OpenWindow, begin: Callable[[OpenWindow], Typed]
) -> None:
    typed = begin(desk)
    wait_until_noted(qtbot, desk.path, typed.text)
    before = dict(desk.report.cells), dict(desk.report.remarks), dict(desk.report.explanations)
    kill(desk)
    again = open_again(qtbot, desk)
    if any("恢复" in bar.says.text() for bar in again.shown(QuestionBar)):
        answer(qtbot, again, "恢复")
    qtbot.waitUntil(lambda: any(typed.text in bar.says.text() for bar in again.shown(QuestionBar)))
    (bar,) = again.shown(QuestionBar)
    assert "还没有确认" in bar.says.text()
    assert (dict(again.report.cells), dict(again.report.remarks), dict(again.report.explanations)) == before
    answer(qtbot, again, "放回去")
    assert typed.text in [line.text() for line in again.shown(QLineEdit)]
    assert (dict(again.report.cells), dict(again.report.remarks), dict(again.report.explanations)) == before
    assert isinstance(again.focus(), QLineEdit)
    assert again.focus().text() == typed.text  # type: ignore[attr-defined]
    assert noted(again.path) == (typed,)
    again.key(Qt.Key.Key_Escape)
    again.window.keeper.typed.end()


@pytest.mark.parametrize("begin", [begin_reason, begin_move, begin_year])
def test_it_is_offered_again_after_an_ordinary_end(
    qtbot: QtBot, desk: OpenWindow, begin: Callable[[OpenWindow], Typed]
) -> None:
    typed = begin(desk)
    assert desk.window.close()
    assert noted(desk.path) == (typed,)
    again = open_again(qtbot, desk)
    answer(qtbot, again, "放回去")
    assert typed.text in [line.text() for line in again.shown(QLineEdit)]


def test_what_was_entered_or_given_up_is_offered_no_more(qtbot: QtBot, desk: OpenWindow) -> None:
    desk.go_to_section(3)
    desk.keys("12")
    wait_until_noted(qtbot, desk.path, "12")
    desk.key(Qt.Key.Key_Return)
    assert desk.report.cells[PERSON] == 12
    qtbot.waitUntil(lambda: noted(desk.path) == ())
    desk.keys("5x")
    wait_until_noted(qtbot, desk.path, "5x")
    desk.key(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: noted(desk.path) == ())
    assert not file_of(find_folders().typed, desk.path).exists()


def test_a_clerk_who_does_not_want_it_is_asked_once(qtbot: QtBot, desk: OpenWindow) -> None:
    typed = begin_cell(desk)
    wait_until_noted(qtbot, desk.path, typed.text)
    kill(desk)
    again = open_again(qtbot, desk)
    answer(qtbot, again, "不要了")
    qtbot.waitUntil(lambda: noted(again.path) == ())
    assert not again.shown(CellEditor)
    assert again.report.cells == {}


def test_a_second_kill_before_the_answer_loses_nothing(qtbot: QtBot, desk: OpenWindow) -> None:
    typed = begin_cell(desk)
    wait_until_noted(qtbot, desk.path, typed.text)
    kill(desk)
    again = open_again(qtbot, desk)
    qtbot.waitUntil(lambda: bool(again.shown(QuestionBar)))
    again.go_to_section(0)
    line = again.line("报告年度")
    again.click(line)
    line.selectAll()
    again.keys("19")
    wait_until_noted(qtbot, again.path, "19")
    assert set(noted(again.path)) == {typed, Typed(Kind.FACT, Fact.YEAR.value, "19")}


def test_a_place_that_is_gone_is_named_with_its_text(qtbot: QtBot, desk: OpenWindow) -> None:
    assert desk.window.close()
    gone = Typed(Kind.REASON, "TXT-1:overview.disclosure:2019", "确实是2019年的事")
    write_typed(file_of(find_folders().typed, desk.path), [gone])
    again = open_again(qtbot, desk)
    answer(qtbot, again, "放回去")
    assert "没有放回" in again.window.status_line.message
    assert "确实是2019年的事" in again.window.status_line.message


def test_the_fields_of_the_first_start_come_back(qtbot: QtBot) -> None:
    def start() -> tuple[MainWindow, list[QLineEdit]]:
        window = MainWindow(theme_for(Scheme.LIGHT), preferences=Preferences(find_folders()))
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(lambda: bool(fields(window)))
        return window, fields(window)

    def fields(window: MainWindow) -> list[QLineEdit]:
        return [line for line in window.findChildren(QLineEdit) if line.accessibleName() == "机关全称"]

    window, (name,) = start()
    name.setFocus()
    QTest.keyClicks(name, "ABC")
    telephone = next(one for one in window.findChildren(QLineEdit) if one.accessibleName() == "联系电话")
    telephone.setText("0512-1234567")
    wait_until_noted(qtbot, None, "ABC")
    wait_until_noted(qtbot, None, "0512-1234567")
    window.keeper.typed._timer.stop()  # killed
    again, (name,) = start()
    assert name.text() == "ABC"
    assert "还没有保存" in again.status_line.message
    assert again.close()
    third, (name,) = start()
    assert name.text() == "ABC"
    third.close()


def test_set_cells_are_no_open_editors(qtbot: QtBot, desk: OpenWindow) -> None:
    desk.session.apply(set_cells(desk.report, FORM, {PERSON: 3}))
    desk.go_to_section(3)
    desk.key(Qt.Key.Key_F2)
    qtbot.wait(600)
    assert noted(desk.path) == ()


@pytest.mark.parametrize("begin", [begin_remark, begin_reason])
def test_another_theme_keeps_what_is_being_written(
    desk: OpenWindow, begin: Callable[[OpenWindow], Typed]
) -> None:
    typed = begin(desk)
    desk.window.apply_theme(theme_for(Scheme.DARK))
    QApplication.processEvents()
    held = desk.report.remarks.get(PERSON) == typed.text  # leaving a remark keeps it, as it always did
    assert held or typed.text in [line.text() for line in desk.shown(QLineEdit)]


@pytest.mark.answers_dialogs
def test_the_names_of_a_new_report_come_back_after_a_kill(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = find_folders()
    write_profiles(folders.profile_file, [UnitProfile({Fact.FULL_NAME: "常乐镇人民政府"})])
    standing: list[tuple[Typed, ...]] = []
    shown: list[str] = []

    def type_and_be_killed(dialog: NewReportDialog) -> int:
        dialog.show()
        dialog.full_name.selectAll()
        QTest.keyClicks(dialog.full_name, "ABC")
        wait_until_noted(qtbot, None, "ABC")
        standing.append(noted(None))
        return 0

    def look(dialog: NewReportDialog) -> int:
        shown.append(dialog.full_name.text())
        return 0

    monkeypatch.setattr(NewReportDialog, "exec", type_and_be_killed)
    window = start_page(qtbot)
    window.open_and_new.begin_new()
    qtbot.waitUntil(lambda: noted(None) == ())  # the clerk cancelled: nothing is left
    window.close()
    write_typed(file_of(folders.typed, None), standing[0])
    monkeypatch.setattr(NewReportDialog, "exec", look)
    again = start_page(qtbot)
    qtbot.waitUntil(lambda: "新建年报" in again.status_line.message)
    assert "“ABC”" in again.status_line.message
    again.status_line._remedy.click()
    assert shown == ["ABC"]


def start_page(qtbot: QtBot) -> MainWindow:
    window = MainWindow(theme_for(Scheme.LIGHT), preferences=Preferences(find_folders()))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def test_what_was_changed_in_the_settings_and_not_saved_comes_back(qtbot: QtBot) -> None:
    write_typed(
        file_of(find_folders().typed, None),
        [Typed(Kind.SETTINGS, Fact.FULL_NAME.value, "常乐镇"), Typed(Kind.SETTINGS, "hand_in", "pdf scan")],
    )
    window = start_page(qtbot)
    window.beside.show_settings()
    (dialog,) = window.findChildren(SettingsDialog)
    assert dialog.profile.lines[Fact.FULL_NAME.value].text() == "常乐镇"
    assert {wanted.value for wanted, box in dialog.profile.hand_in.items() if box.isChecked()} == {
        "pdf",
        "scan",
    }
    assert "还没有保存" in dialog.told
    dialog._kept = dialog.profile.filled()  # as saving does, so that closing asks nothing
    dialog.accept()
    qtbot.waitUntil(lambda: noted(None) == ())
