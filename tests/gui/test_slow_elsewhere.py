"""A slow disk freezes nothing outside of the report either: 设置, 改文件名, the unit's profile, a new report.

Each sync and each read takes a second; none may be in the event loop, which goes on meanwhile. How long
it is away at most `dev.py bench save` measures.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form
from reportdesk.gui.common import files
from reportdesk.gui.saving.kept_page import KeptDialog
from reportdesk.gui.start.new_report import NewReportDialog
from reportdesk.gui.start.settings_dialog import SettingsDialog
from reportdesk.gui.start.unit_page import UnitPage
from reportdesk.report.document import Fact, new_report
from reportdesk.store import disk
from reportdesk.store.clock import now
from reportdesk.store.file import read_report, write_report
from reportdesk.store.user_data.profile import read_own_profile, write_profiles
from reportdesk.store.user_data.sent_drafts import SentDraft, SentDrafts, write_sent_drafts
from reportdesk.store.user_data.settings import TextSize, read_settings
from reportdesk.store.user_data.unit_profile import UnitProfile
from reportdesk.store.versions import Reason
from tests.gui.open_window import CONTROL, OpenWindow

SECONDS = 1.0
ROUNDS = 10
"""Of the event loop at least, while the disk is waited for; on a quiet machine some hundreds."""
PATIENCE_MS = 60_000
PART = "overview.disclosure"


class SlowDisk:
    """Each sync and read takes a second, wherever it is asked for; how often the window answers meanwhile is counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.in_event_loop: set[str] = set()
        self.rounds = 0
        self._waiting: set[int] = set()
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._count)
        self._timer.start()
        for name in ("sync", "sync_folder", "read"):
            monkeypatch.setattr(disk, name, self._slow(name, getattr(disk, name)))

    def _slow(self, name: str, own: Callable[..., Any]) -> Callable[..., Any]:
        def step(*told: Any) -> Any:
            if threading.current_thread() is threading.main_thread():
                self.in_event_loop.add(name)
                return own(*told)
            me = threading.get_ident()
            self._waiting.add(me)
            time.sleep(SECONDS)
            self._waiting.discard(me)
            return own(*told)

        return step

    def _count(self) -> None:
        self.rounds += bool(self._waiting)

    def stop(self) -> None:
        self._timer.stop()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenWindow:
    monkeypatch.setenv("REPORTDESK_HOME", str(tmp_path / "home"))
    desk = OpenWindow(qtbot, tmp_path)
    own = tmp_path / "常乐镇人民政府2024年年报.gknb"
    desk.path.rename(own)
    assert desk.window.open_path(own)
    desk.path = own
    qtbot.wait(200)
    return desk


