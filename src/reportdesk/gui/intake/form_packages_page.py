"""The page of 设置 that lists what was taken in of a district's files, each with the way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.common.confirm_button import ConfirmButton
from reportdesk.gui.look.controls import PlainLabel
from reportdesk.intake.forms_taken import Taken, take_out, taken
from reportdesk.store.file import StoreError

_GAP = 12
_NONE = "没有导入过上级发来的年报格式或审核规则（.gkform 文件）。现在用的都是程序自带的。"


class HandedOutPage(QWidget):
    """An entry each: what it is called, when it came, what it brought, its digest, and 撤下."""

    told = Signal(str, bool)
    """A sentence for the clerk, and whether what it tells went well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * _GAP, 2 * _GAP, 2 * _GAP, _GAP)
        self._column.setSpacing(_GAP)
        self._list()

    def _list(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        listed = waited(taken, "正在读导入记录，磁盘有点慢。")
        if not listed:
            self._column.addWidget(_words(_NONE))
        for one in listed:
            self._column.addWidget(
                _words(f"“{one.name}”，{one.at}导入：{one.says}。\nSHA-256 开头是 {one.digest[:8]}。")
            )
            button = ConfirmButton("撤下")
            button.setAccessibleName(f"撤下“{one.name}”")
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._take_out, one, button))
            self._column.addWidget(button)
        self._column.addStretch(1)

    def _take_out(self, one: Taken, button: ConfirmButton) -> None:
        if not button.confirms():
            button.ask("确认撤下，用回程序自带的")
            return
        button.settle()
        try:
            says = waited(partial(take_out, one), "正在撤下，磁盘有点慢。")
        except StoreError as error:
            self.told.emit(str(error), False)
            return
        self._list()
        self.told.emit(says, True)


def _words(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setWordWrap(True)
    return label
