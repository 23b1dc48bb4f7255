"""The prose of other reports on this PC, read from their files to compare an open report with.

Nothing of it is kept. What cannot be read, or not soon, is not compared, and named: a share that is gone
must not hold up the check of the report at hand.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportdesk.report.document import Fact, Snapshot
from reportdesk.store import disk

MOST_OTHERS = 60
"""Reports that are read: those that were opened last."""
_LARGEST = 4 * 1024 * 1024
_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Others:
    """The reports that could be read, and the files of which no report could be read."""

    reports: tuple[Snapshot, ...] = ()
    unread: tuple[Path, ...] = ()


def read_others(paths: Sequence[Path], seconds: float = _SECONDS) -> Others:
    """What could be read of the reports in that time: unit, year and prose; their numbers are not read."""
    wanted = paths[:MOST_OTHERS]
    if not wanted:
        return Others()
    found: list[tuple[Path, Snapshot]] = []
    reading = threading.Thread(target=_read_all, args=(wanted, found, seconds), daemon=True)
    reading.start()
    reading.join(seconds)
    in_time = tuple(found)
    read = {path for path, _snapshot in in_time}
    return Others(
        tuple(snapshot for _path, snapshot in in_time), tuple(path for path in wanted if path not in read)
    )


def _read_all(paths: Iterable[Path], found: list[tuple[Path, Snapshot]], seconds: float) -> None:
    until = time.monotonic() + seconds
    for path in paths:
        if time.monotonic() > until:
            return
        snapshot = _read(path)
        if snapshot is not None:
            found.append((path, snapshot))


def _read(path: Path) -> Snapshot | None:
    try:
        content = disk.read(path, _LARGEST)
        return None if len(content) > _LARGEST else _snapshot(json.loads(content), path)
    except (OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return None


def _snapshot(document: Mapping[str, Any], path: Path) -> Snapshot:
    named = {
        Fact.YEAR: str(document.get("year") or ""),
        Fact.FULL_NAME: document["unit"].get("full_name"),
        Fact.TITLE_NAME: document["unit"].get("title_name"),
    }
    facts = {fact: text for fact, text in named.items() if isinstance(text, str) and text}
    prose = {part: text for part, text in document["prose"].items() if isinstance(text, str)}
    return Snapshot(str(document["edition"]), facts, prose, {}, source=path.name)
