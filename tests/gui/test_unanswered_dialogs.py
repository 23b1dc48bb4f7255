"""The tests of the window cannot hang: what waits for an answer that nobody gives fails at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reportdesk.gui.common import files, questions


def test_a_question_fails_with_its_words(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(AssertionError, match=r"还有没有解决的问题 / 还有 3 处错误"):
        questions.ask_whether_to_export(parent, "3 处错误", ["这里不对。"])


def test_a_dialog_for_files_fails(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(AssertionError, match=r"getExistingDirectory: 导出到哪个文件夹"):
        files.ask_for_folder(parent, Path())
