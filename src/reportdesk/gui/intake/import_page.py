"""导入: what was read of a file, what to take it in as, and for the report at hand each difference.

Changes nothing itself: what the clerk decided is told as a ``Decision``. What differs and what
becomes of it is ``session``'s; the file is read in the second process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reportdesk.form.spec import FRONT_TITLE, Form
from reportdesk.gui.common.worker_client import WorkerClient
from reportdesk.gui.intake.differences import DifferenceTable
from reportdesk.gui.intake.import_found import FoundList
from reportdesk.gui.intake.reading import FileReading
from reportdesk.gui.look.controls import PlainLabel, ink, push_button
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.intake.apply_import import Way, mismatches, ways
from reportdesk.intake.differences import Difference, differences
from reportdesk.readers.recognise.proposal import Proposal, Standing
from reportdesk.report.document import Report
from reportdesk.store.user_data.unit_profile import UnitProfile

_SIZE = (960, 640)
_SMALL = (640, 144)
"""While there is nothing to show but a sentence."""
_AROUND = 16
"""How much of the window stays to be seen around."""
_CHOICES_WIDTH = 296
_NOTHING_DIFFERS = "文件里读到的内容与打开的年报完全相同，没有可以导入的。"


@dataclass(frozen=True, slots=True)
class Around:
    """What is known when a file is taken in.

    ``report`` is the one at hand, None if none is open; ``read_only`` says why it takes no
    change. ``newest`` is the form of new reports, ``own`` the unit of this PC. With
    ``for_last_year`` nothing else is asked than whether this is last year's report.
    """

    newest: Form
    report: Report | None = None
    form: Form | None = None
    read_only: str = ""
    own: UnitProfile | None = None
    for_last_year: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What the clerk wants to do with the file; ``accepted`` only for the report at hand.

    ``name`` is what the file, or several of offices, are called in sentences.
    """

    path: Path
    proposal: Proposal
    way: Way
    accepted: tuple[Difference, ...] = ()
    name: str = ""


