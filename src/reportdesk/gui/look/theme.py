"""Colours and type by role, light and dark: the only place that names a colour or a face.

Widgets ask a ``Theme`` for a role and draw with what they get. A theme never changes: another
scheme or text size is another theme, for which the window is built anew. Which one is worn is
``preferences``' choice; nothing here knows a widget beyond the style sheet that it words.
"""

from __future__ import annotations

from enum import Enum

from PySide6 import QtCore
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from reportdesk.resources import resource
from reportdesk.store.user_data.settings import TextSize


class Scheme(Enum):
    """Dark signs on a light ground, or the other way round."""

    LIGHT = "light"
    DARK = "dark"


class Role(Enum):
    """What a colour is for."""

    SURFACE = "surface"
    """The desk: window, section list, panels."""
    DESK = "desk under sheets of paper"
    SHADOW = "shadow of a sheet of paper"
    PAGE = "page"
    """The sheet on it: pages, editors, cells to type in."""
    LINE = "line"
    TEXT = "text"
    QUIET = "quiet text"
    ACCENT = "accent"
    """Links, the frame of the current cell, the focus, the one main button."""
    ON_ACCENT = "text on accent"
    SELECTION = "selection"
    LABEL = "label cell"
    CURRENT_LABEL = "label cell of the current row and column"
    COMPUTED = "computed cell"
    PROVISIONAL = "text of a provisional total"
    BANNER = "banner"
    WARNING = "warning"
    WARNING_GROUND = "ground of a warning"
    ERROR = "error"
    ERROR_GROUND = "ground of an error"
    OK = "ok"
    OK_GROUND = "ground of what is in order"


class Size(Enum):
    """Heights of type; the value is pixels at 100 % and text size 中."""

    SMALL = 12
    BODY = 13
    SECTION = 15
    PAGE = 20


_PIXELS: dict[TextSize, dict[Size, int]] = {
    # Below 12 pixels the strokes of a character run together.
    TextSize.SMALL: {Size.SMALL: 12, Size.BODY: 12, Size.SECTION: 14, Size.PAGE: 18},
    TextSize.MEDIUM: {size: size.value for size in Size},
    TextSize.LARGE: {Size.SMALL: 14, Size.BODY: 16, Size.SECTION: 18, Size.PAGE: 24},
}


_COLOURS: dict[Scheme, dict[Role, str]] = {
    Scheme.LIGHT: {
        Role.SURFACE: "#f2f4f7",
        Role.DESK: "#c9ced6",
        Role.SHADOW: "#979fab",
        Role.PAGE: "#ffffff",
        Role.LINE: "#c8ced8",
        Role.TEXT: "#1d2127",
        Role.QUIET: "#59616e",
        Role.ACCENT: "#1b5fac",
        Role.ON_ACCENT: "#ffffff",
        Role.SELECTION: "#d6e6f8",
        Role.LABEL: "#f8f9fb",
        Role.CURRENT_LABEL: "#e2ecf8",
        Role.COMPUTED: "#eceff3",
        Role.PROVISIONAL: "#59616e",
        Role.BANNER: "#c6d9f1",
        Role.WARNING: "#855400",
        Role.WARNING_GROUND: "#fff2d2",
        Role.ERROR: "#b3211a",
        Role.ERROR_GROUND: "#fce8e6",
        Role.OK: "#1b6838",
        Role.OK_GROUND: "#e3f2e8",
    },
    Scheme.DARK: {
        Role.SURFACE: "#1b1e23",
        Role.DESK: "#121418",
        Role.SHADOW: "#000000",
        Role.PAGE: "#24282e",
        Role.LINE: "#474e5a",
        Role.TEXT: "#e7e9ec",
        Role.QUIET: "#a8b0bc",
        Role.ACCENT: "#82b5f2",
        Role.ON_ACCENT: "#0f151d",
        Role.SELECTION: "#2a4262",
        Role.LABEL: "#282c33",
        Role.CURRENT_LABEL: "#324056",
        Role.COMPUTED: "#2e333b",
        Role.PROVISIONAL: "#a8b0bc",
        Role.BANNER: "#2f4560",
        Role.WARNING: "#e8b958",
        Role.WARNING_GROUND: "#43361a",
        Role.ERROR: "#ff9d94",
        Role.ERROR_GROUND: "#4a2725",
        Role.OK: "#82cf98",
        Role.OK_GROUND: "#213d2c",
    },
}

_GROUNDS = (Role.SURFACE, Role.PAGE)