@pytest.fixture
def slow(desk: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    """Slow from when the window stands; quick again before it is closed."""
    desk.waits = False
    with monkeypatch.context() as patches:
        slow = SlowDisk(patches)
        yield slow
        slow.stop()


def press(within: QWidget, text: str) -> None:
    button = next(one for one in within.findChildren(QAbstractButton) if one.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def says(within: QWidget, words: str) -> bool:
    return any(words in one.text() for one in within.findChildren(QLabel))


def top(kind: type[QWidget]) -> QWidget:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def is_kept(file: Path, size: TextSize) -> bool:
    return file.exists() and size.value in file.read_text(encoding="utf-8")


def test_a_choice_in_the_settings_holds_at_once_and_is_kept_beside(
    desk: OpenWindow, slow: SlowDisk, qtbot: QtBot
) -> None:
    desk.key(Qt.Key.Key_Comma, CONTROL)
    (dialog,) = desk.shown(SettingsDialog)
    dialog.tabs.setCurrentIndex(0)
    before = desk.entry(3).font().pixelSize()
    file = desk.window.preferences.folders.settings_file
    press(dialog, "小")
    press(dialog, "大")
    assert desk.entry(3).font().pixelSize() > before
    assert not is_kept(file, TextSize.LARGE)
    qtbot.waitUntil(lambda: is_kept(file, TextSize.LARGE), timeout=PATIENCE_MS)
    dialog.close()
    assert slow.in_event_loop == set()


def test_the_window_waits_at_its_end_for_what_was_chosen(desk: OpenWindow, slow: SlowDisk) -> None:
    desk.key(Qt.Key.Key_Comma, CONTROL)
    (dialog,) = desk.shown(SettingsDialog)
    radio = next(one for one in dialog.findChildren(QRadioButton) if one.text() == "大")
    QTest.mouseClick(radio, Qt.MouseButton.LeftButton)
    dialog.close()
    assert desk.window.close()
    settings, _sentence = read_settings(desk.window.preferences.folders.settings_file, now)
    assert settings.text_size is TextSize.LARGE
    assert slow.in_event_loop == {"read"}  # of this test itself


def test_the_units_profile_is_read_and_saved_beside(desk: OpenWindow, slow: SlowDisk, qtbot: QtBot) -> None:
    profile = desk.window.preferences.folders.profile_file
    desk.key(Qt.Key.Key_Comma, CONTROL)
    (dialog,) = desk.shown(SettingsDialog)
    dialog.tabs.setCurrentIndex(2)
    dialog.profile.lines["full_name"].setText("常乐镇人民政府")
    press(dialog, "保存本单位资料")
    qtbot.waitUntil(lambda: "已保存" in dialog.told, timeout=PATIENCE_MS)
    assert slow.rounds >= ROUNDS
    dialog.close()
    assert slow.in_event_loop == set()
    unit, _sentence = read_own_profile(profile, now())
    assert unit is not None
    assert unit.full_name == "常乐镇人民政府"


def test_what_was_handed_out_is_listed_beside(desk: OpenWindow, slow: SlowDisk) -> None:
    desk.key(Qt.Key.Key_Comma, CONTROL)
    (dialog,) = desk.shown(SettingsDialog)
    dialog.tabs.setCurrentIndex(3)
    assert says(dialog, "没有导入过")
    dialog.close()
    assert slow.in_event_loop == set()


def test_a_file_is_renamed_beside(desk: OpenWindow, slow: SlowDisk, qtbot: QtBot) -> None:
    folder = desk.window.preferences.folders.sent_drafts
    drafts = SentDrafts(SentDraft(1, now(), deepcopy(desk.report)))
    write_sent_drafts(folder, desk.path, drafts)
    slow.in_event_loop.clear()
    line = desk.line("报告年度")
    line.setFocus()
    line.selectAll()
    desk.keys("2025")
    qtbot.waitUntil(lambda: desk.says("文件名还是"), timeout=PATIENCE_MS)
    desk.click(desk.button("改文件名"))
    renamed = desk.path.with_name("常乐镇人民政府2025年年报.gknb")
    qtbot.waitUntil(lambda: desk.says(f"文件已改名为“{renamed.name}”。"), timeout=PATIENCE_MS)
    qtbot.wait(600)  # what stands in open editors goes along
    assert slow.rounds >= ROUNDS
    assert slow.in_event_loop == set()
    assert not desk.path.exists()
    assert read_report(renamed).report.year == 2025


def test_typing_has_no_gap_while_what_stands_in_editors_goes_along(
    desk: OpenWindow, slow: SlowDisk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After 另存为 the notes of open editors move to the new file's name."""
    other = tmp_path / "另存.gknb"
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: other)
    assert desk.window.keeper.save_elsewhere()
    desk.window.activateWindow()
    desk.go_to_section(1)
    desk.click(desk.editor(PART).viewport())
    for sign in "推进政府信息公开工作":
        desk.keys(sign)
        qtbot.wait(120)
    assert slow.rounds >= ROUNDS
    assert slow.in_event_loop == set()
    assert desk.report.prose[PART] == "推进政府信息公开工作"


def test_what_is_kept_of_any_report_is_read_beside(desk: OpenWindow, slow: SlowDisk, qtbot: QtBot) -> None:
    desk.window.keeper.versions.keep_before(Reason.IMPORT)
    qtbot.waitUntil(lambda: desk.window.keeper.beside.is_idle, timeout=PATIENCE_MS)
    desk.window.back_to_start()
    desk.window.keeper.versions.show_versions()
    (dialog,) = desk.shown(KeptDialog)
    assert "常乐镇" in dialog.holds.toPlainText()
    dialog.close()
    assert slow.in_event_loop == set()


@pytest.mark.answers_dialogs
def test_a_new_report_is_made_beside(desk: OpenWindow, slow: SlowDisk, qtbot: QtBot) -> None:
    folders = desk.window.preferences.folders
    last = folders.reports / "去年.gknb"
    last.parent.mkdir(parents=True, exist_ok=True)
    write_report(last, new_report(load_form("2021"), 2023, "宣和镇人民政府"))
    slow.in_event_loop.clear()

    def fill() -> None:
        dialog = top(NewReportDialog)
        assert isinstance(dialog, NewReportDialog)
        assert dialog._take_last_year(last)
        for name in ("宣和镇", "宣和镇人民政府"):
            dialog.full_name.setText(name)
        press(dialog, "建立年报")

    qtbot.wait(100)
    QTimer.singleShot(3_500, fill)
    desk.window.open_and_new.begin_new()
    assert desk.report.facts[Fact.FULL_NAME] == "宣和镇人民政府"
    assert slow.rounds >= ROUNDS
    assert slow.in_event_loop == set()


def test_the_first_start_reads_and_saves_beside(desk: OpenWindow, slow: SlowDisk, qtbot: QtBot) -> None:
    handed_out = desk.path.parent / "全县.gkprofile"
    write_profiles(handed_out, [UnitProfile({Fact.FULL_NAME: "常乐镇人民政府"})])
    slow.in_event_loop.clear()
    desk.window.back_to_start()
    desk.window.open_and_new.ask_for_unit()
    QApplication.processEvents()
    (page,) = desk.shown(UnitPage)
    page.take_file(handed_out)
    press(page, "保存并继续")
    qtbot.waitUntil(lambda: page.is_kept, timeout=PATIENCE_MS)
    assert slow.rounds >= ROUNDS
    assert slow.in_event_loop == set()


def test_a_folder_that_does_not_answer_keeps_nobody_from_typing_a_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hangs = threading.Event()
    monkeypatch.setattr(files, "free_path", lambda *_: hangs.wait(10) and tmp_path)
    names = files.FreeNames()
    begun = time.monotonic()
    assert names.free(tmp_path, "常乐镇").name == "常乐镇.gknb"
    assert names.free(tmp_path, "常乐镇2024").name == "常乐镇2024.gknb"
    assert time.monotonic() - begun < 1
    hangs.set()
