"""A district's return on this PC: reading its file, and keeping it in a report that nobody has open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reportdesk.report.edits import apply_edit
from reportdesk.report.returned.return_file import MAX_BYTES, Returned, ReturnError, decode_return
from reportdesk.report.returned.whose import why_not_taken
from reportdesk.session.workflow import take_return
from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain, read_report, refuse_read_only, write_report
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


def keep_return(path: Path, returned: Returned, now: dt.datetime) -> None:
    """Take the return into the report in that file, as it stands there once nobody else can open it.

    Raises:
        StoreError: it cannot be taken in, somebody has the report open, or it could not be saved.
    """
    refuse_read_only(path)
    lock = take_lock(path, now)
    if isinstance(lock, Holder):
        raise StoreError(f"没有保存“{path.name}”：这份年报正开着，请先关闭再收。")
    try:
        report = read_report(path).report
        if refused := why_not_taken(returned, report):
            raise StoreError(refused)
        apply_edit(report, take_return(report, returned, now.date()))
        write_report(path, report)
    finally:
        if lock is not None:
            lock.release()
