"""Files of 200 MB, and a disk that is really full."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from reportdesk.readers import open_file
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.store.file import StoreError, read_report
from tests.faults.outcome import SURVIVED, VOID, Outcome, lost

_SIZE = 200 * 1024 * 1024
_HEADS = (
    b'{"format": "reportdesk", "cells": {',
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"<html><table>",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)
_ROOT = Path(__file__).parents[2]


def huge_file(number: int, random: Random) -> Outcome:
    """A file of 200 MB, opened and imported: refused at once, without reading it all."""
    head = _HEADS[number % len(_HEADS)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / random.choice(("a.gknb", "a.xlsx", "a.pdf", "a.html"))
        with path.open("wb") as file:
            file.write(head)
            file.truncate(_SIZE)  # a file of holes: reading it takes as much memory as any
        for read, refused in ((read_report, StoreError), (open_file.see, UnreadableError)):
            try:
                read(path)
            except refused as error:
                if not str(error).endswith("。"):
                    return lost(f"no sentence: {error}")
            else:
                return lost("it was read")
    return SURVIVED


def can_mount() -> bool:
    """Whether this machine lets us have a small disk of our own, which no other program sees."""
    if shutil.which("unshare") is None or shutil.which("mount") is None:
        return False
    trial = ["unshare", "--mount", "--map-root-user", "true"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


def full_disk(number: int, _random: Random) -> Outcome:
    """Work on a disk of so few kilobytes that it fills up on the way."""
    return on_small_disk("tests.faults.on_disk", 24 + 4 * (number % 20), number)


def on_small_disk(module: str, size: int, number: int) -> Outcome:
    """Run that module on a disk of so many kilobytes; how it says that it ended."""
    with tempfile.TemporaryDirectory() as folder:
        script = f'mount -t tmpfs -o size={size}k tmpfs "{folder}" && exec "{sys.executable}" -m {module} "{folder}" {number}'
        command = ["unshare", "--mount", "--map-root-user", "sh", "-c", script]
        ended = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False, timeout=50)
    said = ended.stdout.strip()
    if ended.returncode or not said:
        return lost(f"ended with {ended.returncode}: {ended.stderr[-600:]}")
    if said == "void":
        return VOID
    return SURVIVED if said == "survived" else lost(said)
