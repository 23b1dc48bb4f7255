"""What the clerk reads after the program itself went wrong: what is saved, what to do, what to copy."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reportdesk import __version__
from reportdesk.gui.common.clipboard import put_on_clipboard
from reportdesk.gui.look.controls import PlainLabel
from reportdesk.gui.look.theme import Size, Theme

_SIZE = (600, 420)
_GAP = 8
_TO_DO = (
    "1. 再试一次刚才的操作。",
    "2. 还是不行，就关掉年报台再打开，接着填。",
    "3. 一再出现时，点“复制错误信息”，粘贴给帮你的人。里面没有年报的内容。",
)


class CrashPage(QDialog):
    """``trouble`` is an error's kind and places in the program, as ``store.log`` describes it."""

    def __init__(self, saved: str, trouble: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("刚才这一步没有做成")
        self.resize(*_SIZE)
        self._text = "\n".join(
            (
                f"年报台 {__version__}，Qt {qVersion()}，Python {platform.python_version()}",
                platform.platform(),
                trouble,
            )
        )
        title = PlainLabel("刚才这一步没有做成")
        title.setFont(theme.font(Size.PAGE, strong=True))
        self.says = PlainLabel("\n".join((f"这是程序的毛病，不是你填错了。{saved}", "", *_TO_DO)))
        self.says.setWordWrap(True)
        shown = QPlainTextEdit(self._text)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName("错误信息")
        shown.setFont(theme.font(Size.SMALL))
        self.copy = QPushButton("复制错误信息")
        self.copy.clicked.connect(self._copy)
        buttons = QDialogButtonBox()
        go_on = buttons.addButton("接着填", QDialogButtonBox.ButtonRole.AcceptRole)
        go_on.setProperty("role", "main")
        go_on.setDefault(True)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * _GAP, 3 * _GAP, 3 * _GAP, 2 * _GAP)
        column.setSpacing(2 * _GAP)
        column.addWidget(title)
        column.addWidget(self.says)
        column.addWidget(shown, 1)
        column.addWidget(buttons)
        go_on.setFocus()

    def _copy(self) -> None:
        put_on_clipboard(self._text)
        self.copy.setText("已复制")
