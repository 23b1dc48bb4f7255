"""The windows beside the report: help, settings, self check, about, what went wrong.

Each is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from reportdesk.gui.help.help_window import HelpWindow
    from reportdesk.gui.look.theme import Theme
    from reportdesk.gui.window.main_window import MainWindow


class SideWindows:
    """Opens them for one main window; the help stays open beside it, the others are closed first."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._help: HelpWindow | None = None

    def show_help(self) -> None:
        """Open the help at the page about what is shown."""
        from reportdesk.gui.help.help_window import HelpWindow

        window = self._window
        if self._help is None:
            self._help = HelpWindow(window.preferences.theme, window)
        if window.commands.is_handing_in:
            self._help.show_page_for("hand-in")
        else:
            self._help.show_page_for(window.view.current_section if window.view else None)

    def show_settings(self) -> None:
        """Let the clerk change the settings, unless what is being typed must be mended first."""
        from reportdesk.gui.start.settings_dialog import SettingsDialog
        from reportdesk.store.user_data.typed_texts import Kind

        window = self._window
        if window.view is not None and not window.view.finish_editing():
            return
        dialog = SettingsDialog(window.preferences, window)
        dialog.put_back(window.keeper.typed.watch(Kind.SETTINGS, dialog, dialog.typed))
        dialog.finished.connect(lambda _result: window.keeper.typed.let_go(Kind.SETTINGS, kept=False))
        _show(dialog)

    def show_self_check(self) -> None:
        """Show how this PC and the program stand."""
        from reportdesk.gui.help.diagnostics_page import SelfCheckDialog

        _show(SelfCheckDialog(self._window.preferences, self._window))

    def show_about(self) -> None:
        """Show version and licences."""
        from reportdesk.gui.help.about import AboutDialog

        _show(AboutDialog(self._window.preferences.theme, self._window))

    def tell_mishap(self, trouble: str) -> None:
        """Say in the line at the foot that the program itself was wrong, and whether all is saved."""
        autosave = self._window.autosave
        if autosave is None:
            saved = ""
        elif autosave.is_saved or autosave.save():
            saved = "已填的内容都已保存。"
        else:
            saved = "最后的改动还没有存进文件，请先用“文件”菜单里的“另存为…”存到别处。"

        def is_unsaved() -> bool:
            return autosave is not None and self._window.autosave is autosave and not autosave.is_saved

        self._window.foot.warn(
            f"刚才这一步没有做成。{saved}",
            "怎么办…",
            lambda: self._show_crash(saved, trouble),
            holds=is_unsaved if is_unsaved() else None,
            then=lambda: self.tell_mishap(trouble),
        )

    def _show_crash(self, saved: str, trouble: str) -> None:
        from reportdesk.gui.window.crash_page import CrashPage

        _show(CrashPage(saved, trouble, self._window.preferences.theme, self._window))

    def wear(self, theme: Theme) -> None:
        """Take the colours and the face of another theme."""
        if self._help is not None:
            self._help.wear(theme)


def _show(dialog: QDialog) -> None:
    """Show it over its window, which waits, and forget it once it is closed."""
    dialog.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
