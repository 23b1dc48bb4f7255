"""Has the rules that know the language's words run in the second process once the clerk pauses.

The words and the model are loaded there, at the first pause; the window never loads them. What is found
counts only if nobody changed the report meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reportdesk.session.session import Announcement, Session

if TYPE_CHECKING:
    from reportdesk.gui.worker_client import Pending, WorkerClient
    from reportdesk.worker.protocol import Frame

PAUSE_MS = 900
"""After the last edit, and after a report was shown: behind the rules that run in the window."""


class WordCheck(QObject):
    """Checks one session's words while it exists. ``client`` gives who asks the second process."""

    def __init__(self, session: Session, client: Callable[[], WorkerClient], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._client = client
        self._checked: int | None = None
        self._asked: int | None = None
        """The revision that the second process is reading."""
        self._waiting: list[Callable[[], object]] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.check)
        unsubscribe = session.subscribe(self._hear)
        self.destroyed.connect(unsubscribe)
        self._pause.start(PAUSE_MS)

    def check_whole(self, then: Callable[[], object]) -> None:
        """Check at once; ``then`` follows once that is done, or cannot be."""
        if not self._is_due:
            then()
        else:
            self._waiting.append(then)
            self.check()

    def want(self, *, wanted: bool) -> None:
        """Check from now on, or leave these rules out."""
        self._checked = None
        self._session.want_words(wanted=wanted)
        self._pause.start(PAUSE_MS)

    def let_go(self) -> None:
        """Forget who waits, since the report is left."""
        self._pause.stop()
        self._waiting.clear()

    @property
    def _is_due(self) -> bool:
        return self._session.wants_words and self._checked != self._session.revision

    def check(self) -> None:
        """Ask, unless nothing has changed since or the answer is awaited."""
        self._pause.stop()
        session = self._session
        if self._asked is not None or not self._is_due:
            return
        from reportdesk.checks.engine import Pace
        from reportdesk.report.codec import encode
        from reportdesk.worker.checking import ask_to_check

        self._asked = session.revision
        asked = ask_to_check(encode(session.report), session.today, pace=Pace.APART)
        pending: Pending = self._client().ask(asked)
        pending.done.connect(self._take)
        pending.failed.connect(self._do_without)

    def _take(self, frame: Frame) -> None:
        from reportdesk.worker.checking import read_findings

        asked, self._asked = self._asked, None
        if not self._session.wants_words:
            self._go_on()
        elif asked != self._session.revision:
            if self._waiting:
                self.check()
            else:
                self._pause.start(PAUSE_MS)
        else:
            self._checked = asked
            self._session.take_words(read_findings(frame))
            self._go_on()

    def _do_without(self, _sentence: str) -> None:
        self._asked = None
        if self._session.wants_words:
            self._session.miss_words()
        self._go_on()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _hear(self, _told: Announcement) -> None:
        if self._is_due:
            self._pause.start(PAUSE_MS)
