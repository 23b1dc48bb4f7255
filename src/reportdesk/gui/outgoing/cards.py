"""What the 报送 page is put together of: a card, which frames what belongs together, and words."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from reportdesk.gui.look.controls import words
from reportdesk.gui.look.theme import Role, Size, Theme

_GAP = 6
_MARGIN = 14


class Card(QFrame):
    """A framed column, to which widgets and layouts are added."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        page, line = theme.name(Role.PAGE), theme.name(Role.LINE)
        self.setStyleSheet(f"#card {{ background: {page}; border: 1px solid {line}; border-radius: 6px; }}")
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_MARGIN, 10, _MARGIN, 12)
        self.column.setSpacing(_GAP)
        self._theme = theme
        self.column.addWidget(words(title, theme, Role.TEXT, Size.SECTION, strong=True))

    def say(self, text: str, role: Role = Role.TEXT) -> None:
        """Add a paragraph."""
        self.column.addWidget(words(text, self._theme, role))


def spell_size(size: int) -> str:
    """A file's size as people say it: 35 KB, 1.2 MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"
