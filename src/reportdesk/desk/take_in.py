"""Taking in: folders and files become parcels, each kept once, then a line each in the ledger.

What cannot be taken now (still being copied, held by another program, too large) is named and left; the same
files may be given again without harm. Killed at any point, the next time goes on where this one was.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportdesk.desk.folder import Desk, NotWrittenError, Receipt, add_to_ledger, keep_parcel, receipt_entry
from reportdesk.desk.parcel import is_mail, sent_at
from reportdesk.exports.manifest import NAME
from reportdesk.exports.package import zip_files
from reportdesk.outgoing.file_verdicts import MAX_FILE_BYTES, is_dropping
from reportdesk.outgoing.zip_names import plain_name
from reportdesk.store import disk
from reportdesk.store.file import explain
from reportdesk.store.fingerprint import digest_of

MAX_FILES = 20_000
MAX_PACKAGE_BYTES = 256 * 1024 * 1024
_UNFINISHED = (".part", ".crdownload", ".tmp", ".download", ".td", ".!ut")
_PACKED_AT = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""Of a folder that is kept as a zip: the same files give the same parcel."""
_BATCH = 200
"""Parcels that are on the disk before their lines are; more lines at once need fewer waits for the disk."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was not taken in, and why, in a sentence."""

    name: str
    says: str


@dataclass(slots=True)
class Taken:
    """What came of it: the desk as it is now, new receipts, what was here already and what waits."""

    desk: Desk
    new: list[Receipt] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    content: bytes
    received: str
    via: str


def take_in(
    desk: Desk,
    paths: Sequence[Path],
    now: dt.datetime,
    tell: Callable[[int, str], None] = lambda _n, _s: None,
) -> Taken:
    """Take in the files and all in the folders; ``tell`` hears how many are read and which.

    Raises:
        NotWrittenError: the ledger or a parcel could not be written; what was taken in before stays.
    """
    taken = Taken(desk)
    lines: dict[tuple[str, str, str], Receipt] = {
        (one.sha256, one.name, one.received): one for one in desk.receipts
    }
    files = {one.sha256: one.file for one in desk.receipts}
    batch: list[Receipt] = []
    for number, found in enumerate(_gather(paths, desk.folder, taken.waiting), start=1):
        tell(number, found.name)
        digest = digest_of(found.content)
        if (digest, found.name, found.received) in lines:
            taken.known.append(found.name)
            continue
        if digest in files:
            taken.known.append(found.name)
        else:
            files[digest] = _kept(desk.folder, digest, found)
        receipt = Receipt(digest, found.name, found.received, found.via, files[digest], len(found.content))
        lines[digest, found.name, found.received] = receipt
        batch.append(receipt)
        if len(batch) >= _BATCH:
            _note(taken, batch, now)
    _note(taken, batch, now)
    return taken


def _kept(folder: Path, digest: str, found: _Found) -> str:
    try:
        return keep_parcel(folder, digest, found.name, found.content)
    except OSError as error:
        raise NotWrittenError(f"“{found.name}”没有收下：{explain(error)}") from error


def _note(taken: Taken, batch: list[Receipt], now: dt.datetime) -> None:
    taken.desk = add_to_ledger(taken.desk, (receipt_entry(one, now) for one in batch))
    taken.new += batch
    batch.clear()


def _gather(paths: Iterable[Path], own: Path, waiting: list[Waiting]) -> Iterator[_Found]:
    """Every file there is to be taken in, in the order of its time."""
    for given in paths:
        try:
            listed = list(_below(given, own, waiting))
        except OSError as error:
            waiting.append(Waiting(given.name, f"打不开：{explain(error)}"))
            continue
        packages = _package_roots([path for path, _name in listed])
        for root in packages:
            yield from _packed(root, given, [path for path, _name in listed if root in path.parents], waiting)
        loose = [one for one in listed if not any(root in one[0].parents for root in packages)]
        for path, name in sorted(loose, key=lambda one: (_time_of(one[0]), one[1])):
            yield from _read(path, name, waiting)


