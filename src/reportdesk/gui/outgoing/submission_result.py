"""What was made for handing in, a card each: what is sent to whom, what is published, and what stays."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from reportdesk.gui.common.clipboard import put_on_clipboard
from reportdesk.gui.common.opening import open_path
from reportdesk.gui.look.controls import Button, push_button, set_tip, words
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.gui.outgoing.cards import Card, spell_size
from reportdesk.outgoing.submission import INTERNAL, PUBLIC, Goes, Made, Submission

_GAP = 8
_ONE_BY_ONE = f"上级的系统要求逐个上传的，用下面这些和“{PUBLIC}”里的文件："


class SubmissionResult(QWidget):
    """Shows one folder that was made; ``told`` what a button did.

    ``is_sent``: the report's state says already that it went to the district.
    """

    told: ClassVar[Signal] = Signal(str)
    marking_wanted: ClassVar[Signal] = Signal()
    """The clerk has sent it and wants the report's state to say so."""

    def __init__(
        self, made: Submission, due: str, scan: QWidget | None, theme: Theme, *, is_sent: bool = False
    ) -> None:
        super().__init__()
        self._made = made
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _GAP, 0, 0)
        column.setSpacing(_GAP)
        column.addLayout(self._heading())
        column.addWidget(words(str(made.folder), theme, Role.QUIET))
        for notice in made.notices:
            column.addWidget(words(f"● {notice}", theme, Role.WARNING))
        column.addWidget(self._to_send(due, scan, is_sent=is_sent))
        column.addWidget(self._to_publish())
        column.addWidget(self._to_keep())
        code = f"核对码 {made.code}：与审核单、送审稿上的相同，说明内容是同一份；它不证明是谁做的。"
        column.addWidget(words(code, theme, Role.QUIET))

    def begin(self) -> None:
        """Put the focus on what is usually done next."""
        self.open_folder.setFocus()

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        title = f"第 {self._made.this.number} 次报送的文件已经做好"
        row.addWidget(words(title, self._theme, Role.TEXT, Size.SECTION, strong=True), 1)
        self.open_folder = push_button("打开文件夹", lambda: self._open(self._made.folder), main=True)
        row.addWidget(self.open_folder)
        return row

    # -- the cards

    def _to_send(self, due: str, scan: QWidget | None, *, is_sent: bool) -> Card:
        card = Card(Goes.DISTRICT.value, self._theme)
        card.say(_address(self._made, due))
        packed, others = self._files(Goes.DISTRICT)
        for one in packed:
            self._big(card, one)
        if packed:
            card.say("把它作为附件发给上级，或拷到 U 盘上。", Role.QUIET)
        card.column.addLayout(self._mail_buttons())
        if others:
            card.say(_ONE_BY_ONE if packed else "逐个上传或发送：", Role.QUIET)
        for one in others:
            card.column.addWidget(self._file(one))
        if scan is not None:
            card.say("盖章扫描件")
            card.column.addWidget(scan)
        card.column.addLayout(self._last_step(is_sent=is_sent))
        return card

    def _to_publish(self) -> Card:
        card = Card(Goes.PUBLIC.value, self._theme)
        card.say(f"在“{PUBLIC}”文件夹里，只有印出来的内容，可以交给网站发布：", Role.QUIET)
        return self._with_files(card, Goes.PUBLIC, PUBLIC)

    def _to_keep(self) -> Card:
        card = Card(Goes.OFFICE.value, self._theme)
        card.say(f"在“{INTERNAL}”文件夹里，不要公开，本单位留存：", Role.QUIET)
        return self._with_files(card, Goes.OFFICE, INTERNAL)

    def _with_files(self, card: Card, goes: Goes, folder: str) -> Card:
        _, files = self._files(goes)
        for one in files:
            card.column.addWidget(self._file(one))
        row = QHBoxLayout()
        row.addWidget(push_button(f"打开“{folder}”", lambda: self._open(self._made.folder / folder)))
        row.addStretch(1)
        card.column.addLayout(row)
        return card

    def _files(self, goes: Goes) -> tuple[list[Made], list[Made]]:
        """The zip, if it goes there, and the other files."""
        files = [one for one in self._made.files if one.goes is goes]
        return [one for one in files if one.is_zip], [one for one in files if not one.is_zip]

    def _big(self, card: Card, one: Made) -> None:
        name = one.path.rpartition("/")[2]
        label = words(f"{name}　{spell_size(one.size)}", self._theme, Role.TEXT, strong=True)
        label.setAccessibleName(f"{one.goes.value}：{name}，{spell_size(one.size)}，{one.says}")
        card.column.addWidget(label)
        card.say(one.says, Role.QUIET)

    def _file(self, one: Made) -> QLabel:
        name = one.path.rpartition("/")[2]
        label = words(f"　{name}　{spell_size(one.size)}\n　{one.says}", self._theme, Role.TEXT)
        label.setAccessibleName(f"{one.goes.value}：{name}，{spell_size(one.size)}，{one.says}")
        return label

    # -- what is done with them

    def _mail_buttons(self) -> QHBoxLayout:
        mail = self._made.mail
        address = push_button(
            "复制收件地址", lambda: self._copy("收件地址", ", ".join(mail.addresses) or mail.to)
        )
        address.setEnabled(bool(mail.to))
        set_tip(address, "" if mail.to else "本单位资料里没有填报送地址，可以在“设置”里填。")
        subject = push_button("复制主题", lambda: self._copy("主题", mail.subject))
        text = push_button("复制正文", lambda: self._copy("正文", mail.text))
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        for button in (address, subject, text, self._more()):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _last_step(self, *, is_sent: bool) -> QHBoxLayout:
        """What is forgotten once the files are sent, unless it stands beside them."""
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        if is_sent:
            row.addWidget(words("年报的状态是“已报送”。", self._theme, Role.OK), 1)
            return row
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
