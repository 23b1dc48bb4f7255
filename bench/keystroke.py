"""One number committed in 表三 until totals, checks and repaint are done, in a shown window.

Each is taken back before the next, so that the table stays a township's: filled, and balanced.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.figure import Figure, seconds

if TYPE_CHECKING:
    from reportdesk.gui.grid.table_page import TablePage
    from reportdesk.session.session import Session

_LIMIT = 1.0
"""Milliseconds at the 99th percentile."""
_WARM_UP, _ROUNDS, _COMMITS = 200, 5, 600


def figures() -> list[Figure]:
    """A number that the cell's editor commits: set, compute, check, paint."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false")
    from PySide6.QtWidgets import QApplication

    from reportdesk.report.edits import set_cells

    app = QApplication.instance() or QApplication(sys.argv[:1])
    session, page = _shown_table()
    typed = [ref for ref in session.form.tables["requests"].refs() if ref not in session.form.totals]
    session.apply(set_cells(session.report, session.form, dict.fromkeys(typed, 0)))
    model = page.panes.view.model()
    chosen = random.Random(1)

    def by_model() -> float:
        index = model.index_of(chosen.choice(typed))  # type: ignore[attr-defined]
        number = str(chosen.randrange(1, 1000))

        def commit() -> None:
            model.setData(index, number)
            app.processEvents()

        taken = seconds(commit)
        session.undo()
        app.processEvents()
        return taken

    result = Figure(
        "keystroke: set, totals, checks, repaint (p99) / limit", _percentile_99(by_model), _LIMIT, 1.0, "ms"
    )
    page.close()
    return [result]


def _shown_table() -> tuple[Session, TablePage]:
    """A new report and its 表三, as large as it takes that every cell can be seen: the dearest case."""
    from PySide6.QtTest import QTest

    from reportdesk.form.load import load_form
    from reportdesk.gui.grid.table_page import TablePage
    from reportdesk.gui.look.theme import Scheme, theme_for
    from reportdesk.report.document import new_report
    from reportdesk.session.session import Session

    form = load_form("2021")
    session = Session(form, new_report(form, 2024, "常乐镇人民政府"), dt.date(2025, 1, 10))
    page = TablePage(session, form.tables["requests"], theme_for(Scheme.LIGHT))
    page.resize(860, 900)
    page.show()
    page.activateWindow()
    QTest.qWait(50)
    return session, page


def _percentile_99(work: Callable[[], float]) -> float:
    """In milliseconds: the median over some rounds, so that a burst of another process is none of ours."""
    for _ in range(_WARM_UP):
        work()
    rounds = [statistics.quantiles([work() for _ in range(_COMMITS)], n=100)[98] for _ in range(_ROUNDS)]
    return statistics.median(rounds) * 1e3
