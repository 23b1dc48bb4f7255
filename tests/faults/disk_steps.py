"""Each step on the disk fails once, or from then on, or is cut short: what was noted must be found again."""

from __future__ import annotations

import contextlib
import errno
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from reportdesk.store import disk
from reportdesk.store.file import remove_unfinished
from tests.faults.clerk import Desk, after_restart
from tests.faults.outcome import SURVIVED, VOID, Outcome, lost

STEPS = (
    "create", "write", "sync", "set_mode", "replace", "remove", "make_folder", "make_private_folder", "sync_folder", "read", "status",
)  # fmt: skip
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
_WAYS = 2 * len(ERRORS) + 2
"""Each error once or from then on; a write cut short, once or from then on."""


@dataclass
class Trouble:
    """Counts the steps and makes those fail that ``strikes`` names."""

    strikes: Callable[[str, int], OSError | None]
    is_cut_short: bool = False
    steps: int = 0
    struck: int = 0

    def wrap(self, name: str) -> Callable[..., Any]:
        """The step with its failure."""
        own = getattr(disk, name)

        def step(*arguments: Any, **named: Any) -> Any:
            self.steps += 1
            error = self.strikes(name, self.steps)
            if error is None:
                return own(*arguments, **named)
            self.struck += 1
            if name == "write" and self.is_cut_short:
                file, content = arguments
                own(file, content[: len(content) // 2])
            raise error

        return step


@contextlib.contextmanager
def troubled(trouble: Trouble) -> Iterator[None]:
    """Have the store's steps go through the trouble."""
    with contextlib.ExitStack() as stack:
        for name in STEPS:
            stack.enter_context(mock.patch.object(disk, name, trouble.wrap(name)))
        yield


def attempt(number: int, random: Random) -> Outcome:
    """Strike step after step, each in every way."""
    step, way = divmod(number, _WAYS)
    lasts = bool(way % 2)
    code = (*ERRORS, errno.ENOSPC)[way // 2]

    def strikes(name: str, count: int) -> OSError | None:
        hit = count > step if lasts else count == step + 1
        return OSError(code, "made to fail", name) if hit else None

    trouble = Trouble(strikes, is_cut_short=way // 2 == len(ERRORS))
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), random)
        desk.found()
        told_safe, noted = 0, True
        with troubled(trouble):
            try:
                desk.open()
            except OSError:
                return VOID  # the test's own reading
            for turn in range(24):
                desk.edit()
                if desk.keeping.is_noted:
                    told_safe = len(desk.seen) - 1
                if turn % 5 == 3:
                    desk.sync()
                if turn % 6 == 5 and desk.save():
                    told_safe = len(desk.seen) - 1
            noted = desk.keeping.is_noted
            desk.keeping.close()
        if not trouble.struck:
            return VOID
        return _judge(desk, told_safe, noted=noted)


def _judge(desk: Desk, told_safe: int, *, noted: bool) -> Outcome:
    """Hold what is found against what the clerk was told was safe."""
    found = after_restart(desk)
    if found is None:
        return lost("the file cannot be opened")
    least = len(desk.seen) - 1 if noted else told_safe
    if found not in desk.seen[least:]:
        where = desk.seen.index(found) if found in desk.seen else "no state that was ever seen"
        return lost(f"told safe up to {least} of {len(desk.seen) - 1}, found {where}")
    remove_unfinished(desk.path.parent)  # as the next opening does
    left = [path.name for path in desk.path.parent.iterdir() if path.suffix == ".tmp"]
    return lost(f"half files left: {left}") if left else SURVIVED
