"""Runs the rules that read prose once the clerk pauses; what they find the session announces."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from reportdesk.session.session import Announcement, Session

PAUSE_MS = 700
"""After the last edit, and after a report was shown: loading the rules takes a while."""

_FRAME = 0.016
_LONG_PAUSE_MS = 2_500
"""Where a run of long prose takes longer than a frame, it waits for a longer pause."""


class PauseCheck(QObject):
    """Checks one session's prose while it exists."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._checked: int | None = None
        self._took = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._check_on_pause)
        unsubscribe = session.subscribe(self._hear)
        self.destroyed.connect(unsubscribe)
        self._pause.start(PAUSE_MS)

    def check_now(self) -> None:
        """Run the rules and have all told, as when the clerk asks for the findings."""
        self._pause.stop()
        self._checked = self._session.revision
        self._session.check_prose()

    def _check_on_pause(self) -> None:
        """Run the rules unless nothing has changed since they ran."""
        if self._checked == self._session.revision:
            return
        first = self._checked is None
        self._checked = self._session.revision
        begun = time.perf_counter()
        self._session.check_prose(while_writing=True)
        if not first:  # the first run loads the rules
            self._took = time.perf_counter() - begun

    def _hear(self, _told: Announcement) -> None:
        if self._checked != self._session.revision:
            self._pause.start(_LONG_PAUSE_MS if self._took > _FRAME else PAUSE_MS)
