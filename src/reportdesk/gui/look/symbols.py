"""The signs of a state, drawn: not every face has ✓ or ◐, and a missing one shows as a box.

A sign stands beside its word and colour, never instead of them.
"""

from __future__ import annotations

from enum import Enum

from PySide6 import QtCore
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

_STROKE = 1.5
_SCALES = (1.0, 1.5, 2.0)


class Sign(Enum):
    """A state that has a sign; the value is the word for it."""

    OPEN = "未填"
    PARTIAL = "填写中"
    FILLED = "已填"
    DONE = "完成"
    ERROR = "错误"
    WARNING = "提醒"
    HINT = "提示"


def draw_sign(painter: QPainter, sign: Sign, box: QRectF, color: QColor) -> None:
    """Draw the sign into the middle of the box, as large as its shorter side lets it be."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(box.width(), box.height()) - _STROKE
    room = QRectF(0, 0, side, side)
    room.moveCenter(box.center())
    pen = QPen(color, _STROKE)
    pen.setCapStyle(QtCore.Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(QtCore.Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    _DRAW[sign](painter, room, color)
    painter.restore()


def sign_icon(sign: Sign, color: QColor, side: int = 12) -> QIcon:
    """The sign as an icon of ``side`` pixels, for lists that draw themselves."""
    made = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(round(side * scale), round(side * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(QtCore.Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw_sign(painter, sign, QRectF(0, 0, side, side), color)
        painter.end()
        made.addPixmap(pixmap)
    return made


def _open(painter: QPainter, room: QRectF, _color: QColor) -> None:
    painter.drawEllipse(_inset(room, 0.12))


def _partial(painter: QPainter, room: QRectF, color: QColor) -> None:
    circle = _inset(room, 0.12)
    painter.drawEllipse(circle)
    painter.setBrush(color)
    painter.drawPie(circle, 90 * 16, 180 * 16)


def _filled(painter: QPainter, room: QRectF, color: QColor) -> None:
    painter.setBrush(color)
    painter.drawEllipse(_inset(room, 0.12))


def _done(painter: QPainter, room: QRectF, _color: QColor) -> None:
    painter.drawPolyline(_points(room, (0.12, 0.55), (0.4, 0.82), (0.9, 0.2)))


def _error(painter: QPainter, room: QRectF, color: QColor) -> None:
    painter.setBrush(color)
    painter.drawPolygon(_points(room, (0.5, 0.1), (0.96, 0.88), (0.04, 0.88)))


def _warning(painter: QPainter, room: QRectF, color: QColor) -> None:
    painter.setBrush(color)
    painter.drawPolygon(_points(room, (0.5, 0.06), (0.94, 0.5), (0.5, 0.94), (0.06, 0.5)))


def _hint(painter: QPainter, room: QRectF, color: QColor) -> None:
    painter.drawEllipse(_inset(room, 0.04))
    painter.drawPolyline(_points(room, (0.5, 0.48), (0.5, 0.72)))
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(_inset(room, 0.43).translated(0, -0.22 * room.height()))


def _inset(room: QRectF, share: float) -> QRectF:
    by = room.width() * share
    return room.adjusted(by, by, -by, -by)


def _points(room: QRectF, *shares: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(room.x() + room.width() * x, room.y() + room.height() * y) for x, y in shares])


_DRAW = {
    Sign.OPEN: _open,
    Sign.PARTIAL: _partial,
    Sign.FILLED: _filled,
    Sign.DONE: _done,
    Sign.ERROR: _error,
    Sign.WARNING: _warning,
    Sign.HINT: _hint,
}
