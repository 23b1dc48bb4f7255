"""Colours by role keep their contrast; the window has a Chinese face in any case."""

import re
from pathlib import Path

import pytest
from PySide6 import QtWidgets
from PySide6.QtGui import QColor, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from reportdesk.gui.common.preferences import Preferences
from reportdesk.gui.look.theme import (
    READABLE,
    Role,
    Scheme,
    Size,
    Theme,
    interface_family,
    scheme_of,
    style_sheet,
    theme_for,
)

GUI = Path(__file__).parents[2] / "src" / "reportdesk" / "gui"
LEAST = 4.5
SEEN = 3
"""The contrast that a sign of a control needs: WCAG 2.2, 1.4.11."""


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("pair", READABLE, ids=lambda pair: f"{pair[0].value} on {pair[1].value}")
def test_signs_can_be_read_on_their_ground(scheme: Scheme, pair: tuple[Role, Role]) -> None:
    theme = Theme(scheme, "any")
    assert contrast(theme.color(pair[0]), theme.color(pair[1])) >= LEAST


@pytest.mark.parametrize("scheme", Scheme)
def test_every_role_has_a_colour_of_its_scheme(scheme: Scheme) -> None:
    theme = Theme(scheme, "any")
    assert all(theme.color(role).isValid() for role in Role)


def test_the_measure_of_contrast_knows_black_on_white() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.usefixtures("qapp")
def test_the_face_has_chinese_characters() -> None:
    assert interface_family() == "Noto Sans SC"  # the bundled one, under test
    face = QRawFont.fromFont(theme_for(Scheme.LIGHT).font())
    assert 0 not in face.glyphIndexesForString("年报台勾稽镇，。（）“”▲●○")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", Size)
def test_digits_have_equal_widths(size: Size) -> None:
    metrics = QFontMetricsF(theme_for(Scheme.LIGHT).font(size))
    widths = {metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}
    assert len(widths) == 1


def test_light_and_dark_differ_in_every_ground() -> None:
    light, dark = (Theme(scheme, "any") for scheme in Scheme)
    for role in (Role.SURFACE, Role.PAGE, Role.COMPUTED, Role.BANNER):
        assert light.color(role).lightness() > dark.color(role).lightness()


def contrast(ink: QColor, ground: QColor) -> float:
    """The contrast ratio of WCAG 2: from 1 to 21."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    channels = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


@pytest.mark.parametrize("scheme", Scheme)
def test_a_palette_tells_whether_it_is_dark(scheme: Scheme) -> None:
    assert scheme_of(Theme(scheme, "any").palette()) is scheme


def test_what_the_palette_said_before_the_first_paint_gives_way_to_what_the_desktop_says() -> None:
    preferences = Preferences(desktop=Scheme.DARK)
    assert preferences.theme.scheme is Scheme.DARK
    told: list[Theme] = []
    preferences.theme_changed.connect(told.append)
    preferences.follow_desktop()  # which is light wherever tests run
    assert [theme.scheme for theme in told] == [Scheme.LIGHT]


@pytest.mark.parametrize("scheme", Scheme)
def test_a_choice_has_an_arrow_that_points_down(qtbot: QtBot, scheme: Scheme) -> None:
    theme = theme_for(scheme)
    choice = QComboBox()
    qtbot.addWidget(choice)
    choice.setStyleSheet(style_sheet(theme))
    choice.resize(160, 32)
    picture = choice.grab().toImage()
    right = range(choice.width() - 24, choice.width() - 4)
    ground = picture.pixelColor(choice.width() // 2, choice.height() // 2)
    widths = [
        sum(contrast(picture.pixelColor(x, y), ground) >= SEEN for x in right)
        for y in range(4, choice.height() - 4)
    ]
    drawn = [width for width in widths if width]
    assert drawn == sorted(drawn, reverse=True)
    assert drawn[0] > drawn[-1]


def test_each_kind_of_widget_that_the_style_sheet_names_exists() -> None:
    """A class that gets another name would lose its look in silence."""
    selectors = re.sub(r"/\*.*?\*/|\{[^}]*\}", "", style_sheet(Theme(Scheme.LIGHT, "any")))
    named = set(re.findall(r"(?<![\w#:\"=-])[A-Z]\w+", selectors))
    own = set(
        re.findall(
            r"^class (\w+)", "".join(path.read_text("utf-8") for path in GUI.rglob("*.py")), re.MULTILINE
        )
    )
    assert {name for name in named if name not in own and not hasattr(QtWidgets, name)} == set()
    assert {"QPushButton", "CellEditor", "TodoList"} < named
