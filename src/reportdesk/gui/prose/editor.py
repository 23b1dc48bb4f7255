"""The editor of one part's prose: plain paragraphs, each typed change an edit of the session.

The document on the screen follows the session in both directions by their difference. Undo is
the session's: the editor's own is off. An input method's pre-edit is no change yet, since Qt
keeps it out of the document's text.
"""

from __future__ import annotations

import re
import time
from typing import ClassVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from reportdesk.checks.engine import Finding
from reportdesk.form.spec import Part
from reportdesk.gui.common.bound_line import is_undo_key, without_own_undo
from reportdesk.gui.common.text_units import units
from reportdesk.gui.look.theme import Size, Theme
from reportdesk.report.edits import TextChange, change_text
from reportdesk.report.text.characters import fold_told
from reportdesk.report.text.plain_text import clean_paste, clean_text, shared_ends
from reportdesk.session.session import Session

LONGEST = 100_000
"""Characters in one part: a hundred times what notices ask for, and still quick to type in."""

COLUMN_CHARACTERS = 40
"""The widest line: longer ones tire the eye."""

_LINE_HEIGHT = 1.75
"""From one line to the next, in heights of the type."""

_MARGIN = 14
_LEAST_LINES = 3

_LONGEST_UNBROKEN = 1_000
"""Signs in a row between which no line may end: no prose has that many, and Qt looks through all of them per line."""
_ENDS_LINE = re.compile("[㐀-鿿](?=[㐀-鿿])|[ \n\t\u3000]")

_MAY_BE_UNTIDY = "-—–*（(一二三四五六七八九十"
"""How a single line begins that is of a list or repeats a heading."""


