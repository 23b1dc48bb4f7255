"""What can be done about one finding, in the list itself: 说明, its taking back, 改正.

A reason settles a warning or hint, never an error. A mend shows before and after first. Both
are ordinary edits, which undo takes back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from reportdesk.checks.engine import Finding, explanation_of, takes_explanation
from reportdesk.checks.fixes import Fix, mend_of
from reportdesk.gui.common.confirm_button import AnswerButton
from reportdesk.gui.findings.entry import PAD, TEXT_LEFT
from reportdesk.gui.findings.fix_list import FixList
from reportdesk.gui.look.controls import Button, set_tip
from reportdesk.gui.look.theme import Theme
from reportdesk.report.document import Explanation
from reportdesk.report.edits import Edit, EditError, Slot, set_entry
from reportdesk.session.session import Session
from reportdesk.session.workflow import ReadOnlyError

LONGEST_REASON = 200
_GAP = 8


class ReasonLine(QLineEdit):
    """A line that Enter keeps and Esc leaves."""

    kept: ClassVar[Signal] = Signal()
    left: ClassVar[Signal] = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc end the writing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindingActions(QWidget):
    """The buttons under one finding, and what they unfold."""

    told: ClassVar[Signal] = Signal(str)
    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""
    unfolded: ClassVar[Signal] = Signal()
    fixing: ClassVar[Signal] = Signal()
    """A mend is about to change the report."""

    def __init__(self, session: Session, found: Finding, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._found = found
        self._theme = theme
        self._line: ReasonLine | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(TEXT_LEFT, _GAP, PAD, _GAP)
        self._column.setSpacing(_GAP)
        self._mend = mend_of(session.form, session.report, found, session.findings)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for text, tip, do in self._offers():
            row.addWidget(self._button(text, tip, do))
        self.is_empty = row.count() == 0
        row.addStretch(1)
        self._column.addWidget(self._buttons)
        self._below: QWidget | None = None

    def draft(self) -> str | None:
        """The reason being written; None if none is."""
        return None if self._line is None else self._line.text()

    def has_focus(self) -> bool:
        """Whether the reason is what is being typed into."""
        return self._line is not None and self._line.hasFocus()

    def resume(self, draft: str, *, focus: bool) -> None:
        """Go on writing a reason after the list was made anew."""
        if self._found.settled or not takes_explanation(self._found):
            return
        line = self._open_line(draft)
        if focus:
            line.setFocus()

    def _offers(self) -> list[tuple[str, str, Callable[[], object]]]:
        if self._found.settled:
            return [("收回说明", "删去说明，这一处重新列入审核", self._take_back)]
        offers: list[tuple[str, str, Callable[[], object]]] = []
        if self._mend is not None:
            offers.append(("改正…", "先看改前改后，再改正", self._preview))
        if takes_explanation(self._found):
            offers.append(("说明…", "确实如此的，写一句理由，这一处就不再计数", self._write))
        return offers

    # -- 说明

    def _write(self) -> None:
        self._open_line("").setFocus()

    def _open_line(self, text: str) -> ReasonLine:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        line = ReasonLine(text)
        line.setMaxLength(LONGEST_REASON)
        line.setPlaceholderText("为什么这样是对的；不会公开")
        line.setAccessibleName("说明")
        line.kept.connect(self._keep)
        line.left.connect(self._fold)
        column.addWidget(line)
        column.addLayout(self._pair(("保存说明", self._keep), ("取消", self._fold)))
        self._unfold(box)
        self._line = line
        return line

    def _keep(self) -> None:
        if self._line is None:
            return
        line, reason = self._line, self._line.text().strip()
        if not reason:
            self.told_while.emit(
                "请先写一句理由，再按回车。", lambda: self._line is line and not line.text().strip()
            )
            return
        found = self._found
        settled = Explanation(reason, found.fingerprint)
        edit = set_entry(self._session.report, Slot.EXPLANATIONS, found.explained_under, settled, "写说明")
        self._line = None  # kept: no draft to go on with
        if self._apply(edit):
            self.told.emit("已写说明，这一处不再计数。要改可以在“已说明”里收回。")

    def _take_back(self) -> None:
        report = self._session.report
        explained = explanation_of(self._found, report)
        if explained is not None:
            self._apply(set_entry(report, Slot.EXPLANATIONS, explained[0], None, "收回说明"))

    # -- 改正

    def _preview(self) -> None:
        fix = self._mend
        if fix is None:
            return
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        changes = FixList(fix.previews, self._theme, ticks=fix.some is not None)
        column.addWidget(changes)
        correct = AnswerButton(f"改正 {len(fix.previews)} 处")
        correct.setFont(self._theme.font())
        correct.chosen.connect(lambda: self._correct(fix, changes.chosen()))
        changes.ticked.connect(lambda: _offer_to_correct(correct, len(changes.chosen())))
        offers = self._pair(("取消", self._fold))
        offers.insertWidget(0, correct)
        column.addLayout(offers)
        self._unfold(box)
        correct.setFocus()

    def _correct(self, fix: Fix, chosen: Sequence[int]) -> None:
        if not chosen:
            return
        whole = fix.some is None or len(chosen) == len(fix.previews)
        edit = fix.edit if whole or fix.some is None else fix.some(chosen)
        self.fixing.emit()
        if self._apply(edit):
            self.told.emit(f"{fix.label}：改正了 {len(chosen)} 处，按 Ctrl+Z 可以撤销。")
            self._session.check_prose()

    def _apply(self, edit: Edit) -> bool:
        """Make the edit; False, and the reason is told, where the report may not be changed."""
        try:
            self._session.apply(edit, self)
        except (ReadOnlyError, EditError) as error:
            stale = "这一处的文字已经改过了，请按 F9 重新审核。"
            self.told.emit(str(error) if isinstance(error, ReadOnlyError) else stale)
            return False
        return True

    # -- folding

    def _unfold(self, box: QWidget) -> None:
        self._fold()
        self._buttons.hide()
        self._below = box
        self._column.addWidget(box)
        self.unfolded.emit()

    def _fold(self) -> None:
        self._line = None
        self._buttons.show()
        if self._below is not None:
            self._below.deleteLater()
            self._below = None

    def _pair(self, *offers: tuple[str, Callable[[], object]]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        for text, do in offers:
            row.addWidget(self._button(text, "", do))
        row.addStretch(1)
        return row

    def _button(self, text: str, tip: str, do: Callable[[], object]) -> Button:
        button = Button(text)
        button.setFont(self._theme.font())
        set_tip(button, tip)
        button.clicked.connect(lambda _checked=False: do())
        return button


def _offer_to_correct(button: AnswerButton, count: int) -> None:
    button.setText(f"改正 {count} 处")
    button.setEnabled(count > 0)
