"""Draws each .ico of resources/icons from the two drawings beside it, in all the sizes Windows asks for.

reportdesk is the program's, report-file that of a .gknb. The large drawing has lines that would run together in a list of files: below 32 pixels the
small one is taken.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

from tools.dev.places import ROOT

_ICONS = ROOT / "resources" / "icons"
_NAMES = ("reportdesk", "report-file")
_SMALL = (16, 20, 24)
_LARGE = (32, 40, 48, 64, 128, 256)
_ENTRY = struct.Struct("<BBBBHHII")
_HEAD = struct.Struct("<HHH")


def main() -> int:
    """Write the files."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    _application = QGuiApplication([])
    for name in _NAMES:
        pictures = {size: _png(_ICONS / f"{name}-small.svg", size) for size in _SMALL}
        pictures |= {size: _png(_ICONS / f"{name}.svg", size) for size in _LARGE}
        target = _ICONS / f"{name}.ico"
        target.write_bytes(_ico(pictures))
        print(target)
    return 0


def _png(drawing: Path, size: int) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide's stub knows paths only
    return bytes(buffer.data().data())


def _ico(pictures: dict[int, bytes]) -> bytes:
    """An ICO file whose pictures are PNG, as Windows has read them since Vista."""
    entries, place = [], _HEAD.size + _ENTRY.size * len(pictures)
    for size, content in pictures.items():
        edge = size % 256  # 256 is written as 0
        entries.append(_ENTRY.pack(edge, edge, 0, 0, 1, 32, len(content), place))
        place += len(content)
    return b"".join((_HEAD.pack(0, 1, len(pictures)), *entries, *pictures.values()))


if __name__ == "__main__":
    sys.exit(main())
