"""A double click on a .gkform: what it would change is shown, and only a clerk who wants it has it taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from reportdesk.gui.common.application import PROGRAM, make_application
from reportdesk.gui.common.confirm_button import AnswerButton
from reportdesk.gui.common.preferences import Preferences, apply_theme
from reportdesk.gui.common.questions import message_box
from reportdesk.gui.look.controls import PlainLabel, push_button
from reportdesk.intake.form_changes import changes_of
from reportdesk.intake.form_package import HandedOutError, Package, read_package, take_in
from reportdesk.store.clock import now
from reportdesk.store.user_data.library import read_library

_WIDTH, _HEIGHT = 640, 480
_GAP = 12


class ConsentDialog(QDialog):
    """Shows what a package brings and changes, and whose file it is; 不导入 is what Enter and Esc mean."""

    def __init__(self, package: Package, changes: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(PROGRAM)
        self.resize(_WIDTH, _HEIGHT)
        title = PlainLabel(f"“{package.name}”会改动程序的年报格式或审核规则，要导入吗？")
        title.setWordWrap(True)
        source = PlainLabel(
            f"只导入上级发来的文件。请打电话向发文件的单位核对下面这串字（SHA-256），一致才导入：\n"
            f"{package.digest_to_read_out}"
        )
        source.setWordWrap(True)
        source.setTextInteractionFlags(source.textInteractionFlags().TextSelectableByMouse)
        listed = QPlainTextEdit("\n".join(changes) or "没有改动。")
        listed.setReadOnly(True)
        listed.setTabChangesFocus(True)
        listed.setAccessibleName("导入后的改动")
        self.take = AnswerButton("导入")
        self.take.setAutoDefault(False)
        self.take.chosen.connect(self.accept)
        leave = push_button("不导入", self.reject, main=True)
        leave.setDefault(True)
        column = QVBoxLayout(self)
        column.setSpacing(_GAP)
        for widget in (title, source, listed, self.take, leave):
            column.addWidget(widget)
        leave.setFocus()


def take_in_and_tell(path: Path) -> int:
    """Show what the file would change, and take it in if that is wanted; 0, or 3 if it is of no use."""
    _application = make_application()
    preferences = Preferences()
    apply_theme(preferences.theme)
    try:
        package = read_package(path)
        if not _is_wanted(package, preferences):
            return 0
        says = take_in(package, now())
    except HandedOutError as error:
        _tell(QMessageBox.Icon.Warning, str(error))
        return 3
    _tell(QMessageBox.Icon.Information, says)
    return 0


def _tell(icon: QMessageBox.Icon, says: str) -> None:
    box = message_box(None, icon, PROGRAM, says)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def _is_wanted(package: Package, preferences: Preferences) -> bool:
    entries, _sentence = read_library(preferences.folders.library_file, now())
    latest = [entry.path for entry in entries if not entry.is_missing][:1]
    dialog = ConsentDialog(package, changes_of(package, latest))
    return dialog.exec() == QDialog.DialogCode.Accepted
