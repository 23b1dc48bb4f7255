"""整理分段: offered under a text into which lines of a list or of a mail were pasted."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reportdesk.gui.look.controls import Button, PlainLabel, ground
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.gui.prose.editor import ProseEditor
from reportdesk.report.edits import TextChange, change_text
from reportdesk.report.text.paste_cleanup import headings_of, tidied
from reportdesk.session.session import Session

_GAP = 8


class TidyOffer(QWidget):
    """A line that is to be seen while what was pasted stands as it was pasted and could be tidied."""

    told: ClassVar[Signal] = Signal(str)
    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""

    def __init__(self, session: Session, editor: ProseEditor, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._editor = editor
        self._start, self._pasted = 0, ""
        says = PlainLabel("粘贴的文字带有重复的小标题、“-”等符号，或者一句话断成了几行。")
        says.setWordWrap(True)
        tidy = Button("整理分段")
        tidy.setToolTip("去掉重复的小标题和行首的符号，把断开的行接成一段；按 Ctrl+Z 可以撤销")
        tidy.clicked.connect(self._tidy)
        leave = Button("不用整理")
        leave.clicked.connect(self._leave)
        ground(self, theme, Role.BANNER)
        row = QHBoxLayout(self)
        row.setContentsMargins(_GAP, _GAP // 2, _GAP, _GAP // 2)
        row.setSpacing(_GAP)
        row.addWidget(says, 1)
        row.addWidget(tidy)
        row.addWidget(leave)
        self._tidy_button, self._leave_button = tidy, leave
        editor.text_changed.connect(self._look)
        self.hide()

    def offer(self, start: int, pasted: str) -> None:
        """Offer it for what was pasted there, if it would change anything."""
        self._start, self._pasted = start, pasted
        self.setVisible(self._tidied() != pasted)
        if not self.isHidden():
            self.told_while.emit(
                "粘贴的文字可以整理：按 Tab 键到文字下面的“整理分段”。", lambda: not self.isHidden()
            )

    def follow_by_tab(self) -> None:
        """Let Tab lead from the text to the two buttons."""
        QWidget.setTabOrder(self._editor, self._tidy_button)
        QWidget.setTabOrder(self._tidy_button, self._leave_button)

    def _look(self) -> None:
        """Offer it no longer once the pasted words were changed; what is typed before them moves them."""
        if self.isHidden() or self._stands():
            return
        self._start = self._editor.text().find(self._pasted)
        if self._start < 0:
            self.hide()

    def _stands(self) -> bool:
        return self._editor.text().startswith(self._pasted, self._start)

    def _tidied(self) -> str:
        """What would stand there; only at the beginning can there be the part's heading once more."""
        session, part = self._session, self._editor.part.id
        before = self._editor.text()[: self._start].strip()
        return tidied(self._pasted, () if before else headings_of(session.form, session.report, part))

    def _leave(self) -> None:
        self.hide()
        self._editor.setFocus()

    def _tidy(self) -> None:
        self.hide()
        if not self._stands() or self._session.is_read_only:
            return
        session = self._session
        change = TextChange(self._editor.part.id, self._start, self._pasted, self._tidied())
        session.apply(change_text(session.report, session.form, change, "整理分段"), self)
        self._editor.setFocus()
        self.told.emit("已整理分段，请看看各段是否断得对；按 Ctrl+Z 可以撤销。")
