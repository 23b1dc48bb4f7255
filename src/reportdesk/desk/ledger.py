"""The ledger (收件簿): what came and what was decided, a line each, only ever added to.

Each line carries a checksum over the line before and itself, so that a line that was changed or taken
out is noticed. A last line without its end, of a program that was ended in the middle, counts as not written.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportdesk.store import disk

_SUM = "sum"
_LENGTH = 16


class LedgerError(ValueError):
    """A line was changed; the message says in Chinese which."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was read: the entries, where the trusted lines end, and the checksum of the last."""

    entries: tuple[Mapping[str, Any], ...] = ()
    end: int = 0
    last: str = ""


def read_ledger(path: Path) -> Ledger:
    """The ledger in that file; an empty one where there is none.

    Raises:
        LedgerError: a line is not what was written.
        OSError: it cannot be read.
    """
    try:
        content = disk.read(path)
    except FileNotFoundError:
        return Ledger()
    entries: list[Mapping[str, Any]] = []
    end, last = 0, ""
    for number, line in enumerate(content.split(b"\n")[:-1], start=1):
        entry = _parse(line)
        said = entry.pop(_SUM, None)
        if said != _checksum(last, entry):
            raise LedgerError(f"收件簿第 {number} 行与写下时不同，可能被改动过。请从备份取回“{path.name}”。")
        entries.append(entry)
        end, last = end + len(line) + 1, said
    return Ledger(tuple(entries), end, last)


def append(path: Path, ledger: Ledger, entries: Iterable[Mapping[str, Any]]) -> Ledger:
    """Add the entries after the ledger's, onto the disk; what a program left half written goes.

    Raises:
        OSError: not all of them could be written; those that were are whole lines.
    """
    lines, known, last = bytearray(), list(ledger.entries), ledger.last
    for entry in entries:
        last = _checksum(last, entry)
        lines += _text({**entry, _SUM: last}) + b"\n"
        known.append(entry)
    if not lines:
        return ledger
    with _opened(path) as file:
        file.truncate(ledger.end)
        file.seek(0, os.SEEK_END)
        disk.write(file, bytes(lines))
        disk.sync(file)
    return Ledger(tuple(known), ledger.end + len(lines), last)


def _opened(path: Path) -> Any:
    try:
        return disk.open_there(path)
    except FileNotFoundError:
        return disk.create(path)


def _parse(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _checksum(before: str, entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(before.encode() + _text(entry)).hexdigest()[:_LENGTH]


def _text(entry: Mapping[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
