"""Where the report stands in the office: its menu 草稿 → 送审 → …, and a report that takes no change.

Which ways there are is ``session.workflow``'; here they are offered, a reason is asked for above
the page, and whatever would change a report that is read-only is refused in one line.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QTextEdit,
    QToolButton,
    QWidget,
)

from reportdesk.gui.common.bound_line import LONGEST_LINE
from reportdesk.gui.look.controls import Button, PlainLabel, ground, set_tip
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.report.document import State
from reportdesk.session.gate import blockers
from reportdesk.session.open_marks import not_yet_settled
from reportdesk.session.verdict import errors_in, not_checked
from reportdesk.session.workflow import (
    Move,
    MoveError,
    ReadOnlyError,
    moves_from,
    reopening_of,
    why_read_only,
)
from reportdesk.store.user_data.typed_texts import Kind, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportdesk.gui.context.context import Context
    from reportdesk.gui.context.open_report import OpenReport
    from reportdesk.gui.report.gate_bar import GateBar
    from reportdesk.session.session import Announcement, Session


class Standing(QObject):
    """Takes the open report of one window from state to state."""

    moved: ClassVar[Signal] = Signal(object)
    """The report was taken to that State just now."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._messages = context.messages
        self._window = parent
        self._guard: ReadOnlyGuard | None = None
        self._bar: WorkflowBar | None = None
        self._gate: GateBar | None = None
        context.changed.connect(self._on_change)

    def fill(self, menu: QMenu) -> None:
        """Offer where the report can go from here."""
        menu.clear()
        menu.setToolTipsVisible(True)
        for move in self._moves():
            action = menu.addAction(move.label)
            set_tip(action, move.says)
            action.triggered.connect(partial(self.go, move))

    def _moves(self) -> tuple[Move, ...]:
        """Where the open report can go."""
        report = self._context.current
        return moves_from(report.session.report.state) if report is not None else ()

    def go(self, move: Move, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 (a signal's argument)
        """Take the report there, or ask first why it is to be opened again."""
        report = self._context.current
        if report is None or not report.view.finish_editing():
            return
        session = report.session
        if move.reopens:
            self._messages.say("")
            self._show_bar(report).ask(move)
        elif move.hands_on:
            report.view.check_whole(lambda: self._pass_gate(session, move))
        else:
            self._move(session, move)

    def _pass_gate(self, session: Session, move: Move) -> None:
        """Take the report on if nothing is open in it, else list what is; all rules have run."""
        report = self._context.current
        if report is None or report.session is not session:
            return
        if not blockers(session):
            self._move(session, move)
            return
        from reportdesk.gui.report.gate_bar import GateBar

        self._let_go()
        self._gate = gate = GateBar(session, move, self._context.preferences.theme, self._window.height())
        gate.chosen.connect(report.view.go_to)
        gate.decided.connect(self._go_on)
        gate.left.connect(self.show)
        self._messages.say("")
        report.view.show_above(gate)
        gate.show()
        gate.begin()

    def _go_on(self, move: Move, despite: str) -> None:
        report, gate = self._context.current, self._gate
        shown = gate.shown if gate is not None else None
        if report is None or not report.view.finish_editing():
            return
        session = report.session

        def go_on() -> None:
            """Take the report on with what the clerk has seen, else list what is open now."""
            if self._gate is not gate:
                return  # left while the rules ran
            if despite and self._context.is_open(session) and blockers(session) == shown:
                self._move(session, move, despite=despite)
            else:
                self._pass_gate(session, move)

        report.view.check_whole(go_on)

    def typed(self) -> Iterator[Typed]:
        """The reason that is being written for opening the report again."""
        if self._bar is not None and (reason := self._bar.typed()) is not None:
            yield reason

    def put_back(self, one: Typed) -> bool:
        """Ask again why the report is to be opened, with the reason as it was; whether that can be asked."""
        report = self._context.current
        move = next((move for move in self._moves() if move.reopens and move.to.value == one.key), None)
        if report is None or move is None:
            return False
        self.go(move)
        self._show_bar(report).reason.setText(one.text)
        return True

    def show(self) -> None:
        """Show the state of the report that is open now."""
        report = self._context.current
        self._let_go()
        if report is None:
            return
        session = report.session
        if session.is_read_only:
            self._guard = ReadOnlyGuard(report.view.stack, self)
            self._guard.refused.connect(self.refuse)
        if session.report.state.is_read_only and not session.closed_because:
            self._show_bar(report).show_read_only(why_read_only(session.report), reopening_of(session.report))

    def refuse(self) -> None:
        """Say that the report takes no change, and offer the way out."""
        report = self._context.current
        if report is None:
            return
        session, is_open = report.session, self._context.is_open
        if session.closed_because:
            reason = session.closed_because
            self._messages.warn(reason, holds=lambda: is_open(session) and session.closed_because == reason)
        else:
            move = reopening_of(session.report)
            self._messages.warn(
                why_read_only(session.report),
                f"{move.label}…",
                partial(self.go, move),
                holds=lambda: is_open(session) and session.report.state.is_read_only,
            )

    def _on_change(self, told: Announcement) -> None:
        if self._gate is not None:
            self._gate.take(told)

    def _move(self, session: Session, move: Move, reason: str = "", despite: str = "") -> bool:
        try:
            session.move_to(move.to, reason, despite)
        except (MoveError, ReadOnlyError) as error:
            self._messages.warn(str(error))
            return False
        self.moved.emit(move.to)
        self.show()
        report = self._context.current
        if report is not None and report.view.isVisible():
            report.view.resume()  # the bar with the focus may be gone
        errors = len(errors_in(session.all_findings))
        open_ones = [f"{errors} 处错误"] if errors else []
        open_ones += filter(None, [not_yet_settled(session.all_findings, session.report)])
        left = f"还有 {'、'.join(open_ones)}，请留意。" if open_ones and session.is_read_only else ""
        left += not_checked(session) if move.hands_on else ""
        self._messages.say_while(
            f"年报现在是“{move.to.says}”。{left}{move.then}。", lambda: session.report.state is move.to
        )
        return True

    def _show_bar(self, report: OpenReport) -> WorkflowBar:
        if self._bar is None:
            self._bar = WorkflowBar(self._context.preferences.theme)
            self._bar.wanted.connect(self.go)
            self._bar.decided.connect(self._decide)
            self._bar.left.connect(self.show)
            report.view.show_above(self._bar)
        return self._bar

    def _decide(self, move: Move, reason: str) -> None:
        report = self._context.current
        if report is not None:
            self._move(report.session, move, reason)

    def _let_go(self) -> None:
        if self._guard is not None:
            self._guard.end()
            self._guard = None
        for bar in (self._bar, self._gate):
            if bar is not None:
                bar.hide()
                bar.deleteLater()
        self._bar = self._gate = None


class WorkflowBar(QWidget):
    """Above the page: that the report is read-only and the way out, or the question why."""

    wanted: ClassVar[Signal] = Signal(object)
    """The clerk wants to make this Move."""
    decided: ClassVar[Signal] = Signal(object, str)
    """The Move and the reason for it."""
    left: ClassVar[Signal] = Signal()
    """The clerk thought better of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._move: Move | None = None
        self._says = PlainLabel()
        self._says.setWordWrap(True)
        self._says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._open = Button()
        self._open.clicked.connect(self._want)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_LINE)
        self.reason.setAccessibleName("原因")
        self.reason.returnPressed.connect(self._decide)
        self.reason.textChanged.connect(self._show_complete)
        self._sure = Button()
        self._sure.setProperty("role", "main")
        self._sure.clicked.connect(self._decide)
        self._back = Button("取消")
        self._back.clicked.connect(self.left)
        ground(self, theme, Role.BANNER)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._says, 1)
        row.addWidget(self._open)
        row.addWidget(self.reason, 1)
        row.addWidget(self._sure)
        row.addWidget(self._back)

    def show_read_only(self, sentence: str, move: Move) -> None:
        """Say that nothing can be changed, and offer the move that ends this."""
        self._move = move
        self._says.setText(sentence)
        self._open.setText(f"{move.label}…")
        self._show(asking=False)

    def ask(self, move: Move) -> None:
        """Ask why the move is made."""
        self._move = move
        self._says.setText(move.says)
        self._sure.setText(move.label)
        usual = "上级指出第三节的数字有误" if move.to is State.RETURNED else "领导要求改第三节的数字"
        self.reason.setPlaceholderText(f"原因，例如：{usual}")
        self._show(asking=True)
        self._show_complete()
        self.reason.setFocus()

    def typed(self) -> Typed | None:
        """The reason that is being written; None if nothing is asked or written."""
        text = self.reason.text()
        is_asked = self._move is not None and not self.reason.isHidden() and bool(text)
        return Typed(Kind.MOVE, self._move.to.value, text) if is_asked and self._move is not None else None

    def _show(self, *, asking: bool) -> None:
        self._open.setVisible(not asking)
        for widget in (self.reason, self._sure, self._back):
            widget.setVisible(asking)
        self.show()

    def _show_complete(self) -> None:
        self._sure.setEnabled(bool(self.reason.text().strip()))

    def _want(self) -> None:
        self.wanted.emit(self._move)

    def _decide(self) -> None:
        if self._sure.isEnabled():
            self.decided.emit(self._move, self.reason.text())


class ReadOnlyGuard(QObject):
    """Keeps from a widget and all in it what would change a report; looking and copying is free.

    One filter for all pages, so that no editor, present or future, has to know of states.
    """

    refused: ClassVar[Signal] = Signal()

    def __init__(self, guarded: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._guarded = guarded
        self._app = QCoreApplication.instance()
        if self._app is not None:
            self._app.installEventFilter(self)

    def end(self) -> None:
        """Let everything through again."""
        if self._app is not None:
            self._app.removeEventFilter(self)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what would change something out of the way and say so."""
        kind = event.type()
        if kind not in _WATCHED or not isinstance(watched, QWidget):
            return False
        if not self._guarded.isAncestorOf(watched) or not _would_change(watched, event):
            return False
        event.accept()
        self.refused.emit()
        return True


_WATCHED = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.InputMethod,
    QEvent.Type.ContextMenu,
    QEvent.Type.DragEnter,
    QEvent.Type.Drop,
)
_EDITING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EDITING_CONTROLS = (Qt.Key.Key_D, Qt.Key.Key_K)


def _would_change(widget: QWidget, event: QEvent) -> bool:
    if isinstance(event, QKeyEvent):
        return _key_would_change(widget, event)
    if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
        is_cell = event.type() is QEvent.Type.MouseButtonDblClick and not _is_text(widget)
        return is_cell or _is_pressed_to_change(widget)
    return True


def _key_would_change(widget: QWidget, event: QKeyEvent) -> bool:
    standard = QKeySequence.StandardKey
    if any(event.matches(keys) for keys in (standard.Cut, standard.Paste, standard.DeleteEndOfWord)):
        return True
    if event.key() in _ENTER:
        return _is_text(widget) or _is_pressed_to_change(widget)
    if event.key() in _EDITING_KEYS:
        return True
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if held:
        return event.key() in _EDITING_CONTROLS
    return bool(event.text()) and event.text().isprintable()


def _is_pressed_to_change(widget: QWidget) -> bool:
    """Whether it is a button, other than one that only folds something."""
    folds = isinstance(widget, QToolButton) and widget.isCheckable()
    return isinstance(widget, QAbstractButton) and not folds


def _is_text(widget: QWidget) -> bool:
    return isinstance(widget, QTextEdit | QLineEdit) or isinstance(widget.parentWidget(), QTextEdit)
