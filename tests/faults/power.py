"""The power fails at any step: only what was synced is sure to be there, all else may be, wholly or in part.

The disk is modelled as the worst that a system may do: bytes that were not synced are there up to
any length, or as zeros; names that were made, changed or removed since their folder was synced are
there up to any of these changes, folder by folder. What was synced must be found again.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from random import Random
from unittest import mock

from reportdesk.store import disk
from tests.faults.clerk import Desk, after_restart
from tests.faults.outcome import SURVIVED, Outcome, lost

_STEPS = 130
"""More than a clerk's script takes, so that some attempts end without a power cut in the middle."""


class PowerCutError(BaseException):
    """The power is gone: nothing may catch it and go on."""


@dataclass
class _Inode:
    """A file's bytes as programs see them, and as the disk surely has them."""

    content: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    is_synced: bool = False


@dataclass
class _Change:
    """A name that was given or taken in a folder."""

    name: Path
    inode: _Inode | None


class ModelDisk:
    """Follows the steps on real files and knows what of them would be left. ``cut_at`` counts steps."""

    def __init__(self, cut_at: int) -> None:
        self._left = cut_at
        self._open: dict[int, _Inode] = {}
        self._now: dict[Path, _Inode] = {}
        self._sure: dict[Path, _Inode] = {}
        self._changes: dict[Path, list[_Change]] = {}

    def adopt(self, path: Path) -> None:
        """Know a file that lay there, safe, before."""
        content = path.read_bytes()
        self._now[path] = self._sure[path] = _Inode(bytearray(content), content, is_synced=True)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Have the store's steps pass by here."""
        own = {name: getattr(disk, name) for name in ("create", "write", "sync", "replace", "remove")}

        def create(path: Path, *told: int) -> FileIO:
            self._step()
            file: FileIO = own["create"](path, *told)
            inode = self._open[id(file)] = _Inode()
            self._name(path, inode)
            return file

        def write(file: FileIO, content: bytes) -> None:
            inode = self._open.get(id(file), _Inode())
            half = len(content) // 2
            for piece in (content[:half], content[half:]):
                self._step()
                own["write"](file, piece)
                inode.content += piece

        def sync(file: FileIO) -> None:
            self._step()
            own["sync"](file)
            inode = self._open.get(id(file), _Inode())
            inode.synced, inode.is_synced = bytes(inode.content), True

        def replace(source: Path, target: Path) -> None:
            self._step()
            own["replace"](source, target)
            inode = self._now.pop(source)
            self._name(target, inode)
            self._note(source, None)

        def remove(path: Path) -> None:
            self._step()
            own["remove"](path)
            self._now.pop(path, None)
            self._note(path, None)

        def sync_folder(folder: Path) -> None:
            self._step()
            for change in self._changes.pop(folder, ()):
                _carry_out(change, self._sure)

        with contextlib.ExitStack() as stack:
            for step in (create, write, sync, replace, remove, sync_folder):
                stack.enter_context(mock.patch.object(disk, step.__name__, step))
            yield

    def restart(self, folder: Path, random: Random) -> None:
        """Put into the folder what the disk has after the power came back."""
        kept = dict(self._sure)
        for changes in self._changes.values():
            for change in changes[: random.randint(0, len(changes))]:
                _carry_out(change, kept)
        shutil.rmtree(folder)
        for path, inode in kept.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_what_is_left(inode, random))

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise PowerCutError

    def _name(self, path: Path, inode: _Inode) -> None:
        self._now[path] = inode
        self._note(path, inode)

    def _note(self, path: Path, inode: _Inode | None) -> None:
        self._changes.setdefault(path.parent, []).append(_Change(path, inode))


def _carry_out(change: _Change, names: dict[Path, _Inode]) -> None:
    if change.inode is None:
        names.pop(change.name, None)
    else:
        names[change.name] = change.inode


def _what_is_left(inode: _Inode, random: Random) -> bytes:
    new = bytes(inode.content[len(inode.synced) :])
    length = random.randint(0, len(new))
    return inode.synced + random.choice((new[:length], bytes(length), b"", new))


def attempt(number: int, random: Random) -> Outcome:
    """Work, lose the power at a step, start again."""
    model = ModelDisk(number % _STEPS)
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name) / "disk", random)
        desk.found()
        model.adopt(desk.path)
        safe = 0
        with model.watching(), contextlib.suppress(PowerCutError):
            desk.open()
            for turn in range(24):
                desk.edit()
                if turn % 3 == 2:
                    desk.sync()
                    safe = len(desk.seen) - 1
                if turn % 7 == 6 and desk.save():
                    safe = len(desk.seen) - 1
        desk.die()
        model.restart(desk.folder, random)
        found = after_restart(desk)
    if found is None:
        return lost("the file cannot be opened")
    if found not in desk.seen[safe:]:
        where = desk.seen.index(found) if found in desk.seen else "no state that was ever seen"
        return lost(f"on the disk up to {safe} of {len(desk.seen) - 1}, found {where}")
    return SURVIVED
