"""The windows beside the report: help, settings, self check, about, what went wrong.

Each is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.context.context import Context
    from reportdesk.gui.help.help_window import HelpWindow
    from reportdesk.gui.look.theme import Theme
    from reportdesk.gui.window.commands import Commands
    from reportdesk.gui.window.controllers import Controllers


class Dialogs:
    """Opens them for one main window; the help stays open beside it, the others are closed first."""

    def __init__(
        self, context: Context, window: QWidget, controllers: Controllers, commands: Commands
    ) -> None:
        self._context = context
        self._window = window
        self._controllers = controllers
        self._commands = commands
        self._help: HelpWindow | None = None

    def show_help(self) -> None:
        """Open the help at the page about what is shown."""
        from reportdesk.gui.help.help_window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self._context.preferences.theme, self._window)
        if self._commands.is_handing_in:
            self._help.show_page_for("hand-in")
        else:
            report = self._context.current
            self._help.show_page_for(report.view.current_section if report is not None else None)

    def show_settings(self) -> None:
        """Let the clerk change the settings, unless what is being typed must be mended first."""
        from reportdesk.gui.start.settings_dialog import SettingsDialog
        from reportdesk.store.user_data.typed_texts import Kind

        report, typed = self._context.current, self._controllers.keeper.typed
        if report is not None and not report.view.finish_editing():
            return
        dialog = SettingsDialog(self._context.preferences, self._window)
        dialog.put_back(typed.watch(Kind.SETTINGS, dialog, dialog.typed))
        dialog.finished.connect(lambda _result: typed.detach(Kind.SETTINGS, kept=False))
        _show(dialog)

    def show_self_check(self) -> None:
        """Show how this PC and the program stand."""
        from reportdesk.gui.help.diagnostics_page import SelfCheckDialog

        _show(SelfCheckDialog(self._context.preferences, self._window))

    def show_about(self) -> None:
        """Show version and licences."""
        from reportdesk.gui.help.about import AboutDialog

        _show(AboutDialog(self._context.preferences.theme, self._window))

    def show_error(self, trouble: str) -> None:
        """Say in the line at the foot that the program itself was wrong, and whether all is saved."""
        context = self._context
        report = context.current
        if report is None:
            saved = ""
        elif report.autosave.is_saved or report.autosave.save():
            saved = "已填的内容都已保存。"
        else:
            saved = "最后的改动还没有存进文件，请先用“文件”菜单里的“另存为…”存到别处。"

        def is_unsaved() -> bool:
            return report is not None and context.is_open(report.session) and not report.autosave.is_saved

        context.messages.warn(
            f"刚才这一步没有做成。{saved}",
            "怎么办…",
            lambda: self._show_crash(saved, trouble),
            holds=is_unsaved if is_unsaved() else None,
            then=lambda: self.show_error(trouble),
        )

    def _show_crash(self, saved: str, trouble: str) -> None:
        from reportdesk.gui.window.crash_page import CrashPage

        _show(CrashPage(saved, trouble, self._context.preferences.theme, self._window))

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours and the face of another theme."""
        if self._help is not None:
            self._help.apply_theme(theme)


def _show(dialog: QDialog) -> None:
    """Show it over its window, which waits, and forget it once it is closed."""
    dialog.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
