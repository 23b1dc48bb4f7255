"""Stores and readers that are deliberately broken, so that the harness can show that it notices."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from reportdesk.report import codec
from reportdesk.store import disk, file, journal


def _in_place(path: Path, content: bytes) -> None:
    """Write over the file where it lies: half of it is gone when that is cut short."""
    if path.exists():
        disk.remove(path)
    with disk.create(path) as opened:
        disk.write(opened, content)


@contextlib.contextmanager
def in_place_writes() -> Iterator[None]:
    """Files are written in place, without a temporary one and without a sync."""
    with mock.patch.object(file, "write_whole", _in_place):
        yield


@contextlib.contextmanager
def no_syncs() -> Iterator[None]:
    """The journal is never synced, and given up before the file that replaces it is safe."""
    with (
        mock.patch.object(journal.JournalWriter, "sync", return_value=None),
        mock.patch.object(file, "write_whole", _in_place),
    ):
        yield


@contextlib.contextmanager
def no_checksums() -> Iterator[None]:
    """Neither a report's file nor a journal's line is held against its checksum."""

    def lines(self: Any) -> Iterator[Any]:
        for line in self._content.split(b"\n"):
            if line:
                try:
                    yield json.loads(line.partition(b" ")[2].decode("utf-8", "surrogatepass"))
                except ValueError:
                    return

    with (
        mock.patch.object(codec, "_digest", lambda document: document.get("digest", "")),
        mock.patch.object(journal._Lines, "__iter__", lines),
    ):
        yield
