"""A grid whose head stays while it scrolls, and whose stub stays where it must scroll sideways.

The head's rows are taken out of the scrolled grid and drawn above it; so is the stub where the
columns are wider than the room. Widths and heights are worked out here, from the room and the zoom.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from reportdesk.form.layout import LaidCell, TableLayout
from reportdesk.gui.grid.geometry import GridGeometry, fit, stub_columns
from reportdesk.gui.grid.model import GridModel
from reportdesk.gui.grid.navigation import Place
from reportdesk.gui.grid.painter import CellPainter, edges_of
from reportdesk.gui.grid.view import GridView
from reportdesk.gui.look.theme import Theme

_MOST_FROZEN = 0.6
"""The share of the room that a frozen stub may take."""


class LabelStrip(QWidget):
    """Labels that do not scroll with the grid: those rows and columns of the sheet."""

    def __init__(self, model: GridModel, painter: CellPainter, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._painter = painter
        self._rows = range(0)
        self._columns = range(0)
        self.offset = (0, 0)

    def show_part(self, rows: range, columns: range) -> None:
        """Draw that part of the sheet; nothing if it is empty."""
        self._rows, self._columns = rows, columns
        self.setVisible(bool(rows) and bool(columns))

    def scroll_to(self, left: int, top: int) -> None:
        """Follow the grid, in pixels."""
        if self.offset != (left, top):
            self.offset = (left, top)
            self.update()

    def update_labels(self, places: frozenset[Place]) -> None:
        """Draw the labels at those places again."""
        geometry = self._painter.geometry
        for row, column in places:
            if geometry and row in self._rows and column in self._columns:
                self.update(self._rect_of(geometry, self._model.layout.covering[row, column]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the labels that the region touches."""
        geometry = self._painter.geometry
        if geometry is None:
            return
        painter = QPainter(self)
        for cell in self._model.layout.cells:
            rect = self._rect_of(geometry, cell)
            if cell.row in self._rows and cell.column in self._columns and event.region().intersects(rect):
                self._painter.paint(painter, edges_of(rect), cell)
        painter.end()

    def _rect_of(self, geometry: GridGeometry, cell: LaidCell) -> QRect:
        left, top, width, height = geometry.edges(cell)
        left -= geometry.lefts[self._columns.start] + self.offset[0]
        return QRect(left, top - geometry.tops[self._rows.start] - self.offset[1], width, height)


class GridPanes(QWidget):
    """The grid with its frozen labels. ``arranged``: widths or heights have changed."""

    arranged = Signal()

    def __init__(self, model: GridModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._zoom = 100
        self._head = model.layout.head_rows
        self._stub = stub_columns(model.layout)
        self.painter = CellPainter(model, theme)
        self.view = GridView(model, self.painter, theme, self)
        self.corner, self.head, self.stub = (LabelStrip(model, self.painter, self) for _ in range(3))
        for row in range(self._head):
            self.view.setRowHidden(row, True)
        self.view.horizontalScrollBar().valueChanged.connect(self._follow)
        self.view.verticalScrollBar().valueChanged.connect(self._follow)
        self.view.relabelled.connect(self._mark_labels)
        self._arrange()

    @property
    def geometry_now(self) -> GridGeometry:
        """Widths and heights as they are now."""
        assert self.painter.geometry is not None  # noqa: S101 (set when made)
        return self.painter.geometry

    @property
    def layout_now(self) -> TableLayout:
        """The table on its sheet."""
        return self._model.layout

    @property
    def zoom(self) -> int:
        """In percent."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Draw at that size."""
        self._zoom = percent
        self.painter.set_zoom(percent)
        self._arrange()

    def show_last_year(self, shown: bool) -> None:  # noqa: FBT001 (a signal's argument)
        """Draw last year's numbers beside this year's, or no longer."""
        self.painter.shows_last_year = shown
        self.view.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the face of another theme."""
        self.painter.set_theme(theme)
        self.view.delegate.theme = theme
        self._arrange()

    def left_of(self, column: int) -> int:
        """Where a column of the sheet begins on this widget, scrolled as it is."""
        geometry = self.geometry_now
        scrolled = self.view.horizontalScrollBar().value()
        return geometry.lefts[column] - (scrolled if column >= self._frozen else 0)

    @property
    def first_scrolled(self) -> int:
        """Where the scrolled part begins on this widget, in pixels."""
        return self.geometry_now.lefts[self._frozen]

    def sizeHint(self) -> QSize:
        """The whole grid."""
        return QSize(self.geometry_now.width, self.geometry_now.height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
        else:
            self._place()

    def _arrange(self) -> None:
        layout = self._model.layout
        bar = self.view.verticalScrollBar().sizeHint().width()
        room = max(0, self.width() - bar)
        geometry = fit(layout, room, self.painter.em, self.painter.metrics.horizontalAdvance)
        self.painter.geometry = geometry
        sideways = geometry.width > room
        stub_width = geometry.lefts[self._stub]
        frozen = sideways and bool(self._head) and stub_width <= room * _MOST_FROZEN
        self._frozen = self._stub if frozen else 0
        for column, width in enumerate(geometry.widths):
            self.view.setColumnWidth(column, width)
            self.view.setColumnHidden(column, column < self._frozen)
        for row, height in enumerate(geometry.heights):
            if row >= self._head:
                self.view.setRowHeight(row, height)
        self._divide()
        self._place()
        self.setMaximumHeight(geometry.height + (bar if sideways else 0))
        self.updateGeometry()
        for part in (self.view.viewport(), self.corner, self.head, self.stub):
            part.update()
        self.arranged.emit()

    def _divide(self) -> None:
        """Which part of the sheet each strip draws."""
        head = range(self._head)
        body = range(self._head, self._model.layout.row_count)
        stub = range(self._frozen)
        numbers = range(self._frozen, self._model.layout.column_count)
        self.corner.show_part(head, stub)
        self.head.show_part(head, numbers)
        self.stub.show_part(body, stub)

    def _place(self) -> None:
        """Strips at the top and left, the scrolled grid in what they leave."""
        left = self.first_scrolled
        top = self.geometry_now.tops[self._head]
        width, height = max(0, self.width() - left), max(0, self.height() - top)
        self.corner.setGeometry(0, 0, left, top)
        self.head.setGeometry(left, 0, width, top)
        self.stub.setGeometry(0, top, left, height)
        self.view.setGeometry(left, top, width, height)
        self._follow()

    def _follow(self) -> None:
        self.head.scroll_to(self.view.horizontalScrollBar().value(), 0)
        self.stub.scroll_to(0, self.view.verticalScrollBar().value())

    def _mark_labels(self, places: frozenset[Place]) -> None:
        for strip in (self.corner, self.head, self.stub):
            strip.update_labels(places)
