"""Keeps the open report in its file: a second after an edit at the latest, whole or not at all.

A save that fails is told and tried again; nothing is dropped meanwhile. Where the file lies
and how to move elsewhere is the window's matter.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer, Signal

from reportdesk.report.document import Report
from reportdesk.session.session import Announcement, Session
from reportdesk.store.file import StoreError, write_report

SAVE_AFTER_MS = 800
"""From the first edit that is not saved; with the write itself it stays below a second."""

RETRY_MS = 10_000


class Autosave(QObject):
    """Saves one session into one file."""

    saved: ClassVar[Signal] = Signal(object)
    """The file holds everything; with the time."""

    failed: ClassVar[Signal] = Signal(str)
    """Why the file could not be written, and what to do."""

    def __init__(
        self,
        session: Session,
        path: Path,
        parent: QObject | None = None,
        write: Callable[[Path, Report], None] = write_report,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._write = write
        self.path = path
        self._saved_revision = session.revision
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)
        self._unsubscribe = session.subscribe(self._hear)

    @property
    def is_saved(self) -> bool:
        """Whether the file holds all that was typed."""
        return self._saved_revision == self._session.revision

    def save(self) -> bool:
        """Write the file now; whether that went well."""
        revision = self._session.revision
        self._timer.stop()
        try:
            refuse_read_only(self.path)
            self._write(self.path, self._session.report)
        except StoreError as error:
            self._timer.start(RETRY_MS)
            self.failed.emit(str(error))
            return False
        self._saved_revision = revision
        self.saved.emit(dt.datetime.now().astimezone())
        return True

    def save_to(self, path: Path) -> bool:
        """Write to another file, which is the report's own from then on; whether that went well."""
        before, self.path = self.path, path
        if self.save():
            return True
        self.path = before
        return False

    def stop(self) -> None:
        """Hear of no more edits and write nothing more."""
        self._timer.stop()
        self._unsubscribe()

    def _hear(self, _told: Announcement) -> None:
        if self.is_saved:
            return  # only findings have changed
        if not self._timer.isActive() or self._timer.interval() == RETRY_MS:
            self._timer.start(SAVE_AFTER_MS)


def refuse_read_only(path: Path) -> None:
    """A file that its owner made read-only is not to be replaced, though the folder would allow it.

    Raises:
        StoreError: the file is read-only.
    """
    if path.exists() and not os.access(path, os.W_OK):
        raise StoreError(f"没有保存“{path.name}”：文件是只读的。请另存到“文档”等能写入的文件夹。")


def why_read_only(path: Path) -> str:
    """Why changes of that file could not be saved, as a sentence for the clerk; empty if they can."""
    for place, what in ((path, "文件"), (path.parent, "文件夹")):
        if not os.access(place, os.W_OK):
            return f"这个{what}是只读的，改动保存不到原处。要修改请先另存到“文档”等能写入的文件夹。"
    return ""
