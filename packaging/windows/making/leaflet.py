"""Prints the clerk's one page, 安装说明, so that it can be read on any PC: a clerk knows no Markdown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tools.dev.places import ROOT, Stop

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

SOURCE = ROOT / "packaging" / "安装说明.md"

_MARGIN = 16.0  # mm
_RESOLUTION = 150
_TEXT = 10
_PICTURE = "\ufffc"
"""What stands in Qt's text where a picture is."""
_PICTURES = 310
"""Width of a picture; two stand side by side."""


def print_leaflet(target: Path) -> None:
    """Write the page as PDF.

    Raises:
        Stop: it has grown beyond a page.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QMarginsF, QUrl
    from PySide6.QtGui import (
        QFont,
        QFontDatabase,
        QGuiApplication,
        QPageLayout,
        QPageSize,
        QPainter,
        QPdfWriter,
        QTextDocument,
    )

    _application = QGuiApplication.instance() or QGuiApplication([])
    number = QFontDatabase.addApplicationFont(str(ROOT / "resources" / "fonts" / "ui.ttf"))
    page = QTextDocument()
    page.setDefaultFont(QFont(QFontDatabase.applicationFontFamilies(number)[0], _TEXT))
    page.setBaseUrl(QUrl.fromLocalFile(f"{SOURCE.parent}/"))
    page.setMarkdown(SOURCE.read_text(encoding="utf-8"))
    _narrow_pictures(page)
    writer = QPdfWriter(str(target))
    writer.setTitle("年报台安装说明")
    writer.setResolution(_RESOLUTION)
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    page.documentLayout().setPaintDevice(writer)
    page.setPageSize(writer.pageLayout().paintRectPixels(_RESOLUTION).size().toSizeF())
    if page.pageCount() != 1:
        raise Stop(f"{SOURCE.name} takes {page.pageCount()} pages; it is to be one.")
    painter = QPainter(writer)
    page.drawContents(painter)
    painter.end()


def _narrow_pictures(page: QTextDocument) -> None:
    found = page.find(_PICTURE)
    while not found.isNull():
        shape = found.charFormat().toImageFormat()
        shape.setWidth(_PICTURES)
        found.setCharFormat(shape)
        found = page.find(_PICTURE, found)
