"""The line icons of resources/icons, drawn in the colour of text, and the program's own icon.

They are drawn on a square of 20 with lines of 1.5 pixels, whatever size is asked for. Needs
QtSvg, so it is imported after the first paint.
"""

from __future__ import annotations

import functools
from enum import StrEnum

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reportdesk.gui.look.theme import Role, Theme
from reportdesk.resources import resource

_SQUARE = 20
_LINE = 1.5
_SIZES = (16, 20)
_SCALES = (1.0, 1.25, 1.5, 2.0)
"""Windows' own choices of how large a pixel is."""


class Icon(StrEnum):
    """What an icon stands for; the value is its file."""

    NEW = "new"
    OPEN = "open"
    SAVE = "save"
    UNDO = "undo"
    REDO = "redo"
    EXPORT = "export"
    CHECK = "check"
    PREVIEW = "preview"
    PRINT = "print"
    HELP = "help"
    SETTINGS = "settings"
    SUBMIT = "submit"


def icon(which: Icon, theme: Theme) -> QIcon:
    """The icon at 16 and 20 pixels, in the theme's text colour; quiet where it is disabled."""
    made = QIcon()
    for mode, role in ((QIcon.Mode.Normal, Role.TEXT), (QIcon.Mode.Disabled, Role.LINE)):
        for size in _SIZES:
            for scale in _SCALES:
                made.addPixmap(_drawn(which, size, scale, theme.color(role)), mode)
    return made


def program_icon() -> QIcon:
    """The icon of the window and the task bar."""
    return QIcon(str(resource("icons", "reportdesk.ico")))


def _drawn(which: Icon, size: int, scale: float, color: QColor) -> QPixmap:
    line = _LINE * _SQUARE / size
    text = _source(which).replace("currentColor", color.name())
    text = text.replace(f'stroke-width="{_LINE}"', f'stroke-width="{line}"')
    pixmap = QPixmap(round(size * scale), round(size * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@functools.cache
def _source(which: Icon) -> str:
    return resource("icons", f"{which}.svg").read_text(encoding="utf-8")
