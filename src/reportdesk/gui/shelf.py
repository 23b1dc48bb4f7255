"""The list of reports on this PC, as the window keeps it: what was opened, saved, and where one stopped.

The list's file is ``reportdesk.store.library``'s; what stands on the start page is that page's.
It is written when there is leisure, and a list that cannot be written is no trouble of the report.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reportdesk.store.clock import now

if TYPE_CHECKING:
    from reportdesk.gui.places import Place
    from reportdesk.session.session import Session
    from reportdesk.store.folders import Folders
    from reportdesk.store.library_entry import Entry

_LEISURE_MS = 3_000
"""Long enough after opening and saving, and short enough that a PC which is switched off loses little."""


class Shelf(QObject):
    """Keeps the entry of the open report up to date."""

    def __init__(self, folders: Folders, parent: QObject) -> None:
        super().__init__(parent)
        self._library = folders.library_file
        self._session: Session | None = None
        self._path = Path()
        self._place: Place | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LEISURE_MS)
        self._later.timeout.connect(self._write)

    def entries(self) -> tuple[tuple[Entry, ...], str]:
        """The list as it was last kept, and a sentence where its file was broken."""
        from reportdesk.store.library import read_library

        return read_library(self._library, now())

    def tell_titles(self, session: Session, path: Path) -> None:
        """Let the report's session know what the titles of the other units on this PC are."""
        from reportdesk.store.library import titles_of_others

        session.know_titles(titles_of_others(self.entries()[0], path))

    def place_in(self, path: Path) -> Place | None:
        """Where the clerk stopped in that report; None if that is not known."""
        from reportdesk.gui.places import Place
        from reportdesk.report.document import Fact
        from reportdesk.store.library import place_in

        kept = place_in(self.entries()[0], path)
        if kept is None:
            return None
        fact = Fact(kept.fact) if kept.fact in set(Fact) else None
        return Place(kept.page, cell=kept.cell, fact=fact, part=kept.part, offset=kept.offset)

    def keep(self, session: Session, path: Path, place: Place) -> None:
        """Bring the report's entry up to date, soon."""
        self._session, self._path, self._place = session, path, place
        if not self._later.isActive():
            self._later.start()

    def keep_now(self, session: Session, path: Path, place: Place) -> None:
        """Bring the report's entry up to date at once, since it is being closed."""
        self._session, self._path, self._place = session, path, place
        self._later.stop()
        self._write()

    def forget(self, path: Path) -> None:
        """Take a report off the list; its file stays.

        Raises:
            StoreError: the list could not be written.
        """
        from reportdesk.store.library import forget

        forget(self._library, path, now())

    def _write(self) -> None:
        from reportdesk.session.session import CheckState
        from reportdesk.store.file import StoreError
        from reportdesk.store.library import remember, summarize
        from reportdesk.store.library_entry import Place as KeptPlace

        session, place = self._session, self._place
        if session is None or place is None:
            return
        kept = KeptPlace(place.section, place.cell, place.part, place.offset or 0, place.fact or "")
        known = session.all_findings if session.check_state is CheckState.DONE else None
        summary = summarize(session.form, session.report, known)
        with contextlib.suppress(StoreError):  # the report is safe, and the next time tries again
            remember(self._library, self._path, summary, now(), kept)
