"""Nothing typed is lost: saved within a second, a failure told and kept, closing saves."""

from __future__ import annotations

import datetime as dt
import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reportdesk.gui import autosave, files, main_window, questions
from reportdesk.gui.autosave import Autosave
from reportdesk.report.document import Report, new_report
from reportdesk.report.edits import set_heading
from reportdesk.session.session import Session
from reportdesk.store import file as store
from reportdesk.store.file import StoreError, read_report
from tests.gui.open_window import CONTROL, FORM, SHIFT, OpenWindow

PART = "overview.disclosure"
A_SECOND = 1000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    desk = OpenWindow(qtbot, tmp_path)
    desk.go_to_section(1)
    desk.click(desk.editor(PART).viewport())
    return desk


def full_disk(_path: Path, _content: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_typing_is_in_the_file_within_a_second_without_any_key(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.keys("公开")
    qtbot.waitUntil(lambda: desk.kept().prose.get(PART) == "公开", timeout=5 * A_SECOND)
    assert autosave.SAVE_AFTER_MS < A_SECOND
    assert desk.says("已保存")


def test_steady_typing_does_not_put_the_save_off(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session(FORM, new_report(FORM, 2024, "常乐镇"), dt.date(2025, 1, 9))
    saves: list[int] = []
    keeper = Autosave(
        session, tmp_path / "a.gknb", write=lambda _path, _report: saves.append(session.revision)
    )
    for number in range(15):  # 1.5 s without a pause of a second
        session.type_entry(set_heading(session.report, FORM, PART, f"小标题{number}"), float(number))
        qtbot.wait(100)
    assert saves
    assert 0 < saves[0] < 15
    keeper.stop()


def test_ctrl_s_saves_at_once_and_says_where(desk: OpenWindow) -> None:
    desk.keys("公开")
    desk.key(Qt.Key.Key_S, CONTROL)
    assert desk.kept().prose[PART] == "公开"
    assert desk.says(str(desk.path))


def test_closing_saves(desk: OpenWindow) -> None:
    desk.keys("公开")
    assert desk.window.close()
    assert desk.kept().prose[PART] == "公开"


def test_a_full_disk_is_told_and_the_sentence_stays_until_saved(
    desk: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(store, "write_whole", full_disk)
        desk.keys("公开")
        desk.key(Qt.Key.Key_S, CONTROL)
        assert desk.says("磁盘已满")
        assert desk.says("有改动未保存")
        desk.key(Qt.Key.Key_F8)  # another message comes and goes
        desk.keys("更多")
        desk.key(Qt.Key.Key_S, CONTROL)
        assert desk.says("磁盘已满")
    assert desk.kept().prose.get(PART) is None  # the old file, whole
    desk.key(Qt.Key.Key_S, CONTROL)
    assert desk.kept().prose[PART] == "公开更多"
    assert not desk.says("磁盘已满")


def test_a_removed_folder_offers_another_place_and_loses_nothing(
    desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, other = tmp_path / "stick", tmp_path / "other.gknb"
    stick.mkdir()
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: stick / "a.gknb")
    desk.key(Qt.Key.Key_S, CONTROL | SHIFT)
    stick.rename(tmp_path / "gone")
    desk.keys("公开")
    desk.key(Qt.Key.Key_S, CONTROL)
    assert desk.says("U 盘已拔出")
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: other)
    desk.click(desk.button("另存为…"))
    assert read_report(other).report.prose[PART] == "公开"
    assert not desk.says("U 盘已拔出")
    desk.keys("了")
    desk.key(Qt.Key.Key_S, CONTROL)
    assert read_report(other).report.prose[PART] == "公开了"


def test_a_read_only_file_opens_and_says_so(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The mode is not asked of the file system, since tests may run as root, who may write anything.
    writable = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).is_dir() and writable(path, mode))
    desk = OpenWindow(qtbot, tmp_path)
    assert desk.says("这个文件是只读的")
    before = desk.path.read_bytes()
    desk.go_to_section(1)
    desk.click(desk.editor(PART).viewport())
    desk.keys("公开")
    desk.key(Qt.Key.Key_S, CONTROL)
    assert desk.says("文件是只读的")
    assert desk.path.read_bytes() == before
    monkeypatch.setattr(questions, "ask_about_unsaved", lambda *_: questions.Leave.DROP)


@pytest.mark.parametrize("leave", questions.Leave)
def test_closing_with_unsaved_changes_asks(
    desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: questions.Leave
) -> None:
    other = tmp_path / "other.gknb"
    monkeypatch.setattr(questions, "ask_about_unsaved", lambda *_: leave)
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: other)
    write = store.write_whole
    monkeypatch.setattr(
        store, "write_whole", lambda path, text: write(path, text) if path == other else full_disk(path, text)
    )
    desk.keys("公开")
    closed = desk.window.close()
    assert closed is (leave is not questions.Leave.STAY)
    assert other.exists() is (leave is questions.Leave.SAVE_ELSEWHERE)
    if leave is questions.Leave.STAY:
        monkeypatch.setattr(questions, "ask_about_unsaved", lambda *_: questions.Leave.DROP)


def test_a_failed_save_elsewhere_keeps_the_first_file(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session(FORM, new_report(FORM, 2024, "常乐镇"), dt.date(2025, 1, 9))
    refused = tmp_path / "b.gknb"

    def write(path: Path, _report: Report) -> None:
        if path == refused:
            raise StoreError("没有保存")

    keeper = Autosave(session, tmp_path / "a.gknb", write=write)
    with qtbot.waitSignal(keeper.failed):
        assert not keeper.save_to(refused)
    assert keeper.path == tmp_path / "a.gknb"
    keeper.stop()


def test_a_killed_process_loses_at_most_a_second(tmp_path: Path) -> None:
    path = tmp_path / "a.gknb"
    program = f"""
        import os, signal, time
        from pathlib import Path
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from reportdesk.form.load import load_form
        from reportdesk.gui.main_window import MainWindow
        from reportdesk.gui.theme import theme_for
        from reportdesk.report.document import new_report
        from reportdesk.report.edits import set_heading
        from reportdesk.store.file import write_report

        app = QApplication([])
        form = load_form("2021")
        path = Path({str(path)!r})
        write_report(path, new_report(form, 2024, "常乐镇"))
        window = MainWindow(theme_for())
        window.show()
        window.open_path(path)
        session = window.session
        session.apply(set_heading(session.report, form, {PART!r}, "小标题"))
        QTimer.singleShot(1000, lambda: os.kill(os.getpid(), signal.SIGKILL))
        app.exec()
    """
    run = [sys.executable, "-c", textwrap.dedent(program)]
    killed = subprocess.run(run, capture_output=True, timeout=60, check=False)
    assert killed.returncode != 0
    assert read_report(path).report.headings == {PART: "小标题"}
    assert [left.name for left in tmp_path.iterdir()] == ["a.gknb"]


def test_the_clock_at_the_foot_is_the_last_save(desk: OpenWindow) -> None:
    desk.keys("公开")
    desk.key(Qt.Key.Key_S, CONTROL)
    QApplication.processEvents()
    now = dt.datetime.now().astimezone()
    assert desk.says(f"已保存 {now:%H:%M}") or desk.says(f"已保存 {now - dt.timedelta(minutes=1):%H:%M}")
    assert main_window.PROGRAM in desk.window.windowTitle()
