"""What was made for handing in: which file goes where, and what is copied into a mail."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from reportdesk.gui.common.clipboard import put_on_clipboard
from reportdesk.gui.common.opening import open_path
from reportdesk.gui.look.controls import Button, PlainLabel, ink, push_button, set_tip
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.outgoing.submission import INTERNAL, PUBLIC, Goes, Made, Submission

_GAP = 8
_WHAT_TO_DO = {
    Goes.DISTRICT: "把这个压缩包作为附件发给上级，或拷到 U 盘上：",
    Goes.PUBLIC: f"在“{PUBLIC}”文件夹里，只有印出来的内容，可以交给网站发布：",
    Goes.OFFICE: f"在“{INTERNAL}”文件夹里，不要公开，本单位留存：",
}
_ONE_BY_ONE = f"上级的系统要求逐个上传的，用下面这些和“{PUBLIC}”里的文件："


class SubmissionResult(QWidget):
    """Shows one folder that was made; ``told`` what a button did."""

    told: ClassVar[Signal] = Signal(str)
    marking_wanted: ClassVar[Signal] = Signal()
    """The clerk has sent it and wants the report's state to say so."""

    def __init__(self, made: Submission, due: str, theme: Theme) -> None:
        super().__init__()
        self._made = made
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _GAP, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(
            words(f"第 {made.this.number} 次报送的文件已经做好", theme, Role.TEXT, Size.SECTION, strong=True)
        )
        column.addWidget(words(str(made.folder), theme, Role.QUIET))
        for notice in made.notices:
            column.addWidget(words(f"● {notice}", theme, Role.WARNING))
        column.addLayout(self._first_buttons())
        column.addLayout(self._last_step())
        for goes in Goes:
            self._group(column, goes, due)
        column.addSpacing(_GAP)
        code = f"核对码 {made.code}：与审核单、送审稿上的相同，说明内容是同一份；它不证明是谁做的。"
        column.addWidget(words(code, theme, Role.QUIET))

    def _group(self, column: QVBoxLayout, goes: Goes, due: str) -> None:
        files = [one for one in self._made.files if one.goes is goes]
        if not files:
            return
        column.addSpacing(_GAP)
        column.addWidget(words(goes.value, self._theme, Role.TEXT, strong=True))
        if goes is Goes.DISTRICT:
            column.addWidget(words(_address(self._made, due), self._theme, Role.TEXT))
        column.addWidget(words(_WHAT_TO_DO[goes], self._theme, Role.QUIET))
        for one in sorted(files, key=lambda one: not one.is_zip):
            column.addWidget(self._file(one))
            if one.is_zip and len(files) > 1:
                column.addWidget(words(_ONE_BY_ONE, self._theme, Role.QUIET))

    def begin(self) -> None:
        """Put the focus on what is usually done next."""
        self.open_folder.setFocus()

    def _first_buttons(self) -> QHBoxLayout:
        mail = self._made.mail
        self.open_folder = push_button("打开文件夹", lambda: self._open(self._made.folder), main=True)
        address = push_button(
            "复制收件地址", lambda: self._copy("收件地址", ", ".join(mail.addresses) or mail.to)
        )
        address.setEnabled(bool(mail.to))
        set_tip(address, "" if mail.to else "本单位资料里没有填报送地址，可以在“设置”里填。")
        subject = push_button("复制主题", lambda: self._copy("主题", mail.subject))
        text = push_button("复制正文", lambda: self._copy("正文", mail.text))
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        for button in (self.open_folder, address, subject, text, self._more()):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _last_step(self) -> QHBoxLayout:
        """What is forgotten once the files are sent, unless it stands beside them."""
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(
            words("发给上级以后，把年报的状态改为“已报送”，免得再有改动。", self._theme, Role.TEXT), 1
        )
        row.addWidget(push_button("改为“已报送”", self.marking_wanted.emit))
        return row

    def _more(self) -> Button:
        """What few need: a draft of the mail, and where the zip lies."""
        more = Button("更多")
        menu = QMenu(more)
        draft = next((one for one in self._made.files if one.is_mail), None)
        if draft is not None:
            opened = menu.addAction("用邮件程序打开邮件草稿（.eml）")
            opened.triggered.connect(lambda *_: self._open(self._made.folder / draft.path))
        packed = next((one for one in self._made.files if one.is_zip), None)
        if packed is not None:
            copied = menu.addAction("复制压缩包的位置")
            copied.triggered.connect(
                lambda *_: self._copy("压缩包的位置", str(self._made.folder / packed.path))
            )
        more.setMenu(menu)
        return more

    def _file(self, one: Made) -> QLabel:
        name = one.path.rpartition("/")[2]
        label = words(f"　{name}\n　{one.says}", self._theme, Role.TEXT)
        label.setAccessibleName(f"{one.goes.value}：{name}，{one.says}")
        return label

    def _open(self, path: Path) -> None:
        sentence = open_path(path)
        if sentence:
            self.told.emit(sentence)

    def _copy(self, what: str, text: str) -> None:
        put_on_clipboard(text)
        self.told.emit(f"已复制{what}，可以粘贴到网页邮箱里。")


def _address(made: Submission, due: str) -> str:
    to = made.mail.to or "没有填，可以在“设置”的“本单位资料”里填"
    return f"报送到：{to}{due}"


def words(
    text: str, theme: Theme, role: Role, size: Size = Size.BODY, *, strong: bool = False, wraps: bool = True
) -> QLabel:
    """A label in the theme's type and colour, which can be marked and copied.

    One that wraps takes the room that it is given: a path without a gap must not widen the page.
    """
    label = PlainLabel(text)
    label.setFont(theme.font(size, strong=strong))
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if wraps:
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    ink(label, theme, role)
    return label
