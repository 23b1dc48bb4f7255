"""Versions of a report: whole files kept in the user's own folder, to look at and to take back.

Answers for which are kept, for how long and under which names. A version is a .gknb file like
any other, named for its time, why it was kept and its contents' hash; what differs from the open
report is ``reportdesk.session.keeping.recovery``'s matter.
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

from reportdesk.report.file.codec import MAX_BYTES
from reportdesk.store import disk
from reportdesk.store.file import SUFFIX, StoreError, explain, replace_patiently, write_whole
from reportdesk.store.journal import key_of

EVERY = dt.timedelta(minutes=10)
"""How often a version is kept while somebody works."""

NEWEST = 60
"""So many stay whatever their times are, for clocks are wrong."""
DAYS, MONTHS = 30, 36
"""Of how many days before those, and of how many months before these, the last version stays."""
LAST_ONLY_COPIES = 30
"""So many of what stands in no other file stay, and so many of those that a step of the office made."""
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
    CLOSED = "closed"
    REVIEW = "review"
    FINAL = "final"
    SUBMITTED = "submitted"
    DRAFT = "draft"

    @property
    def says(self) -> str:
        """What a clerk reads."""
        return _SAYS[self]

    @property
    def is_only_copy(self) -> bool:
        """Whether what it holds stands in no file of the clerk's."""
        return self in (Reason.REPLACED, Reason.UNSAVED)

    @property
    def is_step(self) -> bool:
        """Whether the office took the report a step further then."""
        return self in (Reason.REVIEW, Reason.FINAL, Reason.SUBMITTED, Reason.DRAFT)

    @property
    def is_plain(self) -> bool:
        """Whether nobody looks for it by its name: the same contents may stand under another."""
        return self in (Reason.OPENED, Reason.WORKING)


_SAYS = {
    Reason.OPENED: "打开时",
    Reason.WORKING: "填写中",
    Reason.IMPORT: "导入前",
    Reason.MEND: "改正前",
    Reason.TAKEN_BACK: "取回以前的版本前",
    Reason.REPLACED: "被别处改动的文件",
    Reason.UNSAVED: "没有存进文件的修改",
    Reason.CLOSED: "关闭时",
    Reason.REVIEW: "送审时",
    Reason.FINAL: "定稿时",
    Reason.SUBMITTED: "已报送时",
    Reason.DRAFT: "送审稿",
}
_NAME = re.compile(
    rf"(?:(\d{{6}})-)?(\d{{8}}T\d{{6}}Z)-([a-z-]+?)(?:-(\d{{1,3}}))?-([0-9a-f]{{12}}){re.escape(SUFFIX)}"
)
_TIME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version. ``digest`` is the beginning of its contents' SHA-256.

    ``order`` tells which was kept before which, whatever the clock said: ``at`` is only what it
    said. ``number`` is that of a 送审稿, 0 for any other.
    """

    path: Path
    at: dt.datetime
    reason: Reason
    digest: str
    size: int
    order: int = 0
    number: int = 0

    @property
    def says(self) -> str:
        """When and why, as a clerk reads it."""
        numbered = f"第 {self.number} 稿" if self.number else ""
        return f"{self.at.astimezone():%Y-%m-%d %H:%M}　{self.reason.says}{numbered}"


def keep_version(
    folder: Path, report: Path, content: bytes, reason: Reason, now: dt.datetime, number: int = 0
) -> None:
    """Keep the report's bytes as a version, unless the newest holds the same under as good a name.

    The older ones are thinned then, but never by a start, after which nobody has worked yet.

    Raises:
        OSError: it could not be kept; the older ones are untouched.
    """
    digest = _digest(content)
    kept = versions_of(folder, report)
    newest = kept[0] if kept and kept[0].digest == digest else None
    is_draft = reason is Reason.DRAFT
    if is_draft and any((one.reason, one.number, one.digest) == (reason, number, digest) for one in kept):
        return  # a draft that was printed again
    if newest is not None and (reason.is_plain or (newest.reason, newest.number) == (reason, number)):
        return
    own = folder / key_of(report)
    disk.make_private_folder(own)
    named = f"{reason}-{number}" if number else reason
    order = kept[0].order + 1 if kept else 1
    name = f"{order:06d}-{now.astimezone(dt.UTC):{_TIME}}-{named}-{digest}{SUFFIX}"
    write_whole(own / name, content, owner_only=True)
    superfluous = [] if reason is Reason.OPENED else [*thin(versions_of(folder, report))]
    if newest is not None and newest.reason.is_plain:  # it has a name now
        superfluous.append(newest)
    for version in superfluous:
        with contextlib.suppress(OSError):  # the next time tries again
            disk.remove(version.path)


def versions_of(folder: Path, report: Path) -> tuple[Version, ...]:
    """The report's versions, the newest first: in the order in which they were kept, not by their times."""
    return versions_under(folder, key_of(report))


def is_kept(folder: Path, report: Path, content: bytes) -> bool:
    """Whether those bytes are one of the report's versions."""
    digest = _digest(content)
    return any(version.digest == digest for version in versions_of(folder, report))


def kept_keys(folder: Path) -> tuple[str, ...]:
    """The keys of all reports of which versions may be kept."""
    return tuple(sorted(path.name for path in folder.glob("*") if path.is_dir()))


def versions_under(folder: Path, key: str) -> tuple[Version, ...]:
    """The versions of the report with that key, as ``versions_of`` has them."""
    found = []
    for path in (folder / key).glob(f"*{SUFFIX}"):
        match = _NAME.fullmatch(path.name)
        if match and match[3] in set(Reason):
            with contextlib.suppress(OSError, ValueError):  # gone meanwhile, or no time at all
                at = dt.datetime.strptime(match[2], _TIME).replace(tzinfo=dt.UTC)
                size = disk.status(path).st_size
                order, number = int(match[1] or 0), int(match[4] or 0)
                found.append(Version(path, at, Reason(match[3]), match[5], size, order, number))
    return tuple(
        sorted(found, key=lambda version: (version.order, version.at, version.path.name), reverse=True)
    )


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


def thin(newest_first: Sequence[Version]) -> tuple[Version, ...]:
    """Which of the versions to give up, by the order in which they were kept: today's date counts nothing.

    The newest 60 stay, then the last of each of 30 days, then the last of each of 36 months. Of
    those that stand in no file of the clerk's and of those that a step of the office made stay
    the last 30 each. Past the bound of size the oldest go first.
    """
    stays: list[Version] = []
    days: set[str] = set()
    months: set[str] = set()
    guarded = {True: 0, False: 0}
    for place, version in enumerate(newest_first):
        if version.reason.is_only_copy or version.reason.is_step:
            guarded[version.reason.is_step] += 1
            if guarded[version.reason.is_step] <= LAST_ONLY_COPIES:
                stays.append(version)
                continue
        if place < NEWEST or _is_first_of(version, days, months):
            stays.append(version)
    return _without(newest_first, _within_bound(stays))


def _is_first_of(version: Version, days: set[str], months: set[str]) -> bool:
    """Whether no later version of its day, or once there are days enough of its month, stays already."""
    at = version.at.astimezone()
    spans, span, most = (
        (days, f"{at:%Y-%m-%d}", DAYS) if len(days) < DAYS else (months, f"{at:%Y-%m}", MONTHS)
    )
    if span in spans or len(spans) >= most or (spans is months and f"{at:%Y-%m-%d}" in days):
        return False
    spans.add(span)
    return True


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
