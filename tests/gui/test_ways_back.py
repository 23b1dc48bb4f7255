"""A report whose file is broken, empty or gone leads to what this PC kept of it, never to "somebody else's file"."""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.common import files
from reportdesk.gui.saving import kept_page
from reportdesk.gui.saving.kept_page import KeptDialog
from reportdesk.gui.saving.versions_dialog import VersionsDialog
from reportdesk.gui.start.report_row import ReportRow
from reportdesk.report.document import State, new_report
from reportdesk.report.edits import set_cells
from reportdesk.report.file.codec import decode, encode
from reportdesk.session.keeping.persistence import Keeping, Places
from reportdesk.session.session import Session
from reportdesk.store import disk
from reportdesk.store.file import read_report
from reportdesk.store.journal import left_journals
from reportdesk.store.versions import Reason, read_version, versions_of
from tests.gui.open_window import FORM, OpenWindow

CELL = CellRef("requests", "new", "person")
OTHER = CellRef("requests", "new", "other")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    folder = tmp_path / "年报"
    folder.mkdir()
    return OpenWindow(qtbot, folder)


def places(desk: OpenWindow) -> Places:
    folders = desk.window.preferences.folders
    return Places(folders.journals, folders.versions)


def fill_and_close(desk: OpenWindow) -> None:
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 7}))
    desk.window.back_to_start()
    QApplication.processEvents()


def kept(desk: OpenWindow) -> list[Reason]:
    return [one.reason for one in versions_of(places(desk).versions, desk.path)]


def dialog(desk: OpenWindow) -> KeptDialog:
    QApplication.processEvents()
    return desk.shown(KeptDialog)[0]


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARMS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "NUL": lambda path: path.write_bytes(b"\0" * path.stat().st_size),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:700]),
    "head NUL": lambda path: path.write_bytes(b"\0" * 512 + path.read_bytes()[512:]),
    "other bytes": lambda path: path.write_bytes(b"PK\x03\x04 something else"),
    "nonsense": lambda path: path.write_bytes(path.read_bytes().replace(b'"2021"', b"2021")),
    "gone": lambda path: path.unlink(),
    "a folder": become_folder,
    "folder gone": lambda path: path.parent.rename(path.parent.with_name("别处")),
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_was_kept_is_offered_by_name_and_day(desk: OpenWindow, harm: str) -> None:
    fill_and_close(desk)
    HARMS[harm](desk.path)
    assert not desk.window.open_path(desk.path)
    shown = dialog(desk)
    said = f"{shown.says.text()} {desk.window.status_line.message}"
    assert "常乐镇2024" in said
    assert "不是年报台的年报文件" not in said
    assert "别的文件改了名字" not in said
    assert f"{dt.datetime.now().astimezone():%Y-%m-%d}" in shown.listed.item(0).text()
    assert "关闭时" in shown.listed.item(0).text()
    assert "常乐镇人民政府　2024" in shown.holds.toPlainText()
    assert "数字 1 格" in shown.holds.toPlainText()


@pytest.mark.parametrize("harm", ["empty", "NUL", "cut", "gone"])
def test_one_press_puts_the_newest_back_and_keeps_the_broken_file_beside(desk: OpenWindow, harm: str) -> None:
    fill_and_close(desk)
    HARMS[harm](desk.path)
    broken = desk.path.read_bytes() if desk.path.exists() else None
    desk.window.open_path(desk.path)
    desk.click(dialog(desk).take)
    QApplication.processEvents()
    assert desk.report.cells == {CELL: 7}
    assert desk.autosave.path == desk.path
    assert desk.kept().cells == {CELL: 7}
    beside = [path.read_bytes() for path in desk.path.parent.glob("*打不开的原文件*")]
    assert beside == ([] if broken is None else [broken])


def test_a_folder_that_took_the_files_name_is_put_beside(desk: OpenWindow) -> None:
    fill_and_close(desk)
    HARMS["a folder"](desk.path)
    (desk.path / "里面的文件.txt").write_text("x", encoding="utf-8")
    desk.window.open_path(desk.path)
    desk.click(dialog(desk).take)
    QApplication.processEvents()
    assert desk.kept().cells == {CELL: 7}
    assert [path.name for path in desk.path.parent.glob("*打不开的原文件*/*")] == ["里面的文件.txt"]


