"""What a journal left behind holds, and whether it still suits the report's file.

Answers for replaying it into a report beside the file's own; nothing here changes a file or an
open report. A journal carries the file that it builds on, so that it can be replayed although
that file is gone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from reportdesk.report.document import Report
from reportdesk.report.edit_between import difference
from reportdesk.report.edits import Edit, EditError, apply_edit
from reportdesk.report.file.codec import CodecError, decode, encode
from reportdesk.report.text.days import spell_recent
from reportdesk.store.fingerprint import digest_of
from reportdesk.store.journal import Stop, read_journal

LABEL = "恢复没有存完的修改"


class Fit(Enum):
    """How a recovery stands to the file as it is now."""

    SAVED = "saved"
    """The file holds all of it."""
    FITS = "fits"
    """The file is what it builds on."""
    OTHER = "other"
    """The file was changed elsewhere since."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was typed and not saved.

    ``path`` is the journal's, ``file`` the report's. ``content`` is the whole report with it, as
    a file's bytes; ``places`` counts the cells, texts and facts that it changed, ``until`` is when
    the last of it was made, ``edits`` what was done, the oldest first. ``saves`` are the SHA-256 of files that
    saves wrote with the first part of it. ``is_cut`` where the journal was damaged and what came behind is gone.
    """

    path: Path
    file: Path
    base: bytes
    content: bytes
    report: Report
    places: int
    until: dt.datetime | None
    edits: tuple[Edit, ...]
    saves: frozenset[str]
    is_cut: bool

    @property
    def says(self) -> str:
        """What it holds, in a clerk's words."""
        until = f"{spell_recent(self.until.astimezone())} 之前的 " if self.until else ""
        cut = "；记录的后面一段已损坏，恢复不了" if self.is_cut else ""
        return f"{until}{self.places} 处修改{cut}"

    def fit(self, file: bytes) -> Fit:
        """How it stands to the file that holds these bytes."""
        if not self.places or file == self.content or _is_same(file, self.report):
            return Fit.SAVED
        return Fit.FITS if file == self.base or digest_of(file) in self.saves else Fit.OTHER

    def beside(self, file: bytes) -> Recovery:
        """The same, counting only what the file with these bytes does not hold."""
        if file == self.base:
            return self
        try:
            return replace(self, places=len(self.edit_for(decode(file).report).changes))
        except CodecError:
            return self

    def edit_for(self, report: Report) -> Edit:
        """The edit that brings it into the open report."""
        return difference(report, self.report, LABEL)


def read_recovery(path: Path) -> Recovery | None:
    """What the journal holds; None if it cannot be read or nothing of it can be trusted."""
    try:
        journal = read_journal(path)
        if journal.stop is Stop.FOREIGN:
            return None
        before = decode(journal.base).report
        after = decode(journal.base).report
    except (OSError, CodecError):
        return None
    is_cut = journal.stop is Stop.BROKEN
    until = None
    edits: list[Edit] = []
    try:
        for entry in journal.entries:
            apply_edit(after, entry.edit)
            until = entry.at
            edits.append(entry.edit)
    except EditError:
        is_cut = True
    try:
        content = encode(after)
        after = decode(content).report  # nothing of a journal gets in that no file may hold
    except (CodecError, ValueError, TypeError, AttributeError):
        return None
    places = len(difference(before, after, LABEL).changes)
    return Recovery(
        path, journal.report, journal.base, content, after, places, until, tuple(edits), journal.saves, is_cut
    )


def _is_same(file: bytes, report: Report) -> bool:
    try:
        return not difference(decode(file).report, report, LABEL)
    except CodecError:
        return False
