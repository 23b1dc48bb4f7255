"""The few questions that must be answered before going on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from reportdesk.report.text.characters import shown_plainly

_Choice = TypeVar("_Choice", bound=Enum)
_WARNING = QMessageBox.Icon.Warning
_ACCEPT = QMessageBox.ButtonRole.AcceptRole
_DESTROY = QMessageBox.ButtonRole.DestructiveRole
_REJECT = QMessageBox.ButtonRole.RejectRole


class Leave(Enum):
    """What to do with a report that cannot be saved where it lies."""

    SAVE_ELSEWHERE = "另存为…"
    DROP = "不保存"
    STAY = "返回"


def ask_about_unsaved(parent: QWidget, name: str) -> Leave:
    """Ask before changes get lost; closing the question means to stay."""
    box = message_box(parent, _WARNING, "有改动未保存", f"“{name}”的最后改动保存不了。")
    box.setInformativeText("另存到别的位置就不会丢失；不保存，最后的改动就没有了。")
    roles = {Leave.SAVE_ELSEWHERE: _ACCEPT, Leave.DROP: _DESTROY, Leave.STAY: _REJECT}
    return _answer(box, roles, usual=Leave.SAVE_ELSEWHERE, closed=Leave.STAY)


class Ending(Enum):
    """What to do with an export when the window is to be closed."""

    WAIT = "等导出完再关闭"
    STOP = "停止导出并关闭"
    STAY = "返回"


def ask_about_export(parent: QWidget) -> Ending:
    """Ask before an export is cut off; closing the question means to stay."""
    box = message_box(parent, QMessageBox.Icon.Question, "正在导出", "导出还没有做完。")
    box.setInformativeText("停止的话，还没有写好的文件不会留下；年报本身已经保存。")
    roles = {Ending.WAIT: _ACCEPT, Ending.STOP: _DESTROY, Ending.STAY: _REJECT}
    return _answer(box, roles, usual=Ending.WAIT, closed=Ending.STAY)


class Meeting(Enum):
    """What to do where another report's files stand under the same names."""

    BESIDE = "放进另一个文件夹"
    REPLACE = "替换"
    STAY = "返回"


def ask_about_others_files(parent: QWidget, folder: str, whose: str) -> Meeting:
    """Ask before another report's files are written over; closing the question means to stay."""
    box = message_box(
        parent, _WARNING, "文件夹里有另一份年报的文件", f"“{folder}”里有{whose}的文件，名字相同。"
    )
    box.setInformativeText("放进另一个文件夹，两份都在；替换，那一份的同名文件就没有了。")
    roles = {Meeting.BESIDE: _ACCEPT, Meeting.REPLACE: _DESTROY, Meeting.STAY: _REJECT}
    return _answer(box, roles, usual=Meeting.BESIDE, closed=Meeting.STAY)


class Unkept(Enum):
    """What to do with a unit's profile that was changed when 设置 is to be closed."""

    KEEP = "保存"
    DROP = "不保存"
    STAY = "返回"


def ask_about_profile(parent: QWidget) -> Unkept:
    """Ask before what was filled in gets lost; closing the question means to stay."""
    box = message_box(parent, _WARNING, "本单位资料没有保存", "本单位资料改过了，还没有保存。")
    box.setInformativeText("不保存，刚才填的就没有了；“显示”和“文件”里选的不受影响。")
    roles = {Unkept.KEEP: _ACCEPT, Unkept.DROP: _DESTROY, Unkept.STAY: _REJECT}
    return _answer(box, roles, usual=Unkept.KEEP, closed=Unkept.STAY)


class _Errors(Enum):
    EXPORT = "仍然导出"
    MEND = "先去改正"


_LISTED = 6
"""Sentences in a question: with more its buttons leave a small screen."""


def ask_whether_to_export(parent: QWidget, says: str, listed: Sequence[str]) -> bool:
    """Ask whether to export although so much is open, the first of it listed."""
    box = message_box(parent, _WARNING, "还有没有解决的问题", f"还有 {says}。")
    first = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(listed[:_LISTED], 1))
    more = f"\n另有 {len(listed) - _LISTED} 处。" if len(listed) > _LISTED else ""
    box.setInformativeText(
        shown_plainly(f"{first}{more}\n\n导出的文件会带着这些，适合先打印出来给别人看；正式报送前请改正。")
    )
    roles = {_Errors.EXPORT: _ACCEPT, _Errors.MEND: _REJECT}
    return _answer(box, roles, usual=_Errors.MEND, closed=_Errors.MEND) is _Errors.EXPORT


def message_box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    """A box that shows its text as it stands; the caller adds buttons, else it has one to close it."""
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)  # of what is asked besides, too
    box.setText(shown_plainly(text))
    return box


def _answer(
    box: QMessageBox, roles: Mapping[_Choice, QMessageBox.ButtonRole], *, usual: _Choice, closed: _Choice
) -> _Choice:
    """Which of the buttons is pressed; each says its choice's value."""
    buttons = {choice: box.addButton(choice.value, role) for choice, role in roles.items()}
    box.setDefaultButton(buttons[usual])
    box.setEscapeButton(buttons[closed])
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return next((choice for choice, button in buttons.items() if button is clicked), closed)
