"""The clipboard: text, for blocks of cells, whose meaning is ``session.clipboard.paste``'s, and a web page's content."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from reportdesk.session.clipboard.clip import Clip


def clipboard_text() -> str:
    """The plain text on the clipboard; of a table on a web page that is its cells, tab by tab."""
    return QGuiApplication.clipboard().text()


def clipboard_clip() -> Clip:
    """The plain text on the clipboard, and the web page that its program put beside it."""
    held: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if held is None:
        return Clip("")
    return Clip(held.text(), held.html() if held.hasHtml() else "")


def put_on_clipboard(text: str) -> None:
    """Put plain text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def put_page_on_clipboard(html: str, text: str) -> None:
    """Put a fragment of HTML on the clipboard, and the text that a plain editor takes instead."""
    content = QMimeData()
    content.setHtml(f'<meta charset="utf-8">{html}')  # else programs on Linux take it for Latin text
    content.setText(text)
    QGuiApplication.clipboard().setMimeData(content)
