"""The desk with the preview's pages: draws, scrolls and zooms them, and says which pictures it lacks.

It knows sizes and pictures of pages; what they show, and who draws it, is the pane's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reportdesk.gui.look.theme import Role, Theme
from reportdesk.gui.preview.layout import GAP, LARGEST, SMALLEST, Desk, Fit, Zoom, lay_out, step
from reportdesk.worker.messages import Picture

_LINE = 48
_WHEEL_NOTCH = 120
_WHEEL_ZOOM = 1.1
_KEPT_BEYOND = 2
"""How many pages before and behind those seen keep their pictures."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page's picture. ``pixels`` are what the image looks at, and must live as long."""

    image: QImage
    pixels: bytes
    scale: float
    edition: int


class PreviewDesk(QAbstractScrollArea):
    """Pages to be looked at; an outdated picture stays until the new one is there."""

    lacking: ClassVar[Signal] = Signal()
    """Something is to be seen of which ``wanted`` tells."""
    clicked: ClassVar[Signal] = Signal(int, float)
    """A page, counted from 0, and where on it, in points from its upper edge."""
    page_changed: ClassVar[Signal] = Signal()
    zoomed: ClassVar[Signal] = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._pictures: dict[int, _Drawn] = {}
        self._edition = 0
        self._zoom: Zoom = Fit.WIDTH
        self._desk = Desk((), QSizeF(), 1.0)
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("预览的页面")
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(_LINE)
        self.horizontalScrollBar().setSingleStep(_LINE)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self._look_around)

    # -- the document

    def show_pages(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show another edition of the document, its pages' sizes in points; stay where one was."""
        same = tuple(sizes) == self._sizes
        self._sizes = tuple(sizes)
        self._edition += 1
        for page in [page for page in self._pictures if page >= len(self._sizes)]:
            del self._pictures[page]
        if not same:
            self._lay_out()
        self._look.start()

    def show_picture(self, picture: Picture, scale: float) -> None:
        """Show a page of this edition, drawn at ``scale`` pixels of the screen a point."""
        if picture.page >= len(self._sizes):
            return
        image = QImage(
            picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        )
        self._pictures[picture.page] = _Drawn(image, picture.pixels, scale, self._edition)
        place = self._desk.pages[picture.page].translated(-self._offset())
        self.viewport().update(place.toAlignedRect())

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page in the middle of what is seen, counted from 0."""
        return self._page

    @property
    def picture_scale(self) -> float:
        """Pixels of the screen for a point."""
        return self._desk.scale * self.devicePixelRatioF()

    def wanted(self) -> list[int]:
        """The pages to draw, those that are seen first, then the next one."""
        seen = self._desk.seen(self._window())
        if not seen:
            return []
        beyond = [page for page in (seen[-1] + 1,) if page < self.page_count]
        return [page for page in (*seen, *beyond) if not self._is_current(page)]

    def _is_current(self, page: int) -> bool:
        drawn = self._pictures.get(page)
        return drawn is not None and drawn.edition == self._edition and drawn.scale == self.picture_scale

    # -- zoom and scroll

    @property
    def zoom(self) -> Zoom:
        """The zoom that was chosen."""
        return self._zoom

    @property
    def factor(self) -> float:
        """The zoom that is, 1 being 100 %."""
        return self._desk.zoom

    def set_zoom(self, zoom: Zoom, around: QPointF | None = None) -> None:
        """Zoom so that the point of the viewport, by default its middle, stays where it is."""
        if not isinstance(zoom, Fit):
            zoom = max(SMALLEST, min(LARGEST, zoom))
        self._zoom = zoom
        self._lay_out(around or QPointF(self.viewport().rect().center()))
        self.zoomed.emit()

    def step_zoom(self, by: int) -> None:
        """Zoom to the next larger or smaller of the usual factors."""
        self.set_zoom(step(self.factor, by))

    def show_place(self, page: int, top: float) -> None:
        """Scroll so that the place, in points from the page's upper edge, is at the top."""
        if page < len(self._desk.pages):
            at = self._desk.pages[page].top() + top * self._desk.scale - GAP
            self.verticalScrollBar().setValue(round(at))

    def _lay_out(self, around: QPointF | None = None) -> None:
        """Lay the pages anew; what is at ``around``, by default at the top, stays there."""
        fixed = around or QPointF(self.viewport().width() / 2, 0)
        page, share = self._place_of(fixed)
        room = QSizeF(self.viewport().size())
        self._desk = lay_out(self._sizes, room, self._zoom, self.devicePixelRatioF())
        size = self._desk.size
        for bar, length, seen in (
            (self.verticalScrollBar(), size.height(), room.height()),
            (self.horizontalScrollBar(), size.width(), room.width()),
        ):
            bar.setRange(0, max(0, round(length - seen)))
            bar.setPageStep(round(seen - _LINE))
        if page is not None and page < len(self._desk.pages):
            rect = self._desk.pages[page]
            self.horizontalScrollBar().setValue(round(rect.x() + share.x() * rect.width() - fixed.x()))
            self.verticalScrollBar().setValue(round(rect.y() + share.y() * rect.height() - fixed.y()))
        self.viewport().update()
        self._look.start()

    def _place_of(self, fixed: QPointF) -> tuple[int | None, QPointF]:
        """The page nearest to the viewport's point, and where on it the point is, in its lengths."""
        if not self._desk.pages:
            return None, QPointF()
        point = fixed + self._offset()
        at = self._desk.page_at(point)
        page = self._desk.nearest(point) if at is None else at
        rect = self._desk.pages[page]
        return page, QPointF((point.x() - rect.x()) / rect.width(), (point.y() - rect.y()) / rect.height())

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _window(self) -> QRectF:
        return QRectF(self._offset(), QSizeF(self.viewport().size()))

    def _look_around(self) -> None:
        """Forget far pictures, say which page is seen, ask for pictures that are lacking."""
        seen = self._desk.seen(self._window())
        if seen:
            kept = range(seen[0] - _KEPT_BEYOND, seen[-1] + _KEPT_BEYOND + 1)
            for page in [page for page in self._pictures if page not in kept]:
                del self._pictures[page]
            self._page = self._page_in_front()
        self.page_changed.emit()
        if self.wanted() and self.isVisible():
            self.lacking.emit()

    def _page_in_front(self) -> int:
        """The first page that reaches the middle of what is seen; at the end the last one."""
        bar = self.verticalScrollBar()
        if bar.maximum() and bar.value() == bar.maximum():
            return self.page_count - 1
        middle = self._window().center().y()
        return next(
            (number for number, page in enumerate(self._desk.pages) if page.bottom() + GAP > middle),
            self.page_count - 1,
        )

    # -- Qt's own methods

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the desk, then the sheets with their shadows."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color(Role.DESK))
        fine = 1 / self.devicePixelRatioF()
        for number in self._desk.seen(self._window()):
            place = self._desk.pages[number].translated(-self._offset())
            painter.fillRect(place.adjusted(-fine, -fine, fine, 2), self._theme.color(Role.SHADOW))
            drawn = self._pictures.get(number)
            if drawn is None:
                painter.fillRect(place, Qt.GlobalColor.white)
                continue
            blurred = drawn.scale != self.picture_scale
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=blurred)
            painter.drawImage(place, drawn.image)
        if self.hasFocus():
            painter.setPen(self._theme.color(Role.ACCENT))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the pages anew."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Draw what comes into view."""
        self.viewport().update()
        self._look.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / _WHEEL_NOTCH
            if notches:
                self.set_zoom(self.factor * _WHEEL_ZOOM**notches, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by page keys, Home and End; zoom with Ctrl and + or -."""
        bar = self.verticalScrollBar()
        pressed = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and pressed in _ZOOM_KEYS:
            self.step_zoom(_ZOOM_KEYS[pressed])
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and pressed == Qt.Key.Key_0:
            self.set_zoom(Fit.WIDTH)
        elif pressed in _LEAPS:
            bar.setValue(bar.minimum() if pressed == Qt.Key.Key_Home else bar.maximum())
        elif pressed == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the hand that a click leads somewhere."""
        over = self._desk.page_at(event.position() + self._offset()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which place was clicked."""
        point = event.position() + self._offset()
        page = self._desk.page_at(point)
        if event.button() is Qt.MouseButton.LeftButton and page is not None:
            top = (point.y() - self._desk.pages[page].top()) / self._desk.scale
            self.clicked.emit(page, top)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is gone."""
        super().focusOutEvent(event)
        self.viewport().update()


_ZOOM_KEYS: dict[int, int] = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_LEAPS: tuple[int, ...] = (Qt.Key.Key_Home, Qt.Key.Key_End)
