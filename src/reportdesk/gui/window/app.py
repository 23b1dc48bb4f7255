"""Starts the program: the application, its language and face, the window, then the report.

First the window's frame is painted, then the sections, then the report is read: reading needs
what is slow to import. What runs before the paint does not name `Qt` but `QtCore.Qt` where it is used,
since PySide6 makes all of that namespace's enums, a hundred and more, when it is named first: an eighth of
the time. Light or dark is told from the palette until then.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from io import FileIO
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from reportdesk.gui.common.application import make_application
from reportdesk.gui.common.preferences import Preferences, apply_theme
from reportdesk.gui.look.theme import scheme_of
from reportdesk.gui.window import error_hook
from reportdesk.gui.window.main_window import MainWindow

_SMALL_SCREEN = 1400
_PREFERRED = (1280, 820)
_NEVER_PAINTED_MS = 500
_LEISURE_MS = 2_500
"""After the start: the second process takes a core for a while."""


def run(path: Path | None) -> int:
    """Open the window, with that report if one is named; the exit code once it is closed."""
    gc.disable()  # nothing of the start is garbage, and looking for it takes a fifteenth of the time
    os.environ.update(input_method(os.environ))
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # else it asks every installed package for one
    app = make_application()
    preferences = Preferences(desktop=scheme_of(app.palette()))
    first = _claim(preferences.folders.data, path)
    if first is None:
        return 0
    apply_theme(preferences.theme)
    window = MainWindow(preferences.theme, report_follows=path is not None, preferences=preferences)
    error_hook.install(window.beside.show_error, preferences.folders.logs)
    after_paint(window, path)
    place(window)
    try:
        return app.exec()
    finally:
        first.close()


def _claim(folder: Path, path: Path | None) -> FileIO | ExitStack | None:
    """What makes this program the user's only one; None once another has taken the file."""
    from reportdesk.gui.window.single_instance import claim, hand_over

    try:
        first = claim(folder)
    except OSError:
        return ExitStack()  # a folder without locks: each start has a window of its own
    if first is None and hand_over(folder, path):
        return None
    return first or ExitStack()


def speak_chinese(app: QApplication) -> bool:
    """Have Qt's own buttons, menus, sizes and dates in Chinese; whether Qt's words were found."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = translator.load("qtbase_zh_CN", folder) and app.installTranslator(translator)
    app.installTranslator(_NewerWords(app))
    return found


_NEWER = {"&Look in:": "查找范围(&I)：", "Files of &type:": "文件类型(&T)："}


class _NewerWords(QTranslator):
    """Words of Qt's file dialog that are younger than its Chinese translation."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The Chinese words; None leaves them to the other translator."""
        del context, disambiguation, n
        return _NEWER.get(source)  # type: ignore[return-value]  # None is Qt's own way

    def isEmpty(self) -> bool:
        """Not empty, or Qt would pass it over."""
        return False


def input_method(environment: Mapping[str, str]) -> dict[str, str]:
    """What to change in the environment so that fcitx is heard.

    Qt's wheel has no plug-in for fcitx, which however also answers as ibus.
    """
    asked = environment.get("QT_IM_MODULE", ""), environment.get("XMODIFIERS", "")
    if sys.platform == "linux" and any("fcitx" in name for name in asked):
        return {"QT_IM_MODULE": "ibus"}
    return {}


def place(window: MainWindow) -> None:
    """Show the window in a size for the screen: all of a small one."""
    screen = window.screen().availableGeometry()
    window.resize(min(_PREFERRED[0], screen.width()), min(_PREFERRED[1], screen.height()))
    if screen.width() < _SMALL_SCREEN:
        window.showMaximized()
    else:
        window.show()


def after_paint(window: MainWindow, path: Path | None) -> None:
    """Do what needs time once the window was painted, or soon if it never is."""
    begun = False

    def begin() -> None:
        nonlocal begun
        if begun:
            return
        begun = True
        if path is not None:
            window.show_outline()
        QTimer.singleShot(0, window, finish)

    def finish() -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            speak_chinese(app)
        try:
            if path is not None:
                window.open_path(path)
        finally:
            gc.freeze()
            gc.enable()
            QTimer.singleShot(0, window, lambda: _afterwards(window))

    window.painted.connect(lambda: QTimer.singleShot(0, window, begin))
    QTimer.singleShot(_NEVER_PAINTED_MS, window, begin)


def _afterwards(window: MainWindow) -> None:
    """Do what nobody waits for: icons need an SVG renderer, which is slow to load."""
    from reportdesk.store.log import Event, log_event, start_log

    window.preferences.follow_desktop()
    window.show_icons()
    start_log(window.preferences.folders.logs)
    log_event(Event.STARTED)
    _listen(window)
    QTimer.singleShot(_LEISURE_MS, window, window.commands.warm_up)
    if window.preferences.notices:
        window.status_line.warn(" ".join(window.preferences.notices))


def _listen(window: MainWindow) -> None:
    """Take what later starts of the program hand over."""
    from reportdesk.gui.window.single_instance import InstanceServer

    InstanceServer(window, window.preferences.folders.data)
