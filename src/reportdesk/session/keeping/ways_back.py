"""What is left of a report whose file is broken, empty or gone: its versions and its journal on this PC.

Answers for what there is, what is said of the file, and for putting it back so that the broken
file stays beside it. Showing the choice is the window's matter.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportdesk.form.load import load_form
from reportdesk.report.document import Report
from reportdesk.report.file.codec import CodecError, Trouble, decode
from reportdesk.report.progress import Progress, progress
from reportdesk.report.text.days import spell_moment
from reportdesk.session.keeping.recovery import read_recovery
from reportdesk.store.file import SUFFIX, StoreError, explain, replace_patiently, write_whole
from reportdesk.store.journal import left_journals, set_journal_aside
from reportdesk.store.versions import Version, read_version, versions_of

_ASIDE = "打不开的原文件"
_UNREADABLE = frozenset({errno.EIO, errno.EISDIR, errno.ENODEV})
"""A disk that fails, a folder or a device where the file stood."""


@dataclass(frozen=True, slots=True)
class Way:
    """One state of the report that can be had back: a version, or what a journal holds (``content``)."""

    says: str
    at: dt.datetime | None
    version: Version | None = None
    journal: Path | None = None
    content: bytes = b""

    def read(self) -> bytes:
        """The report's bytes.

        Raises:
            StoreError: the version cannot be read or is broken.
        """
        return read_version(self.version) if self.version is not None else self.content


def ways_back(journals: Path, versions: Path, report: Path) -> tuple[Way, ...]:
    """What is left of that report, what was typed last first, then the versions, the newest first."""
    found: list[Way] = []
    for path in left_journals(journals, report):
        left = read_recovery(path)
        if left is not None and left.places:
            at = left.until.astimezone() if left.until else None
            until = f"{spell_moment(at)} 之前" if at else ""
            says = f"没存进文件的修改：{until}，{left.places} 处，连同上次保存的内容"
            found.append(Way(says, at, journal=path, content=left.content))
    oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
    found.sort(key=lambda way: way.at or oldest, reverse=True)
    return (*found, *of_versions(versions_of(versions, report)))


def of_versions(versions: Iterable[Version]) -> tuple[Way, ...]:
    """The ways that these versions are."""
    return tuple(Way(one.says, one.at.astimezone(), version=one) for one in versions)


def is_harmed(error: StoreError) -> bool:
    """Whether the file is broken, empty or gone, not only one of a newer program or one we may not read."""
    cause = error.__cause__
    if isinstance(cause, CodecError):
        return cause.trouble is not Trouble.NEWER
    return is_gone(error) or (isinstance(cause, OSError) and cause.errno in _UNREADABLE)


def is_gone(error: StoreError) -> bool:
    """Whether there is no such file."""
    return isinstance(error.__cause__, FileNotFoundError | NotADirectoryError)


def what_happened(path: Path, error: StoreError, ways: tuple[Way, ...]) -> str:
    """What is wrong with the file and what is left of it, as sentences; it was a report of ours."""
    if is_gone(error):
        wrong = f"找不到“{path}”：可能被移走、改名或删除了，也可能 U 盘没有插上。"
    elif isinstance(error.__cause__, OSError):
        wrong = f"“{path.name}”读不出来了：{explain(error.__cause__)}"
    else:
        cause = error.__cause__
        why = cause.reason if isinstance(cause, CodecError) and cause.reason else "内容不是写进去的样子"
        wrong = f"“{path.name}”坏了，打不开（{why}），多半是断电、磁盘故障或别的程序造成的。原文件没有改动。"
    newest = ways[0].at
    when = f"最近的是 {spell_moment(newest)} 的" if newest else "最近的一份没有时间"
    return f"{wrong}这台电脑上留着它的 {len(ways)} 份内容，{when}。选一份打开，或另存一份。"


def describe(content: bytes) -> str:
    """What those bytes hold, in lines for the clerk; why they cannot be read, if they cannot."""
    try:
        report = decode(content).report
    except CodecError as error:
        return str(error)
    form = load_form(report.edition)
    sections = [f"　{one.short}：{_how_far(progress(form, report, one))}" for one in form.sections]
    words = sum(len(text) for text in report.prose.values())
    return "\n".join(
        (
            f"{report.name_in_title() or '没有写单位'}　{report.year or '没有写年度'}",
            f"状态：{report.state.says}",
            f"数字 {len(report.cells)} 格，文字 {words} 字",
            *sections,
        )
    )


def whose(content: bytes) -> str:
    """Unit and year of the report in those bytes; empty if they cannot be read."""
    try:
        report: Report = decode(content).report
    except CodecError:
        return ""
    return f"{report.name_in_title()} {report.year or ''}".strip()


def put_back(path: Path, way: Way) -> Path | None:
    """Put that state into the report's file; where a broken file that stood there is now, if one did.

    Raises:
        StoreError: it could not be put there; what stood there stands.
    """
    content = way.read()
    aside = None
    try:
        if path.exists():
            aside = _free_beside(path)
            replace_patiently(path, aside)
        try:
            write_whole(path, content)
        except OSError:
            if aside is not None:
                replace_patiently(aside, path)
            raise
    except OSError as error:
        raise StoreError(f"没有写回“{path.name}”：{explain(error)}") from error
    return aside


def write_elsewhere(path: Path, way: Way) -> None:
    """Write that state into another file.

    Raises:
        StoreError: it could not be written.
    """
    try:
        write_whole(path, way.read())
    except OSError as error:
        raise StoreError(f"没有保存“{path.name}”：{explain(error)}") from error


def done_with(way: Way, now: dt.datetime) -> None:
    """Put the journal aside, whose contents stand in a file now."""
    if way.journal is not None:
        with contextlib.suppress(OSError):  # found again, it is offered again
            set_journal_aside(way.journal, now, held=True)


def _free_beside(path: Path) -> Path:
    aside = path.with_name(f"{path.stem}（{_ASIDE}）{SUFFIX}")
    number = 2
    while aside.exists():
        aside = path.with_name(f"{path.stem}（{_ASIDE} {number}）{SUFFIX}")
        number += 1
    return aside


def _how_far(so_far: Progress) -> str:
    return f"{so_far.filled}/{so_far.whole}"
