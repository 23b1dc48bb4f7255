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

from bench.figure import Figure, seconds

_LIMIT = 1.0
"""Milliseconds at the 99th percentile."""
_WARM_UP, _ROUNDS, _COMMITS = 200, 5, 600


def figures() -> list[Figure]:
    """A number that the cell's editor commits: set, compute, check, paint."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from reportdesk.form.load import load_form
    from reportdesk.gui.table_page import TablePage
    from reportdesk.gui.theme import Scheme, theme_for
    from reportdesk.report.document import new_report
    from reportdesk.report.edits import set_cells
    from reportdesk.session.session import Session

    app = QApplication.instance() or QApplication(sys.argv[:1])
    form = load_form("2021")
    table = form.tables["requests"]
    typed = [ref for ref in table.refs() if ref not in form.totals]
    session = Session(form, new_report(form, 2024, "常乐镇人民政府"), dt.date(2025, 1, 10))
    session.apply(set_cells(session.report, form, dict.fromkeys(typed, 0)))
    page = TablePage(session, table, theme_for(Scheme.LIGHT))
    page.resize(860, 900)  # every cell can be seen: the dearest case
    page.show()
    page.activateWindow()
    QTest.qWait(50)
    model = page.panes.view.model()
    chosen = random.Random(1)

    def take_back() -> None:
        session.undo()
        app.processEvents()

    def by_model() -> float:
        index = model.index_of(chosen.choice(typed))  # type: ignore[attr-defined]
        number = str(chosen.randrange(1, 1000))

        def commit() -> None:
            model.setData(index, number)
            app.processEvents()

        taken = seconds(commit)
        take_back()
        return taken

    result = Figure(
        "keystroke: set, totals, checks, repaint (p99) / limit", _percentile_99(by_model), _LIMIT, 1.0, "ms"
    )
    page.close()
    return [result]


def _percentile_99(work: Callable[[], float]) -> float:
    """In milliseconds: the median over some rounds, so that a burst of another process is none of ours."""
    for _ in range(_WARM_UP):
        work()
    rounds = [statistics.quantiles([work() for _ in range(_COMMITS)], n=100)[98] for _ in range(_ROUNDS)]
    return statistics.median(rounds) * 1e3
