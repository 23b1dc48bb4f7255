"""What becomes of journals that were left: offered, found to be saved already, or put aside and named.

Touches the disk and no widget, so that a thread may do it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.gui.common.locations import Place, place_of_edit
from reportdesk.gui.saving.restore_position import is_in
from reportdesk.session.keeping.persistence import Keeping
from reportdesk.session.keeping.recovery import Fit, Recovery, read_recovery
from reportdesk.store import disk
from reportdesk.store.clock import now
from reportdesk.store.file import StoreError, write_report
from reportdesk.store.journal import is_aside, set_journal_aside
from reportdesk.store.log import Event, log_event
from reportdesk.store.versions import Reason

if TYPE_CHECKING:
    from reportdesk.form.spec import Form


def sort_out(left: Iterable[Path], content: bytes, keeping: Keeping) -> tuple[Recovery | None, str]:
    """The one recovery that suits the file with these bytes, the newest of several, and what to tell.

    One that the file holds already is removed; any other is put aside, and the clerk is told its name.
    Of those that were put aside before only what stands nowhere else is looked at.
    """
    fitting: list[Recovery] = []
    told: list[str] = []
    for path in left:
        found = read_recovery(path)
        if found is None:
            if not is_aside(path):
                told.append(f"上次的输入记录已损坏，恢复不了，移到了“{_put_aside(path)}”。")
        elif found.fit(content) is Fit.SAVED and not found.is_cut:
            with contextlib.suppress(OSError):  # found again the next time, it is the same
                disk.remove(path)
        elif is_aside(path) and keeping.has_version(found.content):
            _put_aside(path, held=True)
        elif found.fit(content) is Fit.FITS and found.places:
            fitting.append(found.beside(content))
        else:
            told.append(
                f"发现上次没存进文件的修改（{found.says}），但文件后来在别处改动过。{leave(found, keeping)}"
            )
    fitting.sort(key=lambda found: (found.until is not None, found.until, found.places))
    told += [leave(older, keeping) for older in fitting[:-1]]
    return fitting[-1] if fitting else None, " ".join(told)


def newest(left: Iterable[Path]) -> Recovery | None:
    """Of all that was left the recovery that was written to last and holds something."""
    found = [one for path in left if (one := read_recovery(path)) is not None and one.places]
    return max(found, key=lambda one: (one.until is not None, one.until), default=None)


def where_one_stopped(form: Form, found: Recovery) -> Place | None:
    """Where the last of the recovered edits was made that can be seen; None if none can."""
    places = (place_of_edit(form, edit) for edit in reversed(found.edits))
    return next((place for place in places if place is not None and is_in(form, place)), None)


def save_left(found: Recovery, path: Path) -> None:
    """Write the whole report with what was recovered into that file, and put the journal aside.

    Raises:
        StoreError: it could not be written; the journal stays.
    """
    write_report(path, found.report)
    _put_aside(found.path, held=True)


def leave(found: Recovery, keeping: Keeping) -> str:
    """Do not recover it: keep it as a version and put the journal aside; a sentence that says so.

    Where no version can be kept the journal stays, to be offered again: it is all there is.
    """
    try:
        keeping.keep_surely(found.content, Reason.UNSAVED)
    except StoreError as error:
        return f"没有恢复。{error}那些修改还在原始记录“{found.path}”里，下次打开会再问。"
    log_event(Event.SET_ASIDE)
    aside = _put_aside(found.path, held=True)
    return f"没有恢复。那些修改可以在“文件”菜单的“以前的版本”里找到，原始记录移到了“{aside}”。"


def recovered_is_saved(found: Recovery, keeping: Keeping) -> None:
    """The report that it was recovered into is saved: put the journal aside once what it held surely stands elsewhere."""
    if not keeping.has_file(found.content) and not keeping.has_version(found.content):
        try:
            keeping.keep_surely(found.content, Reason.UNSAVED)
        except StoreError:
            return  # the journal stays
    _put_aside(found.path, held=True)


def _put_aside(path: Path, *, held: bool = False) -> Path:
    """Where the journal lies now; where it lay if it cannot be moved."""
    try:
        return set_journal_aside(path, now(), held=held)
    except OSError:
        return path
