"""The icons are there, drawn in the text's colour; the program's own has every size that Windows asks for."""

import pytest
from PySide6.QtCore import QSize

from reportdesk.gui.look.icons import Icon, icon, program_icon
from reportdesk.gui.look.theme import Role, Scheme, Theme
from reportdesk.resources import resource

WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("which", Icon)
@pytest.mark.parametrize("size", [16, 20])
def test_an_icon_is_drawn_in_the_colour_of_text(which: Icon, scheme: Scheme, size: int) -> None:
    theme = Theme(scheme, "any")
    image = icon(which, theme).pixmap(QSize(size, size)).toImage()
    assert image.width() == size
    solid = {
        image.pixelColor(x, y).name()
        for x in range(size)
        for y in range(size)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {theme.name(Role.TEXT)}


def test_every_drawing_is_named_and_every_name_has_a_drawing() -> None:
    drawn = {path.stem for path in resource("icons").glob("*.svg")}
    made_into_ico = {f"{name}{size}" for name in ("reportdesk", "report-file") for size in ("", "-small")}
    assert drawn == {*Icon, *made_into_ico}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", WINDOWS_SIZES)
def test_the_programs_icon_has_each_size_of_its_own(size: int) -> None:
    made = program_icon()
    assert QSize(size, size) in made.availableSizes()
    image = made.pixmap(QSize(size, size)).toImage()
    column = [image.pixelColor(size // 2, y).blue() for y in range(size)]
    assert any(abs(blue - 0xAC) < 4 for blue in column)
