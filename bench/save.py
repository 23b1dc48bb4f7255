"""The disk part of a save against the least that puts the same bytes on the disk, and typing during a slow one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bench import slow_disk
from bench.figure import Figure, alternate, seconds
from reportdesk.store.file import write_whole

_EXAMPLE = Path(__file__).parent.parent / "examples" / "changle-2024.gknb"
_RUNS = 200


def figures() -> list[Figure]:
    """One save of the example's bytes: ours, and a bare write with fdatasync."""
    content = _EXAMPLE.read_bytes()
    with tempfile.TemporaryDirectory(dir=_EXAMPLE.parent.parent) as folder:
        report = Path(folder, "report.gknb")
        bare = os.open(Path(folder, "bare"), os.O_WRONLY | os.O_CREAT)
        flush = getattr(os, "fdatasync", os.fsync)

        def write_bare() -> None:
            os.lseek(bare, 0, os.SEEK_SET)
            os.write(bare, content)
            flush(bare)

        try:
            ours, peer = alternate(
                lambda: seconds(lambda: write_whole(report, content)),
                lambda: seconds(write_bare),
                _RUNS,
            )
        finally:
            os.close(bare)
    return [
        Figure("save: disk part / write and fdatasync", ours * 1e3, peer * 1e3, 5.0, "ms"),
        *slow_disk.figures(),
    ]
