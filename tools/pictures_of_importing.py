"""What 导入 shows: a Word file that came back changed, an older one, and one that cannot be read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from tools.dev.places import Stop
from tools.open_report import open_report

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.intake.import_page import ImportDialog
    from reportdesk.gui.window.main_window import MainWindow
    from reportdesk.report.document import Report

_PATIENCE_SECONDS = 60


def importing(window: MainWindow, folder: Path) -> Iterator[tuple[QWidget, str]]:
    """The dialog in each of its states, one after another, with a name for its picture."""
    from PySide6.QtWidgets import QApplication

    session = open_report(window).session
    QApplication.processEvents()
    scan = folder / "扫描件.docx"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    refused = _shown(window, scan)
    yield refused, "6-import-0-refused"
    refused.reject()
    dialog = _shown(window, _word(_changed(session.report), folder / "修改稿"))
    yield dialog, "6-import-1-found"
    dialog.go.click()
    yield dialog, "6-import-2-compared"
    dialog.go.click()
    yield window, "6-import-3-taken-in"
    window.commands.undo()


def _shown(window: MainWindow, path: Path) -> ImportDialog:
    from PySide6.QtWidgets import QApplication

    dialog = window.importing.show(path)
    until = time.monotonic() + _PATIENCE_SECONDS
    while dialog is not None and dialog.is_reading and time.monotonic() < until:
        QApplication.processEvents()
    if dialog is None or dialog.is_reading:
        raise Stop(f"{path.name} was not read in time")
    return dialog


def _word(report: Report, folder: Path) -> Path:
    from reportdesk.exports.formats import Format
    from reportdesk.form.load import load_form
    from reportdesk.outgoing.export_files import publish

    (written,) = publish(load_form(report.edition), report, folder, [Format.DOCX])
    return written.path


def _changed(report: Report) -> Report:
    """As a leader changes it: numbers, words, a sentence more and one less."""
    from reportdesk.form.spec import CellRef

    other = deepcopy(report)
    other.cells[CellRef("requests", "new", "person")] = 4
    other.cells[CellRef("requests", "granted", "person")] = 3
    other.cells.pop(next(ref for ref in other.cells if ref.table == "disputes"))
    for part, text in list(other.prose.items())[1:5]:
        first, stop, rest = text.partition("。")
        other.prose[part] = (
            f"{first.replace('积极', '扎实').replace('加强', '持续加强')}{stop}全年未发生舆情事件。{rest}"
        )
    return other
