"""What a person sees of a PDF's page: it is painted with its text and without, and the two compared.

Text leaves paint where it is seen, whatever else would hide it: a render mode, a clip, its colour,
a picture or a box on top, a layer that is off. What the page shows without any text tells of numbers
that are pictures or lines.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from reportdesk.readers.pdf.page import Box, Char, Drawn, Shown

if TYPE_CHECKING:
    import pypdfium2

_DENSITY = 1.5
"""Pixels a point; a figure in the smallest print of a report is then some eight of them high."""
_MOST_PIXELS = 6_000_000.0
_FAINT = bytes(number * 9 // 256 for number in range(256))
"""Shades that a person tells apart: white and what is nearly white are one."""
_RISES, _FALLS = 0.8, 0.15
"""How far a character's shape may reach above its baseline and below, in sizes."""
_INNER = 0.2
"""How much of a character's width is left out on each side, so that its neighbours do not answer for it."""
_DEEPEST = 8
"""Forms within forms."""


class Painted:
    """A page as it is painted, with its text and without."""

    def __init__(self, page: pypdfium2.PdfPage, drawn: Drawn) -> None:
        """Paint the page so that it stands as ``drawn`` does; its text is hidden from then on."""
        longer = max(page.get_width() * page.get_height(), 1.0)
        units = (_DENSITY * drawn.scale, (_MOST_PIXELS / longer) ** 0.5)
        self._density = min(units)
        rotation = drawn.turn * 90
        self._with, self._stride, size = _paint(page, self._density, rotation)
        _hide_text(page)
        self._without, _, _ = _paint(page, self._density, rotation)
        self._width, self._height = size
        self._across = self._width / drawn.width if drawn.width else 0.0
        self._down = self._height / drawn.height if drawn.height else 0.0

    def shows(self, char: Char) -> bool:
        """Whether the character leaves paint."""
        inner = _INNER * (char.right - char.left) if char.text.isalnum() else 0.0
        box = (
            char.left + inner,
            char.baseline - _RISES * char.size,
            char.right - inner,
            char.baseline + _FALLS * char.size,
        )
        left, top, right, bottom = self._pixels(box)
        middle = (top + bottom) // 2
        for row in (*range(middle, bottom), *range(top, middle)):
            start = row * self._stride
            one, other = self._with[start + left : start + right], self._without[start + left : start + right]
            if one != other and one.translate(_FAINT) != other.translate(_FAINT):
                return True
        return False

    def is_white(self, char: Char) -> bool:
        """Whether the page is white where the character stands."""
        x, y = (char.left + char.right) / 2, char.baseline - char.size / 3
        left, top, _, _ = self._pixels((x, y, x, y))
        return self._without[top * self._stride + left] > 0xE8  # noqa: PLR2004

    def has_marks(self, box: Box) -> bool:
        """Whether something other than text and an even ground is painted there."""
        left, top, right, bottom = self._pixels(box)
        if right - left < 2 or bottom - top < 2:  # noqa: PLR2004 - nothing to be seen
            return False
        ground = self._without[top * self._stride + left]
        even = bytes([ground]) * (right - left)
        for row in range(top, bottom):
            start = row * self._stride
            pixels = self._without[start + left : start + right]
            if pixels != even and max(abs(pixel - ground) for pixel in pixels) > 0x60:  # noqa: PLR2004
                return True
        return False

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        """The box in pixels, within the page and at least one wide and high."""
        left = min(max(int(box[0] * self._across), 0), self._width - 1)
        top = min(max(int(box[1] * self._down), 0), self._height - 1)
        right = min(max(int(box[2] * self._across) + 1, left + 1), self._width)
        bottom = min(max(int(box[3] * self._down) + 1, top + 1), self._height)
        return left, top, right, bottom


def shown_of(page: pypdfium2.PdfPage) -> Shown:
    """The part of the page that a viewer shows."""
    left, bottom, right, top = page.get_bbox()
    return Shown(left, bottom, right, top, page.get_rotation() // 90)


def _paint(page: pypdfium2.PdfPage, density: float, rotation: int) -> tuple[bytes, int, tuple[int, int]]:
    """The page's pixels in grey, the bytes of a row, and its width and height."""
    bitmap = page.render(scale=density, rotation=rotation, grayscale=True, may_draw_forms=False)
    try:
        return bytes(bitmap.buffer), bitmap.stride, (bitmap.width, bitmap.height)
    finally:
        bitmap.close()


def _hide_text(page: pypdfium2.PdfPage) -> None:
    """Take the text out of what is painted, also within forms."""
    from pypdfium2 import raw

    _hide_in(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, 0)


def _hide_in(parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], depth: int) -> None:
    from pypdfium2 import raw

    for number in range(count(parent)):
        found = get(parent, number)
        kind = raw.FPDFPageObj_GetType(found)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_SetIsActive(found, False)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            _hide_in(found, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth + 1)
