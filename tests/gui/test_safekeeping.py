"""What only the clerk can decide is asked above the page, and nothing is lost whatever they answer."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.common.confirm_button import SETTLE_MS
from reportdesk.gui.context import autosave
from reportdesk.gui.outgoing.submission_page import SubmissionPage
from reportdesk.gui.saving.versions_dialog import VersionsDialog
from reportdesk.report.document import State, new_report
from reportdesk.report.edits import set_cells, set_heading
from reportdesk.report.file.codec import decode, encode
from reportdesk.session.keeping.persistence import Keeping, Places
from reportdesk.session.session import Session
from reportdesk.store import disk
from reportdesk.store.clock import now
from reportdesk.store.file import read_report
from reportdesk.store.journal import key_of, left_journals, set_journal_aside
from reportdesk.store.lock import lock_path
from reportdesk.store.versions import Reason, read_version, versions_of
from tests.gui.open_window import FORM, OpenWindow

PART = "overview.disclosure"
CELL = CellRef("requests", "new", "person")
THEIRS = encode(new_report(FORM, 2024, "别人改过的镇"))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


def places(desk: OpenWindow) -> Places:
    folders = desk.window.preferences.folders
    return Places(folders.journals, folders.versions)


def crash(desk: OpenWindow, *, heading: str = "上次填的") -> None:
    """Leave what another program leaves that is ended in the middle, with the report closed here."""
    desk.window.back_to_start()
    content = desk.path.read_bytes()
    session = Session(FORM, decode(content).report, desk_day())
    keeping = Keeping(session, desk.path, content, places(desk))
    session.apply(set_heading(session.report, FORM, PART, heading))
    session.apply(set_cells(session.report, FORM, {CELL: 3}))
    keeping.close()


def desk_day() -> dt.date:
    return dt.date(2025, 1, 9)


def open_again(desk: OpenWindow) -> None:
    assert desk.window.open_path(desk.path)
    QApplication.processEvents()


def offered(desk: OpenWindow, answer: str) -> bool:
    return any(one.text() == answer for one in desk.shown(QAbstractButton))


def type_heading(desk: OpenWindow, words: str) -> None:
    desk.session.apply(set_heading(desk.report, FORM, PART, words))


def put_theirs(desk: OpenWindow) -> None:
    """Somebody else saves the file."""
    desk.path.write_bytes(THEIRS)


# -- recovery


def test_what_was_not_saved_is_offered_with_what_it_holds(desk: OpenWindow) -> None:
    crash(desk)
    open_again(desk)
    assert desk.says("之前的 2 处修改。要恢复吗")
    assert desk.report.headings == {}
    assert desk.session.is_read_only


def test_recovered_it_is_one_step_and_in_the_file(desk: OpenWindow) -> None:
    crash(desk)
    open_again(desk)
    desk.click(desk.button("恢复"))
    assert desk.report.headings == {PART: "上次填的"}
    assert desk.report.cells == {CELL: 3}
    assert desk.kept().headings == {PART: "上次填的"}
    assert not offered(desk, "恢复")
    assert not desk.session.is_read_only
    desk.window.commands.undo()
    assert (desk.report.headings, desk.report.cells) == ({}, {})
    assert left_journals(places(desk).journals, desk.path) == ()


def test_a_state_that_is_recovered_is_shown_and_kept_from_changes(desk: OpenWindow) -> None:
    desk.window.back_to_start()
    content = desk.path.read_bytes()
    session = Session(FORM, decode(content).report, desk_day())
    keeping = Keeping(session, desk.path, content, places(desk))
    session.apply(set_heading(session.report, FORM, PART, "上次填的"))
    session.move_to(State.REVIEW)
    session.move_to(State.FINAL)
    keeping.close()
    open_again(desk)
    desk.click(desk.button("恢复"))
    assert desk.report.state is State.FINAL
    assert desk.session.is_read_only
    assert any("定稿" in one.text() for one in desk.shown(QAbstractButton))
    desk.go_to_section(1)
    desk.click(desk.editor("overview.disclosure").viewport())
    desk.keys("定稿以后")
    assert "定稿以后" not in desk.editor("overview.disclosure").toPlainText()
    assert "定稿以后" not in desk.report.prose.get("overview.disclosure", "")


def test_recovered_one_stands_where_one_stopped_typing(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.go_to_section(4)
    crash(desk)
    open_again(desk)
    qtbot.waitUntil(lambda: desk.view.here().section == "disputes")
    desk.click(desk.button("恢复"))
    assert desk.view.here().cell == CELL
    assert desk.shown(QTableView)[0].hasFocus()
    assert "最后改的是：表三 一、本年新收政府信息公开申请数量 自然人" in desk.window.status_line.message
    desk.keys("7")
    desk.key(Qt.Key.Key_Return)
    assert desk.report.cells == {CELL: 7}


def test_not_recovered_one_is_back_on_the_page(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.go_to_section(4)
    crash(desk)
    open_again(desk)
    qtbot.waitUntil(lambda: desk.view.here().section == "disputes")
    desk.click(desk.button("不恢复"))
    assert desk.shown(QTableView)[0].hasFocus()


def test_not_recovered_it_is_put_aside_named_and_kept_as_a_version(desk: OpenWindow) -> None:
    crash(desk)
    open_again(desk)
    desk.click(desk.button("不恢复"))
    assert desk.report.headings == {}
    assert "以前的版本" in desk.window.status_line.message
    aside = next((places(desk).journals / "aside").glob(f"*{key_of(desk.path)}*"))
    assert str(aside) in desk.window.status_line.message
    kept = versions_of(places(desk).versions, desk.path)
    assert Reason.UNSAVED in {one.reason for one in kept}
    type_heading(desk, "接着填")


def fill(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes nothing more."""

    def full(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for step in ("write", "make_folder", "make_private_folder"):
        monkeypatch.setattr(disk, step, full)


def test_recovered_on_a_full_disk_it_is_told_and_offered_again(
    desk: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(desk)
    with monkeypatch.context() as full:
        fill(full)
        open_again(desk)
        desk.click(desk.button("恢复"))
        desk.settle()
        assert desk.report.headings == {PART: "上次填的"}
        assert desk.says("刚才恢复的也没有存进文件")
        assert desk.says("有改动未保存")
        (journal,) = left_journals(places(desk).journals, desk.path)  # as a kill would leave it
    desk.window.keeper.save_now()
    desk.settle()
    assert desk.kept().headings == {PART: "上次填的"}
    assert not journal.exists()


def test_not_recovered_on_a_full_disk_it_stays_and_is_asked_again(
    desk: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(desk)
    with monkeypatch.context() as full:
        fill(full)
        open_again(desk)
        desk.click(desk.button("不恢复"))
        assert desk.says("下次打开会再问")
        desk.window.back_to_start()
        open_again(desk)
        assert offered(desk, "恢复")
    desk.click(desk.button("不恢复"))
    assert decode(read_version(versions_of(places(desk).versions, desk.path)[0])).report.cells == {CELL: 3}


def test_one_put_aside_that_no_version_holds_is_offered_and_then_no_more(desk: OpenWindow) -> None:
    """As earlier programs put one aside after a 恢复 that was not saved."""
    crash(desk)
    set_journal_aside(left_journals(places(desk).journals, desk.path)[0], now())
    open_again(desk)
    desk.click(desk.button("恢复"))
    desk.settle()
    assert desk.kept().headings == {PART: "上次填的"}
    desk.window.back_to_start()
    open_again(desk)
    assert not offered(desk, "恢复")


def test_one_put_aside_that_a_version_holds_is_not_offered(desk: OpenWindow) -> None:
    crash(desk)
    open_again(desk)
    desk.click(desk.button("不恢复"))
    desk.window.back_to_start()
    open_again(desk)
    assert not offered(desk, "恢复")


def test_of_a_report_that_was_renamed_after_the_crash_it_is_offered(desk: OpenWindow) -> None:
    crash(desk)
    renamed = desk.path.rename(desk.path.with_name("年报（改了名）.gknb"))
    assert desk.window.open_path(renamed)
    assert desk.says(f"那时文件是“{desk.path}”")
    desk.click(desk.button("恢复"))
    desk.settle()
    assert read_report(renamed).report.headings == {PART: "上次填的"}
    assert not desk.path.exists()


@pytest.mark.skipif("sys.platform == 'win32'", reason="making links needs a right there")
def test_a_report_opened_through_a_link_is_the_one_that_the_link_leads_to(
    desk: OpenWindow, tmp_path: Path
) -> None:
    crash(desk)
    link = tmp_path / "桌面" / "年报.gknb"
    link.parent.mkdir()
    link.symlink_to(desk.path)
    assert desk.window.open_path(link)
    desk.click(desk.button("恢复"))
    desk.settle()
    assert link.is_symlink()
    assert desk.kept().headings == {PART: "上次填的"}
    assert lock_path(desk.path).exists()


def test_a_crash_while_it_is_asked_asks_again(desk: OpenWindow) -> None:
    crash(desk)
    open_again(desk)
    desk.window.back_to_start()
    open_again(desk)
    desk.click(desk.button("恢复"))
    assert desk.report.headings == {PART: "上次填的"}


def test_what_the_file_holds_already_is_not_offered(desk: OpenWindow) -> None:
    crash(desk)
    (journal,) = left_journals(places(desk).journals, desk.path)
    again = journal.read_bytes()
    open_again(desk)
    desk.click(desk.button("恢复"))
    desk.window.back_to_start()
    journal.write_bytes(again)  # the program was ended after the save and before it was removed
    open_again(desk)
    assert not offered(desk, "恢复")
    assert not journal.exists()


def test_a_journal_of_a_file_that_was_changed_since_is_put_aside_and_told(desk: OpenWindow) -> None:
    crash(desk)
    put_theirs(desk)
    open_again(desk)
    assert not offered(desk, "恢复")
    assert "文件后来在别处改动过" in desk.window.status_line.message
    kept = [one for one in versions_of(places(desk).versions, desk.path) if one.reason is Reason.UNSAVED]
    assert decode(read_version(kept[0])).report.cells == {CELL: 3}


def test_a_broken_journal_is_put_aside_and_told(desk: OpenWindow) -> None:
    crash(desk)
    (journal,) = left_journals(places(desk).journals, desk.path)
    journal.write_bytes(b"x" * 100)
    open_again(desk)
    assert "已损坏" in desk.window.status_line.message
    assert left_journals(places(desk).journals, desk.path) == ()


# -- changed behind us


def test_a_file_changed_elsewhere_is_asked_about_and_not_saved_over(desk: OpenWindow) -> None:
    type_heading(desk, "我的")
    put_theirs(desk)
    desk.window.keeper.save_now()
    desk.settle()
    assert desk.says("刚才在别处改动过")
    assert desk.path.read_bytes() == THEIRS
    desk.click(desk.button("保留我的"))


def come_back(desk: OpenWindow, qtbot: QtBot) -> None:
    """The clerk comes back to the window, which a thread looks for."""
    desk.window.keeper.elsewhere.look()
    qtbot.waitUntil(lambda: offered(desk, "保留我的"))


@pytest.fixture
def asked(desk: OpenWindow, qtbot: QtBot) -> OpenWindow:
    """The window asks which of both is to hold."""
    type_heading(desk, "我的")
    put_theirs(desk)
    come_back(desk, qtbot)
    return desk


def test_coming_back_to_the_window_asks_at_once(desk: OpenWindow, qtbot: QtBot) -> None:
    put_theirs(desk)
    come_back(desk, qtbot)


def test_a_share_that_does_not_answer_holds_up_nothing(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Event()
    status = disk.status

    def slow(path: Path) -> os.stat_result:
        if current_thread() is not main_thread():
            answers.wait(60)
        return status(path)

    elsewhere = desk.window.keeper.elsewhere
    # Private, for only it tells whether a look that began with the window has ended: it would see theirs.
    qtbot.waitUntil(lambda: elsewhere._looking is None or elsewhere._looking.is_done())
    monkeypatch.setattr(disk, "status", slow)
    put_theirs(desk)
    elsewhere.look()
    elsewhere.look()
    desk.go_to_section(1)
    desk.click(desk.editor(PART).viewport())
    # A save of its own would ask, and rightly: on a slow machine it comes before the last key.
    for wait in ("SAVE_AFTER_MS", "LATEST_MS"):
        monkeypatch.setattr(autosave, wait, 60_000)
    desk.keys("公开")
    assert desk.report.prose[PART] == "公开"
    assert not offered(desk, "保留我的")
    answers.set()
    qtbot.waitUntil(lambda: offered(desk, "保留我的"))
    desk.click(desk.button("保留我的"))


def test_the_question_is_seen_over_the_page_of_handing_in_too(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.window.commands.submitter.open(desk.session, desk.path)
    put_theirs(desk)
    come_back(desk, qtbot)
    assert desk.button("返回年报").isVisible()
    desk.click(desk.button("用磁盘上的"))
    assert encode(desk.report) == THEIRS
    qtbot.waitUntil(lambda: not offered(desk, "返回年报"))
    assert desk.view.isVisible()


def test_what_is_asked_comes_before_handing_in(desk: OpenWindow, qtbot: QtBot) -> None:
    """What was typed and is not recovered, or the other's, would be missing in what is handed in."""
    crash(desk)
    open_again(desk)
    desk.window.commands.submit()
    qtbot.wait(50)
    assert not desk.shown(SubmissionPage)
    assert "请先回答年报页面上方的问题，再报送" in desk.window.status_line.message
    desk.click(desk.button("不恢复"))
    desk.window.commands.submit()
    qtbot.waitUntil(lambda: bool(desk.shown(SubmissionPage)))
    put_theirs(desk)
    come_back(desk, qtbot)
    (page,) = desk.shown(SubmissionPage)
    page.make.click()
    assert not desk.window.commands.submitter.is_busy
    assert "请先回答年报页面上方的问题，再报送" in desk.window.status_line.message
    desk.click(desk.button("保留我的"))


def test_once_it_is_saved_nothing_is_asked_any_more(desk: OpenWindow) -> None:
    before = desk.path.read_bytes()
    type_heading(desk, "我的")
    put_theirs(desk)
    desk.window.keeper.save_now()
    desk.settle()
    assert offered(desk, "保留我的")
    desk.path.write_bytes(before)  # as where the other takes it back
    desk.window.keeper.save_now()
    desk.settle()
    assert "已保存到" in desk.window.status_line.message
    assert not offered(desk, "保留我的")


def test_keeping_mine(asked: OpenWindow) -> None:
    desk = asked
    desk.click(desk.button("保留我的"))
    assert desk.kept().headings == {PART: "我的"}
    kept = versions_of(places(desk).versions, desk.path)
    assert THEIRS in [read_version(one) for one in kept if one.reason is Reason.REPLACED]
    assert not offered(desk, "保留我的")


def test_taking_theirs(asked: OpenWindow) -> None:
    desk = asked
    desk.click(desk.button("用磁盘上的"))
    assert desk.path.read_bytes() == THEIRS
    assert encode(desk.report) == THEIRS
    kept = [one for one in versions_of(places(desk).versions, desk.path) if one.reason is Reason.UNSAVED]
    assert decode(read_version(kept[0])).report.headings == {PART: "我的"}
    assert not offered(desk, "保留我的")


def test_keeping_both(asked: OpenWindow) -> None:
    desk = asked
    desk.click(desk.button("两份都留"))
    assert desk.path.read_bytes() == THEIRS
    assert desk.autosave.path != desk.path
    assert read_report(desk.autosave.path).report.headings == {PART: "我的"}
    assert desk.autosave.path.name in desk.window.status_line.message


def test_theirs_that_is_no_report_is_not_taken(desk: OpenWindow, qtbot: QtBot) -> None:
    type_heading(desk, "我的")
    desk.path.write_bytes(b"no report")
    come_back(desk, qtbot)
    desk.click(desk.button("用磁盘上的"))
    assert "不是年报台的年报文件" in desk.window.status_line.message
    assert desk.report.headings == {PART: "我的"}
    desk.click(desk.button("保留我的"))
    assert desk.kept().headings == {PART: "我的"}


def test_closing_with_the_question_open_stays_until_it_is_answered(asked: OpenWindow) -> None:
    desk = asked
    assert not desk.window.close()
    assert desk.says("请先回答年报页面上方的问题")
    desk.click(desk.button("保留我的"))
    assert desk.window.close()


# -- somebody else has it open


def hold(path: Path) -> None:
    """A lock of another PC."""
    content = {
        "format": "reportdesk-lock",
        "pc": "县政府-7",
        "user": "王芳",
        "process": 4711,
        "begun": "1",
        "since": "2025-01-09T14:02:00+08:00",
        "token": "theirs",
    }
    lock_path(path).write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def held(desk: OpenWindow) -> OpenWindow:
    desk.window.back_to_start()
    hold(desk.path)
    open_again(desk)
    return desk


def may_change(desk: OpenWindow) -> bool:
    return not desk.session.is_read_only


def test_a_report_that_is_open_elsewhere_is_opened_to_be_read(held: OpenWindow) -> None:
    assert held.says("用户“王芳”在电脑“县政府-7”上打开着")
    held.go_to_section(1)
    held.click(held.editor(PART).viewport())
    held.keys("公开")
    assert held.report.prose.get(PART) is None
    assert "这里先只读" in held.window.status_line.message
    held.window.keeper.save_now()
    held.settle()
    assert "这里先只读" in held.window.status_line.message


def test_once_it_is_closed_there_it_is_opened_anew_to_be_changed(held: OpenWindow) -> None:
    lock_path(held.path).unlink()
    held.path.write_bytes(THEIRS)
    held.click(held.button("转为编辑"))
    assert encode(held.report) == THEIRS
    assert not held.session.is_read_only
    type_heading(held, "我的")


def test_once_it_may_be_changed_the_cursor_is_where_one_looked(held: OpenWindow, qtbot: QtBot) -> None:
    held.go_to_section(3)
    held.key(Qt.Key.Key_Down)
    lock_path(held.path).unlink()
    held.click(held.button("转为编辑"))
    second = CellRef("requests", "carried_in", "person")
    qtbot.waitUntil(lambda: held.view.here().cell == second)
    held.keys("5")
    held.key(Qt.Key.Key_Return)
    assert held.report.cells == {second: 5}


def test_it_is_taken_over_only_when_the_clerk_is_sure(held: OpenWindow, qtbot: QtBot) -> None:
    held.click(held.button("转为编辑"))
    assert not may_change(held)
    held.click(held.button("先不改"))
    assert not may_change(held)
    held.click(held.button("转为编辑"))
    held.click(held.button("确认接着改"))
    assert not may_change(held)  # a double click on the button that stood there
    qtbot.wait(SETTLE_MS + 100)
    held.click(held.button("确认接着改"))
    assert may_change(held)
    type_heading(held, "我的")


def test_closing_leaves_the_lock_of_the_other(held: OpenWindow) -> None:
    held.window.back_to_start()
    assert lock_path(held.path).exists()


def test_closing_takes_our_lock_away(desk: OpenWindow) -> None:
    assert lock_path(desk.path).exists()
    assert desk.window.close()
    assert not lock_path(desk.path).exists()


# -- versions


def test_an_older_version_is_looked_at_and_taken_back_as_one_step(desk: OpenWindow) -> None:
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 3}))
    desk.window.keeper.save_now()
    desk.settle()
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 5}))
    type_heading(desk, "后来的")
    desk.window.keeper.versions.show_versions()
    (dialog,) = desk.shown(VersionsDialog)
    dialog.listed.setCurrentRow(dialog.listed.count() - 1)
    assert dialog.says.text() == "与现在不同：数字 1 格，文字 1 处。"
    assert "自然人：那时 未填，现在 5" in dialog.differs.toPlainText()
    desk.click(dialog.take_back)
    assert (desk.report.cells, desk.report.headings) == ({}, {})
    at = versions_of(places(desk).versions, desk.path)[-1].at.astimezone()
    assert f"已取回 {at.month}月{at.day}日 {at:%H:%M} 的版本" in desk.window.status_line.message
    desk.window.commands.undo()
    assert desk.report.cells == {CELL: 5}
    kept = versions_of(places(desk).versions, desk.path)
    assert Reason.TAKEN_BACK in {one.reason for one in kept}


