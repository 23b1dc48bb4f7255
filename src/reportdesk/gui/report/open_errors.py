"""The list at which 送审, 定稿 and 报送 stop: each error and each cell 待核实, with a way to it.

What they are is ``session.gate``'s. The entries look as those of 审核 do.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from reportdesk.checks.engine import Finding, Severity
from reportdesk.form.spec import CellRef, Form
from reportdesk.gui.common.locations import place_of_finding
from reportdesk.gui.findings.entry import FindingEntry
from reportdesk.gui.look.theme import Theme
from reportdesk.session.gate import Blockers

_MOST = 60
"""Entries; nobody reads more before the first are put right."""
_HIGHEST = 260
_LEAST = 64


class OpenErrors(QScrollArea):
    """Lists what is open; as high as its entries as far as ``highest`` allows, then it scrolls."""

    chosen: ClassVar[Signal] = Signal(object)
    """The Place to go to."""

    def __init__(self, form: Form, theme: Theme, highest: int = _HIGHEST) -> None:
        super().__init__()
        self._form = form
        self._theme = theme
        self._highest = highest
        self.entries: list[FindingEntry] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("还没有解决的错误和待核实的格")
        self._sheet = QWidget()
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._sheet.installEventFilter(self)
        self.setWidget(self._sheet)

    def show_blockers(self, found: Blockers) -> None:
        """List them instead of what was listed."""
        for entry in self.entries:
            self._column.removeWidget(entry)
            entry.deleteLater()
        listed = [*found.errors, *(_as_finding(mark.says, mark.cell) for mark in found.unverified)]
        self.entries = [self._entry(one) for one in listed[:_MOST]]
        for place, entry in enumerate(self.entries):
            self._column.insertWidget(place, entry)
        self._fit()

    def _entry(self, found: Finding) -> FindingEntry:
        entry = FindingEntry(found, self._theme)
        entry.clicked.connect(lambda _checked=False: self._choose(entry))
        entry.stepped.connect(self._step)
        return entry

    def _choose(self, entry: FindingEntry) -> None:
        for one in self.entries:
            one.show_current(current=one is entry)
        self.chosen.emit(place_of_finding(self._form, entry.finding))

    def _step(self, entry: FindingEntry, by: int) -> None:
        at = self.entries.index(entry) + by
        if 0 <= at < len(self.entries):
            self.entries[at].setFocus()
            self.ensureWidgetVisible(self.entries[at], 0, 0)

    def _fit(self) -> None:
        wanted = sum(entry.heightForWidth(self.viewport().width()) for entry in self.entries)
        self.setFixedHeight(max(min(_LEAST, wanted), min(wanted, self._highest)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Entries wrap otherwise in another width."""
        if watched is self._sheet and event.type() is QEvent.Type.Resize:
            self._fit()
        return False


def _as_finding(says: str, cell: CellRef | None) -> Finding:
    """A cell that is 待核实, drawn as a warning; it is no finding of a rule."""
    return Finding("", Severity.WARNING, says, "", (cell,) if cell else ())
