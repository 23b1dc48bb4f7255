"""Smaller promises of the store, each broken in its own way: a disk that lies, a second export."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from random import Random
from unittest import mock

from reportdesk.exports.formats import Format
from reportdesk.outgoing.export_files import publish
from reportdesk.session.keeping.ways_back import ways_back
from reportdesk.store import disk
from reportdesk.store.folders import OVERRIDE
from tests.faults.clerk import FORM, Desk
from tests.faults.outcome import SURVIVED, VOID, Outcome, lost


def unreliable_disk(_number: int, random: Random) -> Outcome:
    """A stick that keeps something else than what was written is not told to be well."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _opened(Path(folder), random)
        own, harmed = disk.replace, random.randrange(4)
        saves = 0

        def replace(source: Path, target: Path) -> None:
            nonlocal saves
            own(source, target)
            if target == desk.path:
                saves += 1
                if saves > harmed:
                    content = bytearray(target.read_bytes())
                    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
                    target.write_bytes(content)

        with mock.patch.object(disk, "replace", replace):
            for turn in range(5 * random.randint(1, 4)):
                desk.edit()
                if turn % 5 == 4 and desk.save() and saves > harmed:
                    return lost("told to be saved, and the file holds something else")
            desk.die()
        if saves <= harmed:
            return VOID
        kept = [way.read() for way in ways_back(desk.places.journals, desk.places.versions, desk.path)]
    return SURVIVED if desk.seen[-1] in kept else lost("the last state is in no version and no journal")


def second_export(_number: int, random: Random) -> Outcome:
    """A file that somebody changed after the export is still there after the next."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, {OVERRIDE: folder}):
        desk, out = _opened(Path(folder), random), Path(folder) / "导出"
        wanted = random.choice((Format.HTML, Format.XLSX, Format.DOCX, Format.BLANK))
        (first,) = publish(FORM, desk.session.report, out, [wanted])
        changed = [random.randbytes(random.randrange(1, 200)) for _ in range(random.randint(1, 3))]
        for content in changed:
            first.path.write_bytes(content)
            desk.edit()
            (again,) = publish(FORM, desk.session.report, out, [wanted])
            if again.kept is None:
                return lost("the clerk is not told")
        desk.die()
        there = [path.read_bytes() for path in out.iterdir()]
    return SURVIVED if all(one in there for one in changed) else lost("what was changed outside is gone")


def _opened(folder: Path, random: Random) -> Desk:
    desk = Desk(folder, random)
    desk.found()
    desk.open()
    return desk
