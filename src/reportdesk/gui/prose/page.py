"""The parts of a prose section, one below the other: heading, what the law asks, text, count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reportdesk.form.spec import Part
from reportdesk.gui.common.announcements import listen
from reportdesk.gui.common.bound_line import BoundLine
from reportdesk.gui.look.controls import PlainLabel, ink, set_tip
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.gui.prose.editor import ProseEditor
from reportdesk.report.edits import Edit, set_heading
from reportdesk.session.session import Announcement, Session

if TYPE_CHECKING:
    from reportdesk.gui.prose.last_year_text import LastYearText
    from reportdesk.gui.prose.tidy_offer import TidyOffer

GAP = 8
"""The unit of space; distances are multiples of it."""

LONGEST_HEADING = 28
"""Characters of a printed line; a longer heading is told of."""

_KEEP_CLEAR = 3 * GAP
"""What stays visible above and below the cursor when a page scrolls to it."""


class PartBox(QWidget):
    """One part. ``heading`` is None where the form gives the part no printed heading of its own."""

    told: ClassVar[Signal] = Signal(str)
    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""
    offered: ClassVar[Signal] = Signal(object)
    """A widget under the text that is to be seen."""

    def __init__(self, session: Session, part: Part, theme: Theme, *, printed: bool = True) -> None:
        super().__init__()
        self._session = session
        self._part = part
        self.editor = ProseEditor(session, part, theme, self)
        self.heading = self._heading_line(theme) if printed else None
        asks = quiet_label(part.asks, theme)
        asks.setWordWrap(True)
        self._count = quiet_label("", theme)
        self._last_year = self._old_text(theme)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(self.heading or _own_title(part, theme))
        column.addWidget(asks)
        column.addSpacing(GAP // 2)
        column.addWidget(self.editor)
        self.editor.pasted.connect(lambda start, words: self._offer_to_tidy(start, words, theme))
        self._tidy: TidyOffer | None = None
        column.addLayout(self._foot(theme))
        if self._last_year is not None:
            column.addWidget(self._last_year)
        self.setMaximumWidth(self.editor.maximumWidth())
        self.editor.told.connect(self.told)
        self.editor.heading_wanted.connect(self._edit_heading_line)
        self.editor.text_changed.connect(self._show_count)
        self._show_count()
        self.editor.show_findings()
        listen(session, self, self._on_change)

    def _on_change(self, told: Announcement) -> None:
        if self._part.id in told.parts:
            self._follow(told)
        if told.findings_changed:
            self.editor.show_findings()
            self._show_count()

    def _follow(self, told: Announcement) -> None:
        if told.source is not self.editor:
            self.editor.follow()
        if self.heading is not None and told.source is not self.heading:
            self.heading.follow()

    def _offer_to_tidy(self, start: int, pasted: str, theme: Theme) -> None:
        """Built with the first paste of several lines, which then is its to judge."""
        if self._tidy is None:
            from reportdesk.gui.prose.tidy_offer import TidyOffer

            self._tidy = TidyOffer(self._session, self.editor, theme)
            self._tidy.told.connect(self.told)
            self._tidy.told_while.connect(self.told_while)
            self._column.insertWidget(self._column.indexOf(self.editor) + 1, self._tidy)
            self._tidy.follow_by_tab()
        self._tidy.offer(start, pasted)
        if not self._tidy.isHidden():
            self.offered.emit(self._tidy)

    def _old_text(self, theme: Theme) -> LastYearText | None:
        """Last year's text, folded away; None where there is none."""
        last = self._session.report.last_year
        if last is None or not last.prose.get(self._part.id, "").strip():
            return None
        from reportdesk.gui.prose.last_year_text import LastYearText

        old = LastYearText(self._session, self._part, self.editor, theme)
        old.told.connect(self.told)
        old.hide()
        return old

    def _insert_button(self, theme: Theme) -> QWidget | None:
        """None on the front page, which is the first to be shown and has no sentences of numbers."""
        if self._part.id not in self._session.form.section_of:
            return None
        from reportdesk.gui.prose.insert_menu import insert_button

        return insert_button(self._session, self._part, self.editor, theme, self.told.emit)

    def _foot(self, theme: Theme) -> QHBoxLayout:
        """Under the text: what can be put in, last year's text, how long it is."""
        row = QHBoxLayout()
        row.setSpacing(GAP)
        insert = self._insert_button(theme)
        if insert is not None:
            row.addWidget(insert)
        if self._last_year is not None:
            fold = QToolButton()
            fold.setText("上年原文")
            fold.setFont(theme.font())
            fold.setCheckable(True)
            fold.setToolTip("显示或收起上年这一部分的文字")
            fold.toggled.connect(self._last_year.setVisible)
            fold.toggled.connect(self._show_count)
            row.addWidget(fold)
        row.addStretch(1)
        row.addWidget(self._count)
        return row

    def _heading_line(self, theme: Theme) -> BoundLine:
        line = BoundLine(self._session, self._read_heading, self._edit_heading, self)
        line.setFont(theme.font(Size.SECTION, strong=True))
        line.setAccessibleName(f"小标题 {self._part.heading}".strip())
        line.setPlaceholderText(self._part.heading or "小标题（可以不写）")
        what = "打印时用的小标题，可以改写" if self._part.heading else "这一节通常不写小标题"
        set_tip(line, f"{what}（在正文里按 F2 到小标题，回车回到正文）")
        line.returnPressed.connect(self.editor.setFocus)
        line.editingFinished.connect(self._show_heading_length)
        line.setProperty("role", "heading")
        line.setFocusPolicy(
            Qt.FocusPolicy.ClickFocus
        )  # Tab goes from text to text: a paste must not land here
        line.message.connect(self.told)
        line.left_empty.connect(lambda: self.told.emit("小标题不能为空，已恢复为格式规定的小标题。"))
        return line

    def _edit_heading_line(self) -> None:
        if self.heading is not None:
            self.heading.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.heading.selectAll()

    def _show_heading_length(self) -> None:
        """Tell of a heading that is longer than a line, as when a paragraph was pasted there."""
        heading = self.heading
        if heading is not None and len(heading.text()) > LONGEST_HEADING:
            self.told_while.emit(
                f"这个小标题有 {len(heading.text())} 字，一般不超过 {LONGEST_HEADING} 字，"
                "是不是把正文贴到小标题里了？按 Ctrl+Z 可以撤销。",
                lambda: len(heading.text()) > LONGEST_HEADING,
            )

    def _read_heading(self) -> str:
        return self._session.report.heading(self._part)

    def _edit_heading(self, text: str) -> Edit:
        return set_heading(self._session.report, self._session.form, self._part.id, text)

    def _show_count(self) -> None:
        self._count.setText(f"{count_signs(self.editor.text())} 字")
        if self._last_year is not None and self._last_year.isVisible():
            self._last_year.refresh()


