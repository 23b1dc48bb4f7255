"""What the window shows of handing in: the page before, with a scan, at work, and the result."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tools.dev.places import Stop
from tools.open_report import open_report

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.window.main_window import MainWindow

_PATIENCE_SECONDS = 60


def handing_in(window: MainWindow) -> Iterator[tuple[QWidget, str]]:
    """The window in each of these states, one after another, with a name for its picture."""
    from PySide6.QtWidgets import QApplication

    window.commands.submit()
    page = window.commands.submitter.page
    if page is None:
        raise Stop(window.status_line.message)
    yield window, "6-submission-1-plan"
    scan = open_report(window).path.with_name("盖章扫描件.pdf")
    scan.write_bytes(b"%PDF-1.4")
    page.add_scan(scan)
    page.show_progress(2, 6, "审核单")
    yield window, "6-submission-2-working"
    page.show_trouble("磁盘已满。请清出空间，或另存到别的磁盘。")
    yield window, "6-submission-3-trouble"
    page.make.click()
    until = time.monotonic() + _PATIENCE_SECONDS
    while page.result is None:
        QApplication.processEvents()
        if time.monotonic() > until:
            raise Stop("nothing was handed in in time")
    yield window, "6-submission-4-result"
    window.commands.submitter.leave()
