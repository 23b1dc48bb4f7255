"""A double click on a .gkform: it is taken in, and one sentence says what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from reportdesk.gui.app import make_application
from reportdesk.gui.main_window import PROGRAM
from reportdesk.gui.preferences import Preferences, dress


def take_in_and_tell(path: Path) -> int:
    """Take the file in; 0, or 3 if it is of no use. There is no window for a line to stand in."""
    from reportdesk.session.handed_out import HandedOutError, take_in

    _application = make_application()
    dress(Preferences().theme)
    told = QMessageBox()
    told.setWindowTitle(PROGRAM)
    told.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    try:
        told.setText(take_in(path))
        told.setIcon(QMessageBox.Icon.Information)
        code = 0
    except HandedOutError as error:
        told.setText(str(error))
        told.setIcon(QMessageBox.Icon.Warning)
        code = 3
    told.exec()
    return code
