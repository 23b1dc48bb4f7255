"""Exports as whole processes: the PDF against LibreOffice's of our Word file, all formats against one each."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.figure import Figure, alternate, seconds

_EXAMPLE = Path(__file__).parent.parent / "examples" / "changle-2024.gknb"
_RUNS = 7
_OURS = "import sys; from reportdesk.cli import main; sys.exit(main())"
_FORMATS = ("pdf", "xlsx", "docx", "html")


class _Cost(NamedTuple):
    seconds: float
    peak: float
    """In MiB."""


def figures() -> list[Figure]:
    """Time and memory of a PDF, and what is saved where one process makes every format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*_against_libreoffice(folder), _all_at_once(folder)]


def _against_libreoffice(folder: Path) -> list[Figure]:
    soffice = shutil.which("soffice")
    if soffice is None or not (Path(soffice).resolve().parent / "libswlo.so").exists():
        print("LibreOffice's Writer is not installed: the PDF is not compared with its.", file=sys.stderr)
        return []
    subprocess.run(_export(folder, ["docx"]), check=True, stdout=subprocess.DEVNULL)
    (word,) = folder.glob("*.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    theirs = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder / "out"),
        str(word),
    ]
    ours = _export(folder, ["pdf"])
    _cost(ours)
    _cost(theirs)  # which makes the profile
    pairs = [(_cost(ours), _cost(theirs)) for _ in range(_RUNS)]
    mine, others = ([pair[side] for pair in pairs] for side in (0, 1))
    return [
        Figure(
            "pdf: whole process / LibreOffice of our .docx",
            statistics.median(cost.seconds for cost in mine) * 1e3,
            statistics.median(cost.seconds for cost in others) * 1e3,
            0.3,
            "ms",
        ),
        Figure(
            "pdf: its peak memory / LibreOffice's",
            statistics.median(cost.peak for cost in mine),
            statistics.median(cost.peak for cost in others),
            0.5,
            "MiB",
        ),
    ]


def _all_at_once(folder: Path) -> Figure:
    together, apart = alternate(
        lambda: _cost(_export(folder, _FORMATS)).seconds,
        lambda: sum(_cost(_export(folder, [one])).seconds for one in _FORMATS),
        _RUNS,
    )
    return Figure("all formats in one process / one process each", together * 1e3, apart * 1e3, 0.7, "ms")


def _export(folder: Path, formats: Sequence[str]) -> list[str]:
    asked = ["export", str(_EXAMPLE), "--to", str(folder), "--formats", ",".join(formats), "--bundled-fonts"]
    return [sys.executable, "-c", _OURS, *asked]


def _cost(program: Sequence[str]) -> _Cost:
    """Time and peak memory of a process and those that it waits for."""
    peak = 0.0

    def run() -> None:
        nonlocal peak
        child = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, program)
        peak = usage.ru_maxrss / 1024

    return _Cost(seconds(run), peak)
