"""自检: how this PC and the program stand, on one page to be read out or copied for whoever helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QTimer, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reportdesk.gui.common.clipboard import put_on_clipboard
from reportdesk.gui.common.preferences import Preferences
from reportdesk.gui.look.controls import PlainLabel
from reportdesk.gui.look.theme import Role
from reportdesk.session.diagnostics import Row, as_text, self_check

_SIZE = (680, 520)
_GAP = 8
_TROUBLE = ("不能写入", "太少", "查不到", "没有找到")
"""Words of a value that the clerk must see."""


class SelfCheckDialog(QDialog):
    """Looks once, after it is on the screen: searching the fonts takes its time."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("自检")
        self.resize(*_SIZE)
        self._preferences = preferences
        self._rows: tuple[Row, ...] = ()
        self.says = PlainLabel("正在检查…")
        self.says.setWordWrap(True)
        self.table = QTableWidget(0, 2)
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName("自检结果")
        heads = self.table.horizontalHeader()
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.copy = QPushButton("复制")
        self.copy.setProperty("role", "main")
        self.copy.setEnabled(False)
        self.copy.clicked.connect(self._copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        status_line = QHBoxLayout()
        status_line.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * _GAP, 2 * _GAP, 2 * _GAP, 2 * _GAP)
        column.setSpacing(_GAP)
        column.addWidget(self.says)
        column.addWidget(self.table, 1)
        column.addLayout(status_line)
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        folders, (chosen, notice) = self._preferences.folders, self._preferences.reports
        used = replace(
            folders, reports=chosen, notices=(*folders.notices, notice) if notice else folders.notices
        )
        self._rows = self_check(used, _what_qt_knows(self._preferences), usual_reports=folders.reports)
        self.table.setRowCount(len(self._rows))
        theme = self._preferences.theme
        wrong = 0
        for place, (name, value) in enumerate(self._rows):
            troubled = any(word in value for word in _TROUBLE)
            wrong += troubled
            for column, text in enumerate((f"▲ {name}" if troubled else name, value)):
                entry = QTableWidgetItem(text)
                if troubled:
                    entry.setForeground(theme.color(Role.ERROR))
                self.table.setItem(place, column, entry)
        self.table.resizeRowsToContents()
        result = f"有 {wrong} 处需要注意，见带 ▲ 的行。" if wrong else "没有发现毛病。"
        self.says.setText(f"{result}打电话求助时，可以念给对方听，或点“复制”后粘贴过去；里面没有年报的内容。")
        self.copy.setEnabled(True)
        self.copy.setFocus()

    def _copy(self) -> None:
        put_on_clipboard(as_text(self._rows))
        self.says.setText("已复制，可以粘贴到 QQ、微信或邮件里。")


def _what_qt_knows(preferences: Preferences) -> Iterator[Row]:
    from PySide6.QtPrintSupport import QPrinterInfo

    yield "Qt", f"{qVersion()}（PySide6 {pyside_version}）"
    theme, settings = preferences.theme, preferences.settings
    yield "显示", f"{theme.family}，文字{settings.text_size.says}，{settings.theme.says}"
    for screen in QGuiApplication.screens():
        size = screen.size()
        scale = round(screen.devicePixelRatio() * 100)
        yield "屏幕", f"{size.width()}×{size.height()}，{scale}%"
    printers = QPrinterInfo.availablePrinterNames()
    usual = QPrinterInfo.defaultPrinterName()
    yield "打印机", f"{'、'.join(printers)}（默认：{usual or '没有'}）" if printers else "没有安装打印机"
