"""Opens a report that is full of markup and walks through all that the window shows of it.

Run by ``test_hostile_words`` under strace, in a process of its own: python -m tests.gui.hostile_walk FOLDER.
Prints what was shown as rich text although a file's words stand in it, and on the other channel how
often each page and dialog was seen, so that none drops out of the walk.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMessageBox,
    QTextEdit,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from tests.gui.hostile_report import HOST, NAME_PROBE, write

_LONGEST = 120.0
_ENTRIES = 40
"""Of a list or table whose tips are asked for."""


def main(folder: Path) -> int:
    """Walk, and print each label, tip or page that took a file's words for markup."""
    from reportdesk.gui.common.application import make_application
    from reportdesk.gui.common.preferences import Preferences, apply_theme
    from reportdesk.gui.window.main_window import MainWindow
    from tests.gui.hostile_steps import steps

    make_application()
    answer_dialogs()
    path = write(folder)
    preferences = Preferences()
    apply_theme(preferences.theme)
    window = MainWindow(preferences.theme, preferences=preferences)
    window.resize(1366, 728)
    window.show()
    look_around()
    for step in steps(window, path, folder):
        step()
        settle()
        look_around()
    QApplication.clipboard().clear()  # offscreen it outlives Python
    sys.stdout.write("".join(f"{line}\n" for line in sorted(Seen.taken)))
    sys.stderr.write("".join(f"seen {name}\n" for name in sorted(Seen.kinds)))
    return 0


class Seen:
    """What the walk saw, from whichever step or dialog."""

    taken: ClassVar[set[str]] = set()
    tips: ClassVar[set[str]] = set()
    kinds: ClassVar[Counter[str]] = Counter()


def answer_dialogs() -> None:
    """Look at each dialog that waits for an answer, and close it; no file is chosen."""

    def shown(dialog: QDialog) -> int:
        dialog.show()
        settle()
        look_around()
        dialog.hide()
        return 0

    QDialog.exec = QMessageBox.exec = shown  # type: ignore[method-assign]
    for name in ("getOpenFileName", "getSaveFileName"):
        setattr(QFileDialog, name, lambda *_told: ("", ""))
    QFileDialog.getOpenFileNames = lambda *_told: ([], "")  # type: ignore[method-assign]
    QFileDialog.getExistingDirectory = lambda *_told: ""  # type: ignore[method-assign]


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def wait_until(done: Callable[[], object]) -> None:
    """Let the window go on until that is so."""
    until = time.monotonic() + _LONGEST
    while not done():
        assert time.monotonic() < until, "the walk waited in vain"
        QApplication.processEvents()
        time.sleep(0.01)


def look_around() -> None:
    """Look at all that is open, asking it for its tips first."""
    for top in QApplication.topLevelWidgets():
        if isValid(top) and top.isVisible():
            Seen.kinds.update({type(one).__name__ for one in (top, *top.findChildren(QWidget))})
            hover_all(top)
    Seen.taken.update(look(*filter(isValid, QApplication.topLevelWidgets())))
    QToolTip.hideText()


def hover_all(top: QWidget) -> None:
    """Ask what is to be seen for its tool tip, as the pointer resting there does; of the same tips one."""
    for widget in top.findChildren(QWidget):
        if not isValid(widget) or not widget.isVisible():
            continue
        if is_new(widget.toolTip()) or isinstance(widget.parentWidget(), QTextEdit):
            hover(widget, widget.rect().center())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for index in entries(widget.model()):
                spot, port = widget.visualRect(index).center(), widget.viewport()
                if port.rect().contains(spot) and is_new(str(index.data(Qt.ItemDataRole.ToolTipRole) or "")):
                    hover(port, spot)


def is_new(tip: str) -> bool:
    """Whether there is such a tip, and it was not asked for yet."""
    is_known = not tip or tip in Seen.tips
    Seen.tips.add(tip)
    return not is_known


def hover(widget: QWidget, at: QPoint) -> None:
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    Seen.taken.update(look(*(top for top in QApplication.topLevelWidgets() if isinstance(top, QLabel))))


def entries(model: QAbstractItemModel) -> Iterator[QModelIndex]:
    """The first entries of a list, table or tree."""
    for row in range(min(model.rowCount(QModelIndex()), _ENTRIES)):
        for column in range(min(columns_of(model), _ENTRIES)):
            yield model.index(row, column)


def columns_of(model: QAbstractItemModel) -> int:
    """A list keeps its own count of columns to itself."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())


def look(*tops: QWidget) -> Iterator[str]:
    """What shows a file's words as markup: labels, tips, message boxes, lists, text that is read."""
    for top in tops:
        for one in (top, *top.findChildren(QWidget)):
            yield from look_at(one)
        for action in top.findChildren(QAction):
            if any(map(is_markup, (action.toolTip(), action.whatsThis(), action.statusTip()))):
                yield f"action {action.text()[:60]}"


def look_at(one: QWidget) -> Iterator[str]:
    where = f"{type(one).__name__} {one.accessibleName()}"
    if any(map(is_markup, (one.toolTip(), one.whatsThis(), one.statusTip()))):
        yield f"tip of {where}: {one.toolTip()[:80]}"
    if isinstance(one, QLabel) and is_markup(one.text()) and one.textFormat() is not Qt.TextFormat.PlainText:
        yield f"label {where}: {one.text()[:80]}"
    if isinstance(one, QMessageBox) and one.textFormat() is not Qt.TextFormat.PlainText:
        yield f"message box {where}: {one.text()[:80]}"
    if isinstance(one, QTextEdit) and is_markup(one.toHtml()):
        yield f"text of {where}"
    if isinstance(one, QAbstractItemView) and one.model() is not None:
        for index in entries(one.model()):
            for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole):
                if is_markup(str(index.data(role) or "")):
                    yield f"entry of {where}: {str(index.data(role))[:80]}"


def is_markup(text: str) -> bool:
    """Whether a tag in it names what a file's words name; what is escaped is no tag."""
    reader = _Tags()
    reader.feed(text)
    return any(probe in named for named in reader.named for probe in (HOST, NAME_PROBE))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.named: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.named += [value for _name, value in attrs if value]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
