"""How a cell of a grid looks: grounds, lines, signs, numbers and broken labels.

Painted straight from the model's cells: asking ``data()`` a dozen roles a cell, as Qt's own
delegate does, would cost more than all the rest of a keystroke.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPolygon

from reportdesk.checks.engine import Severity
from reportdesk.form.layout import Anatomy, LaidCell
from reportdesk.gui.grid_geometry import PADDING, GridGeometry
from reportdesk.gui.grid_model import GridModel
from reportdesk.gui.grid_walk import Place
from reportdesk.gui.theme import Role, Size, Theme

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_FRAME = 2
_CORNER = 8

_SIGNS = {Severity.ERROR: Role.ERROR, Severity.WARNING: Role.WARNING, Severity.HINT: Role.QUIET}
_GROUNDS = {Severity.ERROR: Role.ERROR_GROUND, Severity.WARNING: Role.WARNING_GROUND}


class CellPainter:
    """Draws the cells of one model at one zoom.

    ``current`` is the cell with the frame, ``current_labels`` the places of the labels over and
    beside it.
    """

    def __init__(self, model: GridModel, theme: Theme) -> None:
        self._model = model
        self._theme = theme
        self.current: LaidCell | None = None
        self.current_labels: frozenset[Place] = frozenset()
        self.geometry: GridGeometry | None = None
        self.set_zoom(100)

    def set_zoom(self, percent: int) -> None:
        """Take the type for that zoom."""
        self.font = QFont(self._theme.font())
        self.font.setPixelSize(round(Size.BODY.value * percent / 100))
        self.metrics = QFontMetricsF(self.font)
        self._scale = percent / 100
        self._small = QFont(self.font)
        self._small.setPixelSize(round(10 * self._scale))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the face of another theme."""
        self._theme = theme
        self.set_zoom(round(self._scale * 100))

    @property
    def em(self) -> int:
        """Height of type in pixels."""
        return self.font.pixelSize()

    def paint(self, painter: QPainter, rect: QRect, cell: LaidCell, *, selected: bool) -> None:
        """Draw the cell in the rectangle, its lines at right and below included."""
        if cell.ref is None:
            self._label(painter, rect, cell)
        else:
            self._number(painter, rect, cell, selected=selected)
        line = self._theme.color(Role.LINE)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), line)
        if cell.column == 0:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), line)
        if cell.row == 0:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, line)

    def _label(self, painter: QPainter, rect: QRect, cell: LaidCell) -> None:
        if cell.anatomy is Anatomy.BANNER:
            ground = Role.BANNER
        else:
            marked = (cell.row, cell.column) in self.current_labels
            ground = Role.CURRENT_LABEL if marked else Role.LABEL
        painter.fillRect(rect, self._theme.color(ground))
        if not cell.text or self.geometry is None:
            return
        padding = round(PADDING * self._scale)
        painter.setFont(self.font)
        painter.setPen(self._theme.color(Role.TEXT))
        text = self.geometry.lines[cell.row, cell.column]
        painter.drawText(rect.adjusted(padding, 0, -padding, 0), self._alignment(cell), text)

    def _number(self, painter: QPainter, rect: QRect, cell: LaidCell, *, selected: bool) -> None:
        assert cell.ref is not None  # noqa: S101 (for the type checker; paint() asked)
        theme, report = self._theme, self._model.session.report
        total = self._model.session.totals.get(cell.ref)
        severity = self._model.severity_at(cell.ref)
        ground = Role.PAGE if total is None else Role.COMPUTED
        if severity is not None:
            ground = _GROUNDS.get(severity, ground)
        if selected and cell is not self.current:
            ground = Role.SELECTION
        painter.fillRect(rect, theme.color(ground))
        text = self._model.shown(cell)
        if text:
            provisional = total is not None and total.provisional
            painter.setFont(self._fitting(text, rect.width() - 4))
            painter.setPen(theme.color(Role.PROVISIONAL if provisional else Role.TEXT))
            painter.drawText(rect, _CENTRE, text)
        if severity is not None:
            self._corner(painter, rect.topRight() + QPoint(1, 0), -1, theme.color(_SIGNS[severity]))
        if cell.ref in report.remarks:
            self._corner(painter, rect.topLeft(), 1, theme.color(Role.ACCENT))
        if cell.ref in report.unverified:
            painter.setFont(self._small)
            painter.setPen(theme.color(Role.WARNING))
            painter.drawText(rect.adjusted(round(4 * self._scale), 0, 0, 0), _LEFT, "？")
        if cell is self.current:
            self._frame(painter, rect)

    def _frame(self, painter: QPainter, rect: QRect) -> None:
        accent = self._theme.color(Role.ACCENT)
        for left, top, width, height in (
            (rect.left(), rect.top(), rect.width() - 1, _FRAME),
            (rect.left(), rect.bottom() - _FRAME, rect.width() - 1, _FRAME),
            (rect.left(), rect.top(), _FRAME, rect.height() - 1),
            (rect.right() - _FRAME, rect.top(), _FRAME, rect.height() - 1),
        ):
            painter.fillRect(left, top, width, height, accent)

    def _corner(self, painter: QPainter, corner: QPoint, inwards: int, color: QColor) -> None:
        size = round(_CORNER * self._scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygon([corner, corner + QPoint(inwards * size, 0), corner + QPoint(0, size)]))

    def _fitting(self, text: str, width: int) -> QFont:
        """The type, smaller where a long number would not fit."""
        asked = self.metrics.horizontalAdvance(text)
        if asked <= width:
            return self.font
        smaller = QFont(self.font)
        smaller.setPixelSize(max(7, int(self.em * width / asked)))
        return smaller

    def _alignment(self, cell: LaidCell) -> int:
        upright = cell.anatomy is Anatomy.STUB and cell.row_span > 1
        middle = cell.anatomy in (Anatomy.COLUMN_LABEL, Anatomy.SPANNER) or upright
        return _CENTRE if middle else _LEFT
