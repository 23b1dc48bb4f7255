"""Runs the rules that read prose once the clerk pauses; what they find the session announces.

Long prose, and prose that is compared with other reports, is read in the second process.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reportdesk.gui.findings.worker_check import WorkerCheck
from reportdesk.session.session import CheckState, Session

if TYPE_CHECKING:
    from reportdesk.gui.common.worker_client import WorkerClient
    from reportdesk.worker.protocol import Frame

PAUSE_MS = 700
"""After the last edit, and after a report was shown: loading the rules takes a while."""

_LOAD_AFTER_MS, _BETWEEN_LOADS_MS = 250, 10
"""When the rules begin to be loaded, so that they are there at the first pause, and between the steps."""

_FRAME = 0.016
_LONG_PAUSE_MS = 2_500
"""Where a run takes longer than a frame, it waits for a longer pause."""

LONG_PROSE = 3_000
"""Characters of all parts that are read within a frame or two; more is read in the second process."""


class PauseCheck(WorkerCheck):
    """Checks one session's prose while it exists."""

    def __init__(self, session: Session, client: Callable[[], WorkerClient], parent: QObject) -> None:
        super().__init__(session, client, parent, PAUSE_MS)
        self._took = 0.0
        self._loading: Iterator[None] | None = None
        QTimer.singleShot(_LOAD_AFTER_MS, self, self._load_rules)

    def _load_rules(self) -> None:
        """Load the rules in steps before they are asked for: all at once they hold up a key."""
        from reportdesk.checks.engine import Trigger, load_rules_by_and_by

        if self._loading is None:
            self._loading = load_rules_by_and_by(Trigger.ON_IDLE)
        if next(self._loading, self) is not self:
            QTimer.singleShot(_BETWEEN_LOADS_MS, self, self._load_rules)

    def check_whole(self, then: Callable[[], object]) -> None:
        """Run the rules and have all told, what lacks as well; ``then`` follows once that is done."""
        self._pause.stop()
        if self._is_for_the_second_process:
            self._waiting.append(then)
            self._ask()
        else:
            self._check_here()
            then()

    @property
    def _is_due(self) -> bool:
        """Whether the report, or what it is compared with, is another than the rules ran over."""
        return self._checked != self._session.revision or self._session.prose_state is CheckState.PENDING

    @property
    def _is_for_the_second_process(self) -> bool:
        """Whether it takes longer than a frame: the prose is long, or other files are to be read."""
        if self._session.other_reports:
            return True
        return sum(map(len, self._session.report.prose.values())) > LONG_PROSE

    def _check_on_pause(self) -> None:
        """Run the rules unless nothing has changed since they ran."""
        if not self._is_due:
            return
        if self._is_for_the_second_process:
            self._ask()
            return
        first = self._checked is None
        self._checked = self._session.revision
        begun = time.perf_counter()
        self._session.check_prose(while_writing=True)
        if not first:  # the first run loads the rules
            self._took = time.perf_counter() - begun

    def _check_here(self) -> None:
        from reportdesk.store.others import read_others

        self._checked = self._session.revision
        self._session.check_prose(others=read_others(self._session.other_reports))

    # -- in the second process

    @property
    def _content(self) -> object:
        return self._session.revision, self._session.other_reports

    @property
    def _next_pause_ms(self) -> int:
        return _LONG_PAUSE_MS if self._took > _FRAME else PAUSE_MS

    def _frame(self) -> Frame:
        from reportdesk.report.file.codec import encode
        from reportdesk.worker.checking import ask_to_check

        session = self._session
        return ask_to_check(encode(session.report), session.today, session.other_reports)

    def _accept(self, frame: Frame) -> None:
        from reportdesk.worker.checking import read_findings, read_unread

        self._session.take_checked(
            read_findings(frame), while_writing=not self._waiting, unread=read_unread(frame)
        )

    def _do_without(self) -> None:
        """Read here what the second process could not, if somebody waits for it; else say that it was not read."""
        if self._waiting:
            self._check_here()
            self._go_on()
        else:
            self._session.miss_prose_check()
