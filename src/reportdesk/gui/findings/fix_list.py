"""The places of a fix, before and after, each with a tick where the clerk may leave some out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from reportdesk.checks.fixes import Preview
from reportdesk.gui.look.controls import PlainLabel
from reportdesk.gui.look.theme import Theme

_SEEN = 4
"""Places that are seen without scrolling."""
_LINES_EACH = 4
_GAP = 8
_INDENT = 24


class FixList(QScrollArea):
    """Lists them; ``ticked`` tells that others are chosen now."""

    ticked: ClassVar[Signal] = Signal()

    def __init__(self, previews: Sequence[Preview], theme: Theme, *, ticks: bool) -> None:
        super().__init__()
        self._count = len(previews)
        self.boxes: list[QCheckBox] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP // 2)
        has_boxes = ticks and self._count > 1
        for preview in previews:
            if has_boxes:
                column.addWidget(self._box(preview, theme))
            words = f"原文：{preview.before}\n改后：{preview.after}"
            shown = PlainLabel(words if has_boxes else f"{preview.place}\n{words}")
            shown.setWordWrap(True)
            shown.setFont(theme.font())
            shown.setIndent(_INDENT if has_boxes else 0)
            column.addWidget(shown)
        column.addStretch(1)
        self.setWidget(sheet)
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(min(self._count, _SEEN) * (_LINES_EACH * line + _GAP // 2) + _GAP)

    def chosen(self) -> list[int]:
        """The numbers of the places that are ticked; all of them where there are no ticks."""
        if not self.boxes:
            return list(range(self._count))
        return [number for number, box in enumerate(self.boxes) if box.isChecked()]

    def _box(self, preview: Preview, theme: Theme) -> QCheckBox:
        box = QCheckBox(preview.place.replace("&", "&&"))
        box.setFont(theme.font())
        box.setChecked(True)
        box.setAccessibleDescription(f"原文：{preview.before}；改后：{preview.after}")
        box.toggled.connect(self.ticked)
        self.boxes.append(box)
        return box
