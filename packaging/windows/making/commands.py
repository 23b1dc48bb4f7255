"""Runs a program to its end and says in one line why it failed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.dev.places import Stop


def run(
    command: Sequence[str | Path],
    *,
    to: str,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What the program said on both its outputs; ``to`` is what it was started to do.

    Raises:
        Stop: it failed.
    """
    result = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    said = (result.stdout + result.stderr).decode("utf-8", errors="replace")
    if result.returncode:
        lines = [line for line in said.splitlines() if line.strip()]
        wrong = [line for line in lines if "error" in line.lower()]
        reason = (wrong or lines or [f"exit code {result.returncode}"])[-1].strip()
        raise Stop(f"could not {to}: {reason}")
    return said
