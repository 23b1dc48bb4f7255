"""``python -m tests.faults.typist FILE LEDGER SEED [OPTIONS]``: types into the real window, offscreen, until it is killed.

Each state of the report is noted in the ledger, with the time, by a write that outlives the
process. With ``--end`` the window is closed after some strokes, as a clerk does; ``--pause-after`` stops
typing after so many seconds; ``--syncs`` notes in a file what was put onto the disk, which takes a while.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from reportdesk.exports.formats import REPORT_FORMATS
from reportdesk.gui.grid.view import GridView
from reportdesk.gui.prose.editor import ProseEditor
from reportdesk.gui.saving.question_bar import QuestionBar
from reportdesk.gui.window import app
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.report.edits import Edit
from reportdesk.report.file.codec import encode
from tests.faults.broken import ELSEWHERE, named

_WORDS = "全年主动公开政府信息，受理依申请公开事项。"
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SYNC_TAKES = 0.2
"""Seconds, as on an old disk."""
_STROKES = 60
"""After so many the window is closed, if it is to be."""


class Typist:
    """Works in a window as a clerk does, one stroke after the other."""

    def __init__(
        self, window: MainWindow, ledger: int, random: Random, *, ends: bool, pause_after: float | None
    ) -> None:
        self._window = window
        self._ledger = ledger
        self._random = random
        self._left = _STROKES if ends else -1
        self._pause_after = pause_after
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Answer what is asked, then type."""
        report = self._window.context.current
        assert report is not None
        session = report.session
        for bar in self._window.findChildren(QuestionBar):
            button = next(found for found in bar.findChildren(QAbstractButton) if found.text() == "恢复")
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        note(self._ledger, encode(session.report))
        journal = session.journal

        def heard(edit: Edit) -> None:
            # Before the journal, which may hold no state that is not in the ledger.
            note(self._ledger, encode(session.report))
            journal(edit)

        session.journal = heard
        if self._pause_after != 0:
            self._timer.start(15)
        if self._pause_after:
            QTimer.singleShot(round(self._pause_after * 1000), self._window, self._timer.stop)

    def _go_on(self) -> None:
        if self._left == 0:
            if self._window.commands.exporter.is_busy:
                return  # the window would ask whether to wait for it
            self._timer.stop()
            self._window.close()
            return
        self._left -= 1
        chosen = self._random.randrange(600)  # mostly strokes: what is typed stands in the journal only
        if chosen < 2:
            QTest.keyClick(self._window, Qt.Key.Key_S, _CONTROL)
        elif chosen < 4:
            self._export()
        elif chosen < 8:
            QTest.keyClick(self._window, Qt.Key.Key_PageDown, _CONTROL)
        else:
            self._stroke()

    def _export(self) -> None:
        """Past the question about errors, which would wait for an answer."""
        report, exporter = self._window.context.current, self._window.commands.exporter
        if report is not None and not exporter.is_busy:
            exporter._start(report.session, report.path.parent, REPORT_FORMATS, attach_copy=True)

    def _stroke(self) -> None:
        target = QApplication.focusWidget()
        if isinstance(target, ProseEditor):
            typed = QInputMethodEvent()  # Chinese comes from an input method
            typed.setCommitString(self._random.choice(_WORDS))
            QApplication.sendEvent(target, typed)
        elif target is not None and _grid_of(target) is not None:
            key = self._random.choice(
                (Qt.Key.Key_1, Qt.Key.Key_7, Qt.Key.Key_0, Qt.Key.Key_Return, Qt.Key.Key_Right)
            )
            QTest.keyClick(target, key)
        else:
            editors = [editor for editor in self._window.findChildren(ProseEditor) if editor.isVisible()]
            grids = [grid for grid in self._window.findChildren(GridView) if grid.isVisible()]
            widgets: list[Any] = [*editors, *grids]
            if widgets:
                self._random.choice(widgets).setFocus()


def _grid_of(widget: Any) -> GridView | None:
    while widget is not None and not isinstance(widget, GridView):
        widget = widget.parentWidget()
    return widget


def note(ledger: int, content: bytes) -> None:
    """Write down what is on the screen now."""
    os.write(ledger, f"{time.monotonic()} {hashlib.sha256(content).hexdigest()}\n".encode())


def _note_syncs(path: Path) -> Callable[[int], None]:
    """The system's ``fsync``, which takes a while and notes what is on the disk then.

    Of a file its bytes, of a folder the names that it had when it was asked for.
    """
    own, notes = os.fsync, os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def fsync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            entries = [(entry.inode(), entry.name) for entry in os.scandir(descriptor)]
            lines = "".join(f"name {inode} {name}\n" for inode, name in entries)
        else:
            lines = f"file {status.st_ino} {status.st_size}\n"
        time.sleep(_SYNC_TAKES)
        own(descriptor)
        os.write(notes, lines.encode())

    return fsync


def main(options: argparse.Namespace) -> int:
    """Run the program as its own command does, with a typist at it."""
    descriptor = os.open(options.ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    own = MainWindow.open_path

    def open_path(window: MainWindow, path: Path) -> bool:
        opened = own(window, path)
        typist = Typist(
            window, descriptor, Random(options.seed), ends=options.end, pause_after=options.pause_after
        )
        QTimer.singleShot(0, typist.begin)
        return opened

    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(MainWindow, "open_path", open_path))
        if options.syncs:
            stack.enter_context(mock.patch.object(os, "fsync", _note_syncs(options.syncs)))
        return app.run(options.file)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("seed")
    parser.add_argument("--end", action="store_true")
    parser.add_argument("--pause-after", type=float)
    parser.add_argument("--syncs", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    with named(os.environ.get(ELSEWHERE)):
        sys.exit(main(_options()))
