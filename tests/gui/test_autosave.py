"""Nothing typed is lost: noted at once, saved in a pause, a failure told and kept, closing saves."""

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

from reportdesk.gui.common import files, questions
from reportdesk.gui.common.application import PROGRAM
from reportdesk.gui.context import autosave
from reportdesk.session.keeping.recovery import read_recovery
from reportdesk.store import disk
from reportdesk.store import file as store
from reportdesk.store.file import read_report
from reportdesk.store.journal import key_of, left_journals
from tests.gui.open_window import CONTROL, SHIFT, OpenWindow

PART = "overview.disclosure"
A_SECOND = 1000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    desk = OpenWindow(qtbot, tmp_path)
    desk.go_to_section(1)
    desk.click(desk.editor(PART).viewport())
    return desk


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def left(desk: OpenWindow) -> list[str]:
    """What the journals hold of the part, as another program that starts now would find it."""
    folder = desk.window.preferences.folders.journals
    found = [read_recovery(path) for path in folder.glob(f"{key_of(desk.path)}-*.journal")]
    return [one.report.prose.get(PART, "") for one in found if one is not None]


def test_typing_is_in_the_journal_at_once_without_any_key(desk: OpenWindow) -> None:
    desk.keys("公开")
    assert left(desk) == ["公开"]
    assert desk.says("之后的输入已记下")
    assert desk.kept().prose.get(PART) is None
    assert autosave.SYNC_AFTER_MS < A_SECOND


def test_in_a_pause_it_is_saved_and_the_journal_is_given_up(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "SAVE_AFTER_MS", 300)
    desk.keys("公开")
    qtbot.waitUntil(lambda: desk.kept().prose.get(PART) == "公开", timeout=20 * A_SECOND)
    desk.settle()
    assert desk.says("已保存")
    assert not desk.says("已记下")
    assert left(desk) == []


def test_going_to_another_section_saves(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.keys("公开")
    desk.go_to_section(2)
    qtbot.waitUntil(lambda: desk.kept().prose.get(PART) == "公开", timeout=20 * A_SECOND)


def test_steady_typing_does_not_put_the_save_off(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "SAVE_AFTER_MS", 400)
    monkeypatch.setattr(autosave, "LATEST_MS", 1000)
    saves: list[str] = []
    desk.autosave.saved.connect(lambda _at: saves.append(desk.kept().prose[PART]))
    for _ in range(15):  # 1.5 s without a pause
        desk.keys("字")
        qtbot.wait(100)
    assert saves
    assert 0 < len(saves[0]) < 15


def test_without_a_journal_the_file_is_saved_within_a_second(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert autosave.WITHOUT_JOURNAL_MS < A_SECOND
    with monkeypatch.context() as broken:
        broken.setattr(disk, "make_private_folder", full_disk)
        desk.keys("公")
        assert desk.says("有改动未保存")
        qtbot.waitUntil(lambda: desk.kept().prose.get(PART) == "公", timeout=20 * A_SECOND)
        desk.settle()
    desk.keys("开")
    assert left(desk) == ["公开"]


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
        assert desk.says("已记下")
        desk.key(Qt.Key.Key_F8)  # another message comes and goes
        desk.go_to_section(1)
        desk.click(desk.editor(PART).viewport())
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
    (tmp_path / "elsewhere").mkdir()
    stick.rename(tmp_path / "elsewhere" / "gone")
    desk.keys("公开")
    desk.key(Qt.Key.Key_S, CONTROL)
    assert desk.says("U 盘已拔出")
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: other)
    desk.click(desk.button("另存到别处…"))
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
        store,
        "write_whole",
        lambda path, text, **_: write(path, text) if path == other else full_disk(path, text),
    )
    desk.keys("公开")
    closed = desk.window.close()
    assert closed is (leave is not questions.Leave.STAY)
    assert other.exists() is (leave is questions.Leave.SAVE_ELSEWHERE)
    if leave is questions.Leave.STAY:
        monkeypatch.setattr(questions, "ask_about_unsaved", lambda *_: questions.Leave.DROP)


def test_a_killed_process_loses_nothing_that_was_typed_a_second_ago(tmp_path: Path) -> None:
    path = tmp_path / "a.gknb"
    program = f"""
        import os, signal
        from pathlib import Path
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from reportdesk.form.load import load_form
        from reportdesk.gui.window.main_window import MainWindow
        from reportdesk.gui.look.theme import theme_for
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
        session = window.context.current.session
        session.apply(set_heading(session.report, form, {PART!r}, "小标题"))
        QTimer.singleShot(1000, lambda: os.kill(os.getpid(), signal.SIGKILL))
        app.exec()
    """
    run = [sys.executable, "-c", textwrap.dedent(program)]
    home = os.environ | {"REPORTDESK_HOME": str(tmp_path / "home")}
    killed = subprocess.run(run, capture_output=True, timeout=60, check=False, env=home)
    assert killed.returncode != 0
    assert read_report(path).report.headings == {}
    (journal,) = left_journals(tmp_path / "home" / "data" / "journals", path)
    found = read_recovery(journal)
    assert found is not None
    assert found.report.headings == {PART: "小标题"}


def test_the_clock_at_the_foot_is_the_last_save(desk: OpenWindow) -> None:
    desk.keys("公开")
    desk.key(Qt.Key.Key_S, CONTROL)
    QApplication.processEvents()
    now = dt.datetime.now().astimezone()
    assert desk.says(f"已保存 {now:%H:%M}") or desk.says(f"已保存 {now - dt.timedelta(minutes=1):%H:%M}")
    assert PROGRAM in desk.window.windowTitle()
