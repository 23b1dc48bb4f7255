"""How a cell of a grid looks: grounds, lines, signs, numbers and broken labels.

Painted straight from the model's cells: asking ``data()`` a dozen roles a cell, as Qt's own
delegate does, would cost more than all the rest of a keystroke.
"""

from __future__ import annotations

from math import ceil
from typing import cast

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from reportdesk.checks.engine import Severity
from reportdesk.form.layout import Anatomy, LaidCell
from reportdesk.form.spec import CellRef
from reportdesk.gui.grid.cell_edges import Edges
from reportdesk.gui.grid.geometry import PADDING, GridGeometry
from reportdesk.gui.grid.model import GridModel
from reportdesk.gui.grid.navigation import Place
from reportdesk.gui.grid.number_text import NumberTexts
from reportdesk.gui.look.theme import Role, Size, Theme

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
FRAME = 2
"""Pixels of the current cell's frame."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_OWN_SHARE, _UNVERIFIED_SHARE = 0.5, 0.65
"""Of a cell's width, for this year's number while last year's stands beside it; with its sign more."""
_SLACK = 4
"""Pixels: small type is wider than its share of the large, for it stands on whole pixels."""
_MARGIN = 4
"""Pixels that a number leaves free, both sides together."""
_UNVERIFIED = "？"
_CORNER = 8
_SMALL = 10

_SIGNS = {Severity.ERROR: Role.ERROR, Severity.WARNING: Role.WARNING, Severity.HINT: Role.QUIET}
_GROUNDS = {Severity.ERROR: Role.ERROR_GROUND, Severity.WARNING: Role.WARNING_GROUND}


