"""Exports from the window: asks once if there are errors, writes the files, says where they are.

What the files look like is the exporters' matter. For now this runs in the window's process.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from reportdesk.checks.engine import Severity
from reportdesk.gui.foot import Foot
from reportdesk.gui.questions import ask_whether_to_export
from reportdesk.session.session import Session

_SEEN_MS = 30
"""Time for the line at the foot to be painted before the work begins."""


def export(window: QWidget, session: Session, foot: Foot, beside: Path) -> None:
    """Write Excel and PDF into a folder of their own in ``beside``."""
    from reportdesk.session.publish import safe_name

    errors = sum(1 for found in session.findings if found.severity is Severity.ERROR)
    if errors and not ask_whether_to_export(window, errors):
        return
    report = session.report
    name = safe_name(f"{report.name_in_title()}{report.year or ''}年年报导出") or "年报导出"
    foot.say("正在导出 Excel 和 PDF …")
    QTimer.singleShot(_SEEN_MS, window, lambda: _write(session, foot, beside / name))


def _write(session: Session, foot: Foot, folder: Path) -> None:
    from reportdesk.session.publish import Format, PublishError, publish

    try:
        written = publish(session.form, session.report, folder, (Format.XLSX, Format.PDF))
    except PublishError as error:
        foot.warn(f"没有导出：{error}")
        return
    foot.say(
        f"已导出 {len(written)} 个文件到 {folder}",
        "打开文件夹",
        lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
    )
