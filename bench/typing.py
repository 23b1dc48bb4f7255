"""Writing prose: 2,000 characters typed into section one, and switching between the sections."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure import Figure, seconds
from tools.dev.places import EXAMPLE
from tools.open_report import shown_view

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.window.main_window import MainWindow

_KEY_LIMIT = 16.0
_SWITCH_LIMIT = 50.0
"""Milliseconds: a frame a key at the 95th percentile, and from one section to the next."""
_PART = "overview.disclosure"
_SIGNS = "推进政府信息公开工作，全年主动公开12条。"
_TYPED = 2_000
_ROUNDS = 20


def figures() -> list[Figure]:
    """In the whole window at 1366×728: a key until repainted, a pause's checks in between; a switch."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false")
    with open_window() as window:
        key = statistics.quantiles(_type(window), n=20)[18] * 1e3
        switch = statistics.median(_switch(window)) * 1e3
    return [
        Figure("typing: 2,000 characters into section one, a key (p95) / limit", key, _KEY_LIMIT, 1.0, "ms"),
        Figure("sections: to the next until repainted / limit", switch, _SWITCH_LIMIT, 1.0, "ms"),
    ]


@contextmanager
def open_window() -> Iterator[MainWindow]:
    """The window at 1366×728 with the example."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from reportdesk.gui.look.theme import Scheme, theme_for
    from reportdesk.gui.window.main_window import MainWindow

    app = QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["REPORTDESK_HOME"] = folder
        path = Path(shutil.copyfile(EXAMPLE, Path(folder) / EXAMPLE.name))
        window = MainWindow(theme_for(Scheme.LIGHT))
        window.resize(1366, 728)
        window.show()
        window.open_path(path)
        QTest.qWait(1_500)  # the rules on prose have run once
        yield window
        window.close()
        app.processEvents()


def editor_of(window: MainWindow) -> QWidget:
    """The editor of section one's text, with the focus."""
    from PySide6.QtWidgets import QApplication

    from reportdesk.gui.common.locations import Place

    shown_view(window).go_to(Place("overview", part=_PART, offset=0))
    QApplication.processEvents()
    editor = QApplication.focusWidget()
    if editor is None:
        raise RuntimeError("no editor has the focus")
    return editor


def commit(editor: QWidget, sign: str) -> None:
    """Type one sign as an input method does."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    committed = QInputMethodEvent()
    committed.setCommitString(sign)
    QApplication.sendEvent(editor, committed)


def _type(window: MainWindow) -> list[float]:
    """How long each key takes; in between the rules run as they do when a clerk pauses."""
    from PySide6.QtWidgets import QApplication

    editor, view = editor_of(window), shown_view(window)
    taken = []
    for number in range(_TYPED):

        def key(sign: str = _SIGNS[number % len(_SIGNS)]) -> None:
            commit(editor, sign)
            QApplication.processEvents()

        taken.append(seconds(key))
        if number % 200 == 0:
            view.check_whole(lambda: None)
    return taken


def _switch(window: MainWindow) -> list[float]:
    """How long each switch takes, the pages having been shown once."""
    from PySide6.QtWidgets import QApplication

    view = shown_view(window)
    taken = []
    for number in range(_ROUNDS + 1):
        for section in view.form.sections:

            def switch(section_id: str = section.id) -> None:
                view.sections.choose(section_id)
                QApplication.processEvents()

            spent = seconds(switch)
            if number:
                taken.append(spent)
    return taken
