"""Has a file, or several of offices, read in the second process and tells what came of it, once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject, Signal

from reportdesk.gui.common.worker_client import BROKE_OFF, STOPPED, Pending, WorkerClient
from reportdesk.worker.protocol import Frame, FrameError
from reportdesk.worker.reading import ask_to_read, read_proposal


class FileReading(QObject):
    """Begins at once; ``read`` or ``refused`` ends it, unless it is stopped."""

    read: ClassVar[Signal] = Signal(object)
    """The Proposal."""
    refused: ClassVar[Signal] = Signal(str)
    """Why it cannot be read and what to do."""

    def __init__(self, client: WorkerClient, paths: Sequence[Path], parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._pending: Pending | None = client.ask(ask_to_read(*(path.absolute() for path in paths)))
        self._pending.done.connect(self._succeed)
        self._pending.failed.connect(self._fail)

    @property
    def is_going(self) -> bool:
        """Whether nothing has come of it yet."""
        return self._pending is not None

    def stop(self) -> None:
        """Give it up, without another word."""
        if self._pending is not None:
            pending, self._pending = self._pending, None
            self._client.stop(pending)

    def _succeed(self, frame: Frame) -> None:
        if self._pending is not None:
            self._pending = None
            try:
                proposal = read_proposal(frame)
            except FrameError:
                self.refused.emit(BROKE_OFF)
            else:
                self.read.emit(proposal)

    def _fail(self, sentence: str) -> None:
        if self._pending is not None and sentence != STOPPED:
            self._pending = None
            self.refused.emit(sentence)
