"""The folder of a round: where each thing lies, opened for reading or held for writing, parcels written once.

What came stands in the ledger and lies in 收件 before anything is made of it; the cache may be deleted
at any time. What the parcels hold is ``parcel``'s and ``check_report``'s.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportdesk.desk.ledger import Ledger, LedgerError, append, read_ledger
from reportdesk.desk.round import Round, RoundError, round_from_json, round_to_json
from reportdesk.store import disk
from reportdesk.store.file import explain, remove_unfinished, write_whole
from reportdesk.store.fingerprint import digest_of
from reportdesk.store.lock import Holder, take_lock
from reportdesk.store.user_data.json_file import BrokenFileError, parse_object

ROUND, LEDGER, PARCELS, CACHE = "收报.gkdesk", "收件簿.jsonl", "收件", "缓存"
MAX_ROUND_BYTES = 64 * 1024 * 1024
_READ_ONLY = 0o444
_LONGEST_NAME = 200
"""Bytes of a parcel's name beside its hash; a file system gives 255."""
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


class DeskError(Exception):
    """The round cannot be opened or written; the message tells the clerk why and what to do."""


class NotWrittenError(DeskError):
    """Something could not be written, or somebody else writes just now; what was there stands."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One time that a parcel came: what it was called, when it was sent and how; ``file`` is its place in 收件."""

    sha256: str
    name: str
    received: str
    via: str
    file: str
    size: int = 0

    @property
    def day(self) -> str:
        """The day that it came, as 2026-01-12."""
        return self.received[:10]


@dataclass(frozen=True, slots=True)
class Desk:
    """An opened round."""

    folder: Path
    round: Round
    ledger: Ledger

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """All that came, by the time that it did."""
        told = [_receipt(entry) for entry in self.ledger.entries if entry.get("what") == "received"]
        return tuple(sorted(told, key=lambda one: (one.received, one.name, one.sha256)))

    def parcel(self, receipt: Receipt) -> Path:
        """Where the parcel lies."""
        return self.folder / PARCELS / receipt.file


def open_desk(folder: Path) -> Desk:
    """The round in the folder, to look at.

    Raises:
        DeskError: there is none, or it cannot be read.
    """
    if folder.name == ROUND:
        folder = folder.parent
    path = folder / ROUND
    try:
        document = parse_object(disk.read(path, MAX_ROUND_BYTES))
        return Desk(folder, round_from_json(document), read_ledger(folder / LEDGER))
    except FileNotFoundError as error:
        raise DeskError(
            f"“{folder.name}”里没有“{ROUND}”，不是收报的文件夹。请选对文件夹，或先新建收报。"
        ) from error
    except OSError as error:
        raise DeskError(f"收报“{folder.name}”打不开：{explain(error)}") from error
    except (BrokenFileError, RoundError) as error:
        raise DeskError(f"收报“{folder.name}”的“{ROUND}”读不了：{error}。请从备份取回。") from error
    except LedgerError as error:
        raise DeskError(str(error)) from error


@contextlib.contextmanager
def held_desk(folder: Path, now: dt.datetime) -> Iterator[Desk]:
    """The round in the folder, to be changed; nobody else writes it meanwhile.

    Raises:
        NotWrittenError: somebody else does.
        DeskError: it cannot be opened.
    """
    folder = folder.parent if folder.name == ROUND else folder
    open_desk(folder)
    lock = take_lock(folder / ROUND, now)
    if isinstance(lock, Holder):
        raise NotWrittenError(f"收报“{folder.name}”没有改动：{lock.says}。请等那边关闭后再试。")
    try:
        for place in (folder, folder / PARCELS, folder / CACHE):
            remove_unfinished(place)
        yield _with_decisions(open_desk(folder))
    finally:
        if lock is not None:
            lock.release()


def new_desk(folder: Path, first: Round) -> Desk:
    """A new round in the folder.

    Raises:
        NotWrittenError: there is one already, or it cannot be written.
    """
    if (folder / ROUND).exists():
        raise NotWrittenError(f"“{folder.name}”里已经有收报。请换一个文件夹。")
    try:
        disk.make_folder(folder / PARCELS)
    except OSError as error:
        raise NotWrittenError(f"建不了文件夹“{folder.name}”：{explain(error)}") from error
    return save_round(Desk(folder, first, Ledger()), first)


def save_round(desk: Desk, changed: Round) -> Desk:
    """Put the round into its file, and what was decided since into the ledger.

    Raises:
        NotWrittenError: it could not be written; the file holds what it held.
    """
    text = json.dumps(round_to_json(changed), ensure_ascii=False, indent=1)
    try:
        write_whole(desk.folder / ROUND, text.encode("utf-8", "replace") + b"\n")
    except OSError as error:
        raise NotWrittenError(f"没有保存“{ROUND}”：{explain(error)}") from error
    return _with_decisions(replace(desk, round=changed))


def _with_decisions(desk: Desk) -> Desk:
    """The ledger with those decisions that a program which was ended had no time to note."""
    noted = sum(entry.get("what") == "decided" for entry in desk.ledger.entries)
    return add_to_ledger(desk, ({"what": "decided", **one} for one in desk.round.decisions[noted:]))


def add_to_ledger(desk: Desk, entries: Iterable[Mapping[str, Any]]) -> Desk:
    """Add to the ledger.

    Raises:
        NotWrittenError: it could not be written.
    """
    try:
        return replace(desk, ledger=append(desk.folder / LEDGER, desk.ledger, entries))
    except OSError as error:
        raise NotWrittenError(f"没有写进“{LEDGER}”：{explain(error)}") from error


def receipt_entry(receipt: Receipt, at: dt.datetime) -> Mapping[str, Any]:
    """The receipt as a line of the ledger."""
    return {
        "what": "received",
        "at": at.isoformat(timespec="seconds"),
        "sha256": receipt.sha256,
        "name": receipt.name,
        "received": receipt.received,
        "via": receipt.via,
        "file": receipt.file,
        "size": receipt.size,
    }


def keep_parcel(folder: Path, digest: str, name: str, content: bytes) -> str:
    """Put the parcel where parcels lie, whole or not at all; the name that it has there.

    Raises:
        OSError: it could not be written.
    """
    for length in (8, 16, 64):
        file = f"{digest[:length]}-{_fit(name)}"
        path = folder / PARCELS / file
        try:
            if digest_of(disk.read(path)) == digest:
                return file
        except FileNotFoundError:
            break
    disk.make_folder(folder / PARCELS)
    write_whole(path, content)
    if os.name != "nt":  # there nobody could take it away again
        with contextlib.suppress(OSError):
            disk.set_mode(path, _READ_ONLY)
    return file


def _fit(name: str) -> str:
    """The name as every system takes it, its ending kept."""
    plain = _UNFIT.sub("□", name.rpartition("/")[2]).strip(" .") or "未命名"
    stem, dot, ending = plain.rpartition(".")
    if len(plain.encode("utf-8", "replace")) <= _LONGEST_NAME:
        return plain.encode("utf-8", "replace").decode()
    ending = f"{dot}{ending}" if len(ending) < 10 else ""  # noqa: PLR2004 - longer is no ending
    cut = (stem or plain).encode("utf-8", "replace")[: _LONGEST_NAME - len(ending.encode())]
    return cut.decode("utf-8", "ignore") + ending


def _receipt(entry: Mapping[str, Any]) -> Receipt:
    texts = {key: str(entry.get(key, "")) for key in ("sha256", "name", "received", "via", "file")}
    return Receipt(**texts, size=int(entry.get("size", 0)))
