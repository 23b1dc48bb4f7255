"""审核: the errors, then the other findings grouped by section; Enter or a click goes where one looks first.

Made of buttons rather than of a view: a report has few findings, and these are built sooner.
Under the current finding stands what can be done about it; settled ones come last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reportdesk.checks.engine import Finding, Severity
from reportdesk.form.spec import FRONT_TITLE
from reportdesk.gui.findings.entry import PAD, TEXT_TOP, FindingEntry
from reportdesk.gui.look.controls import PlainLabel, ink
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.session.session import Session
from reportdesk.session.verdict import verdict

if TYPE_CHECKING:
    from reportdesk.gui.findings.actions import FindingActions

_COUNT_WORDS = {Severity.ERROR: "错", Severity.WARNING: "提醒", Severity.HINT: "提示"}


class FindingsPanel(QWidget):
    """Shows findings and tells which one the clerk wants to see."""

    chosen: ClassVar[Signal] = Signal(object)
    """The Finding to go to."""

    folded: ClassVar[Signal] = Signal()
    """The clerk wants the panel out of the way."""

    whole_wanted: ClassVar[Signal] = Signal()
    """The clerk wants to hear of what lacks in sections that are still being written, too."""

    told: ClassVar[Signal] = Signal(str)
    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""
    fixing: ClassVar[Signal] = Signal()
    """A mend is about to change the report."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._current = ""
        self._verdict: str | None = None
        self._actions: FindingActions | None = None
        self.entries: list[FindingEntry] = []
        self._count = PlainLabel()
        self._count.setFont(theme.font())
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(theme))
        column.addWidget(self._scroll, 1)

    def show_findings(self) -> None:
        """List the session's findings; the current one stays so, and a 说明 being written too."""
        session = self._session
        self._whole.setVisible(session.holds_back)
        listed = [*_gravest_first(session.findings), *session.settled]
        says, self._verdict = self._verdict, verdict(session)
        if says == self._verdict and [_sight(entry.finding) for entry in self.entries] == [
            _sight(one) for one in listed
        ]:
            for entry, found in zip(self.entries, listed, strict=True):
                entry.finding = found  # its words may have moved
            return
        writing = self._writing()
        self._actions = None
        self._count.setText(count_words(session.findings))
        focus = QApplication.focusWidget()
        within = focus is not None and self._scroll.isAncestorOf(focus)
        self._list(session)
        self._mark(self._current)
        if within:
            self.begin()
        self._resume(*writing)

    def typed(self) -> tuple[str, str] | None:
        """The finding whose 说明 is being written, and what is written; None if nothing is."""
        draft = self._actions.draft() if self._actions is not None else None
        return (self._current, draft) if draft else None

    def write_again(self, key: str, draft: str) -> bool:
        """Go on writing the 说明 of that finding; False if it is not listed."""
        if all(entry.finding.key != key for entry in self.entries):
            return False
        self._mark(key)
        self._resume(draft, focus=True)
        return self._actions is not None and self._actions.draft() == draft

    def _writing(self) -> tuple[str | None, bool]:
        """The 说明 that is being written and whether it has the focus; None if none is."""
        return (None, False) if self._actions is None else (self._actions.draft(), self._actions.has_focus())

    def _resume(self, draft: str | None, focus: bool) -> None:  # noqa: FBT001 (what _writing tells)
        if draft is not None and self._actions is not None:
            self._actions.resume(draft, focus=focus)

    def step(self, by: int) -> Finding | None:
        """Choose the next or previous open finding, going round; None if there are none."""
        findings = [entry.finding for entry in self.entries if not entry.finding.settled]
        if not findings:
            return None
        keys = [found.key for found in findings]
        start = keys.index(self._current) if self._current in keys else min(-by, 0)
        found = findings[(start + by) % len(findings)]
        self._choose(found)
        return found

    def begin(self) -> None:
        """Put the focus on the current finding, or on the first, or on what folds the empty panel."""
        current = [entry for entry in self.entries if entry.finding.key == self._current]
        (*current, *self.entries, self._fold)[0].setFocus()

    def _list(self, session: Session) -> None:
        self.entries = []
        sheet = QWidget()
        self._column = QVBoxLayout(sheet)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        titles = {section.id: section.title for section in session.form.sections}
        if self._verdict:
            self._column.addWidget(self._group(self._verdict))
        errors = [found for found in session.findings if found.severity is Severity.ERROR]
        if errors:
            self._column.addWidget(self._group(f"必须改　{len(errors)} 处"))
            self._add(errors)
        others = [found for found in session.findings if found.severity is not Severity.ERROR]
        for section, count in Counter(found.section for found in others).items():
            self._column.addWidget(self._group(f"{titles.get(section, FRONT_TITLE)}　{count} 处"))
            self._add(found for found in others if found.section == section)
        if session.settled:
            self._column.addWidget(self._group(f"已说明　{len(session.settled)} 处"))
            self._add(session.settled)
        self._column.addWidget(self._compared_button())
        self._column.addStretch(1)
        before = self._scroll.takeWidget()
        self._scroll.setWidget(sheet)
        if before is not None:
            before.deleteLater()  # one of its buttons may still be at work

    def _compared_button(self) -> QToolButton:
        """At the end of the list: what its silence is about."""
        button = QToolButton()
        button.setText("审核了什么…")
        button.setToolTip("哪些数和表比较过，哪些没有")
        button.setAutoRaise(True)
        button.setFont(self._theme.font(Size.SMALL))
        button.clicked.connect(self._show_compared)
        return button

    def _show_compared(self) -> None:
        from reportdesk.gui.findings.compared_page import ComparedPage

        page = ComparedPage(self._session, self._theme, self.window())
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page.open()

    def _add(self, findings: Iterable[Finding]) -> None:
        for found in findings:
            entry = FindingEntry(found, self._theme)
            entry.clicked.connect(lambda _checked=False, entry=entry: self._choose(entry.finding))
            entry.stepped.connect(self._move_focus)
            self.entries.append(entry)
            self._column.addWidget(entry)

    def _choose(self, found: Finding) -> None:
        self._mark(found.key)
        self.chosen.emit(found)

    def _mark(self, key: str) -> None:
        """Make the finding of that key the current one, with what can be done about it below."""
        if self._actions is not None:
            self._actions.deleteLater()
            self._actions = None
        self._current = ""
        for entry in self.entries:
            current = entry.finding.key == key and not self._current
            entry.show_current(current=current)
            if current:
                self._current = key
                self._add_actions(entry)
                self._scroll.ensureWidgetVisible(entry, 0, 0)

    def _add_actions(self, entry: FindingEntry) -> None:
        from reportdesk.gui.findings.actions import FindingActions

        session = self._session
        if session.is_read_only:
            return
        actions = FindingActions(session, entry.finding, self._theme)
        if actions.is_empty:
            return
        actions.told.connect(self.told)
        actions.told_while.connect(self.told_while)
        actions.fixing.connect(self.fixing)
        actions.unfolded.connect(lambda: QTimer.singleShot(0, actions, self._show_actions))
        self._column.insertWidget(self._column.indexOf(entry) + 1, actions)
        self._actions = actions

    def _show_actions(self) -> None:
        sheet = self._scroll.widget()
        if self._actions is not None and sheet is not None:
            sheet.resize(sheet.width(), max(sheet.height(), self._column.heightForWidth(sheet.width())))
            self._column.activate()
            self._scroll.ensureWidgetVisible(self._actions, 0, 0)
            focus = self._actions.focusWidget()
            if focus is not None:  # the preview of a mend may be longer than the list is high
                self._scroll.ensureWidgetVisible(focus, 0, PAD)

    def _move_focus(self, entry: FindingEntry, by: int) -> None:
        place = self.entries.index(entry) + by
        if 0 <= place < len(self.entries):
            self.entries[place].setFocus()
            self._scroll.ensureWidgetVisible(self.entries[place], 0, 0)

    def _head(self, theme: Theme) -> QHBoxLayout:
        title = PlainLabel("审核")
        title.setFont(theme.font(Size.SECTION, strong=True))
        self._whole = whole = QToolButton()
        whole.setText("全面审核")
        whole.setToolTip("连同还没写到的部分一起审核；平时写到哪里审到哪里")
        whole.setAutoRaise(True)
        whole.clicked.connect(self.whole_wanted)
        self._fold = fold = QToolButton()
        fold.setText("收起")
        fold.setToolTip("收起审核（F9 再显示）")
        fold.setAutoRaise(True)
        fold.clicked.connect(self.folded)
        row = QHBoxLayout()
        row.setContentsMargins(PAD, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self._count, 1)
        row.addWidget(whole)
        row.addWidget(fold)
        return row

    def _group(self, title: str) -> QLabel:
        label = PlainLabel(title)
        label.setFont(self._theme.font(strong=True))
        label.setWordWrap(True)
        label.setContentsMargins(PAD, TEXT_TOP, PAD, TEXT_TOP)
        ink(label, self._theme, Role.QUIET)
        return label


def _gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """Errors before all else, wherever they are: nobody has to scroll for what must be mended."""
    return sorted(findings, key=lambda found: found.severity is not Severity.ERROR)


def _sight(found: Finding) -> tuple[str, str, Severity, str, str]:
    """What an entry shows of a finding."""
    return found.key, found.message, found.severity, found.section, found.settled


def count_words(findings: Sequence[Finding]) -> str:
    """How many there are of each kind: 2 错 1 提醒; empty if none."""
    counts = Counter(found.severity for found in findings)
    return " ".join(
        f"{counts[severity]} {word}" for severity, word in _COUNT_WORDS.items() if counts[severity]
    )
