"""The clipboard as text, for blocks of cells; what the text means is ``session.paste``'s."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def clipboard_text() -> str:
    """The plain text on the clipboard; of a table on a web page that is its cells, tab by tab."""
    return QGuiApplication.clipboard().text()


def put_on_clipboard(text: str) -> None:
    """Put plain text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
