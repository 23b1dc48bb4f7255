"""设置: how it looks, what is checked, where reports go, whose reports they are. What is chosen holds at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from reportdesk.gui.common import questions
from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.common.confirm_button import ConfirmButton
from reportdesk.gui.common.files import start_in
from reportdesk.gui.common.preferences import Preferences
from reportdesk.gui.intake.form_packages_page import HandedOutPage
from reportdesk.gui.look.controls import PlainLabel, ink, push_button
from reportdesk.gui.look.theme import Role
from reportdesk.gui.start.profile_form import ProfileForm
from reportdesk.store.clock import now
from reportdesk.store.file import StoreError
from reportdesk.store.user_data.library import forget_all
from reportdesk.store.user_data.profile import read_own_profile, write_profiles
from reportdesk.store.user_data.profile_model import ProfileError
from reportdesk.store.user_data.settings import PdfKind, Settings, TextSize, ThemeChoice
from reportdesk.store.user_data.typed_texts import Kind, Typed

_Choice = TypeVar("_Choice")
_WIDTH, _LEAST = 600, 200
_AROUND = 48
"""Pixels at a tab's sides."""
_BETWEEN = 64
"""Pixels above, below and between tabs, words and buttons."""
_GAP = 8
_BETWEEN_CHOICES = 24
"""Pixels: each circle stands nearer to its own words than to those before it."""
_UNIT_TAB = 2


