"""What stands in the window while no report is open: the two ways to begin."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reportdesk.gui.theme import Role, Size, Theme


class StartPage(QWidget):
    """Asks for a report."""

    new_wanted: ClassVar[Signal] = Signal()
    open_wanted: ClassVar[Signal] = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("政府信息公开工作年度报告")
        title.setFont(theme.font(Size.PAGE, strong=True))
        says = QLabel(
            "新建一份年报，逐节填写，改动会自动保存。\n已有的年报可以打开，也可以把 .gknb 文件拖到这里。"
        )
        says.setFont(theme.font(Size.BODY))
        palette = says.palette()
        palette.setColor(says.foregroundRole(), theme.color(Role.QUIET))
        says.setPalette(palette)
        self.new_button = QPushButton("新建年报")
        self.new_button.setProperty("role", "main")
        self.new_button.clicked.connect(self.new_wanted)
        self.open_button = QPushButton("打开年报…")
        self.open_button.clicked.connect(self.open_wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.new_button)
        row.addWidget(self.open_button)
        row.addStretch()
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(title)
        column.addWidget(says)
        column.addLayout(row)
        block = QWidget()
        block.setLayout(column)
        middle = QVBoxLayout(self)
        middle.addStretch(2)
        middle.addWidget(block, alignment=Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
