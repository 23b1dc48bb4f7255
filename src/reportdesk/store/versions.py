"""Versions of a report: whole files kept in the user's own folder, to look at and to take back.

Answers for which are kept, for how long and under which names. A version is a .gknb file like
any other, named for its time, why it was kept and its contents' hash; what differs from the open
report is ``reportdesk.session.recovery``'s matter.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reportdesk.report.codec import MAX_BYTES
from reportdesk.store import disk
from reportdesk.store.file import SUFFIX, StoreError, explain, replace_patiently, write_whole
from reportdesk.store.journal import key_of

EVERY = dt.timedelta(minutes=10)
"""How often a version is kept while somebody works."""

DAILY_FOR = dt.timedelta(days=30)
MONTHLY_FOR = dt.timedelta(days=3 * 366)
LAST_ONLY_COPIES = 10
"""So many of what stands in no other file stay, however old: a clock that fell back dates them years ago."""
MOST_BYTES = 24 * 1024 * 1024
"""Of one report; a usual one takes 20 KB, so this is some thousand versions."""


class Reason(StrEnum):
    """Why a version was kept; its value stands in the file's name."""

    OPENED = "opened"
    WORKING = "working"
    IMPORT = "import"
    MEND = "mend"
    TAKEN_BACK = "taken-back"
    REPLACED = "replaced"
    UNSAVED = "unsaved"

    @property
    def says(self) -> str:
        """What a clerk reads."""
        return _SAYS[self]

    @property
    def is_only_copy(self) -> bool:
        """Whether what it holds stands in no file of the clerk's."""
        return self in (Reason.REPLACED, Reason.UNSAVED)


_SAYS = {
    Reason.OPENED: "打开时",
    Reason.WORKING: "填写中",
    Reason.IMPORT: "导入前",
    Reason.MEND: "改正前",
    Reason.TAKEN_BACK: "取回以前的版本前",
    Reason.REPLACED: "被别处改动的文件",
    Reason.UNSAVED: "没有存进文件的修改",
}
_NAME = re.compile(rf"(\d{{8}}T\d{{6}}Z)-([a-z-]+)-([0-9a-f]{{12}}){re.escape(SUFFIX)}")
_TIME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version. ``digest`` is the beginning of its contents' SHA-256."""

    path: Path
    at: dt.datetime
    reason: Reason
    digest: str
    size: int


def keep_version(folder: Path, report: Path, content: bytes, reason: Reason, now: dt.datetime) -> None:
    """Keep the report's bytes as a version, unless the newest holds the same; then thin the older ones.

    Raises:
        OSError: it could not be kept; the older ones are untouched.
    """
    digest = _digest(content)
    kept = versions_of(folder, report)
    if kept and kept[0].digest == digest and not (reason.is_only_copy and not kept[0].reason.is_only_copy):
        return
    own = folder / key_of(report)
    disk.make_folder(own)
    name = f"{now.astimezone(dt.UTC):{_TIME}}-{reason}-{digest}{SUFFIX}"
    write_whole(own / name, content, owner_only=True)
    for superfluous in thin(versions_of(folder, report), now):
        with contextlib.suppress(OSError):  # the next time tries again
            disk.remove(superfluous.path)


def versions_of(folder: Path, report: Path) -> tuple[Version, ...]:
    """The report's versions, the newest first."""
    found = []
    for path in (folder / key_of(report)).glob(f"*{SUFFIX}"):
        match = _NAME.fullmatch(path.name)
        if match and match[2] in set(Reason):
            with contextlib.suppress(OSError, ValueError):  # gone meanwhile, or no time at all
                at = dt.datetime.strptime(match[1], _TIME).replace(tzinfo=dt.UTC)
                found.append(Version(path, at, Reason(match[2]), match[3], disk.status(path).st_size))
    return tuple(sorted(found, key=lambda version: (version.at, version.path.name), reverse=True))


def take_versions_along(folder: Path, before: Path, after: Path) -> None:
    """Let the versions of a report that was renamed go with it, unless the new name has its own.

    Raises:
        OSError: they stay with the old name.
    """
    old, new = folder / key_of(before), folder / key_of(after)
    if old.is_dir() and not new.exists():
        replace_patiently(old, new)


def read_version(version: Version) -> bytes:
    """The version's bytes, which are those that were kept.

    Raises:
        StoreError: it cannot be read or is broken.
    """
    try:
        content = disk.read(version.path, MAX_BYTES)
    except OSError as error:
        raise StoreError(f"打不开这个版本：{explain(error)}") from error
    if _digest(content) != version.digest:
        raise StoreError("这个版本的文件已损坏，请选别的版本。")
    return content


def thin(kept: Sequence[Version], now: dt.datetime) -> tuple[Version, ...]:
    """Which of the versions to give up.

    All of today stay, then the last of each day for 30 days, then the last of each month for
    three years; the newest always. Of those that stand in no file of the clerk's stay all of 30
    days, and the last ten. Past the bound of size the oldest go first.
    """
    stays: list[Version] = []
    seen: set[str] = set()
    only_copies = 0
    for version in sorted(kept, key=lambda one: one.at, reverse=True):
        age = now - version.at
        span = _span(version, now)
        only_copies += version.reason.is_only_copy
        is_guarded = version.reason.is_only_copy and (age <= DAILY_FOR or only_copies <= LAST_ONLY_COPIES)
        if not stays or is_guarded or (age <= MONTHLY_FOR and span not in seen):
            stays.append(version)
            if not is_guarded:
                seen.add(span)
    return _without(kept, _within_bound(stays))


def _span(version: Version, now: dt.datetime) -> str:
    """The stretch of time of which one version stays; each version of today is its own."""
    at = version.at.astimezone(now.tzinfo)
    if at.date() >= now.date():
        return version.path.name  # two may be of one second
    return at.date().isoformat() if now - at <= DAILY_FOR else f"{at:%Y-%m}"


def _within_bound(newest_first: Iterable[Version]) -> list[Version]:
    stays: list[Version] = []
    size = 0
    for version in newest_first:
        size += version.size
        if stays and size > MOST_BYTES:
            break
        stays.append(version)
    return stays


def _without(kept: Sequence[Version], stays: Sequence[Version]) -> tuple[Version, ...]:
    names = {version.path for version in stays}
    return tuple(version for version in kept if version.path not in names)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
