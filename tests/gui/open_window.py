"""The whole window on the screen, for tests: a clerk's keys and mouse, and what there is to see."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form
from reportdesk.gui.common.confirm_button import SETTLE_MS
from reportdesk.gui.common.preferences import apply_theme
from reportdesk.gui.context.autosave import Autosave
from reportdesk.gui.context.open_report import OpenReport
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.prose.editor import ProseEditor
from reportdesk.gui.report.report_view import ReportView
from reportdesk.gui.report.section_list import SectionEntry
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.report.document import Report, new_report
from reportdesk.session.session import Session
from reportdesk.store.file import read_report, write_report

FORM = load_form("2021")
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_Kind = TypeVar("_Kind", bound=QWidget)
NONE = Qt.KeyboardModifier.NoModifier


def open_report(window: MainWindow) -> OpenReport:
    """The report that is open in that window."""
    report = window.context.current
    assert report is not None
    return report


def shown_view(window: MainWindow) -> ReportView:
    """What shows the report that is open in that window."""
    view = open_report(window).view
    assert isinstance(view, ReportView)
    return view


class OpenWindow:
    """The shown window with a blank report of 常乐镇, kept in ``path``."""

    waits = True
    """Whether keys and clicks wait for the save that they begin, which runs beside the event loop."""

    def __init__(self, qtbot: QtBot, folder: Path, size: tuple[int, int] = (1366, 728)) -> None:
        self.path = folder / "常乐镇2024.gknb"
        write_report(self.path, new_report(FORM, 2024, "常乐镇人民政府"))
        theme = theme_for(Scheme.LIGHT)
        apply_theme(theme)
        self.window = MainWindow(theme)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        assert self.window.open_path(self.path)
        self.window.activateWindow()
        QApplication.processEvents()

    @property
    def view(self) -> ReportView:
        return shown_view(self.window)

    @property
    def session(self) -> Session:
        return open_report(self.window).session

    @property
    def autosave(self) -> Autosave:
        return open_report(self.window).autosave

    @property
    def report(self) -> Report:
        return self.session.report

    def kept(self) -> Report:
        """What the file holds."""
        return read_report(self.path).report

    def go_to_section(self, row: int) -> None:
        """Click a section in the list: 0 is the front page."""
        self.click(self.entry(row))
        QApplication.processEvents()

    def entry(self, row: int) -> SectionEntry:
        """An entry of the list of sections."""
        return self.view.sections.entries[row]

    def editor(self, part: str) -> ProseEditor:
        """The shown editor of that part."""
        return next(one for one in self.shown(ProseEditor) if one.part.id == part)

    def line(self, name: str) -> QLineEdit:
        """The shown line of that name."""
        return next(one for one in self.shown(QLineEdit) if one.accessibleName() == name)

    def button(self, text: str) -> QAbstractButton:
        """The shown button with that text."""
        return next(one for one in self.shown(QAbstractButton) if one.text() == text)

    def shown(self, kind: type[_Kind]) -> list[_Kind]:
        """All visible widgets of a kind."""
        return [one for one in self.window.findChildren(kind) if one.isVisible()]

    def says(self, words: str) -> bool:
        """Whether any label that is to be seen says that."""
        return any(words in one.text() for one in self.shown(QLabel))

    def click_anyway(self, text: str) -> None:
        """Go on all the same, once the list of what is open can have been seen."""
        QTest.qWait(SETTLE_MS + 100)
        self.click(self.button(text))

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, at or widget.rect().center())
        self.settle()

    def keys(self, text: str) -> None:
        """Type into whatever has the focus; Chinese as an input method commits it."""
        for sign in text:
            if sign.isascii():
                QTest.keyClicks(self.focus(), sign)
            else:
                committed = QInputMethodEvent()
                committed.setCommitString(sign)
                QApplication.sendEvent(self.focus(), committed)
        QApplication.processEvents()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.focus(), key, modifier)
        QApplication.processEvents()
        self.settle()

    def settle(self) -> None:
        """Wait until what is being saved is saved or not."""
        while self.waits and self._is_busy():
            QTest.qWait(5)

    def _is_busy(self) -> bool:
        report = self.window.context.current
        return not self.window.keeper.beside.is_idle or (report is not None and report.autosave.is_saving)

    def focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        return focus or self.window
