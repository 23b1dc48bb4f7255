"""Text of a file is never markup: what looks like HTML is shown as it stands, and opens nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from reportdesk.checks.engine import Finding, Severity
from reportdesk.gui.common.questions import message_box
from reportdesk.gui.findings.entry import FindingEntry
from reportdesk.gui.look.controls import PlainLabel, plain_tip, set_tip
from reportdesk.gui.look.theme import Scheme, Theme

GUI = Path(__file__).parents[2] / "src" / "reportdesk" / "gui"
MARKUP = "<img src='file:///no/such/place.png'><b>白河镇</b>"
OWN_MARKUP = frozenset({"last_year_text.py", "controls.py"})
"""The label of last year's text is written by us, every word of the file escaped."""


def test_a_label_shows_markup_as_it_stands(qtbot: QtBot) -> None:
    label = PlainLabel(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == MARKUP


def test_a_finding_and_a_question_show_signs_that_turn_writing_round(qtbot: QtBot) -> None:
    turned = "白河\u202e镇"
    finding = Finding("UNIT-1", Severity.WARNING, f"{turned}的标题不对。", "front")
    entry = FindingEntry(finding, Theme(Scheme.LIGHT, "any"))
    box = message_box(None, QMessageBox.Icon.Warning, "导出", turned)
    for widget in (entry, box):
        qtbot.addWidget(widget)
        assert "\u202e" not in widget.text()
        assert "U+202E" in widget.text()


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


_MARKUP_MAKERS = {
    "QLabel": "PlainLabel shows text as it is",
    "QMessageBox": "message_box shows text as it is",
    "QMessageBox.*": "message_box shows text as it is",
    "QErrorMessage": "message_box shows text as it is",
    "QInputDialog.*": "a dialog with a PlainLabel shows text as it is",
    "QProgressDialog": "a PlainLabel and a bar show text as it is",
    "QTextBrowser": "QPlainTextEdit shows text as it is",
    "QWhatsThis.*": "set_tip shows text as it is",
    "QToolTip.showText": "set_tip shows text as it is",
    "QSplashScreen": "a PlainLabel shows text as it is",
    "QSystemTrayIcon": "the line at the foot shows text as it is",
    "QStaticText": "drawText shows text as it is",
}
_MARKUP_TAKERS = {
    "setToolTip",
    "setWhatsThis",
    "setStatusTip",
    "setHtml",
    "insertHtml",
    "appendHtml",
    "setMarkdown",
    "insertMarkdown",
    "setDetailedText",
    "setOpenExternalLinks",
    "setOpenLinks",
    "openUrl",
    "linkActivated",
}
"""Methods that take markup or follow an address: only with what the program itself says."""
_KNOWN = {
    ("questions.py", "QMessageBox"): "made here alone, plain",
    ("about.py", "QTextBrowser"): "shows the notice that lies beside the program",
    ("about.py", "setMarkdown"): "the same",
    ("clipboard.py", "setHtml"): "for other programs; ours takes plain text from there",
    ("opening.py", "openUrl"): "a path that is there, made an address by fromLocalFile",
    ("new_report.py", "addRow"): "the names of the rows stand just before",
    ("number_text.py", "QStaticText"): "set to plain text as it is made",
    ("editor.py", "QToolTip.showText"): "told_at escapes what it shows",
}


def is_markup_maker(name: str) -> str:
    """Why that is not to be called; empty if it may be."""
    owner = name.partition(".")[0]
    return _MARKUP_MAKERS.get(name, "") or _MARKUP_MAKERS.get(f"{owner}.*", "")


@pytest.mark.parametrize("path", sorted(GUI.rglob("*.py")), ids=lambda path: path.name)
def test_no_text_that_is_not_a_constant_reaches_what_takes_markup(path: Path) -> None:
    if path.name in OWN_MARKUP:
        return
    for call in calls(path):
        name, method = ast.unparse(call.func), ast.unparse(call.func).rpartition(".")[2]
        if {(path.name, name), (path.name, method)} & _KNOWN.keys():
            continue
        why = is_markup_maker(name)
        assert not why, f"{path.name}:{call.lineno}: {name}: {why}"
        if method in _MARKUP_TAKERS:
            assert is_own(call.args), f"{path.name}:{call.lineno}: {name}: only what the program itself says"
        if method == "addRow" and len(call.args) > 1:
            assert is_own(call.args[:1]), f"{path.name}:{call.lineno}: a row's name becomes a QLabel"


def is_own(given: list[ast.expr]) -> bool:
    """Whether what is given is a constant of the program's own, or a widget that was made from one."""
    return all(isinstance(one, ast.Constant | ast.Attribute) or is_made_plain(one) for one in given)


def is_made_plain(one: ast.expr) -> bool:
    return isinstance(one, ast.Call) and ast.unparse(one.func) in {"plain_tip", "_label", "PlainLabel"}


@pytest.mark.parametrize("path", sorted(GUI.rglob("*.py")), ids=lambda path: path.name)
def test_nothing_else_becomes_a_label_or_a_message_box(path: Path) -> None:
    """A class of ours that is derived of such would be called by its own name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base) for base in node.bases}
            known = {"controls.py": {"QLabel"}, "help_window.py": {"QTextBrowser"}}.get(path.name, set())
            assert not bases & {"QLabel", "QMessageBox", "QTextBrowser", "QProgressDialog"} - known, node.name


def test_the_walk_over_the_source_would_notice() -> None:
    assert is_markup_maker("QMessageBox")
    assert is_markup_maker("QMessageBox.question")
    assert is_markup_maker("QLabel")
    told = ast.parse("label.setToolTip(report.name)\nlabel.setToolTip(f'{name}')").body
    assert not is_own(told[1].value.args)  # type: ignore[attr-defined]
