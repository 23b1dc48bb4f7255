"""报送: one page that says what will be made, makes it, and then says which file goes where.

What is made is ``outgoing.submission``'s; the second process makes it, asked by ``submitting``. The
page knows no worker: it is told how far that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reportdesk.form.spec import Form
from reportdesk.gui.look.controls import ground, ink, push_button, words
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.gui.outgoing.cards import Card
from reportdesk.gui.outgoing.scan_place import ScanPlace
from reportdesk.gui.outgoing.submission_result import SubmissionResult
from reportdesk.gui.report.open_errors import OpenErrors
from reportdesk.outgoing.submission import INTERNAL, PUBLIC, Goes, Submission
from reportdesk.readers.pdf.scan_look import ScanLook
from reportdesk.session.gate import Blockers
from reportdesk.store.user_data.unit_profile import HandIn

_GAP = 8
_WIDEST = 880
_MARGIN = 32
_BAR_WIDTH = 160
_NOT_SENT = "只做成文件，不会自动发送。"
_AGAIN = "加了、换了扫描件，或者改了本单位资料，点“重新做”。"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be handed in: whose report, which files, where and until when, and what is open in it."""

    whose: str
    hand_in: tuple[HandIn, ...]
    report_to: str
    due: str
    open: Blockers
    """Errors and 待核实, which are listed."""
    unsettled: str
    """Warnings and 待核实, counted in words; empty if none."""
    unchecked: str
    """That rules could not be run, where no finding says so; empty else."""
    left_out: str
    """What the rules that ran did not look at, in sentences; empty if nothing."""
    unfinished: str
    """The state's name where that comes before 定稿, else empty."""
    folder: Path
    is_usual: bool
    has_scan: bool = False
    """An earlier folder holds the scan of this very report, which is taken along."""
    is_sent: bool = False
    """The report's state says that it was handed in."""


