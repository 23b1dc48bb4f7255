"""Draws the picture at the wizard's left side: the program's icon and name on its colour."""

from __future__ import annotations

import os
from pathlib import Path

from making.places import TITLE
from tools.dev.places import ROOT

_SIZE = (164, 314)  # what NSIS lays out
_SHARPER = 2  # for screens at 150 % and more
_GROUND = "#c6d9f1"
_INK = "#1b5fac"


def draw_wizard(target: Path) -> None:
    """Write the picture as .bmp."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application = QGuiApplication.instance() or QGuiApplication([])
    resources = ROOT / "resources"
    width, height = (length * _SHARPER for length in _SIZE)
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(_GROUND))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = width * 0.44
    icon = QRectF((width - edge) / 2, height * 0.2, edge, edge)
    QSvgRenderer(str(resources / "icons" / "reportdesk.svg")).render(painter, icon)
    number = QFontDatabase.addApplicationFont(str(resources / "fonts" / "hei.ttf"))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    font.setBold(True)
    font.setPixelSize(round(width * 0.15))
    painter.setFont(font)
    painter.setPen(QColor(_INK))
    words = QRectF(0, icon.bottom() + height * 0.03, width, height * 0.1)
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, TITLE)
    painter.end()
    image.save(str(target), "BMP")  # type: ignore[call-overload]  # PySide's stub wants bytes
