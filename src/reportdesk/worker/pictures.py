"""A PDF's pages as pixels, drawn by PDFium; the last document stays open for the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportdesk.worker.messages import Picture
from reportdesk.worker.protocol import MAX_PAYLOAD

if TYPE_CHECKING:
    import pypdfium2

_PIXEL = 4
_MOST = 0.9 * MAX_PAYLOAD


class PictureTooLargeError(ValueError):
    """A page would have more pixels than go over the pipe; the message is for the clerk."""


class PageDrawer:
    """Draws pages of one document after another."""

    def __init__(self) -> None:
        self._content = b""
        self._document: pypdfium2.PdfDocument | None = None

    def draw(self, content: bytes, page: int, scale: float) -> Picture:
        """A page of the PDF, counted from 0, at ``scale`` pixels a point.

        Raises:
            PictureTooLargeError: it would be larger than any screen or printer needs.
        """
        leaf = self._open(content)[page]
        try:
            width, height = leaf.get_size()
            if not (scale > 0 and width * height * scale**2 * _PIXEL < _MOST):
                raise PictureTooLargeError("这一页放得太大，画不出来。请缩小一些再看。")
            bitmap = leaf.render(scale=scale, prefer_bgrx=True)
            try:
                return Picture(page, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()
        finally:
            leaf.close()

    def _open(self, content: bytes) -> pypdfium2.PdfDocument:
        import pypdfium2

        if self._document is None or content != self._content:
            if self._document is not None:
                self._document.close()
                self._document = None
            self._document = pypdfium2.PdfDocument(content)
            self._content = content
        return self._document
