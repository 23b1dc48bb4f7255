"""``python -m tests.faults.typist FILE LEDGER SEED [--end]``: types into the real window, offscreen, until it is killed.

Each state of the report is noted in the ledger, with the time, by a write that outlives the
process. With ``--end`` the window is closed after some strokes, as a clerk does.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from reportdesk.gui import app
from reportdesk.gui.grid_view import GridView
from reportdesk.gui.main_window import MainWindow
from reportdesk.gui.prose_editor import ProseEditor
from reportdesk.gui.question_bar import QuestionBar
from reportdesk.report.codec import encode
from reportdesk.report.edits import Edit
from reportdesk.session.publish import REPORT_FORMATS
from tests.faults.broken import ELSEWHERE, named

_WORDS = "全年主动公开政府信息，受理依申请公开事项。"
_CONTROL = Qt.KeyboardModifier.ControlModifier
_STROKES = 60
"""After so many the window is closed, if it is to be."""


class Typist:
    """Works in a window as a clerk does, one stroke after the other."""

    def __init__(self, window: MainWindow, ledger: int, random: Random, *, ends: bool) -> None:
        self._window = window
        self._ledger = ledger
        self._random = random
        self._left = _STROKES if ends else -1
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Answer what is asked, then type."""
        session = self._window.session
        assert session is not None
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
        self._timer.start(15)

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
        session, autosave, exporter = (
            self._window.session,
            self._window.autosave,
            self._window.commands.exporter,
        )
        if session is not None and autosave is not None and not exporter.is_busy:
            exporter._start(session, autosave.path.parent, REPORT_FORMATS, attach_copy=True)

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


def main(file: Path, ledger: Path, seed: str, *, ends: bool) -> int:
    """Run the program as its own command does, with a typist at it."""
    descriptor = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    own = MainWindow.open_path

    def open_path(window: MainWindow, path: Path) -> bool:
        opened = own(window, path)
        QTimer.singleShot(0, Typist(window, descriptor, Random(seed), ends=ends).begin)
        return opened

    with mock.patch.object(MainWindow, "open_path", open_path):
        return app.run(file)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    with named(os.environ.get(ELSEWHERE)):
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], ends="--end" in sys.argv))
