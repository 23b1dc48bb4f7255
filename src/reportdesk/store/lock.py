"""Who has a report open: a small hidden file beside it, which every PC that sees the report sees.

Answers for the file, and for telling a program that is at work from one that was ended in the
middle on this PC. Where no file can be written, as in a read-only folder, there is no lock and
nothing is said: the fingerprint guards the report all the same. Not a lock of the system's, for
those do not reach through every share and keep a USB stick from being taken out.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from reportdesk.report.text.days import spell_recent
from reportdesk.store import disk
from reportdesk.store.file import remove_patiently, replace_patiently
from reportdesk.store.processes import began, is_running, pc_name, user_name

FORMAT = "reportdesk-lock"
_LONGEST = 4096
_TRIES, _BETWEEN = 3, 0.02
"""How often a lock without words is looked at again, since it may be written just now; in seconds."""

_LONGEST_NAME = 240
"""Bytes of a lock's name: of the 255 that a file system gives, some are for setting a stale one aside."""
_WORDLESS_FOR = 60.0
"""Seconds after which a lock without words is no lock: its program ended while it was made."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock. ``token`` is another for each lock that is taken."""

    pc: str
    user: str
    process: int
    begun: str
    since: dt.datetime | None
    token: str

    @property
    def says(self) -> str:
        """Who it is, in a clerk's words."""
        who = f"用户“{self.user}”" if self.user else "另一个用户"
        where = f"在电脑“{self.pc}”上" if self.pc else "在另一台电脑上"
        if self.pc and self.pc == pc_name():
            where = "在这台电脑上"
        since = f"，从{spell_recent(self.since)}开始" if self.since else ""
        return f"{who}{where}打开着{since}"


_WORDLESS = Holder("", "", 0, "", None, "")
"""Whoever is just making a lock."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that is ours."""

    path: Path
    token: str

    def release(self) -> None:
        """Take it away, unless somebody else has taken the report over meanwhile."""
        held = _read(self.path)
        if held is not None and held.token == self.token:
            with contextlib.suppress(OSError):  # others see a program that is gone
                remove_patiently(self.path)


def lock_path(report: Path) -> Path:
    """Where the report's lock lies: beside it under its name, or under a digest of a name with no room for more."""
    named = f".~{report.name}.lock"
    if len(os.fsencode(named)) <= _LONGEST_NAME:
        return report.with_name(named)
    return report.with_name(
        f".~{hashlib.sha256(report.name.encode('utf-8', 'replace')).hexdigest()[:32]}.lock"
    )


def take_lock(report: Path, now: dt.datetime, *, by_force: bool = False) -> Lock | Holder | None:
    """Lock the report: the lock, or who holds it, or None where there can be no lock.

    A lock that a program on this PC left when it was ended in the middle is taken over;
    ``by_force`` takes over any.
    """
    path = lock_path(report)
    for _ in range(_TRIES):
        try:
            return _make(path, now)
        except FileExistsError:
            pass
        except OSError:
            return None
        holder = _holder(path)
        if holder is not None and not by_force and not _is_stale(holder):
            return holder
        if not _take_away(path, holder if holder != _WORDLESS else None):
            break
    return _holder(path)


def _take_away(path: Path, holder: Holder | None) -> bool:
    """Remove that holder's lock and no other's, which may have taken its place meanwhile; whether it is gone.

    A lock without words is nobody's.
    """
    aside = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    try:
        replace_patiently(path, aside)
        if _read(aside) != holder:
            replace_patiently(aside, path)
            return False
    except FileNotFoundError:
        return True
    except OSError:
        return False
    with contextlib.suppress(OSError):  # no lock any more, whatever becomes of the file
        remove_patiently(aside)
    return True


def _make(path: Path, now: dt.datetime) -> Lock:
    me = Holder(pc_name(), user_name(), os.getpid(), began(os.getpid()) or "", now, os.urandom(8).hex())
    content = {
        "format": FORMAT,
        "pc": me.pc,
        "user": me.user,
        "process": me.process,
        "begun": me.begun,
        "since": now.isoformat(timespec="seconds"),
        "token": me.token,
    }
    try:
        with disk.create(path) as file:
            disk.write(file, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))
    except FileExistsError:
        raise
    except OSError:
        with contextlib.suppress(OSError):
            disk.remove(path)
        raise
    _hide(path)
    return Lock(path, me.token)


def _holder(path: Path) -> Holder | None:
    """Who holds the lock; None if it is gone, or has had no words for so long that it is none."""
    for _ in range(_TRIES):
        held = _read(path)
        if held is not None:
            return held
        time.sleep(_BETWEEN)
    try:
        age = time.time() - disk.status(path).st_mtime
    except OSError:
        return None
    return _WORDLESS if age < _WORDLESS_FOR else None


def _read(path: Path) -> Holder | None:
    try:
        content = json.loads(disk.read(path, _LONGEST))
        if content["format"] != FORMAT:
            return None
        since = dt.datetime.fromisoformat(content["since"]).astimezone()
        pc, user = (" ".join(str(content[key]).split())[:80] for key in ("pc", "user"))
        process, begun, token = int(content["process"]), str(content["begun"]), str(content["token"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    return Holder(pc, user, process, begun, since, token)


def _is_stale(holder: Holder) -> bool:
    """Whether the holder's program ran on this PC and has ended."""
    return bool(holder.pc) and holder.pc == pc_name() and not is_running(holder.process, holder.begun)


def _hide(path: Path) -> None:
    """Hide the file where a name's full stop does not."""
    if sys.platform == "win32":
        import ctypes

        hidden = 2  # FILE_ATTRIBUTE_HIDDEN
        ctypes.windll.kernel32.SetFileAttributesW(str(path), hidden)
