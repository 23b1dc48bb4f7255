"""How long the window's event loop is away while the preview's pages are made anew and drawn."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure import Figure

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from reportdesk.gui.preview.preview import PreviewPane
    from reportdesk.session.session import Session

_EXAMPLE = Path(__file__).parent.parent / "examples" / "changle-2024.gknb"
_LIMIT_MS = 50.0
_ROUNDS = 15
_SIZE = (1366, 728)
_GIVE_UP_S = 10.0


def figures() -> list[Figure]:
    """A preview as wide as a small screen, the example changed and set anew, round after round.

    ``ours`` are the longest absence of all rounds and the median time to the new first page.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tools.fonts import use_bundled_fonts

    use_bundled_fonts()
    absences, delays = _measure()
    return [
        Figure("preview: longest absence of the event loop / limit", max(absences), _LIMIT_MS, 1.0, "ms"),
        Figure(
            "preview: from the pause to the new pages / 500 ms", statistics.median(delays), 500.0, 1.0, "ms"
        ),
    ]


def _measure() -> tuple[list[float], list[float]]:
    """Each round's longest absence and its time until all that is seen is new, in milliseconds."""
    from PySide6.QtCore import QTimer

    from reportdesk.form.load import load_form
    from reportdesk.gui.common.application import make_application
    from reportdesk.gui.common.preferences import apply_theme
    from reportdesk.gui.common.worker_client import WorkerClient
    from reportdesk.gui.look.theme import Scheme, theme_for
    from reportdesk.gui.preview.preview import PreviewPane
    from reportdesk.session.session import Session
    from reportdesk.store.file import read_report
    from reportdesk.worker.command import worker_command

    app = make_application()
    theme = theme_for(Scheme.LIGHT)
    apply_theme(theme)
    client = WorkerClient(app, worker_command("--bundled-fonts"))
    pane = PreviewPane(client, theme)
    pane.resize(*_SIZE)
    report = read_report(_EXAMPLE).report
    session = Session(load_form(report.edition), report, dt.date(2025, 1, 9))
    pane.set_session(session)
    pane.show()
    _wait_until_current(app, pane)
    absence = _Absence()
    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(absence.beat)
    timer.start()
    rounds = [_round(app, pane, session, absence, number) for number in range(_ROUNDS)]
    client.close()
    return [longest for longest, _ in rounds], [delay for _, delay in rounds]


class _Absence:
    """The longest time between two beats of the event loop, in milliseconds."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1e3)
        self._last = now


def _round(
    app: QApplication, pane: PreviewPane, session: Session, absence: _Absence, number: int
) -> tuple[float, float]:
    """A sentence is typed, and the pages are made anew."""
    from reportdesk.report.edits import TextChange

    session.type_text(TextChange("opening", 0, "", "添一句话。"), now=float(number))
    absence.begin()
    begun = time.perf_counter()
    pane.refresh()
    _wait_until_current(app, pane)
    absence.beat()
    return absence.longest, (time.perf_counter() - begun) * 1e3


def _wait_until_current(app: QApplication, pane: PreviewPane) -> None:
    deadline = time.monotonic() + _GIVE_UP_S
    while not pane.is_current and time.monotonic() < deadline:
        app.processEvents()
