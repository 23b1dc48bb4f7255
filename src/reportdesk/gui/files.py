"""Where reports are kept by default, what their files are called, and asking for a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from reportdesk.store.file import SUFFIX

_FILTER = f"年报台的年报 (*{SUFFIX})"
_WRITING_BEGINS = 11
"""The month in which offices begin with the report of the year that is not over yet."""


def reports_folder() -> Path:
    """文档/年报台, whether or not it exists."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "年报台"


def default_year(today: dt.date) -> int:
    """The year that a report begun today is about: last year's is due from January on."""
    return today.year if today.month >= _WRITING_BEGINS else today.year - 1


def free_path(folder: Path, stem: str) -> Path:
    """A file of that name which does not exist yet."""
    path = folder / f"{stem}{SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"{stem} ({number}){SUFFIX}"
        number += 1
    return path


def ask_for_report(parent: QWidget, folder: Path) -> Path | None:
    """Let the clerk choose a report to open; None if none is chosen."""
    name, _filter = QFileDialog.getOpenFileName(parent, "打开年报", str(folder), _FILTER)
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget, path: Path) -> Path | None:
    """Let the clerk choose a file to save to; an existing one is asked about by the dialog."""
    name, _filter = QFileDialog.getSaveFileName(parent, "另存为", str(path), _FILTER)
    if not name:
        return None
    return Path(name) if name.endswith(SUFFIX) else Path(name + SUFFIX)


def ask_for_folder(parent: QWidget, folder: Path) -> Path | None:
    """Let the clerk choose a folder to export into; None if none is chosen."""
    name = QFileDialog.getExistingDirectory(parent, "导出到哪个文件夹", str(folder))
    return Path(name) if name else None
