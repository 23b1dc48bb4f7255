"""The marks under words of findings: which words, how they look, and what is told at them.

A mark is a line of its own kind as well as of its own colour. Where findings meet, the gravest
is drawn last and told first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from reportdesk.checks.engine import Finding, Severity
from reportdesk.gui.common.text_units import units
from reportdesk.gui.look.theme import Role, Theme

_LINES = {
    Severity.ERROR: (QTextCharFormat.UnderlineStyle.WaveUnderline, Role.ERROR),
    Severity.WARNING: (QTextCharFormat.UnderlineStyle.WaveUnderline, Role.WARNING),
    Severity.HINT: (QTextCharFormat.UnderlineStyle.DotLine, Role.QUIET),
}
_GRAVE = list(Severity)


def words_of(finding: Finding) -> Iterator[tuple[int, int]]:
    """The places in the part's prose that the finding is about, first and end."""
    if finding.passages:
        yield from (passage.now for passage in finding.passages)
    elif finding.span is not None:
        yield finding.span


def marks(
    document: QTextDocument, text: str, findings: Iterable[Finding], theme: Theme
) -> list[QTextEdit.ExtraSelection]:
    """What to draw over the text; places that are no longer in it are left out."""
    drawn = []
    for finding in sorted(findings, key=lambda found: -_GRAVE.index(found.severity)):
        for start, end in words_of(finding):
            if start < end <= len(text):
                drawn.append(_mark(document, text, (start, end), finding.severity, theme))
    return drawn


def told_at(findings: Iterable[Finding], offset: int) -> str:
    """The sentences of the findings at a place, the gravest first, as text that wraps; empty if none."""
    at = [finding for finding in findings if any(start <= offset < end for start, end in words_of(finding))]
    at.sort(key=lambda found: _GRAVE.index(found.severity))
    return "".join(f"<p>{escape(finding.message)}</p>" for finding in at)


def _mark(
    document: QTextDocument, text: str, words: tuple[int, int], severity: Severity, theme: Theme
) -> QTextEdit.ExtraSelection:
    line, role = _LINES[severity]
    shape = QTextCharFormat()
    shape.setUnderlineStyle(line)
    shape.setUnderlineColor(theme.color(role))
    cursor = QTextCursor(document)
    start = units(text[: words[0]])
    cursor.setPosition(start)
    cursor.setPosition(start + units(text[words[0] : words[1]]), QTextCursor.MoveMode.KeepAnchor)
    mark = QTextEdit.ExtraSelection()
    mark.format = shape
    mark.cursor = cursor
    return mark
