"""Where the words of a finding are after an edit, until the rules that read prose run again.

Places only: whether a finding still holds is the rules' matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reportdesk.checks.engine import Finding, Passage
from reportdesk.report.edits import Edit, TextChange


def follow(findings: Iterable[Finding], edit: Edit) -> list[Finding]:
    """The findings with their words where the edit has moved them; without those it replaced."""
    moved = list(findings)
    for change in edit.changes:
        if isinstance(change, TextChange):
            maybe = [_move(finding, change) for finding in moved]
            moved = [finding for finding in maybe if finding is not None]
    return moved


def _move(finding: Finding, change: TextChange) -> Finding | None:
    if finding.part != change.part or finding.span is None:
        return finding
    span = _move_span(finding.span, change)
    if span is None:
        return None
    if span == finding.span and not finding.passages:
        return finding
    passages = ((_move_span(passage.now, change), passage.then) for passage in finding.passages)
    kept = tuple(Passage(now, then) for now, then in passages if now is not None)
    return replace(finding, span=span, passages=kept)


def _move_span(span: tuple[int, int], change: TextChange) -> tuple[int, int] | None:
    """What is typed within the words belongs to them; None once all of them gave way."""
    start, end = span
    first, last = change.offset, change.offset + len(change.removed)
    by = len(change.inserted) - len(change.removed)
    if last > first and first <= start and end <= last:
        return None
    if start >= last:
        return start + by, end + by
    if end <= first:
        return span
    begins = start if start < first else first + len(change.inserted)
    return begins, end + by if end >= last else first
