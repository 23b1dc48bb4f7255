"""Draws every page of the window as PNG into build/pictures: light and dark, at 100 and 150 %.

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
from pathlib import Path
from typing import TYPE_CHECKING

from tools.dev.places import BUILD, EXAMPLE, Stop
from tools.fonts import use_bundled_fonts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.session.session import Session

_SCREEN = (1366, 768)
_TASKBAR = 40
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
    from reportdesk.gui.app import make_application, speak_chinese
    from reportdesk.gui.main_window import MainWindow
    from reportdesk.gui.new_report import NewReportDialog
    from reportdesk.gui.places import FRONT
    from reportdesk.gui.preferences import dress
    from reportdesk.gui.theme import Scheme, theme_for

    app = make_application()
    speak_chinese(app)
    theme = theme_for(Scheme(scheme))
    dress(theme)
    size = tuple(round(length * 100 / scale) for length in (_SCREEN[0], _SCREEN[1] - _TASKBAR))

    def keep(widget: QWidget, name: str) -> None:
        for _ in range(5):
            app.processEvents()
        widget.grab().save(str(folder / f"{name}-{scheme}-{scale}.png"))

    with tempfile.TemporaryDirectory() as temporary:
        report = Path(temporary) / EXAMPLE.name
        shutil.copyfile(EXAMPLE, report)
        window = MainWindow(theme)
        window.resize(*size)
        window.show()
        keep(window, "0-start")
        window.open_path(report)
        view, session = window.view, window.session
        if view is None or session is None:
            raise Stop(window.foot.message)
        for number, section in enumerate((FRONT, *(one.id for one in session.form.sections))):
            view.sections.choose(section)
            keep(window, f"1-{number}-{section or 'front'}")
        _unbalance(session)
        view.sections.choose("requests")
        view.step_finding(1)
        keep(window, "2-findings-1-step")
        view.unfold_findings(shown=True)
        keep(window, "2-findings-2-panel")
        dialog = NewReportDialog(session.form, theme, dt.date(2025, 1, 9), window)
        dialog.full_name.setText("宁夏回族自治区中卫市沙坡头区常乐镇人民政府")
        dialog.show()
        keep(dialog, "3-new")
        dialog.close()
        window.close()


def _unbalance(session: Session) -> None:
    """Make a mistake in table 三, so that the findings are to be seen."""
    from reportdesk.form.spec import CellRef
    from reportdesk.report.edits import set_cells

    wrong = {CellRef("requests", "new", "person"): 5, CellRef("requests", "carried_in", "other"): 1}
    session.apply(set_cells(session.report, session.form, wrong))


if __name__ == "__main__":
    sys.exit(main())