class CellPainter:
    """Draws the cells of one model at one zoom.

    ``current`` is the cell with the frame, ``current_labels`` the places of the labels over and
    beside it, ``selected`` those of the selected numbers; ``focused`` whether keys go there.
    ``shows_last_year`` puts last year's number, small and quiet, at the right of this year's.
    """

    def __init__(self, model: GridModel, theme: Theme) -> None:
        self._model = model
        self._theme = theme
        self._scale = 1.0
        self._corners: dict[tuple[int, bool, float], QPixmap] = {}
        """By the ``id`` of a colour of the theme, which is set together with them."""
        self.current: LaidCell | None = None
        self.current_labels: frozenset[Place] = frozenset()
        self.selected: frozenset[Place] = frozenset()
        self.focused = False
        self.shows_last_year = False
        self.geometry: GridGeometry | None = None
        self.set_theme(theme)

    def set_zoom(self, percent: int) -> None:
        """Take the type for that zoom."""
        self._scale = percent / 100
        self.font = QFont(self._theme.font())
        self.font.setPixelSize(round(self._theme.pixels(Size.BODY) * self._scale))
        self.metrics = QFontMetricsF(self.font)
        self._small = QFont(self.font)
        self._small.setPixelSize(round(_SMALL * self.em / Size.BODY.value))
        self._numbers, self._last_years = NumberTexts(self.font), NumberTexts(self._small)
        self._padding = round(PADDING * self._scale)
        self._corner_size = round(_CORNER * self._scale)
        self._corners.clear()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the face of another theme."""
        self._theme = theme
        # At hand without a look-up by role, for each cell asks for them.
        self._line, self._text = theme.color(Role.LINE), theme.color(Role.TEXT)
        self._page, self._computed = theme.color(Role.PAGE), theme.color(Role.COMPUTED)
        self._provisional, self._accent = theme.color(Role.PROVISIONAL), theme.color(Role.ACCENT)
        self._refused_ground = theme.color(Role.ERROR_GROUND)
        self._signs = {severity: theme.color(role) for severity, role in _SIGNS.items()}
        self._grounds = {severity: theme.color(role) for severity, role in _GROUNDS.items()}
        self.set_zoom(round(self._scale * 100))

    @property
    def em(self) -> int:
        """Height of type in pixels."""
        return self.font.pixelSize()

    def paint(self, painter: QPainter, edges: Edges, cell: LaidCell) -> None:
        """Draw the cell between these edges, its lines at right and below included."""
        left, top, width, height = edges
        if cell.ref is None:
            self._draw_label(painter, QRect(left, top, width, height), cell)
        else:
            self._draw_number(painter, edges, cell, cell.ref)
        painter.fillRect(left, top + height - 1, width, 1, self._line)
        painter.fillRect(left + width - 1, top, 1, height, self._line)
        if cell.column == 0:
            painter.fillRect(left, top, 1, height, self._line)
        if cell.row == 0:
            painter.fillRect(left, top, width, 1, self._line)

    def _draw_label(self, painter: QPainter, rect: QRect, cell: LaidCell) -> None:
        if cell.anatomy is Anatomy.BANNER:
            ground = Role.BANNER
        else:
            marked = (cell.row, cell.column) in self.current_labels
            ground = Role.CURRENT_LABEL if marked else Role.LABEL
        painter.fillRect(rect, self._theme.color(ground))
        if cell.text and self.geometry is not None:
            painter.setFont(self.font)
            painter.setPen(self._text)
            text = self.geometry.lines[cell.row, cell.column]
            painter.drawText(rect.adjusted(self._padding, 0, -self._padding, 0), _alignment(cell), text)

    def _draw_number(self, painter: QPainter, edges: Edges, cell: LaidCell, ref: CellRef) -> None:
        session = self._model.session
        total = session.totals.get(ref)
        severity = self._model.severity_at(ref)
        refused = ref in self._model.refused
        painter.fillRect(*edges, self._refused_ground if refused else self._ground(cell, severity))
        text = self._model.shown(cell)
        room = edges
        if self.shows_last_year or ref in session.report.unverified:
            room = self._draw_beside(painter, QRect(*edges), ref, text)
        if text:
            provisional = total is not None and total.provisional
            painter.setPen(self._provisional if provisional else self._text)
            self._numbers.draw_centred(painter, room, text, room[2] - _MARGIN)
        if severity is not None:
            self._draw_corner(painter, edges, self._signs[severity], right=True)
        if ref in session.report.remarks:
            self._draw_corner(painter, edges, self._accent, right=False)
        if refused:
            self._draw_refused(painter, QRect(*edges))
        if cell is self.current:
            self._draw_frame(painter, edges)

    def _draw_beside(self, painter: QPainter, rect: QRect, ref: CellRef, text: str) -> Edges:
        """Draw what stands beside the number: last year's, the sign of one to be verified; the room left for it."""
        room = self._draw_last_year(painter, rect, ref) if self.shows_last_year else rect
        if ref in self._model.session.report.unverified:
            room = self._draw_unverified(painter, rect, room, text)
        return edges_of(room)

    def _draw_unverified(self, painter: QPainter, rect: QRect, room: QRect, text: str) -> QRect:
        """Draw the sign of a number to be verified; the room for the number, which it leaves free."""
        painter.setFont(self._small)
        painter.setPen(self._theme.color(Role.WARNING))
        sign = QFontMetricsF(self._small).tightBoundingRect(_UNVERIFIED)  # it stands in a wide square
        beside = (room.width() - self._numbers.width_of(text)) / 2
        left = min(self._padding, max(FRAME + 1, round(beside - sign.width()) // 2))
        painter.drawText(rect.adjusted(left - round(sign.left()), 0, 0, 0), _LEFT, _UNVERIFIED)
        taken = left + ceil(sign.width()) + 1
        return room if beside >= taken else room.adjusted(taken, 0, 0, 0)

    def _draw_refused(self, painter: QPainter, rect: QRect) -> None:
        """A broken frame: what was to be pasted here is not what stands here."""
        painter.setPen(QPen(self._theme.color(Role.ERROR), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(FRAME, FRAME, -FRAME - 2, -FRAME - 2))

    def _draw_last_year(self, painter: QPainter, rect: QRect, ref: CellRef) -> QRect:
        """Draw last year's number; what is left for this year's."""
        share = _UNVERIFIED_SHARE if ref in self._model.session.report.unverified else _OWN_SHARE
        own = rect.adjusted(0, 0, -round(rect.width() * (1 - share)), 0)
        number = self._model.last_year(ref)
        if number:
            beside = rect.adjusted(own.width(), 0, -FRAME - 2, 0)
            painter.setFont(self._last_years.fitting(number, beside.width() - _SLACK))
            painter.setPen(self._provisional)
            painter.drawText(beside, _RIGHT, number)
        return own

    def _ground(self, cell: LaidCell, severity: Severity | None) -> QColor:
        if cell is not self.current and (cell.row, cell.column) in self.selected:
            return self._theme.color(Role.SELECTION)
        if severity in self._grounds:
            return self._grounds[severity]
        return self._computed if cell.anatomy is Anatomy.TOTAL else self._page

    def _draw_frame(self, painter: QPainter, edges: Edges) -> None:
        left, top, width, height = edges
        color = self._accent if self.focused else self._theme.color(Role.QUIET)
        painter.fillRect(left, top, width - 1, FRAME, color)
        painter.fillRect(left, top + height - 1 - FRAME, width - 1, FRAME, color)
        painter.fillRect(left, top, FRAME, height - 1, color)
        painter.fillRect(left + width - 1 - FRAME, top, FRAME, height - 1, color)

    def _draw_corner(self, painter: QPainter, edges: Edges, color: QColor, *, right: bool) -> None:
        """Draw a triangle into the cell's upper corner, from a picture: the polygon takes five times as long."""
        left, top, width, _ = edges
        ratio = painter.device().devicePixelRatio()
        sign = self._corners.get((id(color), right, ratio))
        if sign is None:
            sign = self._corners[id(color), right, ratio] = self._corner(color, ratio, right=right)
        painter.drawPixmap(left + width - self._corner_size if right else left, top, sign)

    def _corner(self, color: QColor, ratio: float, *, right: bool) -> QPixmap:
        size = self._corner_size
        sign = QPixmap(ceil(size * ratio), ceil(size * ratio))
        sign.setDevicePixelRatio(ratio)
        sign.fill(Qt.GlobalColor.transparent)
        painter = QPainter(sign)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawConvexPolygon([QPoint(0, 0), QPoint(size, 0), QPoint(size if right else 0, size)])
        painter.end()
        return sign


def edges_of(rect: QRect) -> Edges:
    """The rectangle's edges as numbers."""
    return cast("Edges", rect.getRect())  # Qt's stubs do not say what it returns


def _alignment(cell: LaidCell) -> int:
    upright = cell.anatomy is Anatomy.STUB and cell.row_span > 1
    middle = cell.anatomy in (Anatomy.COLUMN_LABEL, Anatomy.SPANNER) or upright
    return _CENTRE if middle else _LEFT
