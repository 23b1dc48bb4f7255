"""The preview: the very pages of the PDF, made anew when the clerk pauses; printed from here.

To be given a client of the worker and told which session is open; it hears of changes by
itself, and works only while it is to be seen. A click on a page says what stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reportdesk.gui.common.worker_client import WorkerClient
from reportdesk.gui.look.controls import Button, PlainLabel, ground, ink, set_tip
from reportdesk.gui.look.icons import Icon, icon
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.gui.preview.layout import Fit, Zoom
from reportdesk.gui.preview.page_area import PreviewDesk
from reportdesk.gui.preview.printing import PrintJob, ask_how_to_print
from reportdesk.report.file.codec import encode
from reportdesk.session.session import Announcement, Session
from reportdesk.worker.messages import Typeset, ask_for_pages, ask_for_pdf, read_picture, read_typeset
from reportdesk.worker.protocol import Frame

PAUSE_MS = 600
"""How long nothing may change before the pages are made anew."""

_FACTORS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_SHOWN_MISSING = 8
_NOTICED = 2
"""Errors that the notice over the pages tells; the panel of findings lists them all."""
_PRINT_AWAITS = "页面正在排版，排好后会打开打印窗口。"
_AT_ONCE = 2
"""Pages to a request, so that scrolling on is not kept waiting by pages that are gone."""


class PreviewPane(QWidget):
    """Shows a report's pages, at any time those of the last pause."""

    section_clicked: ClassVar[Signal] = Signal(str)
    """The id of the part, table or section that was clicked; "title" and "closing" are neither."""

    def __init__(self, client: WorkerClient, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._theme = theme
        self._session: Session | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._shown_revision: int | None = None
        self._typeset: Typeset | None = None
        self._setting: tuple[Session, int] | None = None
        self._drawing: tuple[Typeset, float] | None = None
        self._sought = ""
        self._job: PrintJob | None = None
        self._print_awaits_pages = False
        self.desk = PreviewDesk(theme)
        self.desk.lacking.connect(self._ask_for_pictures)
        self.desk.clicked.connect(self._tell_click)
        self.desk.page_changed.connect(self._show_page_number)
        self.desk.zoomed.connect(self._show_zoom)
        self.message = _MessageLine(theme)
        self.message.stopped.connect(self._stop_printing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._tools())
        column.addWidget(self._make_notice())
        column.addWidget(self.message)
        column.addWidget(self.desk, 1)
        self.setFocusProxy(self.desk)
        QWidget.setTabOrder(self.desk, self._less)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._show_page_number()
        self._show_zoom()

    # -- what is shown

    def set_session(self, session: Session | None) -> None:
        """Show that report from now on, or none."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._session = session
        self._shown_revision = None
        self._typeset = None
        self._print_awaits_pages = False
        self._stop_printing()
        self.desk.show_pages(())
        self.message.show_sentence("")
        if session is not None:
            self._unsubscribe = session.subscribe(self._on_change)
            if self.isVisible():
                self.refresh()

    def refresh(self) -> None:
        """Make the pages anew now, if anything changed since; while they are made, after that."""
        self._pause.stop()
        self._show_notice()
        session = self._session
        if session is None or session.revision == self._shown_revision or self._setting is not None:
            return
        self._setting = (session, session.revision)
        asked = self._client.ask(ask_for_pdf(encode(session.report), mark_missing=True))
        asked.done.connect(self._take_pdf)
        asked.failed.connect(self._give_up_pdf)

    @property
    def is_current(self) -> bool:
        """Whether all that is seen shows the report as it is."""
        made = self._session is not None and self._session.revision == self._shown_revision
        return made and self._drawing is None and not self.desk.wanted()

    def go_to_section(self, wanted: str) -> None:
        """Scroll to the part, table or section of that id, as soon as the pages are there."""
        self._sought = wanted
        if self._typeset is None:
            return
        self._sought = ""
        for spot in self._typeset.spots:
            if wanted in (spot.holder, spot.section) and wanted:
                self.desk.show_place(spot.page, spot.top)
                return

    def _on_change(self, _told: Announcement) -> None:
        if self.isVisible():
            self._pause.start()

    def _take_pdf(self, frame: Frame) -> None:
        assert self._setting is not None  # noqa: S101 - answers come to what was asked
        session, revision = self._setting
        self._setting = None
        if session is self._session:
            self._shown_revision = revision
            self._show_typeset(read_typeset(frame))
            if self._print_awaits_pages:
                self._print_awaits_pages = False
                QTimer.singleShot(0, self, self.print_pages)  # a dialog must not hold up what follows
        if not self._pause.isActive() and self.isVisible():
            self.refresh()

    def _show_typeset(self, typeset: Typeset) -> None:
        if self._typeset is None or typeset.content != self._typeset.content:
            self._typeset = typeset
            self.desk.show_pages(typeset.sizes)
        if self._job is None:
            self._print.setEnabled(True)
            self.message.show_trouble(_missing_sentence(typeset.missing))
        if self._sought:
            self.go_to_section(self._sought)

    def _give_up_pdf(self, sentence: str) -> None:
        """Leave the old pages; the next change tries again."""
        self._setting = None
        self._print_awaits_pages = False
        self.message.show_trouble(sentence)

    def _ask_for_pictures(self) -> None:
        """Have lacking pages drawn, one request at a time: what is lacking then is asked anew."""
        typeset, wanted = self._typeset, self.desk.wanted()
        if typeset is None or not wanted or self._drawing is not None:
            return
        self._drawing = typeset, self.desk.picture_scale
        asked = self._client.ask(ask_for_pages(typeset.content, wanted[:_AT_ONCE], self._drawing[1]))
        asked.part.connect(self._take_picture)
        asked.done.connect(self._go_on_drawing)
        asked.failed.connect(self._give_up_drawing)

    def _take_picture(self, frame: Frame) -> None:
        if self._drawing is not None and self._drawing[0] is self._typeset:
            self.desk.show_picture(read_picture(frame), self._drawing[1])

    def _go_on_drawing(self, _frame: Frame) -> None:
        self._drawing = None
        self._ask_for_pictures()

    def _give_up_drawing(self, sentence: str) -> None:
        self._drawing = None
        self.message.show_trouble(sentence)

    def _tell_click(self, page: int, top: float) -> None:
        if self._typeset is None:
            return
        above = [spot for spot in self._typeset.spots if (spot.page, spot.top) <= (page, top)]
        if above:
            self.section_clicked.emit(above[-1].holder or above[-1].section)

    # -- printing

    def print_pages(self) -> None:
        """Ask for printer and pages and print them; a second call meanwhile does nothing.

        Pages that are still being made, be they the first or those of the last edits, are waited for.
        """
        if self._job is not None or self._session is None:
            return
        if self._typeset is None or self._session.revision != self._shown_revision:
            self._print_awaits_pages = True
            self.message.show_sentence(_PRINT_AWAITS)
            self.refresh()
            return
        answer = ask_how_to_print(self, self.desk.page_count)
        if isinstance(answer, str):
            self.message.show_trouble(answer)
            return
        if answer is not None:
            answer.setDocName(self._session.form.report_name)
            self.start_printing(PrintJob(self._client, self._typeset, answer, self))

    def start_printing(self, job: PrintJob) -> None:
        """Print, and say how far that is."""
        self._job = job
        self._print.setEnabled(False)
        job.progressed.connect(self.message.show_work)
        job.ended.connect(self._end_printing)
        job.start()

    def _end_printing(self, sentence: str) -> None:
        self._job = None
        self._print.setEnabled(self._typeset is not None)
        self.message.show_sentence(sentence)

    def _stop_printing(self) -> None:
        if self._job is not None:
            self._job.stop()

    # -- what is open in the report that the pages show

    def _make_notice(self) -> QLabel:
        self.notice = notice = PlainLabel()
        notice.setFont(self._theme.font(Size.SMALL))
        notice.setWordWrap(True)
        notice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        notice.setContentsMargins(12, 0, 12, 6)
        ink(notice, self._theme, Role.WARNING)
        notice.hide()
        return notice

    def _show_notice(self) -> None:
        """Say with which errors the pages would be printed or published."""
        from reportdesk.session.gate import blockers

        found = blockers(self._session) if self._session is not None else None
        says = [one.message.partition("。")[0] for one in found.errors[:_NOTICED]] if found else []
        more = "等，" if found and len(found.errors) > _NOTICED else "。"
        first = f"{'；'.join(says)}{more}" if says else ""
        self.notice.setText(f"▲ 还有 {found.says}：{first}按 F9 看全部。" if found else "")
        self.notice.setVisible(bool(found))

    # -- the line of tools

    def _tools(self) -> QHBoxLayout:
        self._number = PlainLabel()
        self._number.setFont(self._theme.font(Size.SMALL))
        self._zooms = QComboBox()
        self._zooms.setAccessibleName("显示比例")
        self._zooms.setMinimumWidth(104)
        for zoom in (*Fit, *_FACTORS):
            self._zooms.addItem(_zoom_words(zoom), zoom)
        self._zooms.activated.connect(lambda place: self.desk.set_zoom(self._zooms.itemData(place)))
        self._print = Button(icon(Icon.PRINT, self._theme), "打印…")
        self._print.setToolTip("打印（Ctrl+P）")
        self._print.setEnabled(False)
        self._print.clicked.connect(self.print_pages)
        self._less = self._tool("－", "缩小（Ctrl+-）", lambda: self.desk.step_zoom(-1))
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        row.addWidget(self._number)
        row.addStretch(1)
        row.addWidget(self._less)
        row.addWidget(self._zooms)
        row.addWidget(self._tool("＋", "放大（Ctrl++）", lambda: self.desk.step_zoom(1)))
        row.addSpacing(8)
        row.addWidget(self._print)
        return row

    def _tool(self, text: str, tip: str, do: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        set_tip(button, tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda *_checked: do())
        return button

    def _show_page_number(self) -> None:
        count = self.desk.page_count
        self._number.setText(f"第 {self.desk.page + 1} 页，共 {count} 页" if count else "")

    def _show_zoom(self) -> None:
        self._zooms.setCurrentIndex(self._zooms.findData(self.desk.zoom))
        self._zooms.setPlaceholderText(_zoom_words(self.desk.zoom))

    # -- Qt's own methods

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._pause.stop()

    def sizeHint(self) -> QSize:
        """Wide enough to read a page."""
        return QSize(560, 640)


def _zoom_words(zoom: Zoom) -> str:
    return zoom.value if isinstance(zoom, Fit) else f"{zoom * 100:.0f}%"


def _missing_sentence(missing: tuple[str, ...]) -> str:
    if not missing:
        return ""
    named = "、".join(
        f"“{char}”（U+{ord(char):04X}）" if char.isprintable() else f"U+{ord(char):04X}"
        for char in missing[:_SHOWN_MISSING]
    )
    more = f"等 {len(missing)} 个字" if len(missing) > _SHOWN_MISSING else ""
    return (
        f"{named}{more}在本机和自带字体里都没有，预览里用红框标出，导出时会停下。"
        "请改用别的字，或者先安装含有这个字的字体。"
    )


class _MessageLine(QWidget):
    """A trouble, a result or the progress of work above the pages; hidden when there is none."""

    stopped: ClassVar[Signal] = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = PlainLabel()
        self._text.setFont(theme.font(Size.SMALL))
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setAccessibleName("预览的消息")
        self._stop = Button("停止")
        self._stop.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self._text, 1)
        row.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is shown."""
        return self._text.text()

    def show_sentence(self, sentence: str) -> None:
        """Say what came of something; nothing hides the line."""
        self._show(sentence, Role.BANNER, stop=False)

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong; nothing hides the line."""
        self._show(sentence, Role.WARNING_GROUND, stop=False)

    def show_work(self, sentence: str) -> None:
        """Say how far the work is, and offer to stop it."""
        self._show(sentence, Role.BANNER, stop=True)

    def _show(self, sentence: str, role: Role, *, stop: bool) -> None:
        self._text.setText(sentence)
        ground(self, self._theme, role)
        self._stop.setVisible(stop)
        self.setVisible(bool(sentence))
