"""The 送审稿 that was sent last, and the one before: what the next one is compared with.

Kept in the user's own folder, a file for each report's path. Losing one costs a comparison, no
word of a report; so a broken file counts as none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportdesk.report.document import Report
from reportdesk.report.file.codec import CodecError, decode, encode
from reportdesk.store.file import replace_patiently
from reportdesk.store.journal import key_of
from reportdesk.store.user_data.json_file import BrokenFileError, read_object, write_object

_FORMAT = "reportdesk-sent-drafts"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class SentDraft:
    """A draft that was sent: which one, counted from 1, when, and what it said."""

    number: int
    at: dt.datetime
    report: Report


@dataclass(frozen=True, slots=True)
class SentDrafts:
    """The newest draft of a report and the one before it, if there are such."""

    newest: SentDraft | None = None
    before: SentDraft | None = None


def read_sent_drafts(folder: Path, report_path: Path) -> SentDrafts:
    """What was sent of the report that lies there; nothing where that cannot be read."""
    try:
        document = read_object(_file(folder, report_path))
        if document is None or document.get("format") != _FORMAT or document.get("version") != _VERSION:
            return SentDrafts()
        return SentDrafts(_read(document.get("newest")), _read(document.get("before")))
    except (OSError, BrokenFileError, CodecError, ValueError, TypeError, LookupError, AttributeError):
        return SentDrafts()


def write_sent_drafts(folder: Path, report_path: Path, drafts: SentDrafts) -> None:
    """Keep what was sent of the report that lies there.

    Raises:
        StoreError: it could not be kept; what was kept before is untouched.
    """
    document = {
        "format": _FORMAT,
        "version": _VERSION,
        "newest": _to_file(drafts.newest),
        "before": _to_file(drafts.before),
    }
    write_object(_file(folder, report_path), document)


def take_sent_drafts_along(folder: Path, before: Path, after: Path) -> None:
    """Let what was sent of a report that was renamed go with it, unless the new name has its own.

    Raises:
        OSError: it stays with the old name.
    """
    old, new = _file(folder, before), _file(folder, after)
    if old.is_file() and not new.exists():
        replace_patiently(old, new)


def _file(folder: Path, report_path: Path) -> Path:
    return folder / f"{key_of(report_path)}.json"


def _read(entry: Any) -> SentDraft | None:
    if entry is None:
        return None
    at = dt.datetime.fromisoformat(entry["at"])
    return SentDraft(int(entry["number"]), at, decode(entry["report"].encode()).report)


def _to_file(draft: SentDraft | None) -> dict[str, Any] | None:
    if draft is None:
        return None
    content = encode(draft.report).decode()
    return {"number": draft.number, "at": draft.at.isoformat(), "report": content}
