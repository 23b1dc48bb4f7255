"""Has the rules that know the language's words run in the second process once the clerk pauses.

The words and the model are loaded there, at the first pause; the window never loads them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reportdesk.gui.findings.worker_check import WorkerCheck
from reportdesk.session.session import Session

if TYPE_CHECKING:
    from reportdesk.gui.common.worker_client import WorkerClient
    from reportdesk.worker.protocol import Frame

PAUSE_MS = 900
"""After the last edit, and after a report was shown: behind the rules that run in the window."""


class WordCheck(WorkerCheck):
    """Checks one session's words while it exists."""

    def __init__(self, session: Session, client: Callable[[], WorkerClient], parent: QObject) -> None:
        super().__init__(session, client, parent, PAUSE_MS)

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

    def check(self) -> None:
        """Ask, unless nothing has changed since or the answer is awaited."""
        self._pause.stop()
        if self._is_due:
            self._ask()

    def _check_on_pause(self) -> None:
        self.check()

    @property
    def _is_due(self) -> bool:
        return self._is_wanted and self._checked != self._session.revision

    @property
    def _is_wanted(self) -> bool:
        return self._session.wants_words

    def _frame(self) -> Frame:
        from reportdesk.checks.engine import Trigger
        from reportdesk.report.file.codec import encode
        from reportdesk.worker.checking import ask_to_check

        return ask_to_check(encode(self._session.report), self._session.today, trigger=Trigger.APART)

    def _accept(self, frame: Frame) -> None:
        from reportdesk.worker.checking import read_findings

        self._session.take_words(read_findings(frame))

    def _do_without(self) -> None:
        if self._session.wants_words:
            self._session.miss_words()
        self._go_on()
