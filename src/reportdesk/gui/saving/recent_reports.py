"""The list of reports on this PC, as the window keeps it: what was opened, saved, and where one stopped.

The list's file is ``reportdesk.store.user_data.library``'s; what stands on the start page is that page's.
It is written when there is leisure, beside the event loop, and a list that cannot be written is no trouble of the report.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reportdesk.gui.common.background_jobs import Beside, waited
from reportdesk.store.clock import now

if TYPE_CHECKING:
    from reportdesk.gui.common.locations import Place
    from reportdesk.gui.context.open_report import OpenReport
    from reportdesk.session.session import Session
    from reportdesk.store.folders import Folders
    from reportdesk.store.user_data.library_entry import Entry, KeptPlace

_LEISURE_MS = 3_000
"""Long enough after opening and saving, and short enough that a PC which is switched off loses little."""


_READS = "正在读年报列表，磁盘有点慢。"
_WRITES = "正在更新年报列表，磁盘有点慢。"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says of a report, where the clerk stopped in it, and of the others.

    ``titles`` are their units by 标题用名, ``others`` the files of other units' reports; both
    are empty where the list could not be read, and ``is_read`` is False.
    """

    place: Place | None
    titles: Mapping[str, frozenset[str]]
    others: tuple[Path, ...]
    is_read: bool = True


class RecentReports(QObject):
    """Keeps the entry of the open report up to date."""

    def __init__(self, folders: Folders, parent: QObject) -> None:
        super().__init__(parent)
        self._library = folders.library_file
        self._session: Session | None = None
        self._path = Path()
        self._place: Place | None = None
        self._beside = Beside(self, in_order=True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LEISURE_MS)
        self._later.timeout.connect(self._write)

    def entries(self) -> tuple[tuple[Entry, ...], str]:
        """The list as it was last kept, and a sentence where its file was broken."""
        from reportdesk.store.user_data.library import read_library

        return waited(lambda: read_library(self._library, now()), _READS)

    def look_up(self, path: Path) -> Listed:
        """What the list says of that report and of the others; a thread may ask."""
        from reportdesk.store.user_data.library import (
            place_in,
            read_library,
            reports_of_others,
            titles_of_others,
        )

        entries, sentence = read_library(self._library, now())
        others, titles = reports_of_others(entries, path), titles_of_others(entries, path)
        return Listed(_to_place(place_in(entries, path)), titles, others, is_read=not sentence)

    def keep(self, report: OpenReport) -> None:
        """Bring the report's entry up to date, soon."""
        self._session, self._path, self._place = report.session, report.path, report.view.here()
        if not self._later.isActive():
            self._later.start()

    def keep_now(self, report: OpenReport) -> None:
        """Bring the report's entry up to date at once, since it is being closed."""
        self._session, self._path, self._place = report.session, report.path, report.view.here()
        self._later.stop()
        self._write()
        self._beside.finish(_WRITES)

    def forget(self, path: Path) -> None:
        """Take a report off the list; its file stays.

        Raises:
            StoreError: the list could not be written.
        """
        from reportdesk.store.user_data.library import forget

        waited(lambda: forget(self._library, path, now()), _WRITES)

    def _write(self) -> None:
        from reportdesk.checks.outcome import Checked
        from reportdesk.session.session import CheckState
        from reportdesk.store.file import StoreError
        from reportdesk.store.user_data.library import remember, summarize
        from reportdesk.store.user_data.library_entry import KeptPlace

        session, place = self._session, self._place
        if session is None or place is None:
            return
        kept = KeptPlace(place.section, place.cell, place.part, place.offset or 0, place.fact or "")
        is_known = session.check_state is CheckState.DONE
        known = Checked(tuple(session.all_findings), session.left_out) if is_known else None
        summary = summarize(session.form, session.report, known)
        path = self._path

        def write() -> None:
            with contextlib.suppress(StoreError):  # the report is safe, and the next time tries again
                remember(self._library, path, summary, now(), kept)

        self._beside.start(write)


def _to_place(kept: KeptPlace | None) -> Place | None:
    """Where the clerk stopped, as the window says it."""
    if kept is None:
        return None
    from reportdesk.gui.common.locations import Place
    from reportdesk.report.document import Fact

    fact = Fact(kept.fact) if kept.fact in set(Fact) else None
    return Place(kept.page, cell=kept.cell, fact=fact, part=kept.part, offset=kept.offset)