def test_without_versions_it_says_when_they_are_kept(desk: OpenWindow) -> None:
    desk.window.keeper.versions.show_versions()
    (dialog,) = desk.shown(VersionsDialog)
    assert "还没有以前的版本" in dialog.says.text()
    assert not dialog.take_back.isEnabled()
    dialog.reject()


def test_a_copy_of_a_version_is_saved_beside(
    desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.path.read_bytes()
    type_heading(desk, "后来的")
    desk.window.keeper.save_now()
    desk.settle()
    desk.window.keeper.versions.show_versions()
    (dialog,) = desk.shown(VersionsDialog)
    dialog.listed.setCurrentRow(dialog.listed.count() - 1)
    copy = tmp_path / "copy.gknb"
    for chosen in (desk.path, copy):
        monkeypatch.setattr(
            "reportdesk.gui.saving.versions_dialog.ask_where_to_save", lambda *_, chosen=chosen: chosen
        )
        desk.click(dialog.save_copy)
    assert copy.read_bytes() == before
    assert desk.kept().headings == {PART: "后来的"}
    dialog.reject()


# -- the next start


def test_the_start_page_names_what_was_not_saved_and_opens_it(desk: OpenWindow, qtbot: QtBot) -> None:
    crash(desk)
    desk.window.show_start()
    qtbot.waitUntil(lambda: desk.says(f"“{desk.path.name}”有没存进文件的修改"), timeout=5_000)
    desk.click(desk.button("打开…"))
    QApplication.processEvents()
    desk.click(desk.button("恢复"))
    assert desk.report.headings == {PART: "上次填的"}


def test_a_stick_that_is_plugged_in_again_is_offered_to_be_opened(desk: OpenWindow, qtbot: QtBot) -> None:
    crash(desk)
    away = desk.path.rename(desk.path.with_suffix(".away"))
    desk.window.show_start()
    qtbot.waitUntil(lambda: desk.says("插上 U 盘后再打开"), timeout=5_000)
    away.rename(desk.path)
    qtbot.waitUntil(lambda: not desk.says("插上 U 盘后再打开"), timeout=5_000)
    assert desk.says("有没存进文件的修改")
    desk.click(desk.button("打开…"))
    assert desk.session.closed_because


def test_what_was_typed_into_a_stick_that_is_gone_is_saved_elsewhere(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(desk)
    desk.path.unlink()
    desk.window.show_start()
    qtbot.waitUntil(lambda: desk.says("插上 U 盘后再打开"), timeout=5_000)
    elsewhere = tmp_path / "elsewhere.gknb"
    monkeypatch.setattr("reportdesk.gui.common.files.ask_where_to_save", lambda *_: elsewhere)
    desk.click(desk.button("另存一份…"))
    assert read_report(elsewhere).report.cells == {CELL: 3}
    assert left_journals(places(desk).journals, desk.path) == ()
