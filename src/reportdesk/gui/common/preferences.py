"""The clerk's settings at work: which theme is worn, where reports go, and keeping what was chosen.

Reads the settings before the first paint, so it imports little; what waits for the disk later runs
beside the event loop. The dialog that changes them is
``settings_dialog``; what they are and how they are kept is ``reportdesk.store.user_data.settings``'s.
"""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from reportdesk.gui.look.theme import Scheme, Theme, style_sheet, theme_for
from reportdesk.store.clock import now
from reportdesk.store.folders import Folders, find_folders
from reportdesk.store.user_data.settings import (
    Settings,
    ThemeChoice,
    read_settings,
    reports_folder,
    write_settings,
)

if TYPE_CHECKING:
    from reportdesk.gui.common.background_jobs import Beside, Job

_SCHEMES = {ThemeChoice.LIGHT: Scheme.LIGHT, ThemeChoice.DARK: Scheme.DARK}


class Preferences(QObject):
    """The settings that hold now. One that cannot be kept holds until the program ends.

    ``desktop`` is the desktop's scheme where it is known already. ``notices`` are sentences for the clerk about settings or folders that could not be had.
    """

    theme_changed: ClassVar[Signal] = Signal(object)
    """The Theme to wear from now on."""
    words_chosen: ClassVar[Signal] = Signal(bool)
    """Whether the rules that know the language's words are to run from now on."""

    unkept: ClassVar[Signal] = Signal(str)
    """Why what was chosen holds now and could not be kept, for the clerk."""

    def __init__(self, folders: Folders | None = None, desktop: Scheme | None = None) -> None:
        super().__init__()
        self.folders = folders or find_folders()
        self.settings, sentence = read_settings(self.folders.settings_file, now)
        self.notices = tuple(text for text in (*self.folders.notices, sentence) if text)
        if self.settings.theme is not ThemeChoice.SYSTEM:
            _frame(self.settings.theme)
        self.theme = self._theme(desktop)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.follow_desktop)

    @property
    def reports(self) -> tuple[Path, str]:
        """Where reports go, and a sentence where the chosen folder cannot be found, or does not answer."""
        from reportdesk.gui.common.background_jobs import Job, wait_for

        looking = Job(partial(reports_folder, self.settings, self.folders.reports))
        if wait_for(looking, "正在找年报文件夹，U 盘或网络共享没有回应。", "不等的话，先用默认的文件夹。"):
            return looking.outcome()
        usual, chosen = self.folders.reports, self.settings.reports
        return usual, f"设置里的年报文件夹“{chosen}”没有回应，先用“{usual}”。"

    def change(self, settings: Settings) -> None:
        """Let these settings hold from now on, and have them kept; ``unkept`` tells where that fails."""
        if settings.theme is not self.settings.theme:
            _frame(settings.theme)
        chosen = settings.checks_words is not self.settings.checks_words
        self.settings = settings
        if chosen:
            self.words_chosen.emit(settings.checks_words)
        self.follow_desktop()
        self._beside.start(partial(write_settings, self.folders.settings_file, settings), self._tell_unkept)

    def finish(self) -> bool:
        """Wait until what was chosen is kept; False if the clerk goes on without."""
        return "_beside" not in self.__dict__ or self._beside.finish("正在保存设置，磁盘有点慢。")

    @cached_property
    def _beside(self) -> Beside:
        """One write after the other, so that the last choice stays."""
        from reportdesk.gui.common.background_jobs import Beside

        return Beside(self, in_order=True)

    def _tell_unkept(self, job: Job[None]) -> None:
        from reportdesk.store.file import StoreError

        try:
            job.outcome()
        except StoreError as error:
            self.unkept.emit(f"现在已换上，但下次打开会恢复原样：{error}")

    def follow_desktop(self) -> None:
        """Wear what the settings ask for, light or dark as the desktop is now where they leave it to that."""
        theme = self._theme()
        if (theme.scheme, theme.text_size) != (self.theme.scheme, self.theme.text_size):
            self.theme = theme
            self.theme_changed.emit(theme)

    def _theme(self, desktop: Scheme | None = None) -> Theme:
        return theme_for(_SCHEMES.get(self.settings.theme, desktop), self.settings.text_size)


def apply_theme(theme: Theme) -> None:
    """Give the application the theme's colours and face."""
    QApplication.setPalette(theme.palette())
    QApplication.setFont(theme.font())
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setStyleSheet(style_sheet(theme))


def _frame(choice: ThemeChoice) -> None:
    """Ask the system for that scheme, so that the window's own frame fits."""
    schemes = QtCore.Qt.ColorScheme
    frames = {
        ThemeChoice.SYSTEM: schemes.Unknown,
        ThemeChoice.LIGHT: schemes.Light,
        ThemeChoice.DARK: schemes.Dark,
    }
    QGuiApplication.styleHints().setColorScheme(frames[choice])
