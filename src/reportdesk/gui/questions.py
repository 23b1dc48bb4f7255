"""The few questions that must be answered before going on."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QMessageBox, QWidget


class Leave(Enum):
    """What to do with a report that cannot be saved where it lies."""

    SAVE_ELSEWHERE = "另存为…"
    DROP = "不保存"
    STAY = "返回"


def ask_about_unsaved(parent: QWidget, name: str) -> Leave:
    """Ask before changes get lost; closing the question means to stay."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("有改动未保存")
    box.setText(f"“{name}”的最后改动保存不了。")
    box.setInformativeText("另存到别的位置就不会丢失；不保存，最后的改动就没有了。")
    buttons = {
        Leave.SAVE_ELSEWHERE: box.addButton(Leave.SAVE_ELSEWHERE.value, QMessageBox.ButtonRole.AcceptRole),
        Leave.DROP: box.addButton(Leave.DROP.value, QMessageBox.ButtonRole.DestructiveRole),
        Leave.STAY: box.addButton(Leave.STAY.value, QMessageBox.ButtonRole.RejectRole),
    }
    box.setDefaultButton(buttons[Leave.SAVE_ELSEWHERE])
    box.setEscapeButton(buttons[Leave.STAY])
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return next((leave for leave, button in buttons.items() if button is clicked), Leave.STAY)


class Ending(Enum):
    """What to do with an export when the window is to be closed."""

    WAIT = "等导出完再关闭"
    STOP = "停止导出并关闭"
    STAY = "返回"


def ask_about_export(parent: QWidget) -> Ending:
    """Ask before an export is cut off; closing the question means to stay."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("正在导出")
    box.setText("导出还没有做完。")
    box.setInformativeText("停止的话，还没有写好的文件不会留下；年报本身已经保存。")
    roles = QMessageBox.ButtonRole
    buttons = {
        Ending.WAIT: box.addButton(Ending.WAIT.value, roles.AcceptRole),
        Ending.STOP: box.addButton(Ending.STOP.value, roles.DestructiveRole),
        Ending.STAY: box.addButton(Ending.STAY.value, roles.RejectRole),
    }
    box.setDefaultButton(buttons[Ending.WAIT])
    box.setEscapeButton(buttons[Ending.STAY])
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return next((ending for ending, button in buttons.items() if button is clicked), Ending.STAY)


def ask_whether_to_export(parent: QWidget, errors: int) -> bool:
    """Ask whether to export although there are errors."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("还有错误没有改正")
    box.setText(f"审核发现 {errors} 处错误。")
    box.setInformativeText("导出的文件会带着这些错误，适合先打印出来给别人看；正式报送前请改正。")
    export = box.addButton("仍然导出", QMessageBox.ButtonRole.AcceptRole)
    back = box.addButton("先去改正", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    box.exec()
    wanted = box.clickedButton() is export
    box.deleteLater()
    return wanted
