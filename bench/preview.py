"""How long the window's event loop is away while the preview's pages are made anew and drawn."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from pathlib import Path

from bench.figure import Figure

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
    from PySide6.QtCore import QElapsedTimer, QTimer

    from reportdesk.form.load import load_form
    from reportdesk.gui.app import make_application
    from reportdesk.gui.preferences import dress
    from reportdesk.gui.preview import PreviewPane
    from reportdesk.gui.theme import Scheme, theme_for
    from reportdesk.gui.worker_client import WorkerClient, worker_command
    from reportdesk.report.edits import TextChange
    from reportdesk.session.session import Session
    from reportdesk.store.file import read_report

    app = make_application()
    theme = theme_for(Scheme.LIGHT)
    dress(theme)
    client = WorkerClient(app, worker_command("--bundled-fonts"))
    pane = PreviewPane(client, theme)
    pane.resize(*_SIZE)
    report = read_report(_EXAMPLE).report
    session = Session(load_form(report.edition), report, dt.date(2025, 1, 9))
    pane.bring_in(session)
    pane.show()

    since = QElapsedTimer()
    longest = 0.0

    def beat() -> None:
        nonlocal longest
        longest = max(longest, since.nsecsElapsed() / 1e6)
        since.start()

    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(beat)
    absences, delays = [], []

    def wait_until_current() -> None:
        deadline = time.monotonic() + _GIVE_UP_S
        while not pane.is_current and time.monotonic() < deadline:
            app.processEvents()

    wait_until_current()
    timer.start()
    for number in range(_ROUNDS):
        session.type_text(TextChange("opening", 0, "", "添一句话。"), now=float(number))
        longest = 0.0
        since.start()
        begun = time.perf_counter()
        pane.refresh()
        wait_until_current()
        beat()
        delays.append((time.perf_counter() - begun) * 1e3)
        absences.append(longest)
    client.close()
    return absences, delays


if __name__ == "__main__":
    for figure in figures():
        print(figure)
