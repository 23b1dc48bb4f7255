"""Which files can be taken in, asking for one, and what is dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from reportdesk.gui.common.files import start_in
from reportdesk.readers.endings import OFFERED
from reportdesk.store.file import SUFFIX

_ANY = "所有文件 (*)"


def _patterns(*suffixes: str) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)


_READABLE = f"年报（Word、WPS、Excel、PDF、网页、CSV、年报台） ({_patterns(*OFFERED, SUFFIX)})"


def ask_for_import(parent: QWidget, folder: Path) -> list[Path]:
    """Let the clerk choose a file to take in, or the files of several offices; none if none is chosen."""
    title = "导入（几个科室交回的填报表可以一起选）"
    names, _filter = QFileDialog.getOpenFileNames(parent, title, start_in(folder), f"{_READABLE};;{_ANY}")
    return [Path(name) for name in names]


def ask_for_last_year(parent: QWidget, folder: Path) -> Path | None:
    """Let the clerk choose last year's report, whatever it was written with; None if none is chosen."""
    return _ask(parent, "选择上年的年报", folder)


def _ask(parent: QWidget, title: str, folder: Path) -> Path | None:
    name, _filter = QFileDialog.getOpenFileName(parent, title, start_in(folder), f"{_READABLE};;{_ANY}")
    return Path(name) if name else None


def dropped_files(dropped: QMimeData) -> list[Path]:
    """All among what is dropped that is a report of ours or can be taken in."""
    paths = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in (SUFFIX, *OFFERED)]


def is_foreign(path: Path) -> bool:
    """Whether it is to be taken in rather than opened."""
    return path.suffix.lower() != SUFFIX
