"""A number is drawn where Qt itself would draw it, and always within its room."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from reportdesk.gui.grid.number_text import NumberTexts
from reportdesk.gui.grid.painter import edges_of
from reportdesk.gui.look.theme import Scheme, theme_for

PAPER, INK = QColor("white"), QColor("black")


def drawn(font: QFont, room: QRect, text: str, most: int) -> QRect:
    """Where there is ink."""
    sheet = QImage(200, 60, QImage.Format.Format_RGB32)
    sheet.fill(PAPER)
    painter = QPainter(sheet)
    painter.setPen(INK)
    if most:
        NumberTexts(font).draw_centred(painter, edges_of(room), text, most)
    else:
        painter.setFont(font)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    places = [(x, y) for x in range(200) for y in range(60) if sheet.pixelColor(x, y).lightness() < 200]
    left, top = min(x for x, _ in places), min(y for _, y in places)
    return QRect(left, top, max(x for x, _ in places) - left + 1, max(y for _, y in places) - top + 1)


@pytest.mark.parametrize("pixels", [12, 13, 16, 26])
@pytest.mark.parametrize("text", ["0", "17", "0.357400"])
@pytest.mark.parametrize("room", [QRect(40, 10, 120, 30), QRect(41, 9, 117, 33)])
def test_a_number_stands_where_qt_would_put_it(qapp: object, pixels: int, text: str, room: QRect) -> None:
    del qapp
    font = QFont(theme_for(Scheme.LIGHT).font())
    font.setPixelSize(pixels)
    ours, theirs = drawn(font, room, text, room.width()), drawn(font, room, text, 0)
    assert abs(ours.left() - theirs.left()) <= 1
    assert abs(ours.right() - theirs.right()) <= 1
    assert (ours.top(), ours.bottom()) == (theirs.top(), theirs.bottom())


def test_a_long_number_shrinks_into_its_room(qapp: object) -> None:
    del qapp
    font = QFont(theme_for(Scheme.LIGHT).font())
    room = QRect(60, 10, 50, 30)
    assert NumberTexts(font).width_of("123456789012") > room.width()
    assert room.contains(drawn(font, room, "123456789012", room.width() - 4))