READABLE: tuple[tuple[Role, Role], ...] = (
    *((ink, ground) for ink in (Role.TEXT, Role.QUIET, Role.ACCENT) for ground in _GROUNDS),
    *((ink, ground) for ink in (Role.ERROR, Role.WARNING, Role.OK) for ground in _GROUNDS),
    *(
        (Role.TEXT, ground)
        for ground in (
            Role.SELECTION,
            Role.LABEL,
            Role.CURRENT_LABEL,
            Role.COMPUTED,
            Role.BANNER,
            Role.WARNING_GROUND,
            Role.ERROR_GROUND,
            Role.OK_GROUND,
        )
    ),
    (Role.QUIET, Role.LABEL),
    (Role.QUIET, Role.SELECTION),
    (Role.QUIET, Role.WARNING_GROUND),
    (Role.PROVISIONAL, Role.COMPUTED),
    (Role.PROVISIONAL, Role.ERROR_GROUND),
    (Role.ON_ACCENT, Role.ACCENT),
    (Role.ERROR, Role.ERROR_GROUND),
    (Role.WARNING, Role.WARNING_GROUND),
    (Role.OK, Role.OK_GROUND),
)
"""Which signs stand on which grounds; each pair keeps the contrast of 4.5 : 1."""

_FACES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)
"""Chinese interface faces of Windows, macOS and Linux desktops, the best first."""


class Theme:
    """One scheme's colours and fonts, kept ready because cells ask for them at each repaint."""

    def __init__(self, scheme: Scheme, family: str, text_size: TextSize = TextSize.MEDIUM) -> None:
        self.scheme = scheme
        self.family = family
        self.text_size = text_size
        self._colours = {role: QColor(name) for role, name in _COLOURS[scheme].items()}

    def color(self, role: Role) -> QColor:
        """The colour of a role; callers do not change it."""
        return self._colours[role]

    def name(self, role: Role) -> str:
        """The colour of a role as a style sheet writes it."""
        return _COLOURS[self.scheme][role]

    def pixels(self, size: Size) -> int:
        """Height of that type at 100 %."""
        return _PIXELS[self.text_size][size]

    def font(self, size: Size = Size.BODY, *, strong: bool = False) -> QFont:
        """The interface face; its digits have equal widths, so that columns align."""
        font = QFont(self.family)
        font.setPixelSize(self.pixels(size))
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def palette(self) -> QPalette:
        """The roles as Qt's own widgets understand them."""
        group = QPalette.ColorRole
        roles = {
            group.Window: Role.SURFACE,
            group.WindowText: Role.TEXT,
            group.Base: Role.PAGE,
            group.AlternateBase: Role.LABEL,
            group.Text: Role.TEXT,
            group.Button: Role.SURFACE,
            group.ButtonText: Role.TEXT,
            group.ToolTipBase: Role.PAGE,
            group.ToolTipText: Role.TEXT,
            group.PlaceholderText: Role.QUIET,
            group.Highlight: Role.SELECTION,
            group.HighlightedText: Role.TEXT,
            group.Link: Role.ACCENT,
            group.Accent: Role.ACCENT,
        }
        palette = QPalette(self.color(Role.SURFACE), self.color(Role.SURFACE))
        for wanted, role in roles.items():
            palette.setColor(wanted, self.color(role))
        for wanted in (group.Text, group.ButtonText, group.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, wanted, self.color(Role.QUIET))
        return palette