class ProsePage(QScrollArea):
    """Parts that scroll as one page; ``above`` are widgets that stand before them."""

    told: ClassVar[Signal] = Signal(str)
    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""

    def __init__(
        self, session: Session, parts: Iterable[Part], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._boxes: dict[str, PartBox] = {}
        self._written = ""
        self._column = QVBoxLayout()
        self._column.setContentsMargins(4 * GAP, GAP, 4 * GAP, 4 * GAP)
        self._column.setSpacing(3 * GAP)
        self._column.addStretch(1)
        self._sheet = QWidget()
        self._sheet.setLayout(self._column)
        for part in parts:
            self.add_part(PartBox(session, part, theme))
        self.setWidget(self._sheet)

    def add_part(self, box: PartBox) -> None:
        """Put a part below those that there are."""
        self._boxes[box.editor.part.id] = box
        box.told.connect(self.told)
        box.told_while.connect(self.told_while)
        box.offered.connect(self._show_offered)
        editor = box.editor
        editor.entered.connect(lambda: self._write_in(editor))
        editor.cursor_seen.connect(lambda rect: self._show_cursor(editor, rect))
        self.add_widget(box)

    def add_widget(self, widget: QWidget) -> None:
        """Put anything else there."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def go_to_part(self, part: str, offset: int | None, end: int | None = None) -> None:
        """Put the cursor into the part's text, or with None into its heading; select up to ``end``."""
        box = self._boxes.get(part)
        if box is None:
            return
        if offset is None and box.heading is not None:
            box.heading.setFocus()
            self.ensureWidgetVisible(box.heading, 0, _KEEP_CLEAR)
            return
        box.editor.setFocus()
        box.editor.go_to(offset or 0, end)
        self._show_cursor(box.editor, box.editor.cursorRect())

    def cursor_place(self) -> tuple[str, int]:
        """The part that is written in, or was last, and the cursor's place in its prose; else an empty part."""
        box = self._boxes.get(self._written)
        return (self._written, box.editor.offset()) if box is not None else ("", 0)

    def begin(self) -> None:
        """Put the cursor where one begins to write."""
        for box in self._boxes.values():
            box.editor.setFocus()
            return

    def _write_in(self, editor: ProseEditor) -> None:
        self._written = editor.part.id

    def _show_offered(self, widget: QWidget) -> None:
        """Scroll to what was just put there, once it has its place."""
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget, 0, GAP))

    def _show_cursor(self, editor: ProseEditor, rect: QRect) -> None:
        if editor.hasFocus():
            at = editor.viewport().mapTo(self._sheet, rect.center())
            self._ensure(at, rect.height())

    def _ensure(self, at: QPoint, height: int) -> None:
        self.ensureVisible(at.x(), at.y(), 0, height + _KEEP_CLEAR)


def count_signs(text: str) -> int:
    """How many characters a text has as notices count them: without white space."""
    return len("".join(text.split()))


def quiet_label(text: str, theme: Theme) -> QLabel:
    """A line beside the matter, in quiet text."""
    label = PlainLabel(text)
    label.setFont(theme.font(Size.BODY))
    ink(label, theme, Role.QUIET)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def _own_title(part: Part, theme: Theme) -> QWidget:
    title = PlainLabel(part.heading)
    title.setFont(theme.font(Size.SECTION, strong=True))
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(title)
    line.addStretch()
    return row
