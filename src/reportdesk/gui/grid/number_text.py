"""Numbers laid out once and drawn many times: with each keystroke a dozen cells are painted.

Laying a text out costs more than drawing it, so each number's layout is kept while the type stays.
"""

from __future__ import annotations

import functools

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

from reportdesk.gui.grid.cell_edges import Edges

_KEPT = 2048
"""Numbers; a report has some 250 cells."""
_SMALLEST = 7
"""Pixels: the least height of type to which a long number shrinks."""


class NumberTexts:
    """The numbers in one type."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._height = self._metrics.height()
        self.width_of = functools.lru_cache(maxsize=_KEPT)(self._metrics.horizontalAdvance)
        """How wide a number is."""
        self._laid_out = functools.lru_cache(maxsize=_KEPT)(_lay_out)

    def draw_centred(self, painter: QPainter, room: Edges, text: str, most: int) -> None:
        """Draw the number into the middle of the room, smaller if it is wider than ``most``."""
        width = self.width_of(text)
        if width > most:
            painter.setFont(self.fitting(text, most))
            painter.drawText(QRect(*room), Qt.AlignmentFlag.AlignCenter, text)
            return
        left, top, whole, height = room
        painter.setFont(self.font)
        at = QPointF(left + (whole - width) / 2, top + (height - self._height) / 2)
        painter.drawStaticText(at, self._laid_out(text))

    def fitting(self, text: str, most: int) -> QFont:
        """The type, smaller where the number would be wider than ``most``."""
        width = self.width_of(text)
        if width <= most:
            return self.font
        smaller = QFont(self.font)
        smaller.setPixelSize(max(_SMALLEST, int(self.font.pixelSize() * most / width)))
        return smaller


def _lay_out(text: str) -> QStaticText:
    laid_out = QStaticText(text)
    laid_out.setTextFormat(Qt.TextFormat.PlainText)
    return laid_out