def style_sheet(theme: Theme) -> str:
    """How Qt's own widgets differ from their style: quiet borders, a focus that is always seen."""
    line, accent, page = theme.name(Role.LINE), theme.name(Role.ACCENT), theme.name(Role.PAGE)
    hover, surface, quiet = theme.name(Role.CURRENT_LABEL), theme.name(Role.SURFACE), theme.name(Role.QUIET)
    field = round(1.55 * theme.pixels(Size.BODY))  # the face's own line: less cuts g, p and q
    tick = resource("icons", "ticks", f"{theme.scheme.value}.svg").as_posix()
    arrow = resource("icons", "arrows", f"{theme.scheme.value}.svg").as_posix()
    return f"""
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenuBar {{ padding: 2px 4px; }}
QMenuBar::item {{ padding: 5px 10px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QScrollBar:vertical {{ width: 12px; background: transparent; }}
QScrollBar:horizontal {{ height: 12px; background: transparent; }}
QScrollBar::handle {{ background: {line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLineEdit {{ background: {page}; border: 1px solid {line}; border-radius: 3px;
    padding: 4px 6px; min-height: {field}px; }}
QLineEdit:focus, ProseEditor:focus {{ border: 1px solid {accent}; }}
CellEditor, CellEditor:focus {{ border: 0; border-radius: 0; padding: 0; min-height: 0; }}
QLineEdit[role="heading"] {{ background: transparent; border-color: transparent; padding: 2px 0; }}
QLineEdit[role="heading"]:hover {{ border-bottom-color: {line}; }}
QLineEdit[role="heading"]:focus {{ background: {page}; border-color: {accent}; }}
ProseEditor {{ background: {page}; border: 1px solid {line}; border-radius: 3px; }}
QComboBox {{ background: {page}; border: 1px solid {line}; border-radius: 3px;
    padding: 4px 8px; min-height: {field}px; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView {{ background: {page}; border: 1px solid {line}; outline: 0; }}
QComboBox QAbstractItemView::item {{ min-height: {field}px; padding: 2px 8px; }}
QComboBox QAbstractItemView::item:hover {{ background: {hover}; color: {theme.name(Role.TEXT)}; }}
QComboBox QAbstractItemView::item:selected {{ background: {theme.name(Role.SELECTION)};
    color: {theme.name(Role.TEXT)}; }}
QComboBox::drop-down {{ border: 0; width: 20px; }}
QComboBox::down-arrow {{ width: 10px; height: 10px; image: url("{arrow}"); }}
QComboBox:focus, QComboBox:on {{ border: 1px solid {accent}; }}
QComboBox:disabled {{ color: {quiet}; background: {surface}; }}
TodoList QListWidget {{ background: {surface}; outline: 0; padding: 0 8px; }}
RefusedPaste QListWidget {{ background: transparent; outline: 0; }}
TodoList QListWidget::item {{ padding: 5px 0; border-radius: 3px; }}
RefusedPaste QListWidget::item {{ padding: 1px 0; border-radius: 3px; }}
TodoList QListWidget::item:hover:enabled, RefusedPaste QListWidget::item:hover {{ background: {hover}; }}
TodoList QListWidget::item:selected, RefusedPaste QListWidget::item:selected {{ background: {theme.name(Role.SELECTION)};
    color: {theme.name(Role.TEXT)}; }}
QCheckBox::indicator:unchecked, QAbstractItemView::indicator:unchecked {{ width: 13px; height: 13px;
    border: 1px solid {quiet}; border-radius: 2px; background: {page}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ width: 13px; height: 13px;
    border: 1px solid {accent}; border-radius: 2px; background: {accent}; image: url("{tick}"); }}
QPushButton {{ background: {page}; border: 1px solid {line}; border-radius: 4px;
    padding: 4px 14px; min-height: {field}px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border-color: {accent}; }}
StatusLine QPushButton {{ padding: 1px 12px; }}
QPushButton:disabled {{ color: {quiet}; background: {surface}; }}
QPushButton[role="main"] {{ background: {accent}; color: {theme.name(Role.ON_ACCENT)};
    border-color: {accent}; }}
QPushButton[role="main"]:focus {{ border: 2px solid {theme.name(Role.TEXT)}; padding: 3px 13px; }}
QPushButton[role="main"]:disabled {{ background: {surface}; color: {quiet}; border-color: {line}; }}
QRadioButton {{ spacing: 6px; }}
QToolButton {{ padding: 3px 10px; border: 1px solid transparent; border-radius: 4px; }}
QToolButton[popupMode="2"] {{ padding-right: 20px; }}
QToolButton::menu-indicator {{ image: url("{arrow}"); width: 10px; height: 10px;
    subcontrol-origin: border; subcontrol-position: center right; right: 6px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:checked {{ background: {theme.name(Role.SELECTION)}; }}
QToolButton:focus {{ border-color: {accent}; }}
QRadioButton::indicator {{ width: 13px; height: 13px; border: 1px solid {quiet}; border-radius: 7px;
    background: {page}; }}
QRadioButton::indicator:checked {{ width: 7px; height: 7px; border: 4px solid {accent}; }}
QRadioButton::indicator:disabled {{ border-color: {line}; }}
QRadioButton::indicator:focus {{ border-color: {accent}; }}
QTreeView::item {{ padding: 3px 0; }}
QSplitter::handle {{ background: {line}; }}
/* Windows' order on every desktop: what the dialog does, then what leaves it. */
QDialogButtonBox, QMessageBox {{ button-layout: 0; }}
"""


def theme_for(scheme: Scheme | None = None, text_size: TextSize = TextSize.MEDIUM) -> Theme:
    """The theme in that scheme, or in the one that the desktop asks for. Needs an application."""
    return Theme(scheme or _desktop_scheme(), interface_family(), text_size)


def interface_family() -> str:
    """The system's Chinese interface face, else the bundled one, which is loaded then."""
    for family in _FACES:
        if QFontDatabase.hasFamily(family):
            return family
    bundled = QFontDatabase.addApplicationFont(str(resource("fonts", "ui.ttf")))
    families = QFontDatabase.applicationFontFamilies(bundled)
    return families[0] if families else QGuiApplication.font().family()


def scheme_of(palette: QPalette) -> Scheme:
    """Dark where words are lighter than what they stand on."""
    words, under = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    return Scheme.DARK if words.lightness() > under.lightness() else Scheme.LIGHT


def _desktop_scheme() -> Scheme:
    dark = QGuiApplication.styleHints().colorScheme() is QtCore.Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT
