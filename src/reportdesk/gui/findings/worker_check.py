"""What the checks of an open report share that the second process makes: when, for whom, and whether an answer counts.

What is found counts only if nobody changed the report meanwhile; else it is asked anew where somebody waits, or at
the next pause. Which rules are run, and what becomes of what they find, is each check's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reportdesk.gui.common.announcements import listen
from reportdesk.session.session import Announcement, Session

if TYPE_CHECKING:
    from reportdesk.gui.common.worker_client import Pending, WorkerClient
    from reportdesk.worker.protocol import Frame


class WorkerCheck(QObject):
    """Checks one session while it exists. ``client`` gives who asks the second process."""

    def __init__(
        self, session: Session, client: Callable[[], WorkerClient], parent: QObject, pause_ms: int
    ) -> None:
        """``pause_ms`` is how long nothing is changed before the rules run."""
        super().__init__(parent)
        self._session = session
        self._client = client
        self._pause_ms = pause_ms
        self._checked: int | None = None
        """The revision that the rules ran over."""
        self._asked: object = None
        """The content that the second process is reading, None if it is not."""
        self._waiting: list[Callable[[], object]] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._check_on_pause)
        listen(session, self, self._on_change)
        self._pause.start(pause_ms)

    def detach(self) -> None:
        """Forget who waits, since the report is left."""
        self._pause.stop()
        self._waiting.clear()

    # -- each check's own

    @property
    def _is_due(self) -> bool:
        """Whether the rules are wanted and have not run over the report as it is."""
        raise NotImplementedError

    @property
    def _is_wanted(self) -> bool:
        """Whether an answer that comes now is of use."""
        return True

    @property
    def _content(self) -> object:
        """What tells the report, and what it is compared with, from what they were before."""
        return self._session.revision

    @property
    def _next_pause_ms(self) -> int:
        """How long the next pause has to be."""
        return self._pause_ms

    def _check_on_pause(self) -> None:
        raise NotImplementedError

    def _frame(self) -> Frame:
        """What the second process is asked."""
        raise NotImplementedError

    def _accept(self, frame: Frame) -> None:
        """Tell the session what was found in the report as it is."""
        raise NotImplementedError

    def _do_without(self) -> None:
        """The second process could not do it."""
        raise NotImplementedError

    # -- asking

    def _ask(self) -> None:
        """Ask, unless an answer is awaited: that one is taken, or asked anew if it is of an older report."""
        if self._asked is not None:
            return
        self._asked = self._content
        pending: Pending = self._client().ask(self._frame())
        pending.done.connect(self._take)
        pending.failed.connect(self._fail)

    def _take(self, frame: Frame) -> None:
        asked, self._asked = self._asked, None
        if not self._is_wanted:
            self._go_on()
        elif asked == self._content:
            self._checked = self._session.revision
            self._accept(frame)
            self._go_on()
        elif self._waiting:
            self._ask()
        else:
            self._pause.start(self._pause_ms)

    def _fail(self, _sentence: str) -> None:
        self._asked = None
        self._do_without()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _on_change(self, _told: Announcement) -> None:
        if self._is_due:
            self._pause.start(self._next_pause_ms)
