"""Runs the rules that read prose once the clerk pauses; what they find the session announces.

Long prose is read beside the event loop, from a copy; what is found there counts only if nobody
changed the report meanwhile.
"""

from __future__ import annotations

import time
from dataclasses import replace
from threading import Thread

from PySide6.QtCore import QObject, QTimer

from reportdesk.checks.engine import Finding, Pace, Subject, registered, run_checks
from reportdesk.session.session import Announcement, Session

PAUSE_MS = 700
"""After the last edit, and after a report was shown: loading the rules takes a while."""

_FRAME = 0.016
_LONG_PAUSE_MS = 2_500
"""Where a run of long prose takes longer than a frame, it waits for a longer pause."""

LONG_PROSE = 3_000
"""Characters of all parts that are read within a frame or two; more is read beside the event loop."""

_LOOK_MS = 30


class PauseCheck(QObject):
    """Checks one session's prose while it exists."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._checked: int | None = None
        self._took = 0.0
        self._reading: _Reading | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._check_on_pause)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._take)
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
        if self._checked == self._session.revision or self._reading is not None:
            return
        first = self._checked is None
        if sum(map(len, self._session.report.prose.values())) > LONG_PROSE:
            registered()  # loaded here: rules may not be added while an edit runs those that there are
            self._reading = _Reading(self._session)
            self._look.start()
            return
        self._checked = self._session.revision
        begun = time.perf_counter()
        self._session.check_prose(while_writing=True)
        if not first:  # the first run loads the rules
            self._took = time.perf_counter() - begun

    def _take(self) -> None:
        """Take what was read, or have it read anew where the report is another one by now."""
        reading = self._reading
        if reading is None or reading.goes_on:
            return
        self._look.stop()
        self._reading = None
        if reading.revision != self._session.revision:
            self._pause.start(PAUSE_MS)
            return
        self._checked = reading.revision
        if reading.found is not None:
            self._session.take_checked(reading.found)

    def _hear(self, _told: Announcement) -> None:
        if self._checked != self._session.revision:
            self._pause.start(_LONG_PAUSE_MS if self._took > _FRAME else PAUSE_MS)


class _Reading:
    """One run of the rules over a copy of the report; ``found`` stays None if it came to nothing."""

    def __init__(self, session: Session) -> None:
        self.revision = session.revision
        self.found: list[Finding] | None = None
        self._thread = Thread(target=self._read, args=(_copied(session.subject()),), daemon=True)
        self._thread.start()

    @property
    def goes_on(self) -> bool:
        return self._thread.is_alive()

    def _read(self, subject: Subject) -> None:
        self.found = run_checks(subject, (Pace.ON_PAUSE,))


def _copied(subject: Subject) -> Subject:
    """The subject with a report that no edit changes while it is read."""
    report = subject.report
    copied = replace(
        report,
        facts=dict(report.facts),
        headings=dict(report.headings),
        prose=dict(report.prose),
        cells=dict(report.cells),
        unverified=dict(report.unverified),
        reported=dict(report.reported),
        finished=dict(report.finished),
        explanations=dict(report.explanations),
    )
    return replace(subject, report=copied)
