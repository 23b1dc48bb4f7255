"""Opens a report that is full of markup and walks through all that the window shows of it.

Run by ``test_hostile_words`` under strace, in a process of its own: python -m tests.gui.hostile_walk FOLDER.
Prints what was shown as rich text although a file's words stand in it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QToolTip, QWidget

PROBE = "hostile-probe"
MARKUP = f"<img src='file:///{PROBE}/x.png'><b>白河镇</b>"
FILE = "b'img src=file 白河镇.gknb"


def main(folder: Path) -> int:
    """Walk, and print each label or tip that took a file's words for markup."""
    from reportdesk.gui.app import make_application
    from reportdesk.gui.main_window import MainWindow
    from reportdesk.gui.preferences import Preferences, dress

    app = make_application()
    path = write(folder)
    preferences = Preferences()
    dress(preferences.theme)
    window = MainWindow(preferences.theme, preferences=preferences)
    window.resize(1366, 728)
    window.show()
    QTest.qWaitForWindowExposed(window)
    taken = set(look(window))
    assert window.open_path(path)
    for action in steps(window):
        action()
        for _ in range(3):
            app.processEvents()
        taken |= set(look(*app.topLevelWidgets()))
    sys.stdout.write("".join(f"{line}\n" for line in sorted(taken)))
    return 0


def write(folder: Path) -> Path:
    """The report and this PC's profile, markup in every field that they have."""
    from reportdesk.form.load import load_form
    from reportdesk.report.document import Explanation, Fact, Snapshot, new_report
    from reportdesk.store.file import write_report
    from reportdesk.store.folders import find_folders
    from reportdesk.store.profile import UNIT_FACTS, UnitProfile, write_profiles

    form = load_form("2021")
    report = new_report(form, 2024, MARKUP)
    kept = (Fact.YEAR, Fact.UNIT_KIND, Fact.STATE)
    report.facts.update({fact: MARKUP for fact in Fact if fact not in kept})
    report.prose = dict.fromkeys(form.parts, f"{MARKUP}公开,信息10条××。\n2019年{MARKUP}")
    report.headings = {part: MARKUP for part in form.parts if part != "opening"}
    report.remarks = {ref: MARKUP for ref in list(form.kind_of)[:9] if ref not in form.totals}
    report.unverified = dict.fromkeys(report.remarks, True)
    report.explanations = {"x": Explanation(MARKUP, MARKUP)}
    report.reported = {next(iter(form.totals)): 7}
    report.previous = {
        2023: Snapshot(
            "2021", {Fact.YEAR: "2023", Fact.FULL_NAME: MARKUP}, dict(report.prose), {}, source=MARKUP
        )
    }
    path = folder / FILE
    write_report(path, report)
    facts: dict[Fact, str] = {
        fact: MARKUP for fact in UNIT_FACTS if fact not in (Fact.UNIT_KIND, Fact.POSTCODE, Fact.EMAIL)
    }
    write_profiles(find_folders().profile_file, [UnitProfile(facts, report_to=MARKUP)])
    return path


def steps(window: object) -> Iterator[Callable[[], object]]:
    """What a clerk would do, one after the other, each a function."""
    from reportdesk.gui.main_window import MainWindow

    assert isinstance(window, MainWindow)
    view = window.view
    assert view is not None
    for entry in view.sections.entries:
        yield partial(click, entry)
        yield partial(hover_all, window)
    for key in (Qt.Key.Key_F9, Qt.Key.Key_F8, Qt.Key.Key_F8, Qt.Key.Key_F7):
        yield partial(QTest.keyClick, window, key)
    yield view.sides.show_open
    yield partial(hover_all, view.sides)
    yield partial(QTest.keyClick, window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    yield partial(QTest.keyClick, window, Qt.Key.Key_F1)
    yield partial(window.foot.say, MARKUP)
    yield partial(window.foot.warn, MARKUP)
    yield partial(window.foot.show_whose, MARKUP, "2024")
    yield window.close
    yield window.show


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())


def hover_all(top: QWidget) -> None:
    """Ask all that is to be seen for its tool tip, as the pointer resting there does."""
    for widget in top.findChildren(QWidget):
        if widget.isVisible():
            at = widget.rect().center()
            event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
            QApplication.sendEvent(widget, event)
            QToolTip.hideText()


def look(*widgets: QWidget) -> Iterator[str]:
    """Labels and tips whose words a file brought and that are set as markup."""
    for top in widgets:
        for one in (top, *top.findChildren(QWidget)):
            tip = one.toolTip()
            if PROBE in tip and GuiQt.mightBeRichText(tip) and "&lt;" not in tip:
                yield f"tip of {type(one).__name__}: {tip[:60]}"
            if isinstance(one, QLabel) and PROBE in one.text():
                plain = one.textFormat() is Qt.TextFormat.PlainText or "<img" not in one.text()
                if not plain:
                    yield f"label {type(one).__name__} {one.accessibleName()}: {one.text()[:60]}"
            if isinstance(one, QListWidget):
                for row in range(one.count()):
                    said = one.item(row).toolTip()
                    if "<img" in said:
                        yield f"entry of {type(one).__name__}: {said[:60]}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
