"""The place for the scanned, sealed report on the 报送 page: add one, exchange it, and read what was seen of it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reportdesk.gui.common import files
from reportdesk.gui.look.controls import ink, push_button, words
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.outgoing.scan_file import refuse_scan
from reportdesk.readers.pdf.scan_look import ScanLook

_GAP = 8
_NO_SCAN = "还没有加入。打印、签字、盖章后扫描成 PDF，拖到这一页上，也可以以后再加。"
_KEPT_SCAN = "沿用上次报送时加入的那一份。要换的，把新的扫描件拖到这一页上，或者点“换一个…”。"


class ScanPlace(QWidget):
    """Holds the scan that goes along, if one was given; what is seen of it is told by ``show_look``."""

    changed: ClassVar[Signal] = Signal()
    """Another scan is to go along, or none."""

    def __init__(self, folder: Path, theme: Theme, *, has_kept: bool) -> None:
        super().__init__()
        self.path: Path | None = None
        self._folder = folder
        self._theme = theme
        self._has_kept = has_kept
        self._role = Role.QUIET
        self._says = words("", theme, Role.QUIET)
        self._seen = words("", theme, Role.WARNING)
        self.choose = push_button("", self._ask)
        self.drop = push_button("去掉", lambda: self._take(None))
        self.drop.setAccessibleName("去掉扫描件")
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        for widget, stretch in ((self._says, 1), (self.choose, 0), (self.drop, 0)):
            row.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addLayout(row)
        column.addWidget(self._seen)
        self._show()

    def add(self, path: Path) -> None:
        """Take that file as the scan, or say why not."""
        refused = refuse_scan(path)
        if refused:
            kept = f"仍用先前加入的“{self.path.name}”。" if self.path else ""
            self._say(f"▲ {refused}{kept}", Role.ERROR)
            return
        self._take(path)

    def show_look(self, path: Path, look: ScanLook) -> None:
        """Say what was seen of the scan, if it is still the one that goes along."""
        if path != self.path:
            return
        pages = f"（{look.pages} 页）" if look.pages else ""
        self._say(f"已加入：{path.name}{pages}", Role.TEXT)
        self._seen.setText("\n".join(f"▲ {caution}" for caution in look.cautions))
        self._seen.setVisible(bool(look.cautions))

    def keep(self) -> None:
        """What was added lies in a folder now, and goes along from there; the place stands elsewhere on the page."""
        self._has_kept = self._has_kept or self.path is not None
        ink(
            self._says, self._theme, self._role
        )  # a style sheet around it, new or gone, takes the colours back
        ink(self._seen, self._theme, Role.WARNING)

    def _ask(self) -> None:
        path = files.ask_for_scan(self, self._folder)
        if path is not None:
            self.add(path)

    def _take(self, path: Path | None) -> None:
        self.path = path
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        is_there = self.path is not None or self._has_kept
        none = _KEPT_SCAN if self._has_kept else _NO_SCAN
        self._say(f"已加入：{self.path.name}" if self.path else none, Role.TEXT if is_there else Role.QUIET)
        self._seen.hide()
        self.choose.setText("换一个…" if is_there else "选择扫描件…")
        self.drop.setVisible(self.path is not None)

    def _say(self, sentence: str, role: Role) -> None:
        self._role = role
        self._says.setText(sentence)
        ink(self._says, self._theme, role)
