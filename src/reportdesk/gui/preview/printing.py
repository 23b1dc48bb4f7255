"""Prints pages of a PDF: asks how, has the worker draw page after page, hands them to the printer.

What is printed are the pages' pictures at up to 300 dots an inch: paper and preview are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QMarginsF, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from reportdesk.gui.common.worker_client import STOPPED, Pending, WorkerClient
from reportdesk.worker.messages import Typeset, ask_for_pages, read_picture
from reportdesk.worker.protocol import Frame

DOTS_PER_INCH = 300
NO_PRINTER = "这台电脑没有安装打印机。可以先导出 PDF，拿到有打印机的电脑上打印。"
_NOT_STARTED = "打印没有开始：打印机没有接受。请看看打印机是否开着、接好，再试一次。"
_CUT = 0.01
"""How much of a page may fall over the paper's edge, where there is no ink."""
_BAND = 256
"""Lines of a page that are handed over at once, so that the window answers in between."""


def ask_how_to_print(parent: QWidget, page_count: int) -> QPrinter | str | None:
    """The printer as the clerk set it, None if they thought better of it, or why it cannot be."""
    if not QPrinterInfo.availablePrinterNames():
        return NO_PRINTER
    printer = new_printer()
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印年报")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintSelection, on=False)
    dialog.setMinMax(1, page_count)
    dialog.setFromTo(1, page_count)
    accepted = bool(dialog.exec())
    dialog.deleteLater()
    return printer if accepted else None


def new_printer() -> QPrinter:
    """A printer set to whole sheets of A4."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    )
    printer.setFullPage(True)
    return printer


def pages_to_print(printer: QPrinter, page_count: int) -> list[int]:
    """The pages in the order of printing, counted from 0, copies that the driver does not make included."""
    ranges = printer.pageRanges().toRangeList()
    if printer.printRange() is QPrinter.PrintRange.PageRange and ranges:
        asked = [page - 1 for part in ranges for page in range(part.from_, part.to + 1)]
        pages = [page for page in asked if 0 <= page < page_count]
    else:
        pages = list(range(page_count))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _ in range(copies)]


class PrintJob(QObject):
    """Prints once; says how far it is, and at the end in one sentence what came of it."""

    progressed: ClassVar[Signal] = Signal(str)
    ended: ClassVar[Signal] = Signal(str)

    def __init__(self, client: WorkerClient, typeset: Typeset, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._typeset = typeset
        self._printer = printer
        self._pages = pages_to_print(printer, len(typeset.sizes))
        self._dots = min(DOTS_PER_INCH, printer.resolution())
        self._done = 0
        self._painter = QPainter()
        self._pending: Pending | None = None
        self._bands: list[tuple[QRect, QImage]] = []

    def start(self) -> None:
        """Begin; to be called once."""
        if not self._pages or not self._painter.begin(self._printer):
            self._end(_NOT_STARTED)
            return
        self._ask()

    def stop(self) -> None:
        """Print no further page; ``ended`` says how far it came."""
        if self._pending is not None:
            self._client.stop(self._pending)
        elif self._painter.isActive():
            self._give_up(STOPPED)

    def _ask(self) -> None:
        page = self._pages[self._done]
        self.progressed.emit(f"正在打印第 {self._done + 1} 页，共 {len(self._pages)} 页…")
        self._pending = self._client.ask(ask_for_pages(self._typeset.content, [page], self._dots / 72))
        self._pending.part.connect(self._take)
        self._pending.done.connect(self._draw)
        self._pending.failed.connect(self._give_up)

    def _take(self, frame: Frame) -> None:
        picture = read_picture(frame)
        image = QImage(
            picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        )
        paper = self._printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
        self._bands = list(_bands(image, paper, self._printer.resolution() / self._dots))

    def _draw(self, _frame: Frame) -> None:
        self._pending = None
        if self._done and not self._printer.newPage():
            self._give_up(_NOT_STARTED)
            return
        self._draw_band()

    def _draw_band(self) -> None:
        if not self._painter.isActive():
            return  # stopped meanwhile
        if self._bands:
            place, image = self._bands.pop(0)
            self._painter.drawImage(place, image)
            QTimer.singleShot(0, self, self._draw_band)
            return
        self._done += 1
        if self._done < len(self._pages):
            self._ask()
            return
        self._painter.end()
        self._end(f"已送到打印机，共 {len(self._pages)} 页。")

    def _give_up(self, sentence: str) -> None:
        self._pending = None
        self._bands.clear()
        self._printer.abort()
        self._painter.end()
        self._end(f"{sentence}打印了 {self._done} 页，共 {len(self._pages)} 页。" if self._done else sentence)

    def _end(self, sentence: str) -> None:
        self.ended.emit(sentence)
        self.deleteLater()


def _bands(image: QImage, paper: QRect, dot: float) -> Sequence[tuple[QRect, QImage]]:
    """The image in strips, and where each stands on the paper.

    ``dot`` is how many of the printer's dots one of the image's takes: thin lines stay whole when
    nothing is stretched, so only a paper smaller than the page has it made smaller.
    """
    room = min(paper.width() / image.width(), paper.height() / image.height())
    scale = dot if room > dot * (1 - _CUT) else room
    left = max(0, round((paper.width() - image.width() * scale) / 2))
    above = max(0, round((paper.height() - image.height() * scale) / 2))
    width = round(image.width() * scale)
    bands = []
    for top in range(0, image.height(), _BAND):
        strip = image.copy(0, top, image.width(), min(_BAND, image.height() - top))
        upper, lower = round(top * scale), round((top + strip.height()) * scale)
        bands.append((QRect(left, above + upper, width, lower - upper), strip))
    return bands