class ImportDialog(QDialog):
    """Reads, shows, asks; ``decided`` once, or it is closed and nothing happens.

    ``more`` are the files of further offices, which are added up with the first.
    """

    decided: ClassVar[Signal] = Signal(object)
    """The Decision."""
    other_wanted: ClassVar[Signal] = Signal()
    """The file cannot be read, and the clerk wants to choose another."""

    def __init__(
        self,
        client: WorkerClient,
        theme: Theme,
        path: Path,
        around: Around,
        parent: QWidget | None = None,
        more: Sequence[Path] = (),
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._path = path
        self._name = f"{path.name} 等 {1 + len(more)} 个文件" if more else path.name
        self._around = around
        self._proposal: Proposal | None = None
        self._found: tuple[Difference, ...] = ()
        self.setWindowTitle("导入")
        self.title = _line(theme.font(Size.PAGE, strong=True))
        self.title.setText(self._name)
        self.says = _line(theme.font())
        self.listed = FoundList(theme)
        self.table = DifferenceTable(theme)
        self.table.changed.connect(self._show_count)
        self.choices = QButtonGroup(self)
        self.choices.idToggled.connect(lambda *_told: self._show_step())
        self._ways: tuple[Way, ...] = ()
        self._notes = _line(theme.font())
        ink(self._notes, theme, Role.WARNING)
        self._choice_column = QVBoxLayout()
        self._middle = QStackedWidget()
        self._waiting = QWidget()
        self._found_page = self._lay_found()
        self._compared_page = self._lay_compared()
        for page in (self._waiting, self._found_page, self._compared_page):
            self._middle.addWidget(page)
        self._lay_out()
        self._fit(_SMALL)
        self._show_reading()
        self.reading = FileReading(client, (path, *more), self)
        self.reading.read.connect(self.show_proposal)
        self.reading.refused.connect(self._refuse)
        self.finished.connect(lambda _code: self.reading.stop())

    @property
    def is_reading(self) -> bool:
        """Whether the file is still being read."""
        return self.reading.is_going

    # -- layout

    def _lay_out(self) -> None:
        self.back = push_button("上一步", self._show_found)
        self.cancel = push_button("取消", self.reject)
        self.other = push_button("选择别的文件…", self._want_other)
        self.go = push_button("", self._go, main=True)
        self.go.setDefault(True)
        status_line = QHBoxLayout()
        status_line.setSpacing(8)
        status_line.addWidget(self.back)
        status_line.addStretch(1)
        for button in (self.other, self.go, self.cancel):
            status_line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.says)
        column.addWidget(self._middle, 1)
        column.addStretch(0)
        column.addSpacing(4)
        column.addLayout(status_line)

    def _lay_found(self) -> QWidget:
        page = QWidget()
        side = QWidget()
        side.setFixedWidth(_CHOICES_WIDTH)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self._notes)
        right.addLayout(self._choice_column)
        right.addStretch(1)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.listed, 1)
        row.addWidget(side)
        return page

    def _lay_compared(self) -> QWidget:
        page = QWidget()
        tools = QHBoxLayout()
        tools.setSpacing(8)
        self.all = push_button("全选", lambda: self.table.take_all(taken=True))
        self.none = push_button("全不选", lambda: self.table.take_all(taken=False))
        self.count = _line(self._theme.font())
        tools.addWidget(self.count, 1)
        tools.addWidget(self.all)
        tools.addWidget(self.none)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        return page

    def _fit(self, size: tuple[int, int]) -> None:
        """In the middle of the window and no larger: at 150 % little is left of 768 pixels."""
        beneath = _main_window(self)
        room = beneath.frameGeometry() if beneath else self.screen().availableGeometry()
        room = room.adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        fitting = QRect(0, 0, min(size[0], room.width()), min(size[1], room.height()))
        fitting.moveCenter(room.center())
        self.setGeometry(fitting)

    # -- the steps

    def _show_reading(self) -> None:
        self.says.setText("正在读取文件…")
        self._show_page(self._waiting, cancel="停止")

    def _refuse(self, sentence: str) -> None:
        self.says.setText(sentence)
        ink(self.says, self._theme, Role.ERROR)
        # Last year's file is chosen in the dialog below, where this one leads back to.
        offers_other = not self._around.for_last_year
        self._show_page(self._waiting, cancel="关闭", other=offers_other)
        (self.other if offers_other else self.cancel).setFocus()

    def show_proposal(self, proposal: Proposal) -> None:
        """List what was read, and ask what to take it in as."""
        around = self._around
        self._proposal = proposal
        self._fit(_SIZE)
        self.listed.show_proposal(proposal)
        report = around.report
        notes = mismatches(proposal, report, around.own)
        open_ways = ways(proposal, report, around.newest)
        if around.for_last_year:
            open_ways, notes = (Way.LAST_YEAR,), mismatches(proposal, None, around.own)
        elif around.read_only:
            open_ways = tuple(way for way in open_ways if way is Way.NEW_REPORT)
            notes = (*notes, around.read_only)
        if Way.INTO_REPORT in open_ways and around.form is not None and report is not None:
            self._found = differences(around.form, report, proposal)
            if not self._found:
                open_ways = tuple(way for way in open_ways if way is not Way.INTO_REPORT)
                notes = (*notes, _NOTHING_DIFFERS)
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        self._offer(open_ways)
        self._show_found()

    def _offer(self, open_ways: tuple[Way, ...]) -> None:
        self._ways = open_ways
        head = PlainLabel("导入成什么" if open_ways else "这个文件没有可以导入的用法。")
        head.setFont(self._theme.font(Size.SECTION, strong=True))
        head.setWordWrap(True)
        self._choice_column.addWidget(head)
        for number, way in enumerate(open_ways):
            self.choices.addButton(self._choice(*self._words_for(way)), number)
        if open_ways:
            self.choices.button(0).setChecked(True)
            self._say_why_not_last_year()

    def _choice(self, name: str, says: str) -> QRadioButton:
        choice = QRadioButton(name)
        choice.setAccessibleDescription(says)
        explained = _line(self._theme.font(Size.SMALL))
        explained.setText(says)
        explained.setContentsMargins(24, 0, 0, 8)
        ink(explained, self._theme, Role.QUIET)
        self._choice_column.addWidget(choice)
        self._choice_column.addWidget(explained)
        return choice

    def _say_why_not_last_year(self) -> None:
        """Who looks for that way finds it, with the reason that it cannot be taken."""
        report, proposal, around = self._around.report, self._proposal, self._around
        if Way.LAST_YEAR in self._ways or report is None or proposal is None or around.read_only:
            return
        if report.year is None:
            says = f"不能选：打开的年报还没有年度，请先在“{FRONT_TITLE}”里填。"
        else:
            year = proposal.to_report().year
            says = f"不能选：打开的是{report.year}年的年报，上年年报应是{report.year - 1}年的，这个文件是{year}年的。"
        self._choice(self._words_for(Way.LAST_YEAR)[0], says).setEnabled(False)

    def _words_for(self, way: Way) -> tuple[str, str]:
        report = self._around.report
        if way is Way.INTO_REPORT:
            return "并入打开的年报", self._says_how_many()
        if way is Way.NEW_REPORT:
            return "建成一份新年报", "读到的内容都放进去，存成新的文件；打开的年报和原文件都不变。"
        if report is None or self._around.for_last_year:
            return "作为上年年报，生成下一年的", "带入单位、小标题和结转数，上年的数字和文字放在旁边对照。"
        return (
            f"作为上年（{report.year - 1}年）年报" if report.year else "作为上年年报",
            "上年的数字和文字放在旁边对照；没有填的“上年结转”填上，标为待核实。",
        )

    def _says_how_many(self) -> str:
        remarks = sum(one.change is None for one in self._found)
        differing = len(self._found) - remarks
        if not differing:
            return f"数字和文字都相同，文件里有 {remarks} 处批注，下一步逐处看。"
        besides = f"，另有 {remarks} 处批注" if remarks else ""
        return f"有 {differing} 处不同{besides}，下一步逐处看，选哪几处就改哪几处。"

    def _show_found(self) -> None:
        proposal = self._proposal
        if proposal is None:
            return
        self.says.setText(_summary(proposal))
        self._show_page(self._found_page, cancel="取消", go=bool(self._ways))
        self._show_step()
        checked = self.choices.checkedButton()
        (checked or self.cancel).setFocus()

    def _show_step(self) -> None:
        if self._middle.currentWidget() is not self._found_page:
            return
        words = {
            Way.INTO_REPORT: "下一步：逐处比较",
            Way.NEW_REPORT: "建成新年报",
            Way.LAST_YEAR: "用作上年年报",
        }
        way = self._way
        self.go.setText(words[way] if way is not None else "")

    @property
    def _way(self) -> Way | None:
        number = self.choices.checkedId()
        return self._ways[number] if number >= 0 else None

    def _show_compared(self) -> None:
        if not self.table.rowCount():
            self.table.show_differences(self._found)
        self.says.setText("左边是打开的年报，右边是文件。勾选的改成文件里的，不勾选的不变。")
        self._show_page(self._compared_page, cancel="取消", back=True, go=True)
        self._show_count()
        self.table.setFocus()

    def _show_count(self) -> None:
        taken = len(self.table.accepted)
        remarks = sum(one.change is None for one in self._found)
        doubtful = sum(1 for one in self._found if one.doubt and one.change is not None)
        doubts = f"其中存疑的 {doubtful} 处，默认不勾选，请看了再定。" if doubtful else ""
        besides = f"另有 {remarks} 处批注，写在相同的地方，只供看。" if remarks else ""
        self.count.setText(f"共 {len(self._found) - remarks} 处不同，已勾选 {taken} 处。{doubts}{besides}")
        if self._middle.currentWidget() is self._compared_page:
            self.go.setText(f"导入勾选的 {taken} 处")
            self.go.setEnabled(bool(taken))

    def _show_page(
        self, page: QWidget, *, cancel: str, back: bool = False, other: bool = False, go: bool = False
    ) -> None:
        self._middle.setCurrentWidget(page)
        self._middle.setVisible(page is not self._waiting)
        self.cancel.setText(cancel)
        self.back.setVisible(back)
        self.other.setVisible(other)
        self.go.setVisible(go)
        self.go.setEnabled(True)

    # -- what the clerk decides

    def _go(self) -> None:
        way, proposal = self._way, self._proposal
        if way is None or proposal is None:
            return
        if way is Way.INTO_REPORT and self._middle.currentWidget() is self._found_page:
            self._show_compared()
            return
        accepted = self.table.accepted if way is Way.INTO_REPORT else ()
        self.accept()
        self.decided.emit(Decision(self._path, proposal, way, accepted, self._name))

    def _want_other(self) -> None:
        self.reject()
        self.other_wanted.emit()


def _summary(proposal: Proposal) -> str:
    """What was read, in a line: whose, which form, how much."""
    report, form = proposal.to_report(), proposal.form
    whose = f"{report.name_in_title()}{report.year}年年报" if report.year else report.name_in_title()
    typed = len(form.kind_of) - len(form.totals)
    doubtful = len(proposal.of(Standing.DOUBTFUL)) + len(proposal.disagreements)
    parts = (
        f"{whose}（{form.name}格式）" if whose else f"{form.name}格式的年报",
        f"{typed} 个填报数读到 {len(proposal.cells)} 个",
        f"{len(form.parts)} 段文字读到 {sum(1 for part in form.parts if proposal.prose.get(part))} 段",
        f"要核对的 {doubtful} 处" if doubtful else "没有要核对的",
    )
    return "，".join(parts) + "。"


def _main_window(dialog: QWidget) -> QWidget | None:
    """The window below all dialogs: the one that asked for this one may be small."""
    beneath = dialog.parentWidget()
    while beneath is not None and beneath.parentWidget() is not None:
        beneath = beneath.parentWidget()
    return beneath


def _line(font: QFont) -> QLabel:
    label = PlainLabel()
    label.setFont(font)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
