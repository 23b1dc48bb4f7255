"""A district's return on this PC: reading its file, and keeping it in a report that nobody has open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reportdesk.report.document import Report
from reportdesk.report.edits import apply_edit
from reportdesk.report.returned.return_file import MAX_BYTES, Returned, ReturnError, decode_return
from reportdesk.session.returning import take_return
from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain, refuse_read_only, write_report
from reportdesk.store.lock import Holder, take_lock


def read_return(path: Path) -> Returned:
    """The return in the file.

    Raises:
        StoreError: it cannot be read or is none.
    """
    try:
        return decode_return(disk.read(path, MAX_BYTES))
    except OSError as error:
        raise StoreError(f"打不开“{path.name}”：{explain(error)}") from error
    except ReturnError as error:
        raise StoreError(f"打不开“{path.name}”：{error}") from error


def keep_return(path: Path, report: Report, returned: Returned, now: dt.datetime) -> None:
    """Take the return into the report and save that in its file.

    Raises:
        StoreError: somebody has it open, or it could not be saved.
    """
    refuse_read_only(path)
    lock = take_lock(path, now)
    if isinstance(lock, Holder):
        raise StoreError(f"没有保存“{path.name}”：这份年报正开着，请先关闭再收，或在窗口里收。")
    try:
        apply_edit(report, take_return(report, returned, now.date()))
        write_report(path, report)
    finally:
        if lock is not None:
            lock.release()
