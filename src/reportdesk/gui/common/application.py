"""The application with its name and style, which the window and a dialog without one need alike."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

PROGRAM = "年报台"
_NO_DISPLAY = "打不开窗口：没有图形界面，或者连不上。请在桌面上打开；只用命令的，见 reportdesk --help。"
_NO_DISPLAY_CODE = 2
"""As the command line has it for a wrong call."""
_STYLE = "fusion"
"""The same on every system, so that what we look at is what the clerk sees."""


@contextmanager
def _said_plainly() -> Iterator[None]:
    """End with one sentence where Qt finds no display, instead of with its own words and an abort."""

    def on_change(kind: QtMsgType, _context: QMessageLogContext, _message: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            if sys.stderr is not None:
                sys.stderr.write(f"reportdesk: {_NO_DISPLAY}\n")
                sys.stderr.flush()
            os._exit(_NO_DISPLAY_CODE)  # Qt aborts as soon as this returns

    before = qInstallMessageHandler(on_change)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def make_application() -> QApplication:
    """The application with the program's style; at most one may be made."""
    with _said_plainly():
        app = QApplication(sys.argv[:1])
    app.setApplicationName("reportdesk")
    app.setApplicationDisplayName(PROGRAM)
    if app.style().objectName() != _STYLE:
        app.setStyle(_STYLE)
    return app
