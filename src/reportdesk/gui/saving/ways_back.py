"""A file that cannot be opened, or no report open at all: leads to what this PC kept.

Imported only then. What is kept is ``session.keeping.ways_back``'s, how it is shown ``kept_page``'s.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.saving.kept_page import Kept, KeptDialog
from reportdesk.session.keeping.ways_back import Way, is_harmed, of_versions, ways_back, what_happened, whose
from reportdesk.store.file import StoreError
from reportdesk.store.journal import key_of, left_reports
from reportdesk.store.versions import kept_keys, read_version, versions_under

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.context.context import Context
    from reportdesk.gui.saving.recent_reports import RecentReports

_TITLE = "以前的版本"
_SAYS = "选一份年报，再选一份留下的内容：可以打开，也可以另存。"
_READS = "正在读写文件，磁盘有点慢。"
_NOTHING = "这台电脑上还没有留下任何年报的版本。"


class WaysBack:
    """Leads to them by a dialog over ``parent``."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._context = context
        self._parent = parent

    def offer(self, path: Path, error: StoreError) -> bool:
        """Offer what is kept of a report whose file cannot be opened; whether there is anything."""
        ways = self._ways(path)
        if not ways or not is_harmed(error):
            return False
        kept = Kept(path.stem, path, what_happened(path, error, ways), partial(self._ways, path))
        self._show(f"打不开“{path.name}”", [kept])
        return True

    def show_all(self, recent_reports: RecentReports) -> None:
        """Show what is kept of any report, also of those that are on no list."""
        reports = self._all([entry.path for entry in recent_reports.entries()[0]])
        if reports:
            self._show(_TITLE, reports)
        else:
            self._context.messages.say(_NOTHING)

    def _all(self, listed: list[Path]) -> list[Kept]:
        """Every report of which something is kept: first those of the list, then what is in no list."""
        folders = self._context.preferences.folders
        left = waited(lambda: tuple(left_reports(folders.journals)), _READS)
        paths = {key_of(path): path for path in (*left, *reversed(listed))}
        found = [
            Kept(f"{path.stem}　{path.parent}", path, _SAYS, partial(self._ways, path))
            for path in (*listed, *(path for path in paths.values() if path not in listed))
            if self._ways(path)
        ]
        for key in waited(lambda: tuple(kept_keys(folders.versions)), _READS):
            versions = waited(partial(versions_under, folders.versions, key), _READS)
            if key not in paths and versions:
                try:
                    name = whose(waited(partial(read_version, versions[0]), _READS))
                except StoreError:
                    name = ""
                said = f"不在列表里的年报　{name or key}"
                found.append(Kept(said, None, _SAYS, partial(of_versions, versions)))
        return found

    def _ways(self, path: Path) -> tuple[Way, ...]:
        folders = self._context.preferences.folders
        return waited(lambda: ways_back(folders.journals, folders.versions, path), _READS)

    def _show(self, title: str, reports: list[Kept]) -> None:
        preferences = self._context.preferences
        folder, _sentence = preferences.reports
        dialog = KeptDialog(title, reports, folder, preferences.theme, self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(partial(_open, self._context))
        dialog.open()


def _open(context: Context, path: Path, sentence: str) -> None:
    if context.shell.open_path(path):
        context.messages.say(sentence)