class SettingsDialog(QDialog):
    """Each choice holds and is kept as it is made; only the unit's profile is saved as a whole.

    A profile that was changed and not saved is asked about before the dialog closes.
    """

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("设置")
        self._preferences = preferences
        self._told = PlainLabel()
        self._told.setWordWrap(True)
        self._told.hide()
        self._role = Role.TEXT
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText("关闭")
        close.setAutoDefault(False)  # Enter in a field would press it, and lose what was typed
        self._buttons.rejected.connect(self.accept)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._looks(), "显示")
        self.tabs.addTab(self._files(), "文件")
        self.tabs.addTab(self._unit(), "本单位资料")
        self.tabs.addTab(self._handed_out(), "上级文件")
        self.tabs.currentChanged.connect(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * _GAP, 2 * _GAP, 2 * _GAP, 2 * _GAP)
        column.setSpacing(_GAP)
        column.addWidget(self.tabs, 1)
        column.addWidget(self._told)
        column.addWidget(self._buttons)
        preferences.theme_changed.connect(self._ink)
        preferences.unkept.connect(self._tell_error)
        self._fit()

    @property
    def told(self) -> str:
        """The line that says what was done or what is wrong."""
        return self._told.text()

    # -- 显示

    def _looks(self) -> QWidget:
        settings = self._preferences.settings
        page, form = _page()
        sizes = ((size.says, size) for size in TextSize)
        themes = ((theme.says, theme) for theme in ThemeChoice)
        form.addRow("文字大小", _choices(sizes, settings.text_size, self._choose_size))
        form.addRow("颜色", _choices(themes, settings.theme, self._choose_theme))
        form.addRow("错别字审核", self._words())
        return page

    def _words(self) -> QVBoxLayout:
        choices = (("开", True), ("关", False))
        says = PlainLabel("错别字不能都查出来，报送前仍要有人通读。")
        says.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(_GAP)
        column.addLayout(_choices(choices, self._preferences.settings.checks_words, self._choose_words))
        column.addWidget(says)
        return column

    def _choose_words(self, wanted: bool) -> None:  # noqa: FBT001 (one of two choices)
        self._change(replace(self._preferences.settings, checks_words=wanted))

    def _choose_size(self, size: TextSize) -> None:
        self._change(replace(self._preferences.settings, text_size=size))

    def _choose_theme(self, theme: ThemeChoice) -> None:
        self._change(replace(self._preferences.settings, theme=theme))

    # -- 文件

    def _files(self) -> QWidget:
        page, form = _page()
        self._folder = PlainLabel()
        self._folder.setWordWrap(True)
        choose = push_button("选择文件夹…", self._ask_folder)
        self._usual = push_button("恢复默认", lambda: self._choose_folder(None))
        says = PlainLabel("新建的年报放在这里；已有的年报不会移动。")
        says.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(_GAP)
        column.addWidget(self._folder)
        column.addLayout(_row(choose, self._usual))
        column.addWidget(says)
        form.addRow("年报文件夹", column)
        self._clear = ConfirmButton("清空年报列表")
        self._clear.setAutoDefault(False)
        self._clear.clicked.connect(self._clear_list)
        kept = PlainLabel("只清空开始页上的列表，年报文件不会删除。")
        kept.setWordWrap(True)
        other = QVBoxLayout()
        other.setSpacing(_GAP)
        other.addLayout(_row(self._clear))
        other.addWidget(kept)
        form.addRow("年报列表", other)
        form.addRow("PDF 归档格式", self._pdf())
        self._show_folder()
        return page

    def _pdf(self) -> QVBoxLayout:
        kinds = ((kind.says, kind) for kind in PdfKind)
        says = PlainLabel(
            "带标签的，读屏软件能按标题和表格朗读。附上的是年报已公开的数字和文字，下一年可以从 PDF 里原样取回；备注和说明不会附上。"
        )
        says.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(_GAP)
        column.addLayout(_choices(kinds, self._preferences.settings.pdf, self._choose_pdf))
        column.addWidget(says)
        return column

    def _choose_pdf(self, kind: PdfKind) -> None:
        self._change(replace(self._preferences.settings, pdf=kind))

    def _show_folder(self) -> None:
        folder, sentence = self._preferences.reports
        self._folder.setText(sentence or str(folder))
        self._usual.setEnabled(self._preferences.settings.reports is not None)

    def _ask_folder(self) -> None:
        folder, _sentence = self._preferences.reports
        name = QFileDialog.getExistingDirectory(self, "年报放在哪个文件夹", start_in(folder))
        if name:
            self._choose_folder(Path(name))

    def _choose_folder(self, folder: Path | None) -> None:
        self._change(replace(self._preferences.settings, reports=folder))
        self._show_folder()

    def _clear_list(self) -> None:
        if not self._clear.confirms():
            self._clear.ask(_SURE)
            return
        self._clear.settle()
        try:
            waited(lambda: forget_all(self._preferences.folders.library_file, now()), _WRITES)
        except StoreError as error:
            self._tell(str(error), Role.ERROR)
        else:
            self._tell("年报列表已清空，年报文件都还在。", Role.OK)

    # -- 本单位资料

    def _unit(self) -> QWidget:
        self.profile = ProfileForm(self._preferences.theme)
        self.profile.mended.connect(lambda: self._tell("", Role.TEXT))
        file = self._preferences.folders.profile_file
        unit, sentence = waited(lambda: read_own_profile(file, now()), "正在读本单位资料，磁盘有点慢。")
        if unit is not None:
            self.profile.show_profile(unit)
        self._kept = self.profile.filled()
        if sentence:
            self._tell(sentence, Role.ERROR)
        keep = push_button("保存本单位资料", self._keep_profile)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * _GAP, 2 * _GAP, 2 * _GAP, _GAP)
        column.setSpacing(2 * _GAP)
        column.addWidget(self.profile)
        column.addLayout(_row(keep))
        return _scrolled(inside)

    # -- 上级文件

    def _handed_out(self) -> QScrollArea:
        page = HandedOutPage()
        page.told.connect(lambda says, well: self._tell(says, Role.OK if well else Role.ERROR))
        return _scrolled(page)

    def typed(self) -> Iterator[Typed]:
        """What stands in the unit's fields and is not saved."""
        if self.profile.filled() != self._kept:
            yield from self.profile.typed(Kind.SETTINGS)

    def put_back(self, typed: tuple[Typed, ...]) -> None:
        """Go on with what was typed before and not saved."""
        if typed:
            self.tabs.setCurrentIndex(_UNIT_TAB)
            self.profile.put_back(typed)
            self._tell("上次改的本单位资料还没有保存，已经放回来了。", Role.WARNING)

    def _keep_profile(self) -> bool:
        """Save the profile and say so, or why not; whether it was saved."""
        try:
            unit = self.profile.profile()
            waited(lambda: write_profiles(self._preferences.folders.profile_file, [unit]), _WRITES)
        except (ProfileError, StoreError) as error:
            self._tell(str(error), Role.ERROR)
            return False
        self._kept = self.profile.filled()
        self._tell("已保存本单位资料。已有的年报不受影响。", Role.OK)
        return True

    def done(self, result: int) -> None:
        """Close, whichever way was taken; first ask what becomes of a profile that is not saved."""
        if self.profile.filled() == self._kept or self._may_leave_profile():
            super().done(result)

    def _may_leave_profile(self) -> bool:
        self.tabs.setCurrentIndex(_UNIT_TAB)  # the question is about what is to be seen under it
        match questions.ask_about_profile(self):
            case questions.Unkept.KEEP:
                return self._keep_profile()
            case questions.Unkept.DROP:
                return True
            case _:
                return False

    # -- keeping and telling

    def _change(self, settings: Settings) -> None:
        self._tell("", Role.TEXT)
        self._preferences.change(settings)

    def _tell_error(self, sentence: str) -> None:
        self._tell(sentence, Role.ERROR)

    def _tell(self, sentence: str, role: Role) -> None:
        self._role = role
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))
        self._ink()

    def _ink(self, _theme: object = None) -> None:
        ink(self._told, self._preferences.theme, self._role)
        self._fit()

    def _fit(self, _tab: object = None) -> None:
        """As large as the tab that is shown asks for, on a small screen no larger than that."""
        for page in filter(None, map(self.tabs.widget, range(self.tabs.count()))):
            is_shown = page is self.tabs.currentWidget()
            policy = QSizePolicy.Policy.Preferred if is_shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        room = self.screen().availableGeometry()
        width = min(max(_WIDTH, self.sizeHint().width()), room.width())
        inner = width - _AROUND
        bars = self.tabs.tabBar().sizeHint().height() + self._buttons.sizeHint().height()
        told = self._told.heightForWidth(inner) + _GAP if self._told.text() else 0
        height = _height_of(self.tabs.currentWidget(), inner) + bars + told + _BETWEEN
        self.resize(width, min(max(_LEAST, height), room.height() - 48))


_SURE = "确认清空年报列表"
_WRITES = "正在保存，磁盘有点慢。"


def _height_of(tab: QWidget | None, width: int) -> int:
    """What the tab asks for; what can be scrolled asks for the whole of it."""
    whole = tab.widget() if isinstance(tab, QScrollArea) else tab
    if whole is None:
        return 0
    return max(whole.heightForWidth(width), whole.sizeHint().height())


def _scrolled(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area


def _page() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(2 * _GAP, 2 * _GAP, 2 * _GAP, 2 * _GAP)
    form.setVerticalSpacing(3 * _GAP)
    form.setHorizontalSpacing(3 * _GAP)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return page, form


def _choices(
    choices: Iterable[tuple[str, _Choice]], current: _Choice, choose: Callable[[_Choice], None]
) -> QHBoxLayout:
    buttons = []
    group = None
    for says, choice in choices:
        button = QRadioButton(says)
        group = group or QButtonGroup(button)
        group.addButton(button)
        button.setChecked(choice is current)
        button.clicked.connect(partial(choose, choice))
        buttons.append(button)
    return _row(*buttons, gap=_BETWEEN_CHOICES)


def _row(*widgets: QWidget, gap: int = _GAP) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
