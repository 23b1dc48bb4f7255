"""Opening a file or a folder with the program that the PC has for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_path(path: Path) -> str:
    """Open it; a sentence for the clerk if that cannot be done, else empty."""
    if not path.exists():
        return f"打不开“{path}”：它已经不在那里，可能移走了，或 U 盘已拔出。"
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return ""
    return f"这里打不开“{path}”，请在电脑的文件管理器里找到它再打开。"
