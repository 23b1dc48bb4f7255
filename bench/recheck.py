"""A full arithmetic re-check of a full report against the limit that a keystroke allows it."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Mapping

from bench.figure import Figure, seconds
from reportdesk.checks.engine import CheckContext, Trigger, run_checks
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Value, new_report
from reportdesk.report.totals import compute_totals

_LIMIT = 0.1
"""Milliseconds."""
_RUNS = 2000
_RESULTS = 21


def figures() -> list[Figure]:
    """Totals, balances and the rules that run with a keystroke: all well, and one number wrong."""
    form = load_form("2021")
    ones: dict[CellRef, Value] = {ref: 1 for ref in form.kind_of if ref not in form.totals}
    new = [ref for ref in ones if (ref.table, ref.row) == ("requests", "new")]
    balanced = {**ones, **dict.fromkeys(new, _RESULTS)}
    return [
        _figure("recheck: every cell filled, all balanced", balanced),
        _figure("recheck: every cell filled, one column at odds", {**balanced, new[0]: 2}),
    ]


def _figure(name: str, cells: Mapping[CellRef, Value]) -> Figure:
    form = load_form("2021")
    relations = relate(form)
    report = new_report(form, 2024, "常乐镇人民政府")
    report.cells.update(cells)
    today = dt.date(2025, 1, 9)

    def recheck() -> None:
        totals, balances = compute_totals(relations, report.cells)
        run_checks(CheckContext(form, relations, report, totals, balances, today), (Trigger.IMMEDIATE,))

    for _ in range(_RUNS // 10):
        recheck()
    median = statistics.median(seconds(recheck) for _ in range(_RUNS))
    return Figure(name, median * 1e3, _LIMIT, 1.0, "ms")
