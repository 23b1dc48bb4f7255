"""The menus, their keys, and the two buttons beside them; what they do is the window's."""

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
    from reportdesk.gui.context.open_report import View
    from reportdesk.gui.look.theme import Theme
    from reportdesk.gui.start.open_and_new import Beginnings
    from reportdesk.gui.window.clipboard_menu import ClipActions
    from reportdesk.gui.window.commands import Commands
    from reportdesk.gui.window.controllers import Controllers
    from reportdesk.gui.window.dialogs import SideWindows
    from reportdesk.report.document import State
    from reportdesk.session.history import History


_BUTTON_PADDING = 28


class Menus:
    """The window's actions; those that need a report are off while none is open."""

    def __init__(
        self,
        window: QMainWindow,
        context: Context,
        controllers: Controllers,
        commands: Commands,
        beside: SideWindows,
    ) -> None:
        self._window = window
        self._context = context
        self._controllers = controllers
        self._commands = commands
        self._beside = beside
        self._need_report: list[QAction] = []
        self._offers_report = False
        self._keys: list[tuple[QAction, str]] = []
        self._clips: ClipActions | None = None
        self._fill_file_menu()
        self._fill_edit_menu()
        self._fill_section_menu()
        self._fill_check_menu()
        self._fill_help_menu()
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

    def _fill_file_menu(self) -> None:
        window = self._window
        menu = window.menuBar().addMenu("文件(&F)")
        self._new = self._to_begin(menu, "新建年报…", lambda ways: ways.begin_new(), "Ctrl+N")
        self._to_begin(menu, "从上年生成…", lambda ways: ways.begin_from_last_year())
        self._open = self._to_begin(menu, "打开年报…", lambda ways: ways.ask_and_open(), "Ctrl+O")
        self._add(menu, "导入…", lambda: self._controllers.importing.ask(), "Ctrl+I")  # noqa: PLW0108 (made when first needed)
        self._for_report(menu, "年报列表", self._context.shell.back_to_start)
        menu.addSeparator()
        self._save = self._for_report(menu, "保存", self._commands.save, "Ctrl+S")
        self._for_report(menu, "另存为…", self._commands.save_elsewhere, "Ctrl+Shift+S")
        self._add(menu, "以前的版本…", self._commands.show_versions)
        menu.addSeparator()
        self._states = menu.addMenu("状态")
        self._need_report.append(self._states.menuAction())
        self._states.aboutToShow.connect(lambda: self._controllers.standing.get().fill(self._states))
        menu.addSeparator()
        do = self._commands
        self.preview = self._for_report(menu, "预览", do.toggle_preview, "Ctrl+R")
        self.preview.setCheckable(True)
        self._print = self._for_report(menu, "打印…", do.print_report, "Ctrl+P")
        self.export = self._for_report(menu, "导出", do.export, "Ctrl+E")
        self._for_report(menu, "导出到其他文件夹…", do.export_elsewhere)
        self._for_report(menu, "复制到网站", do.copy_for_website)
        self._for_report(menu, "导出空白填报表", do.export_blank)
        menu.addSeparator()
        self._for_report(menu, "审核单（内部）", do.make_slip)
        self._for_report(menu, "送审稿和修改对照单（内部）", do.make_draft)
        self.submission = self._for_report(menu, "报送…", do.submit, "Ctrl+Shift+E")
        menu.addSeparator()
        self.settings = self._add(menu, "设置…", self._beside.show_settings, "Ctrl+,")
        menu.addSeparator()
        self._add(menu, "退出", window.close, "Ctrl+Q")

    def _fill_edit_menu(self) -> None:
        window = self._window
        menu = window.menuBar().addMenu("编辑(&E)")
        self.undo = self._for_report(menu, "撤销", self._commands.undo, "Ctrl+Z")
        self.redo = self._for_report(menu, "重做", self._commands.redo, "Ctrl+Y; Ctrl+Shift+Z")
        menu.addSeparator()
        find = self._for_view(menu, "查找…", lambda view: view.open_find(replacing=False), "Ctrl+F")
        menu.aboutToShow.connect(lambda: self._clip_actions(menu, find).refresh())
        self._for_view(menu, "替换…", lambda view: view.open_find(replacing=True), "Ctrl+H")

    def _clip_actions(self, menu: QMenu, find: QAction) -> ClipActions:
        if self._clips is None:
            from reportdesk.gui.window.clipboard_menu import ClipActions

            self._clips = ClipActions(self._window, self._context, menu, find)
        return self._clips

    def _fill_section_menu(self) -> None:
        menu = self._window.menuBar().addMenu("各节(&S)")
        self._for_view(menu, "上一节", lambda view: view.step(-1), "Ctrl+PgUp")
        self._for_view(menu, "下一节", lambda view: view.step(1), "Ctrl+PgDown")
        menu.addSeparator()
        self._for_view(menu, "本节完成", lambda view: view.toggle_finished())

    def _fill_check_menu(self) -> None:
        menu = self._window.menuBar().addMenu("审核(&C)")
        self.findings = self._for_view(menu, "显示审核", self._unfold, "F9")
        self.findings.setCheckable(True)
        self._for_view(menu, "待办", lambda view: view.sides.show_open(), "Ctrl+L")
        menu.addSeparator()
        self._for_view(menu, "下一处", lambda view: view.step_finding(1), "F8")
        self._for_view(menu, "上一处", lambda view: view.step_finding(-1), "Shift+F8")

    def _fill_help_menu(self) -> None:
        beside = self._beside
        menu = self._window.menuBar().addMenu("帮助(&H)")
        self.help = self._add(menu, "使用说明", beside.show_help, "F1")
        menu.addSeparator()
        self._add(menu, "自检…", beside.show_self_check)
        self._add(menu, "关于年报台…", beside.show_about)

    def show_icons(self, theme: Theme) -> None:
        """Draw the icons of buttons and of the commands that are looked for most."""
        from reportdesk.gui.look.icons import Icon, icon

        for target, which in (
            (self._new, Icon.NEW),
            (self._open, Icon.OPEN),
            (self._save, Icon.SAVE),
            (self.export, Icon.EXPORT),
            (self.settings, Icon.SETTINGS),
            (self.undo, Icon.UNDO),
            (self.redo, Icon.REDO),
            (self.help, Icon.HELP),
            (self._findings_button, Icon.CHECK),
            (self._export_button, Icon.EXPORT),
            (self.submission, Icon.SUBMIT),
            (self._submit_button, Icon.SUBMIT),
            (self.preview, Icon.PREVIEW),
            (self._preview_button, Icon.PREVIEW),
            (self._print, Icon.PRINT),
        ):
            target.setIcon(icon(which, theme))
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
        self._export_button = self._button("导出", f"导出 {spoken_formats()}（Ctrl+E）", self.export)
        self._submit_button = self._button(
            "报送", "做成上级要的文件，说明哪份交到哪里（Ctrl+Shift+E）", self.submission
        )
        self._state_button = QToolButton()
        self._state_button.setAutoRaise(True)
        self._state_button.setToolTip("年报到了哪一步：草稿、送审、定稿、已报送")
        self._state_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._state_button.setMenu(self._states)
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

    def _unfold(self, view: View) -> None:
        view.sides.unfold_findings(shown=not view.sides.shows_findings)
        if view.sides.shows_findings:
            view.check_whole(view.sides.begin_findings)

    def _add(self, menu: QMenu, text: str, do: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(text, self._window)
        if keys:
            self._keys.append((action, keys))
        action.triggered.connect(lambda *_checked: do())
        menu.addAction(action)
        return action

    def _to_begin(
        self, menu: QMenu, text: str, do: Callable[[Beginnings], object], keys: str = ""
    ) -> QAction:
        return self._add(menu, text, lambda: do(self._controllers.beginnings), keys)

    def _for_report(self, menu: QMenu, text: str, do: Callable[[], object], keys: str = "") -> QAction:
        action = self._add(menu, text, do, keys)
        self._need_report.append(action)
        return action

    def _for_view(self, menu: QMenu, text: str, do: Callable[[View], object], keys: str = "") -> QAction:
        def run() -> None:
            report = self._context.current
            if report is not None:
                do(report.view)

        return self._for_report(menu, text, run, keys)
