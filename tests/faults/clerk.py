"""A clerk by script: fills a report through its session and keeping, as the window does, and remembers it.

The window itself is left out; ``kill`` drives the real one.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

from reportdesk.form.load import load_form
from reportdesk.report.document import Report, new_report
from reportdesk.report.edits import Slot, TextChange, set_cells, set_entry
from reportdesk.report.file.codec import decode, encode
from reportdesk.session.keeping.persistence import ChangedBehindError, Clock, Keeping, Places
from reportdesk.session.keeping.recovery import Fit, read_recovery
from reportdesk.session.session import Session
from reportdesk.store.file import StoreError
from reportdesk.store.journal import journals_of

FORM = load_form("2021")
TYPED = [ref for table in FORM.tables.values() for ref in table.refs() if ref not in FORM.totals]
TODAY = dt.date(2025, 1, 10)
_WORDS = "年报公开政府信息，主动公开条数。依申请公开事项\n"


def blank() -> Report:
    """A new report as the window begins it."""
    return new_report(FORM, 2024, "常乐镇人民政府")


class Desk:
    """A report in a folder, opened; ``seen`` holds its bytes after each edit, as they were on the screen."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.folder = folder
        self.path = folder / "reports" / "常乐镇 2024.gknb"
        self.places = Places(folder / "user" / "journals", folder / "user" / "versions")
        self.seen: list[bytes] = []
        self._keeping: Keeping | None = None
        self._random = random
        self._minutes = 0

    def found(self) -> None:
        """Put a first report there, as an office has it from yesterday."""
        self.path.parent.mkdir(parents=True)
        self.path.write_bytes(encode(blank()))
        self.seen = [self.path.read_bytes()]

    def open(self, clock: Clock | None = None) -> None:
        """Open it, with that clock instead of one that goes right."""
        content = self.path.read_bytes()
        self.session = Session(FORM, decode(content).report, TODAY)
        self._keeping = Keeping(self.session, self.path, content, self.places, clock or self._clock)

    @property
    def keeping(self) -> Keeping:
        """How the open report is kept."""
        assert self._keeping is not None, "not opened"
        return self._keeping

    def now(self) -> bytes:
        """The report as it is on the screen."""
        return encode(self.session.report)

    def edit(self) -> None:
        """Make some edit of those that a clerk makes."""
        session, random = self.session, self._random
        chosen = random.randrange(8)
        if chosen < 3:
            values = {random.choice(TYPED): random.randrange(1000) for _ in range(random.choice((1, 1, 25)))}
            session.apply(set_cells(session.report, FORM, values))
        elif chosen < 6:
            part = random.choice(list(FORM.parts))
            text = session.report.prose.get(part, "")
            offset = random.randint(0, len(text))
            removed = text[offset : offset + random.choice((0, 0, 1, 5))]
            inserted = "".join(random.choices(_WORDS, k=random.choice((1, 1, 2, 40))))
            session.type_text(TextChange(part, offset, removed, inserted), float(len(self.seen)))
        elif chosen == 6:
            ref = random.choice(TYPED)
            session.apply(
                set_entry(session.report, Slot.REMARKS, ref, f"问过{random.randrange(9)}所", "备注")
            )
        else:
            session.undo()
        self.seen.append(self.now())

    def save(self) -> bool:
        """Save as the window does; whether the clerk is told that it is saved."""
        try:
            self.keeping.save()
        except ChangedBehindError as error:
            return self._settle(error.content)
        except StoreError:
            return False
        return True

    def sync(self) -> None:
        """Put the journal onto the disk, which the window has a thread do within a second."""
        writer = self.keeping._writer
        if writer is not None:
            self.keeping._sync(writer)

    def die(self) -> None:
        """What the system does with a dead process: its files are closed."""
        if self._keeping is not None and self._keeping._writer is not None:
            self._keeping._writer.close()

    def _settle(self, theirs: bytes) -> bool:
        try:
            self.keeping.keep_mine(theirs)
        except StoreError:
            return False
        return True

    def _clock(self) -> dt.datetime:
        self._minutes += 1
        return dt.datetime(2025, 1, 10, 9, tzinfo=dt.UTC) + dt.timedelta(minutes=self._minutes)


def after_restart(desk: Desk) -> bytes | None:
    """What the clerk has after the next start: the file with what recovery offers; None if it cannot be opened."""
    try:
        content = desk.path.read_bytes()
        standing = encode(decode(content).report)
    except (OSError, ValueError):
        return None
    best = standing
    latest = None
    for path in journals_of(desk.places.journals, desk.path, content):
        found = read_recovery(path)
        if found is not None and found.fit(content) is Fit.FITS:
            key = (found.until is not None, found.until, found.places)
            if latest is None or key > latest:
                latest, best = key, found.content
    return best