class SubmissionPage(QWidget):
    """Asks for a scan, shows progress and the result."""

    wanted: ClassVar[Signal] = Signal()
    """Make the files, with ``scan``."""
    stop_wanted: ClassVar[Signal] = Signal()
    mending_wanted: ClassVar[Signal] = Signal(object)
    """The clerk wants to go to this Place and put right what is open there."""
    left: ClassVar[Signal] = Signal()
    marking_wanted: ClassVar[Signal] = Signal()
    told: ClassVar[Signal] = Signal(str)
    scan_added: ClassVar[Signal] = Signal(object)
    """That Path is to go along as the scan; what is seen of it is told by ``show_look``."""

    def __init__(self, form: Form, intent: Intent, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._intent = intent
        self._theme = theme
        self.place = ScanPlace(intent.folder.parent, theme, has_kept=intent.has_scan)
        self.place.changed.connect(self._change_scan)
        self.result: SubmissionResult | None = None
        self.setAcceptDrops(HandIn.SCAN in intent.hand_in)
        self.setAccessibleName("报送")
        self._column = QVBoxLayout()
        self._column.setContentsMargins(_MARGIN, 24, _MARGIN, 24)
        self._column.setSpacing(_GAP)
        self._column.addLayout(self._head())
        self._plan = self._planned()
        self._column.addWidget(self._plan)
        self._column.addStretch(1)
        self._lay_out(self._foot_row())

    @property
    def scan(self) -> Path | None:
        """The scan that goes along."""
        return self.place.path

    @property
    def choose(self) -> QWidget:
        """The button that asks for a scan."""
        return self.place.choose

    def begin(self) -> None:
        """Put the focus where the clerk goes on."""
        if self.result is not None:
            self.result.begin()
            return
        (self._mend if self._intent.open else self.make).setFocus()

    # -- what is to be made

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(words("报送", self._theme, Role.TEXT, Size.PAGE, strong=True, wraps=False))
        row.addWidget(words(self._intent.whose, self._theme, Role.QUIET), 1, Qt.AlignmentFlag.AlignBottom)
        self.back = push_button("返回年报", self.left.emit)
        self.back.setToolTip("Esc")
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit)
        row.addWidget(self.back)
        return row

    def _planned(self) -> QWidget:
        plan = QWidget()
        column = QVBoxLayout(plan)
        column.setContentsMargins(0, _GAP, 0, 0)
        column.setSpacing(_GAP)
        self._say_errors(column)
        column.addWidget(words(f"做成这些文件，放进文件夹 {self._intent.folder}", self._theme, Role.QUIET))
        for card in self._cards():
            column.addWidget(card)
        return plan

    def _cards(self) -> Iterator[Card]:
        """What will be sent, published and kept."""
        intent = self._intent
        card = Card(Goes.DISTRICT.value, self._theme)
        to = intent.report_to or "没有填。可以在“设置”的“本单位资料”里填，也可以做好以后自己写收件人。"
        card.say(f"报送到：{to}{intent.due}")
        named = "（上级没有指定，按通常的要求）" if intent.is_usual else ""
        card.say(f"压缩包，内有 {'、'.join(one.says for one in intent.hand_in)}{named}")
        if HandIn.SCAN in intent.hand_in:
            card.say("盖章扫描件")
            card.column.addWidget(self.place)
        else:
            self.place.setParent(self)
            self.place.hide()
        yield card
        printed = [one.says for one in intent.hand_in if one is not HandIn.SCAN]
        card = Card(Goes.PUBLIC.value, self._theme)
        card.say(f"“{PUBLIC}”文件夹：{'、'.join(printed) or '没有'}，只有印出来的内容")
        yield card
        card = Card(Goes.OFFICE.value, self._theme)
        card.say(f"“{INTERNAL}”文件夹：审核单（附核对码，领导签字用）、邮件草稿，不要公开")
        card.say("清单.txt：每个文件交给谁，以及供核对的校验数", Role.QUIET)
        yield card

    def _say_errors(self, column: QVBoxLayout) -> None:
        """List what is open before anything is made; the clerk decides."""
        open_ones = self._intent.open
        self.list = OpenErrors(self._form, self._theme)
        self.list.chosen.connect(self.mending_wanted)
        self._mend = push_button("先去改正", self._go_to_first, main=True)
        self._mend.setParent(self)  # shown without one it were a window of its own, with the focus
        self._mend.setVisible(bool(open_ones))
        self.list.setVisible(bool(open_ones))
        if not open_ones:
            self.list.setParent(self)
            if not self._intent.unsettled and not self._intent.unchecked:
                column.addWidget(words("审核没有发现必须改的错误。", self._theme, Role.OK))
            self._say_cautions(column)
            return
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(words(self._stops(), self._theme, Role.ERROR if open_ones.errors else Role.WARNING), 1)
        row.addWidget(self._mend)
        column.addLayout(row)
        column.addWidget(self.list)
        self.list.show_blockers(open_ones)
        self._say_cautions(column)

    def _stops(self) -> str:
        says = f"▲ 还有 {self._intent.open.says}。点一条就回到那一处。"
        if self._intent.open.errors:
            says += "错误是必须改的，照现在的样子报送，上级很可能退回。"
        return f"{says}仍然报送的，会记在审核单和清单里。"

    def _go_to_first(self) -> None:
        if self.list.entries:
            self.list.entries[0].click()

    def _say_cautions(self, column: QVBoxLayout) -> None:
        """Say what does not forbid to hand in, but is to be known before."""
        cautions = []
        if self._intent.unchecked:
            cautions.append(f"▲ {self._intent.unchecked}")
        if self._intent.unsettled:
            none = (
                "" if self._intent.open.errors or self._intent.unchecked else "审核没有发现必须改的错误，但"
            )
            cautions.append(f"▲ {none}还有 {self._intent.unsettled}，请先看一遍。")
        if self._intent.left_out:
            cautions.append(f"▲ {self._intent.left_out}")
        if self._intent.unfinished:
            cautions.append(f"▲ 年报现在是“{self._intent.unfinished}”，还没有定稿。")
        for caution in cautions:
            column.addWidget(words(caution, self._theme, Role.WARNING))

    def add_scan(self, path: Path) -> None:
        """Take that file as the scan, or say why not."""
        self.place.add(path)

    def show_look(self, path: Path, look: ScanLook) -> None:
        """Say what was seen of that scan."""
        self.place.show_look(path, look)

    def _change_scan(self) -> None:
        (self.make if self.scan else self.place.choose).setFocus()
        if self.scan is not None:
            self.scan_added.emit(self.scan)

    # -- making it

    def _foot_row(self) -> QWidget:
        """What stays in sight however low the window: the button, how far it is, what went wrong."""
        self.make = push_button(
            "仍然报送" if self._intent.open else "报送", self.wanted.emit, main=not self._intent.open
        )
        self.make.setAccessibleDescription("做成以上文件，放进一个文件夹；不会发送")
        self.stop = push_button("停止", self.stop_wanted.emit)
        self._doing = words(_NOT_SENT, self._theme, Role.QUIET)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(_BAR_WIDTH, 8)
        self._bar.setAccessibleName("进度")
        status_line = QWidget()
        row = QHBoxLayout(status_line)
        row.setContentsMargins(_MARGIN, _GAP, _MARGIN, 12)
        row.setSpacing(2 * _GAP)
        row.addWidget(self.make)
        row.addWidget(self.stop)
        row.addWidget(self._bar)
        row.addWidget(self._doing, 1)
        status_line.setMaximumWidth(_WIDEST)
        self._show_working(working=False)
        return status_line

    def _show_working(self, *, working: bool) -> None:
        (self.result or self._plan).setEnabled(not working)
        self.make.setVisible(not working)
        self.stop.setVisible(working)
        self._bar.setVisible(working)

    def _say(self, sentence: str, role: Role) -> None:
        self._doing.setText(sentence)
        ink(self._doing, self._theme, role)

    def show_progress(self, done: int, of: int, doing: str) -> None:
        """Show how far the work is."""
        starts = self.make.isVisible()
        self._show_working(working=True)
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        says = f"正在做：{doing}（第 {done + 1} 步，共 {of} 步）" if doing else "正在准备…"
        self._say(says, Role.TEXT)
        if starts:
            self.stop.setFocus()

    def show_trouble(self, sentence: str, *, is_error: bool = True) -> None:
        """Say that nothing was made and why; everything can be tried again."""
        self._show_working(working=False)
        self._say(f"▲ {sentence}" if is_error else sentence, Role.ERROR if is_error else Role.TEXT)
        self.make.setFocus()

    def show_result(self, made: Submission) -> None:
        """Show which file goes where, in place of the plan or of what was made before."""
        self._plan.hide()
        old, place = self.result, self.place if HandIn.SCAN in self._intent.hand_in else None
        self.result = SubmissionResult(
            made, self._intent.due, place, self._theme, is_sent=self._intent.is_sent
        )
        self.result.told.connect(self.told)
        self.result.marking_wanted.connect(self.marking_wanted)
        self._column.insertWidget(1, self.result)
        self.place.keep()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.make.setText("重新做")
        self.make.setProperty("role", "")  # the main button is another now
        self.make.style().unpolish(self.make)
        self.make.style().polish(self.make)
        self._show_working(working=False)
        self._say(_AGAIN, Role.QUIET)
        self.result.begin()

    def _lay_out(self, status_line: QWidget) -> None:
        """The column in the middle of the page, scrolled where the window is low; the foot below."""
        block = QWidget()
        block.setLayout(self._column)
        block.setMaximumWidth(_WIDEST)
        self._area = area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(block)
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(status_line, 100)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(self._line())
        whole.addWidget(self._foot)

    def _line(self) -> QWidget:
        line = QWidget()
        line.setFixedHeight(1)
        ground(line, self._theme, Role.LINE)
        return line

    # -- Qt's own methods

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go where the area's own PageUp and PageDown lead."""
        bar = self._area.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a PDF file while nothing is being made."""
        if self._dropped(event) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)  # a source that may move takes away what it gave
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Ask for a copy all the way."""
        if self._dropped(event) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped file as the scan; it is copied, never moved."""
        path = self._dropped(event)
        if path is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.add_scan(path)

    def _dropped(self, event: QDropEvent) -> Path | None:
        if not self.acceptDrops() or not self.make.isVisibleTo(self):
            return None
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return next((path for path in paths if path.suffix.lower() == ".pdf"), None)
