"""Runs the trial of what a district hands out in a process of its own, which may hang or die alone."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from reportdesk.store.own_python import own_python

_SECONDS = 90.0

if sys.platform == "win32":
    _HIDDEN = subprocess.CREATE_NO_WINDOW
else:
    _HIDDEN = 0


def tried_apart(module: str, files: Mapping[str, bytes], *others: Path) -> list[str]:
    """What the module says in JSON of these files, by their path in the folder that it is given, and of others.

    Raises:
        subprocess.TimeoutExpired: it did not end.
        OSError: it did not start.
        ValueError: it ended without a word.
    """
    with tempfile.TemporaryDirectory(prefix="reportdesk-trial-") as place:
        for name, content in files.items():
            (Path(place) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(place) / name).write_bytes(content)
        ended = subprocess.run(  # noqa: S603 - our own program
            [*own_python(), "-m", module, place, *map(str, others)],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            creationflags=_HIDDEN,
        )
    told: list[str] = json.loads(ended.stdout)
    return told
