"""Pictures of findings on prose and of last year beside: words marked, 说明, 改正, 上年."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tools.dev.places import Stop
from tools.open_report import open_report, shown_view

if TYPE_CHECKING:
    from reportdesk.gui.window.main_window import MainWindow

_WRONG = "2024年，本镇按××要求公开信息10条,其中政策2条、动态9条。\n"
_NUMBERS = (0, 3, 12, 1204, 7)


def findings_and_last_year(window: MainWindow) -> Iterator[tuple[QWidget, str]]:
    """The open report with mistakes in its prose and last year's along, step by step."""
    from reportdesk.report.document import Snapshot
    from reportdesk.report.edits import TextChange, change_text

    session = open_report(window).session
    report, form = session.report, session.form
    cells = {ref: _NUMBERS[index % 5] for index, ref in enumerate(form.kind_of) if ref not in form.totals}
    report.previous[2023] = Snapshot(report.edition, {}, dict(report.prose), cells)
    session.apply(change_text(report, form, TextChange("overview.disclosure", 0, "", _WRONG)))
    window.apply_theme(window.preferences.theme)  # builds the pages anew, now with last year
    view = shown_view(window)
    view.side_panels.unfold_findings(shown=True)
    view.sections.choose("overview")
    session.check_prose()
    QTest.qWait(50)  # the pages that were built anew are laid out
    _entry(window, "TXT-3").click()
    yield window, "2-findings-3-words"
    view.side_panels.unfold_findings(
        shown=True
    )  # where the window is narrow it has given its place to the page
    _press(window, "说明…")
    yield window, "2-findings-4-reason"
    _entry(window, "TXT-10").click()
    view.side_panels.unfold_findings(shown=True)
    _press(window, "改正…")
    yield window, "2-findings-5-mend"
    view.side_panels.unfold_findings(shown=False)
    _press(window, "上年原文")
    yield window, "2-last-year-1-text"
    view.open_find(replacing=True)
    QTest.keyClicks(window.focusWidget(), "2024")
    yield window, "2-find"
    view.sections.choose("requests")
    _press(window, "上年")
    yield window, "2-last-year-2-numbers"


def _entry(window: MainWindow, code: str) -> QAbstractButton:
    """The finding's entry in the panel, as soon as the check has come to it."""
    for _ in range(100):
        for entry in shown_view(window).side_panels.findings.entries:
            if entry.finding.code == code:
                return entry
        QTest.qWait(50)
    raise Stop(f"no finding {code}")


def _press(window: MainWindow, text: str) -> None:
    QTest.qWait(50)
    buttons = (one for one in window.findChildren(QAbstractButton) if one.isVisible())
    next(one for one in buttons if one.text() == text).click()
    QTest.qWait(50)
