"""The menus, their keys, and the buttons beside them; what they offer is ``menu_table``'s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QToolButton, QWidget

from reportdesk.exports.formats import spoken_formats
from reportdesk.gui.look.controls import set_tip

if TYPE_CHECKING:
    from reportdesk.checks.engine import Finding
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.look.theme import Theme
    from reportdesk.gui.window.clipboard_menu import ClipActions
    from reportdesk.gui.window.menu_table import Entry, Lines, MenuTable
    from reportdesk.report.document import State
    from reportdesk.session.history import History


_BUTTON_PADDING = 28


class Menus:
    """The window's actions; those that need a report are off while none is open."""

    def __init__(
        self,
        window: QMainWindow,
        context: Context,
        table: MenuTable,
    ) -> None:
        self._window = window
        self._context = context
        self._need_report: list[QAction] = []
        self._offers_report = False
        self._keys: list[tuple[QAction, str]] = []
        self._clips: ClipActions | None = None
        self.actions: dict[str, QAction] = {}
        """By the id of their line in the table."""
        self._icons: dict[str, str] = {}
        self._inner: dict[str, QMenu] = {}
        for title, lines in table.menus():
            self._fill(title, lines)
        self.states = self._inner["states"]
        self.undo, self.redo = self.actions["undo"], self.actions["redo"]
        self.findings, self.preview = self.actions["findings"], self.actions["preview"]
        self._corner_widget = self._corner()
        self._set_width()
        self.show_report_open(opened=False)

    def give_keys(self) -> None:
        """Let the actions be reached by their keys, which nobody presses before there is a window."""
        for action, keys in self._keys:
            action.setShortcuts(QKeySequence.listFromString(keys, QKeySequence.SequenceFormat.PortableText))
        self._keys.clear()

    def show_report_open(self, *, opened: bool) -> None:
        """Offer what can be done with a report, or not, as where a page covers it."""
        self._offers_report = opened
        for action in self._need_report:
            action.setEnabled(opened)
        self._corner_widget.setVisible(opened)
        report = self._context.current
        if opened and report is not None:
            self.show_history(report.session.history)

    def show_history(self, history: History) -> None:
        """Name what undo and redo would do; a report that is not in sight takes no step back."""
        for action, word, step in (
            (self.undo, "撤销", history.next_undo),
            (self.redo, "重做", history.next_redo),
        ):
            action.setText(f"{word}：{step}" if step else word)
            action.setEnabled(self._offers_report and bool(step))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say on the button how many findings there are."""
        from reportdesk.gui.findings.panel import count_words

        words = count_words([found for found in findings if found.severity != "hint"])
        self._findings_button.setText(f"审核　{words}" if words else "审核")
        self._set_width()

    def show_unfolded(self, unfolded: bool) -> None:  # noqa: FBT001 (a signal's argument)
        """Show on the button whether the panel of findings is unfolded."""
        self.findings.setChecked(unfolded)

    def show_previewed(self, previewed: bool) -> None:  # noqa: FBT001 (a signal's argument)
        """Show on the button whether the preview is unfolded."""
        self.preview.setChecked(previewed)

    def show_state(self, state: State) -> None:
        """Say on the button where the report stands."""
        if self._state_button.text() != state.says:
            self._state_button.setText(state.says)
            self.leave_menus_in_sight()

    def _fill(self, title: str, lines: Lines) -> None:
        menu = self._window.menuBar().addMenu(title)
        for line in lines:
            if line is None:
                menu.addSeparator()
            elif line.fills is not None:
                self._add_menu(menu, line, line.fills)
            else:
                self._add(menu, line)

    def _add(self, menu: QMenu, line: Entry) -> None:
        action = QAction(line.text, self._window)
        action.setCheckable(line.checkable)
        if line.keys:
            self._keys.append((action, line.keys))
        action.triggered.connect(lambda *_checked: line.do())
        menu.addAction(action)
        self._note(line, action)
        if line.id == "find":  # what stands before it depends on where the cursor is
            menu.aboutToShow.connect(lambda: self._clip_actions(menu, action).refresh())

    def _add_menu(self, menu: QMenu, line: Entry, fill: Callable[[QMenu], object]) -> None:
        inner = menu.addMenu(line.text)
        inner.aboutToShow.connect(lambda: fill(inner))
        self._note(line, inner.menuAction())
        self._inner[line.id] = inner

    def _note(self, line: Entry, action: QAction) -> None:
        self.actions[line.id] = action
        if line.needs_report:
            self._need_report.append(action)
        if line.icon:
            self._icons[line.id] = line.icon

    def _clip_actions(self, menu: QMenu, find: QAction) -> ClipActions:
        if self._clips is None:
            from reportdesk.gui.window.clipboard_menu import ClipActions

            self._clips = ClipActions(self._window, self._context, menu, find)
        return self._clips

    def show_icons(self, theme: Theme) -> None:
        """Draw the icons of buttons and of the commands that are looked for most."""
        from reportdesk.gui.look.icons import Icon, icon

        for name, which in self._icons.items():
            self.actions[name].setIcon(icon(Icon(which), theme))
        self._findings_button.setIcon(icon(Icon.CHECK, theme))
        for button, name in (
            (self._preview_button, "preview"),
            (self._export_button, "export"),
            (self._submit_button, "submission"),
        ):
            button.setIcon(self.actions[name].icon())
        self._set_width()

    def _set_width(self) -> None:
        """Keep the button from jumping as its numbers change; without any it is as wide as its word."""
        button = self._findings_button
        usual = button.fontMetrics().horizontalAdvance("审核　9 错 9 提醒")
        has_numbers = button.text() != "审核"
        button.setMinimumWidth(usual + button.iconSize().width() + _BUTTON_PADDING if has_numbers else 0)
        self.leave_menus_in_sight()

    def _give_room(self) -> None:
        """As much as the buttons' words need: the menu bar asks its corner only when that is set."""
        corner = self._corner_widget
        for button in corner.findChildren(QToolButton):
            button.ensurePolished()
            button.updateGeometry()
        row = corner.layout()
        if row is not None:
            row.activate()
        if corner.width() != corner.sizeHint().width():
            corner.setFixedWidth(corner.sizeHint().width())
            self._window.menuBar().setCornerWidget(corner)

    def leave_menus_in_sight(self) -> None:
        """Have the buttons go without their words where the menus need the room, 审核 as the last."""
        _state, findings, *others = self._corner_buttons
        if findings.icon().isNull():  # as before the first paint
            self._give_room()
            return
        styles = QtCore.Qt.ToolButtonStyle
        for wordless in ((), others, (findings, *others)):
            for button in (findings, *others):
                short = button in wordless
                button.setToolButtonStyle(
                    styles.ToolButtonIconOnly if short else styles.ToolButtonTextBesideIcon
                )
            self._give_room()
            if self._window.menuBar().sizeHint().width() <= self._window.width():
                break

    def _corner(self) -> QWidget:
        self._findings_button = QToolButton()
        self._findings_button.setCheckable(True)
        self._findings_button.setAutoRaise(True)
        self._findings_button.setToolTip("显示或收起审核（F9）")
        self._findings_button.clicked.connect(self.findings.trigger)
        self.findings.toggled.connect(self._findings_button.setChecked)
        self._preview_button = self._button("预览", "在旁边看 PDF 的样子（Ctrl+R）", self.preview)
        self._preview_button.setCheckable(True)
        self.preview.toggled.connect(self._preview_button.setChecked)
        self._export_button = self._button(
            "导出", f"导出 {spoken_formats()}（Ctrl+E）", self.actions["export"]
        )
        self._submit_button = self._button(
            "报送", "做成上级要的文件，说明哪份交到哪里（Ctrl+Shift+E）", self.actions["submission"]
        )
        self._state_button = QToolButton()
        self._state_button.setAutoRaise(True)
        self._state_button.setToolTip("年报到了哪一步：草稿、送审、定稿、已报送")
        self._state_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._state_button.setMenu(self.states)
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 2, 8, 2)
        row.setSpacing(4)
        self._corner_buttons = (
            self._state_button,
            self._findings_button,
            self._preview_button,
            self._export_button,
            self._submit_button,
        )
        for button in self._corner_buttons:
            row.addWidget(button)
        return corner

    def _button(self, text: str, tip: str, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setText(text)
        button.setAccessibleName(text)
        set_tip(button, tip)
        button.clicked.connect(lambda *_checked: action.trigger())
        return button
