"""A clock that jumps both ways, by days or by years: no version and no journal put aside is lost for it.

A clerk lives through several days of work. Each start has another clock; some end in the middle,
and what they left is put aside.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from random import Random

from reportdesk.report.file.codec import encode
from reportdesk.store.journal import left_journals, set_journal_aside, thin_aside
from reportdesk.store.versions import read_version, versions_of
from tests.faults.clerk import Desk
from tests.faults.outcome import SURVIVED, Outcome, lost

_RIGHT = dt.datetime(2025, 1, 10, 9, tzinfo=dt.UTC)
_JUMPS = (0, 0, 1, -1, 40, -40, 4 * 365, -4 * 365, 9_000)
"""Days that the clock is off."""


class _Lives:
    """A clerk's days with a report, and all that must be found afterwards."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.desk = Desk(folder, random)
        self.desk.found()
        self.closed: list[bytes] = []
        self.aside: list[Path] = []
        self._random = random
        self._now = _RIGHT

    def live(self, day: int) -> None:
        """Start, work, and close or be ended in the middle."""
        desk, random = self.desk, self._random
        self._now = _RIGHT + dt.timedelta(days=day + random.choice(_JUMPS))
        thin_aside(desk.places.journals)
        desk.open(self._tick)
        for _ in range(random.randrange(1, 5)):
            desk.edit()
            if random.randrange(3) == 0:
                desk.save()
                self._now += dt.timedelta(days=random.choice(_JUMPS))  # it jumps while one works too
        if random.randrange(4) == 0:
            desk.die()
            desk.keeping._release()
            left = left_journals(desk.places.journals, desk.path)
            self.aside += [set_journal_aside(path, self._now) for path in left]
            return
        desk.save()
        desk.keeping.close()
        self.closed.append(encode(desk.session.report))

    def _tick(self) -> dt.datetime:
        self._now += dt.timedelta(minutes=1)
        return self._now


def attempt(_number: int, random: Random) -> Outcome:
    """Some days with clocks that are wrong; afterwards each closing state is a version and nothing put aside is gone."""
    with tempfile.TemporaryDirectory() as name:
        lives = _Lives(Path(name), random)
        for day in range(random.randrange(2, 9)):
            lives.live(day)
        versions = versions_of(lives.desk.places.versions, lives.desk.path)
        kept = [read_version(version) for version in versions]
        if any(state not in kept for state in lives.closed):
            return lost("the state at a closing is no version")
        if _is_hidden(lives.closed, kept):
            return lost("an older version passes for a newer one")
        if not all(path.exists() for path in lives.aside):
            return lost("a journal that was put aside is gone")
    return SURVIVED


def _is_hidden(closed: list[bytes], kept: list[bytes]) -> bool:
    """Whether the closing states do not stand in the order in which they were closed, the newest first."""
    places = [kept.index(state) for state in dict.fromkeys(reversed(closed))]
    return places != sorted(places)
