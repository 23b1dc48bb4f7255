"""A table page on the screen, for tests: shown, active, and spoken to by keys, mouse and clipboard."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form, read_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.gui.grid.delegate import CellEditor
from reportdesk.gui.grid.table_page import TablePage
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.report.document import new_report
from reportdesk.session.session import Session

FORM = load_form("2021")
THIRD = read_form(Path(__file__).parents[1] / "data" / "forms" / "third.toml")
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def cell(row: str, column: str, table: str = "requests") -> CellRef:
    """A cell of 表三, or of another table."""
    return CellRef(table, row, column)


class OpenPage:
    """A shown page of a blank report, and what a clerk does and sees there."""

    def __init__(
        self, qtbot: QtBot, table: str = "requests", form: Form = FORM, size: tuple[int, int] = (860, 560)
    ) -> None:
        self.session = Session(form, new_report(form, 2024, "常乐镇人民政府"), dt.date(2025, 1, 10))
        theme = theme_for(Scheme.LIGHT)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(theme.palette())
        app.setFont(theme.font())
        self.theme = theme
        self.page = TablePage(self.session, form.tables[table], theme)
        self.said: list[str] = []
        self.page.told.connect(self.said.append)
        self.page.told_while.connect(lambda sentence, _holds: self.said.append(sentence))
        qtbot.addWidget(self.page)
        self.page.resize(*size)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.view = self.page.view
        self.view.setFocus()

    @property
    def cells(self) -> dict[CellRef, object]:
        """The numbers in the report."""
        return dict(self.session.report.cells)

    @property
    def here(self) -> CellRef | None:
        """The current cell."""
        return self.page.current_ref()

    @property
    def editor(self) -> CellEditor | None:
        """The open editor."""
        return self.view.delegate.editor

    def keys(self, text: str) -> None:
        """Type characters where the focus is; \\n is Enter, \\t Tab."""
        for character in text:
            special = {"\n": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}.get(character)
            target = QApplication.focusWidget()
            assert target is not None
            if special is None:
                QTest.keyClicks(target, character)
            else:
                QTest.keyClick(target, special)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Press a key where the focus is."""
        for _ in range(times):
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClick(target, key, modifiers)

    def paste(self, text: str) -> None:
        """Have the text on the clipboard and press Ctrl+V."""
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CONTROL)

    def rect(self, ref: CellRef) -> QRect:
        """Where the cell is in the grid's viewport."""
        return self.view.visualRect(self.page.panes.view.model().index_of(ref))  # type: ignore[attr-defined]

    def click(self, ref: CellRef, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Click on the cell."""
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, modifiers, self.rect(ref).center())

    def double_click(self, ref: CellRef) -> None:
        """Double click on the cell."""
        self.click(ref)
        QTest.mouseDClick(self.view.viewport(), Qt.MouseButton.LeftButton, NONE, self.rect(ref).center())

    def colour(self, ref: CellRef, at: QPoint) -> QColor:
        """The colour drawn at a point of the cell, counted from its corner."""
        picture = self.view.viewport().grab().toImage()
        return picture.pixelColor(self.rect(ref).topLeft() + at)

    def selected(self) -> list[CellRef]:
        """The selected cells."""
        return self.view.selected_refs()
