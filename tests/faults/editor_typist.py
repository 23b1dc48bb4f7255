"""``python -m tests.faults.editor_typist FILE LEDGER SEED``: types into one editor of the real window and enters nothing.

What stands in it is noted in the ledger, with the time, after each stroke; in between the time alone.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from random import Random
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from reportdesk.gui.common.locations import Place
from reportdesk.gui.grid.table_page import TablePage
from reportdesk.gui.window import app
from reportdesk.gui.window.main_window import MainWindow
from tests.faults.broken import ELSEWHERE, named

_LONGEST = 60
_BEAT_MS = 50
_WHEN_OPEN_MS = 100
"""After the window went where the clerk stopped the last time."""


class EditorTypist(QObject):
    """Opens one editor of a table's page and types on."""

    def __init__(self, window: MainWindow, ledger: int, random: Random) -> None:
        super().__init__(window)
        self._window = window
        self._ledger = ledger
        self._random = random
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._type)
        self._beats = QTimer(self)
        self._beats.timeout.connect(self._beat)

    def begin(self) -> None:
        """Open the editor of a cell, or of its remark, and type the first characters."""
        report = self._window.context.current
        assert report is not None
        session, view = report.session, report.view
        typed = [ref for ref in session.form.kind_of if ref not in session.form.totals]
        ref = self._random.choice(typed)
        view.go_to(Place(session.form.section_of[ref.table].id, cell=ref))
        (page,) = (one for one in self._window.findChildren(TablePage) if one.isVisible())
        grid = page.view
        if self._random.random() < 1 / 2:
            page.remark.write(ref)
        else:
            QTest.keyClicks(grid, "7")
            self._note()
        self._timer.start(self._random.choice((20, 90, 300)))
        self._beats.start(_BEAT_MS)

    def _type(self) -> None:
        target = QApplication.focusWidget()
        if isinstance(target, QLineEdit) and len(target.text()) < _LONGEST:
            QTest.keyClicks(target, self._random.choice("0123456789x."))
            self._note()

    def _beat(self) -> None:
        """Note that the window answers: what a busy machine gives it no time for is not its fault."""
        os.write(self._ledger, f"{time.monotonic()}\n".encode())

    def _note(self) -> None:
        target = QApplication.focusWidget()
        if isinstance(target, QLineEdit):
            os.write(self._ledger, f"{time.monotonic()} {target.text()}\n".encode())


def main(file: Path, ledger: Path, seed: str) -> int:
    """Run the program as its own command does, with a typist at it."""
    descriptor = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    own = MainWindow.open_path

    def open_path(window: MainWindow, path: Path) -> bool:
        opened = own(window, path)
        typist = EditorTypist(window, descriptor, Random(seed))
        QTimer.singleShot(_WHEN_OPEN_MS, typist, typist.begin)
        return opened

    with mock.patch.object(MainWindow, "open_path", open_path):
        return app.run(file)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    with named(os.environ.get(ELSEWHERE)):
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
