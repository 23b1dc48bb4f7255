"""A disk that is slow, or a share that hangs, stops nobody from typing, and nothing is lost over it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reportdesk.gui.common import files
from reportdesk.gui.common.background_jobs import WaitDialog
from reportdesk.gui.context import autosave
from reportdesk.report.document import State
from reportdesk.session.keeping.recovery import Fit, read_recovery
from reportdesk.session.workflow import moves_from
from reportdesk.store import disk
from reportdesk.store.file import read_report
from reportdesk.store.journal import key_of
from reportdesk.store.versions import Reason
from tests.gui.open_window import CONTROL, OpenWindow

PART = "overview.disclosure"
PATIENCE_MS = 20_000
WAITING = ("sync", "sync_folder", "read")
"""The steps that an old disk or a share takes seconds for."""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    folder = tmp_path / "share"
    folder.mkdir()
    desk = OpenWindow(qtbot, folder)
    desk.go_to_section(1)
    desk.click(desk.editor(PART).viewport())
    return desk


class Gate:
    """Holds up the steps that put a report's folder onto its disk, as a share that hangs does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._open = threading.Event()
        self._folder = folder
        self.in_event_loop: set[str] = set()
        for step in WAITING:
            monkeypatch.setattr(disk, step, self._held(step, getattr(disk, step)))

    def _held(self, name: str, own: Callable[..., Any]) -> Callable[..., Any]:
        def step(what: Any, *rest: Any) -> Any:
            if threading.current_thread() is threading.main_thread():
                self.in_event_loop.add(name)
            elif self._folder in Path(getattr(what, "name", what)).parents or what == self._folder:
                self._open.wait(PATIENCE_MS / 1000)
            return own(what, *rest)

        return step

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def gate(desk: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate(monkeypatch, desk.path.parent)
    desk.waits = False
    yield gate
    gate.open()


def noted(desk: OpenWindow) -> list[str]:
    """What the journals hold of the part, as another program that starts now would find it."""
    folder = desk.window.preferences.folders.journals
    found = [read_recovery(path) for path in folder.glob(f"{key_of(desk.path)}-*.journal")]
    return [one.report.prose.get(PART, "") for one in found if one is not None]


def begin_to_save(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.keys("公开")
    desk.key(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: desk.says("正在保存"), timeout=PATIENCE_MS)


def test_typing_goes_on_while_a_save_hangs_and_is_saved_after_it(
    desk: OpenWindow, gate: Gate, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "SAVE_AFTER_MS", 200)
    begin_to_save(desk, qtbot)
    desk.keys("信息")
    assert desk.report.prose[PART] == "公开信息"
    assert desk.says("正在保存")
    assert noted(desk) == ["公开信息"]
    gate.open()
    qtbot.waitUntil(lambda: desk.says("已保存 ") and noted(desk) == [], timeout=PATIENCE_MS)
    assert desk.kept().prose[PART] == "公开信息"


@pytest.mark.parametrize("is_written", [False, True])
def test_a_kill_in_the_middle_of_a_save_loses_nothing_that_was_typed_meanwhile(
    desk: OpenWindow, gate: Gate, qtbot: QtBot, *, is_written: bool
) -> None:
    """What a start would find: the file as it was or as it was being written, and the journal."""
    begin_to_save(desk, qtbot)
    desk.keys("信息")
    file = desk.path.read_bytes()
    if is_written:
        assert desk.autosave.keeping._saving is not None
        file = desk.autosave.keeping._saving.content
    (journal,) = desk.window.preferences.folders.journals.glob(f"{key_of(desk.path)}-*.journal")
    found = read_recovery(journal)
    assert found is not None
    assert found.fit(file) is Fit.FITS
    assert found.report.prose[PART] == "公开信息"
    gate.open()


def test_a_share_that_does_not_come_back_is_told_and_another_place_taken(
    desk: OpenWindow, gate: Gate, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert autosave.SLOW_MS == 10_000
    monkeypatch.setattr(autosave, "SLOW_MS", 100)
    begin_to_save(desk, qtbot)
    qtbot.waitUntil(lambda: desk.says("没有回应"), timeout=PATIENCE_MS)
    desk.keys("信息")
    other = tmp_path / "本机.gknb"
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: other)
    desk.click(desk.button("另存为…"))
    qtbot.waitUntil(lambda: desk.says("已保存 "), timeout=PATIENCE_MS)
    assert read_report(other).report.prose[PART] == "公开信息"
    assert not desk.says("没有回应")
    desk.keys("了")
    gate.open()
    qtbot.wait(300)  # the first save comes back
    assert not desk.autosave.is_saved
    desk.key(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: read_report(other).report.prose[PART] == "公开信息了", timeout=PATIENCE_MS)


def answer(words: str) -> Callable[[], None]:
    """Press that button of the dialog that waits, once it is there."""

    def press() -> None:
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, WaitDialog) and dialog.isVisible():
                shown.append(dialog)
                dialog.given_up.emit()
                return
        QTimer.singleShot(50, press)

    assert words == "不等了"
    shown: list[WaitDialog] = []
    return press


def test_closing_waits_and_can_go_on_without_and_all_is_offered_again(
    desk: OpenWindow, gate: Gate, qtbot: QtBot
) -> None:
    begin_to_save(desk, qtbot)
    desk.keys("信息")
    QTimer.singleShot(50, answer("不等了"))
    assert desk.window.close()
    (journal,) = desk.window.preferences.folders.journals.glob(f"{key_of(desk.path)}-*.journal")
    found = read_recovery(journal)
    assert found is not None
    assert found.report.prose[PART] == "公开信息"
    gate.open()


def test_closing_waits_until_the_disk_is_done(desk: OpenWindow, gate: Gate, qtbot: QtBot) -> None:
    begin_to_save(desk, qtbot)
    desk.keys("信息")
    QTimer.singleShot(1_000, gate.open)
    assert desk.window.close()
    assert desk.kept().prose[PART] == "公开信息"


def test_nothing_that_waits_for_the_disk_runs_in_the_event_loop(
    desk: OpenWindow, gate: Gate, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.open()
    window = desk.window
    desk.waits = True
    monkeypatch.setattr("reportdesk.gui.saving.document_keeper._LEISURE_MS", 10)
    monkeypatch.setattr("reportdesk.gui.saving.recent_reports._LEISURE_MS", 10)
    window.back_to_start()
    assert window.open_path(desk.path)
    qtbot.wait(200)
    desk.go_to_section(1)
    desk.click(desk.editor(PART).viewport())
    desk.keys("公开")
    qtbot.wait(autosave.SYNC_AFTER_MS + 200)
    desk.key(Qt.Key.Key_S, CONTROL)
    window.keeper.versions.keep_before(Reason.IMPORT)
    window.the_standing().go(next(move for move in moves_from(State.DRAFT)))
    window.keeper.elsewhere.look()
    window.keeper.versions.show_versions()
    desk.keys("\x1b")
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: tmp_path / "另存.gknb")
    assert window.keeper.save_elsewhere()
    window.commands.submitter.open(desk.session, tmp_path / "另存.gknb")
    desk.settle()
    window.commands.submitter.leave()
    window.back_to_start()
    qtbot.wait(100)
    assert window.close()
    assert gate.in_event_loop == set()
