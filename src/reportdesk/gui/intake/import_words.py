"""Draws a text of which words went out or came in: those struck, these underlined and bold, both on another ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reportdesk.gui.common.text_units import units
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.report.text.word_changes import Mark, Words

WORDS_ROLE = Qt.ItemDataRole.UserRole + 1
"""The text as a tuple of ``Words``, which say what became of them; without, the text is drawn unmarked."""

PAD = 8
_ABOVE = 6
_Index = QModelIndex | QPersistentModelIndex


class WordsDelegate(QStyledItemDelegate):
    """Wraps the text within its cell; ``ground`` is the role of what differs."""

    def __init__(self, theme: Theme, ground: Role, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = ground

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, focus and text."""
        words = str(index.data() or "")
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        drawn.text = ""
        drawn.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, drawn.widget)
        layout = self._layout(words, drawn.rect.width(), index.data(WORDS_ROLE) or ())
        painter.save()
        painter.setPen(self._theme.color(Role.TEXT))
        layout.draw(painter, QPointF(drawn.rect.left() + PAD, drawn.rect.top() + _ABOVE))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as the wrapped text."""
        words = str(index.data() or "")
        layout = self._layout(words, option.rect.width(), index.data(WORDS_ROLE) or ())
        return QSize(option.rect.width(), round(layout.boundingRect().height()) + 2 * _ABOVE)

    def _layout(self, words: str, width: int, marked: Iterable[Words]) -> QTextLayout:
        font = self._theme.font()
        layout = QTextLayout(words.replace("\n", "\u2028"), font)
        wrapped = QTextOption()
        wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(wrapped)
        layout.setFormats(list(self._formats(marked)))
        layout.beginLayout()
        top, height = 0.0, QFontMetrics(font).lineSpacing()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width - 2 * PAD))
            line.setPosition(QPointF(0, top))
            top += max(line.height(), height)
        layout.endLayout()
        return layout

    def _formats(self, marked: Iterable[Words]) -> Iterator[QTextLayout.FormatRange]:
        start = 0
        for words in marked:
            length = units(words.text)  # Qt counts in units of UTF-16
            if words.mark is not Mark.SAME:
                one = QTextLayout.FormatRange()
                one.start, one.length, one.format = start, length, self._look(words.mark)
                yield one
            start += length

    def _look(self, mark: Mark) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setBackground(self._theme.color(self._ground))
        if mark is Mark.OUT:
            look.setFontStrikeOut(True)
        else:
            look.setFontUnderline(True)
            look.setFontWeight(QFont.Weight.DemiBold)
        return look
