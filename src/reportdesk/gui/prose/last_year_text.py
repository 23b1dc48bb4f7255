"""上年原文: last year's paragraphs of a part, folded away, each to be taken over with 沿用."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reportdesk.form.spec import Part
from reportdesk.gui.look.controls import Button, ink
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.gui.prose.editor import ProseEditor
from reportdesk.session.last_year_text import OldParagraph, old_paragraphs, take_over
from reportdesk.session.session import Session

_GAP = 8


class LastYearText(QWidget):
    """The paragraphs as they were; what is taken over becomes a paragraph of the editor's part."""

    told: ClassVar[Signal] = Signal(str)

    def __init__(self, session: Session, part: Part, editor: ProseEditor, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._part = part
        self._editor = editor
        self._theme = theme
        self._buttons: list[Button] = []
        self._words: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_GAP, 0, 0, 0)
        self._column.setSpacing(_GAP)
        for paragraph in self._paragraphs():
            self._column.addWidget(self._row(paragraph))
        self.refresh()

    def refresh(self) -> None:
        """Show which paragraphs stand in this year's text by now."""
        for button, paragraph in zip(self._buttons, self._paragraphs(), strict=False):
            button.setText("已沿用" if paragraph.taken else "沿用")
            button.setEnabled(not paragraph.taken and not self._session.is_read_only)
        for words, shown in zip(self._words, self._marked(), strict=False):
            words.setText(shown)

    def _marked(self) -> Iterator[str]:
        """Each paragraph with the passages marked that this year's text still shares, as YR-5 and YR-6 found them."""
        whole = self._session.report.last_year
        prose = whole.prose.get(self._part.id, "") if whole is not None else ""
        shared = [
            passage.then
            for found in self._session.findings
            if found.part == self._part.id and found.code.startswith("YR-")
            for passage in found.passages
        ]
        start = 0
        for paragraph in prose.split("\n"):
            if paragraph.strip():
                yield self._mark(paragraph, start, shared)
            start += len(paragraph) + 1

    def _mark(self, paragraph: str, start: int, shared: list[tuple[int, int]]) -> str:
        inside = sorted((max(0, first - start), min(len(paragraph), last - start)) for first, last in shared)
        pieces, place = [], 0
        for first, last in inside:
            if place <= first < last:
                ground = self._theme.name(Role.WARNING_GROUND)
                pieces += [escape(paragraph[place:first]), f"<span style='background-color:{ground}'>"]
                pieces += [escape(paragraph[first:last]), "</span>"]
                place = last
        return "".join([*pieces, escape(paragraph[place:])])

    def _paragraphs(self) -> tuple[OldParagraph, ...]:
        return old_paragraphs(self._session.report, self._part.id)

    def _row(self, paragraph: OldParagraph) -> QWidget:
        words = QLabel(escape(paragraph.text))
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setToolTip("带底色的字与本年的文字相同")
        self._words.append(words)
        words.setWordWrap(True)
        words.setFont(self._theme.font())
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        ink(words, self._theme, Role.QUIET)
        button = Button()
        button.setFont(self._theme.font())
        button.setToolTip("把这一段放进本年的文字，再按本年的情况改写")
        button.clicked.connect(lambda _checked=False: self._take(paragraph.text))
        self._buttons.append(button)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(words, 1)
        row.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        return box

    def _take(self, text: str) -> None:
        session = self._session
        after = self._editor.offset() if self._editor.text() else None
        session.apply(take_over(session.report, session.form, self._part.id, text, after), self)
        self.told.emit("已沿用上年的一段，请把年份和数字改成本年的；按 Ctrl+Z 可以撤销。")
