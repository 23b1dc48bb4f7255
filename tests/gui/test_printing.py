"""What is printed are the preview's pages, all or those that were asked for."""

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form
from reportdesk.gui.common.worker_client import STOPPED, WorkerClient
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.preview import preview
from reportdesk.gui.preview.preview import PreviewPane
from reportdesk.gui.preview.printing import NO_PRINTER, PrintJob, new_printer, pages_to_print
from reportdesk.report.edits import replace_text
from reportdesk.session.session import Session
from reportdesk.store.file import read_report

EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"


def into(path: Path) -> QPrinter:
    """A printer that writes a PDF, coarse, to be quick."""
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


@pytest.fixture
def pane(qtbot: QtBot, client: WorkerClient) -> PreviewPane:
    report = read_report(EXAMPLE).report
    pane = PreviewPane(client, theme_for(Scheme.LIGHT))
    qtbot.addWidget(pane)
    pane.set_session(Session(load_form(report.edition), report, dt.date(2025, 1, 9)))
    pane.show()
    qtbot.waitUntil(lambda: pane.is_current and pane.desk.page_count > 0, timeout=20_000)
    return pane


def job(pane: PreviewPane, printer: QPrinter) -> PrintJob:
    assert pane._typeset is not None
    return PrintJob(pane._client, pane._typeset, printer, pane)


def test_the_asked_pages_are_printed_as_they_are_seen(
    qtbot: QtBot, pane: PreviewPane, tmp_path: Path
) -> None:
    printer = into(tmp_path / "printed.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(3, 4)
    printing = job(pane, printer)
    with qtbot.waitSignal(printing.ended, timeout=30_000) as ended:
        pane.start_printing(printing)
        assert pane.message.sentence == "正在打印第 1 页，共 2 页…"
    assert ended.args == ["已送到打印机，共 2 页。"]
    assert pane._typeset is not None
    document = pypdfium2.PdfDocument(pane._typeset.content)
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == 2
    assert [round(length) for length in printed[0].get_size()] == [595, 842]
    assert share_found(document[2], printed[0]) > 0.97
    assert share_found(document[2], printed[1]) < 0.7


def share_found(wanted: pypdfium2.PdfPage, printed: pypdfium2.PdfPage) -> float:
    """Which share of a page's black pixels is black in print, a pixel more or less to a side."""
    black = []
    for page, darker in ((wanted, 60), (printed, 160)):
        bitmap = page.render(scale=150 / 72, grayscale=True)
        rows = (
            bytes(bitmap.buffer[start : start + bitmap.width])
            for start in range(0, len(bitmap.buffer), bitmap.stride)
        )
        black.append({(x, y) for y, row in enumerate(rows) for x, light in enumerate(row) if light < darker})
    near = {(x + dx, y + dy) for x, y in black[1] for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    return len(black[0] & near) / len(black[0])


def test_printing_is_stopped_and_says_how_far_it_came(
    qtbot: QtBot, pane: PreviewPane, tmp_path: Path
) -> None:
    printing = job(pane, into(tmp_path / "printed.pdf"))
    printing.progressed.connect(
        lambda sentence: pane.message.stopped.emit() if "第 2 页" in sentence else None
    )
    with qtbot.waitSignal(printing.ended, timeout=30_000) as ended:
        pane.start_printing(printing)
    assert ended.args == [f"{STOPPED}打印了 1 页，共 6 页。"]
    assert pane._print.isEnabled()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_a_sentence(qtbot: QtBot, pane: PreviewPane, tmp_path: Path) -> None:
    printing = job(pane, into(tmp_path / "no such folder" / "printed.pdf"))
    with qtbot.waitSignal(printing.ended, timeout=30_000) as ended:
        pane.start_printing(printing)
    assert ended.args is not None
    assert ended.args[0].startswith("打印没有开始")


def test_without_a_printer_a_sentence_says_what_to_do(
    pane: PreviewPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    pane.print_pages()
    assert pane.message.sentence == NO_PRINTER
    assert pane.message.isVisible()


@pytest.mark.usefixtures("qapp")
def test_ranges_copies_and_order(tmp_path: Path) -> None:
    printer = into(tmp_path / "printed.pdf")
    assert pages_to_print(printer, 3) == [0, 1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert pages_to_print(printer, 3) == [2, 1, 0]
    printer.setPageOrder(QPrinter.PageOrder.FirstPageFirst)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("1,3-9"))
    assert pages_to_print(printer, 4) == [0, 2, 3]
    if not printer.supportsMultipleCopies():
        printer.setCopyCount(2)
        printer.setCollateCopies(True)
        assert pages_to_print(printer, 4) == [0, 2, 3, 0, 2, 3]
        printer.setCollateCopies(False)
        assert pages_to_print(printer, 4) == [0, 0, 2, 2, 3, 3]


def test_printing_asked_for_before_the_first_pages_waits_for_them(
    qtbot: QtBot, client: WorkerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(preview, "ask_how_to_print", lambda _parent, count: asked.append(count))
    report = read_report(EXAMPLE).report
    pane = PreviewPane(client, theme_for(Scheme.LIGHT))
    qtbot.addWidget(pane)
    pane.set_session(Session(load_form(report.edition), report, dt.date(2025, 1, 9)))
    pane.show()
    pane.print_pages()
    assert pane.message.sentence == "页面正在排版，排好后会打开打印窗口。"
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    assert asked == [pane.desk.page_count]
    assert not pane.message.isVisible()


def test_what_is_printed_is_the_report_as_it_is(
    qtbot: QtBot, pane: PreviewPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(preview, "ask_how_to_print", lambda _parent, count: asked.append(count))
    assert pane._session is not None
    session = pane._session
    session.apply(replace_text(session.report, session.form, "other_matters.text", "没有。\n" * 60, "改"))
    pane.print_pages()
    assert asked == []
    before = pane.desk.page_count
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    assert asked == [pane.desk.page_count]
    assert asked[0] > before