def _below(given: Path, own: Path, waiting: list[Waiting]) -> Iterator[tuple[Path, str]]:
    """The files of a folder, or the one file; none of the round's own, and no link that may lead elsewhere."""
    own = own.resolve()
    if not given.is_dir():
        yield given, _shown(given.name)
        return
    count = 0
    for here, folders, files in os.walk(given):
        folders[:] = sorted(name for name in folders if Path(here, name).resolve() != own)
        for name in sorted(files):
            path = Path(here, name)
            told = _shown(path.relative_to(given).as_posix())
            if path.is_symlink():
                waiting.append(Waiting(told, "是指向别处的链接，没有收。请收它指向的文件。"))
                continue
            count += 1
            if count > MAX_FILES:
                waiting.append(Waiting(given.name, f"文件超过 {MAX_FILES} 个，后面的没有收。请分几次收。"))
                return
            yield path, told


def _shown(name: str) -> str:
    """The name as it is kept: composed, and of what an unpacker left in GBK the characters that were meant."""
    try:
        name.encode()
    except UnicodeEncodeError:
        for coding in ("gb18030", "utf-8"):
            with contextlib.suppress(UnicodeDecodeError):
                return plain_name(os.fsencode(name).decode(coding))
        name = os.fsencode(name).decode("utf-8", "replace")
    return plain_name(name)


def _package_roots(paths: Iterable[Path]) -> list[Path]:
    """The folders that have a 清单 lying in them; none below another of them."""
    having = sorted(path.parent for path in paths if path.name == NAME)
    return [root for root in having if not any(other != root and other in root.parents for other in having)]


def _packed(root: Path, given: Path, paths: Sequence[Path], waiting: list[Waiting]) -> Iterator[_Found]:
    """A 报送 folder as one parcel: its files, unchanged, in a zip."""
    name = _shown(root.relative_to(given).as_posix() if root != given else root.name)
    files: dict[str, bytes] = {}
    newest = ""
    size = 0
    for path in sorted(paths):
        found = next(_read(path, _shown(path.relative_to(root).as_posix()), waiting), None)
        if found is None:
            if not is_dropping(path.name):
                waiting.append(Waiting(name, "里面有文件还收不了，整个文件夹先不收。"))
                return
            continue
        size += len(found.content)
        if size > MAX_PACKAGE_BYTES:
            waiting.append(Waiting(name, "太大，远远超过一份报送，没有收。请确认选对了文件夹。"))
            return
        files[found.name] = found.content
        newest = max(newest, found.received)
    yield _Found(f"{name}.zip", zip_files(files, _PACKED_AT), newest, "folder")


def _time_of(path: Path) -> float:
    try:
        return disk.status(path).st_mtime
    except OSError:
        return 0.0


def _read(path: Path, name: str, waiting: list[Waiting]) -> Iterator[_Found]:
    """The file, unless it is not all there yet or cannot be read now."""
    if path.suffix.lower() in _UNFINISHED:
        waiting.append(Waiting(name, "还在复制或下载，等它好了再收一次。"))
        return
    try:
        before = disk.status(path)
        if before.st_size > MAX_FILE_BYTES:
            waiting.append(Waiting(name, f"超过 {MAX_FILE_BYTES // 2**20} MB，没有收。请确认选对了文件。"))
            return
        content = disk.read(path, MAX_FILE_BYTES)
        after = disk.status(path)
    except OSError as error:
        waiting.append(Waiting(name, f"暂时打不开：{explain(error)}"))
        return
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        content
    ) != after.st_size:
        waiting.append(Waiting(name, "还在复制，等它好了再收一次。"))
        return
    if not content:
        waiting.append(Waiting(name, "0 字节，可能还在复制，或网盘还没有下载。等它好了再收一次。"))
        return
    changed = dt.datetime.fromtimestamp(after.st_mtime).astimezone()
    sent = sent_at(content) if is_mail(name) else ""
    yield _Found(
        name, content, sent or changed.isoformat(timespec="seconds"), "mail" if is_mail(name) else "file"
    )
