"""Draws every page of the window as PNG into build/pictures: light and dark, at 100 and 150 %.

The few that the project keeps are drawn by ``tools.kept_pictures``.

Each scale and scheme runs in a process of its own, since Qt takes the scale at its start.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tools.dev.places import BUILD, EXAMPLE
from tools.fonts import use_bundled_fonts
from tools.open_report import open_report, shown_view

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.report.report_view import ReportView
    from reportdesk.gui.window.main_window import MainWindow
    from reportdesk.session.session import Session

SCREEN = (1366, 768)
TASKBAR = 40
_SCALES = (100, 150)
_SCHEMES = ("light", "dark")


def main() -> int:
    """Draw all, or with --scale and --scheme one kind of them into --to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=BUILD / "pictures")
    parser.add_argument("--scale", type=int, choices=_SCALES)
    parser.add_argument("--scheme", choices=_SCHEMES)
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    if options.scale and options.scheme:
        _draw(options.to, options.scale, options.scheme)
        return 0
    for scale in _SCALES:
        for scheme in _SCHEMES:
            _draw_in_own_process(options.to, scale, scheme)
    for path in sorted(options.to.glob("*.png")):
        print(path)
    return 0


def _draw_in_own_process(folder: Path, scale: int, scheme: str) -> None:
    environment = os.environ | {"QT_SCALE_FACTOR": str(scale / 100), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tools.pictures", "--to", str(folder)]
    command += ["--scale", str(scale), "--scheme", scheme]
    subprocess.run(command, env=environment, check=True)


def _draw(folder: Path, scale: int, scheme: str) -> None:
    use_bundled_fonts()
    from reportdesk.gui.common.application import make_application
    from reportdesk.gui.common.preferences import Preferences, apply_theme
    from reportdesk.gui.window.app import speak_chinese
    from reportdesk.gui.window.main_window import MainWindow
    from reportdesk.store.user_data.settings import ThemeChoice

    app = make_application()
    speak_chinese(app)
    with example_in_a_new_home() as report:
        preferences = Preferences()
        preferences.change(replace(preferences.settings, theme=ThemeChoice(scheme)))
        apply_theme(preferences.theme)
        window = MainWindow(preferences.theme, preferences=preferences)
        window.resize(*(round(length * 100 / scale) for length in (SCREEN[0], SCREEN[1] - TASKBAR)))
        window.show()
        window.show_icons()
        for shown, name in _pages(window, report):
            for _ in range(5):
                app.processEvents()
            shown.grab().save(str(folder / f"{name}-{scheme}-{scale}.png"))
        window.close()


@contextmanager
def example_in_a_new_home() -> Iterator[Path]:
    """A copy of the example beside settings that nobody touched."""
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["REPORTDESK_HOME"] = temporary
        report = Path(temporary) / EXAMPLE.name
        shutil.copyfile(EXAMPLE, report)
        yield report


def opened(window: MainWindow, report: Path) -> tuple[ReportView, Session]:
    """Open it, and return what shows it and what holds it."""
    window.open_path(report)
    return shown_view(window), open_report(window).session


def _pages(window: MainWindow, report: Path) -> Iterator[tuple[QWidget, str]]:
    """All there is to see, one after another, with a name for its picture."""
    from reportdesk.form.spec import FRONT
    from reportdesk.store.user_data.settings import TextSize
    from tools.pictures_of_findings import findings_and_last_year
    from tools.pictures_of_handing_in import handing_in
    from tools.pictures_of_importing import importing
    from tools.pictures_of_ways import open_list_preview_and_states

    yield window, "0-unit"
    view, session = opened(window, report)
    for number, section in enumerate((FRONT, *(one.id for one in session.form.sections))):
        view.sections.choose(section)
        yield window, f"1-{number}-{section or 'front'}"
    unbalance(session)
    view.sections.choose("requests")
    view.step_finding(1)
    yield window, "2-findings-1-step"
    view.side_panels.unfold_findings(shown=True)
    yield window, "2-findings-2-panel"
    yield from findings_and_last_year(window)
    yield from open_list_preview_and_states(window)
    yield from handing_in(window)
    yield from importing(window, report.parent)
    for beside, name in _side_windows(window):
        yield beside, name
        beside.close()
    preferences = window.preferences
    preferences.change(replace(preferences.settings, text_size=TextSize.LARGE))
    yield window, "5-large"
    window.back_to_start()
    yield window, "0-start"


def _side_windows(window: MainWindow) -> Iterator[tuple[QWidget, str]]:
    """Each window beside the report, one after another, with a name for its picture."""
    from reportdesk.form.load import load_form
    from reportdesk.gui.help.about import AboutDialog
    from reportdesk.gui.help.diagnostics_page import SelfCheckDialog
    from reportdesk.gui.help.help_window import HelpWindow
    from reportdesk.gui.start.new_report import Known, NewReportDialog
    from reportdesk.gui.start.settings_dialog import SettingsDialog
    from reportdesk.gui.window.crash_page import CrashPage

    preferences = window.preferences
    known = Known(preferences.folders.reports)
    dialog = NewReportDialog(load_form("2021"), preferences.theme, dt.date(2025, 1, 9), known, window)
    dialog.full_name.setText("宁夏回族自治区中卫市沙坡头区常乐镇人民政府")
    dialog.show()
    yield dialog, "3-new"
    for tab in range(3):
        settings = SettingsDialog(preferences, window)
        settings.tabs.setCurrentIndex(tab)
        settings.show()
        yield settings, f"4-settings-{tab}"
    pages = (
        (SelfCheckDialog(preferences, window), "4-self-check"),
        (AboutDialog(preferences.theme, window), "4-about"),
        (CrashPage("已填的内容都已保存。", "ValueError", preferences.theme, window), "4-crash"),
    )
    for page, name in pages:
        page.show()
        yield page, name
    for section in (None, "requests"):
        pages_of_help = HelpWindow(preferences.theme, window)
        pages_of_help.show_page_for(section)
        yield pages_of_help, f"4-help-{section or 'start'}"


def unbalance(session: Session) -> None:
    """Make a mistake in table 三, so that the findings are to be seen."""
    from reportdesk.form.spec import CellRef
    from reportdesk.report.edits import set_cells

    wrong = {CellRef("requests", "new", "person"): 5, CellRef("requests", "carried_in", "other"): 1}
    session.apply(set_cells(session.report, session.form, wrong))


if __name__ == "__main__":
    sys.exit(main())
