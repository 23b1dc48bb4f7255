"""The first start: asks whose reports this PC fills, or takes that from a district's profile file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reportdesk.gui.common import files
from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.look.controls import PlainLabel, ink, push_button
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.gui.start.profile_form import ProfileForm
from reportdesk.report.text.characters import shown_plainly
from reportdesk.store.file import StoreError
from reportdesk.store.user_data.profile import matching_units, read_profiles, write_profiles
from reportdesk.store.user_data.profile_model import ProfileError
from reportdesk.store.user_data.typed_texts import Kind, Typed
from reportdesk.store.user_data.unit_profile import UnitProfile

_WIDEST = 720
_LIST_HEIGHT = 200
_SAYS = "填一次，以后每年的年报都用它；以后可以在“设置”里改。除机关全称外，都可以先空着。"


class UnitPage(QWidget):
    """Keeps the profile in its file; ``ended`` once that is done or put off."""

    ended: ClassVar[Signal] = Signal()
    told: ClassVar[Signal] = Signal(str)

    def __init__(self, theme: Theme, profile_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._file = profile_file
        self._units: tuple[UnitProfile, ...] = ()
        self.is_kept = False
        """Whether the profile was saved."""
        self.form = ProfileForm(theme)
        self.form.mended.connect(lambda: self._complain(""))
        self._trouble = PlainLabel()
        self._trouble.setWordWrap(True)
        ink(self._trouble, theme, Role.ERROR)
        self._seek = QLineEdit()
        self._seek.setPlaceholderText("输入单位名称里的字，缩小列表")
        self._seek.setAccessibleName("查找单位")
        self._seek.textChanged.connect(self._show_units)
        self.units = QListWidget()
        self.units.setAccessibleName("文件里的单位")
        self.units.setFixedHeight(_LIST_HEIGHT)
        self.units.itemClicked.connect(self._take)
        self.units.itemActivated.connect(self._take)
        self._lay_out()
        self._show_choice(shown=False)

    def typed(self) -> Iterator[Typed]:
        """What stands in the fields and is not saved yet."""
        if not self.is_kept:
            yield from self.form.typed(Kind.UNIT)

    def put_back(self, typed: tuple[Typed, ...]) -> None:
        """Go on with what was typed before and not saved."""
        self._show_choice(shown=False)
        self.form.put_back(typed)
        self.told.emit("上次填的还没有保存，已经放回来了，请接着填，再点“保存并继续”。")

    def begin(self) -> None:
        """Put the cursor into the first line."""
        next(iter(self.form.lines.values())).setFocus()

    def _lay_out(self) -> None:
        title = PlainLabel("先填本单位资料")
        title.setFont(self._theme.font(Size.PAGE, strong=True))
        says = PlainLabel(_SAYS)
        says.setWordWrap(True)
        ink(says, self._theme, Role.QUIET)
        block = QWidget()
        block.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(block)
        column.setContentsMargins(32, 24, 32, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(says)
        column.addWidget(
            push_button("从文件导入（上级发来的 .gkprofile）…", self._ask_file), 0, Qt.AlignmentFlag.AlignLeft
        )
        for widget in (self._seek, self.units, self.form):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        middle = QWidget()
        middle.setLayout(_in_the_middle(block))
        area.setWidget(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        """At the right end of the fields; what is wrong stands at the left of them and moves nothing."""
        status_line = QWidget()
        status_line.setMaximumWidth(_WIDEST)
        row = QHBoxLayout(status_line)
        row.setContentsMargins(32, 8, 32, 12)
        row.setSpacing(8)
        row.addWidget(self._trouble, 1)
        row.addWidget(push_button("保存并继续", self._keep, main=True))
        row.addWidget(push_button("以后再填", self.ended.emit))
        return _in_the_middle(status_line)

    def _ask_file(self) -> None:
        path = files.ask_for_profile(self)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Put the only unit of a district's profile file into the form, or show its units to pick from."""
        try:
            self._units, says = waited(lambda: read_profiles(path), f"正在读“{path.name}”。")
        except StoreError as error:
            self._complain(str(error))
            return
        self._complain(says)
        if len(self._units) == 1:
            self._show_profile(self._units[0])
            return
        self._show_choice(shown=True)
        self._show_units()
        self._seek.setFocus()

    def _show_units(self) -> None:
        self.units.clear()
        for unit in matching_units(self._units, self._seek.text()):
            listed = QListWidgetItem(shown_plainly(unit.says))
            listed.setData(Qt.ItemDataRole.UserRole, self._units.index(unit))
            self.units.addItem(listed)

    def _take(self, listed: QListWidgetItem) -> None:
        self._show_profile(self._units[listed.data(Qt.ItemDataRole.UserRole)])
        self._show_choice(shown=False)
        self.begin()

    def _show_profile(self, unit: UnitProfile) -> None:
        """Put in what the file says; another address than the one that stood there is named."""
        before = str(self.form.filled()["report_to"])
        self.form.show_profile(unit)
        if before and unit.report_to and before != unit.report_to:
            self._complain(
                f"报送地址由“{before}”改成了文件里的“{unit.report_to}”。"
                "请打电话向收报的单位核实，不对的改回来，再保存。"
            )

    def _show_choice(self, *, shown: bool) -> None:
        for widget in (self._seek, self.units):
            widget.setVisible(shown)
        self.form.setVisible(not shown)

    def _keep(self) -> None:
        try:
            unit = self.form.profile()
            waited(lambda: write_profiles(self._file, [unit]), "正在保存，磁盘有点慢。")
        except (ProfileError, StoreError) as error:
            self._complain(str(error))
        else:
            self.is_kept = True
            self.ended.emit()
            self.told.emit("已保存本单位资料。")

    def _complain(self, sentence: str) -> None:
        self._trouble.setText(sentence)


def _in_the_middle(widget: QWidget) -> QHBoxLayout:
    """The widget as wide as it may be, with what is left of the room at both its sides."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(widget, 100)
    row.addStretch(1)
    return row