def test_a_disk_that_cannot_read_the_file_leads_to_what_was_kept(
    desk: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_and_close(desk)
    read = disk.read

    def failing(path: Path, most: int) -> bytes:
        if path == desk.path:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return read(path, most)

    monkeypatch.setattr(disk, "read", failing)
    desk.window.open_path(desk.path)
    assert "读写磁盘出错" in dialog(desk).says.text()
    assert "关闭时" in dialog(desk).listed.item(0).text()


def test_what_was_typed_and_not_saved_comes_before_all_versions(desk: OpenWindow) -> None:
    fill_and_close(desk)
    content = desk.path.read_bytes()
    session = Session(FORM, decode(content).report, dt.date(2025, 1, 9))
    keeping = Keeping(session, desk.path, content, places(desk))
    session.apply(set_cells(session.report, FORM, {OTHER: 3}))
    keeping.close()
    desk.path.write_bytes(b"\0" * 100)
    desk.window.open_path(desk.path)
    shown = dialog(desk)
    assert "没存进文件的修改" in shown.listed.item(0).text()
    desk.click(shown.take)
    QApplication.processEvents()
    assert desk.report.cells == {CELL: 7, OTHER: 3}
    assert left_journals(places(desk).journals, desk.path) == ()


def test_a_missing_report_is_reached_from_the_list_by_keys(desk: OpenWindow, qtbot: QtBot) -> None:
    fill_and_close(desk)
    desk.path.unlink()
    desk.window.back_to_start()
    desk.window.show_start()
    qtbot.waitUntil(lambda: any("文件不在原处" in row.accessibleName() for row in desk.shown(ReportRow)))
    (row,) = desk.shown(ReportRow)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert "找不到" in dialog(desk).says.text()


def test_with_the_folder_gone_too_it_asks_where_to_and_opens_that(
    desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_and_close(desk)
    HARMS["folder gone"](desk.path)
    desk.window.open_path(desk.path)
    elsewhere = tmp_path / "找回.gknb"
    monkeypatch.setattr(kept_page, "ask_where_to_save", lambda *_: elsewhere)
    desk.click(dialog(desk).take)
    QApplication.processEvents()
    assert desk.report.cells == {CELL: 7}
    assert not desk.path.exists()
    assert read_report(elsewhere).report.cells == {CELL: 7}


def test_what_cannot_be_put_back_is_told_and_can_be_written_elsewhere(
    desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_and_close(desk)
    desk.path.write_bytes(b"")
    desk.window.open_path(desk.path)
    shown = dialog(desk)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no", str(desk.path))

    monkeypatch.setattr("reportdesk.session.keeping.ways_back.replace_patiently", refuse)
    desk.click(shown.take)
    assert "没有写回" in shown.trouble.text()
    assert desk.path.read_bytes() == b""
    copy = tmp_path / "另存.gknb"
    monkeypatch.setattr(kept_page, "ask_where_to_save", lambda *_: copy)
    desk.click(shown.save_copy)
    assert read_report(copy).report.cells == {CELL: 7}


def test_a_file_of_a_newer_program_is_not_called_broken(desk: OpenWindow) -> None:
    fill_and_close(desk)
    desk.path.write_bytes(desk.path.read_bytes().replace(b'"version": 2', b'"version": 99'))
    assert not desk.window.open_path(desk.path)
    QApplication.processEvents()
    assert desk.shown(KeptDialog) == []
    assert "请先升级" in desk.window.status_line.message


def test_another_report_that_is_open_stays_while_a_broken_one_is_offered(
    desk: OpenWindow, tmp_path: Path
) -> None:
    fill_and_close(desk)
    desk.path.write_bytes(b"")
    other = tmp_path / "大安镇2023.gknb"
    other.write_bytes(encode(new_report(FORM, 2023, "大安镇人民政府")))
    assert desk.window.open_path(other)
    assert not desk.window.open_path(desk.path)
    dialog(desk).reject()
    assert desk.report.name_in_title() == "大安镇人民政府"


def test_without_anything_kept_it_is_said_why_it_cannot_be_opened(desk: OpenWindow, tmp_path: Path) -> None:
    nothing = tmp_path / "空.gknb"
    nothing.write_bytes(b"")
    assert not desk.window.open_path(nothing)
    assert "文件是空的" in desk.window.status_line.message
    assert desk.shown(KeptDialog) == []


# -- named states


def test_the_state_at_closing_is_a_version_of_that_name(desk: OpenWindow) -> None:
    fill_and_close(desk)
    (newest, *_rest) = versions_of(places(desk).versions, desk.path)
    assert newest.reason is Reason.CLOSED
    assert decode(read_version(newest)).report.cells == {CELL: 7}


def test_closing_the_window_keeps_it_too(desk: OpenWindow) -> None:
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 7}))
    assert desk.window.close()
    assert kept(desk)[0] is Reason.CLOSED


def test_each_step_of_the_office_is_a_version_of_that_name(desk: OpenWindow) -> None:
    from reportdesk.session.workflow import moves_from

    for state in (State.REVIEW, State.FINAL, State.SUBMITTED):
        move = next(one for one in moves_from(desk.report.state) if one.to is state)
        desk.window.the_standing()._move(desk.session, move)
    desk.settle()
    assert {Reason.REVIEW, Reason.FINAL, Reason.SUBMITTED} <= set(kept(desk))
    desk.window.commands.show_versions()
    QApplication.processEvents()
    (shown,) = desk.shown(VersionsDialog)
    listed = [shown.listed.item(row).text() for row in range(shown.listed.count())]
    for name in ("送审时", "定稿时", "已报送时"):
        assert any(name in one for one in listed)


def test_each_draft_is_a_version_with_its_number(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportdesk.gui.outgoing.submitting.open_path", lambda *_: "")
    desk.window.commands.make_draft()
    qtbot.waitUntil(lambda: Reason.DRAFT in kept(desk), timeout=40_000)
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 7}))
    desk.window.commands.make_draft()
    qtbot.waitUntil(lambda: kept(desk).count(Reason.DRAFT) == 2, timeout=40_000)
    drafts = [one for one in versions_of(places(desk).versions, desk.path) if one.reason is Reason.DRAFT]
    assert [one.number for one in drafts] == [2, 1]
    assert decode(read_version(drafts[0])).report.cells == {CELL: 7}
    assert decode(read_version(drafts[1])).report.cells == {}


def test_versions_of_any_report_are_reached_without_an_open_one(
    desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_and_close(desk)
    desk.window.recent_reports.forget(desk.path)
    assert next(one for one in desk.window.findChildren(QAction) if one.text() == "以前的版本…").isEnabled()
    desk.window.commands.show_versions()
    shown = dialog(desk)
    assert "常乐镇人民政府 2024" in shown.choice.itemText(0)
    copy = tmp_path / "另存.gknb"
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: copy)
    monkeypatch.setattr(kept_page, "ask_where_to_save", lambda *_: copy)
    desk.click(shown.take)
    QApplication.processEvents()
    assert desk.report.cells == {CELL: 7}
