"""Scans as offices make them: pages with a text that is seen and can be read, or with nothing on them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

_FACE = "STSong-Light"


def scanned(pages: Sequence[str], *, specks: int = 0) -> bytes:
    """A PDF with a page for each text, its lines below each other; ``specks`` of dust on each."""
    if _FACE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(_FACE))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for text in pages:
        canvas.setFont(_FACE, 16)
        for number, line in enumerate(text.splitlines()):
            canvas.drawString(90, 740 - 28 * number, line)
        for speck in range(specks):
            canvas.rect(80 + 37 * speck % 400, 90 + 61 * speck % 600, 0.6, 0.6, fill=1, stroke=0)
        canvas.showPage()
    canvas.save()
    return made.getvalue()
