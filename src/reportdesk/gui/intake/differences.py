"""The differences between the report and a file, old beside new, each with a box to take it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from reportdesk.gui.intake.import_words import PAD, WORDS_ROLE, WordsDelegate
from reportdesk.gui.look.controls import plain_tip
from reportdesk.gui.look.symbols import Sign, sign_icon
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.intake.differences import NOTHING, Difference
from reportdesk.report.edits import EntryChange, TextChange
from reportdesk.report.text.word_changes import Mark, Words, mark_changes

_HEADS = ("采用", "位置", "现在", "文件里")
_BOX, _WHERE, _BEFORE, _AFTER = range(len(_HEADS))
_SHARES = {_WHERE: 0.3, _BEFORE: 0.35, _AFTER: 0.35}
_SIGN = 12
_SETTLE_MS = 40
_DOUBT = "请核对："


class DifferenceTable(QTableWidget):
    """A row each. Space or a click on the box takes it or leaves it, for all selected rows at once.

    What is doubtful is not taken to begin with. A remark on what is the same has no box.
    """

    changed: ClassVar[Signal] = Signal()
    """Others are chosen now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_HEADS), parent)
        self._theme = theme
        self._found: tuple[Difference, ...] = ()
        self._filling = False
        self.setAccessibleName("逐处比较")
        self.setHorizontalHeaderLabels(_HEADS)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setIconSize(QSize(_SIGN, _SIGN))
        self.verticalHeader().hide()
        self.setStyleSheet(f"QHeaderView::section {{ padding: 4px {PAD}px; }}")
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(_BOX, QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionsClickable(False)
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        plain = WordsDelegate(theme, Role.BANNER, self)
        for column, ground in ((_WHERE, Role.PAGE), (_BEFORE, Role.ERROR_GROUND), (_AFTER, Role.OK_GROUND)):
            self.setItemDelegateForColumn(
                column, plain if column == _WHERE else WordsDelegate(theme, ground, self)
            )
        self.itemChanged.connect(self._tell)
        self.cellDoubleClicked.connect(self._toggle_row)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.resizeRowsToContents)

    # -- what is shown

    def show_differences(self, found: Sequence[Difference]) -> None:
        """List these; all are taken but the doubtful ones."""
        self._filling = True
        self._found = tuple(found)
        self.setRowCount(len(self._found))
        doubtful = sign_icon(Sign.WARNING, self._theme.color(Role.WARNING), _SIGN)
        for row, one in enumerate(self._found):
            box = QTableWidgetItem()
            box.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if one.change is not None:
                box.setFlags(box.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                box.setCheckState(Qt.CheckState.Unchecked if one.doubt else Qt.CheckState.Checked)
            box.setData(Qt.ItemDataRole.AccessibleTextRole, describe(one))
            if one.doubt:
                box.setIcon(doubtful)
            self.setItem(row, _BOX, box)
            where = f"{one.where}\n{_DOUBT}{one.doubt}" if one.doubt else one.where
            cell = QTableWidgetItem(where)
            if one.doubt:
                cell.setBackground(self._theme.color(Role.WARNING_GROUND))
            self.setItem(row, _WHERE, cell)
            before, after = marked_words(one)
            self.setItem(row, _BEFORE, _cell_of(one.before, before))
            self.setItem(row, _AFTER, _cell_of(one.after, after))
        self._filling = False
        self._share_width()
        self.setCurrentCell(0, _WHERE)
        self.changed.emit()

    @property
    def accepted(self) -> tuple[Difference, ...]:
        """Those that are to be taken."""
        return tuple(one for row, one in enumerate(self._found) if self._is_taken(row))

    # -- choosing

    def take_all(self, *, taken: bool) -> None:
        """Check every box, or none."""
        self._set(range(self.rowCount()), taken=taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space: take or leave all selected rows, as the current one is not taken or is."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and self.currentRow() >= 0:
            rows = {index.row() for index in self.selectedIndexes()} | {self.currentRow()}
            self._set(rows, taken=not self._is_taken(self.currentRow()))
            event.accept()
            return
        super().keyPressEvent(event)

    def _toggle_row(self, row: int, column: int) -> None:
        if column != _BOX:
            self._set((row,), taken=not self._is_taken(row))

    def _set(self, rows: range | set[int] | tuple[int, ...], *, taken: bool) -> None:
        self._filling = True
        for row in rows:
            box = self.item(row, _BOX)
            if box is not None and self._found[row].change is not None:
                box.setCheckState(Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked)
        self._filling = False
        self.changed.emit()

    def _is_taken(self, row: int) -> bool:
        box = self.item(row, _BOX)
        return box is not None and box.checkState() is Qt.CheckState.Checked

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    # -- room

    def showEvent(self, event: QShowEvent) -> None:
        """Give the rows their height before the first look."""
        super().showEvent(event)
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        room = self.viewport().width() - self.columnWidth(_BOX)
        for column, share in _SHARES.items():
            self.setColumnWidth(column, round(room * share))
        self._settle.start()


def _cell_of(text: str, marked: tuple[Words, ...]) -> QTableWidgetItem:
    """A cell with these words, unchanged ones cut short; the whole text is its tip where it is longer."""
    shown = "".join(words.text for words in marked)
    cell = QTableWidgetItem(shown or text)
    if marked:
        cell.setData(WORDS_ROLE, marked)
        if shown != text:
            cell.setToolTip(plain_tip(text))
    return cell


def marked_words(one: Difference) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """What stands there now and in the file, by what became of the words; nothing where no words are replaced."""
    match one.change:
        case TextChange(removed=removed, inserted=inserted):
            before, after = removed.strip(), inserted.strip()
            if before and after:
                return mark_changes(one.before, one.after)
            return ((Words(before, Mark.OUT),) if before else ()), ((Words(after, Mark.IN),) if after else ())
        case EntryChange() if one.before != NOTHING:
            return mark_changes(one.before, one.after)
        case _:
            return (), ()


def describe(one: Difference) -> str:
    """A difference in a sentence, for who hears it."""
    doubt = f"，{_DOUBT}{one.doubt}" if one.doubt else ""
    return f"{one.where}，现在：{one.before}，文件里：{one.after}{doubt}"
