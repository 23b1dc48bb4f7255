"""Text of a file is never markup: what looks like HTML is shown as it stands, and opens nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reportdesk.gui.controls import PlainLabel, plain_tip, set_tip

GUI = Path(__file__).parents[2] / "src" / "reportdesk" / "gui"
MARKUP = "<img src='file:///no/such/place.png'><b>白河镇</b>"
OWN_MARKUP = frozenset({"last_year_text.py", "controls.py"})
"""The label of last year's text is written by us, every word of the file escaped."""


def test_a_label_shows_markup_as_it_stands(qtbot: QtBot) -> None:
    label = PlainLabel(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == MARKUP


def test_a_label_may_be_given_its_parent_alone(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert PlainLabel(parent).parent() is parent


def test_a_tip_shows_markup_as_it_stands(qtbot: QtBot) -> None:
    assert plain_tip("一、总体情况") == "一、总体情况"
    assert "<img" not in plain_tip(MARKUP)
    assert "&lt;img" in plain_tip(MARKUP)
    action = QAction()
    set_tip(action, MARKUP)
    assert "<img" not in action.toolTip()
    assert GuiQt.mightBeRichText(action.toolTip())
    del qtbot


def calls(path: Path) -> list[ast.Call]:
    return [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]


@pytest.mark.parametrize("path", sorted(GUI.glob("**/*.py")), ids=lambda path: path.name)
def test_no_text_that_is_not_a_constant_reaches_what_takes_markup(path: Path) -> None:
    if path.name in OWN_MARKUP:
        return
    for call in calls(path):
        name = ast.unparse(call.func)
        assert name not in {"QLabel", "QMessageBox.warning", "QMessageBox.information", "QProgressDialog"}, (
            f"{path.name}:{call.lineno}: PlainLabel shows text as it is"
        )
        if name.endswith(".setToolTip"):
            assert isinstance(call.args[-1], ast.Constant | ast.Attribute), (
                f"{path.name}:{call.lineno}: set_tip shows text as it is"
            )