class ProseEditor(QTextEdit):
    """Edits one part; as tall as its text, so that the page around it scrolls as one."""

    told: ClassVar[Signal] = Signal(str)
    """A sentence for the clerk, as when a paste was too long."""

    cursor_seen: ClassVar[Signal] = Signal(QRect)
    """Where the cursor went, in the editor's own coordinates, for the page to scroll there."""

    entered: ClassVar[Signal] = Signal()
    """The part is written in from now on."""

    heading_wanted: ClassVar[Signal] = Signal()
    """The clerk wants to change the heading above."""

    pasted: ClassVar[Signal] = Signal(int, str)
    """What may want tidying was pasted: where in the prose, and as it stands there."""

    text_changed: ClassVar[Signal] = Signal()
    """The part's prose in the session is another one."""

    def __init__(self, session: Session, part: Part, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._part = part
        self._theme = theme
        self._found: list[Finding] = []
        self._following = False
        self._pasting = False
        self._enter_begun = False
        """Whether Enter went down here: only then are its repeats meant for the text."""
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(part.heading or part.asks)
        self.setFont(theme.font(Size.SECTION))
        self.document().setDocumentMargin(_MARGIN)
        sign = self.fontMetrics().horizontalAdvance("国")
        self.setMaximumWidth(sign * COLUMN_CHARACTERS + 2 * _MARGIN + 2 * self.frameWidth() + 2)
        self._least_height = round(_LEAST_LINES * sign * _LINE_HEIGHT) + 2 * _MARGIN
        self._set_paragraphs(self.text(), indent=2 * sign)
        self.document().contentsChanged.connect(self._take_typing)
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        self.cursorPositionChanged.connect(lambda: self.cursor_seen.emit(self.cursorRect()))

    @property
    def part(self) -> Part:
        """The part that is edited."""
        return self._part

    def text(self) -> str:
        """The part's prose as the session holds it."""
        return self._session.report.prose.get(self._part.id, "")

    def follow(self) -> None:
        """Show the session's text where an edit from elsewhere changed it; the cursor keeps its words."""
        shown, text = self.toPlainText(), self.text()
        if shown == text:
            return
        start, end = shared_ends(shown, text)
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(shown[:start]))
        cursor.setPosition(units(shown[: len(shown) - end]), QTextCursor.MoveMode.KeepAnchor)
        self._wrap(text)
        self._following = True
        try:
            cursor.insertText(text[start : len(text) - end])
        finally:
            self._following = False
        self.text_changed.emit()

    def go_to(self, offset: int, end: int | None = None) -> None:
        """Put the cursor at that character of the prose, or select the words up to ``end``."""
        cursor, text = self.textCursor(), self.text()
        cursor.setPosition(units(text[:offset]))
        if end is not None:
            cursor.setPosition(units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def show_findings(self) -> None:
        """Mark the words of the findings about this part, as they are now."""
        found = [one for one in self._session.findings if one.part == self._part.id]
        if found or self._found:
            from reportdesk.gui.prose.marks import marks  # with the first finding, not with the window

            self._found = found
            self.setExtraSelections(marks(self.document(), self.text(), found, self._theme))

    def insert_sentence(self, sentence: str, label: str) -> None:
        """Put a sentence in the place of the selection, as one step of undo."""
        text, cursor = self.text(), self.textCursor()
        start, end = (self._character(place) for place in (cursor.selectionStart(), cursor.selectionEnd()))
        change = TextChange(self._part.id, start, text[start:end], sentence)
        self._session.apply(change_text(self._session.report, self._session.form, change, label))
        self.setFocus()
        self.go_to(start + len(sentence))

    def offset(self) -> int:
        """The character of the prose at which the cursor stands."""
        return self._character(self.textCursor().position())

    def _character(self, position: int) -> int:
        """Which character of the prose stands at a position as Qt counts it."""
        return len(self.toPlainText().encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))

    def _set_paragraphs(self, text: str, indent: int) -> None:
        shape = QTextBlockFormat()
        shape.setTextIndent(indent)
        metrics = self.fontMetrics()
        share = 100 * _LINE_HEIGHT * metrics.horizontalAdvance("国") / metrics.lineSpacing()
        shape.setLineHeight(max(share, 100.0), QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(shape)  # blocks that are begun later take over their neighbour's
        self._wrap(text)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _wrap(self, text: str) -> None:
        """End lines anywhere in a text with so long a run of signs that Qt would take seconds over each change."""
        modes = QTextOption.WrapMode
        mode = modes.WrapAnywhere if is_unbroken(text) else modes.WrapAtWordBoundaryOrAnywhere
        if self.wordWrapMode() != mode:
            self.setWordWrapMode(mode)

    def _take_typing(self) -> None:
        """Pass on to the session what the document has and the session has not."""
        if self._following:
            return
        before, shown = self.text(), self.toPlainText()
        start, end = shared_ends(before, shown)
        self._wrap(shown)
        removed = before[start : len(before) - end]
        typed = shown[start : len(shown) - end]
        inserted = clean_text(typed)
        change = TextChange(self._part.id, start, removed, inserted)
        if removed == inserted:
            pass  # an input method's pre-edit, or only signs that do not count
        elif self._pasting:
            session = self._session
            session.apply(change_text(session.report, session.form, change, "粘贴文字"), self)
        else:
            self._session.type_text(change, time.monotonic(), self)
        if typed != inserted:
            self.follow()
            if folded := fold_told(typed)[1]:
                self.told.emit(folded)
        elif removed != inserted:
            self.text_changed.emit()

    # -- Qt's own methods

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the page, which remembers where one wrote last."""
        super().focusInEvent(event)
        self._enter_begun = False
        self.entered.emit()

    def event(self, event: QEvent) -> bool:
        """Leave the keys of undo to the window, whose history covers all pages."""
        if is_undo_key(event):
            event.ignore()
            return False
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what was found at the words under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.told_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def told_at(self, at: QPoint) -> str:
        """What was found at the words there; empty if nothing."""
        from reportdesk.gui.prose.marks import told_at

        return told_at(self._found, self._character(self.cursorForPosition(at).position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a paragraph with Shift+Enter too: there is no other kind of line end; F2 is the heading's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.isAutoRepeat() and not self._enter_begun:
                return  # it is held since something else was chosen with it, which led here
            self._enter_begun = True
        if event.key() == Qt.Key.Key_F2:
            self.heading_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text, and the text of whatever else has some; a dropped file is the window's."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as clean paragraphs, as one step of undo."""
        pasted = clean_paste(source.text())
        cursor = self.textCursor()
        if len(self.text()) - len(cursor.selectedText()) + len(pasted) > LONGEST:
            self.told.emit(
                f"没有粘贴：这一部分最多 {LONGEST} 字，剪贴板里有 {len(pasted)} 字，请分次粘贴需要的内容。"
            )
            return
        start = self._character(cursor.selectionStart())
        self._wrap(f"{self.text()}\n{pasted}")
        self._pasting = True
        try:
            cursor.insertText(pasted)
        finally:
            self._pasting = False
        self.ensureCursorVisible()
        if folded := fold_told(source.text())[1]:
            self.told.emit(folded)
        if "\n" in pasted or pasted[:1] in _MAY_BE_UNTIDY:
            self.pasted.emit(start, pasted)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain text only, so that other programs get no fonts of this window."""
        copied = QMimeData()
        copied.setText(self.textCursor().selection().toPlainText())
        return copied

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what Qt offers less its own undo."""
        menu = without_own_undo(self.createStandardContextMenu(event.pos()))
        menu.exec(event.globalPos())
        menu.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew and take the height that the text then needs."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        needed = round(self.document().size().height()) + 2 * self.frameWidth()
        self.setFixedHeight(max(needed, self._least_height))


def is_unbroken(text: str) -> bool:
    """Whether a text has a very long run of signs, such as brackets or digits, within which no line may end."""
    return len(text) > _LONGEST_UNBROKEN and any(
        len(run) > _LONGEST_UNBROKEN for run in _ENDS_LINE.split(text)
    )
