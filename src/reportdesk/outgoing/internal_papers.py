"""审核单, 送审稿 and 修改对照单 as files, in a folder of their own beside the report.

How they look is ``exports.internal.review_sheet``'s and ``exports.internal.draft``'s. A draft that prints what the last one
printed is that one again; any other gets the next number and is kept to compare the next with.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from reportdesk.exports.formats import Choices, faces_for
from reportdesk.form.spec import Form
from reportdesk.outgoing.export_files import PublishError
from reportdesk.outgoing.file_names import handed_in_stem
from reportdesk.outgoing.submission import INTERNAL, slip_of
from reportdesk.outgoing.submission_names import papers_folder
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Report
from reportdesk.report.own_files import CHANGES_SHEET, DRAFT, REVIEW_SHEET
from reportdesk.session.whole_check import REPORT_ALONE, Scope
from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain
from reportdesk.store.user_data.sent_drafts import SentDraft, SentDrafts, read_sent_drafts, write_sent_drafts
from reportdesk.store.written_files import write_again


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was written; ``kept`` is where one that somebody had changed there is now."""

    path: Path
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the report lies, in whose folder the papers are put, and where sent drafts are kept.

    ``scope`` is what the window checks the report with.
    """

    report_path: Path
    sent: Path
    scope: Scope = REPORT_ALONE

    def folder_for(self, report: Report) -> Path:
        """送审-〈单位〉〈年〉 beside the report."""
        return papers_folder(report, self.report_path)


def make_slip(
    form: Form, report: Report, desk: Desk, now: dt.datetime, choices: Choices
) -> tuple[Paper, ...]:
    """Write the 审核单; the file.

    Raises:
        PublishError: it could not be written.
    """
    content = slip_of(form, report, now, choices, desk.report_path, scope=desk.scope)
    return (_write(desk.folder_for(report), f"{REVIEW_SHEET}-{handed_in_stem(report)}", content),)


def make_draft(
    form: Form, report: Report, desk: Desk, now: dt.datetime, choices: Choices
) -> tuple[Paper, ...]:
    """Write the 送审稿 and, from the second on, the 修改对照单 against the one before; the files.

    Raises:
        PublishError: one could not be written; the draft then does not count as sent.
    """
    from reportdesk.exports.internal.draft import Sending, render_changes, render_draft

    drafts = _next_drafts(form, report, read_sent_drafts(desk.sent, desk.report_path), now)
    newest, before = drafts.newest, drafts.before
    assert newest is not None  # noqa: S101 - that is what was just made
    folder, name, faces = desk.folder_for(report), handed_in_stem(report), faces_for(choices)
    sending = Sending(newest.number, now)
    made = [_write(folder, f"{DRAFT}-第{newest.number}稿-{name}", render_draft(form, report, sending, faces))]
    if before is not None and before.report.edition == report.edition:
        sendings = (Sending(before.number, before.at), sending)
        changes = render_changes(form, before.report, report, sendings, faces)
        made.append(
            _write(folder, f"{CHANGES_SHEET}-第{before.number}稿与第{newest.number}稿-{name}", changes)
        )
    try:
        write_sent_drafts(desk.sent, desk.report_path, drafts)
    except StoreError as error:
        raise PublishError(
            f"送审稿已写好，但没有记下这一稿，下次的修改对照单会与更早的一稿比较。{error}"
        ) from error
    return tuple(made)


def _next_drafts(form: Form, report: Report, sent: SentDrafts, now: dt.datetime) -> SentDrafts:
    newest = sent.newest
    if newest is None:
        return SentDrafts(SentDraft(1, now, report))
    if newest.report.edition == report.edition and check_code(form, newest.report) == check_code(
        form, report
    ):
        return sent
    return SentDrafts(SentDraft(newest.number + 1, now, report), newest)


def _write(folder: Path, name: str, content: bytes) -> Paper:
    path = folder / f"{INTERNAL}-{name}.pdf"
    try:
        disk.make_folder(folder)
        kept = write_again(path, content)
    except OSError as error:
        raise PublishError(f"没有写成“{path.name}”：{explain(error)}") from error
    return Paper(path, kept)
