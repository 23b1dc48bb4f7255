"""Draws the pictures that stand in the project: those of the help and those of the README.

Run ``python -m tools.kept_pictures`` when the window or the paper looks different, and look at them;
``--to FOLDER`` draws them elsewhere.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from tools.dev.places import ROOT
from tools.fonts import use_bundled_fonts
from tools.pictures import SCREEN, TASKBAR, example_in_a_new_home, opened, unbalance

if TYPE_CHECKING:
    from PIL.Image import Image
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.window.main_window import MainWindow

_HELP = Path("resources", "help", "pictures")
_README = Path("docs", "pictures")
_HELP_SIZE = (1080, 660)
"""Small enough to be read at two thirds of its size in the help."""
_HELP_WIDTH, _PAGE_WIDTH = 720, 532
_COLOURS = 256
_DAY = dt.datetime(2025, 1, 9, 12, tzinfo=dt.UTC)
"""When the report of the example is written: rules on the date find nothing."""


def main() -> int:
    """Draw all of them anew."""
    parser = argparse.ArgumentParser(prog="python -m tools.kept_pictures", description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT, metavar="FOLDER")
    draw(parser.parse_args().to)
    return 0


def draw(root: Path) -> None:
    """Draw all of them into their folders below ``root``."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    use_bundled_fonts()
    from reportdesk.gui.common.application import make_application
    from reportdesk.gui.common.preferences import apply_theme
    from reportdesk.gui.look.theme import Scheme, theme_for
    from reportdesk.gui.window.app import speak_chinese
    from reportdesk.gui.window.main_window import MainWindow
    from reportdesk.store import clock

    app = make_application()
    speak_chinese(app)
    theme = theme_for(Scheme.LIGHT)
    apply_theme(theme)
    with example_in_a_new_home() as report, mock.patch.object(clock, "now", return_value=_DAY):
        _keep(_first_page(report), root / _README / "page.png")
        window = MainWindow(theme)
        window.resize(*_HELP_SIZE)
        window.show()
        window.show_icons()
        window.setFocus()  # else the first button wears the focus
        for path in _shown(window, report):
            for _ in range(20):
                app.processEvents()
            _keep(_grabbed(window, _HELP_WIDTH if path.parent == _HELP else window.width()), root / path)
        window.close()


def _shown(window: MainWindow, report: Path) -> Iterator[Path]:
    """Where each picture stands, once the window shows it."""
    view, session = opened(window, report)
    view.sections.choose("overview")
    yield _HELP / "prose.png"
    view.side_panels.unfold_findings(shown=False)
    view.sections.choose("requests")
    yield _HELP / "table.png"
    unbalance(session)
    view.side_panels.unfold_findings(shown=True)
    yield _HELP / "findings.png"
    window.resize(SCREEN[0], SCREEN[1] - TASKBAR)
    view.step_finding(1)
    yield _README / "window.png"
    window.resize(*_HELP_SIZE)
    window.back_to_start()
    yield _HELP / "start.png"


def _grabbed(widget: QWidget, width: int) -> Image:
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice, Qt

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().scaledToWidth(width, Qt.TransformationMode.SmoothTransformation).save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


def _first_page(report: Path) -> Image:
    """The first page of the PDF, with an edge round it."""
    import pypdfium2
    from PIL import ImageOps

    from reportdesk.exports.pdf.writer import render_pdf
    from reportdesk.exports.typesetting.fonts import bundled_faces
    from reportdesk.form.load import load_form
    from reportdesk.store.file import read_report

    read = read_report(report).report
    content = render_pdf(load_form(read.edition), read, faces=bundled_faces()).content
    page = pypdfium2.PdfDocument(content)[0]
    picture: Image = page.render(scale=(_PAGE_WIDTH - 2) / page.get_width()).to_pil()
    return ImageOps.expand(picture, 1, "#c0c4c8")


def _keep(picture: Image, path: Path) -> None:
    """As a small file: few colours."""
    from PIL import Image

    few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    path.parent.mkdir(parents=True, exist_ok=True)
    few.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
