"""A free name for a report's file, and asking for a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from reportdesk.gui.common.background_jobs import Job, wait_for
from reportdesk.outgoing.file_names import numbered
from reportdesk.store.file import SUFFIX
from reportdesk.store.folders import PROFILE_SUFFIX

_AT_ONCE = 0.02
"""Seconds; less than what is felt between two keys."""
_ELSEWHERE = "不等的话，请在别的文件夹里选。"
_FILTER = f"年报台的年报 (*{SUFFIX})"
_SCANS = "扫描件 (*.pdf)"


def free_path(folder: Path, stem: str) -> Path:
    """A file of that name which does not exist yet."""
    return next(path for path in numbered(folder, stem, SUFFIX) if not path.exists())


class FreeNames:
    """Proposes names while somebody types: a disk that does not answer at once is not waited for."""

    def __init__(self) -> None:
        self._looking: Job[Path] | None = None

    def free(self, folder: Path, stem: str) -> Path:
        """As ``free_path``; the plain name where the disk has not answered yet."""
        if self._looking is None or self._looking.is_done():
            self._looking = Job(lambda: free_path(folder, stem))
            if self._looking.is_done(_AT_ONCE):
                return self._looking.outcome()
        return folder / f"{stem}{SUFFIX}"


def start_in(folder: Path) -> str:
    """Where a dialog begins: a folder that is not there yet would be shown as a file to be opened.

    The usual place where the disk does not answer.
    """
    looking = Job(lambda: str(next((one for one in (folder, *folder.parents) if one.is_dir()), "")))
    return looking.outcome() if wait_for(looking, f"正在找文件夹“{folder}”。", _ELSEWHERE) else ""


def ask_for_report(parent: QWidget, folder: Path) -> Path | None:
    """Let the clerk choose a report to open; None if none is chosen."""
    name, _filter = QFileDialog.getOpenFileName(parent, "打开年报", start_in(folder), _FILTER)
    return Path(name) if name else None


def ask_for_profile(parent: QWidget) -> Path | None:
    """Let the clerk choose a district's profile file; None if none is chosen."""
    name, _filter = QFileDialog.getOpenFileName(parent, "导入单位资料", "", f"单位资料 (*{PROFILE_SUFFIX})")
    return Path(name) if name else None


def ask_for_scan(parent: QWidget, folder: Path) -> Path | None:
    """Let the clerk choose the scanned, sealed report; None if none is chosen."""
    name, _filter = QFileDialog.getOpenFileName(parent, "选择盖章扫描件", start_in(folder), _SCANS)
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget, path: Path) -> Path | None:
    """Let the clerk choose a file to save to; an existing one is asked about by the dialog."""
    name, _filter = QFileDialog.getSaveFileName(parent, "另存为", str(path), _FILTER)
    if not name:
        return None
    return Path(name) if name.endswith(SUFFIX) else Path(name + SUFFIX)


def ask_for_folder(parent: QWidget, folder: Path) -> Path | None:
    """Let the clerk choose a folder to export into; None if none is chosen."""
    name = QFileDialog.getExistingDirectory(parent, "导出到哪个文件夹", start_in(folder))
    return Path(name) if name else None
