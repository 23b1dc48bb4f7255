"""Where the preview's pages lie on the desk, at which zoom, one or two across.

Lengths are pixels of the window unless a name says points; pages' edges fall on pixels of the screen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSizeF

GAP = 16.0
FULL_SIZE = 96 / 72
"""Pixels a point at 100 %."""

SMALLEST, LARGEST = 0.25, 4.0
STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_WIDEST_FIT = 1.5
_NARROWEST_OF_TWO = 0.7


class Fit(Enum):
    """A zoom that follows the window; the value is what it is called."""

    WIDTH = "适合宽度"
    PAGE = "适合整页"


Zoom = Fit | float
"""A fit, or a factor, 1 being 100 %."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The pages' places. ``scale`` is pixels a point."""

    pages: tuple[QRectF, ...]
    size: QSizeF
    scale: float

    @property
    def zoom(self) -> float:
        """The factor, 1 being 100 %."""
        return self.scale / FULL_SIZE

    def seen(self, window: QRectF) -> list[int]:
        """The pages of which something lies in the window."""
        return [number for number, page in enumerate(self.pages) if page.intersects(window)]

    def page_at(self, point: QPointF) -> int | None:
        """The page under the point."""
        return next((number for number, page in enumerate(self.pages) if page.contains(point)), None)

    def nearest(self, point: QPointF) -> int:
        """The page whose middle is nearest to the point."""
        distances = [(page.center() - point).manhattanLength() for page in self.pages]
        return distances.index(min(distances))


def lay_out(sizes: Sequence[tuple[float, float]], room: QSizeF, zoom: Zoom, sharpness: float) -> Desk:
    """Lay pages of these sizes (in points) on a desk of at least ``room``.

    ``sharpness`` is the screen's pixels for one of the window's.
    """
    if not sizes:
        return Desk((), room, FULL_SIZE)
    width = max(size[0] for size in sizes)
    height = max(size[1] for size in sizes)
    columns, scale = _columns_and_scale(QSizeF(width, height), room, zoom, len(sizes))
    across = columns * width * scale + (columns + 1) * GAP
    left = max(0.0, (room.width() - across) / 2) + GAP
    pages: list[QRectF] = []
    top = GAP
    for first in range(0, len(sizes), columns):
        row = sizes[first : first + columns]
        for place, size in enumerate(row):
            x = left + place * (width * scale + GAP)
            pages.append(_on_pixels(x, top, size, scale, sharpness))
        top = max(page.bottom() for page in pages[first:]) + GAP
    return Desk(tuple(pages), QSizeF(max(across, room.width()), max(top, room.height())), scale)


def _columns_and_scale(page: QSizeF, room: QSizeF, zoom: Zoom, count: int) -> tuple[int, float]:
    most = min(2, count)
    if zoom is Fit.WIDTH:
        for columns in range(most, 0, -1):
            factor = (room.width() - (columns + 1) * GAP) / columns / page.width() / FULL_SIZE
            if columns == 1 or factor >= _NARROWEST_OF_TWO:
                return columns, _bounded(min(factor, _WIDEST_FIT)) * FULL_SIZE
    if zoom is Fit.PAGE:
        by_height = (room.height() - 2 * GAP) / page.height()
        by_width = (room.width() - 2 * GAP) / page.width()
        zoom = _bounded(min(by_height, by_width) / FULL_SIZE)
    assert isinstance(zoom, float)  # noqa: S101 - the fits are done with
    scale = zoom * FULL_SIZE
    fitting = int((room.width() - GAP) // (page.width() * scale + GAP))
    return max(1, min(most, fitting)), scale


def _bounded(factor: float) -> float:
    return max(SMALLEST, min(LARGEST, factor))


def _on_pixels(x: float, y: float, size: tuple[float, float], scale: float, sharpness: float) -> QRectF:
    """A page's place whose edges fall on the screen's pixels, as many as its picture will have."""
    fine = scale * sharpness
    return QRectF(
        round(x * sharpness) / sharpness,
        round(y * sharpness) / sharpness,
        math.ceil(size[0] * fine) / sharpness,
        math.ceil(size[1] * fine) / sharpness,
    )


def step(zoom: float, by: int) -> float:
    """The next larger or smaller of the usual factors."""
    if by > 0:
        return next((factor for factor in STEPS if factor > zoom + 0.01), max(zoom, STEPS[-1]))
    return next((factor for factor in reversed(STEPS) if factor < zoom - 0.01), min(zoom, STEPS[0]))
